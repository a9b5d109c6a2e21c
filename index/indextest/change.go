package indextest

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/index"
)

// testChanges checks that applying is idempotent and that documents are replaced and removed whole.
func testChanges(t *testing.T, open Open) {
	docs := Documents(40)
	e := filled(t, open, docs)
	check := func(what string, sequence int64) {
		t.Helper()
		all := AllPassages(docs)
		compare(t, what, everything(t, e, index.Request{Limit: 100}), all)
		checkTally(t, e, corpus.TallyRequest{Rows: corpus.FieldYear, Cols: corpus.FieldCategory}, scan(all, func(p Passage) bool { return p.Finding != nil }))
		if e.Applied() != sequence {
			t.Errorf("%s: applied %d, want %d", what, e.Applied(), sequence)
		}
		want := index.Counts{Documents: len(docs), Postings: len(all), Columns: len(all)}
		for _, p := range all {
			if p.Finding != nil {
				want.Findings++
			} else {
				want.Sections++
			}
		}
		if got := e.Counts(); got != want {
			t.Errorf("%s: counts %+v, want %+v", what, got, want)
		}
	}
	check("filled", 40)
	apply(t, e, Changes(0, docs...))
	check("the same again", 40)

	// The document of the second seed takes the place of the first one.
	for i := range 5 {
		changed := Document(uint64(100 + i))
		changed.ID = docs[i].ID
		docs[i] = changed
	}
	apply(t, e, Changes(35, slices.Concat(docs[35:40], docs[:5])...))
	check("replaced", 45)

	var removed []corpus.Change
	for i, d := range docs[:10] {
		removed = append(removed, corpus.Change{Sequence: int64(46 + i), DocumentID: d.ID})
	}
	docs = docs[10:]
	apply(t, e, removed)
	check("removed", 55)
	apply(t, e, []corpus.Change{{Sequence: 56, DocumentID: "0000000000000000"}})
	check("unknown one removed", 56)

	first, second := Document(200), Document(201)
	second.ID = first.ID
	apply(t, e, []corpus.Change{
		{Sequence: 57, DocumentID: first.ID, Document: first}, {Sequence: 58, DocumentID: first.ID},
		{Sequence: 59, DocumentID: first.ID, Document: second},
	})
	docs = append(docs, second)
	check("put, removed and put again at once", 59)
}

// testCursor checks that documents that come in between two pages neither repeat nor hide what was there before.
func testCursor(t *testing.T, open Open) {
	for _, req := range []index.Request{
		{Filter: corpus.Filter{Query: "问题 OR 采购"}, Limit: 9},
		{Filter: corpus.Filter{Query: "问题"}, Sort: index.ByDate, Limit: 9},
		{Filter: corpus.Filter{Query: "采购"}, Group: index.ByDocument, Limit: 9},
		{Limit: 9},
	} {
		docs := Documents(40)
		e := filled(t, open, docs)
		before := everything(t, e, req)
		seen := map[string]int{}
		next := uint64(300)
		for first := true; first || req.Cursor != ""; first = false {
			a := search(t, e, req)
			for _, h := range a.Hits {
				seen[hitKey(h)]++
			}
			req.Cursor = a.Next
			apply(t, e, Changes(e.Applied(), Document(next), Document(next+1)))
			next += 2
		}
		for _, h := range before {
			if n := seen[hitKey(h)]; n != 1 {
				t.Errorf("query %q by %q: %s listed %d times over all pages", req.Filter.Query, req.Sort, hitKey(h), n)
			}
		}
	}
}

// testSnippets checks that snippets are source text and that what is marked is what was looked for.
func testSnippets(t *testing.T, open Open) {
	docs := mixed(50)
	e := filled(t, open, docs)
	byID := map[corpus.DocumentID]*corpus.Document{}
	for _, d := range docs {
		byID[d.ID] = d
	}
	sought := []string{"采购", "拨付", "選人用人", "abc", "12.5", "“三重一大”", "。"}
	r := rand.New(rand.NewPCG(7, 8))
	for range 150 {
		// Any string may be looked for, one that goes over the end of a sentence or a line too.
		if s := substring(r, pick(r, docs).Text); s != "" {
			sought = append(sought, s)
		}
	}
	for _, s := range sought {
		for _, h := range everything(t, e, index.Request{Filter: corpus.Filter{Query: quoted(s)}, Limit: 100, Snippets: 2}) {
			if len(h.Snippets) == 0 || len(h.Snippets) > 2 {
				t.Errorf("quoted %q: %d snippets", s, len(h.Snippets))
			}
			for _, sn := range h.Snippets {
				checkSnippet(t, s, sn, h.Span, byID[h.DocumentID].Text)
			}
		}
	}
	if hits := search(t, e, index.Request{Snippets: 0, Filter: corpus.Filter{Query: "采购"}}).Hits; hits[0].Snippets != nil {
		t.Errorf("snippets that nobody asked for: %+v", hits[0].Snippets)
	}
}

func checkSnippet(t *testing.T, s string, sn index.Snippet, span corpus.Span, text string) {
	t.Helper()
	at := corpus.Span{Start: sn.At, End: sn.At + len(sn.Text)}
	if !span.Contains(at) || at.Of(text) != sn.Text {
		t.Errorf("quoted %q: snippet %q is not the text at %v", s, sn.Text, at)
		return
	}
	if len(sn.Marks) == 0 {
		t.Errorf("quoted %q: no mark in %q", s, sn.Text)
	}
	folded := segment.Fold(s)
	for _, m := range sn.Marks {
		marked := segment.Fold(m.Of(sn.Text))
		if !strings.HasPrefix(marked.Text, folded.Text) || !strings.HasSuffix(marked.Text, folded.Text) {
			t.Errorf("quoted %q: mark %q in %q", s, m.Of(sn.Text), sn.Text)
		}
	}
}

// manyWords returns one long text of more words than any query may have.
func manyWords() string {
	var b strings.Builder
	for i := range 600 {
		b.WriteRune(rune(0x4E00 + 7*i))
	}
	return b.String()
}

// testErrors checks that wrong requests are refused with errors that users understand.
func testErrors(t *testing.T, open Open) {
	e := filled(t, open, Documents(3))
	ctx := context.Background()
	tests := []struct {
		name string
		req  index.Request
	}{
		{"syntax", index.Request{Filter: corpus.Filter{Query: "(采购"}}},
		{"field", index.Request{Filter: corpus.Filter{Query: "foo:采购"}}},
		{"value", index.Request{Filter: corpus.Filter{Query: "year:abc"}}},
		{"filter value", index.Request{Filter: corpus.Filter{}.With(corpus.FieldStatus, "nonsense")}},
		{"filter field", index.Request{Filter: corpus.Filter{}.With("foo", "x")}},
		{"limit", index.Request{Limit: index.MaxLimit + 1}},
		{"sort", index.Request{Sort: "foo"}},
		{"group", index.Request{Group: "foo"}},
		{"facet", index.Request{Facets: []corpus.Field{"foo"}}},
		{"facet size", index.Request{FacetSize: index.MaxFacetSize + 1}},
		{"cursor", index.Request{Cursor: "nonsense"}},
		{"long", index.Request{Filter: corpus.Filter{Query: strings.Repeat("采购", index.MaxQueryBytes)}}},
		{"many words", index.Request{Filter: corpus.Filter{Query: manyWords()}}},
		{"complex", index.Request{Filter: corpus.Filter{Query: strings.Repeat("采 ", index.MaxClauses+1)}}},
	}
	for _, tt := range tests {
		if _, err := e.Search(ctx, tt.req); corpus.KindOf(err) != corpus.Invalid {
			t.Errorf("%s: error %v, want one of kind invalid", tt.name, err)
		}
	}
	next := search(t, e, index.Request{Limit: 1}).Next
	if _, err := e.Search(ctx, index.Request{Cursor: next, Filter: corpus.Filter{Query: "采购"}}); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("cursor of another request: error %v, want one of kind invalid", err)
	}
	if _, err := e.Tally(ctx, corpus.TallyRequest{Rows: corpus.FieldDate}); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("tally by date: error %v, want one of kind invalid", err)
	}
	if err := e.Apply(ctx, []corpus.Change{{Sequence: 9, DocumentID: "b"}, {Sequence: 8, DocumentID: "a"}}); err == nil {
		t.Error("changes out of order were taken")
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := e.Search(stopped, index.Request{Filter: corpus.Filter{Query: "采购"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("search that was stopped: error %v, want %v", err, context.Canceled)
	}
}
