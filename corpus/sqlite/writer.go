package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tongjian/corpus"
)

// writer writes documents inside one transaction. Its statements live as long as that.
type writer struct {
	ctx   context.Context
	tx    *sql.Tx
	stamp string
	actor string
	seq   int64 // newest change
	chain link  // newest line of the audit trail

	document, finding, category, warning, print, change, audit *sql.Stmt

	others map[string]*sql.Stmt // by their text, prepared when they are first needed
}

func newWriter(ctx context.Context, tx *sql.Tx, now time.Time) (*writer, error) {
	w := &writer{ctx: ctx, tx: tx, stamp: stampOf(now), actor: corpus.Actor(ctx)}
	for _, s := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&w.document, insertInto("documents", documentColumns)},
		{&w.finding, insertInto("findings", findingColumns)},
		{&w.category, insertInto("finding_categories", categoryColumns)},
		{&w.warning, insertInto("warnings", warningColumns)},
		{&w.print, insertInto("fingerprints", printColumns)},
		{&w.change, insertInto("changes", "seq, document_id, changed_at")},
		{&w.audit, insertInto("audit", "seq, at, actor, action, subject, detail, hash")},
	} {
		var err error
		if *s.stmt, err = tx.PrepareContext(ctx, s.text); err != nil {
			return nil, fmt.Errorf("prepare %q: %w", s.text, err)
		}
	}
	var err error
	if w.seq, err = sequence(ctx, tx); err != nil {
		return nil, err
	}
	w.chain, err = lastLink(ctx, tx)
	return w, err
}

// prepared returns a statement that depends on what it is given, but has few forms.
func (w *writer) prepared(query string) (*sql.Stmt, error) {
	if s, ok := w.others[query]; ok {
		return s, nil
	}
	s, err := w.tx.PrepareContext(w.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	if w.others == nil {
		w.others = make(map[string]*sql.Stmt)
	}
	w.others[query] = s
	return s, nil
}

// content stores a parsed document, or stores it anew.
func (w *writer) content(id corpus.DocumentID, parsed []byte) error {
	_, err := w.tx.ExecContext(w.ctx, `
		INSERT INTO contents (document_id, parsed) VALUES (?, ?)
		ON CONFLICT (document_id) DO UPDATE SET parsed = excluded.parsed`, id, parsed)
	if err != nil {
		return fmt.Errorf("store content of %s: %w", id, err)
	}
	return nil
}

// project writes the columns that repeat a document, in place of those that it had.
func (w *writer) project(doc *corpus.Document) error {
	if _, err := w.tx.ExecContext(w.ctx, `DELETE FROM documents WHERE id = ?`, doc.ID); err != nil {
		return fmt.Errorf("replace columns of %s: %w", doc.ID, err)
	}
	for _, part := range []struct {
		stmt *sql.Stmt
		rows [][]any
	}{
		{w.document, [][]any{documentRow(doc)}}, {w.finding, findingRows(doc)}, {w.category, categoryRows(doc)},
		{w.warning, warningRows(doc)},
	} {
		for _, row := range part.rows {
			if _, err := part.stmt.ExecContext(w.ctx, row...); err != nil {
				return fmt.Errorf("store columns of %s: %w", doc.ID, err)
			}
		}
	}
	return nil
}

// changed appends a change of a document to the feed. Its number is one more than the last inside this transaction, so
// that a rollback leaves no gap.
func (w *writer) changed(id corpus.DocumentID) error {
	w.seq++
	if _, err := w.change.ExecContext(w.ctx, w.seq, id, w.stamp); err != nil {
		return fmt.Errorf("store change %d: %w", w.seq, err)
	}
	return nil
}
