package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
)

func TestBackupIsAStore(t *testing.T) {
	db := create(t)
	commit(t, db, submissions(0, 9)...)
	if err := db.Correct(t.Context(), []corpus.Correction{{Document: submission(3).Document.ID, Field: "unit", Values: []string{"云岭市档案馆"}}}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "备份.db")
	if err := db.Backup(t.Context(), path, false); err != nil {
		t.Fatal(err)
	}
	commit(t, db, submissions(9, 12)...)
	if err := db.Backup(t.Context(), path, false); corpus.KindOf(err) != corpus.Conflict {
		t.Errorf("second backup to the same file: %v, want a conflict", err)
	}
	restored := open(t, path)
	sound(t, restored)
	want, err := db.Changes(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	got, err := restored.Changes(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes in the backup (-want +got):\n%s", diff)
	}
}

func TestBackupCutShortLeavesNothing(t *testing.T) {
	db := create(t)
	commit(t, db, submissions(0, 3)...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	if err := db.Backup(ctx, filepath.Join(dir, "b.db"), false); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want canceled", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	err := db.Backup(t.Context(), filepath.Join(dir, "没有的文件夹", "b.db"), false)
	if corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("error = %v, want unavailable", err)
	}
}
