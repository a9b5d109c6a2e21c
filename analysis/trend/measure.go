package trend

import (
	"context"

	"tongjian/corpus"
)

// SparseBelow is the number of documents below which a share is marked as resting on too little.
const SparseBelow = 5

// Counter counts findings. Every search engine over the corpus can; this package needs nothing else of it.
type Counter interface {
	Tally(ctx context.Context, req corpus.TallyRequest) (*corpus.Tally, error)
}

// Measures are the figures of one cell. The shares are nil where there is no document that they could be a share of.
type Measures struct {
	Findings  int `json:"findings"`
	Documents int `json:"documents"`
	Units     int `json:"units"`
	// DocumentsTotal and UnitsTotal are the denominators: all documents and units of the cell's population.
	DocumentsTotal int `json:"documents_total"`
	UnitsTotal     int `json:"units_total"`
	// Share is Documents / DocumentsTotal; ShareLow and ShareHigh are its Wilson 95% interval.
	Share     *float64 `json:"share"`
	ShareLow  *float64 `json:"share_low"`
	ShareHigh *float64 `json:"share_high"`
	// FindingsPerDocument is Findings / DocumentsTotal.
	FindingsPerDocument *float64 `json:"findings_per_document"`
	// Sparse marks a cell whose population is fewer than SparseBelow documents.
	Sparse bool `json:"sparse"`
}

// measure puts a count beside its population.
func measure(count, population corpus.Cell) Measures {
	m := Measures{
		Findings: count.Findings, Documents: count.Documents, Units: count.Units,
		DocumentsTotal: population.Documents, UnitsTotal: population.Units,
		Sparse: population.Documents < SparseBelow,
	}
	if population.Documents > 0 {
		// One allocation for the four figures: a table has thousands of cells.
		var f [4]float64
		n := float64(population.Documents)
		f[0], f[3] = float64(count.Documents)/n, float64(count.Findings)/n
		f[1], f[2] = Wilson(count.Documents, population.Documents, Confidence)
		m.Share, m.ShareLow, m.ShareHigh, m.FindingsPerDocument = &f[0], &f[1], &f[2], &f[3]
	}
	return m
}

// population holds the denominators of a table by row and column value. A field that is no property of documents does
// not divide the population and has the value "" in it.
type population struct {
	byRow, byCol bool
	cells        map[[2]string]corpus.Cell
	total        corpus.Cell
}

// populationOf counts the documents behind a table of two fields; either may be empty.
func populationOf(ctx context.Context, c *snapshot, filter corpus.Filter, rows, cols corpus.Field) (*population, error) {
	p := &population{
		byRow: rows != "" && rows.OfDocument(), byCol: cols != "" && cols.OfDocument(),
		cells: map[[2]string]corpus.Cell{},
	}
	req := corpus.TallyRequest{Filter: filter, Denominators: true}
	switch {
	case p.byRow && p.byCol:
		req.Rows, req.Cols = rows, cols
	case p.byRow:
		req.Rows = rows
	case p.byCol:
		req.Rows = cols
	}
	t, err := c.Tally(ctx, req)
	if err != nil {
		return nil, err
	}
	p.total = t.Total
	for _, cell := range t.Cells {
		key := [2]string{cell.Row, cell.Col}
		if !p.byRow && p.byCol {
			key = [2]string{"", cell.Row}
		}
		p.cells[key] = cell
	}
	return p, nil
}

// of returns the population of one cell.
func (p *population) of(row, col string) corpus.Cell {
	if !p.byRow && !p.byCol {
		return p.total
	}
	if !p.byRow {
		row = ""
	}
	if !p.byCol {
		col = ""
	}
	return p.cells[[2]string{row, col}]
}

// Nothing returns the figures of a cell with the same population that counts nothing.
func (m Measures) Nothing() Measures {
	return measure(corpus.Cell{}, corpus.Cell{Documents: m.DocumentsTotal, Units: m.UnitsTotal})
}
