package extract

import (
	"slices"
	"sort"

	"tongjian/corpus"
)

// oldTable is a table being read of a format that says where the borders of cells are: old Word documents and RTF.
type oldTable struct {
	id    int
	cells [][]docLine // of the row being read; the last one is open
	rows  []oldRow
}

// oldRow is a finished row: its cells, the places of their borders, and how they are merged.
type oldRow struct {
	cells   [][]docLine
	borders []int
	merge   []int
}

// The bits that say how a cell is merged.
const (
	mergedLeft     = 0x02 // with the cell before it
	mergedVertical = 0x20
	mergedRestart  = 0x40 // the first of cells merged downwards
)

func (t *oldTable) add(l docLine) {
	if len(t.cells) == 0 {
		t.cells = append(t.cells, nil)
	}
	last := len(t.cells) - 1
	t.cells[last] = append(t.cells[last], l)
}

// endCell closes the open cell and opens the next one.
func (t *oldTable) endCell() {
	if len(t.cells) == 0 {
		t.cells = append(t.cells, nil)
	}
	t.cells = append(t.cells, nil)
}

// endRow finishes a row.
func (t *oldTable) endRow(borders, merge []int) {
	t.rows = append(t.rows, oldRow{cells: t.cells, borders: borders, merge: merge})
	t.cells = nil
}

// rowDefinition reads the borders and merged cells of a row.
func rowDefinition(definition []byte) (borders, merge []int) {
	const bordersAt, cellSize = 3, 20
	if len(definition) <= bordersAt {
		return nil, nil
	}
	n := int(definition[2])
	for i := range n + 1 {
		borders = append(borders, int(int16(le16(definition, bordersAt+2*i))))
	}
	for i := range n {
		merge = append(merge, le16(definition, bordersAt+2*(n+1)+cellSize*i))
	}
	return borders, merge
}

// finish places the cells in a grid and returns the lines of the table.
func (t *oldTable) finish() []docLine {
	var grid []int
	for _, r := range t.rows {
		grid = append(grid, r.borders...)
	}
	slices.Sort(grid)
	grid = slices.CompactFunc(grid, func(a, b int) bool { return max(a-b, b-a) < 20 }) // a point
	var lines []docLine
	open := map[int][2]int{} // the lines of cells that are merged downwards, by column
	filled := map[int]bool{}
	for i, r := range t.rows {
		for k, cell := range r.cells {
			if k == len(r.cells)-1 && len(cell) == 0 && len(r.cells) > len(r.merge) {
				continue // what the end of the row opened
			}
			column, span := r.place(k, grid)
			merge := 0
			if k < len(r.merge) {
				merge = r.merge[k]
			}
			if above, ok := open[column]; ok && merge&mergedVertical != 0 && merge&mergedRestart == 0 {
				for n := above[0]; n < above[1]; n++ {
					lines[n].block.RowSpan++
				}
				continue
			}
			start := len(lines)
			for _, l := range cell {
				l.block = corpus.Block{
					Kind: corpus.BlockCell, Number: l.block.Number, Table: t.id, Row: i, Column: column, RowSpan: 1, ColSpan: span,
				}
				lines = append(lines, l)
				filled[column] = true
			}
			if delete(open, column); merge&mergedVertical != 0 {
				open[column] = [2]int{start, len(lines)}
			}
		}
	}
	for _, cell := range t.cells { // a row without an end
		for _, l := range cell {
			lines = append(lines, docLine{l.text, corpus.Block{Kind: corpus.BlockParagraph, Number: l.block.Number}})
		}
	}
	if len(t.rows) < 2 || len(filled) < 2 {
		for i := range lines {
			lines[i].block = corpus.Block{Kind: corpus.BlockParagraph, Number: lines[i].block.Number}
		}
	}
	return lines
}

// place returns the column of a cell and how many it spans.
func (r *oldRow) place(k int, grid []int) (column, span int) {
	if k+1 >= len(r.borders) {
		return k, 1
	}
	end := k + 1
	for end < len(r.merge) && r.merge[end]&mergedLeft != 0 && end+1 < len(r.borders) {
		end++
	}
	at := func(x int) int { return max(0, sort.SearchInts(grid, x+20)-1) }
	column = at(r.borders[k])
	return column, min(maxSpan, max(1, at(r.borders[end])-column))
}
