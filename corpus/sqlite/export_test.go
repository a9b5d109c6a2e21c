package sqlite

import (
	"context"
	"fmt"
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
