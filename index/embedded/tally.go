package embedded

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"tongjian/corpus"
)

// Tally counts findings, documents and units by the values of one or two fields.
func (e *Engine) Tally(ctx context.Context, req corpus.TallyRequest) (*corpus.Tally, error) {
	if err := req.Check(); err != nil {
		return nil, err
	}
	c, err := e.read(req.Filter)
	if err != nil {
		return nil, err
	}
	if req.Denominators {
		c = c.ofDocument()
	}
	s, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer s.close()
	within := s.view.findings
	if req.Denominators {
		within = s.view.live
	}
	hits, err := s.matcher(ctx).passages(c, within)
	if err != nil {
		return nil, fmt.Errorf("tally %q: %w", req.Filter.Query, err)
	}
	t := newTable(s.view, req)
	t.count(hits)
	return t.tally(), nil
}

// cell is a count on its way. Runs come ordered by unit, so a unit is new to a cell when it is not the last one; so is a
// document, except one with several units, whose runs are apart.
type cell struct {
	findings, documents, units int
	lastUnit, lastDoc          uint32 // one more than the number
}

// table counts pairs of values.
type table struct {
	view       *view
	req        corpus.TallyRequest
	rows, cols column
	dense      []cell          // by row, then column, where the table is small enough
	sparse     map[uint64]cell // else
	total      cell
	// apart holds the documents with several units that a cell has counted.
	apart map[[2]uint64]bool
}

// denseCells is how many cells a table may have to be kept as an array.
const denseCells = 1 << 20

func newTable(v *view, req corpus.TallyRequest) *table {
	t := &table{view: v, req: req, rows: v.column(req.Rows), cols: v.column(req.Cols), apart: map[[2]uint64]bool{}}
	if n := len(t.rows.values) * len(t.cols.values); n <= denseCells {
		t.dense = make([]cell, n)
	} else {
		t.sparse = map[uint64]cell{}
	}
	return t
}

// count counts the hits.
func (t *table) count(hits bitset) {
	for _, r := range t.view.byUnit() {
		doc := &t.view.docs[r.doc]
		if t.rows.perDocument && t.cols.perDocument {
			t.countRun(hits, r, doc)
			continue
		}
		hits.eachRange(r.first, r.end, func(p uint32) { t.countPassage(p, r, doc) })
	}
}

// countRun counts all hits of a run at once: they fall into one cell.
func (t *table) countRun(hits bitset, r run, doc *document) {
	n := hits.countRange(int(r.first), int(r.end))
	if n == 0 {
		return
	}
	findings := n
	if t.req.Denominators {
		findings = 0
		hits.eachRange(r.first, r.end, func(p uint32) { findings += t.isFinding(p) })
	}
	row, col := t.rows.of(r.first)[0], t.cols.of(r.first)[0]
	t.add(&t.total, math.MaxUint64, findings, r, doc)
	t.addAt(row, col, findings, r, doc)
}

func (t *table) countPassage(p uint32, r run, doc *document) {
	finding := t.isFinding(p)
	t.add(&t.total, math.MaxUint64, finding, r, doc)
	if finding == 0 && (t.ofFinding(t.req.Rows) || t.ofFinding(t.req.Cols)) {
		// A section has no status and no category, which is not the same as a finding without one.
		return
	}
	rows := t.rows.of(p)
	for _, row := range rows {
		for _, col := range t.cols.of(p) {
			t.addAt(row, col, finding, r, doc)
		}
	}
}

func (t *table) isFinding(p uint32) int {
	if t.view.kind[p] == kindFinding {
		return 1
	}
	return 0
}

// ofFinding reports whether only findings have the field.
func (t *table) ofFinding(f corpus.Field) bool {
	return f == corpus.FieldStatus || f == corpus.FieldCategory || f == corpus.FieldDomain
}

func (t *table) addAt(row, col uint32, findings int, r run, doc *document) {
	at := uint64(row)*uint64(len(t.cols.values)) + uint64(col)
	if t.dense != nil {
		t.add(&t.dense[at], at, findings, r, doc)
		return
	}
	c := t.sparse[at]
	t.add(&c, at, findings, r, doc)
	t.sparse[at] = c
}

func (t *table) add(c *cell, at uint64, findings int, r run, doc *document) {
	c.findings += findings
	if c.lastUnit != r.unit+1 {
		c.lastUnit = r.unit + 1
		if r.unit != 0 {
			c.units++
		}
	}
	if c.lastDoc == r.doc+1 {
		return
	}
	c.lastDoc = r.doc + 1
	if doc.severalUnit {
		if k := [2]uint64{at, uint64(r.doc)}; t.apart[k] {
			return
		} else {
			t.apart[k] = true
		}
	}
	c.documents++
}

// tally returns the cells that count something, in order.
func (t *table) tally() *corpus.Tally {
	out := &corpus.Tally{Sequence: t.view.sequence, Total: t.total.as("", "")}
	width := uint64(len(t.cols.values))
	take := func(at uint64, c cell) {
		if c.findings > 0 || c.documents > 0 {
			out.Cells = append(out.Cells, c.as(t.rows.values[at/width], t.cols.values[at%width]))
		}
	}
	for at, c := range t.dense {
		take(uint64(at), c)
	}
	for at, c := range t.sparse {
		take(at, c)
	}
	slices.SortFunc(out.Cells, func(a, b corpus.Cell) int {
		if c := compareValues(t.req.Rows, a.Row, b.Row); c != 0 {
			return c
		}
		return compareValues(t.req.Cols, a.Col, b.Col)
	})
	return out
}

func (c cell) as(row, col string) corpus.Cell {
	return corpus.Cell{Row: row, Col: col, Findings: c.findings, Documents: c.documents, Units: c.units}
}

// compareValues orders the values of a field as they are shown. The empty value comes last.
func compareValues(f corpus.Field, a, b string) int {
	if a == b {
		return 0
	}
	if a == "" || b == "" {
		return strings.Compare(b, a)
	}
	switch f {
	case corpus.FieldStatus:
		return byPlace(corpus.Statuses, a, b)
	case corpus.FieldLevel:
		return byPlace(corpus.Levels, a, b)
	case corpus.FieldType:
		return byPlace(corpus.DocTypes, a, b)
	}
	return strings.Compare(a, b)
}

// byPlace orders values by their place in a list; unknown ones come after it.
func byPlace[T ~string](list []T, a, b string) int {
	i, j := slices.Index(list, T(a)), slices.Index(list, T(b))
	if i != j && i >= 0 && j >= 0 {
		return i - j
	}
	if (i < 0) != (j < 0) {
		return j - i
	}
	return strings.Compare(a, b)
}
