package chart

import "fmt"

// Steps is the number of steps of the sequential scale. The classes of cells are q1 (least) to q7 (most); q0 is a cell
// that counts nothing.
const Steps = 7

// Matrix is what a heat map shows: rows down, columns across. Axis may be shared with other charts; the zero Axis is
// fitted to the rows.
type Matrix struct {
	Alt  string
	Axis Axis
	Rows []Row
	Cols []Column
	// Cells has a line for each row, with one cell for each column.
	Cells [][]Cell
}

// Row is a row of a heat map. Depth indents it; Mark is a sign before the name that says whether it opens ("▸", "▾").
type Row struct {
	Name  string
	Mark  string
	Depth int
	Href  string
	Title string
}

// Column is a column of a heat map, with a note under its name. A sparse column rests on too few documents: it is greyed
// and says so.
type Column struct {
	Name, Note  string
	Href, Title string
	Sparse      bool
}

// Cell is one cell. Share, 0 to 1, gives the colour, Text the word on it. A cell that is not Present is a gap.
type Cell struct {
	Present     bool
	Share       float64
	Text        string
	Href, Title string
}

// Geometry of a heat map, in pixels.
const (
	rowHeight    = 26
	cellGap      = 2
	headHeight   = 40
	sparseHeight = 16
	indent       = 16
	legendHeight = 40
	legendStep   = 40
)

// Heatmap lays out a heat map. Colours run in equal steps from 0 to the largest share of a column that is not sparse; a
// legend below names the steps.
func Heatmap(m Matrix) Figure {
	if m.Axis == (Axis{}) {
		m.Axis = RowAxis(m.Rows, len(m.Cols))
	}
	h := heatmap{Matrix: m, left: m.Axis.Left, top: headHeight, width: m.Axis.Step, peak: peak(m)}
	if h.anySparse() {
		h.top += sparseHeight
	}
	for i := range m.Cols {
		h.column(i)
	}
	for i := range m.Rows {
		h.row(i)
	}
	h.legend()
	bottom := h.top + len(m.Rows)*rowHeight
	if h.peak > 0 {
		bottom += legendHeight
	}
	return Figure{Width: h.right(), Height: bottom, Alt: m.Alt, Marks: h.marks}
}

type heatmap struct {
	Matrix
	left, top int
	width     int // of a column
	peak      float64
	marks     []Mark
}

// right is the width of the whole: the labels and the columns, and never less than the legend.
func (h *heatmap) right() int {
	return h.left + max(len(h.Cols)*h.width, Steps*legendStep)
}

func (h *heatmap) anySparse() bool {
	for _, c := range h.Cols {
		if c.Sparse {
			return true
		}
	}
	return false
}

func (h *heatmap) column(i int) {
	c := h.Cols[i]
	middle := h.left + i*h.width + h.width/2
	class := ""
	if c.Sparse {
		class = " sparse"
	}
	labels := []Label{
		{X: middle, Y: 14, Anchor: Middle, Text: Clip(c.Name, textSize, h.width-4), Class: "col" + class, Size: textSize},
		{X: middle, Y: 31, Anchor: Middle, Text: Clip(c.Note, noteSize, h.width-2), Class: "note" + class, Size: noteSize},
	}
	if c.Sparse {
		labels = append(labels, Label{X: middle, Y: 46, Anchor: Middle, Text: "样本少", Class: "note sparse", Size: noteSize})
	}
	h.marks = append(h.marks, Mark{Href: c.Href, Title: c.Title, Labels: labels})
}

func (h *heatmap) row(i int) {
	r := h.Rows[i]
	y := h.top + i*rowHeight
	base := y + rowHeight/2 + 4
	x := margin(h.Rows, r)
	var labels []Label
	if r.Mark != "" {
		labels = append(labels, Label{X: x - indent, Y: base, Anchor: Start, Text: r.Mark, Class: "muted", Size: textSize})
	}
	name := Clip(r.Name, textSize, h.left-x-8)
	labels = append(labels, Label{X: x, Y: base, Anchor: Start, Text: name, Class: fmt.Sprintf("row%d", min(r.Depth, 1)), Size: textSize})
	h.marks = append(h.marks, Mark{Href: r.Href, Title: r.Title, Labels: labels})
	for j, c := range h.Cells[i] {
		if c.Present {
			h.marks = append(h.marks, h.cell(c, h.left+j*h.width, y, h.Cols[j].Sparse))
		}
	}
}

func (h *heatmap) cell(c Cell, x, y int, sparse bool) Mark {
	class, word := fmt.Sprintf("q%d", h.step(c.Share)), fmt.Sprintf("onq%d", h.step(c.Share))
	if sparse {
		class, word = "sparse", "sparse" // hollow: too little to be coloured
	}
	box := Box{X: x, Y: y, W: h.width - cellGap, H: rowHeight - cellGap, Class: class}
	label := Label{
		X: x + (h.width-cellGap)/2, Y: y + rowHeight/2 + 4, Anchor: Middle,
		Text: Clip(c.Text, textSize, h.width-cellGap-4), Class: word, Size: textSize,
	}
	return Mark{Href: c.Href, Title: c.Title, Boxes: []Box{box}, Labels: []Label{label}}
}

// step returns the step of the scale that a share falls on: 0 for nothing, else 1 to Steps in equal parts of the peak.
func (h *heatmap) step(share float64) int {
	if share <= 0 || h.peak <= 0 {
		return 0
	}
	return min(Steps, 1+int(share/h.peak*Steps*0.999999))
}

// legend draws the steps with the share at which each ends.
func (h *heatmap) legend() {
	if h.peak <= 0 {
		return
	}
	y := h.top + len(h.Rows)*rowHeight + 14
	m := Mark{Labels: []Label{{X: h.left - 8, Y: y + 11, Anchor: End, Text: "文件占比至", Class: "note", Size: noteSize}}}
	for i := range Steps {
		x := h.left + i*legendStep
		class := fmt.Sprintf("q%d", i+1)
		m.Boxes = append(m.Boxes, Box{X: x, Y: y, W: legendStep - cellGap, H: 15, Class: class})
		text := fmt.Sprintf("%.0f%%", h.peak*100*float64(i+1)/Steps)
		m.Labels = append(m.Labels, Label{
			X: x + (legendStep-cellGap)/2, Y: y + 12, Anchor: Middle, Text: text, Class: "note on" + class, Size: noteSize,
		})
	}
	h.marks = append(h.marks, m)
}

// RowAxis fits an axis to the names of rows.
func RowAxis(rows []Row, columns int) Axis {
	widest := 0
	for _, r := range rows {
		widest = max(widest, margin(rows, r)+Width(r.Name, textSize))
	}
	return fit(widest, columns)
}

// margin is where the name of a row begins: its depth, and room for the marks where there are any.
func margin(rows []Row, r Row) int {
	x := r.Depth * indent
	for _, other := range rows {
		if other.Mark != "" {
			return x + indent
		}
	}
	return x
}

// peak is the largest share that is coloured: cells of sparse columns are not.
func peak(m Matrix) float64 {
	p := 0.0
	for _, line := range m.Cells {
		for j, c := range line {
			if c.Present && !m.Cols[j].Sparse {
				p = max(p, c.Share)
			}
		}
	}
	return p
}
