package taxonomy

// fired says by leaf which rules fired in a finding, whether or not they prevailed.
type fired struct {
	stated []float64 // the highest weight in the statement
	headed []float64 // in the nearest heading
	told   []float64 // in the facts of a report
	share  []float64 // the leaf's share of all rules that fired there
}

func newFired(leaves int) *fired {
	return &fired{stated: make([]float64, leaves), headed: make([]float64, leaves), told: make([]float64, leaves), share: make([]float64, leaves)}
}

func (f *fired) reset() {
	clear(f.stated)
	clear(f.headed)
	clear(f.told)
	clear(f.share)
}

// take keeps the highest weight by leaf of the rules that matched.
func (p *program) take(matches []match, weights []float64) {
	for i := range matches {
		m := &matches[i]
		if r := &p.rules[m.rule]; !m.hidden && r.leaf != neutral {
			weights[r.leaf] = max(weights[r.leaf], r.weight)
		}
	}
}

// tell takes note of the rules that fired in the facts of a report.
func (f *fired) tell(p *program, matches []match) {
	p.take(matches, f.told)
	total := 0.0
	for i := range matches {
		m := &matches[i]
		if r := &p.rules[m.rule]; !m.hidden && r.leaf != neutral && r.weight >= firm {
			f.share[r.leaf]++
			total++
		}
	}
	for leaf := range f.share {
		f.share[leaf] /= max(total, 1)
	}
}
