package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// saved makes a backup of a store with a little of everything in it, and returns its file.
func saved(t *testing.T) string {
	t.Helper()
	db := create(t)
	arrive(t, db, first, second, other)
	err := errors.Join(
		db.Correct(t.Context(), []corpus.Correction{{Document: other.id(), Finding: 1, Field: "status", Values: []string{"partial"}}}),
		db.Decide(t.Context(), []corpus.Decision{{Link: link(second, 2, other, 3), Verdict: corpus.Confirmed}}),
	)
	path := filepath.Join(t.TempDir(), "b.db")
	if err := errors.Join(err, db.Backup(t.Context(), path, false)); err != nil {
		t.Fatal(err)
	}
	return path
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestRestoreIntoAnEmptyFolder(t *testing.T) {
	backup, dir := saved(t), filepath.Join(t.TempDir(), "新", "数据")
	path := filepath.Join(dir, "tongjian.db")
	r, err := sqlite.Restore(t.Context(), backup, path, sqlite.RestoreOptions{Now: clock})
	if err != nil || r.Documents != 2 || r.Findings != 20 || r.Former != "" {
		t.Fatalf("restored %+v, %v", r, err)
	}
	if diff := cmp.Diff([]string{"tongjian.db", "tongjian.db.lock"}, names(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	db := open(t, path)
	sound(t, db)
	if d, err := db.Decisions(t.Context(), 0); err != nil || len(d) != 1 || d[0].Missing {
		t.Errorf("decisions %v, %v", d, err)
	}
	if h, err := db.History(t.Context(), first.id()); err != nil || len(h) != 2 {
		t.Errorf("history %v, %v", h, err)
	}
}

func TestRestoreKeepsTheFormerStore(t *testing.T) {
	backup, dir := saved(t), t.TempDir()
	path := filepath.Join(dir, "tongjian.db")
	db := open(t, path)
	commit(t, db, submission(3))
	if _, err := sqlite.Restore(t.Context(), backup, path, sqlite.RestoreOptions{Replace: true}); code(err) != sqlite.CodeHeld {
		t.Errorf("while the store is open: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Restore(t.Context(), backup, path, sqlite.RestoreOptions{}); code(err) != sqlite.CodeNotEmpty {
		t.Errorf("without replacing: %v", err)
	}
	asked := 0
	before := func() error { asked++; return nil }
	r, err := sqlite.Restore(t.Context(), backup, path, sqlite.RestoreOptions{Replace: true, Now: clock, Before: before})
	if err != nil || asked != 1 || filepath.Base(r.Former) != "tongjian-20260304-050607.db" {
		t.Fatalf("restored %+v, %v; asked %d times", r, err, asked)
	}
	sound(t, open(t, path))
	former := open(t, r.Former)
	sound(t, former)
	if has, err := former.Has(t.Context(), submission(3).Document.ID); !has || err != nil {
		t.Errorf("former store lacks its document: %v", err)
	}
}

// A damaged store cannot be opened, and is what backups are for.
func TestRestoreOverADamagedStore(t *testing.T) {
	backup, dir := saved(t), t.TempDir()
	path := filepath.Join(dir, "tongjian.db")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.WriteFile(path+suffix, []byte(strings.Repeat("坏", 4000)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := sqlite.Restore(t.Context(), backup, path, sqlite.RestoreOptions{Replace: true, Now: clock}); err != nil {
		t.Fatal(err)
	}
	sound(t, open(t, path))
}

func TestRestoreRefusesWhatIsNotSound(t *testing.T) {
	tests := []struct {
		name   string
		damage func(t *testing.T, path string)
		code   string
	}{
		{"an original", statement("UPDATE originals SET data = (SELECT data FROM originals ORDER BY document_id LIMIT 1)"), sqlite.CodeNotSound},
		{"the audit trail", statement("DROP TRIGGER audit_stay; UPDATE audit SET detail = 'x' WHERE seq = 2"), sqlite.CodeNotSound},
		{"the feed", statement("DROP TRIGGER changes_keep; DELETE FROM changes WHERE seq = 2"), sqlite.CodeNotSound},
		{"a newer program's", statement("PRAGMA user_version = 99"), sqlite.CodeNewer},
		{"another program's", statement("PRAGMA application_id = 7"), sqlite.CodeForeign},
		{"no database", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("不是数据库", 100)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, sqlite.CodeForeign},
		{"half of it", func(t *testing.T, path string) {
			info, err := os.Stat(path)
			if err := errors.Join(err, os.Truncate(path, info.Size()/2)); err != nil {
				t.Fatal(err)
			}
		}, sqlite.CodeDamaged},
		{"a live store's file alone", func(t *testing.T, path string) {
			if err := os.WriteFile(path+"-wal", []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, sqlite.CodeNotFolded},
		{"nothing", func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}, sqlite.CodeReadOnly},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			backup, dir := saved(t), t.TempDir()
			tt.damage(t, backup)
			path := filepath.Join(dir, "tongjian.db")
			db := open(t, path)
			commit(t, db, submission(3))
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			before := func() error { t.Error("told that the backup is sound"); return nil }
			_, err := sqlite.Restore(t.Context(), backup, path, sqlite.RestoreOptions{Replace: true, Before: before})
			if code(err) != tt.code {
				t.Errorf("error = %v, want %s", err, tt.code)
			}
			if diff := cmp.Diff([]string{"tongjian.db", "tongjian.db.lock"}, names(t, dir)); diff != "" {
				t.Errorf("left behind (-want +got):\n%s", diff)
			}
			sound(t, open(t, path))
		})
	}
}

// statement returns what runs an SQL statement on a file and folds its journal.
func statement(sql string) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		t.Helper()
		raw := rawOpen(t, path)
		if _, err := raw.Exec(sql); err != nil {
			t.Fatal(err)
		}
		if err := raw.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Another process's store can be backed up while it is at work.
func TestBackupOfAHeldStore(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "tongjian.db"), filepath.Join(dir, "b.db")
	db := open(t, path)
	commit(t, db, submissions(0, 9)...)
	if err := sqlite.Backup(t.Context(), path, copied, false); err != nil {
		t.Fatal(err)
	}
	commit(t, db, submissions(9, 12)...)
	if err := sqlite.Backup(t.Context(), path, copied, false); code(err) != sqlite.CodeBackupExists {
		t.Errorf("second backup: %v", err)
	}
	if err := sqlite.Backup(t.Context(), path, copied, true); err != nil {
		t.Errorf("replacing: %v", err)
	}
	if err := sqlite.Backup(t.Context(), path, dir, true); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("replacing a folder: %v", err)
	}
	t.Chdir(dir)
	if err := sqlite.Backup(t.Context(), "tongjian.db", "here.db", false); err != nil {
		t.Errorf("by a path within the folder: %v", err)
	}
	restored := open(t, copied)
	sound(t, restored)
	if s, err := restored.Stats(t.Context()); err != nil || s.Documents != 12 {
		t.Errorf("stats %+v, %v", s, err)
	}
	if err := sqlite.Backup(t.Context(), filepath.Join(dir, "无"), filepath.Join(dir, "c.db"), false); corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("backup of nothing: %v", err)
	}
	// What a killed backup has left is written over; what a running one writes is not.
	if err := os.WriteFile(filepath.Join(dir, "d.db.partial"), []byte("残"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := sqlite.Backup(t.Context(), path, filepath.Join(dir, "d.db"), false); err != nil {
		t.Errorf("over what was left: %v", err)
	}
	release, err := sqlite.Claim(filepath.Join(dir, "e.db.partial"))
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if err := sqlite.Backup(context.Background(), path, filepath.Join(dir, "e.db"), false); code(err) != sqlite.CodeBackupBusy {
		t.Errorf("beside another backup: %v", err)
	}
}
