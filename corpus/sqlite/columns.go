package sqlite

import (
	"strings"

	"tongjian/corpus"
)

// The columns that repeat documents, in the order in which documentRow, findingRows, categoryRows and warningRows give
// their values.
const (
	documentColumns = `id, source, format, encoding, doc_type, title, unit, party_body, province, city, county,
		region_code, level, sector, inspector, round, inspection_from, inspection_to, feedback_date, publication_date,
		year, problems, items, aspects, rectified, measures_planned, measures_completed, accountable, findings, warnings`
	findingColumns  = `document_id, ordinal, statement, status, unit`
	warningColumns  = `document_id, ordinal, code, message, declared, found, text`
	categoryColumns = `document_id, ordinal, rank, code, score, given_by`
)

// insertInto returns the statement that inserts a row into a table.
func insertInto(table, columns string) string {
	return `INSERT INTO ` + table + ` (` + columns + `) VALUES (?` + strings.Repeat(", ?", strings.Count(columns, ",")) + `)`
}

func documentRow(d *corpus.Document) []any {
	return []any{
		string(d.ID), d.Source, d.Format, d.Encoding, string(d.DocType), string(d.Title), string(d.Unit),
		string(d.PartyBody), string(d.Region.Province), string(d.Region.City), string(d.Region.County), d.Region.Code,
		string(d.Level), string(d.Sector), string(d.Inspector), string(d.Round), string(d.InspectionFrom),
		string(d.InspectionTo), string(d.FeedbackDate), string(d.PublicationDate), int64(d.Year),
		orNull(d.Declared.Problems), orNull(d.Declared.Items), orNull(d.Declared.Aspects), orNull(d.Declared.Rectified),
		orNull(d.Declared.MeasuresPlanned), orNull(d.Declared.MeasuresCompleted), orNull(d.Declared.Accountable),
		int64(len(d.Findings)), int64(len(d.Warnings)),
	}
}

// orNull returns a figure as the driver reads it, nil for one that is not stated.
func orNull(n *int) any {
	if n == nil {
		return nil
	}
	return int64(*n)
}

func warningRows(d *corpus.Document) [][]any {
	rows := make([][]any, len(d.Warnings))
	for i, w := range d.Warnings {
		rows[i] = []any{string(d.ID), int64(i + 1), string(w.Code), w.Message, orNull(w.Declared), orNull(w.Found), w.Text}
	}
	return rows
}

func findingRows(d *corpus.Document) [][]any {
	rows := make([][]any, len(d.Findings))
	for i, f := range d.Findings {
		rows[i] = []any{string(d.ID), int64(f.Ordinal), f.Statement, string(f.Status), f.Unit}
	}
	return rows
}

func categoryRows(d *corpus.Document) [][]any {
	var rows [][]any
	for _, f := range d.Findings {
		for i, c := range f.Categories {
			rows = append(rows, []any{string(d.ID), int64(f.Ordinal), int64(i + 1), string(c.Code), c.Score, string(c.By)})
		}
	}
	return rows
}
