package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"tongjian/corpus"
	"tongjian/corpus/fingerprint"
)

// upgradeBatch is how many documents upgrade works on in one transaction.
const upgradeBatch = 100

// upgrade does what a migration has left to the program. Cut short, it goes on where it was at the next time.
func (db *DB) upgrade(ctx context.Context) error {
	ids, pending, err := db.unsettled(ctx)
	if err != nil || !pending {
		return err
	}
	for from := 0; from < len(ids); from += upgradeBatch {
		batch := ids[from:min(from+upgradeBatch, len(ids))]
		if err := db.upgradeBatch(ctx, batch); err != nil {
			return err
		}
		if db.upgrading != nil {
			db.upgrading(from+len(batch), len(ids))
		}
	}
	return db.update(ctx, "升级数据结构", func(w *writer) error {
		if _, err := w.tx.ExecContext(ctx, `DELETE FROM tasks WHERE task = 'settle'`); err != nil {
			return fmt.Errorf("end upgrade: %w", err)
		}
		return nil
	})
}

// arrived is a document with the number of the change by which it came.
type arrived struct {
	id  corpus.DocumentID
	seq int64
}

// unsettled returns the documents that have no fingerprint yet, in the order in which they came.
func (db *DB) unsettled(ctx context.Context) (out []arrived, pending bool, err error) {
	err = db.update(ctx, "升级数据结构", func(w *writer) error {
		err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tasks WHERE task = 'settle')`).Scan(&pending)
		if err != nil || !pending {
			return err
		}
		// A document that was removed and came back came by the change after its removal; that it came before does no harm.
		rows, err := w.tx.QueryContext(ctx, `
			SELECT o.document_id, min(c.seq) FROM originals o JOIN changes c ON c.document_id = o.document_id
			WHERE o.document_id NOT IN (SELECT document_id FROM fingerprints)
			GROUP BY o.document_id ORDER BY min(c.seq)`)
		if err != nil {
			return fmt.Errorf("list documents to upgrade: %w", err)
		}
		out, err = scanArrived(rows)
		return err
	})
	return out, pending, err
}

func scanArrived(rows *sql.Rows) ([]arrived, error) {
	defer rows.Close()
	var out []arrived
	for rows.Next() {
		var a arrived
		if err := rows.Scan(&a.id, &a.seq); err != nil {
			return nil, fmt.Errorf("list documents to upgrade: %w", err)
		}
		out = append(out, a)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list documents to upgrade: %w", err)
	}
	return out, nil
}

// upgradeBatch gives documents their fingerprints and new columns, and settles them.
func (db *DB) upgradeBatch(ctx context.Context, batch []arrived) error {
	return db.update(ctx, "升级数据结构", func(w *writer) error {
		for _, a := range batch {
			doc, err := db.parsed(w, a.id)
			if err != nil {
				return err
			}
			k := known{id: a.id, arrival: a.seq, Print: fingerprint.Of(doc)}
			if err := w.fingerprint(k); err != nil {
				return err
			}
			if err := db.show(w, a.id); err != nil {
				return err
			}
			s, err := db.settle(w, k, doc)
			if err != nil {
				return err
			}
			if _, _, err := db.succeed(w, a.id, s); err != nil {
				return err
			}
			if s.result == corpus.Folded || s.result == corpus.Outdated {
				if err := w.changed(a.id); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
