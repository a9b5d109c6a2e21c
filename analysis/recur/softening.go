package recur

import (
	_ "embed" // for the words
	"strings"
	"sync"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/segment"
)

//go:embed softening.txt
var softeningFile string

// Softening is a hard word of the earlier statement that the later one does not have, and the milder one that stands in its
// place. Spans are in the statements.
type Softening struct {
	Before, After         string
	BeforeSpan, AfterSpan corpus.Span
}

// grades are the words by how hard they are.
var grades = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for line := range strings.Lines(softeningFile) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] == "#" {
			continue
		}
		for _, w := range words[1:] {
			out[w] = int(words[0][0] - '0')
		}
	}
	return out
})

// longestGraded is how many characters the longest graded word has.
const longestGraded = 8

// graded is a word that says how bad a problem is.
type graded struct {
	span  corpus.Span // in the statement
	word  string      // as printed
	grade int
}

// gradesIn returns the graded words of a statement, of those that overlap the first and longest.
func gradesIn(statement string) []graded {
	f := segment.Fold(statement)
	runes := []rune(f.Text)
	var out []graded
	at := 0 // bytes of f.Text before runes[i]
	for i := 0; i < len(runes); {
		word, size := "", 0
		for n := min(longestGraded, len(runes)-i); n >= 2; n-- {
			if w := string(runes[i : i+n]); grades()[w] > 0 {
				word, size = w, n
				break
			}
		}
		if size == 0 {
			at += utf8.RuneLen(runes[i])
			i++
			continue
		}
		span := f.SourceSpan(corpus.Span{Start: at, End: at + len(word)})
		out = append(out, graded{span, span.Of(statement), grades()[word]})
		at += len(word)
		i += size
	}
	return out
}

// hardest returns the hardest of the words, the first of equals.
func hardest(words []graded) graded {
	var top graded
	for _, w := range words {
		if w.grade > top.grade {
			top = w
		}
	}
	return top
}

// plain is the grade of a statement without any such word: it states a fact.
const plain = 3

// Softer returns what a later statement of the same problem puts more mildly, none where it does not: its hardest word is
// milder by a grade or more than that of the earlier one. A later statement without any such word is not milder. An earlier
// one without is put more mildly by words that only wish for something better; then Before is all of it.
func Softer(before, after string) []Softening {
	hard, mild := hardest(gradesIn(before)), hardest(gradesIn(after))
	if hard.grade == 0 && before != "" {
		hard = graded{corpus.Span{Start: 0, End: len(before)}, before, plain}
		if mild.grade != 1 {
			return []Softening{}
		}
	}
	if mild.grade == 0 || hard.grade <= mild.grade || strings.Contains(after, hard.word) {
		return []Softening{}
	}
	return []Softening{{Before: hard.word, After: mild.word, BeforeSpan: hard.span, AfterSpan: mild.span}}
}
