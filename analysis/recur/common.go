package recur

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tongjian/corpus"
)

// Group is a problem that units have in common.
type Group struct {
	// ID is the identifier of the group's oldest finding. It stays when findings join; where two groups become one it is
	// that of the older. Every member's identifier leads to the group.
	ID        string
	Statement string // of Representative
	// Representative is the finding whose statement is most like those of all others.
	Representative Ref
	Category       corpus.CategoryCode
	// Findings, Documents and Units count the members, those that a query keeps.
	Findings, Documents int
	Units               []string
	Years               []corpus.Year // ascending, without the unknown
	Regions, Sectors    []string      // without the unknown
	// Spread tells year by year how many findings there were, of how many units, and which units had not had the problem
	// before. Documents without a year are not in it.
	Spread []Spread
	// Members are the findings, oldest first; only Common fills them in.
	Members []Ref
}

// Spread is what a group has in one year.
type Spread struct {
	Year     corpus.Year
	Findings int
	Units    int
	New      []string // units that had not had the problem in an earlier year
}

// GroupQuery chooses common problems. The zero GroupQuery chooses those of two units or more.
type GroupQuery struct {
	// Keep accepts findings; nil accepts all. Groups are made of all findings and shown with those that are kept. It is
	// called while the model is locked and must not ask it.
	Keep func(corpus.FindingID) bool
	// Category is a leaf or a domain, "" for all.
	Category corpus.CategoryCode
	// LeastUnits is how many units must have the problem: 2 where 0.
	LeastUnits int
	// Offset is how many to pass over, Limit the most to return: DefaultLimit where 0, MaxLimit at most.
	Offset, Limit int
}

// CommonProblems returns the groups that a query chooses, those of most units first, then of most findings, and how many
// there are in all. The lists in the groups belong to the model and must not be changed.
func (m *Model) CommonProblems(q GroupQuery) (page []Group, total int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	least := q.LeastUnits
	if least <= 0 {
		least = 2
	}
	all := m.shown.list(q.Keep == nil, listing{q.Category, least}, func() []sized { return m.list(q.Category, least, q.Keep) })
	page = []Group{}
	for _, s := range cut(all, q.Offset, q.Limit) {
		page = append(page, m.shown.group(q.Keep == nil, s.c, func() Group { return m.describe(s.c, q.Keep) }))
	}
	return page, len(all)
}

// sized is a group with what it is ordered by.
type sized struct {
	c               *cluster
	units, findings int
	founder         *fact
}

// list returns the groups of a category that enough units have.
func (m *Model) list(category corpus.CategoryCode, least int, keep func(corpus.FindingID) bool) []sized {
	var all []sized
	count := m.counter(keep)
	for code, b := range m.groups.blocks {
		if category != "" && code != category && code.Domain() != category {
			continue
		}
		for _, c := range b.clusters {
			if units, findings := count(c, least); units >= least {
				all = append(all, sized{c, units, findings, c.founder()})
			}
		}
	}
	slices.SortFunc(all, func(x, y sized) int {
		return cmp.Or(cmp.Compare(y.units, x.units), cmp.Compare(y.findings, x.findings), compareFacts(x.founder, y.founder))
	})
	return all
}

// counter returns a function that counts the units and findings of one group after the other; of groups that cannot have
// so many units it may say that they have none.
func (m *Model) counter(keep func(corpus.FindingID) bool) func(c *cluster, least int) (units, findings int) {
	last := make([]int, len(m.numbers)+1) // by unit, the group in which it was seen last
	group := 0
	return func(c *cluster, least int) (units, findings int) {
		if len(m.joined) == 0 && c.size() < least {
			return 0, 0
		}
		group++
		m.eachMember(c, func(f *fact) {
			if keep != nil && !keep(f.id) {
				return
			}
			findings++
			if f.number != 0 && last[f.number] != group {
				last[f.number] = group
				units++
			}
		})
		return units, findings
	}
}

// size is how many findings state the forms of the group.
func (c *cluster) size() int {
	n := 0
	for _, s := range c.forms {
		n += len(s.facts)
	}
	return n
}

// members returns the findings of a group that keep accepts.
func (m *Model) members(c *cluster, keep func(corpus.FindingID) bool) []*fact {
	var out []*fact
	m.eachMember(c, func(f *fact) {
		if keep == nil || keep(f.id) {
			out = append(out, f)
		}
	})
	return out
}

// eachMember calls take for the findings of a group: those that state its forms, without those that a person put elsewhere,
// and with those that one put here.
func (m *Model) eachMember(c *cluster, take func(*fact)) {
	for _, s := range c.forms {
		for _, f := range s.facts {
			if m.groupOf(f) == c {
				take(f)
			}
		}
	}
	for _, id := range m.joined {
		if f := m.facts[id]; f != nil && (f.form == nil || f.form.cluster != c) && m.groupOf(f) == c {
			take(f)
		}
	}
}

// maxSteps bounds how many decisions are followed from one finding to the next.
const maxSteps = 16

// groupOf returns the group of a finding: that of the finding with which a person confirmed it to belong, else the one that
// was computed, nil where a person rejected that.
func (m *Model) groupOf(f *fact) *cluster {
	if len(m.with) == 0 && len(m.without) == 0 {
		return f.form.group()
	}
	for range maxSteps {
		prior := m.facts[m.with[f.id]]
		if prior == nil {
			break
		}
		f = prior
	}
	if f.form == nil {
		return nil
	}
	for _, id := range m.without[f.id] {
		if other := m.facts[id]; other != nil && other.form != nil && other.form.cluster == f.form.cluster {
			return nil
		}
	}
	return f.form.cluster
}

// decideGroups takes over the decisions about common problems.
func (m *Model) decideGroups() {
	m.with, m.without, m.joined = map[corpus.FindingID]corpus.FindingID{}, map[corpus.FindingID][]corpus.FindingID{}, nil
	for _, l := range sortedLinks(m.decided) {
		switch {
		case l.Kind != corpus.CommonLink:
		case m.decided[l] == corpus.Confirmed:
			m.with[l.Finding] = l.Prior
			m.joined = append(m.joined, l.Finding)
		case m.decided[l] == corpus.Rejected:
			m.without[l.Finding] = append(m.without[l.Finding], l.Prior)
		}
	}
	m.joined = slices.Compact(m.joined)
}

// sortedLinks returns the links in order.
func sortedLinks(decided map[corpus.Link]corpus.Verdict) []corpus.Link {
	return slices.SortedFunc(maps.Keys(decided), func(a, b corpus.Link) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Finding, b.Finding), cmp.Compare(a.Prior, b.Prior))
	})
}

// GroupOf returns the identifier of the group that a finding is in, and how many units have the problem; ok is false where
// the finding is not known or stands alone.
func (m *Model) GroupOf(id corpus.FindingID) (group string, units int, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	f := m.facts[id]
	if f == nil {
		return "", 0, false
	}
	c := m.groupOf(f)
	if c == nil {
		return "", 0, false
	}
	seen, findings := map[string]bool{}, 0
	m.eachMember(c, func(o *fact) {
		findings++
		if o.unit != "" {
			seen[o.unit] = true
		}
	})
	if findings < 2 {
		return "", 0, false
	}
	return string(c.founder().id), len(seen), true
}

// Common returns the group that a finding is in, with all its members. ok is false where the finding is not known or stands
// alone.
func (m *Model) Common(id corpus.FindingID) (g Group, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	f := m.facts[id]
	if f == nil {
		return Group{}, false
	}
	c := m.groupOf(f)
	if c == nil {
		return Group{}, false
	}
	g = m.describe(c, nil)
	facts := m.members(c, nil)
	if len(facts) < 2 {
		return Group{}, false
	}
	slices.SortFunc(facts, byTime)
	for _, f := range facts {
		g.Members = append(g.Members, f.ref())
	}
	return g, true
}

// byTime orders findings by year, those without one last, then by date and as they came.
func byTime(a, b *fact) int {
	if (a.doc.year == 0) != (b.doc.year == 0) {
		return cmp.Compare(b.doc.year, a.doc.year)
	}
	return cmp.Or(cmp.Compare(a.doc.year, b.doc.year), cmp.Compare(a.doc.date, b.doc.date), compareFacts(a, b))
}

// describe tells of a group.
func (m *Model) describe(c *cluster, keep func(corpus.FindingID) bool) Group {
	speaks := c.medoid()
	g := Group{ID: string(c.founder().id), Category: c.forms[0].facts[0].main()}
	docs, units := map[corpus.DocumentID]bool{}, map[string]string{}
	regions, sectors := map[string]bool{}, map[string]bool{}
	s := spreading{first: map[string]corpus.Year{}, years: map[corpus.Year]*yearOf{}}
	oldest, oldestSpeaking := (*fact)(nil), (*fact)(nil)
	m.eachMember(c, func(f *fact) {
		if keep != nil && !keep(f.id) {
			return
		}
		g.Findings++
		docs[f.doc.id], regions[f.doc.region], sectors[f.doc.sector] = true, true, true
		if old, known := units[f.unit]; f.unit != "" && (!known || f.name < old) {
			units[f.unit] = f.name
		}
		s.take(f)
		oldest = older(oldest, f)
		if f.form == speaks {
			oldestSpeaking = older(oldestSpeaking, f)
		}
	})
	if oldestSpeaking == nil {
		oldestSpeaking = oldest
	}
	if oldestSpeaking != nil {
		g.Representative = oldestSpeaking.ref()
		g.Statement = g.Representative.Statement
	}
	g.Documents = len(docs)
	g.Units, g.Regions, g.Sectors = slices.Sorted(maps.Values(units)), known(regions), known(sectors)
	g.Years, g.Spread = append([]corpus.Year{}, slices.Sorted(maps.Keys(s.years))...), s.spread(units)
	return g
}

// older returns the finding that is older; a is nil at first.
func older(a, b *fact) *fact {
	if a == nil || byTime(b, a) < 0 {
		return b
	}
	return a
}

// known returns the values in order, without the empty one.
func known(values map[string]bool) []string {
	delete(values, "")
	return append([]string{}, slices.Sorted(maps.Keys(values))...)
}

// ParseGroupID reads the identifier of a group as the identifier of the finding that leads to it.
func ParseGroupID(id string) (corpus.FindingID, bool) {
	doc, ordinal, found := strings.Cut(id, "-")
	return corpus.FindingID(id), found && doc != "" && ordinal != ""
}
