package taxonomy

import (
	"cmp"
	"maps"
	"slices"

	"tongjian/corpus"
)

// Move is a finding whose categories change under another taxonomy. The order counts: the main category comes first.
type Move struct {
	Finding   corpus.FindingID
	Statement string
	Before    []corpus.CategoryCode
	After     []corpus.CategoryCode
}

// Relabel gives the findings of a document the categories of this taxonomy and returns those that move. Findings that a
// person labelled are left as they are.
func (t *Taxonomy) Relabel(doc *corpus.Document) []Move {
	before := make([][]corpus.CategoryCode, len(doc.Findings))
	for i, f := range doc.Findings {
		before[i] = codes(f)
	}
	t.Label(doc)
	var moves []Move
	for i, f := range doc.Findings {
		if after := codes(f); !slices.Equal(before[i], after) {
			moves = append(moves, Move{Finding: f.ID, Statement: f.Statement, Before: before[i], After: after})
		}
	}
	return moves
}

func codes(f corpus.Finding) []corpus.CategoryCode {
	list := make([]corpus.CategoryCode, len(f.Categories))
	for i, c := range f.Categories {
		list[i] = c.Code
	}
	return list
}

// Shift counts the findings that a leaf gains and loses by moves, whether as main category or beside it. Main counts those
// of which it becomes the main category less those of which it was.
type Shift struct {
	Code   corpus.CategoryCode
	Gained int
	Lost   int
	Main   int
}

// Shifts sums moves up by leaf, those that move most first.
func Shifts(moves []Move) []Shift {
	leaves := map[corpus.CategoryCode]*Shift{}
	of := func(code corpus.CategoryCode) *Shift {
		if leaves[code] == nil {
			leaves[code] = &Shift{Code: code}
		}
		return leaves[code]
	}
	for _, m := range moves {
		for _, c := range differences(m.After, m.Before) {
			of(c).Gained++
		}
		for _, c := range differences(m.Before, m.After) {
			of(c).Lost++
		}
		if len(m.Before) > 0 {
			of(m.Before[0]).Main--
		}
		if len(m.After) > 0 {
			of(m.After[0]).Main++
		}
	}
	var out []Shift
	for _, code := range slices.Sorted(maps.Keys(leaves)) {
		if s := *leaves[code]; s.Gained+s.Lost > 0 || s.Main != 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Shift) int { return cmp.Compare(b.Gained+b.Lost, a.Gained+a.Lost) })
	return out
}
