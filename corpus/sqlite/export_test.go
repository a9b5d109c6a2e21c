package sqlite

import (
	"context"
	"errors"
	"fmt"

	"tongjian/corpus"
)

// LimitPages makes the disk of the store full at so many pages.
func (db *DB) LimitPages(n int) error {
	_, err := db.writer.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n))
	return err
}

// Pages returns the number of pages that the store has.
func (db *DB) Pages() (n int, err error) {
	err = db.writer.QueryRow("PRAGMA page_count").Scan(&n)
	return n, err
}

// Upgrade brings the store to a schema that has further steps.
func (db *DB) Upgrade(ctx context.Context, further ...string) error {
	all, err := steps()
	if err != nil {
		return err
	}
	return migrate(ctx, db.writer, append(all, further...))
}

// Downgrade makes the store one of the first schema that has one more document, which nothing was compared with.
func (db *DB) Downgrade(s corpus.Submission) error {
	entries, err := db.prepare(context.Background(), []corpus.Submission{s})
	if err != nil {
		return err
	}
	return db.update(context.Background(), "", func(w *writer) error {
		if err := errors.Join(db.insert(w, &entries[0]), w.changed(entries[0].id)); err != nil {
			return err
		}
		_, err := w.tx.Exec(`
			DROP TABLE standings; DROP TABLE apart; DROP TABLE fingerprints; DROP TABLE likenesses; DROP TABLE warnings;
			DROP TABLE decisions; DROP TABLE tasks;
			ALTER TABLE documents DROP COLUMN items; ALTER TABLE documents DROP COLUMN aspects;
			ALTER TABLE documents DROP COLUMN rectified; ALTER TABLE documents DROP COLUMN measures_planned;
			ALTER TABLE documents DROP COLUMN measures_completed; ALTER TABLE documents DROP COLUMN accountable;
			PRAGMA user_version = 1`)
		return err
	})
}
