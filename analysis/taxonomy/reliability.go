package taxonomy

import "tongjian/corpus"

// Judged is the score that a finding's main category was given, and whether it is the main category.
type Judged struct {
	Score float64
	Right bool
}

// reliabilityBins is the number of ranges of score in a reliability table, all equally wide.
const reliabilityBins = 10

// Bin is one line of a reliability table: the findings with scores from From up to To, and how many of them are right. The
// last bin holds the score 1 too.
type Bin struct {
	From, To float64
	Findings int
	Right    int
}

// Share is the share of findings that are right, 0 where there is none.
func (b Bin) Share() float64 { return ratio(b.Right, b.Findings) }

// Reliability says what scores are worth: the share of right main categories by range of score, lowest first. Scores are
// sound where the share is about the score.
func Reliability(list []Judged) []Bin {
	bins := make([]Bin, reliabilityBins)
	for i := range bins {
		bins[i].From, bins[i].To = float64(i)/reliabilityBins, float64(i+1)/reliabilityBins
	}
	for _, j := range list {
		// Scores have two decimals: 0.3 lies in the bin from 0.3, whatever 0.3*10 comes to.
		at := min(max(int(j.Score*100+0.5)/(100/reliabilityBins), 0), reliabilityBins-1)
		bins[at].Findings++
		if j.Right {
			bins[at].Right++
		}
	}
	return bins
}

// From returns what the findings with at least a score are worth together.
func From(score float64, list []Judged) Bin {
	b := Bin{From: score, To: 1}
	for _, j := range list {
		if j.Score >= score {
			b.Findings++
			if j.Right {
				b.Right++
			}
		}
	}
	return b
}

// Within sums the scores of the leaves of some domains.
func (e Evaluation) Within(domains ...corpus.CategoryCode) Score {
	var sum Score
	for _, l := range e.Leaves {
		for _, d := range domains {
			if l.Code.Domain() == d {
				sum.add(l.Score)
			}
		}
	}
	return sum
}

func (s *Score) add(o Score) {
	s.TruePositive += o.TruePositive
	s.FalsePositive += o.FalsePositive
	s.FalseNegative += o.FalseNegative
}
