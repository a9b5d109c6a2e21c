package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/analysis/rectify"
	"tongjian/api"
	"tongjian/corpus"
	"tongjian/corpus/synth"
	"tongjian/index"
)

// TestRectificationOfPlantedTotals shows notices whose totals contradict themselves and whose measures are copied.
func TestRectificationOfPlantedTotals(t *testing.T) {
	h, service := filledSite(t, synth.Options{Reports: 24, Units: 6, Totals: 80, Copies: 60})
	checkPage(t, "/rectification", get(t, h, "/rectification").Body.Bytes())
	doc := page(t, h, "/rectification", http.StatusOK)
	claims := doc.Find(".claim")
	if claims.Length() == 0 {
		t.Fatal("nothing does not add up, though totals are planted that do not")
	}
	claims.Each(func(_ int, c *goquery.Selection) {
		quotes := c.Find(".sides q a")
		if quotes.Length() == 0 {
			t.Errorf("%s: what the document says is not quoted", text(c))
		}
		quotes.Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			_, place, _ := strings.Cut(href, "#")
			at := page(t, h, href, http.StatusOK).Find("#" + place)
			if at.Length() != 1 || !strings.HasPrefix(strings.Join(strings.Fields(a.Text()), ""), strings.Join(strings.Fields(at.Text()), "")) {
				t.Errorf("%q leads to %q", a.Text(), at.Text())
			}
		})
	})
	reused := doc.Find("li.member")
	if reused.Length() == 0 {
		t.Fatalf("no text is reused, though measures are copied: %s", text(doc.Find("main")))
	}
	reused.Each(func(_ int, r *goquery.Selection) {
		sides := r.Find(".quote")
		if sides.Length() != 2 || sides.First().Find("mark").Text() != sides.Last().Find("mark").Text() {
			t.Errorf("reused text: %q", text(r))
		}
	})

	service.Rectify = rectify.NewModel()
	behind := page(t, h, "/rectification", http.StatusOK)
	if behind.Find("progress").Length() != 1 || behind.Find(".claim, li.member").Length() != 0 {
		t.Error("claims and reused text are shown of a model that has not read all")
	}
	read, err := service.Documents(context.Background(), api.ListRequest{Page: api.Page{Limit: index.MaxLimit}})
	check(t, err)
	changes := make([]corpus.Change, len(read.Data))
	for i, d := range read.Data {
		doc, err := service.Document(context.Background(), d.ID)
		check(t, err)
		changes[i] = corpus.Change{Sequence: int64(i + 1), DocumentID: d.ID, Document: doc}
	}
	check(t, service.Rectify.Apply(context.Background(), changes))
	pending := page(t, h, "/rectification", http.StatusOK)
	if !strings.Contains(pending.Find("section[aria-labelledby=reused]").Text(), "还在查找") || pending.Find(".claim").Length() != claims.Length() {
		t.Error("reused text that is being looked for is not said to be")
	}
	check(t, service.Update(context.Background()))
	if page(t, h, "/rectification", http.StatusOK).Find(".claim").Length() != claims.Length() {
		t.Error("the model caught up and shows something else")
	}
}

func TestRectificationRefusesWhatItDoesNotKnow(t *testing.T) {
	h, _ := filledSite(t, synth.Options{Reports: 1})
	for _, at := range []string{"/rectification?by=guess", "/rectification?cursor=-1"} {
		page(t, h, at, http.StatusBadRequest)
	}
	if got := text(page(t, h, "/rectification?year=1900", http.StatusOK).Find(".empty")); !strings.Contains(got, "当前条件下没有问题") {
		t.Errorf("no finding: %q", got)
	}
	if n := page(t, h, "/rectification?kind=section", http.StatusOK).Find(".done-table").Length(); n != 1 {
		t.Error("a filter on other passages keeps the page from being shown")
	}
}

// checkRectified follows figures of the page: each leads to as many findings as it says.
func checkRectified(t *testing.T, h http.Handler) {
	followed := 0
	follow := func(at, href, count string) {
		t.Helper()
		followed++
		if got := page(t, h, href, http.StatusOK).Find(".head b").First().Text(); got != count {
			t.Errorf("%s: %s says %s, there are %s findings", at, href, count, got)
		}
	}
	for _, filter := range []string{"", "?by=unit&domain=finance", "?by=year&q=制度", "?by=category&year=2022..&status=done&status=in_progress", "?by=round&type=rectification_notice"} {
		at := "/rectification" + filter
		doc := page(t, h, at, http.StatusOK)
		doc.Find(".done-table tr").Slice(1, 4).Find("td a").Each(func(_ int, a *goquery.Selection) { follow(at, a.AttrOr("href", ""), a.Text()) })
		doc.Find("#kinds svg a").Slice(0, 4).Each(func(_ int, a *goquery.Selection) {
			count, _, _ := strings.Cut(a.Find("text").Last().Text(), "（")
			follow(at, a.AttrOr("href", ""), count)
		})
	}
	if followed < 60 {
		t.Errorf("followed %d figures", followed)
	}
}
