package chart

import "fmt"

// Pairs is what a chart of paired bars shows: for each row a bar on each side, all on one axis from zero. Sides are told
// apart by their letters.
type Pairs struct {
	Alt     string
	Letters []string
	Rows    []PairedRow
}

// PairedRow is one row; Bars has one bar for each side.
type PairedRow struct {
	Name string
	Bars []PairedBar
}

// PairedBar is one bar: its length, and what stands behind it.
type PairedBar struct {
	Value       float64
	Text        string
	Href, Title string
}

// Geometry of a chart of paired bars, in pixels; it fits the narrowest phone.
const (
	pairedWidth = 352
	pairedName  = 108
	pairedPlot  = 110
	pairedLine  = 17
	pairedGap   = 9
	pairedBar   = 11
)

// Paired lays out a chart of paired bars. The longest bar takes all the room.
func Paired(p Pairs) Figure {
	top := 0.0
	for _, r := range p.Rows {
		for _, b := range r.Bars {
			top = max(top, b.Value)
		}
	}
	fig := Figure{Width: pairedWidth, Alt: p.Alt}
	y := 0
	for _, r := range p.Rows {
		fig.Marks = append(fig.Marks, Mark{Labels: []Label{{
			X: 0, Y: y + 13, Anchor: Start, Text: Clip(r.Name, textSize, pairedName-labelGap), Class: "row0", Size: textSize,
		}}})
		for i, b := range r.Bars {
			fig.Marks = append(fig.Marks, pairedMark(b, i, letter(p.Letters, i), y+i*pairedLine, top))
		}
		y += max(1, len(r.Bars))*pairedLine + pairedGap
	}
	fig.Height = y + 2
	return fig
}

func letter(letters []string, i int) string {
	if i < len(letters) {
		return letters[i]
	}
	return ""
}

func pairedMark(b PairedBar, side int, letter string, y int, top float64) Mark {
	left := pairedName + 16
	w := 0
	if top > 0 && b.Value > 0 {
		w = max(2, int(b.Value/top*pairedPlot))
	}
	m := Mark{Href: b.Href, Title: b.Title, Boxes: []Box{{X: left, Y: y + 2, W: 1, H: pairedBar + 2, Class: "axis"}}, Labels: []Label{
		{X: pairedName, Y: y + 13, Anchor: Start, Text: Clip(letter, noteSize, 14), Class: "note", Size: noteSize},
		{X: left + w + 6, Y: y + 13, Anchor: Start, Text: Clip(b.Text, noteSize, pairedWidth-left-w-8), Class: "note", Size: noteSize},
	}}
	if w > 0 {
		m.Boxes = append(m.Boxes, Box{X: left, Y: y + 3, W: w, H: pairedBar, Class: fmt.Sprintf("side%d", min(side, 1))})
	}
	return m
}
