package pattern

import (
	"regexp/syntax"
	"unicode/utf8"
)

// op is what an instruction does.
type op uint8

const (
	opFail  op = iota
	opMatch    // the expression matched
	opAlt      // try out, then other
	opCap      // note the place in register arg
	opEmpty    // a condition on the place: arg is a syntax.EmptyOp
	opWord     // the characters of word
	opAny      // any character
	opLine     // any character but a line end
	opClass    // a character of class
)

// inst is one instruction. out is the next one.
type inst struct {
	op         op
	out, other int32
	arg        int32
	word       string
	class      *class
	// begins and otherwise hold the characters that a match from out and from other can begin with, nil where it can be empty.
	begins, otherwise *runes
}

// class is a set of characters: ASCII by bits, the others by ranges in order.
type class struct {
	ascii  [2]uint64
	ranges []rune
}

func newClass(ranges []rune) *class {
	c := &class{}
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= min(ranges[i+1], utf8.RuneSelf-1); r++ {
			c.ascii[r>>6] |= 1 << (r & 63)
		}
		if ranges[i+1] >= utf8.RuneSelf {
			c.ranges = append(c.ranges, max(ranges[i], utf8.RuneSelf), ranges[i+1])
		}
	}
	return c
}

// has reports whether a character is in the class.
func (c *class) has(r rune) bool {
	if r < utf8.RuneSelf {
		return c.ascii[r>>6]&(1<<(r&63)) != 0
	}
	list := c.ranges
	for len(list) > 8 {
		half := len(list) / 4 * 2
		if r < list[half] {
			list = list[:half]
		} else {
			list = list[half:]
		}
	}
	for i := 0; i < len(list); i += 2 {
		if r < list[i] {
			return false
		}
		if r <= list[i+1] {
			return true
		}
	}
	return false
}

// runes is a set of characters that may hold more than it should: a quick test before the slow one.
type runes [8]uint64

func bit(r rune) (int, uint64) {
	h := uint32(r) ^ uint32(r)>>9
	return int(h >> 6 & 7), 1 << (h & 63)
}

func (s *runes) has(r rune) bool {
	i, b := bit(r)
	return s[i]&b != 0
}

func (s *runes) add(from, to rune) {
	if to-from >= 512 {
		*s = runes{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
		return
	}
	for r := from; r <= to; r++ {
		i, b := bit(r)
		s[i] |= b
	}
}

// assembler turns a program of package syntax into instructions.
type assembler struct {
	prog *syntax.Prog
	code []inst
	sets map[runes]*runes
}

// assemble also returns the characters that a match can begin with, nil where it can be empty.
func assemble(prog *syntax.Prog) ([]inst, *runes) {
	a := &assembler{prog: prog, code: make([]inst, len(prog.Inst)), sets: make(map[runes]*runes)}
	entered := a.entries()
	for pc := range prog.Inst {
		a.code[pc] = a.inst(pc, entered)
	}
	for pc := range a.code {
		if i := &a.code[pc]; i.op == opAlt {
			i.begins, i.otherwise = a.firsts(int(i.out)), a.firsts(int(i.other))
		}
	}
	return a.code, a.firsts(prog.Start)
}

// entries counts from how many places each instruction is reached.
func (a *assembler) entries() []int {
	n := make([]int, len(a.prog.Inst))
	n[a.prog.Start]++
	for i := range a.prog.Inst {
		switch in := &a.prog.Inst[i]; in.Op {
		case syntax.InstMatch, syntax.InstFail:
		case syntax.InstAlt, syntax.InstAltMatch:
			n[in.Out]++
			n[in.Arg]++
		default:
			n[in.Out]++
		}
	}
	return n
}

func (a *assembler) inst(pc int, entered []int) inst {
	in := &a.prog.Inst[pc]
	i := inst{out: a.skip(in.Out)}
	switch in.Op {
	case syntax.InstMatch:
		i.op = opMatch
	case syntax.InstAlt, syntax.InstAltMatch:
		i.op, i.other = opAlt, a.skip(in.Arg)
	case syntax.InstCapture:
		i.op, i.arg = opCap, int32(in.Arg)
	case syntax.InstEmptyWidth:
		i.op, i.arg = opEmpty, int32(in.Arg)
	case syntax.InstNop:
		i.op, i.arg = opEmpty, 0
	case syntax.InstRune1:
		i.op, i.word = opWord, string(in.Rune[0])
		for next := i.out; a.prog.Inst[next].Op == syntax.InstRune1 && entered[next] == 1; next = i.out {
			i.word += string(a.prog.Inst[next].Rune[0])
			i.out = a.skip(a.prog.Inst[next].Out)
		}
	case syntax.InstRuneAny:
		i.op = opAny
	case syntax.InstRuneAnyNotNL:
		i.op = opLine
	case syntax.InstRune:
		if len(in.Rune) == 1 { // one letter without regard to case
			panic("pattern: case folding in an expression")
		}
		i.op, i.class = opClass, newClass(in.Rune)
	}
	return i
}

// skip returns the first instruction from pc that does anything.
func (a *assembler) skip(pc uint32) int32 {
	for a.prog.Inst[pc].Op == syntax.InstNop {
		pc = a.prog.Inst[pc].Out
	}
	return int32(pc)
}

// firsts returns the characters that a match from pc can begin with, nil where it can be empty.
func (a *assembler) firsts(pc int) *runes {
	var set runes
	seen := make(map[int]bool)
	if !a.collect(pc, &set, seen) {
		return nil
	}
	if known := a.sets[set]; known != nil {
		return known
	}
	a.sets[set] = &set
	return &set
}

func (a *assembler) collect(pc int, set *runes, seen map[int]bool) bool {
	if seen[pc] {
		return true
	}
	seen[pc] = true
	in := &a.prog.Inst[pc]
	switch in.Op {
	case syntax.InstMatch:
		return false
	case syntax.InstAlt, syntax.InstAltMatch:
		return a.collect(int(in.Out), set, seen) && a.collect(int(in.Arg), set, seen)
	case syntax.InstRune1:
		set.add(in.Rune[0], in.Rune[0])
	case syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		set.add(0, utf8.MaxRune)
	case syntax.InstRune:
		for i := 0; i+1 < len(in.Rune); i += 2 {
			set.add(in.Rune[i], in.Rune[i+1])
		}
	case syntax.InstFail:
	default:
		return a.collect(int(in.Out), set, seen)
	}
	return true
}
