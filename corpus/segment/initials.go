package segment

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed initials.txt
var initialsFile string

// Letters is a set of the letters a to z, one bit each, a the lowest.
type Letters uint32

// Has reports whether a letter is in the set.
func (l Letters) Has(letter rune) bool {
	return letter >= 'a' && letter <= 'z' && l&(1<<(letter-'a')) != 0
}

// Initials returns the first letters of the readings of a folded Chinese character in pinyin; for every other character
// the set is empty. Which reading a text means is not decided: 行 has h and x.
func Initials(r rune) Letters { return initialsTable()[r] }

// initialsTable is built once; it is a constant in all but form.
var initialsTable = sync.OnceValue(func() map[rune]Letters {
	table := make(map[rune]Letters, 1<<14)
	for line := range strings.Lines(initialsFile) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		for _, r := range line[1:] {
			table[r] |= 1 << (line[0] - 'a')
		}
	}
	return table
})

// HasInitials reports whether typed begins like text does: each of its characters is that of the text, or a letter that
// its reading begins with. Both are folded.
func HasInitials(text, typed string) bool {
	runes := []rune(text)
	n := 0
	for _, r := range typed {
		if n == len(runes) || (runes[n] != r && !Initials(runes[n]).Has(r)) {
			return false
		}
		n++
	}
	return true
}
