package api

import (
	"context"
	"fmt"

	"tongjian/analysis/compare"
	"tongjian/corpus"
	"tongjian/index"
)

// compareAttempts is how often a comparison is made anew when documents arrive while it is being made.
const compareAttempts = 5

// Compare puts two to eight parts of the corpus side by side.
func (s *Service) Compare(ctx context.Context, req CompareRequest) (*CompareAnswer, error) {
	if n := len(req.Sides); n < MinSides || n > MaxSides {
		return nil, invalid("bad_value", "side", "", -1, fmt.Sprintf("%d 至 %d 个 side", MinSides, MaxSides),
			fmt.Sprintf("对比有 %d 方", n))
	}
	filter, err := s.resolveFindings(req.Filter)
	if err != nil {
		return nil, err
	}
	for range compareAttempts {
		ans, settled, err := s.compareOnce(ctx, filter, req.Sides)
		if err != nil || settled {
			return ans, err
		}
	}
	return nil, &corpus.Error{
		Kind: corpus.Unavailable, Code: "corpus_moving", Message: "对比时文件不断变动，请稍后再试", Position: -1,
	}
}

// compareOnce makes the comparison. settled is false where the corpus changed meanwhile.
func (s *Service) compareOnce(ctx context.Context, filter corpus.Filter, written []string) (ans *CompareAnswer, settled bool, err error) {
	sides := make([]*side, len(written))
	for i, w := range written {
		if sides[i], err = s.readSide(ctx, filter, w); err != nil {
			return nil, false, err
		}
		if err = s.countShared(ctx, sides[i], sides[0]); err != nil {
			return nil, false, err
		}
	}
	for _, sd := range sides {
		if sd.sequence != sides[0].sequence || sd.moved {
			return nil, false, nil
		}
	}
	ans = &CompareAnswer{
		Domains:    s.comparedRows(sides, corpus.FieldDomain),
		Categories: s.comparedRows(sides, corpus.FieldCategory),
		Statuses:   s.comparedRows(sides, corpus.FieldStatus),
		Actions:    s.comparedRows(sides, corpus.FieldAction),
		Keywords:   [][]compare.Keyword{},
		Threshold:  compare.Threshold, Meta: s.meta(sides[0].sequence),
	}
	for _, sd := range sides {
		ans.Sides = append(ans.Sides, sd.head())
	}
	s.match(ans, sides)
	return ans, true, nil
}

// match adds what is found by reading the findings themselves.
func (s *Service) match(ans *CompareAnswer, sides []*side) {
	read := make([]compare.Side, len(sides))
	for i, sd := range sides {
		read[i] = sd.findings
	}
	found := compare.Match(read)
	ans.Matched, ans.OnlyHere = make([]MatchedRow, 0, len(found.Rows)), make([][]ComparedOne, len(sides))
	for _, row := range found.Rows {
		out := MatchedRow{Score: row.Score, Categories: row.Categories, Cells: make([][]ComparedOne, len(sides))}
		if out.Categories == nil {
			out.Categories = []corpus.CategoryCode{}
		}
		for i, cell := range row.Cells {
			out.Cells[i] = []ComparedOne{}
			for _, m := range cell {
				out.Cells[i] = append(out.Cells[i], comparedOne(sides[i].hits[m.At], m.Score))
			}
		}
		ans.Matched = append(ans.Matched, out)
	}
	for i, only := range found.Only {
		ans.OnlyHere[i] = make([]ComparedOne, 0, len(only))
		for _, at := range only {
			ans.OnlyHere[i] = append(ans.OnlyHere[i], comparedOne(sides[i].hits[at], 0))
		}
	}
	if s.Words != nil {
		ans.Keywords = compare.Keywords(read, s.Words)
	}
}

func comparedOne(h index.Hit, score float64) ComparedOne {
	hit := searchHit(h)
	return ComparedOne{
		ID: hit.ID, DocumentID: hit.DocumentID, Statement: hit.Statement, Unit: hit.Unit, Year: hit.Year,
		Status: hit.Status, Categories: hit.Categories, Score: score,
	}
}

// comparedRows lays the values of a field out by side, in the order in which they are shown.
func (s *Service) comparedRows(sides []*side, field corpus.Field) []ComparedRow {
	rows := []ComparedRow{}
	for _, value := range s.valuesInOrder(sides, field) {
		row := ComparedRow{Value: value, Label: s.Label(field, value)}
		for _, sd := range sides {
			row.Cells = append(row.Cells, s.comparedCell(sd, sides[0], field, value))
		}
		rows = append(rows, row)
	}
	return rows
}

// valuesInOrder lists the values of a field that any side has: categories, statuses and actions in their own order, others last.
func (s *Service) valuesInOrder(sides []*side, field corpus.Field) []string {
	var order []string
	switch field {
	case corpus.FieldStatus:
		for _, st := range corpus.Statuses {
			order = append(order, string(st))
		}
	case corpus.FieldAction:
		for _, k := range corpus.ActionKinds {
			order = append(order, string(k))
		}
	case corpus.FieldDomain, corpus.FieldCategory:
		for _, d := range s.Taxonomy.Domains() {
			if field == corpus.FieldDomain {
				order = append(order, string(d.Code))
				continue
			}
			for _, l := range d.Leaves {
				order = append(order, string(l.Code))
			}
		}
	}
	seen := map[string]bool{}
	for _, v := range order {
		seen[v] = true
	}
	for _, sd := range sides {
		for _, cell := range sd.tallies[field].Cells {
			if !seen[cell.Row] {
				seen[cell.Row] = true
				order = append(order, cell.Row)
			}
		}
	}
	var out []string
	accepts := s.accepts(sides[0].filter, field)
	for _, v := range order {
		if accepts != nil && !accepts(v) {
			continue
		}
		for _, sd := range sides {
			if sd.count(field, v).Findings > 0 {
				out = append(out, v)
				break
			}
		}
	}
	return out
}
