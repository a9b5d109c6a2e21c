package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tongjian/analysis/trend"
	"tongjian/corpus"
)

// tableFields are the fields that a table may have as rows and columns.
var tableFields = slices.DeleteFunc(slices.Clone(corpus.Fields), func(f corpus.Field) bool {
	return f == corpus.FieldDate || f == corpus.FieldKind
})

// Matrix returns a table of two fields with its margins.
func (s *Service) Matrix(ctx context.Context, req MatrixRequest) (*MatrixAnswer, error) {
	for _, side := range []struct {
		param string
		field corpus.Field
	}{{"rows", req.Rows}, {"cols", req.Cols}} {
		if !slices.Contains(tableFields, side.field) {
			return nil, badField(side.param, side.field, tableFields)
		}
	}
	if req.Rows == req.Cols {
		return nil, badValue("cols", string(req.Cols), 0, "与 rows 不同的字段")
	}
	if err := checkTop(req.Top); err != nil {
		return nil, err
	}
	filter, err := s.resolveFindings(req.Filter)
	if err != nil {
		return nil, err
	}
	found, err := trend.Matrix(ctx, s.Engine, findings(filter), req.Rows, req.Cols)
	if err != nil {
		return nil, fmt.Errorf("count %s by %s: %w", req.Rows, req.Cols, err)
	}
	return s.matrixAnswer(req, filter, found), nil
}

func (s *Service) matrixAnswer(req MatrixRequest, filter corpus.Filter, found *trend.Table) *MatrixAnswer {
	drill := s.drilldowns(findings(filter))
	out := &MatrixAnswer{
		RowField: req.Rows, ColField: req.Cols,
		Rows: []MatrixMargin{}, Cols: []MatrixMargin{}, Cells: make([]MatrixCell, 0, len(found.Cells)),
		Total: drill.figures(found.Total), Meta: s.meta(found.Sequence),
	}
	rows, rowsOmitted := s.shown(filter, req.Rows, topOf(req.Top), found.Rows)
	cols, colsOmitted := s.shown(filter, req.Cols, topOf(req.Top), found.Cols)
	out.RowsOmitted, out.ColsOmitted = rowsOmitted, colsOmitted
	inRows, inCols := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		inRows[r.Row] = true
		out.Rows = append(out.Rows, MatrixMargin{
			Value: r.Row, Label: s.Label(req.Rows, r.Row), Figures: drill.figures(r.Measures, fieldValue{req.Rows, r.Row}),
		})
	}
	for _, c := range cols {
		inCols[c.Col] = true
		out.Cols = append(out.Cols, MatrixMargin{
			Value: c.Col, Label: s.Label(req.Cols, c.Col), Figures: drill.figures(c.Measures, fieldValue{req.Cols, c.Col}),
		})
	}
	for _, c := range found.Cells {
		if inRows[c.Row] && inCols[c.Col] {
			out.Cells = append(out.Cells, MatrixCell{
				Row: c.Row, Col: c.Col,
				Figures: drill.figures(c.Measures, fieldValue{req.Rows, c.Row}, fieldValue{req.Cols, c.Col}),
			})
		}
	}
	return out
}

// shown keeps of the margins of one field those that the filter accepts, and of these the ones with the most findings;
// it says how many that leaves out.
func (s *Service) shown(filter corpus.Filter, field corpus.Field, top int, margins []trend.Cell) ([]trend.Cell, int) {
	accepts := s.accepts(filter, field)
	places := make([]int, 0, len(margins))
	for i, m := range margins {
		// A margin has one of the two; the other is empty.
		if accepts == nil || accepts(m.Row+m.Col) {
			places = append(places, i)
		}
	}
	omitted := max(len(places)-top, 0)
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(margins[b].Findings, margins[a].Findings) })
	places = places[:len(places)-omitted]
	slices.Sort(places)
	kept := make([]trend.Cell, len(places))
	for i, p := range places {
		kept[i] = margins[p]
	}
	return kept, omitted
}
