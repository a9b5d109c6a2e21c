package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"tongjian/corpus"
)

// Summaries returns what lists show of documents, in the order of ids, without reading the documents. It skips those that
// are not shown.
func (db *DB) Summaries(ctx context.Context, ids []corpus.DocumentID) ([]corpus.Summary, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("read summaries: %w", err)
	}
	var out []corpus.Summary
	err = db.view(ctx, "读取文档清单", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT d.id, source, doc_type, title, unit, party_body, province, city, county, region_code, level, sector, inspector,
				round, inspection_from, inspection_to, feedback_date, publication_date, year, problems, items, aspects, rectified,
				measures_planned, measures_completed, accountable, findings, warnings
			FROM json_each(?) j JOIN documents d ON d.id = j.value ORDER BY j.key`, string(list))
		if err != nil {
			return fmt.Errorf("read summaries: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var s corpus.Summary
			var year int64
			if err := rows.Scan(&s.ID, &s.Source, &s.DocType, &s.Title, &s.Unit, &s.PartyBody, &s.Region.Province, &s.Region.City,
				&s.Region.County, &s.Region.Code, &s.Level, &s.Sector, &s.Inspector, &s.Round, &s.InspectionFrom, &s.InspectionTo,
				&s.FeedbackDate, &s.PublicationDate, &year, &s.Declared.Problems, &s.Declared.Items, &s.Declared.Aspects,
				&s.Declared.Rectified, &s.Declared.MeasuresPlanned, &s.Declared.MeasuresCompleted, &s.Declared.Accountable,
				&s.Findings, &s.Warnings); err != nil {
				return fmt.Errorf("read summaries: %w", err)
			}
			s.Year = corpus.Year(year)
			out = append(out, s)
		}
		return rows.Err()
	})
	return out, err
}

// Quality returns at most limit warnings with one of the codes, of any code where there are none, in the order of their
// documents and of their places there: those after the place that an earlier page ended with. The zero place starts at the
// beginning. Only shown documents are asked.
func (db *DB) Quality(ctx context.Context, codes []corpus.WarningCode, after corpus.WarningPlace, limit int) ([]corpus.QualityNote, error) {
	query, args := `
		SELECT w.document_id, w.ordinal, w.code, w.message, w.declared, w.found, w.text, d.source, d.doc_type, d.title, d.unit, d.year
		FROM warnings w JOIN documents d ON d.id = w.document_id
		WHERE (w.document_id, w.ordinal) > (?, ?)`, []any{after.Document, after.Ordinal}
	if len(codes) > 0 {
		// Written out, so that the index by code is used.
		query += ` AND w.code IN (?` + strings.Repeat(`, ?`, len(codes)-1) + `)`
		for _, c := range codes {
			args = append(args, string(c))
		}
	}
	query += ` ORDER BY w.document_id, w.ordinal LIMIT ?`
	args = append(args, limit)
	var out []corpus.QualityNote
	err := db.view(ctx, "查询读取质量", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			return fmt.Errorf("read warnings: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var n corpus.QualityNote
			var year int64
			if err := rows.Scan(&n.Document, &n.Ordinal, &n.Code, &n.Message, &n.Declared, &n.Found, &n.Text,
				&n.Source, &n.DocType, &n.Title, &n.Unit, &year); err != nil {
				return fmt.Errorf("read warnings: %w", err)
			}
			n.Year = corpus.Year(year)
			out = append(out, n)
		}
		return rows.Err()
	})
	return out, err
}

// QualityCounts returns how often each kind of warning was given to shown documents, by code. Kinds that were never given
// are left out.
func (db *DB) QualityCounts(ctx context.Context) ([]corpus.QualityCount, error) {
	var out []corpus.QualityCount
	err := db.view(ctx, "统计读取质量", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT code, count(DISTINCT document_id), count(*) FROM warnings GROUP BY code ORDER BY code`)
		if err != nil {
			return fmt.Errorf("count warnings: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var c corpus.QualityCount
			if err := rows.Scan(&c.Code, &c.Documents, &c.Warnings); err != nil {
				return fmt.Errorf("count warnings: %w", err)
			}
			out = append(out, c)
		}
		return rows.Err()
	})
	return out, err
}
