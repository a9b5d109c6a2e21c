package taxonomy

import (
	"math/rand/v2"
	"slices"

	"tongjian/corpus"
)

// coreDomains are judged on their own too: a wrong figure about money and power weighs most.
var coreDomains = []corpus.CategoryCode{"procurement", "decision", "finance"}

// Core is the score of all categories of the domains procurement, decision and finance.
func (e Evaluation) Core() Score { return e.Within(coreDomains...) }

// Interval is a range that holds a figure with 95% confidence.
type Interval struct {
	Low  float64
	High float64
}

// Intervals are the intervals of the figures of an Evaluation. MainAccuracy is taken of the findings that have categories
// on both sides: what was not found at all has no main category to be wrong.
type Intervals struct {
	MicroF1, MacroF1, CoreF1, MainAccuracy Interval
}

// rounds is how often Bootstrap draws; the ends of a 95% interval are then known to about one in a thousand.
const rounds = 1000

// Bootstrap returns percentile intervals for the figures of Evaluate over all groups (Efron and Tibshirani, An
// Introduction to the Bootstrap, 1993, chapter 13): it draws as many groups as there are, with replacement, a thousand
// times. A group is what is not independent in itself: the findings of one document. The same seed gives the same
// intervals.
func Bootstrap(groups [][]Labelled, seed uint64) Intervals {
	if len(groups) == 0 {
		return Intervals{}
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	units := make([]Evaluation, len(groups))
	for i, g := range groups {
		units[i] = Evaluate(g)
		units[i].Findings = onBothSides(g)
	}
	var micro, macro, core, main []float64
	for range rounds {
		var e Evaluation
		leaves := map[corpus.CategoryCode]*Score{}
		for range units {
			u := &units[rng.IntN(len(units))]
			e.Findings += u.Findings
			e.MainRight += u.MainRight
			for _, l := range u.Leaves {
				if leaves[l.Code] == nil {
					leaves[l.Code] = &Score{}
				}
				leaves[l.Code].add(l.Score)
			}
		}
		e.sum(leaves, nil)
		micro, macro = append(micro, e.Micro.F1()), append(macro, e.MacroF1)
		core, main = append(core, e.Core().F1()), append(main, e.MainAccuracy())
	}
	return Intervals{MicroF1: interval(micro), MacroF1: interval(macro), CoreF1: interval(core), MainAccuracy: interval(main)}
}

func onBothSides(list []Labelled) int {
	n := 0
	for _, l := range list {
		if len(l.Gold) > 0 && len(l.Found) > 0 {
			n++
		}
	}
	return n
}

// interval returns the range between the 2.5th and the 97.5th percentile.
func interval(values []float64) Interval {
	slices.Sort(values)
	n := len(values)
	return Interval{Low: values[n*25/1000], High: values[n-1-n*25/1000]}
}
