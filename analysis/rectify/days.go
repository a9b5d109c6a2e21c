package rectify

import (
	"cmp"
	"slices"
	"time"

	"tongjian/corpus"
)

// Days returns the days from feedback to publication. ok is false where one of the two is not known, or where publication
// is dated before the feedback: then one of them was misread or is wrong.
func Days(doc *corpus.Document) (days int, ok bool) {
	from, err := time.Parse(time.DateOnly, string(doc.FeedbackDate))
	if err != nil {
		return 0, false
	}
	to, err := time.Parse(time.DateOnly, string(doc.PublicationDate))
	if err != nil || to.Before(from) {
		return 0, false
	}
	return int(to.Sub(from).Hours()) / 24, true
}

// Pace is how long the publication of a group of documents took, in days. Documents counts those of which it is known.
type Pace struct {
	Documents int     `json:"documents"`
	Unknown   int     `json:"unknown"`
	Median    float64 `json:"median"`
	Low       float64 `json:"quartile_low"`
	High      float64 `json:"quartile_high"`
	Longest   int     `json:"longest"`
}

// PaceOf sums up days; unknown is how many documents have none.
func PaceOf(days []int, unknown int) Pace {
	p := Pace{Documents: len(days), Unknown: unknown}
	if len(days) == 0 {
		return p
	}
	sorted := slices.SortedFunc(slices.Values(days), cmp.Compare[int])
	p.Low, p.Median, p.High = quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)
	p.Longest = sorted[len(sorted)-1]
	return p
}

// quantile interpolates between the two nearest values: h = (n−1)p, method 7 of R. J. Hyndman and Y. Fan, Sample quantiles in
// statistical packages, The American Statistician 50 (1996) 361–365.
func quantile(sorted []int, p float64) float64 {
	h := float64(len(sorted)-1) * p
	i := int(h)
	if i+1 == len(sorted) {
		return float64(sorted[i])
	}
	return float64(sorted[i]) + (h-float64(i))*float64(sorted[i+1]-sorted[i])
}
