package chart

// Spark is what a small column chart beside a line of text shows: one bar for each period, named at its ends only.
type Spark struct {
	Alt     string
	Periods []string
	Bars    []Bar // one for each period
}

// Geometry of a small chart, in pixels.
const (
	sparkStep  = 16
	sparkWidth = 12
	sparkMax   = 24
	sparkBase  = sparkMax + 4
)

// Sparked lays out a small column chart. Bars are in proportion from zero; a period in which there is something has a bar
// of 3 pixels at least, so that it can be pointed at.
func Sparked(s Spark) Figure {
	top := highest([]Series{{Bars: s.Bars}})
	ends := sparkEnds(s.Periods)
	width := len(s.Periods) * sparkStep
	for _, l := range ends {
		width = max(width, Width(l, noteSize)+2)
	}
	if len(ends) == 2 {
		width = max(width, Width(ends[0], noteSize)+Width(ends[1], noteSize)+labelGap)
	}
	marks := []Mark{{Boxes: []Box{{X: 0, Y: sparkBase, W: width, H: 1, Class: "axis"}}}}
	for i, b := range s.Bars {
		if !b.Present || b.Value == 0 {
			continue
		}
		h := max(3, b.Value*sparkMax/max(top, 1))
		x := sparkX(i, len(s.Periods), width)
		marks = append(marks, Mark{Href: b.Href, Title: b.Title, Boxes: []Box{{X: x, Y: sparkBase - h, W: sparkWidth, H: h, Class: "bar"}}})
	}
	for i, l := range ends {
		label := Label{X: 0, Y: sparkBase + 15, Anchor: Start, Text: l, Class: "note", Size: noteSize}
		if i == 1 {
			label.X, label.Anchor = width, End
		}
		marks = append(marks, Mark{Labels: []Label{label}})
	}
	return Figure{Width: width, Height: sparkBase + 20, Alt: s.Alt, Marks: marks}
}

// sparkX places the i-th of n bars: the first at the left end, the last at the right one.
func sparkX(i, n, width int) int {
	if n < 2 {
		return 0
	}
	return i * (width - sparkWidth) / (n - 1)
}

// sparkEnds are the names of the first and the last period.
func sparkEnds(periods []string) []string {
	switch n := len(periods); n {
	case 0:
		return nil
	case 1:
		return periods
	default:
		return []string{periods[0], periods[n-1]}
	}
}
