package parse

import (
	"maps"
	"slices"
)

// level sums up the items that are numbered alike in the same place.
type level struct {
	nodes                                       int
	strong, labelled, weak, action, area, after int
	answered, posed, parents                    int
	// runs and restarts count the groups in which its numbers go on from those of the group before, and in which they begin again.
	runs, restarts int
	parent, number int // of the item before
	kind           markKind
	told           bool // a chapter that says it holds problems stands above
}

func (p *planner) levels() map[uint64]*level {
	levels := make(map[uint64]*level)
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.role == fenced || n.role == problemPart {
			continue
		}
		l := levels[n.level]
		if l == nil {
			l = &level{kind: n.kind, told: p.told(n), parent: n.parent}
			levels[n.level] = l
		}
		number := p.t.lines[n.line].mark.number
		l.runs += count(n.parent != l.parent && number == l.number+1)
		l.restarts += count(n.parent != l.parent && number == 1)
		l.parent, l.number = n.parent, number
		l.nodes++
		l.strong += count(n.strong)
		l.labelled += count(n.labelled)
		l.weak += count(n.weak && !n.action && !(p.report && n.kind > dot && startsWithDigit(p.t.of(n.head))))
		l.action += count(n.action)
		l.area += count(n.area)
		l.after += count(n.afterLabel)
		l.answered += count(n.answered)
		l.posed += count(n.posed)
		l.parents += count(len(n.children) > 0 || n.answered)
	}
	return levels
}

// told reports whether a chapter above a node says that it holds problems.
func (p *planner) told(n *node) bool {
	for n.parent >= 0 {
		n = &p.nodes[n.parent]
	}
	return n.role == problemPart
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// qualify says which levels look like levels of findings.
func (p *planner) qualify(levels map[uint64]*level) map[uint64]bool {
	ok := make(map[uint64]bool)
	for sig, l := range levels {
		above := levels[sig>>4]
		switch {
		case l.after*2 >= l.nodes:
		case l.kind.enumerates() && !p.report:
		case l.labelled*10 >= l.nodes*3 || l.strong*2 >= l.nodes:
			ok[sig] = true
		case l.area*2 > l.nodes:
		case !p.report && p.areAnswered(l, above):
			ok[sig] = true
		case above != nil && (above.labelled*2 >= above.nodes || above.strong*2 >= above.nodes && !p.report):
			// Points below an item that has its own account are findings only where nearly all say what is wrong.
			ok[sig] = above.labelled*2 < above.nodes && l.weak*10 >= l.nodes*7 && l.action*10 <= l.nodes
		case p.report && l.told && l.kind <= dot:
			// Under the problems of a report there are no measures: its headings are findings in whatever words.
			ok[sig] = l.action*2 <= l.nodes
		default:
			share := 4
			if above != nil && !p.report && above.weak*10 >= above.nodes*7 && above.area == 0 {
				share = 7 // below items that say what is wrong stand actions, unless they say so as clearly
				if l.action*10 <= l.nodes {
					share = 4 // or hardly any is an action
				}
			}
			if l.runs > 0 && l.restarts == 0 && !p.report {
				share = 1 // measures are numbered for each problem anew
				if l.action == 0 && l.parents*2 >= l.nodes {
					share = 0
				}
			}
			ok[sig] = l.weak*10 >= l.nodes*share && l.action*10 <= l.nodes*3
		}
	}
	return ok
}

// declaredLevel lets a declared number choose the one level that has so many items, where no level calls itself one of problems: hardly an
// item of it is an action.
func (p *planner) declaredLevel(levels map[uint64]*level, ok map[uint64]bool, declared int) bool {
	if p.report || declared < 3 {
		return false
	}
	for sig, l := range levels {
		if ok[sig] && (l.strong*2 >= l.nodes || l.labelled*2 >= l.nodes) {
			return false
		}
	}
	for _, sig := range slices.Sorted(maps.Keys(levels)) {
		l := levels[sig]
		if ok[sig] || l.nodes != declared || l.kind.enumerates() || l.area*2 > l.nodes || l.after > 0 || l.action*10 > l.nodes*2 {
			continue
		}
		if trial := map[uint64]bool{sig: true}; p.countFindings(trial) == declared {
			clear(ok)
			ok[sig] = true
			return true
		}
	}
	return false
}

// fallBack takes the level of a notice that looks most like problems where none looks clearly so: it holds hardly an action, and some of
// its items say what is wrong.
func (p *planner) fallBack(levels map[uint64]*level, ok map[uint64]bool) {
	best, most := uint64(0), 0
	for _, sig := range slices.Sorted(maps.Keys(levels)) {
		l := levels[sig]
		if l.nodes < 2 || l.kind.enumerates() || l.area*2 > l.nodes || l.after > 0 || l.action*10 > l.nodes*2 {
			continue
		}
		if share := l.weak * 100 / l.nodes; share >= 20 && share > most {
			best, most = sig, share
		}
	}
	if most > 0 {
		ok[best] = true
	}
}

// areAnswered reports whether the items of a level are answered by measures of their own, and none of them is one: then they are problems in
// whatever words. Below items that have an account of their own they must say so.
func (p *planner) areAnswered(l, above *level) bool {
	if l.posed*2 > l.nodes {
		return true
	}
	if l.answered*10 < l.nodes*7 || l.action*10 > l.nodes || l.after > 0 {
		return false
	}
	if above != nil && (above.labelled > 0 || above.answered > 0) {
		return false
	}
	return l.weak*10 >= l.nodes*4
}

// maxLevels bounds the levels among which a declared number decides; a document has a dozen at most.
const maxLevels = 64

// settle lets a declared number of problems choose between levels that are about equally likely: a level that qualified
// by its wording alone gives way to the one above it where that one has exactly the declared number of items.
func (p *planner) settle(levels map[uint64]*level, ok map[uint64]bool, declared int) {
	if declared == 0 || len(levels) > maxLevels || p.countFindings(ok) == declared {
		return
	}
	if p.declaredLevel(levels, ok, declared) {
		return
	}
	for _, sig := range slices.Sorted(maps.Keys(levels)) {
		l := levels[sig]
		if !ok[sig] || l.strong > 0 || l.labelled > 0 || !ok[sig>>4] {
			continue
		}
		trial := make(map[uint64]bool, len(ok))
		for s, v := range ok {
			trial[s] = v && s != sig
		}
		if p.countFindings(trial) == declared {
			delete(ok, sig)
			return
		}
	}
}
