package extract

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// recordNumber matches what stands in a column of numbers.
var recordNumber = regexp.MustCompile(`^[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]?$`)

// recordGap is how much wider the room between two records is than that between the lines of a cell, in parts of the size of
// the characters.
const recordGap = 0.15

// records tells which rows of a table without upright lines begin a record.
type records struct {
	t      *looseTable
	bounds []float64
	right  []float64  // where each column ends
	cells  [][]string // the text of each row by columns
	starts []bool
}

// ruled makes a table of cells.
func (t *looseTable) ruled() (ruledTable, bool) {
	r := &records{t: t, bounds: t.bounds(), starts: make([]bool, len(t.rows))}
	r.measure()
	r.find()
	if t.xs == nil {
		t.xs = append([]float64{r.left()}, r.right...)
	}
	out := ruledTable{xs: t.xs}
	row := -1
	for i := range t.rows {
		if r.starts[i] || i == 0 {
			row++
			out.ys = append(out.ys, t.rows[i].y+t.rows[i].size)
		}
		r.place(&out, i, row)
	}
	last := t.rows[len(t.rows)-1]
	out.ys = append(out.ys, last.y-0.3*last.size)
	out.top = out.ys[0]
	slices.SortStableFunc(out.cells, func(a, b ruledCell) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.column - b.column
	})
	if r.numbers() == 1 {
		r.spanFirst(&out)
	}
	return out, out.fill() || t.header == 0
}

// place puts the characters of a row into the cells of a record.
func (r *records) place(out *ruledTable, i, row int) {
	for _, g := range r.t.rows[i].glyphs {
		column, width := columnAt(r.bounds, g.x), 1
		if r.t.across[i] {
			column, width = 0, len(r.bounds)+1
		}
		at := -1
		for k := len(out.cells) - 1; k >= 0 && out.cells[k].row == row; k-- {
			if out.cells[k].column == column {
				at = k
			}
		}
		if at < 0 {
			at = len(out.cells)
			out.cells = append(out.cells, ruledCell{row: row, column: column, rowSpan: 1, columnSpan: width})
		}
		out.cells[at].glyphs = append(out.cells[at].glyphs, g)
	}
}

// spanFirst lets the cells before a column of numbers reach down to the next one.
func (r *records) spanFirst(out *ruledTable) {
	last := -1
	for i, c := range out.cells {
		switch {
		case c.columnSpan > 1:
			last = -1
		case c.column == 0:
			last = i
		case last >= 0 && c.row >= out.cells[last].row+out.cells[last].rowSpan && out.cells[last].row > 0:
			out.cells[last].rowSpan = c.row - out.cells[last].row + 1
		}
	}
}

func (r *records) left() float64 {
	left := math.Inf(1)
	for _, row := range r.t.rows {
		left = math.Min(left, row.segments[0].x)
	}
	return left
}

// measure reads the text of the cells and where the columns end.
func (r *records) measure() {
	n := len(r.bounds) + 1
	r.right = make([]float64, n)
	for k := range r.right {
		r.right[k] = math.Inf(-1)
		if k > 0 {
			r.right[k] = r.bounds[k-1] + 1
		}
	}
	for i, row := range r.t.rows {
		text := make([]string, n)
		for _, g := range row.glyphs {
			k := columnAt(r.bounds, g.x)
			text[k] += g.text
			if trimBlanks(g.text) != "" && !r.t.across[i] {
				r.right[k] = math.Max(r.right[k], g.end)
			}
		}
		for k := range text {
			text[k] = trimBlanks(text[k])
		}
		r.cells = append(r.cells, text)
	}
	r.right[0] = math.Max(r.right[0], r.left()+1)
}

// numbers returns the column of the records' numbers, the first or the second one; -1 where there is none.
func (r *records) numbers() int {
	for k := range min(2, len(r.bounds)+1) {
		known, all := 0, 0
		for i := r.t.header; i < len(r.cells); i++ {
			if text := r.cells[i][k]; text != "" && !r.t.across[i] {
				all++
				if recordNumber.MatchString(text) {
					known++
				}
			}
		}
		if known >= 2 && known*5 >= all*4 {
			return k
		}
	}
	return -1
}

// find tells the records apart: by the level rules between them, by the room between them, by their numbers, or by cells
// that had room for more.
func (r *records) find() {
	if starts, n := r.byRules(); n >= 2 {
		r.starts = starts
		return
	}
	byGap, n := r.byGap()
	k := r.numbers()
	switch {
	case n > 0 && (k < 0 || r.agree(byGap, k)):
		r.starts = byGap
	case k >= 0:
		r.starts = r.byNumber(k)
	default:
		r.starts = r.byRoom()
	}
}

// apart reports whether a row stands wholly below the one before, and the room between them in parts of its size.
func (r *records) apart(i int) (float64, bool) {
	a, b := r.t.rows[i-1], r.t.rows[i]
	gap := (a.y - 0.15*a.size) - (b.y + 0.75*b.size)
	return gap / b.size, gap > 0
}

// across reports whether a row must begin a record because it, or the one before, runs across the columns.
func (r *records) across(i int) bool { return r.t.across[i] != r.t.across[i-1] }

func (r *records) byRules() ([]bool, int) {
	starts, n := make([]bool, len(r.starts)), 0
	left, width := r.left(), r.right[len(r.right)-1]-r.left()
	for i := 1; i < len(starts); i++ {
		a, b := r.t.rows[i-1], r.t.rows[i]
		for _, rule := range r.t.rules {
			if y := (rule.y1 + rule.y2) / 2; rule.level() && y < a.y+0.3*a.size && y > b.y+0.3*b.size && rule.x2-rule.x1 > 0.6*width && rule.x1 < left+width/2 {
				starts[i] = true
			}
		}
		if starts[i] && i > r.t.header {
			n++
		}
	}
	return starts, n
}

func (r *records) byGap() ([]bool, int) {
	starts, n := make([]bool, len(r.starts)), 0
	least := r.lineGap()
	for i := 1; i < len(starts); i++ {
		gap, ok := r.apart(i)
		wide := ok && gap > least+recordGap
		if starts[i] = wide || r.across(i); wide && i > r.t.header {
			n++
		}
	}
	return starts, n
}

// lineGap returns the room between the lines of a cell, in parts of their size: the least that is usual in any column.
func (r *records) lineGap() float64 {
	var gaps []float64
	for k := range r.right {
		last := -1
		for i := r.t.header; i < len(r.cells); i++ {
			if r.cells[i][k] == "" || r.t.across[i] {
				continue
			}
			if last >= 0 {
				gaps = append(gaps, (r.t.rows[last].y-r.t.rows[i].y)/r.t.rows[i].size-0.9)
			}
			last = i
		}
	}
	if len(gaps) == 0 {
		return math.Inf(1)
	}
	return percentile(gaps, 10)
}

// agree reports whether every record has one number.
func (r *records) agree(starts []bool, k int) bool {
	in, header := 0, r.t.header > 0
	for i := range r.cells {
		if starts[i] || i == 0 {
			if i > 0 && in != 1 && !header {
				return false
			}
			header = r.t.header > 0 && i == 0 || r.t.across[i]
			in = 0
		}
		switch {
		case header && recordNumber.MatchString(r.cells[i][k]):
			return false
		case r.cells[i][k] != "" && !header:
			in++
		}
	}
	return in == 1 || header
}

func (r *records) byNumber(k int) []bool {
	starts := make([]bool, len(r.starts))
	for i := 1; i < len(starts); i++ {
		starts[i] = i >= r.t.header && recordNumber.MatchString(r.cells[i][k]) || r.across(i)
	}
	return starts
}

// byRoom begins a record where no cell goes on: none of its columns had a line before that was full.
func (r *records) byRoom() []bool {
	starts := make([]bool, len(r.starts))
	full := make([]bool, len(r.right))
	for i, cells := range r.cells {
		on, filled := false, 0
		for k, text := range cells {
			if text != "" {
				filled++
				on = on || full[k]
			}
		}
		if i > 0 {
			_, apart := r.apart(i)
			starts[i] = apart && !on && (filled > 1 || cells[0] != "") || r.across(i)
		}
		if starts[i] {
			clear(full)
		}
		for k, text := range cells {
			if text != "" {
				full[k] = r.t.header <= i && r.endOf(i, k) > r.right[k]-1.9*r.t.rows[i].size && !strings.HasSuffix(text, "。")
			}
		}
	}
	return starts
}

// endOf returns where the text of a cell ends in a row.
func (r *records) endOf(i, k int) float64 {
	end := math.Inf(-1)
	for _, g := range r.t.rows[i].glyphs {
		if columnAt(r.bounds, g.x) == k && trimBlanks(g.text) != "" {
			end = math.Max(end, g.end)
		}
	}
	return end
}
