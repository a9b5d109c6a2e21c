package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/corpus"
	"tongjian/index"
)

// Concordance finds the first word of the query as a plain substring, in the order of the documents.
func (f *fakeCorpus) Concordance(_ context.Context, req index.ConcordanceRequest) (*index.Concordance, error) {
	if f.Fail != nil {
		return nil, f.Fail
	}
	word := strings.Fields(req.Filter.Query)[0]
	if strings.HasPrefix(word, "(") {
		return nil, &corpus.Error{
			Kind: corpus.Invalid, Code: "query_syntax", Message: "括号没有配对", Param: "q", Value: req.Filter.Query, Position: 0, Expected: ")",
		}
	}
	out := &index.Concordance{Understood: req.Filter.Query, Sequence: f.Applied()}
	for _, p := range f.chosen(req.Filter, false) {
		text := p.span.Of(p.doc.Text)
		at := strings.Index(text, word)
		if at < 0 {
			continue
		}
		out.Passages++
		start := p.span.Start + at
		out.Lines = append(out.Lines, index.Line{
			Left: text[:at], Node: word, Right: text[at+len(word):], DocumentID: p.doc.ID, Unit: string(p.doc.Unit), Year: p.doc.Year,
			Span: corpus.Span{Start: start, End: start + len(word)},
		})
	}
	out.Total, out.Sampled = len(out.Lines), len(out.Lines)
	out.Lines = out.Lines[min(req.Offset, len(out.Lines)):min(req.Offset+req.Limit, len(out.Lines))]
	return out, nil
}

// checkConcordance fails where a line does not lead to its words, or where paging loses lines.
func checkConcordance(t *testing.T, h http.Handler, query string) {
	t.Helper()
	lines, total := 0, ""
	for at := "/concordance?sort=right&q=" + url.QueryEscape(query); at != ""; {
		w := get(t, h, at)
		checkPage(t, at, w.Body.Bytes())
		if w.Body.Len() > maxPageBytes {
			t.Errorf("GET %s has %d bytes", at, w.Body.Len())
		}
		doc := page(t, h, at, http.StatusOK)
		total = strings.ReplaceAll(doc.Find(".head b").First().Text(), ",", "")
		doc.Find(".kwic li").Each(func(i int, li *goquery.Selection) {
			lines++
			if i > 0 {
				return
			}
			node := li.Find(".node")
			to, anchor, _ := strings.Cut(node.AttrOr("href", ""), "#")
			if got := page(t, h, to, http.StatusOK).Find("#" + anchor).Text(); got == "" || !strings.HasPrefix(text(node), string([]rune(got)[:1])) {
				t.Errorf("%q leads to %q at %s", text(node), got, to)
			}
		})
		at = doc.Find("a[rel=next]").AttrOr("href", "")
	}
	if got := len(strings.Fields(total)); lines == 0 || got != 1 || total != itoa(lines) {
		t.Errorf("%q: %d lines listed, the page says %s", query, lines, total)
	}
}

func itoa(n int) string {
	s := ""
	for ; n > 0; n /= 10 {
		s = string(rune('0'+n%10)) + s
	}
	return s
}

func TestConcordanceLinesLeadToTheirWords(t *testing.T) {
	h := site(t, sample())
	checkConcordance(t, h, "采购未经比价")
	doc := page(t, h, "/concordance?q=比价", http.StatusOK)
	first := doc.Find(".kwic li").First()
	if got := text(first.Find(".node")); got != "比价" {
		t.Errorf("node = %q", got)
	}
	if got := first.Find(".l").Text(); !strings.HasSuffix(got, "采购未经") {
		t.Errorf("left = %q", got)
	}
	if got := first.Find(".r").Text(); !strings.HasPrefix(got, "<3家>") || strings.Contains(got, "\n") {
		t.Errorf("right = %q, want one line of source text", got)
	}
	if href := first.Find(".from a").AttrOr("href", ""); href != unitAt("临江市第1管理局") {
		t.Errorf("the unit leads to %s", href)
	}
}

func TestConcordanceStates(t *testing.T) {
	for _, c := range []struct {
		f      *fakeCorpus
		at     string
		status int
		want   string
	}{
		{&fakeCorpus{}, "/concordance?q=采购", http.StatusOK, "库中还没有文件"},
		{sample(), "/concordance", http.StatusOK, "先写一个词"},
		{sample(), "/concordance?q=没有此词", http.StatusOK, "没有这样的地方"},
		{sample(), "/concordance?q=%28", http.StatusBadRequest, "括号没有配对"},
		{sample(), "/concordance?q=采购&sort=size", http.StatusBadRequest, "sort"},
	} {
		w := get(t, site(t, c.f), c.at)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("GET %s = %d, want %d and %q", c.at, w.Code, c.status, c.want)
		}
		checkPage(t, c.at, w.Body.Bytes())
	}
}

func TestViewsLeadToEachOther(t *testing.T) {
	h := site(t, sample())
	at := "/search?q=采购&year=2022"
	for _, step := range []string{"语境", "文件", "问题"} {
		doc := page(t, h, at, http.StatusOK)
		at = doc.Find(".tabs").First().Find("a").FilterFunction(func(_ int, a *goquery.Selection) bool { return text(a) == step }).AttrOr("href", "")
		if !strings.Contains(at, "year=2022") {
			t.Fatalf("%s leads to %q, want the filter kept", step, at)
		}
		if got := text(page(t, h, at, http.StatusOK).Find(".tabs").First().Find("[aria-current]")); got != step {
			t.Errorf("%s is called %q", at, got)
		}
	}
}

// checkExpansion switches synonyms off and on again, and asks for a word that stands nowhere.
func checkExpansion(t *testing.T, h http.Handler) {
	t.Helper()
	on := page(t, h, "/search?q=公车&kind=finding", http.StatusOK)
	expanded := on.Find(".expanded")
	if expanded.Length() == 0 || !strings.Contains(text(expanded), "公车 → ") {
		t.Fatalf("公车 is understood as %q, want its synonyms", text(on.Find(".understood")))
	}
	href := expanded.Parent().Find("a").AttrOr("href", "")
	off := page(t, h, href, http.StatusOK)
	if off.Find(".expanded").Length() != 0 || !strings.Contains(text(off.Find(".chips")), "同义词：不用") {
		t.Errorf("%s still expands, or does not say that it does not", href)
	}
	if off.Find("form.find input[name=synonyms]").AttrOr("value", "") != "none" {
		t.Error("the query box forgets that synonyms are off")
	}
	again := off.Find(".chip a").First().AttrOr("href", "")
	for _, a := range off.Find(".chip a").EachIter() {
		if strings.Contains(a.AttrOr("aria-label", ""), "同义词") {
			again = a.AttrOr("href", "")
		}
	}
	if strings.Contains(again, "synonyms") {
		t.Errorf("taking the chip off leads to %s", again)
	}
}
