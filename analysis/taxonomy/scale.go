package taxonomy

import "math"

// scale turns probabilities into the scores that are shown. The probabilities are learned leaf by leaf; what is asked of a
// score is how often the main category that bears it is right (Platt 1999: a logistic curve over the log odds).
type scale struct {
	Slope    float64 `json:"slope"`
	Constant float64 `json:"constant"`
}

// shown is the score for a probability. A zero scale changes nothing.
func (s scale) shown(p float64) float64 {
	if s == (scale{}) {
		return p
	}
	return 1 / (1 + math.Exp(-s.Slope*odds(p)-s.Constant))
}

func (s scale) rounded() scale {
	return scale{Slope: math.Round(s.Slope*1e4) / 1e4, Constant: math.Round(s.Constant*1e4) / 1e4}
}

// odds is the logarithm of the odds, for probabilities that are not quite 0 or 1.
func odds(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

// fitScale fits a scale to scores that were shown without one.
func fitScale(list []Judged) scale {
	if len(list) == 0 {
		return scale{}
	}
	rows := make([][signalCount]float64, len(list))
	right := make([]bool, len(list))
	for i, j := range list {
		rows[i][0], rows[i][1] = 1, odds(j.Score)
		right[i] = j.Right
	}
	w := logistic(rows, right)
	return scale{Slope: w[1], Constant: w[0]}
}
