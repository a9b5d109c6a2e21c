package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/fingerprint"
)

const printColumns = `document_id, arrival, scope, content, findings, length, sketch`

// known is what the store keeps of a document to find others that are the same.
type known struct {
	id      corpus.DocumentID
	arrival int64 // number of the change by which it came; orders documents by when they came
	fingerprint.Print
}

// fingerprint stores a document's print and the keys by which it is found.
func (w *writer) fingerprint(k known) error {
	if _, err := w.print.ExecContext(w.ctx, printRow(k)...); err != nil {
		return fmt.Errorf("store fingerprint of %s: %w", k.id, err)
	}
	keys := k.Keys()
	if len(keys) == 0 {
		return nil
	}
	args := make([]any, 0, 3*len(keys))
	for _, key := range keys {
		args = append(args, int64(key.Scope), int64(key.Band), string(k.id))
	}
	insert, err := w.prepared(
		`INSERT INTO likenesses (scope, band, document_id) VALUES (?, ?, ?)` + strings.Repeat(`, (?, ?, ?)`, len(keys)-1))
	if err != nil {
		return err
	}
	if _, err := insert.ExecContext(w.ctx, args...); err != nil {
		return fmt.Errorf("store fingerprint of %s: %w", k.id, err)
	}
	return nil
}

func printRow(k known) []any {
	return []any{
		string(k.id), k.arrival, int64(k.Scope), int64(k.Content), int64(k.Findings), int64(k.Length), k.Sketch.Bytes(),
	}
}

// forget removes a document's print and its keys. Without a print there is nothing to remove.
func (w *writer) forget(id corpus.DocumentID) error {
	k, err := w.known(id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, key := range k.Keys() {
		_, err := w.tx.ExecContext(w.ctx, `DELETE FROM likenesses WHERE scope = ? AND band = ? AND document_id = ?`,
			int64(key.Scope), int64(key.Band), string(id))
		if err != nil {
			return fmt.Errorf("remove fingerprint of %s: %w", id, err)
		}
	}
	if _, err := w.tx.ExecContext(w.ctx, `DELETE FROM fingerprints WHERE document_id = ?`, id); err != nil {
		return fmt.Errorf("remove fingerprint of %s: %w", id, err)
	}
	return nil
}

// known returns the print of a stored document, or an error that is sql.ErrNoRows.
func (w *writer) known(id corpus.DocumentID) (known, error) {
	return scanKnown(w.tx.QueryRowContext(w.ctx, `SELECT `+printColumns+` FROM fingerprints WHERE document_id = ?`, id))
}

func scanKnown(row interface{ Scan(...any) error }) (known, error) {
	var k known
	var scope, content int64
	var sketch []byte
	if err := row.Scan(&k.id, &k.arrival, &scope, &content, &k.Findings, &k.Length, &sketch); err != nil {
		return k, fmt.Errorf("read fingerprint: %w", err)
	}
	k.Scope, k.Content = uint64(scope), uint64(content)
	var err error
	k.Sketch, err = fingerprint.ReadSketch(sketch)
	return k, err
}

// mostAlike is how many documents with a common key are looked at: far more than there are versions and copies of one
// document, and few enough for a corpus in which everything is alike.
const mostAlike = 256

// alike returns the prints of the documents that share a key with k and are near to it.
func (w *writer) alike(k known) ([]known, error) {
	keys := k.Keys()
	if len(keys) == 0 {
		return nil, nil
	}
	// One lookup for the content and one for all bands of the scope, which lie together.
	var scopes, bands []string
	args := []any{}
	for _, key := range keys {
		if key.Scope != k.Scope {
			scopes = append(scopes, `scope = ? AND band = ?`)
			args = append(args, int64(key.Scope), int64(key.Band))
		}
	}
	for _, key := range keys {
		if key.Scope == k.Scope {
			if len(bands) == 0 {
				args = append(args, int64(key.Scope))
			}
			bands = append(bands, `?`)
			args = append(args, int64(key.Band))
		}
	}
	if len(bands) > 0 {
		scopes = append(scopes, `scope = ? AND band IN (`+strings.Join(bands, ", ")+`)`)
	}
	selects := make([]string, len(scopes))
	for i, s := range scopes {
		selects[i] = `SELECT document_id FROM likenesses WHERE ` + s
	}
	args = append(args, string(k.id), mostAlike)
	query, err := w.prepared(`
		SELECT ` + printColumns + ` FROM fingerprints WHERE document_id IN (` + strings.Join(selects, ` UNION `) + `)
		AND document_id <> ? ORDER BY arrival LIMIT ?`)
	if err != nil {
		return nil, err
	}
	rows, err := query.QueryContext(w.ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("look for documents like %s: %w", k.id, err)
	}
	defer rows.Close()
	var out []known
	for rows.Next() {
		other, err := scanKnown(rows)
		if err != nil {
			return nil, err
		}
		if k.Near(other.Print) {
			out = append(out, other)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("look for documents like %s: %w", k.id, err)
	}
	return out, nil
}
