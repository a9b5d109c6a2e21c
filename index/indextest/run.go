package indextest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
)

// Open opens an empty engine for a test, which is closed by the test's cleanup.
type Open func(t *testing.T) index.Engine

// Run holds an engine to the contract.
func Run(t *testing.T, open Open) {
	tests := []struct {
		name string
		test func(*testing.T, Open)
	}{
		{"exact", testExact},
		{"words", testWords},
		{"pages", testPages},
		{"filters", testFilters},
		{"facets", testFacets},
		{"tally", testTally},
		{"denominators", testDenominators},
		{"choose", testChoose},
		{"changes", testChanges},
		{"cursor", testCursor},
		{"snippets", testSnippets},
		{"order", testOrder},
		{"errors", testErrors},
		{"random", testRandom},
		{"synonyms", testSynonyms},
		{"concordance", testConcordance},
		{"terms", testTerms},
		{"collocations", testCollocations},
		{"similar", testSimilar},
		{"suggest", testSuggest},
		{"hint", testHint},
		{"concurrent", testConcurrent},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open) })
	}
}

// Changes numbers documents as changes of a feed that begins after a sequence number.
func Changes(after int64, docs ...*corpus.Document) []corpus.Change {
	changes := make([]corpus.Change, len(docs))
	for i, d := range docs {
		changes[i] = corpus.Change{Sequence: after + int64(i) + 1, DocumentID: d.ID, Document: d}
	}
	return changes
}

// filled returns an engine with documents in it, taken over in several batches.
func filled(t *testing.T, open Open, docs []*corpus.Document) index.Engine {
	t.Helper()
	e := open(t)
	changes := Changes(0, docs...)
	for part := range slices.Chunk(changes, 37) {
		apply(t, e, part)
	}
	return e
}

func apply(t *testing.T, e index.Engine, changes []corpus.Change) {
	t.Helper()
	if err := e.Apply(context.Background(), changes); err != nil {
		t.Fatalf("apply: %v", err)
	}
}

func search(t *testing.T, e index.Engine, req index.Request) *index.Answer {
	t.Helper()
	a, err := e.Search(context.Background(), req)
	if err != nil {
		t.Fatalf("search %q: %v", req.Filter.Query, err)
	}
	return a
}

// everything returns all hits of a request, page after page, and checks that the pages agree.
func everything(t *testing.T, e index.Engine, req index.Request) []index.Hit {
	t.Helper()
	var hits []index.Hit
	for first := true; first || req.Cursor != ""; first = false {
		a := search(t, e, req)
		hits = append(hits, a.Hits...)
		if a.Next == "" && len(hits) != a.Total {
			t.Fatalf("search %q: total %d, but %d hits", req.Filter.Query, a.Total, len(hits))
		}
		if a.Next != "" && len(hits) > a.Total {
			t.Fatalf("search %q: more hits than the total %d", req.Filter.Query, a.Total)
		}
		req.Cursor = a.Next
	}
	return hits
}

func hitKey(h index.Hit) string {
	return passageKey(h.DocumentID, h.Span, h.Kind == corpus.KindFinding)
}

// compare checks that hits are exactly the passages that the scan finds.
func compare(t *testing.T, what string, hits []index.Hit, want []Passage) {
	t.Helper()
	left := map[string]int{}
	for _, p := range want {
		left[p.Key()]++
	}
	for _, h := range hits {
		left[hitKey(h)]--
	}
	for key, n := range left {
		if n > 0 {
			t.Errorf("%s: misses %s", what, key)
		} else if n < 0 {
			t.Errorf("%s: has %s, which does not match or is there twice", what, key)
		}
	}
}

func scan(all []Passage, match func(Passage) bool) []Passage {
	var out []Passage
	for _, p := range all {
		if match(p) {
			out = append(out, p)
		}
	}
	return out
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// testExact checks that quoted search finds a string always, and only where it stands.
func testExact(t *testing.T, open Open) {
	docs := mixed(30)
	e, all := filled(t, open, docs), AllPassages(docs)
	texts := make([]string, len(all))
	for i, p := range all {
		texts[i] = folded(p.Text())
	}
	present, absent := 2000, 500
	if testing.Short() {
		present, absent = 200, 50
	}
	r := rand.New(rand.NewPCG(1, 2))
	for present > 0 {
		if s := substring(r, pick(r, all).Text()); s != "" {
			checkExact(t, e, all, texts, s)
			present--
		}
	}
	for absent > 0 {
		runes := []rune(substring(r, pick(r, all).Text()))
		r.Shuffle(len(runes), func(i, j int) { runes[i], runes[j] = runes[j], runes[i] })
		s := folded(string(runes))
		if s != "" && !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, s) }) {
			checkExact(t, e, all, texts, string(runes))
			absent--
		}
	}
	for _, s := range []string{"不在文中的字样", "𠮷", "zzz", "\x00", "採購", "\uFFFD", "\u200B", " "} {
		checkExact(t, e, all, texts, s)
	}
}

// mixed returns n documents and n damaged ones.
func mixed(n int) []*corpus.Document {
	docs := Documents(n)
	for i := range n {
		docs = append(docs, Damaged(uint64(i+1)))
	}
	return docs
}

// substring returns 1 to 12 characters of a text.
func substring(r *rand.Rand, text string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return ""
	}
	start := r.IntN(len(runes))
	return string(runes[start:min(len(runes), start+1+r.IntN(12))])
}

// checkExact checks what a quoted string finds; texts are those of all passages, folded.
func checkExact(t *testing.T, e index.Engine, all []Passage, texts []string, s string) {
	t.Helper()
	hits := everything(t, e, index.Request{Filter: corpus.Filter{Query: quoted(s)}, Limit: index.MaxLimit})
	var want []Passage
	for i, text := range texts {
		if strings.Contains(text, folded(s)) {
			want = append(want, all[i])
		}
	}
	compare(t, fmt.Sprintf("quoted %q", s), hits, want)
}

// testWords checks what text without quotes matches, and the operators.
func testWords(t *testing.T, open Open) {
	docs := Documents(60)
	e, all := filled(t, open, docs), AllPassages(docs)
	has := func(list ...string) func(Passage) bool {
		return func(p Passage) bool {
			return !slices.ContainsFunc(list, func(s string) bool { return !p.Has(s) })
		}
	}
	not := func(f func(Passage) bool) func(Passage) bool { return func(p Passage) bool { return !f(p) } }
	tests := []struct {
		query string
		match func(Passage) bool
	}{
		{"", has()},
		{"采购", has("采购")},
		{"處理", has("处理")}, // inside 待处理, and written in traditional characters
		{"采购 合同", has("采购", "合同")},
		{"采购、合同", has("采购", "合同")},
		{"采购 AND 合同", has("采购", "合同")},
		{"采购 OR 合同", func(p Passage) bool { return p.Has("采购") || p.Has("合同") }},
		{"-采购", not(has("采购"))},
		{"问题 -采购", func(p Passage) bool { return p.Has("问题") && !p.Has("采购") }},
		{"问题 -(采购 OR 合同)", func(p Passage) bool { return p.Has("问题") && !p.Has("采购") && !p.Has("合同") }},
		{"（采购 OR 合同） 问题", func(p Passage) bool { return (p.Has("采购") || p.Has("合同")) && p.Has("问题") }},
		{"“三重一大”", has("三重一大")},
		{"abc", has("abc")},
		{"12.5万元", has("12.5", "万元")},
		{"未 公示", has("未", "公示")},
		{"制度的修订", has("制度", "修订")},
		{"的", has("的")},
		{"采购 NOT 询价", func(p Passage) bool { return p.Has("采购") && !p.Has("询价") }},
	}
	for _, tt := range tests {
		hits := everything(t, e, index.Request{Filter: corpus.Filter{Query: tt.query}, Limit: 50})
		compare(t, fmt.Sprintf("query %q", tt.query), hits, scan(all, tt.match))
	}
}

// testPages checks that the pages of a request hold every hit once, in every order and grouping.
func testPages(t *testing.T, open Open) {
	docs := Documents(80)
	e, all := filled(t, open, docs), AllPassages(docs)
	for _, query := range []string{"", "采购", "问题 OR 通报", `"。"`} {
		for _, sort := range []index.Sort{"", index.ByRelevance, index.ByDate, index.ByDateDesc} {
			req := index.Request{Filter: corpus.Filter{Query: query}, Sort: sort, Limit: 7}
			whole := index.Request{Filter: corpus.Filter{Query: query}, Limit: index.MaxLimit}
			compare(t, fmt.Sprintf("pages of %q by %q", query, sort), everything(t, e, req), passagesOf(all, everything(t, e, whole)))
			req.Group = index.ByDocument
			checkGroups(t, e, req, everything(t, e, whole))
		}
	}
}

// passagesOf returns the passages that hits are about.
func passagesOf(all []Passage, hits []index.Hit) []Passage {
	keys := map[string]bool{}
	for _, h := range hits {
		keys[hitKey(h)] = true
	}
	return scan(all, func(p Passage) bool { return keys[p.Key()] })
}

// checkGroups checks that hits by document fold exactly the hits by passage.
func checkGroups(t *testing.T, e index.Engine, req index.Request, passages []index.Hit) {
	t.Helper()
	want := map[corpus.DocumentID]int{}
	for _, h := range passages {
		want[h.DocumentID]++
	}
	for _, h := range everything(t, e, req) {
		if want[h.DocumentID] != h.Passages {
			t.Errorf("group %q: document %s has %d passages, want %d", req.Filter.Query, h.DocumentID, h.Passages, want[h.DocumentID])
		}
		delete(want, h.DocumentID)
	}
	if len(want) > 0 {
		t.Errorf("group %q: misses %v", req.Filter.Query, want)
	}
}

// testOrder checks the orders by date, and that relevance puts what has more of the query first.
func testOrder(t *testing.T, open Open) {
	e := filled(t, open, Documents(60))
	for _, sort := range []index.Sort{index.ByDate, index.ByDateDesc} {
		var last index.Hit
		for i, h := range everything(t, e, index.Request{Sort: sort, Limit: 40}) {
			if i > 0 && !inOrder(sort, last, h) {
				t.Errorf("sort %s: %s (%s) before %s (%s)", sort, last.Date, last.DocumentID, h.Date, h.DocumentID)
			}
			last = h
		}
	}
	query := corpus.Filter{Query: "集体研究 采购"}
	apply(t, e, Changes(e.Applied(), whole("集体研究了采购事项"), whole("采购事项经过集体研究"), whole("采购集体研究采购集体研究")))
	if best := search(t, e, index.Request{Filter: query}).Hits[0]; best.Statement != "采购集体研究采购集体研究" {
		t.Errorf("relevance: first is %q", best.Statement)
	}
	query = corpus.Filter{Query: "采购事项经过集体研究"}
	if best := search(t, e, index.Request{Filter: query}).Hits[0]; best.Statement != "采购事项经过集体研究" {
		t.Errorf("relevance: first is %q", best.Statement)
	}
	hits := everything(t, e, index.Request{Filter: corpus.Filter{Query: "采购 OR 合同 OR 问题"}, Limit: 40})
	for i := 1; i < len(hits); i++ {
		if hits[i].Score > hits[i-1].Score {
			t.Errorf("relevance: score %v after %v", hits[i].Score, hits[i-1].Score)
		}
	}
}

// whole returns a document of one finding with the text.
func whole(text string) *corpus.Document {
	d := &corpus.Document{ID: corpus.NewDocumentID([]byte(text)), Text: text}
	span := corpus.Span{End: len(text)}
	d.Findings = []corpus.Finding{{Ordinal: 1, Statement: text, StatementSpan: span, Span: span, Status: corpus.Done}}
	return d
}

func inOrder(sort index.Sort, a, b index.Hit) bool {
	switch {
	case a.Date == b.Date:
		return a.DocumentID < b.DocumentID || (a.DocumentID == b.DocumentID && a.Span.Start <= b.Span.Start)
	case a.Date == "" || b.Date == "":
		return b.Date == ""
	case sort == index.ByDate:
		return a.Date < b.Date
	}
	return a.Date > b.Date
}
