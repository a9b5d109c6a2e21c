package recur

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"tongjian/corpus"
)

// Model holds what is known of every finding and the links between them. It is safe for use by many goroutines; answers
// rest on the state after the last Apply that returned.
type Model struct {
	mu       sync.RWMutex
	applied  int64
	arrivals map[corpus.DocumentID]int64
	docs     map[corpus.DocumentID]*document
	facts    map[corpus.FindingID]*fact
	units    map[string]*unit
	numbers  map[string]int // of units, from 1 as they came
	groups   *grouping
	decided  map[corpus.Link]corpus.Verdict
	// with, without and joined are the decisions about common problems: the finding that one belongs with, those that it
	// does not belong with, and all that were put with another.
	with    map[corpus.FindingID]corpus.FindingID
	without map[corpus.FindingID][]corpus.FindingID
	joined  []corpus.FindingID
	// shown keeps what CommonProblems answered without a filter, until something changes.
	shown shown
}

// unit is the findings of one unit and the repeats among them.
type unit struct {
	facts   []*fact
	repeats []Repeat
}

// New returns an empty model.
func New() *Model {
	return &Model{
		arrivals: map[corpus.DocumentID]int64{}, docs: map[corpus.DocumentID]*document{}, facts: map[corpus.FindingID]*fact{},
		units: map[string]*unit{}, numbers: map[string]int{}, groups: newGrouping(), decided: map[corpus.Link]corpus.Verdict{},
	}
}

// Applied returns the sequence number of the last change taken over, 0 for an empty model. Beside the store's it tells how
// far a model that is being built has come.
func (m *Model) Applied() int64 {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.applied
}

// Apply takes over changes in the order of their sequence numbers. Changes at or below Applied are skipped. It ends early
// where ctx is done, with what was applied until then kept.
func (m *Model) Apply(ctx context.Context, changes []corpus.Change) error {
	applied := m.Applied()
	var read []*document
	var fresh []corpus.Change
	for _, c := range changes {
		if c.Sequence <= applied {
			continue
		}
		if ctx.Err() != nil {
			break
		}
		// Reading a document takes most of the time and needs no lock.
		var d *document
		if c.Document != nil {
			d = factsOf(c.Document, c.Sequence)
		}
		read, fresh = append(read, d), append(fresh, c)
	}
	m.take(fresh, read)
	return ctx.Err()
}

// take takes over changes whose documents were read.
func (m *Model) take(changes []corpus.Change, read []*document) {
	m.mu.Lock()
	defer m.mu.Unlock()
	touched := map[string]bool{}
	for i, c := range changes {
		if c.Sequence <= m.applied {
			continue // another goroutine was faster
		}
		if old := m.docs[c.DocumentID]; old != nil {
			m.remove(old, touched)
		}
		if d := read[i]; d != nil {
			// A document that is read anew keeps its place, so that groups keep their names.
			if first, known := m.arrivals[d.id]; known {
				d.arrival = first
			}
			m.arrivals[d.id] = d.arrival
			m.add(d, touched)
		}
		m.groups.regroupWhereDue()
		m.applied = c.Sequence
	}
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		m.renew(id)
	}
	m.shown.forget()
}

func (m *Model) add(d *document, touched map[string]bool) {
	m.docs[d.id] = d
	for _, f := range d.facts {
		m.facts[f.id] = f
		m.groups.add(f)
		if f.unit == "" {
			continue
		}
		if m.units[f.unit] == nil {
			m.units[f.unit] = &unit{}
		}
		if m.numbers[f.unit] == 0 {
			m.numbers[f.unit] = len(m.numbers) + 1
		}
		f.number = m.numbers[f.unit]
		m.units[f.unit].facts = append(m.units[f.unit].facts, f)
		touched[f.unit] = true
	}
}

func (m *Model) remove(d *document, touched map[string]bool) {
	delete(m.docs, d.id)
	for _, f := range d.facts {
		delete(m.facts, f.id)
		m.groups.remove(f)
		if u := m.units[f.unit]; u != nil {
			u.facts = slices.DeleteFunc(u.facts, func(g *fact) bool { return g == f })
			touched[f.unit] = true
		}
	}
}

// renew finds the repeats of a unit anew.
func (m *Model) renew(id string) {
	u := m.units[id]
	if len(u.facts) == 0 {
		delete(m.units, id)
		return
	}
	slices.SortFunc(u.facts, compareFacts)
	u.repeats = repeatsOf(u.facts, m.decided)
}

// SetDecisions tells the model what people decided about links, in place of what it was told before. Verdicts on repeats
// without a known prior finding have a link without Prior.
func (m *Model) SetDecisions(decided map[corpus.Link]corpus.Verdict) {
	m.mu.Lock()
	defer m.mu.Unlock()
	touched := map[string]bool{}
	note := func(links map[corpus.Link]corpus.Verdict, others map[corpus.Link]corpus.Verdict) {
		for l, v := range links {
			if f := m.facts[l.Finding]; f != nil && l.Kind == corpus.RepeatLink && f.unit != "" && others[l] != v {
				touched[f.unit] = true
			}
		}
	}
	note(m.decided, decided)
	note(decided, m.decided)
	m.decided = maps.Clone(decided)
	m.decideGroups()
	m.shown.forget()
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		m.renew(id)
	}
}

// Regroup makes the groups anew wherever findings came or went since. Apply does so by itself where much has changed; after
// Regroup the groups are those that the findings held would give in any order.
func (m *Model) Regroup() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.groups.regroupAll()
	m.shown.forget()
}

// Limits of a page.
const (
	DefaultLimit = 20
	MaxLimit     = 1000
)

// Query chooses repeats. The zero Query chooses all.
type Query struct {
	// Keep accepts the later findings; nil accepts all. It is called while the model is locked and must not ask it.
	Keep func(corpus.FindingID) bool
	// Unit is the name of a unit, "" for all.
	Unit string
	// Evidence is what the repeats rest on, "" for anything; BySimilarity and ByAdmission accept ByBoth too.
	Evidence Evidence
	// Offset is how many to pass over, Limit the most to return: DefaultLimit where 0, MaxLimit at most.
	Offset, Limit int
}

// Repeats returns the repeats that a query chooses, newest first, then by unit, and how many there are in all.
func (m *Model) Repeats(q Query) (page []Repeat, total int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var all []*Repeat
	take := func(u *unit) {
		for i := range u.repeats {
			if r := &u.repeats[i]; q.accepts(r) {
				all = append(all, r)
			}
		}
	}
	for id, u := range m.units {
		if q.Unit == "" || id == Identity(q.Unit) || u.named(q.Unit) {
			take(u)
		}
	}
	slices.SortFunc(all, func(a, b *Repeat) int {
		return cmp.Or(cmp.Compare(b.Finding.Year, a.Finding.Year), cmp.Compare(b.Finding.Date, a.Finding.Date),
			cmp.Compare(a.Finding.Unit, b.Finding.Unit), cmp.Compare(a.Finding.ID.Document(), b.Finding.ID.Document()),
			cmp.Compare(a.Finding.Span.Start, b.Finding.Span.Start))
	})
	page = []Repeat{}
	for _, r := range cut(all, q.Offset, q.Limit) {
		page = append(page, *r)
	}
	return page, len(all)
}

// named reports whether a document calls the unit by a name.
func (u *unit) named(name string) bool {
	return slices.ContainsFunc(u.facts, func(f *fact) bool { return Identity(f.name) == Identity(name) })
}

func (q Query) accepts(r *Repeat) bool {
	if q.Evidence != "" && r.Evidence != q.Evidence && (r.Evidence != ByBoth) {
		return false
	}
	return q.Keep == nil || q.Keep(r.Finding.ID)
}

// cut returns a page of a list.
func cut[T any](all []T, offset, limit int) []T {
	if limit <= 0 {
		limit = DefaultLimit
	}
	limit = min(limit, MaxLimit)
	from := min(max(offset, 0), len(all))
	return all[from:min(from+limit, len(all))]
}
