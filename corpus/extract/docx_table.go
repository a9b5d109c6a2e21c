package extract

import (
	"encoding/xml"
	"strconv"

	"tongjian/corpus"
)

// docTable is a table being read.
type docTable struct {
	lines       []docLine
	id          int
	row, column int
	merged      map[int]*docMerge // cells that may go on in the next row, by their first column
	cells       int
	nested      []docNested  // cells with tables inside
	filled      map[int]bool // columns with text
}

// docNested is a cell with a table inside, by its lines.
type docNested struct {
	cell       corpus.Block
	start, end int
}

// docMerge is a cell that is merged with those below it, by its lines.
type docMerge struct{ start, end int }

// table reads the table that was just entered.
func (r *docx) table() error {
	outer, like := r.lines, r.like
	t := &docTable{id: r.tables, merged: map[int]*docMerge{}, filled: map[int]bool{}}
	r.tables++
	r.lines = &t.lines
	var enter func(e xml.StartElement) (bool, error)
	enter = func(e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "tr":
			return true, r.tableRow(t)
		case "sdt":
			return true, r.control(enter)
		case "AlternateContent":
			return true, r.alternate(enter)
		case "sdtContent", "ins", "customXml":
			return true, r.m.children(enter, nil)
		}
		return false, nil
	}
	err := r.m.children(enter, nil)
	r.lines, r.like = outer, like
	if t.isData() {
		t.absorb()
	} else {
		t.flatten(like)
	}
	*outer = append(*outer, t.lines...)
	return err
}

// isData tells a table of data from one that only lays out the page, which has tables inside: in its first row, or in many
// cells.
func (t *docTable) isData() bool {
	if t.row < 2 || len(t.filled) < 2 {
		return false
	}
	return len(t.nested) == 0 || t.nested[0].cell.Row > 0 && len(t.nested)*4 <= t.cells
}

// absorb makes the tables inside of cells lines of those.
func (t *docTable) absorb() {
	for _, n := range t.nested {
		for i := n.start; i < n.end; i++ {
			if b := &t.lines[i].block; b.Kind == corpus.BlockCell && b.Table != t.id {
				number := b.Number
				*b = n.cell
				b.RowSpan, b.Number = t.lines[n.start].block.RowSpan, number
			}
		}
	}
}

// flatten makes running lines of the cells of a table that only lays out the page.
func (t *docTable) flatten(like corpus.Block) {
	for i := range t.lines {
		if b := &t.lines[i].block; b.Kind == corpus.BlockCell && b.Table == t.id {
			number := b.Number
			*b = like
			b.Number = number
		}
	}
}

func (r *docx) tableRow(t *docTable) error {
	t.column = 0
	dropped := false
	var enter func(e xml.StartElement) (bool, error)
	enter = func(e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "trPr":
			return true, r.m.children(func(e xml.StartElement) (bool, error) {
				switch e.Name.Local {
				case "gridBefore":
					t.column = width(e)
				case "del":
					dropped = true
				}
				return false, nil
			}, nil)
		case "tc":
			if dropped {
				return false, nil
			}
			return true, r.tableCell(t)
		case "sdt":
			return true, r.control(enter)
		case "sdtContent", "customXml":
			return true, r.m.children(enter, nil)
		}
		return false, nil
	}
	err := r.m.children(enter, nil)
	if !dropped {
		t.row++
	}
	return err
}

// width reads a number of columns.
func width(e xml.StartElement) int {
	n, err := strconv.Atoi(attribute(e, "val"))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, maxSpan)
}

// tableCell reads one cell. One that continues the cell above makes that one longer; its own text is not shown.
func (r *docx) tableCell(t *docTable) error {
	span, merge, dropped := 1, "", false
	start, tables := len(t.lines), r.tables
	outer := r.like
	cell := corpus.Block{Kind: corpus.BlockCell, Table: t.id, Row: t.row, Column: t.column, RowSpan: 1}
	err := r.m.children(func(e xml.StartElement) (bool, error) {
		if e.Name.Local == "tcPr" {
			return true, r.m.children(func(e xml.StartElement) (bool, error) {
				switch e.Name.Local {
				case "gridSpan":
					span = max(1, width(e))
				case "vMerge":
					if merge = attribute(e, "val"); merge == "" {
						merge = "continue"
					}
				case "cellDel":
					dropped = true
				}
				return false, nil
			}, nil)
		}
		if dropped || merge == "continue" && t.merged[t.column] != nil {
			return false, nil
		}
		cell.ColSpan = span
		r.like = cell
		return r.block(e)
	}, nil)
	r.endCarried()
	r.like = outer
	switch above := t.merged[t.column]; {
	case dropped:
		return err
	case merge == "continue" && above != nil:
		for i := above.start; i < above.end; i++ {
			if err := r.m.bud.tick(); err != nil {
				return err
			}
			t.lines[i].block.RowSpan++
		}
	default:
		for column := t.column; column < t.column+span; column++ {
			if err := r.m.bud.tick(); err != nil {
				return err
			}
			delete(t.merged, column)
		}
		if merge != "" {
			t.merged[t.column] = &docMerge{start: start, end: len(t.lines)}
		}
	}
	if len(t.lines) > start {
		t.filled[t.column] = true
	}
	t.cells++
	if r.tables > tables {
		t.nested = append(t.nested, docNested{cell, start, len(t.lines)})
	}
	t.column += span
	return err
}
