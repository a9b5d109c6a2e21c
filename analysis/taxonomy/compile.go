package taxonomy

import "fmt"

// role says what a pattern is to its rule.
type role uint8

const (
	asTerm role = iota
	asUnless
	asRequires
)

// pattern is a compiled expression: it belongs to one rule, and its parts must follow each other.
type pattern struct {
	rule  int32
	role  role
	parts uint8
	wide  [maxParts]bool
}

// output says that a literal is one part of a pattern.
type output struct {
	pattern int32
	part    uint8
}

// node is a state of the automaton. Its edges are sorted by class; most nodes have one.
type node struct {
	classes []uint16
	targets []int32
	outputs []output
}

// program is all rules compiled: a trie over the folded literals of all patterns. Texts are matched by walking it from
// every character; walks are short because few words of a text begin a literal.
type program struct {
	rules    []rule
	patterns []pattern
	nodes    []node
	first    []int32         // node after the root by class, 0 where there is none
	low      [128]uint16     // class of an ASCII character
	han      []uint16        // class of a character from hanFirst on
	other    map[rune]uint16 // class of any other character
	classes  map[rune]uint16
}

const (
	hanFirst = 0x4E00
	hanLast  = 0x9FFF
)

func (p *program) class(r rune) uint16 {
	switch {
	case r >= hanFirst && r <= hanLast:
		return p.han[r-hanFirst]
	case r < 128:
		return p.low[r]
	}
	return p.other[r]
}

func compile(rules []rule) (*program, error) {
	p := &program{rules: rules, nodes: make([]node, 1), classes: map[rune]uint16{},
		han: make([]uint16, hanLast-hanFirst+1), other: map[rune]uint16{}}
	for i, r := range rules {
		for _, set := range []struct {
			role role
			list []expression
		}{{asTerm, r.terms}, {asUnless, r.unless}, {asRequires, r.requires}} {
			for _, e := range set.list {
				if err := p.addPattern(int32(i), set.role, e); err != nil {
					return nil, err
				}
			}
		}
	}
	p.first = make([]int32, len(p.classes)+1)
	for i, c := range p.nodes[0].classes {
		p.first[c] = p.nodes[0].targets[i]
	}
	return p, nil
}

func (p *program) addPattern(rule int32, role role, e expression) error {
	parts, err := parsePattern(e)
	if err != nil {
		return err
	}
	pat := pattern{rule: rule, role: role, parts: uint8(len(parts))}
	for i, part := range parts {
		pat.wide[i] = part.wide
		for _, literal := range part.literals {
			if err := p.addLiteral(literal, output{pattern: int32(len(p.patterns)), part: uint8(i)}); err != nil {
				return invalid(e.file, e.line, fmt.Sprintf("%q %s", e.text, err), nil)
			}
		}
	}
	p.patterns = append(p.patterns, pat)
	return nil
}

func (p *program) addLiteral(literal string, out output) error {
	at := int32(0)
	for _, r := range literal {
		if clauseEnd(r) {
			return fmt.Errorf("含有标点，跨句用“……”")
		}
		at = p.step(at, p.newClass(r))
	}
	for _, o := range p.nodes[at].outputs {
		if o == out {
			return nil
		}
	}
	p.nodes[at].outputs = append(p.nodes[at].outputs, out)
	return nil
}

// newClass returns the class of a character, giving it the next number when it is new.
func (p *program) newClass(r rune) uint16 {
	if c, ok := p.classes[r]; ok {
		return c
	}
	c := uint16(len(p.classes) + 1)
	p.classes[r] = c
	switch {
	case r >= hanFirst && r <= hanLast:
		p.han[r-hanFirst] = c
	case r < 128:
		p.low[r] = c
	default:
		p.other[r] = c
	}
	return c
}

// step returns the node behind an edge, adding it when there is none.
func (p *program) step(at int32, class uint16) int32 {
	n := &p.nodes[at]
	i := 0
	for i < len(n.classes) && n.classes[i] < class {
		i++
	}
	if i < len(n.classes) && n.classes[i] == class {
		return n.targets[i]
	}
	target := int32(len(p.nodes))
	n.classes = append(n.classes, 0)
	n.targets = append(n.targets, 0)
	copy(n.classes[i+1:], n.classes[i:])
	copy(n.targets[i+1:], n.targets[i:])
	n.classes[i], n.targets[i] = class, target
	p.nodes = append(p.nodes, node{})
	return target
}

// next follows an edge; 0 means there is none.
func (p *program) next(at int32, class uint16) int32 {
	n := &p.nodes[at]
	low, high := 0, len(n.classes)
	for low < high {
		mid := (low + high) / 2
		if n.classes[mid] < class {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(n.classes) && n.classes[low] == class {
		return n.targets[low]
	}
	return 0
}
