package similar

import (
	"cmp"
	"slices"

	"tongjian/corpus"
)

// Match is a finding that is like the one searched for.
type Match struct {
	ID    corpus.FindingID
	Score float64
	// Shared says what the two statements share, as the function Shared does.
	Shared []string
}

const (
	// maxPostings bounds the work of one search: features in more entries than are left of it are not looked up, the
	// strongest features being looked up first.
	maxPostings = 60_000
	// candidates is how many entries a search for k findings scores in full, for each of the k, and at the least.
	candidatesEach  = 8
	leastCandidates = 64
)

// Search returns the k findings most like a statement, best first, equal scores in the order of identifiers. Where keep is
// not nil only findings that it accepts are returned; it is called while the index is locked and must not
// change it. Findings that share nothing are never returned.
func (x *Index) Search(p Profile, k int, keep func(corpus.FindingID) bool) []Match {
	if k <= 0 || p.Empty() {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.collect(p, max(leastCandidates, candidatesEach*k), keep)
	return x.best(p, c, k, keep)
}

// Exact returns what Search looks for by scoring every entry: the measure of Search, and slow.
func (x *Index) Exact(p Profile, k int, keep func(corpus.FindingID) bool) []Match {
	x.mu.RLock()
	defer x.mu.RUnlock()
	all := make([]int32, 0, len(x.entries))
	for n := range x.entries {
		all = append(all, int32(n))
	}
	return x.best(p, all, k, keep)
}

// best scores entries in full and returns the k best of their findings.
func (x *Index) best(p Profile, entries []int32, k int, keep func(corpus.FindingID) bool) []Match {
	type scored struct {
		entry int32
		score float64
	}
	var ranked []scored
	for _, n := range entries {
		if s := Score(p, x.entries[n].profile); s > 0 {
			ranked = append(ranked, scored{n, s})
		}
	}
	slices.SortFunc(ranked, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.entry, b.entry))
	})
	var out []Match
	for i, r := range ranked {
		// Entries of the same score stand in the order in which they came, so all of them are looked at before cutting.
		if len(out) >= k && ranked[i-1].score != r.score {
			break
		}
		taken := 0
		for _, id := range x.entries[r.entry].findings {
			if taken == k {
				break
			}
			if keep == nil || keep(id) {
				out = append(out, Match{ID: id, Score: r.score})
				taken++
			}
		}
	}
	slices.SortFunc(out, func(a, b Match) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	out = out[:min(len(out), k)]
	for i := range out {
		out[i].Shared = Shared(p, x.entries[x.at[out[i].ID]].profile)
	}
	return out
}

// sums is the working memory of a search: what each entry shares, and which entries share something.
type sums struct {
	shared  []float32
	touched []int32
	heap    []candidate
}

// candidate is an entry with its score as far as it is known.
type candidate struct {
	entry int32
	score float64
}

// collect returns the entries that look best by the features that lead to them.
func (x *Index) collect(p Profile, most int, keep func(corpus.FindingID) bool) []int32 {
	s, _ := x.scratch.Get().(*sums)
	if s == nil {
		s = &sums{}
	}
	defer x.scratch.Put(s)
	s.sum(x, p)
	s.heap = s.heap[:0]
	for _, n := range s.touched {
		score := scoreOf(s.shared[n], p.total, x.totals[n])
		s.shared[n] = 0
		if len(s.heap) == most && score <= s.heap[0].score || !x.entries[n].any(keep) {
			continue
		}
		s.push(candidate{n, score}, most)
	}
	out := make([]int32, len(s.heap))
	for i, c := range s.heap {
		out[i] = c.entry
	}
	return out
}

// sum adds up what every entry shares with a profile, by the features that lead to entries.
func (s *sums) sum(x *Index, p Profile) {
	if len(s.shared) < len(x.entries) {
		s.shared = make([]float32, len(x.entries)+len(x.entries)/4)
	}
	s.touched = s.touched[:0]
	left := maxPostings
	for _, i := range p.strongest() {
		list := x.postings[p.features[i]]
		if len(list) > left {
			continue
		}
		left -= len(list)
		for _, e := range list {
			if s.shared[e.entry] == 0 {
				s.touched = append(s.touched, e.entry)
			}
			s.shared[e.entry] += min(p.weights[i], e.weight)
		}
	}
}

// any reports whether the entry has a finding that keep accepts.
func (e *entry) any(keep func(corpus.FindingID) bool) bool {
	if keep == nil {
		return len(e.findings) > 0
	}
	return slices.ContainsFunc(e.findings, keep)
}

// push enters a candidate into the heap, whose root is its worst, and drops the worst where there are too many.
func (s *sums) push(c candidate, most int) {
	if len(s.heap) == most {
		s.heap[0] = c
		s.down(0)
		return
	}
	s.heap = append(s.heap, c)
	for i := len(s.heap) - 1; i > 0; {
		parent := (i - 1) / 2
		if !s.heap[i].worse(s.heap[parent]) {
			break
		}
		s.heap[i], s.heap[parent] = s.heap[parent], s.heap[i]
		i = parent
	}
}

func (s *sums) down(i int) {
	for {
		least := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(s.heap) && s.heap[child].worse(s.heap[least]) {
				least = child
			}
		}
		if least == i {
			return
		}
		s.heap[i], s.heap[least] = s.heap[least], s.heap[i]
		i = least
	}
}

// worse orders candidates by score, and those of the same score by entry, so that what is dropped does not depend on
// chance.
func (c candidate) worse(o candidate) bool {
	return c.score < o.score || c.score == o.score && c.entry > o.entry
}
