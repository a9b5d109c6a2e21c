package extract

import (
	"encoding/xml"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// sheetCell is a cell with its text and its place in the sheet.
type sheetCell struct {
	row, column         int
	rowSpan, columnSpan int
	text                string
}

// sheetGrid is the visible part of a sheet, row by row.
type sheetGrid struct {
	cells []sheetCell
}

// hiddenParts counts what a workbook hides.
type hiddenParts struct{ sheets, rows, columns int }

func (h hiddenParts) warnings() []corpus.Warning {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{h.sheets, "个工作表"}, {h.rows, "行"}, {h.columns, "列"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return []corpus.Warning{{
		Code: corpus.HiddenContent, Message: "表格中有隐藏的内容没有读取：" + strings.Join(parts, "、"),
	}}
}

// rect is a range of cells, both ends included.
type rect struct{ top, left, bottom, right int }

// rawSheet is what a sheet holds, whatever its format.
type rawSheet struct {
	bud           *budget
	cells         []sheetCell
	merges        []rect
	hiddenRows    map[int]bool
	hiddenColumns []rect // by left and right
}

// add keeps a cell that has text.
func (r *rawSheet) add(row, column int, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	r.cells = append(r.cells, sheetCell{row: row, column: column, rowSpan: 1, columnSpan: 1, text: text})
	if len(r.cells) > r.bud.lim.Blocks {
		n := strconv.Itoa(r.bud.lim.Blocks)
		return r.bud.tooLarge("blocks", "的单元格超过上限 "+n, "不超过 "+n+" 个")
	}
	return nil
}

// sheetReader reads one sheet.
type sheetReader struct {
	rawSheet
	book        *workbook
	m           *markup
	row, column int // where the next cell without a reference stands
}

// The size of a sheet as Excel bounds it.
const (
	maxSheetRows    = 1 << 20
	maxSheetColumns = 1 << 14
)

// grid reads a sheet.
func (w *workbook) grid(part string, unseen *hiddenParts) (*sheetGrid, error) {
	r := &sheetReader{rawSheet: rawSheet{bud: w.c.bud, hiddenRows: map[int]bool{}}, book: w, row: -1}
	err := w.c.markup(part, func(m *markup) error {
		r.m = m
		return m.visit(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "col":
				if attribute(e, "hidden") == "1" || attribute(e, "hidden") == "true" {
					left, right := number(attribute(e, "min"))-1, number(attribute(e, "max"))-1
					r.hiddenColumns = append(r.hiddenColumns, rect{left: left, right: right})
				}
			case "row":
				return r.readRow(e)
			case "mergeCell":
				if area, ok := area(attribute(e, "ref")); ok {
					r.merges = append(r.merges, area)
				}
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return r.finish(unseen), nil
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func (r *sheetReader) readRow(e xml.StartElement) error {
	r.row, r.column = r.row+1, 0
	if n := number(attribute(e, "r")); n > 0 && n <= maxSheetRows {
		r.row = n - 1
	}
	if h := attribute(e, "hidden"); h == "1" || h == "true" {
		r.hiddenRows[r.row] = true
	}
	return r.m.children(func(e xml.StartElement) (bool, error) {
		if e.Name.Local != "c" {
			return false, nil
		}
		return true, r.readCell(e)
	}, nil)
}

func (r *sheetReader) readCell(e xml.StartElement) error {
	if a, ok := area(attribute(e, "r")); ok {
		r.column = a.left
	}
	var value string
	rich := ""
	err := r.m.children(func(e xml.StartElement) (bool, error) {
		var err error
		switch e.Name.Local {
		case "v":
			value, err = r.m.text()
			return true, err
		case "is":
			rich, err = richText(r.m)
			return true, err
		}
		return false, nil
	}, nil)
	if err != nil {
		return err
	}
	text := rich
	if text == "" {
		text = r.book.shown(attribute(e, "t"), value, number(attribute(e, "s")))
	}
	err = r.add(r.row, r.column, text)
	r.column++
	return err
}

// area reads a reference: A1 or A1:C3.
func area(ref string) (rect, bool) {
	first, last, ranged := strings.Cut(ref, ":")
	top, left, ok := cellRef(first)
	a := rect{top, left, top, left}
	if ranged && ok {
		a.bottom, a.right, ok = cellRef(last)
	}
	return a, ok && a.bottom >= a.top && a.right >= a.left
}

func cellRef(s string) (row, column int, ok bool) {
	s = strings.ReplaceAll(s, "$", "")
	i := 0
	for i < len(s) && i < 4 && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' {
		column = column*26 + int(s[i]|0x20-'a') + 1
		i++
	}
	row, err := strconv.Atoi(s[i:])
	return row - 1, column - 1, err == nil && i > 0 && row >= 1 && row <= maxSheetRows && column <= maxSheetColumns
}

// finish leaves out what is hidden, numbers the rows that are left from 0, and lets merged cells span what they cover.
func (r *rawSheet) finish(unseen *hiddenParts) *sheetGrid {
	sort.SliceStable(r.cells, func(i, j int) bool {
		a, b := r.cells[i], r.cells[j]
		return a.row < b.row || a.row == b.row && a.column < b.column
	})
	merged := map[[2]int]rect{}
	for _, a := range r.merges {
		merged[[2]int{a.top, a.left}] = a
	}
	covered := r.covered(merged)
	rows := r.visibleRows(unseen)
	columns := r.hiddenColumnSet()
	lost := map[int]bool{}
	g := &sheetGrid{}
	for i, c := range r.cells {
		a, ok := merged[[2]int{c.row, c.column}]
		switch {
		case covered[i]:
			continue
		case !ok:
			a = rect{c.row, c.column, c.row, c.column}
		}
		top := sort.SearchInts(rows, a.top)
		bottom := sort.SearchInts(rows, a.bottom+1)
		left, width := shownColumns(columns, a)
		if width == 0 {
			lost[c.column] = true
		}
		if top == bottom || width == 0 {
			continue
		}
		g.cells = append(g.cells, sheetCell{row: top, column: left, rowSpan: bottom - top, columnSpan: width, text: c.text})
	}
	unseen.columns += len(lost)
	sort.SliceStable(g.cells, func(i, j int) bool {
		a, b := g.cells[i], g.cells[j]
		return a.row < b.row || a.row == b.row && a.column < b.column
	})
	return g
}

// covered finds the cells that another cell hides by being merged over them.
func (r *rawSheet) covered(merged map[[2]int]rect) map[int]bool {
	out := map[int]bool{}
	for anchor, a := range merged {
		first := sort.Search(len(r.cells), func(i int) bool { return r.cells[i].row >= a.top })
		for i := first; i < len(r.cells) && r.cells[i].row <= a.bottom; i++ {
			if r.bud.tick() != nil {
				return out // merged areas that overlap without end; the budget keeps the error
			}
			c := r.cells[i]
			if c.column >= a.left && c.column <= a.right && [2]int{c.row, c.column} != anchor {
				out[i] = true
			}
		}
	}
	return out
}

// visibleRows returns the rows that have text and are shown, in order. A row that is empty but for a merged cell from
// above is not needed to tell the findings apart.
func (r *rawSheet) visibleRows(unseen *hiddenParts) []int {
	var rows []int
	last := -1
	for _, c := range r.cells {
		if c.row == last {
			continue
		}
		last = c.row
		if r.hiddenRows[c.row] {
			unseen.rows++
			continue
		}
		rows = append(rows, c.row)
	}
	return rows
}

func (r *rawSheet) hiddenColumnSet() map[int]bool {
	set := map[int]bool{}
	for _, h := range r.hiddenColumns {
		for c := max(0, h.left); c <= min(h.right, maxSheetColumns-1); c++ {
			set[c] = true
		}
	}
	return set
}

// shownColumns returns the first column of an area that is shown and how many are. Columns keep their places.
func shownColumns(hidden map[int]bool, a rect) (first, n int) {
	first = -1
	right := min(a.right, a.left+maxSpan-1)
	for c := a.left; c <= right; c++ {
		if hidden[c] {
			continue
		}
		if first < 0 {
			first = c
		}
		n = c - first + 1
	}
	return first, n
}

// write writes the sheet and returns how many tables it made of it. Rows of one cell, or of a few that say what they are
// (填报单位：…), before the first and behind the last other row are lines of text: titles, who filled it in, notes. So is a
// sheet of nothing else.
func (g *sheetGrid) write(b *builder, table int) int {
	first, last := g.bounds()
	title := true
	for _, c := range g.cells {
		like := corpus.Block{Kind: corpus.BlockParagraph}
		if first >= 0 && c.row >= first && c.row <= last && last > first {
			like = corpus.Block{
				Kind: corpus.BlockCell, Table: table, Row: c.row - first, Column: c.column, RowSpan: min(c.rowSpan, last-c.row+1), ColSpan: c.columnSpan,
			}
		} else if title && c.row < first && c.columnSpan > 1 {
			like = corpus.Block{Kind: corpus.BlockHeading, Level: 1}
		}
		title = false
		for _, line := range splitLines(c.text) {
			b.add(unspace(dropMeaningless(line)), like)
		}
	}
	if first >= 0 && last > first {
		return 1
	}
	return 0
}

// bounds returns the first and the last row of the table in a sheet, -1 where there is none.
func (g *sheetGrid) bounds() (first, last int) {
	rows := map[int][]string{}
	widest := 0
	for _, c := range g.cells {
		for row := c.row; row < c.row+c.rowSpan; row++ {
			rows[row] = append(rows[row], c.text)
			widest = max(widest, len(rows[row]))
		}
	}
	first, last = -1, -1
	for row, texts := range rows {
		if isLine(texts, widest) {
			continue
		}
		if first < 0 || row < first {
			first = row
		}
		last = max(last, row)
	}
	return first, last
}

// isLine reports whether the cells of a row are lines of text above or below a table whose widest row has so many cells.
func isLine(texts []string, widest int) bool {
	if len(texts) == 1 {
		return true
	}
	if len(texts) > 3 || widest < 4 {
		return false
	}
	for _, t := range texts {
		if !strings.ContainsAny(t, "：:") {
			return false
		}
	}
	return true
}
