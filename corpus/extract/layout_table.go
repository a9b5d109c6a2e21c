package extract

import (
	"math"
	"slices"
	"sort"
	"strings"

	"tongjian/corpus"
)

// rule is a straight line on a page, level or upright.
type rule struct{ x1, y1, x2, y2 float64 }

func (r rule) level() bool { return r.x2-r.x1 >= r.y2-r.y1 }

// ruledTable is a table found by its ruling.
type ruledTable struct {
	top    float64
	xs, ys []float64 // the ruling, from left to right and from the top down
	cells  []ruledCell
	owner  []int // the cell of each square of the grid, row by row
}

// ruledCell is one cell with its lines of text.
type ruledCell struct {
	row, column, rowSpan, columnSpan int
	lines                            []string
	glyphs                           []placed
	full                             bool // its last line had no room for more
}

// near is how far apart rules may lie that are drawn as one.
const near = 3.0

// findTables finds the tables that rules draw, takes the characters inside, and returns the others.
func findTables(glyphs []placed, rules []rule) ([]ruledTable, []placed) {
	var tables []ruledTable
	for _, group := range groups(rules) {
		t, ok := tableOf(group)
		if !ok {
			continue
		}
		var outside []placed
		for _, g := range glyphs {
			if c := t.cellAt(g.x+(g.end-g.x)/2, g.y+g.size*0.3); c != nil {
				c.glyphs = append(c.glyphs, g)
			} else {
				outside = append(outside, g)
			}
		}
		if !t.fill() {
			continue
		}
		glyphs = outside
		tables = append(tables, t)
	}
	slices.SortFunc(tables, func(a, b ruledTable) int { return cmpFloat(b.top, a.top) })
	return tables, glyphs
}

// maxTableRules bounds the rules that are looked at; pages with more are drawings.
const maxTableRules = 4000

// groups puts together the rules that touch one another.
func groups(rules []rule) [][]rule {
	if len(rules) < 4 || len(rules) > maxTableRules {
		return nil
	}
	parent := make([]int, len(rules))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, a := range rules {
		for k := range i {
			if touch(a, rules[k]) {
				parent[find(i)] = find(k)
			}
		}
	}
	byRoot := map[int][]rule{}
	var order []int
	for i, r := range rules {
		root := find(i)
		if byRoot[root] == nil {
			order = append(order, root)
		}
		byRoot[root] = append(byRoot[root], r)
	}
	out := make([][]rule, 0, len(order))
	for _, root := range order {
		out = append(out, byRoot[root])
	}
	return out
}

func touch(a, b rule) bool {
	return a.x1 <= b.x2+near && b.x1 <= a.x2+near && a.y1 <= b.y2+near && b.y1 <= a.y2+near
}

// tableOf makes a table of a group of rules that enclose several cells.
func tableOf(group []rule) (ruledTable, bool) {
	var t ruledTable
	for _, r := range group {
		if r.level() {
			t.ys = append(t.ys, (r.y1+r.y2)/2)
		} else {
			t.xs = append(t.xs, (r.x1+r.x2)/2)
		}
	}
	t.xs, t.ys = distinct(t.xs), distinct(t.ys)
	slices.Reverse(t.ys)
	rows, columns := len(t.ys)-1, len(t.xs)-1
	if rows < 2 || columns < 2 || rows*columns > 1<<16 {
		return t, false
	}
	t.top = t.ys[0]
	edges := newEdges(&t, group)
	t.owner = make([]int, rows*columns)
	for i := range t.owner {
		t.owner[i] = -1
	}
	taken := func(row, column int) bool { return t.owner[row*columns+column] >= 0 }
	for r := range rows {
		for k := range columns {
			if taken(r, k) {
				continue
			}
			c := ruledCell{row: r, column: k, rowSpan: 1, columnSpan: 1}
			for k+c.columnSpan < columns && !edges.upright(r, k+c.columnSpan) && !taken(r, k+c.columnSpan) {
				c.columnSpan++
			}
			for r+c.rowSpan < rows && !edges.level(r+c.rowSpan, k) {
				c.rowSpan++
			}
			for i := r; i < r+c.rowSpan; i++ {
				for j := k; j < k+c.columnSpan; j++ {
					t.owner[i*columns+j] = len(t.cells)
				}
			}
			t.cells = append(t.cells, c)
		}
	}
	return t, true
}

// distinct sorts numbers and keeps one of those that lie close together.
func distinct(v []float64) []float64 {
	slices.Sort(v)
	return slices.CompactFunc(v, func(a, b float64) bool { return math.Abs(a-b) < near })
}

// edges tells which borders between the squares of a table's grid are drawn.
type edges struct {
	columns           int
	uprights, horizon []bool
}

func newEdges(t *ruledTable, group []rule) *edges {
	rows, columns := len(t.ys)-1, len(t.xs)-1
	e := &edges{columns: columns, uprights: make([]bool, rows*(columns+1)), horizon: make([]bool, (rows+1)*columns)}
	for _, r := range group {
		if r.level() {
			i := nearest(t.ys, (r.y1+r.y2)/2)
			for k := range columns {
				if middle := (t.xs[k] + t.xs[k+1]) / 2; r.x1 <= middle && middle <= r.x2 {
					e.horizon[i*columns+k] = true
				}
			}
			continue
		}
		k := nearest(t.xs, (r.x1+r.x2)/2)
		for i := range rows {
			if middle := (t.ys[i] + t.ys[i+1]) / 2; r.y1 <= middle && middle <= r.y2 {
				e.uprights[i*(columns+1)+k] = true
			}
		}
	}
	return e
}

func nearest(v []float64, x float64) int {
	best := 0
	for i := range v {
		if math.Abs(v[i]-x) < math.Abs(v[best]-x) {
			best = i
		}
	}
	return best
}

// upright reports whether a border is drawn left of a square, level whether above it.
func (e *edges) upright(row, column int) bool { return e.uprights[row*(e.columns+1)+column] }
func (e *edges) level(row, column int) bool   { return e.horizon[row*e.columns+column] }

// cellAt returns the cell at a point, nil outside the table.
func (t *ruledTable) cellAt(x, y float64) *ruledCell {
	if x < t.xs[0] || x > t.xs[len(t.xs)-1] || y > t.ys[0] || y < t.ys[len(t.ys)-1] {
		return nil
	}
	i, k := span(len(t.ys), func(i int) bool { return t.ys[i] <= y }), span(len(t.xs), func(k int) bool { return t.xs[k] >= x })
	return &t.cells[t.owner[i*(len(t.xs)-1)+k]]
}

// span returns between which two of n lines a point lies, where behind tells the lines that lie behind it.
func span(n int, behind func(i int) bool) int { return min(max(sort.Search(n, behind)-1, 0), n-2) }

// fill writes the lines of the cells; ok is false where the rules draw no table of data: a frame around a page, a form with
// one column of text.
func (t *ruledTable) fill() (ok bool) {
	columns, rows := map[int]bool{}, map[int]bool{}
	for i := range t.cells {
		c := &t.cells[i]
		right := t.xs[c.column+c.columnSpan]
		var last textLine
		for _, l := range linesOf(c.glyphs) {
			n := len(c.lines)
			if n > 0 && last.end > right-1.9*l.size-l.head && !(endsSentence(last.text) && numbered.MatchString(l.text)) {
				c.lines[n-1] = joined(c.lines[n-1], l.text)
			} else {
				c.lines = append(c.lines, l.text)
			}
			last = l
		}
		c.full = len(c.lines) > 0 && last.end > right-1.9*last.size
		if len(c.lines) > 0 {
			columns[c.column], rows[c.row] = true, true
		}
	}
	return len(columns) >= 2 && len(rows) >= 2
}

// heldCell is a cell of the row that ends a page, which may go on over it.
type heldCell struct {
	block corpus.Block
	lines []string
	full  bool
}

// writeTable writes the cells of a table. One at the top of a page with the columns of that which ended the page before
// goes on with it; its repeated header is left out, and what is left of a row that the page broke goes to that row.
func (w *pageWriter) writeTable(t *ruledTable) {
	first := 0
	if w.text == "" && w.table != nil && w.fresh && sameColumns(w.table.xs, t.xs) {
		if t.rowText(0) == w.table.rowText(0) {
			first = 1
		}
		if w.takeRest(t, first) {
			first++
		}
	} else {
		w.flush()
		w.rows = 0
		w.tables++
		w.table = t
	}
	last := len(t.ys) - 2
	if first <= last {
		w.writeHeld()
	}
	for _, c := range t.cells {
		if c.row < first {
			continue
		}
		like := corpus.Block{
			Kind: corpus.BlockCell, Table: w.tables - 1, Row: w.rows + c.row - first, Column: c.column, RowSpan: c.rowSpan, ColSpan: c.columnSpan,
		}
		if c.row == last {
			w.held = append(w.held, heldCell{like, c.lines, c.full})
			continue
		}
		for _, line := range c.lines {
			w.b.add(unspace(line), like)
		}
	}
	w.rows += last + 1 - first
	w.fresh = false
}

// writeHeld writes the row that was held back.
func (w *pageWriter) writeHeld() {
	for _, h := range w.held {
		for _, line := range h.lines {
			w.b.add(unspace(line), h.block)
		}
	}
	w.held = nil
}

// takeRest adds a row to the one held back if it is the rest of that: it has no number, all that it has goes on with a cell
// that had no room for more, and one of those ended within a sentence or is all that it has.
func (w *pageWriter) takeRest(t *ruledTable, row int) bool {
	under := map[int]*heldCell{}
	for i := range w.held {
		under[w.held[i].block.Column] = &w.held[i]
	}
	open, filled := false, 0
	for _, c := range t.cells {
		if c.row != row || len(c.lines) == 0 {
			continue
		}
		h := under[c.column]
		if c.column == 0 || c.rowSpan > 1 || h == nil || !h.full {
			return false
		}
		filled++
		open = open || !endsSentence(h.lines[len(h.lines)-1])
	}
	if !open && filled != 1 {
		return false
	}
	for _, c := range t.cells {
		if c.row == row && len(c.lines) > 0 {
			h := under[c.column]
			n := len(h.lines) - 1
			h.lines[n] = joined(h.lines[n], c.lines[0])
			h.lines, h.full = append(h.lines, c.lines[1:]...), c.full
		}
	}
	return true
}

func sameColumns(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 2*near })
}

func (t *ruledTable) rowText(row int) string {
	var b strings.Builder
	for _, c := range t.cells {
		if c.row == row {
			b.WriteString(strings.Join(c.lines, "") + "|")
		}
	}
	return b.String()
}
