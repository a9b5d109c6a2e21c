package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"tongjian/corpus"
)

// Correct takes down corrections, all or none, in the name of the context's actor. Each document that they are about gets
// one change. The store fills in Statement, By and At.
func (db *DB) Correct(ctx context.Context, corrections []corpus.Correction) error {
	return db.CorrectSince(ctx, math.MaxInt64, corrections)
}

// CorrectSince is Correct for one who saw the store when since was its newest change: a Conflict, and nothing is stored,
// where a document has changed after that.
func (db *DB) CorrectSince(ctx context.Context, since int64, corrections []corpus.Correction) error {
	for _, c := range corrections {
		if err := validate(c); err != nil {
			return err
		}
	}
	return db.update(ctx, "保存更正", func(w *writer) error {
		var ids []corpus.DocumentID
		for _, c := range corrections {
			if !slices.Contains(ids, c.Document) {
				ids = append(ids, c.Document)
			}
		}
		for _, id := range ids {
			if err := w.unchanged(id, since); err != nil {
				return err
			}
			if err := db.correct(w, id, corrections); err != nil {
				return err
			}
		}
		return nil
	})
}

// correct stores those of the corrections that are about one document.
func (db *DB) correct(w *writer, id corpus.DocumentID, corrections []corpus.Correction) error {
	stored, err := documents(w.ctx, w.tx, []corpus.DocumentID{id})
	if err != nil {
		return err
	}
	if len(stored) == 0 {
		return unknown(id)
	}
	if err := w.mustBeShown(id); err != nil {
		return err
	}
	doc, err := db.codec.unpack(stored[0].parsed)
	if err != nil {
		return damaged(fmt.Sprintf("文档 %s 的内容已损坏，请从备份恢复", id), err)
	}
	all := stored[0].corrections
	for _, c := range corrections {
		if c.Document != id {
			continue
		}
		if c.Statement, err = statementOf(doc, c.Finding); err != nil {
			return err
		}
		if err := w.correction(c); err != nil {
			return err
		}
		all = append(all, c)
	}
	apply(doc, all)
	if err := w.project(doc); err != nil {
		return err
	}
	return w.changed(id)
}

// mustBeShown returns a Conflict for a document in whose place another one is shown: what is said about it would be seen
// nowhere.
func (w *writer) mustBeShown(id corpus.DocumentID) error {
	shown, err := shownFor(w.ctx, w.tx, id)
	if err != nil || shown == id {
		return err
	}
	return &corpus.Error{
		Kind: corpus.Conflict, Code: CodeHidden, Value: string(shown), Position: -1,
		Message: fmt.Sprintf("文档 %s 是旧版本或重复件，不计入统计", id), Expected: "更正现行文本 " + string(shown),
	}
}

// correction stores one correction and its line in the audit trail.
func (w *writer) correction(c corpus.Correction) error {
	if err := w.insertCorrection(c, w.actor, w.stamp); err != nil {
		return err
	}
	detail, err := json.Marshal(map[string]any{"field": c.Field, "values": c.Values, "note": c.Note})
	if err != nil {
		return fmt.Errorf("encode correction: %w", err)
	}
	return w.record("correct", subjectOf(c), string(detail))
}

func (w *writer) insertCorrection(c corpus.Correction, actor, stamp string) error {
	var value any
	if len(c.Values) > 0 {
		list, err := json.Marshal(c.Values)
		if err != nil {
			return fmt.Errorf("encode correction: %w", err)
		}
		value = string(list)
	}
	_, err := w.tx.ExecContext(w.ctx, `
		INSERT INTO corrections (seq, document_id, ordinal, statement, field, value, note, given_by, given_at)
		VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM corrections), ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Document, c.Finding, c.Statement, c.Field, value, c.Note, actor, stamp)
	if err != nil {
		return fmt.Errorf("store correction of %s: %w", c.Document, err)
	}
	return nil
}

// unchanged returns a Conflict where a document has a change after since.
func (w *writer) unchanged(id corpus.DocumentID, since int64) error {
	var changed bool
	err := w.tx.QueryRowContext(w.ctx, `SELECT EXISTS (SELECT 1 FROM changes WHERE seq > ? AND document_id = ?)`, since, id).
		Scan(&changed)
	if err != nil {
		return fmt.Errorf("look for changes of %s: %w", id, err)
	}
	if changed {
		return &corpus.Error{
			Kind: corpus.Conflict, Code: corpus.CodeChangedSince, Position: -1,
			Message: fmt.Sprintf("文档 %s 已被别人修改", id), Expected: "重新读取后再改",
		}
	}
	return nil
}

// Corrections returns what people said about a document, oldest first, whether the document is in the store or not.
func (db *DB) Corrections(ctx context.Context, id corpus.DocumentID) ([]corpus.Correction, error) {
	var out []corpus.Correction
	err := db.view(ctx, "读取更正", func(tx *sql.Tx) (err error) {
		out, err = correctionsOf(ctx, tx, id)
		return err
	})
	return out, err
}

// AllCorrections returns what people said about any document, oldest first.
func (db *DB) AllCorrections(ctx context.Context) ([]corpus.Correction, error) {
	var out []corpus.Correction
	err := db.view(ctx, "读取更正", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, selectCorrections+` ORDER BY seq`)
		if err != nil {
			return fmt.Errorf("read corrections: %w", err)
		}
		out, err = scanCorrections(rows)
		return err
	})
	return out, err
}

// selectCorrections reads the columns that scanCorrections expects.
const selectCorrections = `SELECT document_id, ordinal, statement, field, value, note, given_by, given_at FROM corrections`

func correctionsOf(ctx context.Context, tx *sql.Tx, ids ...corpus.DocumentID) ([]corpus.Correction, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	rows, err := tx.QueryContext(ctx,
		selectCorrections+` WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY seq`, string(list))
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	return scanCorrections(rows)
}

func scanCorrections(rows *sql.Rows) ([]corpus.Correction, error) {
	defer rows.Close()
	var out []corpus.Correction
	for rows.Next() {
		var c corpus.Correction
		var value sql.NullString
		var at string
		if err := rows.Scan(&c.Document, &c.Finding, &c.Statement, &c.Field, &value, &c.Note, &c.By, &at); err != nil {
			return nil, fmt.Errorf("read corrections: %w", err)
		}
		if value.Valid {
			if err := json.Unmarshal([]byte(value.String), &c.Values); err != nil {
				return nil, fmt.Errorf("read correction of %s: %w", c.Document, err)
			}
		}
		var err error
		if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("read correction of %s: %w", c.Document, err)
		}
		out = append(out, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	return out, nil
}

func statementOf(doc *corpus.Document, ordinal int) (string, error) {
	if ordinal == 0 {
		return "", nil
	}
	if ordinal > len(doc.Findings) {
		return "", notFound(fmt.Sprintf("文档 %s 没有第 %d 个问题", doc.ID, ordinal))
	}
	return doc.Findings[ordinal-1].Statement, nil
}
