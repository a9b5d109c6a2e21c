package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"tongjian/corpus"
)

// History returns all stored documents that are the same as a document, itself among them: the one that is shown first,
// then the others, the one that came last first. A document that is alone gives just itself; one that is not in the store,
// a NotFound.
func (db *DB) History(ctx context.Context, id corpus.DocumentID) ([]corpus.Related, error) {
	var out []corpus.Related
	err := db.view(ctx, "读取文档的版本", func(tx *sql.Tx) error {
		if err := mustHave(ctx, tx, id); err != nil {
			return err
		}
		group, err := related(ctx, tx, id)
		if err != nil {
			return err
		}
		stored, err := documents(ctx, tx, group)
		if err != nil {
			return err
		}
		docs, err := db.read(ctx, stored)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			r := corpus.Related{
				ID: doc.ID, Format: doc.Format, Title: doc.Title, Unit: doc.Unit,
				PublicationDate: doc.PublicationDate, Findings: len(doc.Findings),
			}
			if err := describe(ctx, tx, &r); err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// describe fills in what the store knows of a document beside its content.
func describe(ctx context.Context, tx *sql.Tx, r *corpus.Related) error {
	p, err := placeOf(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	r.Standing, r.By = p.standing, p.by
	var at string
	err = tx.QueryRowContext(ctx, `SELECT name, added_at, size FROM originals WHERE document_id = ?`, r.ID).
		Scan(&r.Name, &at, &r.Bytes)
	if err != nil {
		return fmt.Errorf("read original of %s: %w", r.ID, err)
	}
	if r.AddedAt, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return fmt.Errorf("read original of %s: %w", r.ID, err)
	}
	return nil
}

// related returns the documents that are the same as a document: the one that is shown, then all that it hides, the last
// to come first.
func related(ctx context.Context, tx *sql.Tx, id corpus.DocumentID) ([]corpus.DocumentID, error) {
	head, err := shownFor(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `
		WITH RECURSIVE hidden (id) AS (
			SELECT document_id FROM standings WHERE by_id = ?1
			UNION SELECT s.document_id FROM hidden h JOIN standings s ON s.by_id = h.id)
		SELECT f.document_id FROM fingerprints f JOIN hidden h ON h.id = f.document_id ORDER BY f.arrival DESC`, head)
	if err != nil {
		return nil, fmt.Errorf("read what is the same as %s: %w", id, err)
	}
	hidden, err := scanIDs(rows)
	return slices.Insert(hidden, 0, head), err
}

// ShownFor returns the document that is shown in the place of a document: itself where it is shown. One that is not in the
// store is a NotFound.
func (db *DB) ShownFor(ctx context.Context, id corpus.DocumentID) (shown corpus.DocumentID, err error) {
	err = db.view(ctx, "查找现行文本", func(tx *sql.Tx) error {
		if err := mustHave(ctx, tx, id); err != nil {
			return err
		}
		shown, err = shownFor(ctx, tx, id)
		return err
	})
	return shown, err
}

// mustHave returns a NotFound for a document that is not in the store.
func mustHave(ctx context.Context, tx *sql.Tx, id corpus.DocumentID) error {
	var has bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM originals WHERE document_id = ?)`, id).Scan(&has)
	if err != nil {
		return fmt.Errorf("look for document %s: %w", id, err)
	}
	if !has {
		return unknown(id)
	}
	return nil
}
