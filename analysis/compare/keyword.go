package compare

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What makes a word a keyword, and how many a side has at most.
const (
	// MinLogLikelihood is the value that a word of equal use exceeds once in ten thousand (χ², one degree of freedom): a
	// comparison looks at thousands of words at a time.
	MinLogLikelihood = 15.13
	// MinCount is the least number of times that a keyword occurs on its side.
	MinCount = 3
	// MaxKeywords is the most keywords of a side.
	MaxKeywords = 30
	// minRunes is the least length of a keyword.
	minRunes = 2
)

// Words cuts a text into its words. The segmenter of the corpus does; this package needs nothing else of it.
type Words func(text string) []string

// Keyword is a word that is more frequent on one side than on the others together.
type Keyword struct {
	Word string `json:"word"`
	// Count and Reference are how often it occurs on this side and on the others.
	Count     int `json:"count"`
	Reference int `json:"reference"`
	// PerThousand and ReferencePerThousand are the rates among a thousand words.
	PerThousand          float64 `json:"per_thousand"`
	ReferencePerThousand float64 `json:"reference_per_thousand"`
	LogLikelihood        float64 `json:"log_likelihood"`
	LogRatio             float64 `json:"log_ratio"`
}

// Keywords returns for each side the words that set it apart from the other sides together, by log-likelihood, the
// strongest first.
func Keywords(sides []Side, words Words) [][]Keyword {
	counts := make([]map[string]int, len(sides))
	sizes := make([]int, len(sides))
	all, size := map[string]int{}, 0
	for s, side := range sides {
		counts[s] = map[string]int{}
		for _, f := range side {
			for _, w := range words(f.Text) {
				counts[s][w]++
				all[w]++
				sizes[s]++
			}
		}
		size += sizes[s]
	}
	out := make([][]Keyword, len(sides))
	for s := range sides {
		out[s] = keywordsOf(counts[s], sizes[s], all, size-sizes[s])
	}
	return out
}

func keywordsOf(focus map[string]int, size int, all map[string]int, rest int) []Keyword {
	out := []Keyword{}
	for w, n := range focus {
		if n < MinCount || utf8.RuneCountInString(w) < minRunes || !strings.ContainsFunc(w, unicode.IsLetter) {
			continue // too rare, mostly grammar, or a number
		}
		k := keyword(w, n, size, all[w]-n, rest)
		if k.LogLikelihood >= MinLogLikelihood && k.LogRatio > 0 {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(a, b Keyword) int {
		return cmp.Or(cmp.Compare(b.LogLikelihood, a.LogLikelihood), cmp.Compare(a.Word, b.Word))
	})
	return out[:min(len(out), MaxKeywords)]
}

// keyword compares how often a word occurs: n times in size words against m times in rest words.
func keyword(word string, n, size, m, rest int) Keyword {
	k := Keyword{Word: word, Count: n, Reference: m}
	if size == 0 || rest == 0 {
		return k
	}
	k.PerThousand = 1000 * float64(n) / float64(size)
	k.ReferencePerThousand = 1000 * float64(m) / float64(rest)
	k.LogLikelihood, k.LogRatio = LogLikelihood(n, size, m, rest), LogRatio(n, size, m, rest)
	return k
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
