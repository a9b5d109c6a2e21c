package synth

import (
	"math/rand/v2"
	"slices"
)

// pairForms are the layouts of a report and of the notice that answers it.
var (
	reportForms = []string{"report-plain", "report-enumerated"}
	noticeForms = []string{"notice-running", "notice-labelled", "notice-nested", "notice-compact", "notice-quoted", "notice-arabic"}
)

// pairForm returns the layout of the i-th report where reports and notices stand in turn.
func pairForm(i int) form {
	names := reportForms
	if i%2 == 1 {
		names = noticeForms
	}
	for _, f := range append(slices.Clone(forms), companions...) {
		if f.name == names[i/2%len(names)] {
			return f
		}
	}
	return forms[0]
}

// paired makes the i-th report where a report and the notice that answers it stand in turn.
func (p *plan) paired(i int) Report {
	u, round := i/2%len(p.units), i/2/len(p.units)%p.rounds
	b := bankFor(i / 2)
	in := p.inspect(u, round, b)
	if i%2 == 0 {
		p.gather(in, u, round, b)
	} else {
		p.answer(in, u, round, b)
		p.add(in, p.rand("plant", 1<<45|uint64(u)<<16|uint64(round)), b)
	}
	d := &draft{inspection: in, rng: p.rand("draft", uint64(i)), bank: b, flaw: sound}
	f := pairForm(i)
	d.write(f)
	return d.report(i, f, u, round)
}

// answer turns the problems of a report into those of the notice that answers it.
func (p *plan) answer(in *inspection, u, round int, b *bank) {
	rng := p.rand("plant", 1<<43|uint64(u)<<16|uint64(round))
	f := &filler{rng: rng, unit: in.unit, year: p.year(u, round), details: p.Details}
	var out []problem
	for i := 0; i < len(in.problems); i++ {
		q := in.problems[i]
		switch at := rng.IntN(100); {
		case at < 10: // left out
			continue
		case at < 20 && i+1 < len(in.problems) && in.problems[i+1].leaf == q.leaf && len(q.keys) == 1 && len(in.problems[i+1].keys) == 1:
			i++
			q = q.with(in.problems[i], b)
		case q.family != nil && at < 45:
			q.statement, q.mild = f.fill(q.family.mild), true
		case q.family != nil && at < 60:
			all := q.family.wordings(p.Plants.Free)
			q.statement = f.fill(all[rng.IntN(len(all))].text)
		}
		out = append(out, q)
	}
	in.problems = out
}

// gather puts some pairs of problems of one leaf together in a report; the notice has them apart.
func (p *plan) gather(in *inspection, u, round int, b *bank) {
	rng := p.rand("plant", 1<<44|uint64(u)<<16|uint64(round))
	var out []problem
	for i := 0; i < len(in.problems); i++ {
		q := in.problems[i]
		if i+1 < len(in.problems) && in.problems[i+1].leaf == q.leaf && rng.IntN(8) == 0 {
			i++
			q = q.with(in.problems[i], b)
		}
		out = append(out, q)
	}
	in.problems = out
}

// with puts two problems together in one statement.
func (q problem) with(other problem, b *bank) problem {
	q.statement += comma(b) + other.statement
	q.keys = append(slices.Clone(q.keys), other.keys...)
	q.family, q.admits = nil, q.admits || other.admits
	return q
}

// add puts a problem into a notice that the report does not have.
func (p *plan) add(in *inspection, rng *rand.Rand, b *bank) {
	if rng.IntN(2) == 0 {
		return
	}
	f := &filler{rng: rng, unit: in.unit, year: in.from.y, details: p.Details}
	leaf := rng.IntN(len(b.leaves))
	e := entry{leaf: leaf, statement: rng.IntN(len(b.leaves[leaf].statements))}
	q := e.fill(f, b)
	if slices.ContainsFunc(in.problems, func(o problem) bool { return slices.Contains(o.keys, q.keys[0]) }) || q.stated {
		return
	}
	in.problems = append(in.problems, q)
	slices.SortStableFunc(in.problems, func(a, b problem) int { return a.leaf - b.leaf })
}
