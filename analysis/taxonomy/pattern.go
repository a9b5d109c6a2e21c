package taxonomy

import (
	"fmt"
	"strings"
)

// Bounds of a pattern. They keep a slip of the pen in a rule file from growing into thousands of literals.
const (
	maxParts        = 4
	maxAlternatives = 2000 // literals that one part may stand for
	narrowGap       = 14   // characters that … may stand for
	wideGap         = 40   // characters that …… may stand for
)

// part is a piece of a pattern between gaps: the literals that it may be, already folded, and the gap before it.
type part struct {
	literals []string
	wide     bool // the gap before it may pass a comma
}

// parsePattern reads a pattern such as 先(施工|实施)……后招标.
func parsePattern(e expression) ([]part, error) {
	var parts []part
	rest, wide := e.text, false
	for {
		piece, after, more := strings.Cut(rest, "…")
		literals, err := expand(piece)
		if err != nil {
			return nil, invalid(e.file, e.line, fmt.Sprintf("%q %s", e.text, err), nil)
		}
		parts = append(parts, part{literals: literals, wide: wide})
		if !more {
			break
		}
		rest, wide = strings.CutPrefix(after, "…")
	}
	if len(parts) > maxParts {
		return nil, invalid(e.file, e.line, fmt.Sprintf("%q 的间隔太多，最多 %d 段", e.text, maxParts), nil)
	}
	return parts, nil
}

// expand returns every literal that a piece with alternatives stands for, folded.
func expand(piece string) ([]string, error) {
	x := expander{rest: []rune(strings.NewReplacer("（", "(", "）", ")", "｜", "|").Replace(piece))}
	literals := x.sequence()
	if x.err == nil && len(x.rest) > 0 {
		x.err = fmt.Errorf("括号不成对，或“|”不在括号里")
	}
	for _, l := range literals {
		if x.err == nil && l == "" {
			x.err = fmt.Errorf("有一段是空的")
		}
	}
	return literals, x.err
}

// expander is a recursive descent over text, groups (a|b) and groups in groups.
type expander struct {
	rest []rune
	err  error
}

// sequence reads text and groups up to a bracket or bar that belongs to the group around it.
func (x *expander) sequence() []string {
	literals := []string{""}
	for len(x.rest) > 0 && x.err == nil {
		switch r := x.rest[0]; r {
		case ')', '|':
			return literals
		case '(':
			x.rest = x.rest[1:]
			literals = multiply(literals, x.group())
			if len(literals) > maxAlternatives {
				x.err = fmt.Errorf("的备选写法超过 %d 种", maxAlternatives)
			}
		default:
			x.rest = x.rest[1:]
			literals = multiply(literals, []string{unquoted(string(r))})
		}
	}
	return literals
}

// group reads alternatives up to the closing bracket.
func (x *expander) group() []string {
	var choices []string
	for x.err == nil {
		choices = append(choices, x.sequence()...)
		if len(x.rest) == 0 {
			x.err = fmt.Errorf("括号不成对")
			break
		}
		end := x.rest[0] == ')'
		if x.rest = x.rest[1:]; end {
			break
		}
	}
	return choices
}

func multiply(left, right []string) []string {
	product := make([]string, 0, len(left)*len(right))
	for _, l := range left {
		for _, r := range right {
			product = append(product, l+r)
		}
	}
	return product
}
