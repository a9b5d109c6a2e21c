package trend

import (
	"context"

	"tongjian/corpus"
)

// Cell is one cell of a table of two fields.
type Cell struct {
	Row string
	Col string
	Measures
}

// Table is a table of two fields with its margins. Cells that count nothing are left out; rows and columns come in the
// order in which the fields' values are shown. A margin is counted anew, never summed: one document may stand in many
// cells.
type Table struct {
	Cells []Cell
	Rows  []Cell // each row over all columns; Col is empty
	Cols  []Cell // each column over all rows; Row is empty
	Total Measures
	// Sequence is the store's sequence number that the figures rest on.
	Sequence int64
}

// Matrix counts the findings that the filter chooses by two fields. Cols may be empty: then the cells are the rows.
func Matrix(ctx context.Context, c Counter, filter corpus.Filter, rows, cols corpus.Field) (*Table, error) {
	return settled(c, func(s *snapshot) (*Table, error) {
		whole, err := cross(ctx, s, filter, rows, cols, nil)
		if err != nil {
			return nil, err
		}
		table := &Table{Cells: whole.cells, Total: whole.total, Sequence: s.sequence, Rows: whole.cells}
		if cols == "" {
			return table, nil
		}
		left, err := cross(ctx, s, filter, rows, "", nil)
		if err != nil {
			return nil, err
		}
		top, err := cross(ctx, s, filter, "", cols, nil)
		if err != nil {
			return nil, err
		}
		table.Rows, table.Cols = left.cells, top.cells
		return table, nil
	})
}

// crossing is a count by one or two fields with its denominators.
type crossing struct {
	cells []Cell
	total Measures
	pop   *population
}

// cross counts by one or two fields and puts every count beside its population. The population is counted unless it is
// given.
func cross(ctx context.Context, c *snapshot, filter corpus.Filter, rows, cols corpus.Field, pop *population) (*crossing, error) {
	req := corpus.TallyRequest{Filter: filter, Rows: rows, Cols: cols}
	if rows == "" {
		req.Rows, req.Cols = cols, ""
	}
	counted, err := c.Tally(ctx, req)
	if err != nil {
		return nil, err
	}
	if pop == nil {
		if pop, err = populationOf(ctx, c, filter, rows, cols); err != nil {
			return nil, err
		}
	}
	out := &crossing{cells: make([]Cell, 0, len(counted.Cells)), total: measure(counted.Total, pop.total), pop: pop}
	for _, count := range counted.Cells {
		row, col := count.Row, count.Col
		if rows == "" {
			row, col = "", row
		}
		out.cells = append(out.cells, Cell{Row: row, Col: col, Measures: measure(count, pop.of(row, col))})
	}
	return out, nil
}
