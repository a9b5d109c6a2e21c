package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// aligned is a feedback and the notice that answers it: one problem in the same words, one in milder ones, one that the
// notice has nothing about, one that it adds.
func aligned() *fakeCorpus {
	same := problem{"固定资产账实不符。", "", corpus.Unstated, []string{"finance.asset=固定资产账实不符"}}
	hard := problem{"公务接待违规超标准列支接待费用。", "", corpus.Unstated, []string{"conduct.extravagance=公务接待"}}
	mild := problem{"公务接待费用列支有待规范。", "已整改。", corpus.Done, []string{"conduct.extravagance=公务接待"}}
	report := notice("临江市第1管理局", 2020, same, hard, tendering)
	report.DocType = corpus.Feedback
	report.ID = corpus.NewDocumentID([]byte("feedback"))
	for i := range report.Findings {
		report.Findings[i].ID = corpus.NewFindingID(report.ID, i+1)
	}
	return &fakeCorpus{docs: []*corpus.Document{report, notice("临江市第1管理局", 2020, assets, mild, meetings)}}
}

func TestAlignmentStandsSideBySide(t *testing.T) {
	f := aligned()
	h := linkedSite(t, f, 2)
	at := "/documents/" + string(f.docs[1].ID) + "/alignment"
	checkPage(t, at, get(t, h, at).Body.Bytes())
	doc := page(t, h, at, http.StatusOK)
	rows := map[string]*goquery.Selection{}
	doc.Find(".aligned").Each(func(_ int, r *goquery.Selection) { rows[r.Find("b").Text()] = r })
	for kind, want := range map[string]string{"对应": assets.statement, "措辞变轻": "公务接待", "未见对应": tendering.statement, "另增": meetings.statement} {
		if rows[kind] == nil || !strings.Contains(rows[kind].Text(), want) {
			t.Errorf("no row %q with %q:\n%s", kind, want, text(doc.Find("main")))
		}
	}
	softened := rows["措辞变轻"]
	if softened == nil {
		t.FailNow()
	}
	if got := text(softened.Find("mark")); !strings.Contains(got, "违规") || !strings.Contains(got, "有待规范") {
		t.Errorf("the words that are marked: %q, want 违规 and 有待规范", got)
	}
	only := doc.Find(".tabs a").FilterFunction(func(_ int, a *goquery.Selection) bool { return a.Text() == "未见对应 1" })
	if n := page(t, h, only.AttrOr("href", "/"), http.StatusOK).Find(".aligned").Length(); n != 1 {
		t.Errorf("one row has nothing in the notice, its page shows %d", n)
	}
	for _, d := range f.docs {
		if got := page(t, h, "/documents/"+string(d.ID), http.StatusOK).Find(".beside a").AttrOr("href", ""); got != "/documents/"+string(d.ID)+"/alignment" {
			t.Errorf("the document leads to %q", got)
		}
	}
}

func TestAlignmentThatIsNotThere(t *testing.T) {
	f := aligned()
	h := linkedSite(t, f, 2)
	page(t, h, "/documents/nothing/alignment", http.StatusNotFound)
	page(t, h, "/documents/"+string(f.docs[0].ID)+"/alignment?only=guess", http.StatusBadRequest)
	alone := linkedSample(t)
	href := page(t, alone, "/documents", http.StatusOK).Find("tbody a").First().AttrOr("href", "")
	page(t, alone, href+"/alignment", http.StatusNotFound)
	if n := page(t, alone, href, http.StatusOK).Find(".beside").Length(); n != 0 {
		t.Error("a document without a counterpart leads to one")
	}
	page(t, linkedSite(t, aligned(), 1), "/documents/"+string(f.docs[1].ID)+"/alignment", http.StatusServiceUnavailable)
}

// TestAlignmentOfPlantedPairs follows the counts of documents in which problems are put together, apart, left out and added.
func TestAlignmentOfPlantedPairs(t *testing.T) {
	h, _ := filledSite(t, synth.Options{Reports: 24, Units: 6, Plants: synth.Plants{Pairs: true}})
	listed := page(t, h, "/rectification", http.StatusOK).Find("#aligned").Closest("section").Find("li .note a")
	seen := map[string]bool{}
	listed.Each(func(_ int, a *goquery.Selection) {
		kind, count, _ := strings.Cut(a.Text(), " ")
		seen[kind] = true
		rows := page(t, h, a.AttrOr("href", ""), http.StatusOK).Find(".aligned")
		if strconv.Itoa(rows.Length()) != count {
			t.Errorf("%s leads to %d rows", a.Text(), rows.Length())
		}
		rows.Each(func(_ int, r *goquery.Selection) {
			before, after := r.Find("section").First().Find(".quote").Length(), r.Find("section").Last().Find(".quote").Length()
			fits := map[string]bool{
				"对应": before == 1 && after == 1, "措辞变轻": before == 1 && after == 1, "合并": before > 1 && after == 1,
				"拆分": before == 1 && after > 1, "未见对应": before == 1 && after == 0, "另增": before == 0 && after == 1,
			}
			if !fits[kind] {
				t.Errorf("%s: %d problems before, %d after", kind, before, after)
			}
		})
	})
	if len(seen) < 4 {
		t.Errorf("of the six kinds of rows only %v occur", seen)
	}
}
