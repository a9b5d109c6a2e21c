package similar

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// leastCount is how many statements must have a gram for it to be counted.
const leastCount = 3

// Count writes the contents of weights.txt: how many of the statements have each feature.
func Count(w io.Writer, statements []string) error {
	seen := map[feature]int{}
	for _, s := range statements {
		d := drafts(theLexicon(), &weighting{notions: slices.Repeat([]float32{1}, len(theLexicon().notions)), unseen: 1})
		for clause := range clauses(s) {
			d.take(clause)
		}
		for _, w := range d.distinct() {
			seen[w.feature]++
		}
	}
	if _, err := fmt.Fprintf(w, "N %d\n", len(statements)); err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	features := make([]feature, 0, len(seen))
	for f, n := range seen {
		if n >= leastCount {
			features = append(features, f)
		}
	}
	slices.SortFunc(features, func(a, b feature) int { return cmp.Compare(a.text(), b.text()) })
	for _, f := range features {
		mark := ""
		if f.isNotion() {
			mark = "#"
		}
		if _, err := fmt.Fprintf(w, "%s%s %d\n", mark, f.text(), seen[f]); err != nil {
			return fmt.Errorf("write weights: %w", err)
		}
	}
	return nil
}
