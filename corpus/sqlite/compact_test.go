package sqlite_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// Every document comes out of its stored form as it went in, whatever its spans and pieces have to do with its text, and so
// it does out of the form of older programs.
func TestStoredFormIsWhole(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		doc := drawDocument(r)
		for name, through := range map[string]func(*corpus.Document) (*corpus.Document, error){
			"new": sqlite.Stored, "old": sqlite.StoredPlain,
		} {
			got, err := through(doc)
			if err != nil {
				r.Fatal(err)
			}
			if diff := cmp.Diff(doc, got); diff != "" {
				r.Fatalf("%s form (-want +got):\n%s", name, diff)
			}
		}
	})
}

func drawDocument(r *rapid.T) *corpus.Document {
	text := rapid.StringMatching(`[一二三四五六七八九十采购a-c。]{0,40}`).Draw(r, "text")
	doc := &corpus.Document{Text: text, Findings: []corpus.Finding{}, Sections: []corpus.Section{}, Provenance: map[string]corpus.Provenance{}, Warnings: []corpus.Warning{}}
	span := func(name string) corpus.Span {
		if rapid.Bool().Draw(r, name+" nowhere") {
			return corpus.Span{}
		}
		from := rapid.IntRange(0, len(text)/3).Draw(r, name) * 3
		return corpus.Span{Start: from, End: rapid.IntRange(0, len(text)/3+2).Draw(r, name+" end") * 3}
	}
	// A piece is its span's text, another one, or nothing.
	piece := func(name string, s corpus.Span) string {
		if s.Start <= s.End && s.End <= len(text) && rapid.IntRange(0, 3).Draw(r, name+" true") > 0 {
			return string([]rune(s.Of(text + "　")))
		}
		return rapid.SampledFrom([]string{"", "别的"}).Draw(r, name)
	}
	for i := range rapid.IntRange(0, 3).Draw(r, "findings") {
		f := corpus.Finding{Ordinal: i + 1, Span: span("finding"), StatementSpan: span("statement"), AccountSpan: span("account")}
		f.Statement, f.Account = piece("statement", f.StatementSpan), piece("account", f.AccountSpan)
		if rapid.Bool().Draw(r, "lists") {
			s := span("piece")
			f.PathSpans = []corpus.Span{span("path")}
			f.Measures = []corpus.Measure{{Text: piece("measure", s), Span: s}}
			f.Actions = []corpus.Action{{Text: piece("action", s), Span: s}}
			f.Amounts = []corpus.Amount{{Text: piece("amount", s), Span: s}}
			e := corpus.Evidence{Text: piece("evidence", s), Start: s.Start, End: s.End}
			f.Categories = []corpus.Category{{Code: "a.b", Evidence: []corpus.Evidence{e}}, {Code: "a.c"}}
		}
		doc.Findings = append(doc.Findings, f)
	}
	return doc
}
