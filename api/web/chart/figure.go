package chart

import (
	"fmt"
	"strings"
)

// Figure is a chart laid out: its size in pixels and what stands where. Alt says in words what the chart shows; it is
// the text alternative.
type Figure struct {
	Width, Height int
	Alt           string
	Marks         []Mark
}

// Mark is one thing that a reader can point at: boxes, lines, dots, words, or several of them, drawn in this order. With an
// Href it is a link; Title is what pointing at it says.
type Mark struct {
	Href   string
	Title  string
	Boxes  []Box
	Paths  []Path
	Dots   []Dot
	Labels []Label
}

// Box is a filled rectangle. Class gives it its colour.
type Box struct {
	X, Y, W, H int
	Class      string
}

// Point is a place in a figure.
type Point struct{ X, Y int }

// Path is a line through points, or with Closed the area within them. Class gives it its colour.
type Path struct {
	Points []Point
	Closed bool
	Class  string
}

// D returns the path in the notation of SVG.
func (p Path) D() string {
	var b strings.Builder
	for i, at := range p.Points {
		command := "L"
		if i == 0 {
			command = "M"
		}
		fmt.Fprintf(&b, "%s%d %d", command, at.X, at.Y)
	}
	if p.Closed {
		b.WriteString("Z")
	}
	return b.String()
}

// Dot is a circle of radius R around a place. Class gives it its colour.
type Dot struct {
	X, Y, R int
	Class   string
}

// Anchor says which point of a label X names.
type Anchor string

// The anchors: the label begins at X, is centred on it, or ends there.
const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Label is one line of text. Y is its baseline. Class is "" for plain text, "note" for the small size, "row0" and "row1"
// for row names; it may name further classes for colour.
type Label struct {
	X, Y   int
	Anchor Anchor
	Text   string
	Class  string
	Size   int // height of the letters in pixels
}

// Bounds returns the box that the label takes up, by the widths of Width.
func (l Label) Bounds() Box {
	w := Width(l.Text, l.Size)
	x := l.X
	switch l.Anchor {
	case Middle:
		x -= w / 2
	case End:
		x -= w
	}
	return Box{X: x, Y: l.Y - l.Size*7/8, W: w, H: l.Size}
}

// Sizes of letters in charts.
const (
	textSize = 13
	noteSize = 12
)

// Width estimates how wide a line of text is at a size in pixels: Chinese and other wide characters take the whole size,
// digits and Latin letters rather more than half of it. It errs on the wide side.
func Width(s string, size int) int {
	tenths := 0
	for _, r := range s {
		switch {
		case r >= 0x2E80 || r == '“' || r == '”' || r == '…' || r == '—' || r == '▸' || r == '▾':
			tenths += 10
		case r == 'm' || r == 'w' || r == 'M' || r == 'W' || r == '%':
			tenths += 9
		default:
			tenths += 6
		}
	}
	return (tenths*size + 9) / 10
}

// Clip shortens a line of text to a width at a size, with an ellipsis where something is cut.
func Clip(s string, size, width int) string {
	if Width(s, size) <= width {
		return s
	}
	cut := ""
	for _, r := range s {
		if Width(cut+string(r)+"…", size) > width {
			break
		}
		cut += string(r)
	}
	return cut + "…"
}
