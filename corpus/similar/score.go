package similar

import (
	"cmp"
	"math"
	"slices"
)

// shorterShare is α of Score: how much the shorter statement decides.
const shorterShare = 0.7

// Score returns how alike two statements are: 1 for the same words, 0 where they share nothing.
func Score(a, b Profile) float64 {
	if a.Empty() || b.Empty() {
		return 0
	}
	shared := float32(0)
	eachShared(a, b, func(_ feature, w float32) { shared += w })
	return scoreOf(shared, a.total, b.total)
}

// scoreOf returns the score of statements with these total weights that share that much.
func scoreOf(shared, a, b float32) float64 {
	return min(1, float64(shared/(shorterShare*min(a, b)+(1-shorterShare)*max(a, b))))
}

// eachShared calls yield for the features of both statements, each with the smaller of its weights.
func eachShared(a, b Profile, yield func(feature, float32)) {
	for i, j := 0, 0; i < len(a.features) && j < len(b.features); {
		switch x, y := a.features[i], b.features[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			yield(x, min(a.weights[i], b.weights[j]))
			i++
			j++
		}
	}
}

// sharedWords is the most words that Shared returns.
const sharedWords = 6

// Shared returns what two statements share, for people: the names of the notions and the pairs of characters that count
// most, strongest first. Formulas and single characters are left out.
func Shared(a, b Profile) []string {
	type word struct {
		feature feature
		weight  float32
	}
	var words []word
	eachShared(a, b, func(f feature, w float32) {
		if !f.isSingle() && w >= 1 && !(f.isNotion() && theLexicon().notions[f&0xFFFF].formula) {
			words = append(words, word{f, w})
		}
	})
	slices.SortFunc(words, func(x, y word) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.feature, y.feature))
	})
	out := []string{}
	for _, w := range words[:min(len(words), sharedWords)] {
		out = append(out, w.feature.text())
	}
	return out
}

// text returns the feature as users read it.
func (f feature) text() string {
	switch {
	case f.isNotion():
		return theLexicon().notions[f&0xFFFF].name
	case f.isSingle():
		return string(rune(f & 0xFFFF))
	}
	return string([]rune{rune(f >> 16), rune(f & 0xFFFF)})
}

// Key returns a number that stands for the profile: equal profiles have the same, in every run of the program.
func (p Profile) Key() uint64 {
	// FNV-1a over features and weights.
	h := uint64(14695981039346656037)
	for i, f := range p.features {
		for _, v := range []uint32{uint32(f), math.Float32bits(p.weights[i])} {
			for range 4 {
				h = (h ^ uint64(v&0xFF)) * 1099511628211
				v >>= 8
			}
		}
	}
	return h
}
