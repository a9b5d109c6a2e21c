package sqlite_test

import (
	"path/filepath"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

func TestMigrationIsAllOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tongjian.db")
	db := open(t, path)
	commit(t, db, submissions(0, 3)...)
	raw := rawOpen(t, path)
	var before int
	if err := raw.QueryRow(`SELECT user_version FROM pragma_user_version`).Scan(&before); err != nil {
		t.Fatal(err)
	}
	const adds, breaks = "ALTER TABLE documents ADD COLUMN note TEXT", "CREATE TABLE a (b); INSERT INTO c VALUES (1)"
	if err := db.Upgrade(t.Context(), adds, breaks); err == nil {
		t.Fatal("broken step gave no error")
	}
	var version, tables int
	err := raw.QueryRow(`SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema WHERE name = 'a')`).
		Scan(&version, &tables)
	if err != nil || version != before+1 || tables != 0 {
		t.Errorf("schema %d with %d tables of the broken step, %v; want schema %d without", version, tables, err, before+1)
	}
	if err := db.Upgrade(t.Context(), adds, "CREATE TABLE a (b)"); err != nil {
		t.Errorf("mended step: %v", err)
	}
	sound(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(path, sqlite.Options{}); code(err) != sqlite.CodeNewer || corpus.KindOf(err) != corpus.Conflict {
		t.Errorf("open by an older program: %v", err)
	}
}
