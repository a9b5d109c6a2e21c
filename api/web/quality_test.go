package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// checkQuality fails where a kind of warning leads to other warnings than it counts, or a warning to a place that is not there.
func checkQuality(t *testing.T, h http.Handler) {
	t.Helper()
	doc := page(t, h, "/quality", http.StatusOK)
	kinds := doc.Find(".kinds tbody tr")
	if kinds.Length() == 0 {
		t.Fatalf("the sample has no warnings: %s", text(doc.Find("main")))
	}
	kinds.Each(func(_ int, tr *goquery.Selection) {
		listed := 0
		for at := tr.Find("a").AttrOr("href", ""); at != ""; {
			part := page(t, h, at, http.StatusOK)
			rows := part.Find(".hit")
			listed += rows.Length()
			rows.First().Each(func(_ int, li *goquery.Selection) {
				to, anchor, _ := strings.Cut(li.Find("h2 a").AttrOr("href", ""), "#")
				if page(t, h, to, http.StatusOK).Find("#"+anchor).Length() != 1 {
					t.Errorf("%s leads to no place: %s#%s", text(li), to, anchor)
				}
			})
			at = part.Find("a[rel=next]").AttrOr("href", "")
		}
		if says := tr.Find("td").First().Text(); says != itoa(listed) {
			t.Errorf("%s: %s counted, %d listed", text(tr.Find("th")), says, listed)
		}
	})
	w := get(t, h, "/quality")
	checkPage(t, "/quality", w.Body.Bytes())
	if w.Body.Len() > maxPageBytes {
		t.Errorf("/quality has %d bytes", w.Body.Len())
	}
}

func TestQualityStates(t *testing.T) {
	for _, c := range []struct {
		f      *fakeCorpus
		at     string
		status int
		want   string
	}{
		{&fakeCorpus{}, "/quality", http.StatusOK, "库中还没有文件"},
		{sample(), "/quality", http.StatusOK, "没有提示"},
		{sample(), "/quality?code=weather", http.StatusBadRequest, "code"},
		{sample(), "/quality?cursor=x", http.StatusBadRequest, "cursor"},
	} {
		w := get(t, site(t, c.f), c.at)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("GET %s = %d, want %d and %q", c.at, w.Code, c.status, c.want)
		}
		checkPage(t, c.at, w.Body.Bytes())
	}
}
