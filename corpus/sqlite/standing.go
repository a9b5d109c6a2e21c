package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"tongjian/corpus"
)

// place is where a document stands among those that are the same: hidden by another one as an earlier version or a copy,
// or shown, which is the zero place but for standing. Following by from any document leads to the one that is shown.
type place struct {
	standing corpus.Standing
	by       corpus.DocumentID
}

func placeOf(ctx context.Context, tx *sql.Tx, id corpus.DocumentID) (place, error) {
	p := place{standing: corpus.Shown}
	err := tx.QueryRowContext(ctx, `SELECT standing, by_id FROM standings WHERE document_id = ?`, id).Scan(&p.standing, &p.by)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, fmt.Errorf("read standing of %s: %w", id, err)
	}
	return p, nil
}

// shownFor returns the document that is shown for a document: itself, or the end of the way up.
func shownFor(ctx context.Context, tx *sql.Tx, id corpus.DocumentID) (corpus.DocumentID, error) {
	for {
		p, err := placeOf(ctx, tx, id)
		if err != nil || p.by == "" {
			return id, err
		}
		id = p.by
	}
}

// original returns the document of which a document is a copy, itself where it is none.
func (w *writer) original(id corpus.DocumentID) (corpus.DocumentID, error) {
	for {
		p, err := placeOf(w.ctx, w.tx, id)
		if err != nil || p.standing != corpus.Copy {
			return id, err
		}
		id = p.by
	}
}

// under is a document that another one hides.
type under struct {
	id       corpus.DocumentID
	standing corpus.Standing
}

// hiddenBy returns the documents that a document hides itself, in the order in which they came.
func hiddenBy(ctx context.Context, tx *sql.Tx, id corpus.DocumentID) ([]under, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT s.document_id, s.standing FROM standings s JOIN fingerprints f ON f.document_id = s.document_id
		WHERE s.by_id = ? ORDER BY f.arrival`, id)
	if err != nil {
		return nil, fmt.Errorf("read what %s hides: %w", id, err)
	}
	defer rows.Close()
	var out []under
	for rows.Next() {
		var u under
		if err := rows.Scan(&u.id, &u.standing); err != nil {
			return nil, fmt.Errorf("read what %s hides: %w", id, err)
		}
		out = append(out, u)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read what %s hides: %w", id, err)
	}
	return out, nil
}

// shownOf returns those of the documents that are shown.
func shownOf(ctx context.Context, tx *sql.Tx, ids []corpus.DocumentID) ([]corpus.DocumentID, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("read shown documents: %w", err)
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT j.value FROM json_each(?) j JOIN documents d ON d.id = j.value ORDER BY j.key`, string(list))
	if err != nil {
		return nil, fmt.Errorf("read shown documents: %w", err)
	}
	return scanIDs(rows)
}

func scanIDs(rows *sql.Rows) ([]corpus.DocumentID, error) {
	defer rows.Close()
	var ids []corpus.DocumentID
	for rows.Next() {
		var id corpus.DocumentID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("list documents: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	return ids, nil
}

// place writes where a document stands now.
func (w *writer) place(id corpus.DocumentID, p place) error {
	query, args := `DELETE FROM standings WHERE document_id = ?`, []any{id}
	if p.by != "" {
		query = `INSERT INTO standings (document_id, standing, by_id) VALUES (?, ?, ?)
			ON CONFLICT (document_id) DO UPDATE SET standing = excluded.standing, by_id = excluded.by_id`
		args = []any{id, string(p.standing), string(p.by)}
	}
	if _, err := w.tx.ExecContext(w.ctx, query, args...); err != nil {
		return fmt.Errorf("store standing of %s: %w", id, err)
	}
	return nil
}

// inherit puts what one document hides under another one.
func (w *writer) inherit(from, to corpus.DocumentID) error {
	_, err := w.tx.ExecContext(w.ctx, `UPDATE standings SET by_id = ? WHERE by_id = ? AND document_id <> ?`, to, from, to)
	if err != nil {
		return fmt.Errorf("move what %s hides: %w", from, err)
	}
	return nil
}

// unshow takes a document out of the columns, and thereby out of every count.
func (w *writer) unshow(id corpus.DocumentID) error {
	if _, err := w.tx.ExecContext(w.ctx, `DELETE FROM documents WHERE id = ?`, id); err != nil {
		return fmt.Errorf("remove columns of %s: %w", id, err)
	}
	return nil
}

// hide puts loser under winner. Where loser was shown it is so no longer; where loser was hidden itself, winner takes its
// place there. A copy's own copies and versions go to winner; an earlier version keeps its own.
func (w *writer) hide(loser, winner corpus.DocumentID, standing corpus.Standing) error {
	was, err := placeOf(w.ctx, w.tx, loser)
	if err != nil {
		return err
	}
	if was.by != "" {
		if err := w.place(winner, was); err != nil {
			return err
		}
		if err := w.unshow(winner); err != nil {
			return err
		}
	}
	if standing == corpus.Copy {
		if err := w.inherit(loser, winner); err != nil {
			return err
		}
	}
	if err := w.place(loser, place{standing, winner}); err != nil {
		return err
	}
	return w.unshow(loser)
}
