package embedded

import (
	"context"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"

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
	if c.query.Root == nil && len(c.fields) == 0 {
		return s.view.tallyAll(req, within), nil
	}
	hits, err := s.matcher(ctx, c).passages(c, within)
	if err != nil {
		return nil, fmt.Errorf("tally %q: %w", req.Filter.Query, err)
	}
	t := newTable(s.view, req, denseCells)
	t.count(hits)
	return t.tally(), nil
}

// wholeTallies keeps the tallies over everything: pages and dashboards ask for the same few again and again, and between
// two changes they stay as they are.
type wholeTallies struct {
	mu   sync.Mutex
	kept map[tallyKey]*corpus.Tally
}

type tallyKey struct {
	rows, cols   corpus.Field
	denominators bool
}

// maxKeptCells is how many cells a tally may have to be kept.
const maxKeptCells = 20_000

// tallyAll counts everything.
func (v *view) tallyAll(req corpus.TallyRequest, within bitset) *corpus.Tally {
	key := tallyKey{req.Rows, req.Cols, req.Denominators}
	v.whole.mu.Lock()
	defer v.whole.mu.Unlock()
	tally, ok := v.whole.kept[key]
	if !ok {
		t := newTable(v, req, denseCells)
		t.count(within)
		tally = t.tally()
		if len(tally.Cells) > maxKeptCells {
			return tally
		}
		if v.whole.kept == nil {
			v.whole.kept = map[tallyKey]*corpus.Tally{}
		}
		v.whole.kept[key] = tally
	}
	out := *tally
	out.Cells = slices.Clone(tally.Cells)
	return &out
}

// cell is a count on its way. Runs come ordered by unit, so a unit is new to a cell when it is not the last one; so is a
// document, except one with several units, whose runs are apart.
type cell struct {
	findings, documents, units uint32
	lastUnit, lastDoc          uint32 // one more than the number
}

// table counts pairs of values.
type table struct {
	view       *view
	req        corpus.TallyRequest
	rows, cols column
	dense      []cell           // by row, then column, where the table is small enough
	sparse     map[uint64]*cell // else
	total      cell
	// findingsOnly says that sections fall in no cell: they have no status and no category, which is not the same as a
	// finding without one.
	findingsOnly bool
	// apart holds the documents with several units that a cell has counted.
	apart map[apartKey]bool
}

type apartKey struct {
	cell *cell
	doc  uint32
}

// denseCells is how many cells a table may have to be kept as an array.
const denseCells = 1 << 18

func newTable(v *view, req corpus.TallyRequest, dense int) *table {
	t := &table{view: v, req: req, rows: v.column(req.Rows), cols: v.column(req.Cols), apart: map[apartKey]bool{}}
	t.findingsOnly = ofFinding(req.Rows) || ofFinding(req.Cols)
	if n := len(t.rows.values) * len(t.cols.values); n <= dense {
		t.dense = make([]cell, n)
	} else {
		t.sparse = map[uint64]*cell{}
	}
	return t
}

// ofFinding reports whether only findings have the field.
func ofFinding(f corpus.Field) bool {
	switch f {
	case corpus.FieldStatus, corpus.FieldAction, corpus.FieldSubstance, corpus.FieldCategory, corpus.FieldDomain:
		return true
	}
	return false
}

// count counts the hits.
func (t *table) count(hits bitset) {
	for _, r := range t.view.byUnit() {
		n := hits.countRange(int(r.first), int(r.end))
		if n == 0 {
			continue
		}
		doc := &t.view.docs[r.doc]
		findings := n
		if t.req.Denominators {
			findings = 0
			hits.eachRange(r.first, r.end, func(p uint32) { findings += int(t.isFinding(p)) })
		}
		t.add(&t.total, uint32(findings), r, doc)
		switch {
		case t.rows.ofRun != nil && t.cols.ofRun != nil:
			t.add(t.cell(t.rows.ofRun(r, doc), t.cols.ofRun(r, doc)), uint32(findings), r, doc)
		case t.rows.ofRun != nil:
			t.countCols(hits, r, doc)
		default:
			t.countBoth(hits, r, doc)
		}
	}
}

// countCols counts a run whose passages share the row.
func (t *table) countCols(hits bitset, r run, doc *document) {
	row := t.rows.ofRun(r, doc)
	if t.dense != nil && !t.req.Denominators {
		width := uint32(len(t.cols.values))
		t.countRow(t.dense[row*width:(row+1)*width], hits, r, doc)
		return
	}
	hits.eachRange(r.first, r.end, func(p uint32) {
		finding := t.isFinding(p)
		if finding == 0 && t.findingsOnly {
			return
		}
		cols := t.cols.at(p)
		for i, col := range cols {
			if col == 0 && i > 0 {
				break
			}
			t.add(t.cell(row, uint32(col)), finding, r, doc)
		}
	})
}

// countRow is countCols where the cells of the row are at hand and all hits are findings: what trends ask for, over the
// whole corpus, so no function is called for a passage but to read its column.
func (t *table) countRow(row []cell, hits bitset, r run, doc *document) {
	sets, places := t.cols.sets()
	for w := r.first >> 6; w<<6 < r.end; w++ {
		for word := hits.word(w, r.first, r.end); word != 0; word &= word - 1 {
			p := w<<6 + uint32(bits.TrailingZeros64(word))
			var at uint32
			if places != nil {
				at = places[p]
			} else {
				at = t.cols.placeOf(p)
			}
			for col := sets[at]; ; {
				if c := &row[col]; doc.severalUnit {
					t.add(c, 1, r, doc)
				} else {
					c.addOne(r)
				}
				if at++; sets[at] == 0 {
					break
				}
				col = sets[at]
			}
		}
	}
}

// addOne counts a finding of a document with one unit. There is no branch in it: which documents have what is as good as
// chance, and a processor that guesses wrong loses more than the counting takes.
func (c *cell) addOne(r run) {
	var document, unit uint32
	if c.lastDoc != r.doc+1 {
		document = 1
	}
	if c.lastUnit != r.unit+1 {
		unit = 1
	}
	if r.unit == 0 {
		unit = 0
	}
	c.findings++
	c.documents += document
	c.units += unit
	c.lastDoc, c.lastUnit = r.doc+1, r.unit+1
}

// countBoth counts a run whose passages have rows of their own, and may have columns of their own.
func (t *table) countBoth(hits bitset, r run, doc *document) {
	hits.eachRange(r.first, r.end, func(p uint32) {
		finding := t.isFinding(p)
		if finding == 0 && t.findingsOnly {
			return
		}
		rows := t.rows.at(p)
		for i, row := range rows {
			if row == 0 && i > 0 {
				break
			}
			if t.cols.ofRun != nil {
				t.add(t.cell(uint32(row), t.cols.ofRun(r, doc)), finding, r, doc)
				continue
			}
			cols := t.cols.at(p)
			for k, col := range cols {
				if col == 0 && k > 0 {
					break
				}
				t.add(t.cell(uint32(row), uint32(col)), finding, r, doc)
			}
		}
	})
}

func (t *table) isFinding(p uint32) uint32 {
	if t.view.findings.has(p) {
		return 1
	}
	return 0
}

// cell returns the cell of a pair of values.
func (t *table) cell(row, col uint32) *cell {
	at := uint64(row)*uint64(len(t.cols.values)) + uint64(col)
	if t.dense != nil {
		return &t.dense[at]
	}
	c := t.sparse[at]
	if c == nil {
		c = &cell{}
		t.sparse[at] = c
	}
	return c
}

func (t *table) add(c *cell, findings uint32, r run, doc *document) {
	c.findings += findings
	if c.lastUnit != r.unit+1 {
		c.lastUnit = r.unit + 1
		if r.unit != 0 {
			c.units++
		}
	}
	if c.lastDoc != r.doc+1 {
		c.lastDoc = r.doc + 1
		t.addDocument(c, r, doc)
	}
}

func (t *table) addDocument(c *cell, r run, doc *document) {
	if doc.severalUnit {
		k := apartKey{c, r.doc}
		if t.apart[k] {
			return
		}
		t.apart[k] = true
	}
	c.documents++
}

// tally returns the cells that count something, in order.
func (t *table) tally() *corpus.Tally {
	out := &corpus.Tally{Sequence: t.view.sequence, Total: t.total.as("", "")}
	rows, cols := inOrder(t.req.Rows, t.rows.values), inOrder(t.req.Cols, t.cols.values)
	if t.dense == nil {
		t.takeSparse(out, rows, cols)
		return out
	}
	for _, row := range rows {
		for _, col := range cols {
			if c := &t.dense[row*len(t.cols.values)+col]; c.findings > 0 || c.documents > 0 {
				out.Cells = append(out.Cells, c.as(t.rows.values[row], t.cols.values[col]))
			}
		}
	}
	return out
}

// takeSparse adds the cells of a table that is too large to be walked.
func (t *table) takeSparse(out *corpus.Tally, rows, cols []int) {
	width := len(t.cols.values)
	rowRank, colRank := ranks(rows), ranks(cols)
	places := slices.Collect(maps.Keys(t.sparse))
	rank := func(at uint64) int { return rowRank[int(at)/width]*width + colRank[int(at)%width] }
	slices.SortFunc(places, func(a, b uint64) int { return rank(a) - rank(b) })
	for _, at := range places {
		out.Cells = append(out.Cells, t.sparse[at].as(t.rows.values[int(at)/width], t.cols.values[int(at)%width]))
	}
}

// inOrder returns the numbers of the values in the order in which they are shown.
func inOrder(f corpus.Field, values []string) []int {
	out := make([]int, len(values))
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int { return compareValues(f, values[a], values[b]) })
	return out
}

// ranks returns the place of each number in an order.
func ranks(order []int) []int {
	out := make([]int, len(order))
	for place, n := range order {
		out[n] = place
	}
	return out
}

func (c cell) as(row, col string) corpus.Cell {
	return corpus.Cell{Row: row, Col: col, Findings: int(c.findings), Documents: int(c.documents), Units: int(c.units)}
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
	case corpus.FieldAction:
		return byPlace(corpus.ActionKinds, a, b)
	case corpus.FieldSubstance:
		return byPlace(corpus.Substances, a, b)
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
