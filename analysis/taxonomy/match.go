package taxonomy

import "slices"

// reach is a run of symbols, half-open.
type reach struct{ from, to int32 }

func (r reach) len() int32            { return r.to - r.from }
func (r reach) contains(s reach) bool { return r.from <= s.from && s.to <= r.to }

// match is a rule that fired: where each part of its pattern stands.
type match struct {
	rule   int32
	parts  [maxParts]reach
	n      uint8
	clause int32
	sub    int32
	hidden bool // lies inside a longer match
	beaten bool // yields to another leaf in its clause
}

func (m *match) whole() reach { return reach{m.parts[0].from, m.parts[m.n-1].to} }

// last returns the end of the match's first part, which holds its topic word.
func (m *match) last() int32 { return m.parts[0].to }

// prefix is how far a pattern with gaps has come: the newest place of its first parts.
type prefix struct {
	epoch uint32
	parts [maxParts]reach
}

// guard is a place where an unless or requires pattern of a rule matched.
type guard struct {
	rule   int32
	clause int32
	role   role
	before int32 // the guard of the same rule before it, -1 where there is none
}

// lastGuard is the newest guard of a rule.
type lastGuard struct {
	epoch uint32
	at    int32
}

// scratch is the memory of one classification, kept between calls.
type scratch struct {
	symbols  []symbol
	matches  []match
	guards   []guard
	guarded  []lastGuard            // by rule
	prefixes [][maxParts - 1]prefix // by pattern
	ends     []int32                // the furthest end of all matches up to each
	epoch    uint32
	fired    *fired
	signals  *signals
}

func newScratch(p *program, leaves int) *scratch {
	return &scratch{prefixes: make([][maxParts - 1]prefix, len(p.patterns)), guarded: make([]lastGuard, len(p.rules)), fired: newFired(leaves), signals: newSignals(leaves)}
}

// scan finds every rule that fires in a text, in order of place. The result is valid until the next scan.
func (p *program) scan(text string, in place, s *scratch) []match {
	s.symbols = p.fold(text, s.symbols)
	s.matches, s.guards = s.matches[:0], s.guards[:0]
	s.epoch++
	for i := range s.symbols {
		at := p.first[s.symbols[i].class]
		for j := i + 1; at != 0; j++ {
			for _, out := range p.nodes[at].outputs {
				p.advance(out, reach{int32(i), int32(j)}, in, s)
			}
			if j == len(s.symbols) {
				break
			}
			at = p.next(at, s.symbols[j].class)
		}
	}
	s.matches = slices.DeleteFunc(s.matches, func(m match) bool { return p.forbidden(&m, s) })
	p.hide(s)
	return s.matches
}

// advance takes note that one part of a pattern stands at a place.
func (p *program) advance(out output, at reach, in place, s *scratch) {
	pat := &p.patterns[out.pattern]
	if p.rules[pat.rule].in&in == 0 {
		return
	}
	var parts [maxParts]reach
	if out.part > 0 {
		before := &s.prefixes[out.pattern][out.part-1]
		if before.epoch != s.epoch || !s.follows(before.parts[out.part-1], at, pat.wide[out.part]) {
			return
		}
		parts = before.parts
	}
	parts[out.part] = at
	if out.part < pat.parts-1 {
		s.prefixes[out.pattern][out.part] = prefix{s.epoch, parts}
		return
	}
	head := &s.symbols[parts[0].from]
	if pat.role != asTerm {
		s.guards = append(s.guards, guard{pat.rule, head.clause, pat.role, s.guardOf(pat.rule)})
		s.guarded[pat.rule] = lastGuard{s.epoch, int32(len(s.guards) - 1)}
		return
	}
	s.matches = append(s.matches, match{rule: pat.rule, parts: parts, n: pat.parts, clause: head.clause, sub: head.sub})
}

// follows reports whether a part stands behind another within the gap that the pattern allows.
func (s *scratch) follows(before, at reach, wide bool) bool {
	gap := at.from - before.to
	if gap < 0 {
		return false
	}
	if wide {
		return gap <= wideGap
	}
	return gap <= narrowGap && s.symbols[before.from].clause == s.symbols[at.from].clause
}

// forbidden reports whether an unless pattern of the rule stands in the match's clause, or none that it requires.
func (p *program) forbidden(m *match, s *scratch) bool {
	met := len(p.rules[m.rule].requires) == 0
	for at := s.guardOf(m.rule); at >= 0; at = s.guards[at].before {
		g := &s.guards[at]
		if g.clause != m.clause {
			continue
		}
		if g.role == asUnless {
			return true
		}
		met = true
	}
	return !met
}

// guardOf returns the place of the newest guard of a rule, -1 where none matched.
func (s *scratch) guardOf(rule int32) int32 {
	if last := s.guarded[rule]; last.epoch == s.epoch {
		return last.at
	}
	return -1
}

// hide marks the matches of which a part lies inside a longer part of another leaf's match. It looks only at neighbours, so
// that long accounts cost no more than their length.
func (p *program) hide(s *scratch) {
	matches := s.matches
	slices.SortStableFunc(matches, func(a, b match) int { return int(a.parts[0].from - b.parts[0].from) })
	s.ends = s.ends[:0]
	end := int32(0)
	for i := range matches {
		end = max(end, matches[i].whole().to)
		s.ends = append(s.ends, end)
	}
	for i := range matches {
		m := &matches[i]
		for j := i - 1; j >= 0 && !m.hidden && s.ends[j] > m.parts[0].from; j-- {
			m.hidden = p.hides(&matches[j], m)
		}
		for j := i + 1; j < len(matches) && !m.hidden && matches[j].parts[0].from < m.whole().to; j++ {
			m.hidden = p.hides(&matches[j], m)
		}
	}
}

func (p *program) hides(over, under *match) bool {
	o, u := &p.rules[over.rule], &p.rules[under.rule]
	if o.leaf == u.leaf || len(u.also) > 0 && !o.covers {
		return false // a pattern for two leaves knows better than the words of either
	}
	span := over.whole()
	if under.parts[0].from >= span.to || under.whole().to <= span.from {
		return false
	}
	if o.covers && span.contains(under.whole()) && span.len() > under.whole().len() {
		return true
	}
	for _, a := range over.parts[:over.n] {
		// The last word of a pattern with gaps says how it is wrong (采购…不规范), not what.
		for _, b := range under.parts[:max(under.n-1, 1)] {
			if a.contains(b) && a.len() > b.len() {
				return true
			}
		}
	}
	return false
}
