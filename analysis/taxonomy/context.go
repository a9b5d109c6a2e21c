package taxonomy

import (
	"cmp"
	"slices"
)

// context settles what a statement without a topic of its own is about: its account where that is clear, else the nearest
// heading that names a topic, else whatever the account speaks of most.
func (t *Taxonomy) context(in Input, kind AccountKind, hints []candidate, s *scratch) []candidate {
	account, clear := t.readAccount(in.Account, kind, s)
	heading := t.readHeadings(in.Headings, firm, s)
	named := common(heading, hints)
	switch {
	case clear && len(named) == 0 && !has(account[:1], heading) && (kind == Measures || !has(account, heading)):
		return account[:1]
	case len(named) > 0:
		return named
	case clear && has(heading, account[:1]):
		return common(heading, account[:1])
	case len(heading) > 0:
		return heading[:1]
	case len(account) > 0 && (clear || len(hints) == 0):
		return account[:1]
	case has(account, hints):
		return common(account, hints)[:1]
	case len(hints) == 0:
		return t.readHeadings(in.Headings, sign, s)
	}
	return nil
}

// readHeadings returns the leaves of the nearest heading that names a topic with at least the given weight.
func (t *Taxonomy) readHeadings(headings []string, floor float64, s *scratch) []candidate {
	for i := len(headings) - 1; i >= 0; i-- {
		list := t.read(headings[i], inHeading, s)
		if best(list) < floor {
			continue
		}
		list = slices.DeleteFunc(list, func(c candidate) bool { return c.weight < floor })
		for j := range list {
			list[j].weight *= headingDiscount
			list[j].heading = i
		}
		return list
	}
	return nil
}

// readAccount counts what an account speaks of, most frequent first. clear reports whether one leaf stands out: it has
// at least three in five of all signs, and in measures, which borrow the words of other topics, at least two.
func (t *Taxonomy) readAccount(account string, kind AccountKind, s *scratch) (list []candidate, clear bool) {
	if account == "" {
		return nil, false
	}
	matches := t.program.scan(account, inAccount, s)
	matches = slices.DeleteFunc(matches, func(m match) bool { return t.program.rules[m.rule].weight < firm })
	list = t.gather(account, matches, inAccount, s)
	total := 0
	for i := range list {
		total += list[i].count
		list[i].weight *= accountDiscount
	}
	if len(list) == 0 {
		return nil, false
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(b.weight, a.weight), cmp.Compare(a.from, b.from))
	})
	clear = 5*list[0].count >= 3*total && (kind == Facts || list[0].count >= 2)
	return list, clear
}

// addFacts adds the leaves that the facts of a report speak for beyond doubt.
func (t *Taxonomy) addFacts(found []candidate, account string, s *scratch) []candidate {
	matches := t.program.scan(account, inAccount, s)
	s.fired.tell(t.program, matches)
	matches = slices.DeleteFunc(matches, func(m match) bool { return !t.program.rules[m.rule].facts })
	for _, c := range t.gather(account, matches, inAccount, s) {
		if slices.ContainsFunc(found, func(f candidate) bool { return f.leaf == c.leaf }) {
			continue
		}
		c.weight *= accountDiscount
		found = append(found, c)
	}
	return found
}

// has reports whether the two lists share a leaf.
func has(list, others []candidate) bool { return len(common(list, others)) > 0 }

// common returns those of a list that the other list has too.
func common(list, others []candidate) []candidate {
	var both []candidate
	for _, c := range list {
		if slices.ContainsFunc(others, func(o candidate) bool { return o.leaf == c.leaf }) {
			both = append(both, c)
		}
	}
	return both
}
