// Package keyness says which words set one body of text apart from another.
//
//	focus, reference := keyness.List{}, keyness.List{}
//	focus.Add(words(text))
//	over, under := keyness.Compare(focus, reference, keyness.Options{})
//
// A word is key where it is used at another rate in the focus than in the reference and chance does not explain it: by
// log-likelihood. How much more it is used says the log ratio: its sign is that of focus less reference, always.
package keyness

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What makes a word key, and how many a list has at most, where Options name nothing else.
const (
	// MinLogLikelihood is the value that a word of equal use exceeds once in ten thousand (χ², one degree of freedom): a
	// comparison looks at thousands of words at a time.
	MinLogLikelihood = 15.13
	// MinCount is the least number of times that a key word occurs on the side that uses it more.
	MinCount = 3
	// MaxWords is the most key words of a side.
	MaxWords = 30
	// minRunes is the least length of a key word.
	minRunes = 2
)

// List is how often words occur in a body of text. The zero List is empty.
type List struct {
	Counts map[string]int
	Size   int // all words
}

// Add counts words.
func (l *List) Add(words []string) {
	if l.Counts == nil {
		l.Counts = map[string]int{}
	}
	for _, w := range words {
		l.Counts[w]++
	}
	l.Size += len(words)
}

// Keyword is a word with its use in the focus and in the reference.
type Keyword struct {
	Word string `json:"word"`
	// Count and Reference are how often it occurs in the focus and in the reference.
	Count     int `json:"count"`
	Reference int `json:"reference"`
	// PerThousand and ReferencePerThousand are the rates among a thousand words.
	PerThousand          float64 `json:"per_thousand"`
	ReferencePerThousand float64 `json:"reference_per_thousand"`
	LogLikelihood        float64 `json:"log_likelihood"`
	// LogRatio is positive where the focus uses the word more, negative where the reference does.
	LogRatio float64 `json:"log_ratio"`
}

// Options narrow what is a key word; zero fields are the constants.
type Options struct {
	MinLogLikelihood float64
	MinCount         int
	Max              int
}

func (o Options) withDefaults() Options {
	if o.MinLogLikelihood == 0 {
		o.MinLogLikelihood = MinLogLikelihood
	}
	if o.MinCount == 0 {
		o.MinCount = MinCount
	}
	if o.Max == 0 {
		o.Max = MaxWords
	}
	return o
}

// Compare returns the words that the focus uses more than the reference, and those that it uses less, the highest
// log-likelihood first, then by text. Words of one character, and numbers, are none. Where either list is empty so are both
// answers: nothing can be compared.
func Compare(focus, reference List, o Options) (over, under []Keyword) {
	o = o.withDefaults()
	over, under = []Keyword{}, []Keyword{}
	if focus.Size == 0 || reference.Size == 0 {
		return over, under
	}
	consider := func(word string, n, m int) {
		if max(n, m) < o.MinCount || !isWord(word) {
			return
		}
		k := keyword(word, n, focus.Size, m, reference.Size)
		switch {
		case k.LogLikelihood < o.MinLogLikelihood:
		case k.PerThousand > k.ReferencePerThousand && n >= o.MinCount:
			over = append(over, k)
		case k.PerThousand < k.ReferencePerThousand && m >= o.MinCount:
			under = append(under, k)
		}
	}
	for w, n := range focus.Counts {
		consider(w, n, reference.Counts[w])
	}
	for w, m := range reference.Counts {
		if focus.Counts[w] == 0 {
			consider(w, 0, m)
		}
	}
	return strongest(over, o.Max), strongest(under, o.Max)
}

// isWord reports whether a token may be a key word: not mostly grammar, and no number.
func isWord(w string) bool {
	return utf8.RuneCountInString(w) >= minRunes && strings.ContainsFunc(w, unicode.IsLetter)
}

func strongest(list []Keyword, n int) []Keyword {
	slices.SortFunc(list, func(a, b Keyword) int {
		return cmp.Or(cmp.Compare(b.LogLikelihood, a.LogLikelihood), cmp.Compare(a.Word, b.Word))
	})
	return list[:min(len(list), n)]
}

// keyword compares how often a word occurs: n times in size words against m times in rest words, both above 0.
func keyword(word string, n, size, m, rest int) Keyword {
	return Keyword{
		Word: word, Count: n, Reference: m,
		PerThousand: 1000 * float64(n) / float64(size), ReferencePerThousand: 1000 * float64(m) / float64(rest),
		LogLikelihood: LogLikelihood(n, size, m, rest), LogRatio: LogRatio(n, size, m, rest),
	}
}

// LogLikelihood returns how surprising it is that a word occurs n times in one corpus of size words and m times in
// another of rest words, were its use the same:
//
//	2 (n ln(n/E₁) + m ln(m/E₂)),   E₁ = size (n+m)/(size+rest),  E₂ = rest (n+m)/(size+rest),   0 ln 0 = 0
//
// after P. Rayson and R. Garside, Comparing corpora using frequency profiling, Workshop on Comparing Corpora, ACL 2000,
// 1–6. Both sizes must be above 0.
func LogLikelihood(n, size, m, rest int) float64 {
	share := float64(n+m) / float64(size+rest)
	return 2 * (surprise(float64(n), float64(size)*share) + surprise(float64(m), float64(rest)*share))
}

func surprise(observed, expected float64) float64 {
	if observed == 0 {
		return 0
	}
	return observed * math.Log(observed/expected)
}

// LogRatio returns the binary logarithm of the ratio of the two relative frequencies: 1 is twice as frequent, 3 eight
// times. A word that does not occur counts as half an occurrence. After A. Hardie, Log Ratio: an informal introduction, CASS
// (2014). Both sizes must be above 0.
func LogRatio(n, size, m, rest int) float64 {
	a, b := float64(n), float64(m)
	if n == 0 {
		a = 0.5
	}
	if m == 0 {
		b = 0.5
	}
	return math.Log2(a / float64(size) / (b / float64(rest)))
}
