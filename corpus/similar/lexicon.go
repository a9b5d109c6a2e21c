package similar

import (
	_ "embed" // for the lexicon
	"strings"
	"sync"

	"tongjian/corpus/segment"
)

//go:embed lexicon.txt
var lexiconFile string

// maxGap is how many characters may stand between the two parts of a word with a gap.
const maxGap = 8

// notion is one line of the lexicon.
type notion struct {
	name    string
	formula bool
}

// lexicon finds the words that name notions.
type lexicon struct {
	notions []notion
	root    *node
	longest int // characters of the longest word
}

// node is a place in the tree of words, reached by their characters.
type node struct {
	next map[rune]*node
	// names are the notions that a word ending here names.
	names []int
	// tails are what must follow for a word with a gap whose first part ends here.
	tails []tail
}

type tail struct {
	text []rune
	name int
}

// theLexicon is read once; it is a constant in all but form.
var theLexicon = sync.OnceValue(func() *lexicon { return readLexicon(lexiconFile) })

// readLexicon reads the lines of lexicon.txt, whose head says what they mean.
func readLexicon(text string) *lexicon {
	x := &lexicon{root: &node{}}
	for line := range strings.Lines(text) {
		name, words, found := strings.Cut(strings.TrimSpace(line), ":")
		if !found || strings.HasPrefix(name, "#") {
			continue
		}
		name, formula := strings.CutPrefix(name, "!")
		x.notions = append(x.notions, notion{name, formula})
		for word := range strings.FieldsSeq(words) {
			x.add(word, len(x.notions)-1)
		}
	}
	return x
}

// add enters a word for a notion.
func (x *lexicon) add(word string, name int) {
	head, rest, gap := strings.Cut(word, "…")
	n := x.root
	runes := letters(head)
	for _, r := range runes {
		if n.next == nil {
			n.next = map[rune]*node{}
		}
		if n.next[r] == nil {
			n.next[r] = &node{}
		}
		n = n.next[r]
	}
	if gap {
		n.tails = append(n.tails, tail{letters(rest), name})
	} else {
		n.names = append(n.names, name)
	}
	x.longest = max(x.longest, len(runes))
}

// letters returns the folded letters of a text.
func letters(text string) []rune {
	var out []rune
	for _, r := range text {
		if r = segment.FoldRune(r); counts(r) {
			out = append(out, r)
		}
	}
	return out
}

// match is a word found in a clause.
type match struct {
	start, end int // in characters of the clause
	name       int
}

// find calls yield for the longest words at each place of a clause, those with a gap included, and goes on behind the longest
// word without one: a word inside another does not count, one that overlaps its end does.
func (x *lexicon) find(clause []rune, yield func(match)) {
	covered := 0
	for i := range clause {
		n := x.root
		end, names := 0, []int(nil)
		for j := i; j < len(clause); j++ {
			if n = n.next[clause[j]]; n == nil {
				break
			}
			if n.names != nil {
				end, names = j+1, n.names
			}
			for _, t := range n.tails {
				if at := indexWithin(clause[j+1:], t.text, maxGap); at >= 0 {
					yield(match{i, j + 1, t.name})
					yield(match{j + 1 + at, j + 1 + at + len(t.text), t.name})
				}
			}
		}
		if end <= covered {
			continue
		}
		covered = end
		for _, name := range names {
			yield(match{i, end, name})
		}
	}
}

// indexWithin returns where part stands in text, at most gap characters in, or -1.
func indexWithin(text, part []rune, gap int) int {
	for at := 0; at <= gap && at+len(part) <= len(text); at++ {
		if string(text[at:at+len(part)]) == string(part) {
			return at
		}
	}
	return -1
}
