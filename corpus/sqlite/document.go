package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"tongjian/corpus"
)

// storedDocument is a document as it lies in the store.
type storedDocument struct {
	id          corpus.DocumentID
	parsed      []byte
	corrections []corpus.Correction
}

// Document returns a document with its corrections applied, or a NotFound.
func (db *DB) Document(ctx context.Context, id corpus.DocumentID) (*corpus.Document, error) {
	docs, err := db.Documents(ctx, []corpus.DocumentID{id})
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, unknown(id)
	}
	return docs[0], nil
}

// Documents returns documents with their corrections applied, in the order of ids. It skips those that are not in the
// store.
func (db *DB) Documents(ctx context.Context, ids []corpus.DocumentID) ([]*corpus.Document, error) {
	var stored []storedDocument
	err := db.view(ctx, "读取文档", func(tx *sql.Tx) (err error) {
		stored, err = documents(ctx, tx, ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	docs, err := db.read(ctx, stored)
	return docs, fail("读取文档", err)
}

// Parsed returns documents as they were read and labelled, without corrections, in the order of ids; it skips those that
// are not in the store. It is for reading or labelling them anew: what is given to Replace must not hold corrections.
func (db *DB) Parsed(ctx context.Context, ids []corpus.DocumentID) ([]*corpus.Document, error) {
	var stored []storedDocument
	err := db.view(ctx, "读取文档", func(tx *sql.Tx) (err error) {
		stored, err = documents(ctx, tx, ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range stored {
		stored[i].corrections = nil
	}
	docs, err := db.read(ctx, stored)
	return docs, fail("读取文档", err)
}

// documents fetches documents in the order of ids, a repeated one each time it is named.
func documents(ctx context.Context, tx *sql.Tx, ids []corpus.DocumentID) ([]storedDocument, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	corrections, err := correctionsOf(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	of := make(map[corpus.DocumentID][]corpus.Correction)
	for _, c := range corrections {
		of[c.Document] = append(of[c.Document], c)
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT c.document_id, c.parsed FROM json_each(?) j JOIN contents c ON c.document_id = j.value
		ORDER BY j.key`, string(list))
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	defer rows.Close()
	var out []storedDocument
	for rows.Next() {
		var d storedDocument
		if err := rows.Scan(&d.id, &d.parsed); err != nil {
			return nil, fmt.Errorf("read documents: %w", err)
		}
		d.corrections = of[d.id]
		out = append(out, d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	return out, nil
}

// read unpacks documents on all cores and applies their corrections.
func (db *DB) read(ctx context.Context, stored []storedDocument) ([]*corpus.Document, error) {
	docs := make([]*corpus.Document, len(stored))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range stored {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			doc, err := db.codec.unpack(s.parsed)
			if err != nil {
				return damaged(fmt.Sprintf("文档 %s 的内容已损坏，请从备份恢复", s.id), err)
			}
			apply(doc, s.corrections)
			docs[i] = doc
			return nil
		})
	}
	return docs, g.Wait()
}

// Original returns a document's file name, without folders, and the bytes that arrived.
func (db *DB) Original(ctx context.Context, id corpus.DocumentID) (name string, data []byte, err error) {
	var sum []byte
	err = db.view(ctx, "读取原件", func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT name, sha256, data FROM originals WHERE document_id = ?`, id).
			Scan(&name, &sum, &data)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil, unknown(id)
	}
	if err != nil {
		return "", nil, err
	}
	data, err = db.codec.expand(data)
	if got := sha256.Sum256(data); err != nil || string(got[:]) != string(sum) {
		return "", nil, damaged(fmt.Sprintf("文档 %s 的原件已损坏，请从备份恢复", id), err)
	}
	return name, data, nil
}

// Has reports whether a document is in the store.
func (db *DB) Has(ctx context.Context, id corpus.DocumentID) (bool, error) {
	var has bool
	err := db.view(ctx, "查找文档", func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM originals WHERE document_id = ?)`, id).Scan(&has)
	})
	return has, err
}

// List returns at most limit documents' identifiers, those greater than after, ascending, hidden ones too. It is the way to
// walk through the whole store.
func (db *DB) List(ctx context.Context, after corpus.DocumentID, limit int) ([]corpus.DocumentID, error) {
	var ids []corpus.DocumentID
	err := db.view(ctx, "列出文档", func(tx *sql.Tx) (err error) {
		ids, err = list(ctx, tx, after, limit)
		return err
	})
	return ids, err
}

func list(ctx context.Context, tx *sql.Tx, after corpus.DocumentID, limit int) ([]corpus.DocumentID, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT document_id FROM originals WHERE document_id > ? ORDER BY document_id LIMIT ?`, after, limit)
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	return scanIDs(rows)
}

func unknown(id corpus.DocumentID) error {
	return notFound(fmt.Sprintf("没有编号为 %s 的文档", id))
}
