package parse

// lexicon is a set of words that is looked for in every heading of every document: by first character, so that most
// characters cost one bit test.
type lexicon struct {
	first [1 << 10]uint64 // bit r%65536 says that a word may begin with r
	words map[rune][]string
}

func newLexicon(words ...string) *lexicon {
	l := &lexicon{words: make(map[rune][]string)}
	for _, w := range words {
		r, _ := decodeRune(w)
		l.first[uint16(r)>>6] |= 1 << (uint16(r) & 63)
		l.words[r] = append(l.words[r], w)
	}
	return l
}

// at returns the length of the first word of the lexicon that s begins with, 0 where there is none.
func (l *lexicon) at(s string) int {
	r, _ := decodeRune(s)
	return l.from(r, s)
}

// from is at for a text whose first character is known.
func (l *lexicon) from(r rune, s string) int {
	if l.first[uint16(r)>>6]&(1<<(uint16(r)&63)) == 0 {
		return 0
	}
	return hasPrefix(s, l.words[r])
}

// index returns where the first word of the lexicon stands in s, -1 where none does.
func (l *lexicon) index(s string) int {
	for i := 0; i < len(s); {
		r, w := decodeRune(s[i:])
		if l.from(r, s[i:]) > 0 {
			return i
		}
		i += w
	}
	return -1
}

// in reports whether s contains a word of the lexicon.
func (l *lexicon) in(s string) bool { return l.index(s) >= 0 }
