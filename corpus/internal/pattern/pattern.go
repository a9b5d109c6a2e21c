// Package pattern matches regular expressions as package regexp does, several times faster on the expressions of this
// parser: alternatives of Chinese words and counted gaps, looked for in short texts that mostly hold none of them.
//
// Three things make it fast. A text that holds none of the words that every match must hold is answered by a search for
// these words; in other texts only the places are tried that lie close enough before such a word. A place is tried only
// where the character there can begin a match, and an alternative only where the next character can begin it. And
// matching backtracks without a table of what was tried; an expression and a text that would backtrack too often are
// handed to package regexp, so that time stays linear in the text.
//
// Results are those of package regexp, leftmost match first, for texts that are valid UTF-8. The expression is given in
// its syntax; flags for case are not supported.
package pattern

import (
	"regexp"
	"regexp/syntax"
	"sync"
)

// Pattern is a compiled expression. It may be used by many goroutines.
type Pattern struct {
	expr     string
	code     []inst
	start    int
	groups   int    // including group 0
	anchored bool   // matches begin at the beginning of the text only
	first    *runes // the characters that a match can begin with, nil where it can be empty
	need     words  // the words of which every match holds one
	slow     func() *regexp.Regexp
}

// MustCompile compiles an expression. It panics where the expression cannot be parsed: expressions are constants of the program.
func MustCompile(expr string) *Pattern {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic("pattern: " + err.Error())
	}
	groups := tree.MaxCap() + 1
	need := required(tree)
	for _, w := range need.list {
		need.longest = max(need.longest, len(w))
	}
	begins := atBeginning(tree)
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		panic("pattern: " + err.Error())
	}
	p := &Pattern{expr: expr, groups: groups, need: need, start: prog.Start,
		anchored: begins, slow: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
	p.code, p.first = assemble(prog)
	return p
}

// String returns the expression.
func (p *Pattern) String() string { return p.expr }

// MatchString reports whether s holds a match.
func (p *Pattern) MatchString(s string) bool {
	var at [2]int
	return p.find(s, 0, at[:])
}

// FindString returns the text of the leftmost match, "" where there is none.
func (p *Pattern) FindString(s string) string {
	var at [2]int
	if !p.find(s, 0, at[:]) {
		return ""
	}
	return s[at[0]:at[1]]
}

// FindStringIndex returns where the leftmost match begins and ends, nil where there is none.
func (p *Pattern) FindStringIndex(s string) []int {
	var at [2]int
	if !p.find(s, 0, at[:]) {
		return nil
	}
	return []int{at[0], at[1]}
}

// FindStringSubmatchIndex returns where the leftmost match and its groups begin and end, -1 for groups that take no part, nil where
// there is no match.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	if !p.mayHold(s, 0) {
		return nil
	}
	at := make([]int, 2*p.groups)
	if !p.find(s, 0, at) {
		return nil
	}
	return at
}

// FindStringSubmatch returns the texts of the leftmost match and its groups, nil where there is no match.
func (p *Pattern) FindStringSubmatch(s string) []string {
	at := p.FindStringSubmatchIndex(s)
	if at == nil {
		return nil
	}
	return parts(s, at)
}

// FindAllStringIndex returns where the first n matches begin and end, all of them for n < 0.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int { return p.all(s, n, 2) }

// FindAllStringSubmatchIndex returns where the first n matches and their groups begin and end, all of them for n < 0.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int { return p.all(s, n, 2*p.groups) }

// FindAllStringSubmatch returns the texts of the first n matches and their groups, all of them for n < 0.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	var out [][]string
	for _, at := range p.all(s, n, 2*p.groups) {
		out = append(out, parts(s, at))
	}
	return out
}

// ReplaceAllString replaces all matches. The replacement may name groups ($1).
func (p *Pattern) ReplaceAllString(s, replacement string) string {
	if !p.MatchString(s) {
		return s
	}
	return p.slow().ReplaceAllString(s, replacement)
}

func parts(s string, at []int) []string {
	out := make([]string, len(at)/2)
	for i := range out {
		if at[2*i] >= 0 {
			out[i] = s[at[2*i]:at[2*i+1]]
		}
	}
	return out
}

// all lists matches that do not overlap. An empty match directly behind another one is none, as in package regexp.
func (p *Pattern) all(s string, n, size int) [][]int {
	var out [][]int
	for pos, before := 0, -1; n < 0 || len(out) < n; {
		if pos > len(s) || !p.mayHold(s, pos) {
			break
		}
		at := make([]int, size)
		if !p.find(s, pos, at) {
			break
		}
		accept := true
		if at[1] == pos {
			accept = at[0] != before
			_, w := decode(s, pos)
			pos += max(w, 1)
		} else {
			pos = at[1]
		}
		before = at[1]
		if accept {
			out = append(out, at)
		}
	}
	return out
}
