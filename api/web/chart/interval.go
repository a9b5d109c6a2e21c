package chart

import "math"

// Intervals is what a chart of ratios shows: a row for each, its interval as a line, its value as a dot, around a line at 1.
type Intervals struct {
	Alt  string
	Rows []Interval
}

// Interval is one row: a ratio with its interval, all above zero. A Faint one is not notable.
type Interval struct {
	Name, Text       string
	Value, Low, High float64
	Faint            bool
	Href, Title      string
}

// Geometry of a chart of ratios, in pixels; it fits the narrowest phone.
const (
	intervalName = 130
	intervalPlot = 150
	intervalText = 72
	intervalRow  = 26
	// intervalSpan is the largest ratio that has a place of its own; what is beyond ends at the edge, and so do ratios below
	// one over it.
	intervalSpan = 8
)

// Ratios lays out a chart of ratios on a logarithmic axis from 1/8 to 8.
func Ratios(c Intervals) Figure {
	height := len(c.Rows)*intervalRow + lineFoot
	bottom := len(c.Rows) * intervalRow
	fig := Figure{Width: intervalName + intervalPlot + intervalText, Height: height, Alt: c.Alt}
	for _, tick := range []struct {
		at   float64
		text string
	}{{0.125, "1/8"}, {1, "1"}, {8, "8 倍"}} {
		fig.Marks = append(fig.Marks, Mark{
			Boxes:  []Box{{X: ratioAt(tick.at), Y: 0, W: 1, H: bottom, Class: "axis"}},
			Labels: []Label{{X: ratioAt(tick.at), Y: bottom + 16, Anchor: Middle, Text: tick.text, Class: "note", Size: noteSize}},
		})
	}
	for i, r := range c.Rows {
		fig.Marks = append(fig.Marks, ratioRow(r, i*intervalRow))
	}
	return fig
}

func ratioRow(r Interval, y int) Mark {
	middle := y + intervalRow/2
	dot, class := "dot", ""
	if r.Faint {
		dot, class = "dot hollow", "muted"
	}
	from, to := ratioAt(r.Low), ratioAt(r.High)
	return Mark{
		Href: r.Href, Title: r.Title,
		Boxes: []Box{
			{X: 0, Y: y, W: intervalName + intervalPlot + intervalText, H: intervalRow - cellGap, Class: "reach"},
			{X: from, Y: middle - 2, W: max(1, to-from), H: 4, Class: "span"},
		},
		Dots: []Dot{{X: ratioAt(r.Value), Y: middle, R: dotRadius, Class: dot}},
		Labels: []Label{
			{X: 0, Y: middle + 4, Anchor: Start, Text: Clip(r.Name, textSize, intervalName-labelGap-dotRadius), Class: class, Size: textSize},
			{
				X: intervalName + intervalPlot + intervalText, Y: middle + 4, Anchor: End,
				Text: Clip(r.Text, noteSize, intervalText-labelGap-dotRadius), Class: "note", Size: noteSize,
			},
		},
	}
}

// ratioAt is the place of a ratio on the axis.
func ratioAt(ratio float64) int {
	at := math.Log(max(ratio, 1e-9)) / math.Log(intervalSpan)
	return intervalName + int(math.Round((min(max(at, -1), 1)+1)/2*intervalPlot))
}
