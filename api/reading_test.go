package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongjian/api"
)

// All pages of a concordance together are its lines, and each line is source text.
func TestConcordancePages(t *testing.T) {
	w := readOnly(t)
	address := "/api/v1/concordance?limit=7&sort=right&q=" + url.QueryEscape("采购")
	var lines []api.ConcordanceLine
	var total int
	for cursor := ""; ; {
		page := read[api.ConcordanceAnswer](t, w, address+cursor)
		lines, total = append(lines, page.Data...), page.Total.Value
		if page.Next == nil {
			break
		}
		cursor = "&cursor=" + *page.Next
	}
	if len(lines) != total || total == 0 {
		t.Fatalf("%d lines of %d", len(lines), total)
	}
	texts := map[string]string{}
	for _, l := range lines {
		text, known := texts[string(l.DocumentID)]
		if !known {
			text = w.get(t, "/api/v1/documents/"+string(l.DocumentID)+"/text").Body.String()
			texts[string(l.DocumentID)] = text
		}
		if l.Span.Of(text) != l.Node || !strings.HasSuffix(text[:l.Span.Start], l.Left) || !strings.HasPrefix(text[l.Span.End:], l.Right) {
			t.Errorf("line %+v is not what stands there", l)
		}
	}
	sampled := read[api.ConcordanceAnswer](t, w, address+"&sample=5&seed=3")
	again := read[api.ConcordanceAnswer](t, w, address+"&sample=5&seed=3")
	if sampled.Total.Value != 5 || sampled.Places != total || sampled.Data[0].Span != again.Data[0].Span {
		t.Errorf("a sample of 5 has %d lines of %d", sampled.Total.Value, sampled.Places)
	}
}

// What a search that finds nothing suggests to leave out does find something.
func TestHintHelps(t *testing.T) {
	w := readOnly(t)
	ans := read[api.SearchAnswer](t, w, "/api/v1/search?q="+url.QueryEscape("采购 year:1900"))
	if ans.Total.Value != 0 || ans.Hint == nil || len(ans.Hint.Without) == 0 {
		t.Fatalf("%d hits, hint %+v", ans.Total.Value, ans.Hint)
	}
	if ans.Hint.Without[0].Clause != "year:1900" || ans.Hint.Without[0].Passages == 0 {
		t.Errorf("hint %+v", ans.Hint.Without[0])
	}
	if found := read[api.SearchAnswer](t, w, "/api/v1/search?q="+url.QueryEscape("采购")); found.Hint != nil {
		t.Error("a search that finds something has a hint")
	}
}

func TestReadingRefuses(t *testing.T) {
	w := readOnly(t)
	for _, address := range []string{
		"/api/v1/suggest", "/api/v1/suggest?q=", "/api/v1/suggest?q=" + strings.Repeat("x", 300), "/api/v1/concordance?q=x&width=1000",
		"/api/v1/concordance?q=x&cursor=-1", "/api/v1/terms?limit=100000", "/api/v1/terms?seed=-1", "/api/v1/terms?stop_words=1",
		"/api/v1/collocations?q=x&sort=best", "/api/v1/concordance", "/api/v1/collocations",
	} {
		rec := w.get(t, address)
		if rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", address, rec.Code, rec.Body)
		}
	}
}

// A figure within wide synonyms leads to what it counts within wide synonyms.
func TestDrilldownKeepsSynonyms(t *testing.T) {
	w := readOnly(t)
	for _, use := range []string{"none", "wide"} {
		for _, c := range read[api.MatrixAnswer](t, w, "/api/v1/matrix?rows=domain&cols=year&synonyms="+use+"&q="+url.QueryEscape("采购")).Cells {
			if !strings.Contains(c.Drilldown, "synonyms="+use) {
				t.Fatalf("cell %s leads to %s", c.Row, c.Drilldown)
			}
		}
	}
}
