package parse

import (
	"strings"

	"tongjian/corpus"
)

// node is one item of the outline: a line that opens it and everything up to the next item of its level or above.
type node struct {
	line, end int // its lines are lines[line:end]
	parent    int // index of its parent, -1 at the top
	depth     int
	level     uint64 // the kinds of numbers from the top down to this one; nodes of one level are siblings by design
	kind      markKind
	children  []int

	head       corpus.Span // its heading, without number
	strong     bool        // it calls itself a problem: 针对…问题, 问题1：
	labelled   bool        // a label of a finding stands directly below: 整改情况：
	weak       bool        // its heading says that something is wrong
	action     bool        // its heading says that something was done
	area       bool        // its heading names an area: 在…方面
	answered   bool        // measures are enumerated on its own line or directly below: 一是…二是…
	posed      bool        // it begins as problems that are answered do: 对于…
	afterLabel bool        // it stands below a label of its parent, so it is part of an account
	role       role
}

// open is a list that can go on: the kind of its numbers, the last of them, and the item it belongs to.
type open struct {
	kind     markKind
	last     int
	node     int
	level    int  // the heading level of the format, 0 for none
	labelled bool // a label stood directly in the item
	next     bool // a label stood directly below the item's heading
}

// outliner builds the outline line by line.
type outliner struct {
	t     *text
	nodes []node
	stack []open
	// nextSame says for each line with a number which number of the same kind comes next in the text, 0 for none.
	nextSame []int
	// last is the last number of each kind in the text: numbers may run on from one list to the next.
	last [markKinds]int
	// under says for each line whether a label of a finding follows it directly.
	under []bool
}

// maxDepth bounds the outline; what lies deeper is read as siblings. Real documents have at most six levels.
const maxDepth = 12

// newOutline reads the outline of a text: which items open inside which, inferred from the order in which kinds of
// numbers open in this document.
func newOutline(t *text) []node {
	o := &outliner{t: t, nextSame: make([]int, len(t.lines)), under: make([]bool, len(t.lines)), nodes: make([]node, 0, t.marks())}
	o.lookAhead()
	for i := range t.lines {
		l := &t.lines[i]
		switch {
		case l.cell || l.tail:
			o.closeAll(i)
		case l.label != noLabel && l.mark.kind == noMark:
			o.noteLabel()
		case l.mark.kind != noMark:
			o.place(i, l.mark)
		}
	}
	o.closeAll(len(t.lines))
	return o.nodes
}

// marks counts the lines that begin with a number.
func (t *text) marks() int {
	n := 0
	for i := range t.lines {
		n += count(t.lines[i].mark.kind != noMark)
	}
	return n
}

// lookAhead fills nextSame and under in one pass from the end.
func (o *outliner) lookAhead() {
	var next [markKinds]int
	for i := len(o.t.lines) - 1; i >= 0; i-- {
		l := &o.t.lines[i]
		if i+1 < len(o.t.lines) {
			n := &o.t.lines[i+1]
			o.under[i] = n.label.ofFinding() && n.mark.kind == noMark && !n.cell
		}
		if l.mark.kind != noMark {
			o.nextSame[i] = next[l.mark.kind]
			next[l.mark.kind] = l.mark.number
		}
	}
}

// noteLabel marks the innermost item that is no enumerated action: the label is its own.
func (o *outliner) noteLabel() {
	for i := len(o.stack) - 1; i >= 0; i-- {
		if !o.stack[i].kind.enumerates() {
			o.stack[i].labelled = true
			return
		}
	}
}

// place adds the item that line i opens.
func (o *outliner) place(i int, m mark) {
	at := o.sameList(i, m)
	if m.doubtful && m.number != o.last[m.kind]+1 && (at < 0 || m.number != o.stack[at].last+1) {
		o.t.lines[i].mark = mark{}
		o.t.lines[i].body = o.t.lines[i].span.Start
		return
	}
	o.last[m.kind] = m.number
	if at < 0 {
		at = o.newList(m)
	}
	o.closeFrom(at, i)
	n := node{line: i, end: len(o.t.lines), parent: -1, kind: m.kind, depth: len(o.stack)}
	if len(o.stack) > 0 {
		top := &o.stack[len(o.stack)-1]
		n.parent = top.node
		n.level = o.nodes[top.node].level
		n.afterLabel = top.labelled || o.nodes[top.node].afterLabel
	}
	n.level = n.level<<4 | uint64(m.kind)
	id := len(o.nodes)
	if n.parent >= 0 {
		o.nodes[n.parent].children = append(o.nodes[n.parent].children, id)
	}
	o.nodes = append(o.nodes, n)
	o.stack = append(o.stack, open{kind: m.kind, last: m.number, node: id, level: o.t.lines[i].level, next: o.under[i]})
}

// sameList returns the place in the stack of the list that a number goes on with, -1 where it opens a new one.
func (o *outliner) sameList(i int, m mark) int {
	if m.kind == heading {
		return o.sameHeading(m)
	}
	fallback, match := -1, -1
	for at := len(o.stack) - 1; at >= 0; at-- {
		s := &o.stack[at]
		if s.kind != m.kind {
			continue
		}
		if m.number == s.last+1 {
			if s.next == o.under[i] {
				return at
			}
			if match < 0 {
				match = at
			}
		}
		if fallback < 0 {
			fallback = at
		}
	}
	if match >= 0 {
		return match
	}
	top := len(o.stack) - 1
	if fallback == top && top >= 0 && m.number == 1 && o.stack[top].labelled && len(o.stack) < maxDepth && !o.under[i] {
		return -1
	}
	return fallback
}

// sameHeading returns the place of the outermost open heading that is of the same level or a deeper one.
func (o *outliner) sameHeading(m mark) int {
	for at := range o.stack {
		if o.stack[at].kind == heading && o.stack[at].last >= m.number {
			return at
		}
	}
	return -1
}

// newList returns the place in the stack at which a list of a new kind opens. 一、 opens at the top; other kinds open
// inside what is open, unless the list above is of a deeper kind by convention and has come to its end.
func (o *outliner) newList(m mark) int {
	if m.kind == chapter || len(o.stack) >= maxDepth {
		return 0
	}
	at := len(o.stack)
	if m.kind == heading && m.number == aspectLevel {
		for at > 0 && o.stack[at-1].kind != chapter && (o.stack[at-1].kind != heading || o.stack[at-1].last >= aspectLevel) {
			at--
		}
		return at
	}
	if m.kind == heading {
		for at > 0 && (o.stack[at-1].level == 0 || o.stack[at-1].level >= m.number) {
			at--
		}
		return at
	}
	for at > 0 && !m.kind.enumerates() {
		top := &o.stack[at-1]
		if top.kind <= m.kind && !top.kind.enumerates() || o.nextSame[o.nodes[top.node].line] == top.last+1 {
			break
		}
		at--
	}
	return at
}

func (o *outliner) closeFrom(at, line int) {
	for _, s := range o.stack[at:] {
		o.nodes[s.node].end = line
	}
	o.stack = o.stack[:at]
}

func (o *outliner) closeAll(line int) { o.closeFrom(0, line) }

// describe fills in what the heading of each node says about it.
func describe(t *text, nodes []node) {
	for i := range nodes {
		n := &nodes[i]
		l := &t.lines[n.line]
		n.head = headOf(t.all, l.bodyOf())
		head := t.of(n.head)
		n.area = isArea(head)
		w, wrapped := t.wrapperOf(l)
		if wrapped {
			n.head = trimStatement(t.all, w.outer)
			n.area = isArea(t.of(n.head)) && !saysWrong(t.of(w.inner))
		}
		n.strong = (wrapped || l.mark.problem) && !n.area
		n.weak = saysWrong(t.of(n.head))
		n.action = isAction(t.of(n.head))
		n.answered = t.answers(n, nodes)
		n.posed = n.answered && strings.HasPrefix(head, "对于") && headMarks.index(head) < 0
		at := n.line + 1
		for at < n.end && t.lines[at].label == otherLabel && t.lines[at].mark.kind == noMark && !t.lines[at].cell {
			at++
		}
		if at < n.end {
			next := &t.lines[at]
			n.labelled = next.label.ofFinding() && next.mark.kind == noMark && !next.cell
		}
		if !n.labelled {
			found, _, _ := findLabel(t.all, l.body, l.span.End)
			n.labelled = found != noLabel
		}
	}
	settleLabels(nodes)
}

// answers reports whether measures are enumerated on the line of a node, or as the items right below it.
func (t *text) answers(n *node, nodes []node) bool {
	if n.kind.enumerates() {
		return false
	}
	if len(n.children) > 0 && nodes[n.children[0]].kind.enumerates() {
		return true
	}
	rest := t.all[n.head.End:t.lines[n.line].span.End]
	return strings.Contains(rest, "一是") || strings.Contains(rest, "①")
}

// settleLabels gives a label that stands below the last of a problem's numbered measures to the problem: 一、关于甲的问题, 1. …, 2. …,
// 整改结果：. A level whose items have labels of their own keeps them.
func settleLabels(nodes []node) {
	closing, own := make(map[uint64]int), make(map[uint64]int)
	trailing := func(n *node) (labels int, last bool) {
		for _, c := range n.children {
			labels += count(nodes[c].labelled)
		}
		return labels, len(n.children) > 0 && nodes[n.children[len(n.children)-1]].labelled
	}
	for i := range nodes {
		n := &nodes[i]
		if !n.strong || n.labelled || len(n.children) == 0 {
			continue
		}
		level := nodes[n.children[0]].level
		switch labels, last := trailing(n); {
		case labels > 1:
			own[level]++
		case labels == 1 && last && len(n.children) > 1 && !nodes[n.children[len(n.children)-1]].strong:
			closing[level]++
		}
	}
	for i := range nodes {
		n := &nodes[i]
		if !n.strong || n.labelled || len(n.children) == 0 {
			continue
		}
		level := nodes[n.children[0]].level
		if labels, last := trailing(n); labels == 1 && last && closing[level] > 0 && own[level] == 0 {
			nodes[n.children[len(n.children)-1]].labelled = false
			n.labelled = true
		}
	}
}

// headOf returns the heading at the beginning of a body: its first sentence, without the mark that ends it.
func headOf(all string, body corpus.Span) corpus.Span {
	return trimStatement(all, corpus.Span{Start: body.Start, End: sentenceEnd(all, body.Start, body.End)})
}

// maxQuoted bounds how far a sentence is followed through an open quote or bracket, in bytes.
const maxQuoted = 1200

// sentenceSigns end sentences, or open and close what holds them together.
var sentenceSigns = newRuneSet("“《「‘（(”》」’）)。！？!?")

// sentenceEnd returns where the sentence that begins at `at` ends, its closing mark included. Marks inside quotes and
// book titles end no sentence, unless the quote is never closed.
func sentenceEnd(all string, at, end int) int {
	first := -1
	depth := 0
	for i, w := 0, 0; at+i < end; i += w {
		var r rune
		if r, w = decodeRune(all[at+i : end]); !sentenceSigns.has(r) && first < 0 {
			continue
		}
		switch r {
		case '“', '《', '「', '‘', '（', '(':
			depth++
		case '”', '》', '」', '’', '）', ')':
			depth = max(0, depth-1)
		case '。', '！', '？', '!', '?':
			stop := at + i + w
			if first < 0 {
				first = stop
			}
			if depth == 0 {
				return stop
			}
		}
		if first >= 0 && at+i-first > maxQuoted {
			return first
		}
	}
	if depth > 0 && first >= 0 {
		return first
	}
	return end
}

// clauseMarks end clauses.
var clauseMarks = newRuneSet("，,。；;：:！？")

// clauseEnd returns where the first clause of all[at:end] ends, without its closing mark. A comma between digits ends
// none.
func clauseEnd(all string, at, end int) int {
	for i := at; i < end; {
		j := clauseMarks.index(all[i:end])
		if j < 0 {
			return end
		}
		i += j
		if all[i] != ',' || i == at || i+1 >= end || !isDigit(all[i-1]) || !isDigit(all[i+1]) {
			return i
		}
		i++
	}
	return end
}
