package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"

	"tongjian/corpus"
)

// Remove takes a document out of the store, with its original and all that was read from it. Its corrections and the
// audit trail stay: the same bytes added again are corrected as before.
func (db *DB) Remove(ctx context.Context, id corpus.DocumentID) error {
	return db.RemoveSince(ctx, math.MaxInt64, id)
}

// RemoveSince is Remove for one who saw the store when since was its newest change: a Conflict, and nothing is removed,
// where the document has changed after that.
func (db *DB) RemoveSince(ctx context.Context, since int64, id corpus.DocumentID) error {
	return db.update(ctx, "删除文档", func(w *writer) error {
		if err := w.unchanged(id, since); err != nil {
			return err
		}
		heir, err := db.part(w, id)
		if err != nil {
			return err
		}
		var name string
		err = w.tx.QueryRowContext(ctx, `DELETE FROM originals WHERE document_id = ? RETURNING name`, id).Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			return unknown(id)
		}
		if err != nil {
			return fmt.Errorf("remove document %s: %w", id, err)
		}
		if err := w.record("remove", string(id), name); err != nil {
			return err
		}
		if err := w.changed(id); err != nil || heir == "" {
			return err
		}
		if err := w.record("promote", string(heir), string(id)); err != nil {
			return err
		}
		return w.changed(heir)
	})
}

// Replace puts newly parsed documents in the place of those read from the same originals before, all or none: for a
// parser or a taxonomy that has learnt. Those that come out as they were cause no change; it returns how many did not.
// Corrections hold on.
func (db *DB) Replace(ctx context.Context, docs []*corpus.Document) (replaced int, err error) {
	err = db.update(ctx, "更新文档", func(w *writer) error {
		for _, doc := range docs {
			changed, err := db.replace(w, doc)
			if err != nil {
				return err
			}
			if changed {
				replaced++
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return replaced, nil
}

func (db *DB) replace(w *writer, doc *corpus.Document) (bool, error) {
	if err := fits(doc.Source, doc.ID, doc); err != nil {
		return false, err
	}
	stored, err := documents(w.ctx, w.tx, []corpus.DocumentID{doc.ID})
	if err != nil {
		return false, err
	}
	if len(stored) == 0 {
		return false, unknown(doc.ID)
	}
	parsed, err := db.codec.pack(doc)
	if err != nil {
		return false, err
	}
	if same, err := db.codec.same(parsed, stored[0].parsed); same || err != nil {
		return false, err
	}
	if err := w.content(doc.ID, parsed); err != nil {
		return false, err
	}
	if err := w.record("reparse", string(doc.ID), ""); err != nil {
		return false, err
	}
	if err := db.resettle(w, doc); err != nil {
		return false, err
	}
	return true, w.changed(doc.ID)
}
