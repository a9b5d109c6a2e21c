package sqlite_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

func TestCommitKeepsDocuments(t *testing.T) {
	db := create(t)
	batch := submissions(0, 7)
	outcomes := commit(t, db, batch...)
	for i, s := range batch {
		want := corpus.Outcome{
			Name: s.Name, Document: s.Document.ID, Result: corpus.Added, Findings: len(s.Document.Findings), Warnings: 1,
		}
		if diff := cmp.Diff(want, outcomes[i]); diff != "" {
			t.Errorf("outcome %d (-want +got):\n%s", i, diff)
		}
		got, err := db.Document(t.Context(), s.Document.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s.Document, got); diff != "" {
			t.Errorf("document %d (-want +got):\n%s", i, diff)
		}
		name, data, err := db.Original(t.Context(), s.Document.ID)
		if err != nil || name != s.Document.Source || string(data) != string(s.Original) {
			t.Errorf("original %d = %q, %d bytes, %v", i, name, len(data), err)
		}
	}
	sound(t, db)
}

func TestSameBytesAreUnchanged(t *testing.T) {
	db := create(t)
	commit(t, db, submissions(0, 3)...)
	again := submission(2)
	again.Name, again.Document = "别处/同一份.txt", nil
	fresh := submission(3)
	out := commit(t, db, again, fresh, fresh)
	want := []corpus.Result{corpus.Unchanged, corpus.Added, corpus.Unchanged}
	for i, w := range want {
		if out[i].Result != w {
			t.Errorf("outcome %d = %+v, want %s", i, out[i], w)
		}
	}
	if out[0].Findings != 2 || out[0].Warnings != 1 {
		t.Errorf("unchanged document has outcome %+v, want the stored counts", out[0])
	}
	if seq, err := db.Sequence(t.Context()); err != nil || seq != 4 {
		t.Errorf("sequence = %d, %v, want 4", seq, err)
	}
	sound(t, db)
}

func TestBatchIsAllOrNothing(t *testing.T) {
	wrongID, wrongFinding, missing := submission(2), submission(3), submission(5)
	wrongID.Document.ID = "0123456789abcdef"
	wrongFinding.Document.Findings[1].Ordinal = 7
	missing.Document = nil
	tests := []struct {
		name string
		bad  corpus.Submission
		kind corpus.ErrorKind
	}{
		{"identifier of other bytes", wrongID, corpus.Invalid},
		{"findings out of order", wrongFinding, corpus.Invalid},
		{"unknown bytes without a document", missing, corpus.NotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db := create(t)
			commit(t, db, submission(0))
			_, err := db.Commit(t.Context(), []corpus.Submission{submission(1), tt.bad, submission(4)})
			if corpus.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.bad.Name) {
				t.Errorf("error = %v, want %s naming %s", err, tt.kind, tt.bad.Name)
			}
			if s, err := db.Stats(t.Context()); err != nil || s.Documents != 1 || s.Sequence != 1 {
				t.Errorf("stats = %+v, %v, want one document, one change", s, err)
			}
			sound(t, db)
		})
	}
}

func TestDocumentsKeepsOrder(t *testing.T) {
	db := create(t)
	batch := submissions(0, 4)
	commit(t, db, batch...)
	ids := []corpus.DocumentID{batch[3].Document.ID, "ffffffffffffffff", batch[0].Document.ID, batch[3].Document.ID}
	docs, err := db.Documents(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.Source)
	}
	if want := []string{"通报3.txt", "通报0.txt", "通报3.txt"}; !cmp.Equal(want, got) {
		t.Errorf("documents = %v, want %v", got, want)
	}
}

func TestUnknownDocument(t *testing.T) {
	db := create(t)
	const id = "00000000deadbeef"
	_, errDocument := db.Document(t.Context(), id)
	_, _, errOriginal := db.Original(t.Context(), id)
	errRemove := db.Remove(t.Context(), id)
	for _, err := range []error{errDocument, errOriginal, errRemove} {
		if corpus.KindOf(err) != corpus.NotFound || !strings.Contains(err.Error(), id) {
			t.Errorf("error = %v, want not_found naming the document", err)
		}
	}
}

func TestRemoveIsAChange(t *testing.T) {
	db := create(t)
	batch := submissions(0, 3)
	commit(t, db, batch...)
	id := batch[1].Document.ID
	if err := db.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if has, err := db.Has(t.Context(), id); has || err != nil {
		t.Errorf("has = %v, %v after removal", has, err)
	}
	changes, err := db.Changes(t.Context(), 1, 10)
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.Change{
		{Sequence: 2, DocumentID: id, At: now},
		{Sequence: 3, DocumentID: batch[2].Document.ID, Document: batch[2].Document, At: now},
		{Sequence: 4, DocumentID: id, At: now},
	}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	sound(t, db)
}

func TestReplaceOnlyWhatDiffers(t *testing.T) {
	db := create(t)
	commit(t, db, submissions(0, 3)...)
	same, other := submission(1).Document, submission(2).Document
	other.Findings = other.Findings[:1]
	n, err := db.Replace(t.Context(), []*corpus.Document{same, other})
	if err != nil || n != 1 {
		t.Fatalf("replaced %d, %v, want 1", n, err)
	}
	got, err := db.Document(t.Context(), other.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(other, got); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
	if s, err := db.Stats(t.Context()); err != nil || s.Findings != 2 || s.Sequence != 4 {
		t.Errorf("stats = %+v, %v, want 2 findings, sequence 4", s, err)
	}
	sound(t, db)
}

func TestStats(t *testing.T) {
	db := create(t)
	batch := submissions(0, 7)
	batch[3].Document.Findings[0].Unit = "云岭市档案馆"
	commit(t, db, batch...)
	want := corpus.Stats{Documents: 7, Findings: 9, Units: 6, Sequence: 7}
	for _, s := range batch {
		want.Bytes += int64(len(s.Original))
	}
	got, err := db.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stats (-want +got):\n%s", diff)
	}
}

func TestListWalksThroughAll(t *testing.T) {
	db := create(t)
	commit(t, db, submissions(0, 7)...)
	seen := make(map[corpus.DocumentID]bool)
	var after corpus.DocumentID
	for {
		ids, err := db.List(t.Context(), after, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) == 0 {
			break
		}
		for _, id := range ids {
			if id <= after {
				t.Errorf("%s after %s", id, after)
			}
			seen[id], after = true, id
		}
	}
	if len(seen) != 7 {
		t.Errorf("listed %d documents, want 7", len(seen))
	}
}

func TestOpenAnyPath(t *testing.T) {
	for _, name := range []string{"数据 100%?.db", "a#b&c=d.db", "深/一层/又一层/库.db"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			db := open(t, path)
			commit(t, db, submission(1))
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(path); err != nil {
				t.Fatal(err)
			}
			if s, err := open(t, path).Stats(t.Context()); err != nil || s.Documents != 1 {
				t.Errorf("stats after reopening = %+v, %v", s, err)
			}
		})
	}
}

func TestSecondOpenNamesTheHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tongjian.db")
	db := open(t, path)
	if err := db.Announce("http://127.0.0.1:8080"); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.Open(path, sqlite.Options{})
	var e *corpus.Error
	if !errors.As(err, &e) || e.Kind != corpus.Conflict || e.Code != sqlite.CodeHeld {
		t.Fatalf("error = %v, want a conflict", err)
	}
	for _, want := range []string{fmt.Sprint(os.Getpid()), "http://127.0.0.1:8080"} {
		if !strings.Contains(e.Message, want) {
			t.Errorf("message %q does not name %s", e.Message, want)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, path)
}

func TestOpenRefusesOtherFiles(t *testing.T) {
	statements := func(lines ...string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			raw := rawOpen(t, path)
			for _, line := range lines {
				if _, err := raw.Exec(line); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		code string
	}{
		{"a newer store", func(t *testing.T, path string) {
			if err := open(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			statements("PRAGMA user_version = 99")(t, path)
		}, sqlite.CodeNewer},
		{"another program's database", statements("CREATE TABLE notes (n)"), sqlite.CodeForeign},
		{"a text", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("这不是数据文件。", 500)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, sqlite.CodeForeign},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, sqlite.CodeReadOnly},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "tongjian.db")
			tt.make(t, path)
			_, err := sqlite.Open(path, sqlite.Options{})
			var e *corpus.Error
			if !errors.As(err, &e) || e.Code != tt.code {
				t.Errorf("error = %v, want code %s", err, tt.code)
			}
		})
	}
}

// rawOpen opens a store's file past the store, closed at the end of the test.
func rawOpen(t *testing.T, path string) *sql.DB {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	raw.SetMaxOpenConns(1)
	t.Cleanup(func() { raw.Close() })
	return raw
}
