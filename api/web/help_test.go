package web_test

import (
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/corpus"
)

// checkExamples tries every example of the help page: each is a query that can be read.
func checkExamples(t *testing.T, h http.Handler) {
	t.Helper()
	examples := page(t, h, "/help", http.StatusOK).Find(".help td a")
	if examples.Length() < 50 {
		t.Errorf("the help page has %d links, want the examples and all categories", examples.Length())
	}
	examples.Each(func(_ int, a *goquery.Selection) {
		page(t, h, a.AttrOr("href", ""), http.StatusOK)
	})
}

func TestHelpExplainsEveryField(t *testing.T) {
	doc := page(t, site(t, sample()), "/help", http.StatusOK)
	rows := map[string]string{}
	doc.Find("tr").Each(func(_ int, tr *goquery.Selection) {
		rows[tr.Find("code").First().Text()] = text(tr.Find("td").Last())
	})
	for _, f := range corpus.Fields {
		if rows[string(f)+":"] == "" {
			t.Errorf("the help page does not explain %s", f)
		}
	}
}
