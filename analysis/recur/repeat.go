package recur

import (
	"cmp"
	"slices"

	"tongjian/corpus"
	"tongjian/corpus/similar"
)

// Evidence says what a repeat rests on.
type Evidence string

// What a repeat can rest on.
const (
	BySimilarity Evidence = "similarity" // the same unit had a like problem of the same kind in an earlier inspection
	ByAdmission  Evidence = "admission"  // the text says so itself
	ByBoth       Evidence = "both"
)

// Repeat is a finding that occurs again.
type Repeat struct {
	Finding Ref
	// Prior is the earlier finding, its ID empty where an admission is all that is known. Of the findings that state it in
	// its inspection it is the one that says what became of it.
	Prior    Ref
	Evidence Evidence
	// Score is how alike the two statements are, 0 without a prior finding; Shared what they share; Categories the leaves
	// that both carry.
	Score      float64
	Shared     []string
	Categories []corpus.CategoryCode
	// PriorStatus is what the unit said about the earlier problem, Unstated where it said nothing.
	PriorStatus corpus.Status
	Admission   *Admission
	// Rounds counts the inspections of the unit that found the problem, this one included.
	Rounds int
	// Verdict is what a person decided; what was rejected is not listed.
	Verdict corpus.Verdict
}

// chain is the problems of a unit that are one, oldest first, with the inspections that found them.
type chain struct {
	problems []*problem
	rounds   []*inspection
}

// repeatsOf returns the repeats of a unit, the newest inspections last, each in the order of its documents.
func repeatsOf(facts []*fact, decided map[corpus.Link]corpus.Verdict) []Repeat {
	var chains []*chain
	var out []Repeat
	for _, in := range inspectionsOf(facts) {
		found := match(chains, in.problems, decided)
		for i, p := range in.problems {
			c := found[i]
			if r, ok := repeatOf(p, c, decided); ok {
				out = append(out, r)
			}
			if c == nil {
				c = &chain{}
				chains = append(chains, c)
			}
			c.problems, c.rounds = append(c.problems, p), append(c.rounds, in)
		}
	}
	return append(out, undated(facts)...)
}

// undated returns the admissions in documents without a year, which have no place in time to be compared from.
func undated(facts []*fact) []Repeat {
	var out []Repeat
	for _, f := range facts {
		if f.doc.year == 0 && f.admission != nil {
			out = append(out, Repeat{Finding: f.ref(), Evidence: ByAdmission, Admission: f.admission, Rounds: 2, PriorStatus: corpus.Unstated})
		}
	}
	slices.SortFunc(out, func(a, b Repeat) int { return cmp.Compare(a.Finding.ID, b.Finding.ID) })
	return out
}

// match finds for each problem of an inspection the chain that it continues, nil where there is none. A chain is continued
// by one problem.
func match(chains []*chain, problems []*problem, decided map[corpus.Link]corpus.Verdict) []*chain {
	var pairs []pair
	for i, c := range chains {
		for j, p := range problems {
			if l, ok := c.like(p, decided); ok {
				pairs = append(pairs, pair{i, j, l})
			}
		}
	}
	out := make([]*chain, len(problems))
	for _, p := range oneToOne(pairs, len(chains), len(problems)) {
		out[p.b] = chains[p.a]
	}
	return out
}

// confirmedScore stands above every score that is computed.
const confirmedScore = 2

// like returns how like the chain a problem is: as its likest member.
func (c *chain) like(p *problem, decided map[corpus.Link]corpus.Verdict) (likeness, bool) {
	best, ok := likeness{}, false
	for _, member := range c.problems {
		for _, a := range member.facts {
			for _, b := range p.facts {
				switch decided[corpus.Link{Kind: corpus.RepeatLink, Finding: b.id, Prior: a.id}] {
				case corpus.Rejected:
					return likeness{}, false
				case corpus.Confirmed:
					return likeness{confirmedScore, sameLeaf}, true
				}
			}
			if l := repeatLikeness(a, p.lead()); l.enough(repeatThresholds) && (!ok || l.rank() > best.rank()) {
				best, ok = l, true
			}
		}
	}
	return best, ok
}

// repeatLikeness compares a finding with an earlier one of its unit, and what its admission names with it.
func repeatLikeness(prior, later *fact) likeness {
	l := alike(prior, later)
	if later.admission == nil {
		return l
	}
	for _, named := range later.admission.profiles {
		if s := similar.Score(prior.profile, named); s >= namedThreshold {
			l.score = max(l.score, s)
			l.categories = max(l.categories, sameDomain)
		}
	}
	return l
}

// namedThreshold is how like an earlier statement a name in an admission must be to mean it.
const namedThreshold = 0.45

// repeatOf tells of a problem that continues a chain, or says itself that it was found before.
func repeatOf(p *problem, c *chain, decided map[corpus.Link]corpus.Verdict) (Repeat, bool) {
	later := p.lead()
	for _, f := range p.facts {
		if f.admission != nil {
			later = f
			break
		}
	}
	if c == nil && later.admission == nil {
		return Repeat{}, false
	}
	r := Repeat{Finding: later.ref(), Evidence: ByAdmission, Admission: later.admission, Rounds: 2, PriorStatus: corpus.Unstated}
	if c == nil {
		r.Verdict = decided[corpus.Link{Kind: corpus.RepeatLink, Finding: later.id}]
		return r, r.Verdict != corpus.Rejected
	}
	last := c.problems[len(c.problems)-1]
	status, prior := last.status()
	l := repeatLikeness(prior, later)
	r.Prior, r.PriorStatus, r.Rounds = prior.ref(), status, len(c.problems)+1
	r.Score, r.Shared, r.Categories = l.score, similar.Shared(prior.profile, later.profile), common(prior, later)
	r.Evidence = BySimilarity
	if later.admission != nil {
		r.Evidence = ByBoth
	}
	r.Verdict = decided[corpus.Link{Kind: corpus.RepeatLink, Finding: later.id, Prior: prior.id}]
	return r, true
}

// common returns the categories that two findings share, in the order of the first.
func common(a, b *fact) []corpus.CategoryCode {
	var out []corpus.CategoryCode
	for _, c := range a.categories {
		if slices.Contains(b.categories, c) {
			out = append(out, c)
		}
	}
	return out
}
