package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// TestAnyOrderKeepsOneOfEach lets papers of two units arrive, go, be corrected and be told apart at random. Whatever
// happens, of the documents that are the same exactly one is shown, the feed leads to just those that are, two units' are
// never one, and every part of the store agrees with the others.
func TestAnyOrderKeepsOneOfEach(t *testing.T) {
	var pool []paper
	for _, unit := range []string{first.unit, other.unit} {
		pool = append(pool, paper{unit: unit, site: "县纪委", findings: 11, done: 6})
		for _, site := range []string{"本局", "转载"} {
			for _, done := range []int{6, 9} {
				for _, date := range []corpus.Date{"", "2024-05-01"} {
					pool = append(pool, paper{unit: unit, site: site, findings: 10, done: done, date: date})
				}
			}
		}
	}
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		path := filepath.Join(dir, "tongjian.db")
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(path + suffix); err != nil && !os.IsNotExist(err) {
				r.Fatal(err)
			}
		}
		db, err := sqlite.Open(path, sqlite.Options{Now: clock})
		if err != nil {
			r.Fatal(err)
		}
		defer db.Close()
		present := map[corpus.DocumentID]string{} // the documents in the store with their units
		follower := follower{docs: map[corpus.DocumentID]*corpus.Document{}}
		draw := func(r *rapid.T) paper { return rapid.SampledFrom(pool).Draw(r, "paper") }
		allow := func(err error, kinds ...corpus.ErrorKind) {
			if err != nil && !slices.Contains(kinds, corpus.KindOf(err)) {
				r.Fatal(err)
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"arrive": func(r *rapid.T) {
				p := draw(r)
				out, err := db.Commit(t.Context(), []corpus.Submission{p.submission()})
				if err != nil {
					r.Fatal(err)
				}
				if _, known := present[p.id()]; known != (out[0].Result == corpus.Unchanged) || present[out[0].Other] != "" && present[out[0].Other] != p.unit {
					r.Fatalf("outcome %+v", out[0])
				}
				present[p.id()] = p.unit
			},
			"remove": func(r *rapid.T) {
				p := draw(r)
				allow(db.Remove(t.Context(), p.id()), corpus.NotFound)
				delete(present, p.id())
			},
			"correct": func(r *rapid.T) {
				c := corpus.Correction{Document: draw(r).id(), Finding: 3, Field: "status", Values: []string{"partial"}}
				allow(db.Correct(t.Context(), []corpus.Correction{c}), corpus.NotFound, corpus.Conflict)
			},
			"tell apart": func(r *rapid.T) { allow(db.Separate(t.Context(), draw(r).id()), corpus.NotFound, corpus.Conflict) },
			"read anew": func(r *rapid.T) {
				doc := draw(r).submission().Document
				doc.Unit = corpus.Fact(rapid.SampledFrom([]string{"", string(doc.Unit)}).Draw(r, "unit"))
				_, err := db.Replace(t.Context(), []*corpus.Document{doc})
				allow(err, corpus.NotFound)
			},
			"": func(r *rapid.T) { oneOfEach(t, r, db, present, &follower) },
		})
		report, err := db.Check(t.Context())
		if err != nil || len(report.Problems) > 0 {
			r.Fatalf("check: %v, %v", report.Problems, err)
		}
	})
}

func oneOfEach(t *testing.T, r *rapid.T, db *sqlite.DB, present map[corpus.DocumentID]string, f *follower) {
	shown := map[corpus.DocumentID]bool{}
	for id, unit := range present {
		history, err := db.History(t.Context(), id)
		if err != nil {
			r.Fatal(err)
		}
		in := 0
		for i, h := range history {
			if present[h.ID] != unit || (h.Standing == corpus.Shown) != (i == 0) || (h.By == "") != (i == 0) {
				r.Fatalf("history of %s, place %d: %+v", id, i, h)
			}
			if h.ID == id {
				in++
			}
		}
		if in != 1 {
			r.Fatalf("%s stands %d times in its own history", id, in)
		}
		shown[history[0].ID] = true
	}
	stats, err := db.Stats(t.Context())
	if err != nil || stats.Documents != len(shown) || stats.Hidden != len(present)-len(shown) {
		r.Fatalf("stats %+v, %v; want %d shown of %d", stats, err, len(shown), len(present))
	}
	if err := f.follow(t.Context(), db); err != nil {
		r.Fatal(err)
	}
	if len(f.docs) != len(shown) {
		r.Fatalf("the feed leads to %d documents, %d are shown", len(f.docs), len(shown))
	}
	for id, doc := range f.docs {
		now, err := db.Document(t.Context(), id)
		if err != nil || !shown[id] || !reflect.DeepEqual(doc, now) {
			r.Fatalf("the feed leads to %s, shown %t, %v:\n%s", id, shown[id], err, cmp.Diff(now, doc))
		}
	}
}

// follower holds what one who follows the feed knows: each change as it was when it was read.
type follower struct {
	seq  int64
	docs map[corpus.DocumentID]*corpus.Document
}

func (f *follower) follow(ctx context.Context, db *sqlite.DB) error {
	changes, err := db.Changes(ctx, f.seq, 1000)
	for _, c := range changes {
		f.seq = c.Sequence
		f.docs[c.DocumentID] = c.Document
		if c.Document == nil {
			delete(f.docs, c.DocumentID)
		}
	}
	return err
}
