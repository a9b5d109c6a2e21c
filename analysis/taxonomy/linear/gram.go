package linear

import "math"

// Char is a folded character and where it stands in the original text, in bytes.
type Char struct {
	Rune       rune
	Start, End int32
}

// Text is a folded text. A Char with Rune 0 ends a clause: no n-gram crosses it.
type Text []Char

// Part is one of the texts that an example consists of.
type Part struct {
	Text Text
	Kind int // features of different kinds are different features
}

// maxGram is the number of characters of the longest n-gram.
const maxGram = 3

// maxSkip is the distance of the characters of the widest pair. Pairs see what n-grams miss: 卖…楼 in 卖旧楼 and 卖办公楼.
const maxSkip = 4

// pairSeed keeps the fingerprints of pairs apart from those of n-grams.
const pairSeed uint64 = 0xC2B2AE3D27D4EB4F

// Marks for the beginning and end of a clause take part in n-grams of two characters and more.
const (
	beginMark rune = '^'
	endMark   rune = '$'
)

// grams calls visit with the fingerprint and place of every n-gram and every pair of a part, as often as it occurs.
func grams(p Part, visit func(print uint64, start, end int32)) {
	from := 0
	for from < len(p.Text) {
		to := from
		for to < len(p.Text) && p.Text[to].Rune != 0 {
			to++
		}
		if to > from {
			clauseGrams(p.Text[from:to], p.Kind, visit)
			clausePairs(p.Text[from:to], p.Kind, visit)
		}
		from = to + 1
	}
}

func clauseGrams(clause Text, kind int, visit func(print uint64, start, end int32)) {
	seed := uint64(kind+1) * 0x9E3779B97F4A7C15
	for i := -1; i < len(clause); i++ {
		h := seed
		first := max(i, 0)
		for n := 0; n < maxGram && i+n <= len(clause); n++ {
			j := i + n
			r := beginMark
			switch {
			case j == len(clause):
				r = endMark
			case j >= 0:
				r = clause[j].Rune
			}
			h = mix(h, r)
			if n == 0 && j < 0 {
				continue
			}
			last := min(j, len(clause)-1)
			visit(h, clause[first].Start, clause[last].End)
		}
	}
}

// clausePairs visits every two characters that stand up to maxSkip apart and not side by side.
func clausePairs(clause Text, kind int, visit func(print uint64, start, end int32)) {
	seed := uint64(kind+1) * pairSeed
	for i := range clause {
		h := mix(seed, clause[i].Rune)
		for j := i + 2; j <= i+maxSkip && j < len(clause); j++ {
			visit(mix(h, clause[j].Rune), clause[i].Start, clause[j].End)
		}
	}
}

// mix adds a character to a fingerprint.
func mix(h uint64, r rune) uint64 {
	h = (h ^ uint64(r)) * 0xFF51AFD7ED558CCD
	return h ^ h>>29
}

// scale is the factor that gives a part of n distinct n-grams unit length.
func scale(n int) float64 {
	if n == 0 {
		return 0
	}
	return 1 / math.Sqrt(float64(n))
}
