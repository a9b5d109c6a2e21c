package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"tongjian/corpus"
)

// Doubts returns the findings whose main category no person has given and whose score is below a bound, in the order of
// documents and findings, and how many findings persons have labelled.
func (db *DB) Doubts(ctx context.Context, below float64) (doubts []corpus.Doubt, confirmed int, err error) {
	err = db.view(ctx, "读取待复核的问题", func(tx *sql.Tx) (err error) {
		if doubts, err = doubtsBelow(ctx, tx, below); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM finding_categories WHERE rank = 1 AND given_by = ?`,
			string(corpus.ByHuman)).Scan(&confirmed)
	})
	return doubts, confirmed, err
}

func doubtsBelow(ctx context.Context, tx *sql.Tx, below float64) ([]corpus.Doubt, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT f.id, d.year, coalesce(m.code, ''), coalesce(m.score, 0), coalesce(s.score, 0), coalesce(m.given_by, ''),
		       (SELECT count(*) FROM finding_categories a WHERE a.document_id = f.document_id AND a.code = m.code)
		FROM findings f JOIN documents d ON d.id = f.document_id
		LEFT JOIN finding_categories m ON m.document_id = f.document_id AND m.ordinal = f.ordinal AND m.rank = 1
		LEFT JOIN finding_categories s ON s.document_id = f.document_id AND s.ordinal = f.ordinal AND s.rank = 2
		WHERE coalesce(m.given_by, '') <> ? AND coalesce(m.score, 0) < ?
		ORDER BY f.document_id, f.ordinal`, string(corpus.ByHuman), below)
	if err != nil {
		return nil, fmt.Errorf("read doubtful findings: %w", err)
	}
	defer rows.Close()
	var out []corpus.Doubt
	for rows.Next() {
		var d corpus.Doubt
		var year int64
		if err := rows.Scan(&d.Finding, &year, &d.Main, &d.Score, &d.Second, &d.By, &d.Alike); err != nil {
			return nil, fmt.Errorf("read doubtful findings: %w", err)
		}
		d.Year = corpus.Year(year)
		out = append(out, d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read doubtful findings: %w", err)
	}
	return out, nil
}
