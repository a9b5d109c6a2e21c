package indextest

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
)

// clause is a query and what it means.
type clause struct {
	text  string
	match func(Passage) bool
}

// randomClause makes a query of some depth.
func randomClause(r *rand.Rand, depth int) clause {
	if depth == 0 {
		return randomLeaf(r)
	}
	a, b := randomClause(r, depth-1), randomClause(r, r.IntN(depth))
	switch r.IntN(4) {
	case 0:
		return clause{"(" + a.text + " OR " + b.text + ")", func(p Passage) bool { return a.match(p) || b.match(p) }}
	case 1:
		return clause{"-" + a.text, func(p Passage) bool { return !a.match(p) }}
	}
	return clause{"(" + a.text + " " + b.text + ")", func(p Passage) bool { return a.match(p) && b.match(p) }}
}

func randomLeaf(r *rand.Rand) clause {
	field := func(f corpus.Field, value string) clause {
		return clause{string(f) + ":" + value, func(p Passage) bool {
			for _, v := range p.Values(f) {
				if v == value {
					return true
				}
			}
			return false
		}}
	}
	switch r.IntN(7) {
	case 0:
		from := 2018 + r.IntN(6)
		to := from + r.IntN(3)
		return clause{fmt.Sprintf("year:%d..%d", from, to), func(p Passage) bool {
			return int(p.Document.Year) >= from && int(p.Document.Year) <= to
		}}
	case 1:
		return field(corpus.FieldStatus, string(pick(r, corpus.Statuses)))
	case 2:
		return field(corpus.FieldCategory, string(pick(r, leaves)))
	case 3:
		return field(corpus.FieldRound, "第"+strconv.Itoa(1+r.IntN(4))+"轮")
	case 4:
		if r.IntN(2) == 0 {
			return field(corpus.FieldSubstance, string(pick(r, corpus.Substances)))
		}
		return field(corpus.FieldAction, string(pick(r, corpus.ActionKinds)))
	case 5:
		s := pick(r, []string{"未经集体研究", "，", "问题。", "23.12", "班子成员末位表态", "一言堂"})
		return clause{quoted(s), func(p Passage) bool { return p.Has(s) }}
	}
	s := pick(r, []string{"采购", "合同", "问题", "会议记录", "整改", "专项资金"})
	return clause{s, func(p Passage) bool { return p.Has(s) }}
}

// testRandom checks that for random queries the hits, the facets and the tallies are those of a scan.
func testRandom(t *testing.T, open Open) {
	docs := Documents(80)
	e, all := filled(t, open, docs), AllPassages(docs)
	r := rand.New(rand.NewPCG(9, 10))
	for range 80 {
		c := randomClause(r, r.IntN(4))
		want := scan(all, c.match)
		filter := corpus.Filter{Query: c.text}
		compare(t, c.text, everything(t, e, index.Request{Filter: filter, Limit: 1 + r.IntN(index.MaxLimit)}), want)
		field, group := pick(r, corpus.Fields), pick(r, []index.Group{index.ByPassage, index.ByDocument})
		a := search(t, e, index.Request{Filter: filter, Group: group, Facets: []corpus.Field{field}, FacetSize: index.MaxFacetSize})
		checkFacet(t, a.Facets[0], want, group)
		req := corpus.TallyRequest{Filter: filter, Rows: pick(r, corpus.Fields), Cols: pick(r, corpus.Fields)}
		if req.Check() == nil {
			checkTally(t, e, req, scan(want, func(p Passage) bool { return p.Finding != nil }))
		}
		if again := search(t, e, index.Request{Filter: corpus.Filter{Query: a.Understood}}); again.Understood != a.Understood {
			t.Errorf("%s: understood as %q, and that as %q", c.text, a.Understood, again.Understood)
		}
	}
}
