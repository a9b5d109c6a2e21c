package embedded

import (
	"math"
	"math/bits"
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
	for _, t := range m.termsOf(n.Text, m.use) {
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

// tabled is the length up to which what a passage's length makes of a score is looked up.
const tabled = 1024

// saturation works out the part of a score that rests on the passage: its length and how often it has the string.
type saturation struct {
	average, base, perWord float64
	// once and part are for strings that stand there once, as a word and as a part of one, by length.
	once, part [tabled]float32
}

// saturation returns the table for an average length. The view keeps that of its own, which all but later pages want.
func (v *view) saturation(average float64) *saturation {
	if t := v.saturated.Load(); t != nil && t.average == average {
		return t
	}
	t := &saturation{average: average, base: bm25K1 * (1 - bm25B), perWord: bm25K1 * bm25B / average}
	for i := range tabled {
		t.once[i], t.part[i] = t.of(1, uint16(i)), t.of(partOfWord, uint16(i))
	}
	v.saturated.CompareAndSwap(nil, t)
	return t
}

func (t *saturation) of(tf float64, length uint16) float32 {
	return float32(tf * (bm25K1 + 1) / (tf + t.base + t.perWord*float64(length)))
}

// score adds up the scores of the hits. Only the scores of hits mean anything.
func (m *matcher) score(list []string, s statistics, hits bitset, scores []float32) error {
	t, lengths := m.view.saturation(s.average()), m.view.words
	for i, w := range list {
		n := float64(s.having[i])
		idf := float32(math.Log(1 + (max(0, float64(s.passages)-n)+0.5)/(n+0.5)))
		o, err := m.occurrence(w)
		if err != nil {
			return err
		}
		if o.words == nil {
			if o.words, err = m.withWord(w); err != nil {
				return err
			}
		}
		rest := hits.clone()
		rest.and(o.candidates)
		sparse := 2*rest.count() < s.having[i]
		err = m.eachRepeated(w, rest, sparse, func(p uint32, frequency uint64) {
			scores[p] += idf * t.of(float64(frequency), lengths[p])
			rest.unset(p)
		})
		if err != nil {
			return err
		}
		once := rest.clone()
		once.and(o.words)
		once.addScores(scores, lengths, idf, &t.once, func(length uint16) float32 { return t.of(1, length) })
		rest.andNot(once)
		if err := m.verify(o, rest); err != nil {
			return err
		}
		rest.addScores(scores, lengths, idf, &t.part, func(length uint16) float32 { return t.of(partOfWord, length) })
	}
	return nil
}

// addScores adds to the scores of the members: idf times what is in the table for their lengths, or beyond it what of
// returns.
func (b bitset) addScores(scores []float32, lengths []uint16, idf float32, table *[tabled]float32, of func(uint16) float32) {
	for w, word := range b {
		for ; word != 0; word &= word - 1 {
			p := w<<6 + bits.TrailingZeros64(word)
			if n := lengths[p]; n < tabled {
				scores[p] += idf * table[n]
			} else {
				scores[p] += idf * of(n)
			}
		}
	}
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
	for w, word := range used {
		if word != 0 {
			clear(scores[w<<6 : min(w<<6+64, len(scores))])
		}
	}
	p.pool.Put(&scores)
}
