package rectify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is compared when text is looked for that was used before.
const (
	// minClause is the least number of letters of a clause that is compared.
	minClause = 10
	// minNear is the least number of letters of a clause of which near copies are looked for.
	minNear = 16
	// minCopied is the least number of letters that two findings must share before the one is said to reuse the other's
	// text: set phrases are shorter.
	minCopied = 28
	// likeness is the Jaccard coefficient of trigrams from which two clauses are near copies: one name or one word apart.
	likeness = 0.5
	// trigram is the length of the shingles.
	trigram = 3
)

// clause is a piece of a text between stops, as it is compared.
type clause struct {
	span
	letters int
	key     uint64
	grams   []uint16 // hashes of its trigrams, sorted, none twice; nil where it is too short for near copies
}

// isStop reports whether a character ends a clause.
func isStop(r rune) bool { return strings.ContainsRune("，,。；;：:！!？?\n", r) }

// clauses cuts a text into the clauses that are long enough to compare.
func (s *shingler) clauses(text string) []clause {
	var out []clause
	start := 0
	for i, r := range text {
		if isStop(r) {
			out = s.clause(out, text, start, i)
			start = i + utf8.RuneLen(r)
		}
	}
	return s.clause(out, text, start, len(text))
}

// shingler turns clauses into keys and shingles. Its memory is used again by the next clause.
type shingler struct{ runes []rune }

// clause appends a clause, folded: letters only, every run of digits one 0, so that a changed number does not matter, and
// without the number of an enumeration (一是, 第二).
func (s *shingler) clause(out []clause, text string, start, end int) []clause {
	start += enumerator(text[start:end])
	s.runes = s.runes[:0]
	for _, r := range text[start:end] {
		switch {
		case unicode.IsDigit(r):
			if n := len(s.runes); n == 0 || s.runes[n-1] != '0' {
				s.runes = append(s.runes, '0')
			}
		case unicode.IsLetter(r):
			s.runes = append(s.runes, unicode.ToLower(r))
		}
	}
	if len(s.runes) < minClause {
		return out
	}
	c := clause{span: span{start, end}, letters: len(s.runes), key: hashRunes(s.runes)}
	if len(s.runes) >= minNear {
		for i := 0; i+trigram <= len(s.runes); i++ {
			c.grams = append(c.grams, uint16(hashRunes(s.runes[i:i+trigram])>>48))
		}
		slices.Sort(c.grams)
		c.grams = slices.Compact(c.grams)
	}
	return append(out, c)
}

// enumerator returns the length of what numbers a clause: blanks, brackets, 一是, 第二, 1.
func enumerator(text string) int {
	trimmed := strings.TrimLeftFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("(（)）①②③④⑤⑥⑦⑧⑨", r)
	})
	at := len(text) - len(trimmed)
	rest := strings.TrimLeft(trimmed, "一二三四五六七八九十")
	if n := len(trimmed) - len(rest); n > 0 && n <= 6 && strings.HasPrefix(rest, "是") {
		return at + n + len("是")
	}
	return at
}

// hashRunes is FNV-1a over characters with a final mix, the same on every machine: what the model holds may not depend on
// the process.
func hashRunes(runes []rune) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range runes {
		h = (h ^ uint64(r)) * 1099511628211
	}
	return mix(h)
}

// mix spreads a number over all bits, after S. Vigna's splitmix64.
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// jaccard returns the share of the shingles of either clause that both have: |A ∩ B| / |A ∪ B|, after P. Jaccard, The
// distribution of the flora in the alpine zone, New Phytologist 11 (1912) 37–50.
func jaccard(a, b []uint16) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i], b[j]; {
		case x == y:
			both++
			i++
			j++
		case x < y:
			i++
		default:
			j++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// The sketch of a clause: bands of two minima each. Clauses that share a band are candidates; of pairs with a coefficient of
// 0.6, 97 in 100 share one: 1 - (1 - 0.6²)⁸.
const (
	bands       = 8
	rowsOfABand = 2
)

// bandKeys returns the keys under which a clause is filed, after A. Broder, On the resemblance and containment of documents,
// SEQUENCES 1997, 21–29, and P. Indyk and R. Motwani, Approximate nearest neighbors, STOC 1998, 604–613.
func bandKeys(grams []uint16) [bands]uint32 {
	var keys [bands]uint32
	for b := range keys {
		key := uint64(b)
		for row := range rowsOfABand {
			seed := mix(uint64(b*rowsOfABand+row) + 0x9e3779b97f4a7c15)
			least := ^uint64(0)
			for _, g := range grams {
				least = min(least, mix(seed^uint64(g)))
			}
			key = mix(key ^ least)
		}
		keys[b] = uint32(key >> 32)
	}
	return keys
}
