package pattern

import (
	"regexp/syntax"
	"unicode/utf8"
)

// decode returns the character of s at i and its length; length 0 at the end of s.
func decode(s string, i int) (rune, int) {
	if i >= len(s) {
		return -1, 0
	}
	b := s[i]
	if b < utf8.RuneSelf {
		return rune(b), 1
	}
	// Nearly all characters of a Chinese text take this form.
	if b >= 0xE1 && b <= 0xEF && b != 0xED && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
		return rune(b&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s[i:])
}

// mayHold reports whether a match can stand in s at or behind pos, as far as its words tell.
func (p *Pattern) mayHold(s string, pos int) bool {
	if len(p.need.list) == 0 {
		return true
	}
	if p.anchored && p.need.behind >= 0 {
		s = s[:min(len(s), p.need.behind+p.need.longest)] // no further than a match can reach
	}
	return p.need.next(s, pos) >= 0
}

// stepsEach and stepsMore bound the alternatives that are tried in a text: so many for each byte, and so many more.
const (
	stepsEach = 16
	stepsMore = 4096
)

// find looks for the leftmost match at or behind pos and writes the places of its groups, as many as at has room for.
func (p *Pattern) find(s string, pos int, at []int) bool {
	if !p.mayHold(s, pos) {
		return false
	}
	m := machine{p: p, s: s, at: at, left: stepsEach*(len(s)-pos) + stepsMore}
	found, ok := m.run(pos)
	if ok {
		return found
	}
	return p.findSlowly(s, pos, at)
}

// findSlowly asks package regexp. It cannot begin in the middle of a text, so that matches before pos are passed over.
func (p *Pattern) findSlowly(s string, pos int, at []int) bool {
	if pos == 0 {
		got := p.slow().FindStringSubmatchIndex(s)
		copy(at, got)
		return got != nil
	}
	for _, got := range p.slow().FindAllStringSubmatchIndex(s, -1) {
		if got[0] >= pos {
			copy(at, got)
			return true
		}
	}
	return false
}

// job is a place to go back to: an instruction and a place in the text, or the earlier value of a register.
type job struct {
	pc  int32 // -1-r for register r
	pos int32
}

// machine runs a pattern over one text.
type machine struct {
	p    *Pattern
	s    string
	at   []int
	left int // alternatives that may still be tried
}

// run tries one place after the other. ok is false where the bound was reached before the answer was known.
func (m *machine) run(pos int) (found, ok bool) {
	p, s := m.p, m.s
	var room [48]job
	if p.anchored {
		if pos > 0 {
			return false, true
		}
		return m.try(0, room[:0])
	}
	word := -1 // where the next of the words stands that a match needs
	for pos <= len(s) {
		if len(p.need.list) > 0 && pos > word {
			if word = p.need.next(s, pos); word < 0 {
				return false, true
			}
			if from := word - p.need.behind; p.need.behind >= 0 && from > pos {
				pos = from
				for pos < len(s) && !utf8.RuneStart(s[pos]) {
					pos++
				}
			}
		}
		r, w := decode(s, pos)
		if p.first == nil || w > 0 && p.first.has(r) {
			if found, ok := m.try(pos, room[:0]); found || !ok {
				return found, ok
			}
		}
		if w == 0 {
			break
		}
		pos += w
	}
	return false, true
}

// try matches at one place. stack is an empty list to work with.
func (m *machine) try(start int, stack []job) (found, ok bool) {
	s, code := m.s, m.p.code
	for i := range m.at {
		m.at[i] = -1
	}
	pc, pos := int32(m.p.start), start
	for {
		i := &code[pc]
		failed := false
		switch i.op {
		case opMatch:
			m.at[0], m.at[1] = start, pos
			return true, true
		case opAlt:
			if m.left--; m.left < 0 {
				return false, false
			}
			pc = i.out
			r, w := decode(s, pos)
			switch {
			case i.begins != nil && (w == 0 || !i.begins.has(r)):
				pc = i.other
			case i.otherwise == nil || w > 0 && i.otherwise.has(r):
				stack = append(stack, job{i.other, int32(pos)})
			}
			continue
		case opCap:
			if k := int(i.arg); k > 1 && k < len(m.at) {
				stack = append(stack, job{int32(-1 - k), int32(m.at[k])})
				m.at[k] = pos
			}
		case opEmpty:
			failed = i.arg != 0 && !holds(syntax.EmptyOp(i.arg), s, pos)
		case opWord:
			if n := len(i.word); len(s)-pos >= n && s[pos:pos+n] == i.word {
				pos += n
			} else {
				failed = true
			}
		case opAny, opLine:
			r, w := decode(s, pos)
			failed = w == 0 || r == '\n' && i.op == opLine
			pos += w
		case opClass:
			r, w := decode(s, pos)
			failed = w == 0 || !i.class.has(r)
			pos += w
		default:
			failed = true
		}
		if !failed {
			pc = i.out
			continue
		}
		for pc = -1; pc < 0; {
			n := len(stack) - 1
			if n < 0 {
				return false, true
			}
			j := stack[n]
			stack = stack[:n]
			if j.pc >= 0 {
				pc, pos = j.pc, int(j.pos)
			} else {
				m.at[-1-j.pc] = int(j.pos)
			}
		}
	}
}

// holds reports whether a place in the text is what an expression wants it to be.
func holds(want syntax.EmptyOp, s string, pos int) bool {
	before, after := rune(-1), rune(-1)
	if pos > 0 {
		before, _ = utf8.DecodeLastRuneInString(s[:pos])
	}
	if pos < len(s) {
		after, _ = utf8.DecodeRuneInString(s[pos:])
	}
	return want&^syntax.EmptyOpContext(before, after) == 0
}
