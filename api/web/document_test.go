package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"tongjian/corpus"
)

// sourceText returns the text of the document that a page shows: what stands in the text column without the labels above
// findings.
func sourceText(doc *goquery.Document) string {
	var b strings.Builder
	doc.Find(".text .p").Each(func(_ int, p *goquery.Selection) { b.WriteString(p.Text()) })
	return b.String()
}

func documentPage(d *corpus.Document) string { return "/documents/" + string(d.ID) }

func TestDocumentShowsItsTextUnchanged(t *testing.T) {
	f := sample()
	h := site(t, f)
	for _, d := range f.docs {
		if got := sourceText(page(t, h, documentPage(d), http.StatusOK)); got != d.Text {
			t.Errorf("%s: the page's text = %q, want %q", d.Title, got, d.Text)
		}
	}
}

// TestAnyDocumentShowsItsText draws documents whose spans lie anywhere, overlap, or leave the text: the page must be
// whole and show the text byte for byte.
func TestAnyDocumentShowsItsText(t *testing.T) {
	f := &fakeCorpus{}
	h := site(t, f)
	rapid.Check(t, func(r *rapid.T) {
		d := anyDocument(r)
		f.docs = []*corpus.Document{d}
		doc := page(t, h, documentPage(d), http.StatusOK)
		if got := sourceText(doc); got != d.Text {
			r.Fatalf("the page's text = %q, want %q", got, d.Text)
		}
		if doc.Find("footer").Length() != 1 || doc.Find("script").Length() != 1 {
			r.Fatal("the page is not whole")
		}
	})
}

func anyDocument(t *rapid.T) *corpus.Document {
	d := &corpus.Document{ID: "0123456789abcdef", Source: "a.txt", Provenance: map[string]corpus.Provenance{}}
	d.Text = rapid.StringOf(rapid.SampledFrom([]rune("采购<script>&\"'\n\n。“”𠮷"))).Draw(t, "text")
	span := rapid.Custom(func(t *rapid.T) corpus.Span {
		return corpus.Span{
			Start: rapid.IntRange(0, len(d.Text)+2).Draw(t, "start"), End: rapid.IntRange(0, len(d.Text)+2).Draw(t, "end"),
		}
	})
	for i := range rapid.IntRange(0, 3).Draw(t, "findings") {
		s := span.Draw(t, "finding")
		d.Findings = append(d.Findings, corpus.Finding{
			ID: corpus.NewFindingID(d.ID, i+1), Ordinal: i + 1, Statement: "<b>", Span: s, StatementSpan: span.Draw(t, "statement"),
			Path: []string{"<i>"}, PathSpans: []corpus.Span{span.Draw(t, "heading")},
			Measures: []corpus.Measure{{Span: span.Draw(t, "measure")}},
			Amounts:  []corpus.Amount{{Text: "3万元", ValueYuan: 30000, Span: span.Draw(t, "amount")}},
			Categories: []corpus.Category{{
				Code: "finance.asset", Evidence: []corpus.Evidence{{Start: s.Start, End: s.End}},
			}},
		})
	}
	for range rapid.IntRange(0, 3).Draw(t, "sections") {
		d.Sections = append(d.Sections, corpus.Section{Span: span.Draw(t, "section")})
	}
	title := span.Draw(t, "title")
	d.Provenance["title"] = corpus.Provenance{Text: "x", Span: &title}
	d.Warnings = []corpus.Warning{{Message: "</p>", Span: &title}}
	return d
}

func TestDocumentMarksEvidenceByCategory(t *testing.T) {
	f := sample()
	doc := page(t, site(t, f), documentPage(f.docs[0]), http.StatusOK)
	finding := doc.Find("#f1")
	if got := text(finding.Find(".label .cat")); got != "采购管理三重一大" {
		t.Errorf("categories = %q", got)
	}
	if got := text(finding.Find(".p .ev.c1")); got != "采购未经比价" {
		t.Errorf("evidence of the main category = %q, want 采购未经比价", got)
	}
	if got := text(finding.Find(".p .ev.c2")); got != "采购" {
		t.Errorf("evidence of the second category = %q, want 采购", got)
	}
	if got := finding.Find(".p .ev.c2").AttrOr("title", ""); got != "佐证：采购管理；佐证：三重一大" {
		t.Errorf("pointing at the evidence says %q", got)
	}
	if got := text(finding.Find(".st")); got != "办公设备采购未经比价<3家>。" {
		t.Errorf("statement = %q", got)
	}
	if got := text(finding.Find(".label .status")); got != "●已完成" {
		t.Errorf("status = %q, want shape and word", got)
	}
}

func TestDocumentOutlineLeadsToItsFindings(t *testing.T) {
	f := sample()
	d := f.docs[0]
	doc := page(t, site(t, f), documentPage(d), http.StatusOK)
	lines := doc.Find(".outline li")
	if got := lines.Length(); got != len(d.Findings)+1 {
		t.Errorf("the outline has %d lines, want a heading and %d findings", got, len(d.Findings))
	}
	lines.Each(func(_ int, li *goquery.Selection) {
		href := li.Find("a").AttrOr("href", "")
		if target := doc.Find(href); href == "" || target.Length() != 1 {
			t.Errorf("outline line %q leads to %q, which the page has %d times", text(li), href, target.Length())
		}
	})
}

func TestDocumentDetailsSayWhereTheyWereRead(t *testing.T) {
	f := sample()
	doc := page(t, site(t, f), documentPage(f.docs[0]), http.StatusOK)
	facts := doc.Find(".details dl").Text()
	for _, want := range []string{"临江市第1管理局", "据“临江市第1管理局”推得", "云岭省", "声明的问题数", "TXT，UTF-8"} {
		if !strings.Contains(facts, want) {
			t.Errorf("details do not say %q: %s", want, facts)
		}
	}
	if target := doc.Find(doc.Find(".from a").First().AttrOr("href", "")); text(target) != "临江市第1管理局" {
		t.Errorf("where the unit was read leads to %q", text(target))
	}
	if got := text(doc.Find(".details .lines")); got != "文中称 3 个问题，读出 2 个 巡察日期缺日，按月计" {
		t.Errorf("warnings = %q", got)
	}
	if got := text(doc.Find(doc.Find(".details .lines a").AttrOr("href", ""))); !strings.HasPrefix(got, "2018年3月") {
		t.Errorf("the warning leads to %q, want the doubtful words", got)
	}
	for _, want := range []string{"/original", ""} {
		href := "/api/v1" + documentPage(f.docs[0]) + want
		if doc.Find(fmt.Sprintf(".tools a[href=%q]", href)).Length() != 1 {
			t.Errorf("no link to %s", href)
		}
	}
}

func TestDocumentWithoutAnythingIsStillShown(t *testing.T) {
	d := &corpus.Document{ID: "0123456789abcdef", Source: "无题.txt", DocType: corpus.OtherDocument, Text: "只有一行"}
	doc := page(t, site(t, &fakeCorpus{docs: []*corpus.Document{d}}), documentPage(d), http.StatusOK)
	if got := text(doc.Find("h1")); got != "无题.txt" {
		t.Errorf("a document without a title is called %q, want its file's name", got)
	}
	if got := sourceText(doc); got != d.Text {
		t.Errorf("text = %q, want %q", got, d.Text)
	}
	if got := doc.Find(".details").Text(); !strings.Contains(got, "未载明") {
		t.Error("what the document does not state is not said to be so")
	}
}
