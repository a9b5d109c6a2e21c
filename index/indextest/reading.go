package indextest

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/index"
)

// testSynonyms checks that words stand for their synonyms, that what is quoted or excluded does not, and that synonyms only
// ever add.
func testSynonyms(t *testing.T, open Open) {
	docs := append(Documents(40),
		whole("大额资金使用未经集体研究"), whole("三重一大制度不健全"), whole("巡视反馈意见未整改"), whole("市纪律检查委员会通报"), whole("县纪委通报"))
	e, all := filled(t, open, docs), AllPassages(docs)
	tests := []struct {
		query string
		use   corpus.SynonymUse
		any   []string // what a match has one of
	}{
		{"三重一大", corpus.UsualSynonyms, []string{"三重一大", "大额资金使用"}},
		{"大额资金使用", corpus.UsualSynonyms, []string{"大额资金使用"}},
		{"三重一大", corpus.NoSynonyms, []string{"三重一大"}},
		{`"三重一大"`, corpus.WideSynonyms, []string{"三重一大"}},
		{"纪委", corpus.UsualSynonyms, []string{"纪委", "纪律检查委员会"}},
		{"纪律检查委员会", corpus.UsualSynonyms, []string{"纪委", "纪律检查委员会"}},
		{"巡视", corpus.UsualSynonyms, []string{"巡视"}},
		{"巡视", corpus.WideSynonyms, []string{"巡视", "巡察"}},
	}
	for _, tt := range tests {
		has := func(p Passage) bool { return slices.ContainsFunc(tt.any, p.Has) }
		filter := corpus.Filter{Query: tt.query, Synonyms: tt.use}
		what := fmt.Sprintf("%s with synonyms %q", tt.query, tt.use)
		compare(t, what, everything(t, e, index.Request{Filter: filter}), scan(all, has))
		checkTally(t, e, corpus.TallyRequest{Filter: filter, Rows: corpus.FieldStatus}, scan(all, func(p Passage) bool { return p.Finding != nil && has(p) }))
		filter.Query = "-" + tt.query
		literal := strings.Trim(tt.query, `"`)
		compare(t, "not "+what, everything(t, e, index.Request{Filter: filter}), scan(all, func(p Passage) bool { return !p.Has(literal) }))
	}
	expanded := search(t, e, index.Request{Filter: corpus.Filter{Query: "三重一大 采购 -纪委"}}).Expanded
	if len(expanded) != 1 || expanded[0].Word != "三重一大" || !slices.Contains(expanded[0].Alternatives, "大额资金使用") {
		t.Errorf("expanded: %+v, want 三重一大 only", expanded)
	}
	testSynonymsAdd(t, e)
	wrong := corpus.Filter{Query: "采购", Synonyms: "nonsense"}
	if _, err := e.Search(context.Background(), index.Request{Filter: wrong}); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("synonyms %q: error %v, want one of kind invalid", wrong.Synonyms, err)
	}
}

// testSynonymsAdd checks for random queries that what is found without synonyms is found with them.
func testSynonymsAdd(t *testing.T, e index.Engine) {
	t.Helper()
	words := []string{"三重一大", "采购", "招投标", "纪委", "巡察", "问题", "公车", "制度"}
	r := rand.New(rand.NewPCG(11, 12))
	for range 60 {
		q := pick(r, words)
		for range r.IntN(3) {
			q = pick(r, []string{q + " " + pick(r, words), "(" + q + ") OR " + pick(r, words), "-(" + q + ")", pick(r, words) + " -(" + q + ")"})
		}
		last := map[string]bool{}
		for _, use := range []corpus.SynonymUse{corpus.NoSynonyms, corpus.UsualSynonyms, corpus.WideSynonyms} {
			now := map[string]bool{}
			for _, h := range everything(t, e, index.Request{Filter: corpus.Filter{Query: q, Synonyms: use}, Limit: index.MaxLimit}) {
				now[hitKey(h)] = true
			}
			for key := range last {
				if !now[key] {
					t.Errorf("query %s: %s is found with fewer synonyms, but not with %q", q, key, use)
				}
			}
			last = now
		}
	}
}

// testConcordance checks that the lines are exactly the places that a scan finds, in every order, and that they are source
// text.
func testConcordance(t *testing.T, open Open) {
	docs := mixed(40)
	e, all := filled(t, open, docs), AllPassages(docs)
	for _, tt := range []struct {
		query   string
		strings []string
		match   func(Passage) bool
	}{
		{"采购", []string{"采购"}, func(p Passage) bool { return p.Has("采购") }},
		{`"選人"`, []string{"选人"}, func(p Passage) bool { return p.Has("选人") }},
		{"(采购 OR 询价) -合同", []string{"采购", "询价"}, func(p Passage) bool { return (p.Has("采购") || p.Has("询价")) && !p.Has("合同") }},
		{`"集体研究" "研究" status:done`, []string{"集体研究", "研究"}, func(p Passage) bool {
			return p.Has("集体研究") && p.Finding != nil && p.Finding.Status == corpus.Done
		}},
		{`"。"`, []string{"。"}, func(p Passage) bool { return p.Has("。") }},
		{"不在文中的字样", []string{"字样"}, func(Passage) bool { return false }},
	} {
		want := map[string]int{}
		passages := scan(all, tt.match)
		for _, p := range passages {
			for _, s := range standings(p, tt.strings) {
				want[placeKey(p.Document.ID, s)]++
			}
		}
		for _, sort := range []index.LineSort{"", index.LinesByDate, index.LinesByLeft, index.LinesByRight} {
			req := index.ConcordanceRequest{Filter: corpus.Filter{Query: tt.query}, Sort: sort, Width: 8, Limit: 30}
			lines, c := allLines(t, e, req)
			if c.Total != sum(want) || c.Passages != len(passages) || len(lines) != c.Total {
				t.Errorf("concordance %q: %d places in %d passages, %d lines; want %d in %d", tt.query, c.Total, c.Passages, len(lines), sum(want), len(passages))
			}
			checkLines(t, lines, docs, sort, 8)
			got := map[string]int{}
			for _, l := range lines {
				got[placeKey(l.DocumentID, l.Span)]++
			}
			if !maps.Equal(got, want) {
				t.Errorf("concordance %q by %q: %v, want %v", tt.query, sort, got, want)
			}
		}
	}
	checkSample(t, e)
	for name, req := range map[string]index.ConcordanceRequest{
		"no query": {}, "nothing but a minus": {Filter: corpus.Filter{Query: "-采购"}}, "width": {Filter: corpus.Filter{Query: "采购"}, Width: index.MaxWidth + 1},
		"sort": {Filter: corpus.Filter{Query: "采购"}, Sort: "foo"}, "offset": {Filter: corpus.Filter{Query: "采购"}, Offset: index.MaxLines},
		"sample": {Filter: corpus.Filter{Query: "采购"}, Sample: index.MaxLines + 1}, "only a field": {Filter: corpus.Filter{Query: "year:2020"}},
	} {
		if _, err := e.Concordance(context.Background(), req); corpus.KindOf(err) != corpus.Invalid {
			t.Errorf("concordance, %s: error %v, want one of kind invalid", name, err)
		}
	}
}

func sum(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

func placeKey(id corpus.DocumentID, s corpus.Span) string { return fmt.Sprint(id, " ", s) }

// standings returns where strings stand in a passage, overlapping ones joined, as spans of the document.
func standings(p Passage, list []string) []corpus.Span {
	f := segment.Fold(p.Text())
	covered := make([]int, len(f.Text)+1) // one more than the end of the longest string that begins here
	for i := range f.Text {
		for _, s := range list {
			if strings.HasPrefix(f.Text[i:], s) {
				covered[i] = max(covered[i], i+len(s))
			}
		}
	}
	var out []corpus.Span
	for i := 0; i < len(f.Text); i++ {
		if covered[i] == 0 {
			continue
		}
		end := covered[i]
		for k := i; k < end; k++ {
			end = max(end, covered[k])
		}
		s := f.SourceSpan(corpus.Span{Start: i, End: end})
		out = append(out, corpus.Span{Start: p.Span.Start + s.Start, End: p.Span.Start + s.End})
		i = end - 1
	}
	return out
}

func concordance(t *testing.T, e index.Engine, req index.ConcordanceRequest) *index.Concordance {
	t.Helper()
	c, err := e.Concordance(context.Background(), req)
	if err != nil {
		t.Fatalf("concordance %q: %v", req.Filter.Query, err)
	}
	return c
}

// allLines returns the lines of all pages.
func allLines(t *testing.T, e index.Engine, req index.ConcordanceRequest) ([]index.Line, *index.Concordance) {
	t.Helper()
	var lines []index.Line
	for {
		c := concordance(t, e, req)
		lines = append(lines, c.Lines...)
		if len(c.Lines) < req.Limit {
			return lines, c
		}
		req.Offset += req.Limit
	}
}

func checkLines(t *testing.T, lines []index.Line, docs []*corpus.Document, sort index.LineSort, width int) {
	t.Helper()
	byID := map[corpus.DocumentID]*corpus.Document{}
	for _, d := range docs {
		byID[d.ID] = d
	}
	for i, l := range lines {
		text := byID[l.DocumentID].Text
		around := corpus.Span{Start: l.Span.Start - len(l.Left), End: l.Span.End + len(l.Right)}
		if l.Span.Of(text) != l.Node || around.Of(text) != l.Left+l.Node+l.Right {
			t.Errorf("line %+v is not the text there", l)
		}
		if len([]rune(l.Left)) > width || len([]rune(l.Right)) > width {
			t.Errorf("line %+v is wider than %d", l, width)
		}
		if i == 0 {
			continue
		}
		before := lines[i-1]
		switch sort {
		case index.LinesByLeft:
			if backwards(before.Left) > backwards(l.Left) {
				t.Errorf("by left: %q before %q", before.Left, l.Left)
			}
		case index.LinesByRight:
			if folded(before.Right) > folded(l.Right) {
				t.Errorf("by right: %q before %q", before.Right, l.Right)
			}
		case index.LinesByDate:
			if before.Date > l.Date && l.Date != "" {
				t.Errorf("by date: %s before %s", before.Date, l.Date)
			}
		}
	}
}

func folded(s string) string {
	f := segment.Fold(s)
	return f.Text
}

func backwards(s string) string {
	runes := []rune(folded(s))
	slices.Reverse(runes)
	return string(runes)
}

// checkSample checks that a sample is drawn from the lines, the same for the same seed, and evenly.
func checkSample(t *testing.T, e index.Engine) {
	t.Helper()
	filter := corpus.Filter{Query: "问题"}
	whole, all := allLines(t, e, index.ConcordanceRequest{Filter: filter, Limit: 50})
	drawn := map[string]int{}
	const seeds, size = 60, 20
	for seed := range uint64(seeds) {
		req := index.ConcordanceRequest{Filter: filter, Sample: size, Seed: seed, Limit: 9, Sort: index.LinesByRight}
		lines, c := allLines(t, e, req)
		again, _ := allLines(t, e, req)
		if !slices.Equal(lines, again) || len(lines) != size || c.Sampled != size || c.Total != all.Total {
			t.Fatalf("sample with seed %d: %d lines of %d, total %d, want %d; the same again: %t", seed, len(lines), c.Sampled, c.Total, all.Total, slices.Equal(lines, again))
		}
		for _, l := range lines {
			drawn[placeKey(l.DocumentID, l.Span)]++
		}
	}
	if n := sum(drawn); n != seeds*size {
		t.Errorf("samples have %d lines, want %d", n, seeds*size)
	}
	// Each line is expected in the same number of samples; ten standard deviations are not chance.
	expected := float64(seeds) * size / float64(len(whole))
	for _, l := range whole {
		if n := float64(drawn[placeKey(l.DocumentID, l.Span)]); math.Abs(n-expected) > 10*math.Sqrt(expected) {
			t.Errorf("line %v is in %v samples, want about %v", l.Span, n, expected)
		}
	}
	if _, c := allLines(t, e, index.ConcordanceRequest{Filter: corpus.Filter{Query: "一言堂"}, Sample: 5000, Limit: 50}); c.Sampled != c.Total {
		t.Errorf("sample larger than the whole: %d of %d", c.Sampled, c.Total)
	}
}
