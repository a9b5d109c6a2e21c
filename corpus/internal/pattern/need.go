package pattern

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// words are alternatives of which every match holds one, and how far behind the beginning of the match it stands at most, in
// bytes; -1 where that is not bounded. No alternatives mean that nothing is known.
type words struct {
	list    []string
	behind  int
	longest int // length of the longest word, in bytes
}

// maxWords bounds the alternatives that are looked for one by one: more cost more than they save.
const maxWords = 8

// required finds the words that tell most about an expression.
func required(re *syntax.Regexp) words {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return words{list: []string{string(re.Rune)}}
		}
	case syntax.OpCharClass:
		return requiredOf(re.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		return requiredIn(re.Sub)
	case syntax.OpAlternate:
		return requiredOfEach(re.Sub)
	}
	return words{}
}

// requiredOf takes the characters of a small class for words.
func requiredOf(class []rune) words {
	var w words
	for i := 0; i < len(class); i += 2 {
		if class[i+1]-class[i] > 3 {
			return words{}
		}
		for r := class[i]; r <= class[i+1]; r++ {
			w.list = append(w.list, string(r))
		}
	}
	if len(w.list) > 4 {
		return words{}
	}
	return w
}

// requiredIn chooses among the parts of a sequence the one whose words tell most.
func requiredIn(sequence []*syntax.Regexp) words {
	var best words
	behind := 0
	for _, re := range sequence {
		if w := required(re); len(w.list) > 0 {
			if w.behind >= 0 && behind >= 0 {
				w.behind += behind
			} else {
				w.behind = -1
			}
			if len(best.list) == 0 || w.worth() > best.worth() {
				best = w
			}
		}
		if n := maxWidth(re); n < 0 {
			behind = -1
		} else if behind >= 0 {
			behind += n
		}
	}
	return best
}

// requiredOfEach joins the words of alternatives; none where one alternative has none.
func requiredOfEach(alternatives []*syntax.Regexp) words {
	var all words
	for _, re := range alternatives {
		w := required(re)
		if len(w.list) == 0 || len(all.list)+len(w.list) > maxWords {
			return words{}
		}
		all.list = append(all.list, w.list...)
		if w.behind < 0 || all.behind < 0 {
			all.behind = -1
		} else {
			all.behind = max(all.behind, w.behind)
		}
	}
	return all
}

// worth says how much words tell: long ones and few of them most, those with a bounded place more.
func (w words) worth() int {
	shortest := len(w.list[0])
	for _, s := range w.list {
		shortest = min(shortest, len(s))
	}
	n := 3*min(shortest, 9) - 2*len(w.list)
	if w.behind >= 0 && w.behind < 200 {
		n += 4
	}
	return n
}

// next returns where the first of the words stands at or behind pos, -1 where none does. It looks in windows that grow, so that a word
// that is rare costs no more than the way to the next one that is not.
func (w words) next(s string, pos int) int {
	for width := firstWindow; pos < len(s); width *= 2 {
		end := min(len(s), pos+width)
		first := -1
		for _, word := range w.list {
			stop := end
			if first >= 0 {
				stop = first
			}
			if i := strings.Index(s[pos:min(len(s), stop+len(word)-1)], word); i >= 0 {
				first = pos + i
			}
		}
		if first >= 0 {
			return first
		}
		pos = end
	}
	return -1
}

// firstWindow is how far next looks at first, in bytes.
const firstWindow = 512

// atBeginning reports whether all matches of an expression begin at the beginning of the text.
func atBeginning(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpCapture, syntax.OpPlus:
		return atBeginning(re.Sub[0])
	case syntax.OpConcat:
		return atBeginning(re.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !atBeginning(sub) {
				return false
			}
		}
		return true
	}
	return false
}

// maxWidth returns the length of the longest match of an expression in bytes, -1 where it is not bounded.
func maxWidth(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		n := 0
		for _, r := range re.Rune {
			n += utf8.RuneLen(r)
		}
		return n
	case syntax.OpCharClass:
		if len(re.Rune) == 0 {
			return 0
		}
		return max(1, utf8.RuneLen(re.Rune[len(re.Rune)-1]))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return utf8.UTFMax
	case syntax.OpCapture, syntax.OpQuest:
		return maxWidth(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus:
		return -1
	case syntax.OpRepeat:
		n := maxWidth(re.Sub[0])
		if n < 0 || re.Max < 0 {
			return -1
		}
		return n * re.Max
	case syntax.OpConcat:
		sum := 0
		for _, sub := range re.Sub {
			n := maxWidth(sub)
			if n < 0 {
				return -1
			}
			sum += n
		}
		return sum
	case syntax.OpAlternate:
		most := 0
		for _, sub := range re.Sub {
			n := maxWidth(sub)
			if n < 0 {
				return -1
			}
			most = max(most, n)
		}
		return most
	}
	return 0
}
