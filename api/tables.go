package api

import (
	"slices"
	"strings"

	"tongjian/corpus"
)

// joined writes several values in one cell.
func joined[T ~string](values []T) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = string(v)
	}
	return strings.Join(parts, "; ")
}

// year writes a year, nothing where it is not known.
func year(y corpus.Year) any {
	if y == 0 {
		return nil
	}
	return int(y)
}

func (a *SearchAnswer) table() csvTable {
	t := csvTable{name: "search", header: []string{
		"id", "document_id", "kind", "title", "statement", "unit", "region", "year", "date", "type", "categories", "status",
		"score", "snippet",
	}}
	for _, h := range a.Data {
		var snippet string
		if len(h.Snippets) > 0 {
			snippet = h.Snippets[0].Text
		}
		t.rows = append(t.rows, []any{
			string(h.ID), string(h.DocumentID), string(h.Kind), string(h.Title), h.Statement, string(h.Unit), string(h.Region),
			year(h.Year), string(h.Date), string(h.Type), joined(h.Categories), string(h.Status), h.Score, snippet,
		})
	}
	return t
}

func (l *List[T]) table() csvTable {
	switch data := any(l.Data).(type) {
	case []DocumentRecord:
		return documentTable(data)
	case []FindingRecord:
		return findingTable(data)
	case []CorrectedFinding:
		return correctionTable(data)
	}
	return csvTable{}
}

func documentTable(data []DocumentRecord) csvTable {
	t := csvTable{name: "documents", header: []string{
		"id", "source", "doc_type", "title", "unit", "party_body", "province", "city", "county", "region_code", "level",
		"sector", "inspector", "round", "inspection_from", "inspection_to", "feedback_date", "publication_date", "year",
		"declared_problems", "findings", "warnings",
	}}
	for _, d := range data {
		var declared any
		if d.Declared.Problems != nil {
			declared = *d.Declared.Problems
		}
		t.rows = append(t.rows, []any{
			string(d.ID), d.Source, string(d.DocType), string(d.Title), string(d.Unit), string(d.PartyBody),
			string(d.Region.Province), string(d.Region.City), string(d.Region.County), d.Region.Code, string(d.Level),
			string(d.Sector), string(d.Inspector), string(d.Round), string(d.InspectionFrom), string(d.InspectionTo),
			string(d.FeedbackDate), string(d.PublicationDate), year(d.Year), declared, d.Findings, d.Warnings,
		})
	}
	return t
}

func findingTable(data []FindingRecord) csvTable {
	t := csvTable{name: "findings", header: []string{
		"id", "document_id", "title", "unit", "province", "city", "county", "level", "sector", "inspector", "round", "year",
		"date", "type", "label", "path", "statement", "account", "status", "status_text", "measures", "categories",
		"evidence",
	}}
	for _, f := range data {
		codes, evidence := categoryCells(f.Categories)
		t.rows = append(t.rows, []any{
			string(f.ID), string(f.DocumentID), string(f.Title), string(f.Unit), string(f.Region.Province),
			string(f.Region.City), string(f.Region.County), string(f.Level), string(f.Sector), string(f.Inspector),
			string(f.Round), year(f.Year), string(f.Date), string(f.Type), string(f.Label), strings.Join(f.Path, " / "),
			f.Statement, f.Account, string(f.Status), string(f.StatusText), len(f.Measures), codes, evidence,
		})
	}
	return t
}

// categoryCells writes the categories of a finding and the words that speak for them.
func categoryCells(categories []corpus.Category) (codes, evidence string) {
	var c, e []string
	for _, category := range categories {
		c = append(c, string(category.Code))
		for _, ev := range category.Evidence {
			e = append(e, ev.Text)
		}
	}
	return strings.Join(c, "; "), strings.Join(e, "; ")
}

func (a *TrendsAnswer) table() csvTable {
	t := csvTable{name: "trends", header: slices.Concat(
		[]string{"period", "series", "label"}, figureColumns, []string{"slope", "p", "q", "direction", "reason"},
	)}
	tests := map[string]TrendTest{}
	for _, test := range a.Tests {
		tests[test.Series] = test
	}
	for _, r := range a.Rows {
		test := tests[r.Series]
		t.rows = append(t.rows, slices.Concat(
			[]any{r.Period, r.Series, r.Label}, figureCells(r.Figures),
			[]any{test.Slope, test.P, test.Q, string(test.Direction), string(test.Reason)},
		))
	}
	return t
}

func (a *MatrixAnswer) table() csvTable {
	t := csvTable{name: "matrix", header: slices.Concat([]string{"row", "row_label", "col", "col_label"}, figureColumns)}
	rows, cols := labels(a.Rows), labels(a.Cols)
	for _, c := range a.Cells {
		t.rows = append(t.rows, slices.Concat([]any{c.Row, rows[c.Row], c.Col, cols[c.Col]}, figureCells(c.Figures)))
	}
	return t
}

func labels(margins []MatrixMargin) map[string]string {
	out := make(map[string]string, len(margins))
	for _, m := range margins {
		out[m.Value] = m.Label
	}
	return out
}

func (a *TaxonomyAnswer) table() csvTable {
	t := csvTable{name: "taxonomy", header: slices.Concat([]string{"code", "domain", "zh", "en", "is", "not"}, figureColumns)}
	add := func(n CategoryNode) {
		t.rows = append(t.rows, slices.Concat(
			[]any{string(n.Code), string(n.Code.Domain()), n.Zh, n.En, n.Is, n.Not}, figureCells(n.Figures),
		))
	}
	for _, d := range a.Domains {
		add(d)
		for _, l := range d.Leaves {
			add(l)
		}
	}
	return t
}

func (a *CompareAnswer) table() csvTable {
	t := csvTable{name: "compare", header: []string{
		"field", "value", "label", "side", "side_label", "findings", "documents", "share", "difference", "difference_low",
		"difference_high", "drilldown",
	}}
	add := func(field corpus.Field, rows []ComparedRow) {
		for _, r := range rows {
			for i, c := range r.Cells {
				t.rows = append(t.rows, []any{
					string(field), r.Value, r.Label, a.Sides[i].Side, a.Sides[i].Label, c.Findings, c.Documents, c.Share,
					c.Difference, c.DifferenceLow, c.DifferenceHigh, c.Drilldown,
				})
			}
		}
	}
	add(corpus.FieldCategory, a.Categories)
	add(corpus.FieldStatus, a.Statuses)
	return t
}
