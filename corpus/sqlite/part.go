package sqlite

import (
	"context"
	"fmt"

	"tongjian/corpus"
	"tongjian/corpus/fingerprint"
)

// part takes a document that is to be removed out of those that are the same. Where it was shown, it returns the one that
// is shown from now on, "" where there is none: a copy, as it would have been chosen had the removed one never come, else
// the version that came last.
func (db *DB) part(w *writer, id corpus.DocumentID) (heir corpus.DocumentID, err error) {
	if err := w.forget(id); err != nil {
		return "", err
	}
	was, err := placeOf(w.ctx, w.tx, id)
	if err != nil {
		return "", err
	}
	next, err := w.heir(id)
	if err != nil || next.id == "" {
		return "", err
	}
	if was.by != "" && next.standing == corpus.Earlier {
		was.standing = corpus.Earlier // a version of a copy is a version of what that is a copy of
	}
	if err := w.place(next.id, was); err != nil {
		return "", err
	}
	if err := w.inherit(id, next.id); err != nil || was.by != "" {
		return "", err
	}
	if next.standing == corpus.Copy {
		if _, _, err := db.carry(w, id, next.id); err != nil {
			return "", err
		}
	}
	return next.id, db.show(w, next.id)
}

// heir returns which of the documents that a document hides takes its place when it goes.
func (w *writer) heir(id corpus.DocumentID) (under, error) {
	hidden, err := hiddenBy(w.ctx, w.tx, id)
	if err != nil {
		return under{}, err
	}
	var best under
	var bestPrint known
	for _, u := range hidden {
		k, err := w.known(u.id)
		if err != nil {
			return under{}, err
		}
		switch {
		case best.id == "",
			u.standing == corpus.Copy && best.standing == corpus.Earlier,
			u.standing == corpus.Earlier && best.standing == corpus.Earlier,
			u.standing == corpus.Copy && k.Fuller(bestPrint.Print):
			best, bestPrint = u, k
		}
	}
	return best, nil
}

// resettle shows a document that was read anew and, where it says something else now, finds out again which others it is
// the same as.
func (db *DB) resettle(w *writer, doc *corpus.Document) error {
	k, err := w.known(doc.ID)
	if err != nil {
		return err
	}
	was, err := placeOf(w.ctx, w.tx, doc.ID)
	if err != nil {
		return err
	}
	if p := fingerprint.Of(doc); p != k.Print {
		if err := w.forget(doc.ID); err != nil {
			return err
		}
		k.Print = p
		if err := w.fingerprint(k); err != nil {
			return err
		}
		if was, err = db.reconsider(w, doc, was); err != nil || was.by != "" {
			return err
		}
		if err := db.show(w, doc.ID); err != nil {
			return err
		}
		s, err := db.settle(w, k, doc)
		if err != nil {
			return err
		}
		_, _, err = db.succeed(w, doc.ID, s)
		return err
	}
	if was.by != "" {
		return nil
	}
	return db.show(w, doc.ID)
}

// reconsider returns where a document stands once it was read anew: shown, where it is not the same any more as the one
// that hid it.
func (db *DB) reconsider(w *writer, doc *corpus.Document, was place) (place, error) {
	if was.by == "" {
		return was, nil
	}
	other, err := db.parsed(w, was.by)
	if err != nil || fingerprint.Compare(doc, other) != fingerprint.Different {
		return was, err
	}
	shown := place{standing: corpus.Shown}
	if err := w.place(doc.ID, shown); err != nil {
		return was, err
	}
	return shown, w.record("release", string(doc.ID), string(was.by))
}

// Separate says in the name of the context's actor that a document is not the same as the one that is shown in its place,
// nor as any other of those: it is shown and counted itself from now on, and is not taken for one of them again. A document
// that is shown is a Conflict.
func (db *DB) Separate(ctx context.Context, id corpus.DocumentID) error {
	return db.update(ctx, "分开文档", func(w *writer) error {
		if err := mustHave(ctx, w.tx, id); err != nil {
			return err
		}
		group, err := related(ctx, w.tx, id)
		if err != nil {
			return err
		}
		was, err := placeOf(ctx, w.tx, id)
		if err != nil {
			return err
		}
		if was.by == "" {
			return &corpus.Error{
				Kind: corpus.Conflict, Code: CodeShown, Position: -1, Message: fmt.Sprintf("文档 %s 本来就单独计数", id),
			}
		}
		for _, other := range group {
			if other == id {
				continue
			}
			_, err := w.tx.ExecContext(ctx, `
				INSERT INTO apart (document_id, other_id, given_by, given_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				id, other, w.actor, w.stamp)
			if err != nil {
				return fmt.Errorf("store that %s is apart: %w", id, err)
			}
		}
		if err := w.place(id, place{standing: corpus.Shown}); err != nil {
			return err
		}
		if err := db.show(w, id); err != nil {
			return err
		}
		if err := w.record("separate", string(id), string(was.by)); err != nil {
			return err
		}
		return w.changed(id)
	})
}
