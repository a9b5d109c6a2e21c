package gold

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Floor is the similarity from which two statements may be the same finding.
const Floor = 0.75

// Contained is the least similarity of two statements of which one holds the other and is at most twice as long: a
// statement cut short is still the same finding.
const Contained = 0.76

// titleFloor is the similarity from which two titles are the same.
const titleFloor = 0.9

// fold returns a text without punctuation, blanks, width and case.
func fold(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(s)))
}

// sketch is a text prepared for comparison: its bigrams, or itself where it has one character.
type sketch struct {
	text    string
	length  int // characters
	bigrams map[string]int
	total   int // bigrams, repeated ones counted
}

func newSketch(s string) sketch {
	text := fold(s)
	runes := []rune(text)
	k := sketch{text: text, length: len(runes), bigrams: map[string]int{}}
	for i := range len(runes) - 1 {
		k.bigrams[string(runes[i:i+2])]++
	}
	if len(runes) == 1 {
		k.bigrams[text]++
	}
	k.total = max(len(runes)-1, min(len(runes), 1))
	return k
}

// similarity is the Dice coefficient of the bigrams of two texts, 0 to 1.
func (k sketch) similarity(o sketch) float64 {
	if k.length == 0 || o.length == 0 {
		return 0
	}
	if k.text == o.text {
		return 1
	}
	shared := 0
	for b, n := range k.bigrams {
		shared += min(n, o.bigrams[b])
	}
	dice := float64(2*shared) / float64(k.total+o.total)
	short, long := k, o
	if o.length < k.length {
		short, long = o, k
	}
	if 2*short.length >= long.length && strings.Contains(long.text, short.text) {
		return max(dice, Contained)
	}
	return dice
}

// Similarity says how much two texts are the same, 0 to 1, whatever their punctuation, width and case.
func Similarity(a, b string) float64 { return newSketch(a).similarity(newSketch(b)) }

// match pairs the statements of two lists one to one, the most similar first; of equally similar ones those that stand at
// nearly the same place. It returns for each of a its partner in b, or -1.
func match(a, b []string) []int {
	type pair struct {
		similarity float64
		apart      int
		a, b       int
	}
	sketches := make([]sketch, len(b))
	for j, s := range b {
		sketches[j] = newSketch(s)
	}
	var pairs []pair
	partner := make([]int, len(a))
	for i, s := range a {
		partner[i] = -1
		k := newSketch(s)
		for j, o := range sketches {
			if similarity := k.similarity(o); similarity >= Floor {
				pairs = append(pairs, pair{similarity, max(i-j, j-i), i, j})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.similarity, x.similarity), cmp.Compare(x.apart, y.apart), cmp.Compare(y.a, x.a), cmp.Compare(y.b, x.b))
	})
	used := make([]bool, len(b))
	for _, p := range pairs {
		if partner[p.a] < 0 && !used[p.b] {
			partner[p.a], used[p.b] = p.b, true
		}
	}
	return partner
}
