package chart

import "math"

// Line is what a line chart shows: one series over periods, in a panel that stands beside others of the same width and on
// the same scale.
type Line struct {
	Alt     string
	Scale   Scale
	Periods []string
	// Points has one point for each period.
	Points []LinePoint
}

// LinePoint is one point. One that is not Present is a gap in the line. A sparse one rests on too little: it is hollow
// and has no interval. Low and High bound the interval; without Banded there is none. Text stands beside the point where
// it is labelled.
type LinePoint struct {
	Present, Sparse, Banded bool
	Value, Low, High        float64
	Text                    string
	Href, Title             string
}

// Scale is a vertical scale from zero to Top. Ticks are its labelled values, the least first.
type Scale struct {
	Top   float64
	Ticks []Tick
}

// Tick is one labelled value of a scale.
type Tick struct {
	At   float64
	Text string
}

// maxTicks is the most steps that a scale has above zero.
const maxTicks = 4

// NewScale returns a scale that reaches a peak in one to maxTicks round steps of 1, 2 or 5 times a power of ten, none
// smaller than least. word writes a value.
func NewScale(peak, least float64, word func(float64) string) Scale {
	step := least
	for i := 0; step*maxTicks < peak*(1-1e-9); i++ {
		step *= []float64{2, 2.5, 2}[i%3]
	}
	n := max(1, int(math.Ceil(peak/step*(1-1e-9))))
	s := Scale{Top: step * float64(n)}
	for i := range n + 1 {
		at := step * float64(i)
		s.Ticks = append(s.Ticks, Tick{at, word(at)})
	}
	return s
}

// Geometry of a line chart, in pixels.
const (
	lineWidth  = 352 // a panel fits the narrowest phone
	lineTop    = 20  // room for the label of a point at the top
	lineHeight = 108
	lineRight  = 18 // half a year's name
	lineFoot   = 24
	dotRadius  = 4
	valueGap   = 8 // between a point and its label, and between labels
)

// Lined lays out a line chart. Every point is a mark as wide as its period and as high as the panel, so that a finger
// meets it. The first and the last point are labelled with their values where there is room.
func Lined(l Line) Figure {
	p := linePanel{Line: l, left: tickRoom(l.Scale), bottom: lineTop + lineHeight}
	p.width = lineWidth - p.left - lineRight
	p.grid()
	p.bands()
	p.lines()
	p.periods()
	p.points()
	p.values()
	return Figure{Width: lineWidth, Height: p.bottom + lineFoot, Alt: l.Alt, Marks: p.marks}
}

type linePanel struct {
	Line
	left, width, bottom int
	marks               []Mark
}

// tickRoom is the width that the labels of a scale take up.
func tickRoom(s Scale) int {
	widest := 24
	for _, t := range s.Ticks {
		widest = max(widest, Width(t.Text, noteSize))
	}
	return min(widest, lineWidth/3) + valueGap
}

// x is the middle of a period; y is the height of a value, never outside the panel.
func (p *linePanel) x(i int) int { return p.left + (2*i+1)*p.width/(2*max(1, len(p.Periods))) }

func (p *linePanel) y(value float64) int {
	if p.Scale.Top <= 0 {
		return p.bottom
	}
	return p.bottom - int(math.Round(min(max(value/p.Scale.Top, 0), 1)*lineHeight))
}

func (p *linePanel) grid() {
	for _, t := range p.Scale.Ticks {
		y := p.y(t.At)
		p.marks = append(p.marks, Mark{
			Boxes: []Box{{X: p.left, Y: y, W: p.width, H: 1, Class: "axis"}},
			Labels: []Label{{
				X: p.left - valueGap, Y: y + 4, Anchor: End, Text: Clip(t.Text, noteSize, p.left-valueGap), Class: "note", Size: noteSize,
			}},
		})
	}
}

// runs returns the stretches of neighbouring points for which a condition holds, as half-open ranges.
func (p *linePanel) runs(holds func(LinePoint) bool) [][2]int {
	var out [][2]int
	for i := 0; i < len(p.Points); i++ {
		from := i
		for i < len(p.Points) && holds(p.Points[i]) {
			i++
		}
		if i > from {
			out = append(out, [2]int{from, i})
		}
	}
	return out
}

// bands draws the intervals: an area over neighbouring periods, a bar over one that stands alone.
func (p *linePanel) bands() {
	for _, r := range p.runs(func(q LinePoint) bool { return q.Present && q.Banded && !q.Sparse }) {
		if r[1]-r[0] == 1 {
			q := p.Points[r[0]]
			y := p.y(q.High)
			p.marks = append(p.marks, Mark{Boxes: []Box{{X: p.x(r[0]) - 3, Y: y, W: 6, H: max(1, p.y(q.Low)-y), Class: "band"}}})
			continue
		}
		area := Path{Closed: true, Class: "band"}
		for i := r[0]; i < r[1]; i++ {
			area.Points = append(area.Points, Point{p.x(i), p.y(p.Points[i].High)})
		}
		for i := r[1] - 1; i >= r[0]; i-- {
			area.Points = append(area.Points, Point{p.x(i), p.y(p.Points[i].Low)})
		}
		p.marks = append(p.marks, Mark{Paths: []Path{area}})
	}
}

func (p *linePanel) lines() {
	for _, r := range p.runs(func(q LinePoint) bool { return q.Present }) {
		if r[1]-r[0] == 1 {
			continue
		}
		line := Path{Class: "line"}
		for i := r[0]; i < r[1]; i++ {
			line.Points = append(line.Points, Point{p.x(i), p.y(p.Points[i].Value)})
		}
		p.marks = append(p.marks, Mark{Paths: []Path{line}})
	}
}

// periods names the periods, the last one and as many before it as there is room for.
func (p *linePanel) periods() {
	widest := 0
	for _, name := range p.Periods {
		widest = max(widest, Width(name, noteSize))
	}
	n := len(p.Periods)
	room := p.width / max(1, n)
	every := 1
	for every < n && every*room < min(widest, 2*lineRight)+valueGap {
		every++
	}
	for i := n - 1; i >= 0; i -= every {
		p.marks = append(p.marks, Mark{Labels: []Label{{
			X: p.x(i), Y: p.bottom + 18, Anchor: Middle, Text: Clip(p.Periods[i], noteSize, 2*lineRight), Class: "note", Size: noteSize,
		}}})
	}
}

func (p *linePanel) points() {
	for i, q := range p.Points {
		if !q.Present {
			continue
		}
		class := "dot"
		if q.Sparse {
			class = "dot hollow"
		}
		from := p.left + i*p.width/len(p.Periods)
		to := p.left + (i+1)*p.width/len(p.Periods)
		p.marks = append(p.marks, Mark{
			Href: q.Href, Title: q.Title,
			Boxes: []Box{{X: from, Y: lineTop, W: to - from, H: lineHeight, Class: "reach"}},
			Dots:  []Dot{{X: p.x(i), Y: p.y(q.Value), R: dotRadius, Class: class}},
		})
	}
}

// values labels the last point and, where the two do not meet, the first.
func (p *linePanel) values() {
	first, last := -1, -1
	for i, q := range p.Points {
		if q.Present && q.Text != "" {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if last < 0 {
		return
	}
	end := p.value(last)
	p.marks = append(p.marks, Mark{Labels: []Label{end}})
	if begin := p.value(first); begin.Bounds().X+begin.Bounds().W+valueGap <= end.Bounds().X {
		p.marks = append(p.marks, Mark{Labels: []Label{begin}})
	}
}

// value is the label of a point, above it and within the panel.
func (p *linePanel) value(i int) Label {
	l := Label{
		Y: p.y(p.Points[i].Value) - valueGap, Anchor: Middle, Text: Clip(p.Points[i].Text, noteSize, p.width), Class: "value", Size: noteSize,
	}
	half := (Width(l.Text, noteSize) + 1) / 2
	l.X = max(p.left+half, min(p.x(i), lineWidth-half))
	return l
}
