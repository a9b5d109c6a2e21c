package taxonomy

import (
	"cmp"
	"maps"
	"slices"

	"tongjian/corpus"
)

// Labelled is one finding with the categories that a person gave it and those that were found, main ones first.
type Labelled struct {
	Gold  []corpus.CategoryCode
	Found []corpus.CategoryCode
}

// Score counts how often a category was found rightly, wrongly and not.
type Score struct {
	TruePositive  int
	FalsePositive int
	FalseNegative int
}

// Precision is the share of what was found that is right, 0 where nothing was found.
func (s Score) Precision() float64 { return ratio(s.TruePositive, s.TruePositive+s.FalsePositive) }

// Recall is the share of what is there that was found, 0 where nothing is there.
func (s Score) Recall() float64 { return ratio(s.TruePositive, s.TruePositive+s.FalseNegative) }

// F1 is the harmonic mean of precision and recall.
func (s Score) F1() float64 {
	return ratio(2*s.TruePositive, 2*s.TruePositive+s.FalsePositive+s.FalseNegative)
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// LeafScore is the score of one leaf.
type LeafScore struct {
	Code corpus.CategoryCode
	Score
}

// Confusion counts findings of which Gold was missed while Found was given instead.
type Confusion struct {
	Gold  corpus.CategoryCode
	Found corpus.CategoryCode
	Count int
}

// Evaluation compares found categories with gold ones.
type Evaluation struct {
	Findings int
	// Micro counts every category of every finding alike.
	Micro Score
	// MacroF1 is the mean F1 over the leaves that occur in gold.
	MacroF1 float64
	// MainRight counts findings whose first category is the gold one.
	MainRight int
	// Leaves are the leaves that occur in gold or were found, in the order of their codes.
	Leaves []LeafScore
	// Confusions are ordered by count, then by codes.
	Confusions []Confusion
}

// MainAccuracy is the share of findings whose main category is right.
func (e Evaluation) MainAccuracy() float64 { return ratio(e.MainRight, e.Findings) }

// Evaluate compares found categories with gold ones.
func Evaluate(list []Labelled) Evaluation {
	e := Evaluation{Findings: len(list)}
	leaves := map[corpus.CategoryCode]*Score{}
	confusions := map[Confusion]int{}
	score := func(code corpus.CategoryCode) *Score {
		if leaves[code] == nil {
			leaves[code] = &Score{}
		}
		return leaves[code]
	}
	for _, l := range list {
		if len(l.Gold) > 0 && len(l.Found) > 0 && l.Gold[0] == l.Found[0] {
			e.MainRight++
		}
		missed, wrong := differences(l.Gold, l.Found), differences(l.Found, l.Gold)
		for _, c := range l.Gold {
			if slices.Contains(l.Found, c) {
				score(c).TruePositive++
			}
		}
		for _, c := range missed {
			score(c).FalseNegative++
			for _, w := range wrong {
				confusions[Confusion{Gold: c, Found: w}]++
			}
		}
		for _, c := range wrong {
			score(c).FalsePositive++
		}
	}
	e.sum(leaves, confusions)
	return e
}

// sum fills the totals and the ordered lists.
func (e *Evaluation) sum(leaves map[corpus.CategoryCode]*Score, confusions map[Confusion]int) {
	inGold, f1 := 0, 0.0
	for _, code := range slices.Sorted(maps.Keys(leaves)) {
		s := *leaves[code]
		e.Leaves = append(e.Leaves, LeafScore{code, s})
		e.Micro.TruePositive += s.TruePositive
		e.Micro.FalsePositive += s.FalsePositive
		e.Micro.FalseNegative += s.FalseNegative
		if s.TruePositive+s.FalseNegative > 0 {
			inGold++
			f1 += s.F1()
		}
	}
	if inGold > 0 {
		e.MacroF1 = f1 / float64(inGold)
	}
	for c, n := range confusions {
		c.Count = n
		e.Confusions = append(e.Confusions, c)
	}
	slices.SortFunc(e.Confusions, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Gold, b.Gold), cmp.Compare(a.Found, b.Found))
	})
}

// differences returns what a list has beyond another.
func differences(list, other []corpus.CategoryCode) []corpus.CategoryCode {
	var more []corpus.CategoryCode
	for _, c := range list {
		if !slices.Contains(other, c) {
			more = append(more, c)
		}
	}
	return more
}
