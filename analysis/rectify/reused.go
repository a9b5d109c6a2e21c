package rectify

import (
	"cmp"
	"slices"

	"tongjian/corpus"
)

// Reused returns what text of a finding's answer an earlier answer had, one entry a scope, each with the earliest source that
// has as much of it as any. nil means none, or that the finding is unknown.
func (c *Copies) Reused(id corpus.FindingID) []Reuse {
	c.mu.RLock()
	defer c.mu.RUnlock()
	at, ok := c.find(id)
	if !ok {
		return nil
	}
	return c.reused(at)
}

func (c *Copies) find(id corpus.FindingID) (uint32, bool) {
	f, ok := c.byID[id.Document()]
	if !ok {
		return 0, false
	}
	for at := c.files[f].first; at < c.files[f].end; at++ {
		if corpus.NewFindingID(c.files[f].id, int(c.answers[at].ordinal)) == id {
			return at, true
		}
	}
	return 0, false
}

// All returns what is reused anywhere, by the order of the findings: date, document, place. It is computed once for each
// state of the corpus: some seconds for 200,000 findings, during which nothing is taken over.
func (c *Copies) All() []Reuse {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.whole()
}

// whole is All under the lock that keeps the state.
func (c *Copies) whole() []Reuse {
	c.making.Lock()
	defer c.making.Unlock()
	applied := c.applied.Load()
	if kept := c.all.Load(); kept != nil && kept.at == applied {
		return kept.list
	}
	list := c.among(nil)
	c.all.Store(&reuses{at: applied, list: list})
	return list
}

// Known returns what is reused in the documents that keep accepts, nil accepts all, where All was called since the newest
// change; else ok is false and nothing is computed.
func (c *Copies) Known(keep func(corpus.DocumentID) bool) (list []Reuse, ok bool) {
	kept := c.all.Load()
	if kept == nil || kept.at != c.applied.Load() {
		return nil, false
	}
	return chosenOf(kept.list, keep), true
}

// Among returns what is reused in the documents that keep accepts, wherever it was before; nil accepts all.
func (c *Copies) Among(keep func(corpus.DocumentID) bool) []Reuse {
	if list, ok := c.Known(keep); ok {
		return list
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if keep == nil {
		return slices.Clone(c.whole())
	}
	return c.among(keep)
}

func chosenOf(list []Reuse, keep func(corpus.DocumentID) bool) []Reuse {
	if keep == nil {
		return slices.Clone(list)
	}
	var out []Reuse
	for _, r := range list {
		if keep(r.Finding.Document()) {
			out = append(out, r)
		}
	}
	return out
}

func (c *Copies) among(keep func(corpus.DocumentID) bool) []Reuse {
	order := make([]uint32, 0, len(c.answers))
	for i := range c.answers {
		if f := &c.files[c.answers[i].file]; f.live && (keep == nil || keep(f.id)) {
			order = append(order, uint32(i))
		}
	}
	slices.SortFunc(order, c.before)
	known := newMemo()
	var out []Reuse
	for _, at := range order {
		out = append(out, c.reusedWith(at, known)...)
	}
	return out
}

// memo remembers what answers have in common with one another, for one pass over a state.
type memo struct {
	likes  map[uint32]likes
	places map[uint32]*places
}

func newMemo() *memo { return &memo{likes: map[uint32]likes{}, places: map[uint32]*places{}} }

// places are the live places of a clause, earliest first: all of them, and those of each unit and of each document.
type places struct {
	all    []use
	byUnit map[string][]use
	byFile map[uint32][]use
}

func (c *Copies) placesOf(k uint32) *places {
	p := &places{byUnit: map[string][]use{}, byFile: map[uint32][]use{}}
	c.eachUse(k, func(u use) bool {
		p.all = append(p.all, u)
		return true
	})
	slices.SortFunc(p.all, func(x, y use) int { return cmp.Or(c.before(x.answer, y.answer), cmp.Compare(x.start, y.start)) })
	for _, u := range p.all {
		a := &c.answers[u.answer]
		p.byUnit[a.unit] = append(p.byUnit[a.unit], u)
		p.byFile[a.file] = append(p.byFile[a.file], u)
	}
	return p
}

// likes is what is known of a clause: its near copies, and whether everybody uses it.
type likes struct {
	list   []uint32
	common bool
}

func (c *Copies) reused(at uint32) []Reuse { return c.reusedWith(at, newMemo()) }

// match is a clause of an answer beside one of an earlier answer.
type match struct {
	here, there use
	exact       bool
}

func (c *Copies) reusedWith(at uint32, known *memo) []Reuse {
	found := c.matches(at, known)
	if len(found) == 0 {
		return nil
	}
	best := map[Scope]candidate{}
	sources := make([]uint32, 0, len(found))
	for source := range found {
		sources = append(sources, source)
	}
	slices.SortFunc(sources, c.before)
	for _, source := range sources {
		// Every clause here counts once, beside the best clause there.
		matched := distinct(found[source])
		letters := 0
		for _, m := range matched {
			letters += int(c.kinds[m.here.kind].letters)
		}
		if letters < minCopied {
			continue
		}
		// Sources come earliest first: a later one must have more.
		scope := c.scope(at, source)
		if b, ok := best[scope]; !ok || letters > b.letters {
			best[scope] = candidate{source, letters, matched}
		}
	}
	var out []Reuse
	for _, s := range Scopes {
		if b, ok := best[s]; ok {
			out = append(out, c.reuse(at, s, b))
		}
	}
	return out
}

// candidate is an answer that another may have been copied from.
type candidate struct {
	source  uint32
	letters int
	matched []match
}

// distinct puts matches in order and leaves the best one of each clause here.
func distinct(found []match) []match {
	slices.SortStableFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.here.start, b.here.start), boolCompare(b.exact, a.exact), cmp.Compare(a.there.start, b.there.start))
	})
	return slices.CompactFunc(found, func(a, b match) bool { return a.here.start == b.here.start })
}

// scope says where a source stands, seen from an answer.
func (c *Copies) scope(at, source uint32) Scope {
	a, s := &c.answers[at], &c.answers[source]
	switch {
	case a.file == s.file:
		return InNotice
	case a.unit == s.unit:
		return InUnit
	}
	return AmongOthers
}

// maxSources is the most places of a clause, the earliest of each scope, that an answer is compared with: of text that
// hundreds have, the first tell where it comes from. Beyond maxPassed places none is looked for.
const (
	maxSources     = 32
	maxNearSources = 4 // of a near copy
	maxPassed      = 256
)

// matches returns by earlier answer the clauses of an answer that stand there too.
func (c *Copies) matches(at uint32, known *memo) map[uint32][]match {
	a := &c.answers[at]
	out := map[uint32][]match{}
	for _, here := range c.uses[a.first:a.end] {
		l, ok := known.likes[here.kind]
		if !ok {
			l = c.like(here.kind)
			known.likes[here.kind] = l
		}
		if l.common {
			continue
		}
		for _, k := range l.list {
			p := known.places[k]
			if p == nil {
				p = c.placesOf(k)
				known.places[k] = p
			}
			add := func(there use) { out[there.answer] = append(out[there.answer], match{here, there, k == here.kind}) }
			inFile := func(u use) bool { return c.answers[u.answer].file == a.file }
			inUnit := func(u use) bool { return !inFile(u) && c.answers[u.answer].unit == a.unit }
			others := func(u use) bool { return !inFile(u) && c.answers[u.answer].unit != a.unit }
			most := maxNearSources
			if k == here.kind {
				most = maxSources
			}
			c.earliest(at, p.byFile[a.file], most, inFile, add)
			c.earliest(at, p.byUnit[a.unit], most, inUnit, add)
			c.earliest(at, p.all, most, others, add)
		}
	}
	return out
}

// earliest visits the first places before an answer that fit, of a list that is in order.
func (c *Copies) earliest(at uint32, list []use, most int, fits func(use) bool, visit func(use)) {
	taken := 0
	for i, u := range list {
		if i == maxPassed || taken == most || c.before(u.answer, at) >= 0 {
			return
		}
		if fits(u) && !c.sameInspection(at, u.answer) {
			visit(u)
			taken++
		}
	}
}

// sameInspection reports whether two answers stand in two documents on one inspection of one unit: a report of progress and
// the final one say the same things of necessity.
func (c *Copies) sameInspection(a, b uint32) bool {
	x, y := c.answers[a].file, c.answers[b].file
	return x != y && c.files[x].inspection == c.files[y].inspection
}

// reuse tells what an answer has of a source.
func (c *Copies) reuse(at uint32, scope Scope, from candidate) Reuse {
	a, s := &c.answers[at], &c.answers[from.source]
	f := &c.files[s.file]
	r := Reuse{
		Finding: corpus.NewFindingID(c.files[a.file].id, int(a.ordinal)), Scope: scope, Letters: from.letters,
		Source: Place{Finding: corpus.NewFindingID(f.id, int(s.ordinal)), Document: f.id, Unit: nameOf(s.unit), Date: f.date},
	}
	first, last := from.matched[0].there.start, uint32(0)
	for _, m := range from.matched {
		r.Pairs = append(r.Pairs, Pair{Here: spanOf(m.here), There: spanOf(m.there), Exact: m.exact})
		first, last = min(first, m.there.start), max(last, m.there.end)
	}
	r.Source.Span = corpus.Span{Start: int(first), End: int(last)}
	if a.letters > 0 {
		r.Share = float64(r.Letters) / float64(a.letters)
	}
	return r
}

func spanOf(u use) corpus.Span { return corpus.Span{Start: int(u.start), End: int(u.end)} }

// nameOf returns a unit's name, "" for the stand-in of one that is unknown.
func nameOf(unit string) string {
	if unit != "" && unit[0] == 0 {
		return ""
	}
	return unit
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
