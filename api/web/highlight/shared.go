package highlight

import (
	"unicode"

	"tongjian/corpus"
)

// minShared is the least number of letters that two texts must have in a row for it to be marked; a single character that
// both use says nothing. maxCompared is the most characters of a text that are compared.
const (
	minShared   = 2
	maxCompared = 800
)

// Shared returns what two texts have in common, as spans of each in the order of the text: the longest run of characters
// that both have, and the same again on its left and on its right (Ratcliff and Obershelp 1988). The i-th span of one text
// reads as the i-th of the other. Runs of fewer than two letters are not marked.
func Shared(a, b string) (as, bs []corpus.Span) {
	c := comparing{a: runesOf(a), b: runesOf(b)}
	c.compare(0, len(c.a), 0, len(c.b))
	return c.as, c.bs
}

// place is a character with where it stands.
type place struct {
	r          rune
	start, end int
}

func runesOf(s string) []place {
	var out []place
	for i, r := range s {
		if n := len(out); n > 0 {
			out[n-1].end = i
		}
		if len(out) == maxCompared {
			return out
		}
		out = append(out, place{r, i, len(s)})
	}
	return out
}

// comparing is one comparison under way.
type comparing struct {
	a, b   []place
	as, bs []corpus.Span
}

func (c *comparing) compare(aFrom, aTo, bFrom, bTo int) {
	i, j, n := c.longest(aFrom, aTo, bFrom, bTo)
	if n == 0 {
		return
	}
	c.compare(aFrom, i, bFrom, j)
	c.as = append(c.as, corpus.Span{Start: c.a[i].start, End: c.a[i+n-1].end})
	c.bs = append(c.bs, corpus.Span{Start: c.b[j].start, End: c.b[j+n-1].end})
	c.compare(i+n, aTo, j+n, bTo)
}

// longest finds the longest run of enough letters that both windows have, the first of several; n is 0 where there is none.
func (c *comparing) longest(aFrom, aTo, bFrom, bTo int) (i, j, n int) {
	before := make([]int, bTo-bFrom+1)
	row := make([]int, bTo-bFrom+1)
	for x := aFrom; x < aTo; x++ {
		for y := bFrom; y < bTo; y++ {
			at := y - bFrom + 1
			row[at] = 0
			if c.a[x].r != c.b[y].r {
				continue
			}
			row[at] = before[at-1] + 1
			if row[at] > n && letters(c.a[x+1-row[at]:x+1]) >= minShared {
				n = row[at]
				i, j = x+1-n, y+1-n
			}
		}
		before, row = row, before
	}
	return i, j, n
}

func letters(run []place) int {
	n := 0
	for _, p := range run {
		if unicode.IsLetter(p.r) || unicode.IsDigit(p.r) {
			n++
		}
	}
	return n
}
