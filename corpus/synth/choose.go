package synth

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"tongjian/corpus"
)

// weights say how often categories occur, about as often as in published documents; all others have weight 6.
var weights = map[corpus.CategoryCode]float64{
	"politics.study": 14, "politics.deployment": 9, "politics.duties": 20, "decision.meeting": 8, "decision.leadership": 8,
	"procurement.purchasing": 12, "procurement.tendering": 7, "finance.control": 9, "finance.asset": 9, "finance.special_fund": 8,
	"finance.revenue": 3, "conduct.hospitality": 10, "conduct.formalism": 8, "conduct.commitment": 9, "integrity.responsibility": 14,
	"integrity.risk": 10, "organization.selection": 9, "organization.personnel": 8, "party.life": 12, "party.building": 14,
	"party.fees": 3, "party.mass": 3, "politics.united_front": 2, "rectification.inspection": 8, "rectification.audit": 3,
	"governance.it": 4, "governance.secrecy": 3, "livelihood.people": 9,
}

// trends say by how much a category is more or less frequent in the last year than in the first.
var trends = map[corpus.CategoryCode]float64{
	"procurement.purchasing": 3, "procurement.tendering": 3, "procurement.contract": 2.5, "procurement.outsourcing": 2.5,
	"conduct.hospitality": 0.25, "conduct.formalism": 1.8, "governance.it": 2,
}

// commonWeight is how much more often the first statement of a category is made than each other one: problems that many
// units have in common.
const commonWeight = 4

// choose draws the statements that an inspection makes, in the order of the bank: chronic problems of the unit, then
// others of a few domains.
func (p *plan) choose(rng *rand.Rand, u, round, n int, b *bank) []entry {
	chosen := p.chronic(u, round, b)
	var domains []int
	for _, e := range chosen {
		domains = append(domains, b.leaves[e.leaf].domain)
	}
	weight := p.leafWeights(p.year(u, round), b)
	for len(domains) < min(len(b.domains), max(3, n/3)) {
		d := b.leaves[pick(rng, weight)].domain
		if !slices.Contains(domains, d) {
			domains = append(domains, d)
		}
	}
	for i := range weight {
		if !slices.Contains(domains, b.leaves[i].domain) {
			weight[i] = 0
		}
	}
	for tries := 0; len(chosen) < n && tries < 20*n; tries++ {
		e := entry{leaf: pick(rng, weight)}
		others := len(b.leaves[e.leaf].statements) - 1
		if s := rng.IntN(commonWeight + others); s >= commonWeight {
			e.statement = 1 + s - commonWeight
		}
		if !slices.ContainsFunc(chosen, func(c entry) bool { return c.leaf == e.leaf && c.statement == e.statement }) {
			chosen = append(chosen, e)
		}
	}
	slices.SortFunc(chosen, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.leaf, b.leaf), cmp.Compare(a.statement, b.statement))
	})
	return chosen
}

// leafWeights returns the weight of every leaf in a year.
func (p *plan) leafWeights(year int, b *bank) []float64 {
	w := make([]float64, len(b.leaves))
	progress := 0.0
	if p.Years > 1 {
		progress = float64(year-(lastYear-p.Years+1)) / float64(p.Years-1)
	}
	for i, l := range b.leaves {
		w[i] = 6
		if v, ok := weights[l.code]; ok {
			w[i] = v
		}
		if trend, ok := trends[l.code]; ok && !p.Level {
			w[i] *= 1 + (trend-1)*progress
		}
	}
	return w
}

// pick draws an index by weight.
func pick(rng *rand.Rand, weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	at := rng.Float64() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// chronicProblems is how many problems of a unit come back.
const chronicProblems = 2

// chronic returns the unit's chronic problems that this round finds. One that the round before found too may say so.
func (p *plan) chronic(u, round int, b *bank) []entry {
	rng := p.rand("unit", uint64(u))
	var found []entry
	for range chronicProblems {
		leaf := rng.IntN(len(b.leaves))
		e := entry{leaf: leaf, statement: rng.IntN(len(b.leaves[leaf].statements))}
		var now, before bool
		for range round + 1 {
			before, now = now, rng.Float64() < 0.65
		}
		for range p.rounds - round - 1 {
			rng.Float64() // so that every round draws as many
		}
		if !now || slices.ContainsFunc(found, func(f entry) bool { return f.leaf == e.leaf && f.statement == e.statement }) {
			continue
		}
		e.persists = before && p.admits(u, round) && b.domains[b.leaves[leaf].domain].code != "rectification"
		found = append(found, e)
	}
	return found
}

// admits reports whether a round says of its chronic problems that they were found before.
func (p *plan) admits(u, round int) bool { return (u+round)%2 == 0 }
