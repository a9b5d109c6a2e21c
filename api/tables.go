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

func (a *SearchAnswer) table() dataTable {
	t := dataTable{name: "search", header: []string{
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

func (l *List[T]) table() dataTable {
	switch data := any(l.Data).(type) {
	case []DocumentRecord:
		return tableOf("documents", documentColumns, data)
	case []FindingRecord:
		return tableOf("findings", findingColumns, data)
	case []CorrectedFinding:
		return correctionTable(data)
	case []RepeatPair:
		return tableOf("repeats", repeatColumns, data)
	case []CommonGroup:
		return tableOf("common-problems", commonColumns, data)
	case []UnitRecord:
		return tableOf("units", unitColumns, data)
	case []corpus.QualityNote:
		return tableOf("quality", qualityColumns, data)
	case []corpus.Key:
		return tableOf("keys", keyColumns, data)
	case []corpus.AuditEntry:
		return tableOf("audit", auditColumns, data)
	}
	return dataTable{}
}

// column is one column of a table of records.
type column[T any] struct {
	name string
	cell func(T) any
}

func tableOf[T any](name string, columns []column[T], data []T) dataTable {
	t := dataTable{name: name, header: namesOf(columns)}
	for _, d := range data {
		t.rows = append(t.rows, cellsOf(columns, d))
	}
	return t
}

func namesOf[T any](columns []column[T]) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

func cellsOf[T any](columns []column[T], record T) []any {
	cells := make([]any, len(columns))
	for i, c := range columns {
		cells[i] = c.cell(record)
	}
	return cells
}

// documentColumns are the columns of a table of documents.
var documentColumns = []column[DocumentRecord]{
	{"id", func(d DocumentRecord) any { return string(d.ID) }},
	{"source", func(d DocumentRecord) any { return d.Source }},
	{"doc_type", func(d DocumentRecord) any { return string(d.DocType) }},
	{"title", func(d DocumentRecord) any { return string(d.Title) }},
	{"unit", func(d DocumentRecord) any { return string(d.Unit) }},
	{"party_body", func(d DocumentRecord) any { return string(d.PartyBody) }},
	{"province", func(d DocumentRecord) any { return string(d.Region.Province) }},
	{"city", func(d DocumentRecord) any { return string(d.Region.City) }},
	{"county", func(d DocumentRecord) any { return string(d.Region.County) }},
	{"region_code", func(d DocumentRecord) any { return d.Region.Code }},
	{"level", func(d DocumentRecord) any { return string(d.Level) }},
	{"sector", func(d DocumentRecord) any { return string(d.Sector) }},
	{"inspector", func(d DocumentRecord) any { return string(d.Inspector) }},
	{"round", func(d DocumentRecord) any { return string(d.Round) }},
	{"inspection_from", func(d DocumentRecord) any { return string(d.InspectionFrom) }},
	{"inspection_to", func(d DocumentRecord) any { return string(d.InspectionTo) }},
	{"feedback_date", func(d DocumentRecord) any { return string(d.FeedbackDate) }},
	{"publication_date", func(d DocumentRecord) any { return string(d.PublicationDate) }},
	{"year", func(d DocumentRecord) any { return year(d.Year) }},
	{"declared_problems", func(d DocumentRecord) any { return orNothing(d.Declared.Problems) }},
	{"findings", func(d DocumentRecord) any { return d.Findings }},
	{"warnings", func(d DocumentRecord) any { return d.Warnings }},
}

// findingColumns are the columns of a table of findings.
var findingColumns = []column[FindingRecord]{
	{"id", func(f FindingRecord) any { return string(f.ID) }},
	{"document_id", func(f FindingRecord) any { return string(f.DocumentID) }},
	{"title", func(f FindingRecord) any { return string(f.Title) }},
	{"unit", func(f FindingRecord) any { return string(f.Unit) }},
	{"province", func(f FindingRecord) any { return string(f.Region.Province) }},
	{"city", func(f FindingRecord) any { return string(f.Region.City) }},
	{"county", func(f FindingRecord) any { return string(f.Region.County) }},
	{"level", func(f FindingRecord) any { return string(f.Level) }},
	{"sector", func(f FindingRecord) any { return string(f.Sector) }},
	{"inspector", func(f FindingRecord) any { return string(f.Inspector) }},
	{"round", func(f FindingRecord) any { return string(f.Round) }},
	{"year", func(f FindingRecord) any { return year(f.Year) }},
	{"date", func(f FindingRecord) any { return string(f.Date) }},
	{"type", func(f FindingRecord) any { return string(f.Type) }},
	{"label", func(f FindingRecord) any { return string(f.Label) }},
	{"path", func(f FindingRecord) any { return strings.Join(f.Path, " / ") }},
	{"statement", func(f FindingRecord) any { return f.Statement }},
	{"account", func(f FindingRecord) any { return f.Account }},
	{"status", func(f FindingRecord) any { return string(f.Status) }},
	{"status_text", func(f FindingRecord) any { return string(f.StatusText) }},
	{"measures", func(f FindingRecord) any { return len(f.Measures) }},
	{"categories", func(f FindingRecord) any { codes, _ := categoryCells(f.Categories); return codes }},
	{"evidence", func(f FindingRecord) any { _, evidence := categoryCells(f.Categories); return evidence }},
}

func orNothing(n *int) any {
	if n == nil {
		return nil
	}
	return *n
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

func (a *TrendsAnswer) table() dataTable {
	t := dataTable{name: "trends", header: slices.Concat(
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
	return withTime(t, a.time)
}

func (a *MatrixAnswer) table() dataTable {
	t := dataTable{name: "matrix", header: slices.Concat([]string{"row", "row_label", "col", "col_label"}, figureColumns)}
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

func (a *TaxonomyAnswer) table() dataTable {
	t := dataTable{name: "taxonomy", header: slices.Concat([]string{"code", "domain", "zh", "en", "is", "not"}, figureColumns)}
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

func (a *CompareAnswer) table() dataTable {
	t := dataTable{name: "compare", header: []string{
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
	add(corpus.FieldAction, a.Actions)
	return t
}
