package chart

import "fmt"

// Bands is what a column chart in bands shows: one band of columns for each series, all on one scale from zero, over the
// same periods. Axis is as in Matrix.
type Bands struct {
	Alt     string
	Axis    Axis
	Periods []string
	Series  []Series
}

// Series is one band. Bars has one bar for each period.
type Series struct {
	Name        string
	Href, Title string
	Bars        []Bar
}

// Bar is one column. A bar that is not Present is a gap: nothing is known of the period.
type Bar struct {
	Present     bool
	Value       int
	Href, Title string
}

// Geometry of a column chart, in pixels.
const (
	bandHeight = 62 // with the figure above the bar and the line below it
	barMax     = 36
	barWidth   = 28
	axisHeight = 22
)

// Columns lays out a column chart in bands. The name of a series stands left of its band, the value above each bar.
func Columns(b Bands) Figure {
	axis := b.Axis
	if axis == (Axis{}) {
		axis = SeriesAxis(b.Series, len(b.Periods))
	}
	width := axis.Left + len(b.Periods)*axis.Step
	top := highest(b.Series)
	var marks []Mark
	for i, s := range b.Series {
		marks = append(marks, band(s, axis, i*bandHeight, top)...)
	}
	base := len(b.Series)*bandHeight + 14
	for i, p := range b.Periods {
		x := axis.Left + i*axis.Step + axis.Step/2
		marks = append(marks, Mark{Labels: []Label{{
			X: x, Y: base, Anchor: Middle, Text: Clip(p, textSize, axis.Step-4), Class: "col", Size: textSize,
		}}})
	}
	return Figure{Width: width, Height: len(b.Series)*bandHeight + axisHeight, Alt: b.Alt, Marks: marks}
}

// band lays out one series: its zero line, its name, its bars.
func band(s Series, axis Axis, y, top int) []Mark {
	zero := y + bandHeight - 4
	marks := []Mark{
		{Boxes: []Box{{X: axis.Left, Y: zero, W: len(s.Bars) * axis.Step, H: 1, Class: "axis"}}},
		{Href: s.Href, Title: s.Title, Labels: []Label{{
			X: 0, Y: zero - 4, Anchor: Start, Text: Clip(s.Name, textSize, axis.Left-labelGap), Class: "row0", Size: textSize,
		}}},
	}
	for i, bar := range s.Bars {
		if !bar.Present || bar.Value == 0 {
			continue
		}
		h := max(1, bar.Value*barMax/max(top, 1))
		x := axis.Left + i*axis.Step + (axis.Step-barWidth)/2
		label := Label{
			X: x + barWidth/2, Y: zero - h - 5, Anchor: Middle, Text: Clip(fmt.Sprint(bar.Value), noteSize, axis.Step-2),
			Class: "note", Size: noteSize,
		}
		marks = append(marks, Mark{
			Href: bar.Href, Title: bar.Title,
			Boxes: []Box{{X: x, Y: zero - h, W: barWidth, H: h, Class: "bar"}}, Labels: []Label{label},
		})
	}
	return marks
}

func highest(series []Series) int {
	top := 0
	for _, s := range series {
		for _, b := range s.Bars {
			if b.Present {
				top = max(top, b.Value)
			}
		}
	}
	return top
}
