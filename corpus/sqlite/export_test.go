package sqlite

import (
	"context"
	"database/sql"
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
	err = db.update(context.Background(), "", func(w *writer) error {
		return errors.Join(db.insert(w, &entries[0]), w.changed(entries[0].id))
	})
	if err != nil {
		return err
	}
	all, err := steps()
	if err != nil {
		return err
	}
	old, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	defer old.Close()
	old.SetMaxOpenConns(1)
	if _, err := old.Exec(all[0]); err != nil {
		return err
	}
	return db.dropWhatIsNotIn(old)
}

func (db *DB) dropWhatIsNotIn(old *sql.DB) error {
	const tables = `SELECT 'DROP TABLE ', name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`
	const columns = `SELECT 'ALTER TABLE documents DROP COLUMN ', name FROM pragma_table_info('documents')`
	for _, list := range []string{tables, columns} {
		known := map[string]bool{}
		for _, pool := range []*sql.DB{old, db.writer} {
			rows, err := pool.Query(list)
			if err != nil {
				return err
			}
			var statements []string
			for rows.Next() {
				var drop, name string
				if err := rows.Scan(&drop, &name); err != nil {
					return err
				}
				if pool == old {
					known[name] = true
				} else if !known[name] {
					statements = append(statements, drop+name)
				}
			}
			if err := rows.Close(); err != nil {
				return err
			}
			for _, s := range statements {
				if _, err := pool.Exec("PRAGMA foreign_keys = OFF; " + s); err != nil {
					return err
				}
			}
		}
	}
	_, err := db.writer.Exec("PRAGMA user_version = 1")
	return err
}

// Claim holds the file of an unfinished backup as a process does that writes to it.
func Claim(path string) (release func() error, err error) {
	f, err := claim(path)
	if err != nil {
		return nil, err
	}
	return f.Close, nil
}

// Stored returns a document as it comes back from its stored form.
func Stored(doc *corpus.Document) (*corpus.Document, error) {
	return stored(doc, (*codec).pack)
}

// StoredPlain returns a document as it comes back from the stored form of older programs.
func StoredPlain(doc *corpus.Document) (*corpus.Document, error) {
	return stored(doc, func(c *codec, doc *corpus.Document) ([]byte, error) {
		data, err := marshal(doc)
		return c.compress(data), err
	})
}

func stored(doc *corpus.Document, pack func(*codec, *corpus.Document) ([]byte, error)) (*corpus.Document, error) {
	c, err := newCodec()
	if err != nil {
		return nil, err
	}
	defer c.close()
	data, err := pack(c, doc)
	if err != nil {
		return nil, err
	}
	return c.unpack(data)
}
