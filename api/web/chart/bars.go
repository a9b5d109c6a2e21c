package chart

// Ranked is what a chart of horizontal bars shows: a row for each, on one scale from zero.
type Ranked struct {
	Alt  string
	Rows []RankedBar
}

// RankedBar is one row: its name, its value as a bar, and the figure in words behind the bar. A Faint one is drawn hollow.
type RankedBar struct {
	Name, Text  string
	Value       int
	Faint       bool
	Href, Title string
}

// Geometry of a chart of horizontal bars, in pixels; it fits the narrowest phone.
const (
	rankedRow  = 24
	rankedPlot = 150
	rankedBar  = 14
	rankedText = 110
)

// Bars lays out a chart of horizontal bars in the order of its rows.
func Bars(r Ranked) Figure {
	left, top := 0, 0
	for _, row := range r.Rows {
		left = max(left, min(Width(row.Name, textSize)+labelGap, labelMin))
		top = max(top, row.Value)
	}
	fig := Figure{Width: left + rankedPlot + rankedText, Height: len(r.Rows)*rankedRow + 2, Alt: r.Alt}
	for i, row := range r.Rows {
		y := i * rankedRow
		w := row.Value * rankedPlot / max(top, 1)
		if row.Value > 0 {
			w = max(w, 2)
		}
		class := "bar"
		if row.Faint {
			class = "faint"
		}
		mark := Mark{Href: row.Href, Title: row.Title, Labels: []Label{
			{X: 0, Y: y + 17, Anchor: Start, Text: Clip(row.Name, textSize, left-labelGap), Class: "row0", Size: textSize},
			{X: left + w + 6, Y: y + 17, Anchor: Start, Text: Clip(row.Text, noteSize, rankedText-8), Class: "note", Size: noteSize},
		}}
		if w > 0 {
			mark.Boxes = []Box{{X: left, Y: y + 6, W: w, H: rankedBar, Class: class}}
		}
		fig.Marks = append(fig.Marks, mark)
	}
	fig.Marks = append(fig.Marks, Mark{Boxes: []Box{{X: left, Y: 0, W: 1, H: len(r.Rows) * rankedRow, Class: "axis"}}})
	return fig
}
