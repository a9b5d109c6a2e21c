package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tongjian/corpus"
)

// Changes returns the changes after number after, at most limit of them, in order and without gaps. Each carries its
// document as it is now, which may be later than the change: nil where it is not shown any more. Changes of the same
// document share one value, which nobody may alter.
func (db *DB) Changes(ctx context.Context, after int64, limit int) ([]corpus.Change, error) {
	if limit < 1 {
		return nil, invalid(fmt.Sprintf("变更条数上限应大于零，不能是 %d", limit))
	}
	var changes []corpus.Change
	var stored []storedDocument
	err := db.view(ctx, "读取变更", func(tx *sql.Tx) (err error) {
		if changes, err = changesAfter(ctx, tx, after, limit); err != nil {
			return err
		}
		ids := make([]corpus.DocumentID, len(changes))
		for i, c := range changes {
			ids[i] = c.DocumentID
		}
		if ids, err = shownOf(ctx, tx, ids); err != nil {
			return err
		}
		stored, err = documents(ctx, tx, ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	docs, err := db.read(ctx, stored)
	if err != nil {
		return nil, fail("读取变更", err)
	}
	now := make(map[corpus.DocumentID]*corpus.Document, len(docs))
	for _, d := range docs {
		now[d.ID] = d
	}
	for i := range changes {
		changes[i].Document = now[changes[i].DocumentID]
	}
	return changes, nil
}

func changesAfter(ctx context.Context, tx *sql.Tx, after int64, limit int) ([]corpus.Change, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT seq, document_id, changed_at FROM changes WHERE seq > ? ORDER BY seq LIMIT ?`, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	defer rows.Close()
	var out []corpus.Change
	for rows.Next() {
		var c corpus.Change
		var at string
		if err := rows.Scan(&c.Sequence, &c.DocumentID, &at); err != nil {
			return nil, fmt.Errorf("read changes: %w", err)
		}
		if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("read change %d: %w", c.Sequence, err)
		}
		out = append(out, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	return out, nil
}

// Sequence returns the number of the newest change, 0 where there was none yet. It is asked at every request and kept in
// memory for that: nobody else can write, and a change that failed takes no effect.
func (db *DB) Sequence(ctx context.Context) (int64, error) {
	return db.newest.Load(), ctx.Err()
}

func sequence(ctx context.Context, tx *sql.Tx) (seq int64, err error) {
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM changes`).Scan(&seq); err != nil {
		return 0, fmt.Errorf("read newest change: %w", err)
	}
	return seq, nil
}

// Stats returns the size of the store. A unit counts once, whether it is a document's or only a finding's.
func (db *DB) Stats(ctx context.Context) (corpus.Stats, error) {
	var s corpus.Stats
	err := db.view(ctx, "统计库存", func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `
			SELECT (SELECT count(*) FROM documents),
			       (SELECT coalesce(sum(findings), 0) FROM documents),
			       (SELECT count(*) FROM (SELECT unit FROM documents WHERE unit <> ''
			                              UNION SELECT unit FROM findings WHERE unit <> '')),
			       (SELECT coalesce(max(seq), 0) FROM changes),
			       (SELECT coalesce(sum(size), 0) FROM originals),
			       (SELECT count(*) FROM standings)`,
		).Scan(&s.Documents, &s.Findings, &s.Units, &s.Sequence, &s.Bytes, &s.Hidden)
	})
	return s, err
}
