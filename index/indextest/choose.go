package indextest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
)

// testChoose holds the set of findings that a filter chooses to the list of a search.
func testChoose(t *testing.T, open Open) {
	docs := Documents(40)
	e := filled(t, open, docs)
	r := rand.New(rand.NewPCG(7, 1))
	filters := []corpus.Filter{{}, {Query: "year:1900"}, {Values: map[corpus.Field][]string{corpus.FieldStatus: {"done"}}}}
	for range 30 {
		filters = append(filters, corpus.Filter{Query: randomClause(r, 2).text})
	}
	for _, f := range filters {
		chosen, err := e.Choose(t.Context(), f)
		if err != nil {
			t.Fatalf("choose %q: %v", f.Query, err)
		}
		listed, documents := map[corpus.FindingID]bool{}, map[corpus.DocumentID]bool{}
		for _, h := range everything(t, e, index.Request{Filter: f, Limit: index.MaxLimit}) {
			if h.Kind == corpus.KindFinding {
				listed[h.FindingID], documents[h.DocumentID] = true, true
			}
		}
		if chosen.Findings != len(listed) || chosen.Documents() != len(documents) || chosen.Sequence != int64(len(docs)) {
			t.Errorf("%q chooses %d findings of %d documents at %d; listed are %d of %d", f.Query,
				chosen.Findings, chosen.Documents(), chosen.Sequence, len(listed), len(documents))
		}
		for _, d := range docs {
			if chosen.HasDocument(d.ID) != documents[d.ID] {
				t.Errorf("%q: document %s", f.Query, d.ID)
			}
			for _, finding := range d.Findings {
				if chosen.Has(finding.ID) != listed[finding.ID] {
					t.Errorf("%q: finding %s is chosen %v, listed %v", f.Query, finding.ID, chosen.Has(finding.ID), listed[finding.ID])
				}
			}
			for _, other := range []string{"", "-", "-0", "-x", fmt.Sprintf("-%d", len(d.Findings)+1)} {
				if id := corpus.FindingID(string(d.ID) + other); chosen.Has(id) {
					t.Errorf("%q chooses %s, which is no finding", f.Query, id)
				}
			}
		}
	}
}
