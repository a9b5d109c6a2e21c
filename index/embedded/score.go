package embedded

import (
	"math"
	"slices"
	"sync"

	"tongjian/index"
)

// Passages are ranked by BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009): the sum over the
// strings of the query of
//
//	ln(1 + (N - n + 0.5)/(n + 0.5)) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length/average))
//
// where N is the number of passages, n how many of them may have the string, tf how often it is a word of the passage,
// and the average is over all passages. A string that stands in the passage without being a word of it counts as half an
// occurrence.
const (
	bm25K1     = 1.2
	bm25B      = 0.75
	partOfWord = 0.5
)

// statistics are what scores rest on besides the passage itself. A cursor carries them, so that a passage has the same
// score on every page although documents were added in between.
type statistics struct {
	passages int
	words    int64
	// having is, for each string that is ranked by, in how many passages it may stand.
	having []int
}

func (s statistics) average() float64 {
	if s.passages == 0 || s.words == 0 {
		return 1
	}
	return float64(s.words) / float64(s.passages)
}

// ranked returns the strings to rank by, in the order of the query: those that a match has for it, not those in a NOT.
func (m *matcher) ranked(q index.Query) []string {
	var list []string
	for _, n := range positive(q.Root) {
		var words []string
		switch n := n.(type) {
		case index.Word:
			words = m.rankedWords(n)
		case index.Phrase:
			words = []string{foldedText(n.Text)}
		}
		for _, w := range words {
			if !slices.Contains(list, w) {
				list = append(list, w)
			}
		}
	}
	return list
}

// rankedWords returns the strings of text without quotes: its words, itself where there are several, so that what has
// them together comes first, and their synonyms.
func (m *matcher) rankedWords(n index.Word) []string {
	var words, also []string
	for _, t := range m.e.termsOf(n.Text, m.use) {
		words, also = append(words, t.words...), append(also, t.also...)
	}
	if len(words) > 1 {
		words = append(words, foldedText(n.Text))
	}
	return append(words, also...)
}

// statistics returns what the strings are ranked by now.
func (m *matcher) statistics(list []string) (statistics, error) {
	s := statistics{passages: m.view.live.count(), words: m.view.totalWords}
	for _, w := range list {
		o, err := m.occurrence(w)
		if err != nil {
			return statistics{}, err
		}
		s.having = append(s.having, o.candidates.count())
	}
	return s, nil
}

// score adds up the scores of the hits. Only the scores of hits mean anything.
func (m *matcher) score(list []string, s statistics, hits bitset, scores []float32) error {
	base, perWord := bm25K1*(1-bm25B), bm25K1*bm25B/s.average()
	for i, w := range list {
		n := float64(s.having[i])
		idf := math.Log(1 + (max(0, float64(s.passages)-n)+0.5)/(n+0.5))
		weight := func(p uint32, tf float64) float32 {
			return float32(idf * tf * (bm25K1 + 1) / (tf + base + perWord*float64(m.view.words[p])))
		}
		o, err := m.occurrence(w)
		if err != nil {
			return err
		}
		rest := hits.clone()
		rest.and(o.candidates)
		err = m.eachFrequency(w, rest, func(p uint32, frequency uint64) {
			scores[p] += weight(p, float64(frequency))
			rest.unset(p)
		})
		if err != nil {
			return err
		}
		if err := m.verify(o, rest); err != nil {
			return err
		}
		rest.each(func(p uint32) bool {
			scores[p] += weight(p, partOfWord)
			return true
		})
	}
	return nil
}

// scorePool keeps the arrays of scores, which are as long as there are passages.
type scorePool struct{ pool sync.Pool }

// get returns an array of zeros.
func (p *scorePool) get(n int) []float32 {
	if s, ok := p.pool.Get().(*[]float32); ok && cap(*s) >= n {
		return (*s)[:n]
	}
	return make([]float32, n, n+n/8)
}

// put takes an array back in which the members of used may be other than zero.
func (p *scorePool) put(scores []float32, used bitset) {
	used.each(func(i uint32) bool {
		scores[i] = 0
		return true
	})
	p.pool.Put(&scores)
}
