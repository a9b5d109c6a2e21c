package indextest

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/similar"
	"tongjian/index"
)

// testSimilar checks the neighbours of findings and of texts against the scores of all pairs, while documents change.
func testSimilar(t *testing.T, open Open) {
	docs := Documents(60)
	e := filled(t, open, docs)
	check := func(what string) {
		t.Helper()
		all := scan(AllPassages(docs), func(p Passage) bool { return p.Finding != nil })
		late := func(p Passage) bool { return p.Document.Year >= 2021 && p.Has("采购") }
		for i := 0; i < len(all); i += 7 {
			p := all[i]
			id := corpus.NewFindingID(p.Document.ID, p.Finding.Ordinal)
			others := scan(all, func(q Passage) bool { return q.Key() != p.Key() })
			checkNeighbours(t, what, e, index.SimilarRequest{Finding: id, Limit: 15}, p.Finding.Statement, others)
			checkNeighbours(t, what, e, index.SimilarRequest{Finding: id, Filter: corpus.Filter{Query: "采购 year:2021.."}},
				p.Finding.Statement, scan(others, late))
		}
		text := "公务接待费用超标准，无公函接待"
		checkNeighbours(t, what, e, index.SimilarRequest{Text: text, Limit: 30}, text, all)
	}
	check("filled")
	docs[0] = Document(901)
	changed := Document(902)
	changed.ID = docs[2].ID
	apply(t, e, []corpus.Change{
		{Sequence: 61, DocumentID: docs[0].ID, Document: docs[0]}, {Sequence: 62, DocumentID: changed.ID, Document: changed},
		{Sequence: 63, DocumentID: docs[5].ID}, {Sequence: 64, DocumentID: Document(1).ID},
	})
	docs[2] = changed
	docs = slices.Delete(docs, 5, 6)
	check("changed")
	for name, req := range map[string]index.SimilarRequest{"no such document": {Finding: "0000000000000000-1"}, "no such finding": {Finding: corpus.NewFindingID(docs[9].ID, 99)}} {
		if _, err := e.Similar(context.Background(), req); corpus.KindOf(err) != corpus.NotFound {
			t.Errorf("similar, %s: error %v, want one of kind not found", name, err)
		}
	}
	for name, req := range map[string]index.SimilarRequest{
		"limit": {Text: "采购", Limit: index.MaxNeighbours + 1}, "text": {Text: strings.Repeat("采", index.MaxQueryBytes)},
		"query": {Text: "采购", Filter: corpus.Filter{Query: "("}},
	} {
		if _, err := e.Similar(context.Background(), req); corpus.KindOf(err) != corpus.Invalid {
			t.Errorf("similar, %s: error %v, want one of kind invalid", name, err)
		}
	}
}

func checkNeighbours(t *testing.T, what string, e index.Engine, req index.SimilarRequest, statement string, others []Passage) {
	t.Helper()
	got, err := e.Similar(context.Background(), req)
	if err != nil {
		t.Fatalf("%s: similar to %q: %v", what, statement, err)
	}
	profile := similar.Of(statement)
	scores := map[string]float64{}
	var best []float64
	for _, p := range others {
		if s := similar.Score(profile, similar.Of(p.Finding.Statement)); s > 0 {
			scores[p.Key()] = s
			best = append(best, s)
		}
	}
	slices.SortFunc(best, func(a, b float64) int { return cmp.Compare(b, a) })
	limit := req.Limit
	if limit == 0 {
		limit = 10
	}
	best = best[:min(limit, len(best))]
	if len(got.Neighbours) != len(best) || got.Among != len(others) {
		t.Errorf("%s: similar to %q: %d neighbours among %d, want %d among %d", what, statement, len(got.Neighbours), got.Among, len(best), len(others))
		return
	}
	seen := map[string]bool{}
	for i, n := range got.Neighbours {
		key := hitKey(n.Hit)
		if seen[key] || math.Abs(n.Score-scores[key]) > 1e-6 || math.Abs(n.Score-best[i]) > 1e-6 || (n.Score >= 0.3 && len(n.Shared) == 0) {
			t.Errorf("%s: similar to %q: neighbour %d is %q with %v sharing %v, seen %t; want score %v, its own %v",
				what, statement, i, n.Statement, n.Score, n.Shared, seen[key], best[i], scores[key])
		}
		seen[key] = true
	}
}
