package pdf

import (
	"bytes"
	"math"
)

// state is the part of the graphics state that says where text goes.
type state struct {
	ctm               matrix
	font              *font
	size, rise, scale float64
	character, word   float64 // spacing
	leading           float64
	lineWidth         float64
}

// painter runs the contents of a page.
type painter struct {
	f      *File
	page   Page
	turned [4][]Glyph // by direction of writing, in quarter turns
	marks  []bool     // open marked contents; true for what repeats on every page
	skip   int        // how many of marks are true
	forms  int        // forms drawn, against pages that draw themselves
}

// The most forms of one page and how deep they may draw one another.
const (
	maxForms     = 2000
	maxFormDepth = 12
)

// content is one stream of drawing operators.
type content struct {
	*painter
	state
	stack     []state
	resources dict
	tm, line  matrix
	depth     int
	x, y      float64 // the current point of a path
	path      []Rule
}

func (p *painter) run(data []byte, resources dict, m matrix, depth int) {
	c := &content{painter: p, resources: resources, tm: identity, line: identity, depth: depth}
	c.ctm, c.scale = m, 1
	l := &lexer{data: data}
	var operands []any
	for !p.f.step() {
		v, ok := l.next(0)
		if !ok {
			return
		}
		op, is := v.(operator)
		if !is {
			if operands = append(operands, v); len(operands) > 64 {
				operands = operands[1:]
			}
			continue
		}
		if op == "BI" {
			skipImage(l)
			p.page.Images++
		} else {
			c.do(string(op), operands)
		}
		operands = operands[:0]
	}
}

// skipImage goes behind an image in the stream: to EI between blanks, followed by what looks like operators.
func skipImage(l *lexer) {
	for {
		i := bytes.Index(l.data[l.at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.data)
			return
		}
		before, after := l.at+i-1, l.at+i+2
		l.at = after
		if before >= 0 && isSpace(l.data[before]) && (after >= len(l.data) || isSpace(l.data[after])) {
			plain := true
			for _, b := range l.data[after:min(after+12, len(l.data))] {
				plain = plain && (b >= ' ' && b < 0x7F || isSpace(b) && b != 0)
			}
			if plain {
				return
			}
		}
	}
}

func num(operands []any, i int) float64 {
	if i < len(operands) {
		n, _ := operands[i].(float64)
		return n
	}
	return 0
}

// do carries out one operator.
func (c *content) do(op string, v []any) {
	switch op {
	case "q":
		if len(c.stack) < 512 {
			c.stack = append(c.stack, c.state)
		}
	case "Q":
		if n := len(c.stack); n > 0 {
			c.state, c.stack = c.stack[n-1], c.stack[:n-1]
		}
	case "cm":
		c.ctm = numbers(v).times(c.ctm)
	case "w":
		c.lineWidth = num(v, 0)
	case "Do":
		if len(v) > 0 {
			c.draw(v[0])
		}
	case "BMC", "BDC":
		repeats := false
		if len(v) > 0 && v[0] == name("Artifact") && len(v) > 1 {
			d := c.property(v[1])
			repeats = c.f.name(d["Type"]) == "Pagination"
		}
		if len(c.marks) < 4096 {
			c.marks = append(c.marks, repeats)
			if repeats {
				c.skip++
			}
		}
	case "EMC":
		if n := len(c.marks); n > 0 {
			if c.marks[n-1] {
				c.skip--
			}
			c.marks = c.marks[:n-1]
		}
	case "gs":
		if len(v) > 0 {
			key, _ := v[0].(name)
			gs := c.f.dict(c.f.dict(c.resources["ExtGState"])[key])
			if list := c.f.list(gs["Font"]); len(list) == 2 {
				c.font, c.size = c.f.font(list[0]), c.f.number(list[1], 0)
			}
		}
	default:
		if !c.text(op, v) {
			c.ruling(op, v)
		}
	}
}

func numbers(v []any) matrix {
	var m matrix
	for i := range m {
		m[i] = num(v, i)
	}
	return m
}

func (c *content) property(v any) dict {
	if n, ok := v.(name); ok {
		return c.f.dict(c.f.dict(c.resources["Properties"])[n])
	}
	return c.f.dict(v)
}

// draw draws a form; images are counted.
func (c *content) draw(v any) {
	key, _ := v.(name)
	s, ok := c.f.resolve(c.f.dict(c.resources["XObject"])[key]).(*stream)
	if !ok {
		return
	}
	switch c.f.name(s.dict["Subtype"]) {
	case "Image":
		c.page.Images++
	case "Form":
		if c.forms++; c.forms > maxForms || c.depth >= maxFormDepth {
			return
		}
		data, known, err := c.f.decode(s)
		if !known || err != nil {
			return
		}
		resources := c.f.dict(s.dict["Resources"])
		if resources == nil {
			resources = c.resources
		}
		c.run(data, resources, c.f.matrix(s.dict["Matrix"]).times(c.ctm), c.depth+1)
	}
}

// text carries out the operators of text; it reports whether op is one.
func (c *content) text(op string, v []any) bool {
	switch op {
	case "BT":
		c.tm, c.line = identity, identity
	case "ET":
	case "Tf":
		if len(v) > 1 {
			key, _ := v[0].(name)
			c.font, c.size = nil, num(v, 1)
			if res := c.f.dict(c.resources["Font"])[key]; res != nil {
				c.font = c.f.font(res)
			}
		}
	case "Tc":
		c.character = num(v, 0)
	case "Tw":
		c.word = num(v, 0)
	case "Tz":
		c.scale = num(v, 0) / 100
	case "TL":
		c.leading = num(v, 0)
	case "Ts":
		c.rise = num(v, 0)
	case "Td":
		c.move(num(v, 0), num(v, 1))
	case "TD":
		c.leading = -num(v, 1)
		c.move(num(v, 0), num(v, 1))
	case "Tm":
		c.line = numbers(v)
		c.tm = c.line
	case "T*":
		c.move(0, -c.leading)
	case "Tj":
		c.show(v)
	case "'":
		c.move(0, -c.leading)
		c.show(v)
	case "\"":
		c.word, c.character = num(v, 0), num(v, 1)
		c.move(0, -c.leading)
		c.show(v[min(2, len(v)):])
	case "TJ":
		if len(v) > 0 {
			list, _ := v[0].(array)
			c.show(list)
		}
	default:
		return false
	}
	return true
}

func (c *content) move(x, y float64) {
	c.line = matrix{1, 0, 0, 1, x, y}.times(c.line)
	c.tm = c.line
}

// show draws strings; numbers between them move the pen.
func (c *content) show(v []any) {
	if c.font == nil {
		return
	}
	for _, v := range v {
		switch v := v.(type) {
		case float64:
			c.advance(-v / 1000 * c.size * c.scale)
		case text:
			c.font.glyphsOf(string(v), c.glyph)
		}
	}
}

func (c *content) advance(x float64) { c.tm = matrix{1, 0, 0, 1, x, 0}.times(c.tm) }

func (c *content) glyph(g glyph) {
	if c.f.step() {
		return
	}
	wide := g.width * c.size
	if g.text != "" && c.skip == 0 {
		c.place(g.text, wide*c.scale)
	}
	wide += c.character
	if g.space {
		wide += c.word
	}
	c.advance(wide * c.scale)
}

// place puts a character on the page, with those of its direction of writing; what is set aslant is a watermark.
func (c *content) place(s string, wide float64) {
	m := c.tm.times(c.ctm)
	x, y := m.apply(0, c.rise)
	right := math.Hypot(m[0], m[1])
	if right == 0 || math.IsNaN(x+y+right) || math.IsInf(x+y+right, 0) {
		return
	}
	turn := math.Atan2(m[1], m[0]) / (math.Pi / 2)
	quarter := math.Round(turn)
	if math.Abs(turn-quarter) > 0.05 {
		return
	}
	g := Glyph{Text: s, Size: c.size * math.Hypot(m[2], m[3])}
	q := (int(quarter) + 4) % 4
	switch q {
	case 0:
		g.X, g.Y = x, y
	case 1:
		g.X, g.Y = y, c.page.Width-x
	case 2:
		g.X, g.Y = c.page.Width-x, c.page.Height-y
	case 3:
		g.X, g.Y = c.page.Height-y, x
	}
	g.Size = math.Abs(g.Size)
	g.End = g.X + wide*right
	c.turned[q] = append(c.turned[q], g)
}

// upright takes the direction of writing that most of the page has.
func (p *painter) upright() {
	best := 0
	for q, list := range p.turned {
		if len(list) > len(p.turned[best]) {
			best = q
		}
	}
	p.page.Glyphs = p.turned[best]
	if best%2 == 1 {
		p.page.Width, p.page.Height = p.page.Height, p.page.Width
	}
	if best != 0 {
		p.page.Rules = nil
	}
}

// maxRules bounds the lines that are kept of one page.
const maxRules = 20_000

// ruling collects the lines of tables: straight strokes and thin filled rectangles.
func (c *content) ruling(op string, v []any) {
	switch op {
	case "m":
		c.x, c.y = num(v, 0), num(v, 1)
	case "l":
		x, y := num(v, 0), num(v, 1)
		c.add(c.x, c.y, x, y)
		c.x, c.y = x, y
	case "re":
		x, y, w, h := num(v, 0), num(v, 1), num(v, 2), num(v, 3)
		c.add(x, y, x+w, y)
		c.add(x, y+h, x+w, y+h)
		c.add(x, y, x, y+h)
		c.add(x+w, y, x+w, y+h)
	case "S", "s", "f", "F", "f*", "B", "B*", "b", "b*":
		if c.skip == 0 && len(c.page.Rules) < maxRules {
			c.page.Rules = append(c.page.Rules, c.path...)
		}
		c.path = c.path[:0]
	case "n":
		c.path = c.path[:0]
	}
}

func (c *content) add(x1, y1, x2, y2 float64) {
	x1, y1 = c.ctm.apply(x1, y1)
	x2, y2 = c.ctm.apply(x2, y2)
	level, upright := math.Abs(y1-y2) < 1.5, math.Abs(x1-x2) < 1.5
	if level == upright || len(c.path) >= maxRules {
		return
	}
	c.path = append(c.path, Rule{math.Min(x1, x2), math.Min(y1, y2), math.Max(x1, x2), math.Max(y1, y2)})
}
