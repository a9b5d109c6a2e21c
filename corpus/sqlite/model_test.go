package sqlite_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// model is what the store should hold after a series of operations, kept in memory.
type model struct {
	t    *testing.T
	path string
	db   *sqlite.DB

	present  map[int]bool              // made-up documents in the store
	statuses map[int]corpus.Status     // corrected status of a document's first finding
	feed     []corpus.DocumentID       // the change feed
	number   map[corpus.DocumentID]int // which document has the identifier
	pool     map[int]corpus.Submission // all documents that there can be
}

const poolSize = 12

func newModel(t *testing.T, path string) *model {
	m := &model{
		t: t, path: path, present: make(map[int]bool), statuses: make(map[int]corpus.Status),
		number: make(map[corpus.DocumentID]int), pool: make(map[int]corpus.Submission),
	}
	for n := range poolSize {
		m.pool[n] = submission(n)
		m.number[m.pool[n].Document.ID] = n
	}
	m.reopen()
	return m
}

func (m *model) reopen() {
	if m.db != nil {
		if err := m.db.Close(); err != nil {
			m.t.Fatal(err)
		}
	}
	db, err := sqlite.Open(m.path, sqlite.Options{Now: clock})
	if err != nil {
		m.t.Fatal(err)
	}
	m.db = db
}

func (m *model) commit(r *rapid.T) {
	numbers := rapid.SliceOfN(rapid.IntRange(0, poolSize-1), 1, 5).Draw(r, "batch")
	spoilt := rapid.IntRange(0, 4).Draw(r, "spoilt") == 0
	var batch []corpus.Submission
	for _, n := range numbers {
		batch = append(batch, m.pool[n])
	}
	if spoilt {
		batch = append(batch, corpus.Submission{Name: "无", Original: []byte("没有解析结果")})
	}
	out, err := m.db.Commit(m.t.Context(), batch)
	if spoilt {
		if corpus.KindOf(err) != corpus.NotFound {
			r.Fatalf("spoilt batch: %v", err)
		}
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	for i, n := range numbers {
		want := corpus.Unchanged
		if !m.present[n] {
			want, m.present[n] = corpus.Added, true
			m.feed = append(m.feed, m.pool[n].Document.ID)
		}
		if out[i].Result != want {
			r.Fatalf("commit of %v: outcome %d = %+v, want %s", numbers, i, out[i], want)
		}
	}
}

func (m *model) remove(r *rapid.T) {
	n := rapid.IntRange(0, poolSize-1).Draw(r, "document")
	err := m.db.Remove(m.t.Context(), m.pool[n].Document.ID)
	if !m.present[n] {
		if corpus.KindOf(err) != corpus.NotFound {
			r.Fatalf("remove what is not there: %v", err)
		}
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	delete(m.present, n)
	m.feed = append(m.feed, m.pool[n].Document.ID)
}

func (m *model) correct(r *rapid.T) {
	n := rapid.IntRange(0, poolSize-1).Draw(r, "document")
	status := rapid.SampledFrom(corpus.Statuses).Draw(r, "status")
	id := m.pool[n].Document.ID
	err := m.db.Correct(m.t.Context(), []corpus.Correction{{Document: id, Finding: 1, Field: "status", Values: []string{string(status)}}})
	if !m.present[n] || len(m.pool[n].Document.Findings) == 0 {
		if corpus.KindOf(err) != corpus.NotFound {
			r.Fatalf("correct what is not there: %v", err)
		}
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	m.statuses[n] = status
	m.feed = append(m.feed, id)
}

// want returns the n-th document as the store should return it, nil where it should not be there.
func (m *model) want(n int) *corpus.Document {
	if !m.present[n] {
		return nil
	}
	doc := submission(n).Document
	if status, ok := m.statuses[n]; ok {
		doc.Findings[0].Status = status
	}
	return doc
}

// check compares all that the store shows with the model.
func (m *model) check(r *rapid.T) {
	var want corpus.Stats
	units := make(map[corpus.Fact]bool)
	for n := range m.present {
		doc := m.pool[n].Document
		want.Documents++
		want.Findings += len(doc.Findings)
		want.Bytes += int64(len(m.pool[n].Original))
		units[doc.Unit] = true
	}
	want.Units, want.Sequence = len(units), int64(len(m.feed))
	got, err := m.db.Stats(m.t.Context())
	if err != nil {
		r.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		r.Fatalf("stats (-want +got):\n%s", diff)
	}
	if seq, err := m.db.Sequence(m.t.Context()); err != nil || seq != want.Sequence {
		r.Fatalf("sequence = %d, %v, want %d", seq, err, want.Sequence)
	}
	m.checkFeed(r, max(0, int64(len(m.feed)-6)))
}

// checkFeed reads the feed from a number on, in pieces, as an engine does that follows it.
func (m *model) checkFeed(r *rapid.T, after int64) {
	for {
		changes, err := m.db.Changes(m.t.Context(), after, 8)
		if err != nil {
			r.Fatal(err)
		}
		for _, c := range changes {
			after++
			if c.Sequence != after || c.DocumentID != m.feed[after-1] {
				r.Fatalf("change %d = %d about %s, want %s", after, c.Sequence, c.DocumentID, m.feed[after-1])
			}
			if want := m.want(m.number[c.DocumentID]); !reflect.DeepEqual(want, c.Document) {
				r.Fatalf("change %d (-want +got):\n%s", after, cmp.Diff(want, c.Document))
			}
		}
		if len(changes) == 0 {
			break
		}
	}
	if int(after) != len(m.feed) {
		r.Fatalf("feed ends at %d, want %d", after, len(m.feed))
	}
}

// TestStoreFollowsModel holds the store against a model in memory over random series of operations.
func TestStoreFollowsModel(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		path := filepath.Join(dir, "store", "tongjian.db")
		if err := os.RemoveAll(filepath.Dir(path)); err != nil {
			r.Fatal(err)
		}
		m := newModel(t, path)
		defer func() { m.db.Close() }()
		r.Repeat(map[string]func(*rapid.T){
			"commit": m.commit, "remove": m.remove, "correct": m.correct,
			"reopen": func(*rapid.T) { m.reopen() },
			"":       m.check,
		})
		m.checkFeed(r, 0)
		sound(t, m.db)
	})
}
