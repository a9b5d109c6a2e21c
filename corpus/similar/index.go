package similar

import (
	"cmp"
	"slices"
	"sync"

	"tongjian/corpus"
)

// Strongest is how many features of a statement lead to it in an Index. Weaker ones count in its score all the same.
const Strongest = 32

// Index keeps the profiles of findings and finds those nearest to a given one. Findings whose statements have the same
// features share one entry. The zero Index is not ready: NewIndex makes one. It is safe for use by many goroutines.
type Index struct {
	mu       sync.RWMutex
	entries  []entry
	totals   []float32 // of the entries' profiles, by themselves for speed
	at       map[corpus.FindingID]int32
	same     map[uint64][]int32 // entries by the hash of their profile
	postings map[feature][]posting
	idle     int // entries without findings
	scratch  sync.Pool
}

// entry is one statement with the findings that state it, in order. Without findings it waits to be needed again.
type entry struct {
	profile  Profile
	findings []corpus.FindingID
}

// posting says that an entry has a feature, and what it counts there.
type posting struct {
	entry  int32
	weight float32
}

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{
		at: map[corpus.FindingID]int32{}, same: map[uint64][]int32{}, postings: map[feature][]posting{},
	}
}

// Add enters a finding, in place of what stood under its identifier before. A finding whose statement has no features is
// kept and never found.
func (x *Index) Add(id corpus.FindingID, p Profile) {
	x.mu.Lock()
	defer x.mu.Unlock()
	n := x.entryOf(p)
	if old, known := x.at[id]; known {
		if old == n {
			return
		}
		x.drop(id, old)
	}
	e := &x.entries[n]
	if len(e.findings) == 0 {
		x.idle--
	}
	place, _ := slices.BinarySearch(e.findings, id)
	e.findings = slices.Insert(e.findings, place, id)
	x.at[id] = n
}

// Remove takes a finding out and reports whether it was there.
func (x *Index) Remove(id corpus.FindingID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	n, known := x.at[id]
	if !known {
		return false
	}
	x.drop(id, n)
	delete(x.at, id)
	if x.idle > leastIdle && x.idle > len(x.entries)/2 {
		x.compact()
	}
	return true
}

// leastIdle is how many entries must be idle before the index is made anew without them.
const leastIdle = 1024

// Len returns how many findings the index holds.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.at)
}

// Profile returns the profile of a finding; ok is false where the index does not hold it.
func (x *Index) Profile(id corpus.FindingID) (p Profile, ok bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n, ok := x.at[id]
	if !ok {
		return Profile{}, false
	}
	return x.entries[n].profile, true
}

// drop takes a finding off its entry.
func (x *Index) drop(id corpus.FindingID, n int32) {
	e := &x.entries[n]
	if at, found := slices.BinarySearch(e.findings, id); found {
		e.findings = slices.Delete(e.findings, at, at+1)
	}
	if len(e.findings) == 0 {
		e.findings = nil
		x.idle++
	}
}

// entryOf returns the entry of a profile, a new one where there is none. A new one is idle.
func (x *Index) entryOf(p Profile) int32 {
	h := p.Key()
	for _, n := range x.same[h] {
		if x.entries[n].profile.equal(p) {
			return n
		}
	}
	n := int32(len(x.entries))
	x.entries, x.totals = append(x.entries, entry{profile: p}), append(x.totals, p.total)
	x.idle++
	x.same[h] = append(x.same[h], n)
	for _, i := range p.strongest() {
		f := p.features[i]
		x.postings[f] = append(x.postings[f], posting{n, p.weights[i]})
	}
	return n
}

// compact makes the index anew from the entries that have findings.
func (x *Index) compact() {
	old := x.entries
	x.entries, x.totals, x.idle = nil, nil, 0
	x.same, x.postings = map[uint64][]int32{}, map[feature][]posting{}
	for _, e := range old {
		if len(e.findings) == 0 {
			continue
		}
		n := x.entryOf(e.profile)
		x.entries[n].findings = e.findings
		x.idle--
		for _, id := range e.findings {
			x.at[id] = n
		}
	}
}

func (p Profile) equal(q Profile) bool {
	return slices.Equal(p.features, q.features) && slices.Equal(p.weights, q.weights)
}

// strongest returns the places of the profile's strongest features, strongest first.
func (p Profile) strongest() []int {
	order := make([]int, len(p.features))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.weights[b], p.weights[a]), cmp.Compare(a, b))
	})
	return order[:min(len(order), Strongest)]
}
