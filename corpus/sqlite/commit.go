package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"tongjian/corpus"
	"tongjian/corpus/fingerprint"
)

// entry is a submission made ready for the store outside any transaction.
type entry struct {
	corpus.Submission
	id     corpus.DocumentID
	sum    [sha256.Size]byte
	data   []byte // the original, compressed; nil for what was in the store when the batch was prepared
	parsed []byte // the document, compressed
	print  fingerprint.Print
}

// Commit stores a batch: all of it or, with an error, nothing of it. Outcomes come in the order of the submissions. The
// same bytes again are Unchanged, cause no change and need no Document. When Commit returns, the batch is on disk.
//
// The error is Invalid where a submission contradicts itself and names it; the others of its batch may be sound.
func (db *DB) Commit(ctx context.Context, batch []corpus.Submission) ([]corpus.Outcome, error) {
	entries, err := db.prepare(ctx, batch)
	if err != nil {
		return nil, err
	}
	outcomes := make([]corpus.Outcome, len(entries))
	err = db.update(ctx, "保存文档", func(w *writer) (err error) {
		for i := range entries {
			if outcomes[i], err = db.store(w, &entries[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

// prepare checks the batch and does the costly part of storing it, on all cores.
func (db *DB) prepare(ctx context.Context, batch []corpus.Submission) ([]entry, error) {
	entries := make([]entry, len(batch))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range batch {
		g.Go(func() error {
			sum := sha256.Sum256(s.Original)
			e := entry{Submission: s, id: corpus.DocumentID(hex.EncodeToString(sum[:8])), sum: sum}
			known, err := db.Has(ctx, e.id)
			if err == nil && !known {
				err = db.encode(&e)
			}
			entries[i] = e
			return err
		})
	}
	return entries, g.Wait()
}

func (db *DB) encode(e *entry) (err error) {
	if e.Document == nil {
		return nil
	}
	if err := fits(e.Name, e.id, e.Document); err != nil {
		return err
	}
	e.data = db.codec.compress(e.Original)
	e.print = fingerprint.Of(e.Document)
	e.parsed, err = db.codec.pack(e.Document)
	return err
}

// fits returns an error where a document does not fit its bytes or its findings do not fit the document.
func fits(name string, id corpus.DocumentID, doc *corpus.Document) error {
	if doc.ID != id {
		return invalid(fmt.Sprintf("“%s”的文档编号 %s 与内容不符，应为 %s", name, doc.ID, id))
	}
	for i, f := range doc.Findings {
		if f.Ordinal != i+1 || f.ID != corpus.NewFindingID(id, i+1) {
			return invalid(fmt.Sprintf("“%s”的第 %d 个问题编号有误：%s", name, i+1, f.ID))
		}
	}
	return nil
}

// store puts one entry into the store, unless its bytes are there.
func (db *DB) store(w *writer, e *entry) (corpus.Outcome, error) {
	out := corpus.Outcome{Name: e.Name, Document: e.id, Result: corpus.Unchanged}
	var sum []byte
	err := w.tx.QueryRowContext(w.ctx, `
		SELECT o.sha256, coalesce(d.findings, f.findings), coalesce(d.warnings, 0)
		FROM originals o LEFT JOIN documents d ON d.id = o.document_id LEFT JOIN fingerprints f ON f.document_id = o.document_id
		WHERE o.document_id = ?`, e.id).Scan(&sum, &out.Findings, &out.Warnings)
	switch {
	case err == nil && string(sum) != string(e.sum[:]):
		return out, &corpus.Error{
			Kind: corpus.Invalid, Position: -1,
			Message: fmt.Sprintf("“%s”与已有的另一份文档编号相同（%s），不能保存", e.Name, e.id),
		}
	case err == nil:
		return out, nil
	case !errors.Is(err, sql.ErrNoRows):
		return out, fmt.Errorf("look for document %s: %w", e.id, err)
	case e.Document == nil:
		return out, notFound(fmt.Sprintf("“%s”没有解析结果，库中也没有同样的文档", e.Name))
	}
	// What was in the store when the batch was prepared has been removed since.
	if e.parsed == nil {
		if err := db.encode(e); err != nil {
			return out, err
		}
	}
	if err := db.insert(w, e); err != nil {
		return out, err
	}
	out.Findings, out.Warnings = len(e.Document.Findings), len(e.Document.Warnings)
	err = db.arrive(w, known{id: e.id, arrival: w.seq + 1, Print: e.print}, e.Document, &out)
	return out, err
}

// insert stores an entry and shows it.
func (db *DB) insert(w *writer, e *entry) error {
	if _, err := w.tx.ExecContext(w.ctx, `
		INSERT INTO originals (document_id, sha256, name, size, added_at, data) VALUES (?, ?, ?, ?, ?, ?)`,
		e.id, e.sum[:], baseName(e.Name), len(e.Original), w.stamp, e.data); err != nil {
		return fmt.Errorf("store original %s: %w", e.id, err)
	}
	if err := w.content(e.id, e.parsed); err != nil {
		return err
	}
	corrections, err := correctionsOf(w.ctx, w.tx, e.id)
	if err != nil {
		return err
	}
	doc, err := overlay(db.codec, e.Document, e.parsed, corrections)
	if err != nil {
		return err
	}
	if err := w.project(doc); err != nil {
		return err
	}
	return w.record("add", string(e.id), strings.ToValidUTF8(e.Name, "\uFFFD"))
}

// arrive settles a document that has just come, and takes down its change. What it replaces goes before it comes: whoever
// follows the feed counts neither twice.
func (db *DB) arrive(w *writer, k known, doc *corpus.Document, out *corpus.Outcome) error {
	if err := w.fingerprint(k); err != nil {
		return err
	}
	s, err := db.settle(w, k, doc)
	if err != nil {
		return err
	}
	out.Result, out.Other = s.result, s.other
	if out.Carried, out.Left, err = db.succeed(w, k.id, s); err != nil {
		return err
	}
	return w.changed(k.id)
}

// settledAction names in the audit trail what became of a document that is the same as another one.
var settledAction = map[corpus.Result]string{corpus.Replaced: "replace", corpus.Folded: "fold", corpus.Outdated: "outdate"}

// succeed takes down what became of a document that was settled, but for its own change, and makes the corrections of what
// is hidden from now on hold for what is shown in its place.
func (db *DB) succeed(w *writer, id corpus.DocumentID, s settled) (carried int, left []corpus.Correction, err error) {
	if s.result == corpus.Added {
		return 0, nil, nil
	}
	if err := w.record(settledAction[s.result], string(id), string(s.other)); err != nil {
		return 0, nil, err
	}
	if s.result == corpus.Replaced {
		if err := w.changed(s.loser); err != nil {
			return 0, nil, err
		}
	}
	shown, err := shownFor(w.ctx, w.tx, s.winner)
	if err != nil || shown != s.winner {
		return 0, nil, err
	}
	if carried, left, err = db.carry(w, s.loser, s.winner); err != nil || carried == 0 {
		return carried, left, err
	}
	if err := db.show(w, s.winner); err != nil || s.winner == id {
		return carried, left, err
	}
	return carried, left, w.changed(s.winner)
}

// show writes the columns of a stored document, corrections applied.
func (db *DB) show(w *writer, id corpus.DocumentID) error {
	stored, err := documents(w.ctx, w.tx, []corpus.DocumentID{id})
	if err != nil {
		return err
	}
	docs, err := db.read(w.ctx, stored)
	if err != nil {
		return err
	}
	if len(docs) == 0 {
		return unknown(id)
	}
	return w.project(docs[0])
}

// baseName returns the last part of a path of any system. Bytes that are not UTF-8 cannot be shown and are replaced.
func baseName(name string) string {
	return path.Base(strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "\uFFFD"))
}

// stampOf writes a time as the store keeps it.
func stampOf(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
