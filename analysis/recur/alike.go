package recur

import (
	"cmp"
	"slices"

	"tongjian/corpus"
	"tongjian/corpus/similar"
)

// agreement says how far the categories of two findings agree.
type agreement int

const (
	disagree   agreement = iota
	sameDomain           // a domain in common
	sameLeaf             // a leaf in common
)

// likeness is how alike two findings are.
type likeness struct {
	score      float64 // of the statements
	categories agreement
}

// thresholds are the least scores by agreement of categories.
type thresholds [3]float64

// The thresholds, chosen on the planted problems that are not held back. Within a unit little is needed: what a unit had
// wrong before in the same category is likely to be what it has wrong now.
var (
	repeatThresholds = thresholds{disagree: 0.62, sameDomain: 0.45, sameLeaf: 0.22}
	alignThresholds  = thresholds{disagree: 0.55, sameDomain: 0.42, sameLeaf: 0.30}
	groupThresholds  = thresholds{disagree: 1.01, sameDomain: 1.01, sameLeaf: 0.29}
)

// enough reports whether the likeness reaches its threshold.
func (l likeness) enough(t thresholds) bool { return l.score >= t[l.categories] }

// rank orders likenesses: by what they have above nothing, agreement of categories counting as some likeness of words.
func (l likeness) rank() float64 { return l.score + 0.12*float64(l.categories) }

// alike compares two findings. Where their categories have no domain in common only statements of the same words are alike:
// others hardly ever are, and most pairs are such.
func alike(a, b *fact) likeness {
	l := likeness{categories: agree(a.categories, b.categories)}
	if l.categories != disagree || a.key == b.key || len(a.categories) == 0 || len(b.categories) == 0 {
		l.score = similar.Score(a.profile, b.profile)
	}
	return l
}

// agree compares the categories of two findings. Findings without any agree on nothing.
func agree(a, b []corpus.CategoryCode) agreement {
	best := disagree
	for _, x := range a {
		for _, y := range b {
			switch {
			case x == y:
				return sameLeaf
			case x.Domain() == y.Domain():
				best = sameDomain
			}
		}
	}
	return best
}

// pair is two places in two lists, and how alike they are.
type pair struct {
	a, b int
	likeness
}

// oneToOne chooses pairs best first, each place at most once.
func oneToOne(pairs []pair, as, bs int) []pair {
	slices.SortStableFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.rank(), x.rank()), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	takenA, takenB := make([]bool, as), make([]bool, bs)
	var out []pair
	for _, p := range pairs {
		if !takenA[p.a] && !takenB[p.b] {
			takenA[p.a], takenB[p.b] = true, true
			out = append(out, p)
		}
	}
	return out
}
