package embedded_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"

	"tongjian/corpus"
	"tongjian/index"
	"tongjian/index/embedded"
	"tongjian/index/indextest"
)

// feed is a store's change feed in memory.
type feed []corpus.Change

func (f feed) Changes(_ context.Context, after int64, limit int) ([]corpus.Change, error) {
	return f[after:min(int(after)+limit, len(f))], nil
}

func (f feed) Sequence(context.Context) (int64, error) { return int64(len(f)), nil }

// fill makes an index of a feed in a folder and closes it.
func fill(t *testing.T, dir string, f feed) {
	t.Helper()
	e, state, err := embedded.Open(dir, options(t))
	if err != nil || state != embedded.Missing {
		t.Fatalf("open new index: state %s, error %v", state, err)
	}
	if err := index.CatchUp(context.Background(), f, e, 7); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

// total returns the number of passages with a string.
func total(t *testing.T, e index.Engine, query string) int {
	t.Helper()
	a, err := e.Search(context.Background(), index.Request{Filter: corpus.Filter{Query: query}})
	if err != nil {
		t.Fatal(err)
	}
	return a.Total
}

func TestState(t *testing.T) {
	changes := feed(indextest.Changes(0, indextest.Documents(30)...))
	change := func(name string, edit func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			path := filepath.Join(dir, name)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, edit(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(pattern string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			paths, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil || len(paths) == 0 {
				t.Fatalf("nothing to remove: %v", err)
			}
			for _, p := range paths {
				if err := os.Remove(p); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	tests := []struct {
		name   string
		damage func(t *testing.T, dir string)
		want   embedded.State
	}{
		{"sound", func(*testing.T, string) {}, embedded.Equal},
		{"gone", func(t *testing.T, dir string) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}, embedded.Missing},
		{"no root", remove("scorch/root.bolt"), embedded.Missing},
		{"root of 100 bytes", change("scorch/root.bolt", func(b []byte) []byte { return b[:100] }), embedded.Corrupt},
		{"root of two pages", change("scorch/root.bolt", func(b []byte) []byte { return b[:2*os.Getpagesize()] }), embedded.Corrupt},
		{"root of zeros behind two pages", change("scorch/root.bolt", func(b []byte) []byte {
			clear(b[2*os.Getpagesize():])
			return b
		}), embedded.Corrupt},
		{"root of other bytes", change("scorch/root.bolt", func([]byte) []byte { return []byte("not a database") }), embedded.Corrupt},
		{"no segment", remove("scorch/*.zap"), embedded.Corrupt},
		{"no columns", remove("columns.log"), embedded.Corrupt},
		{"short columns", change("columns.log", func(b []byte) []byte { return b[:100] }), embedded.Corrupt},
		{"flipped bit in columns", change("columns.log", func(b []byte) []byte { b[50] ^= 1; return b }), embedded.Corrupt},
		{"flipped bit in the last entry", change("columns.log", func(b []byte) []byte { b[lastByte(b)] ^= 1; return b }), embedded.Corrupt},
		{"no texts", remove("texts.dat"), embedded.Corrupt},
		{"flipped bit in texts", change("texts.dat", func(b []byte) []byte { b[500] ^= 1; return b }), embedded.Corrupt},
		{"flipped bit in the last text", change("texts.dat", func(b []byte) []byte { b[lastByte(b)] ^= 1; return b }), embedded.Corrupt},
		{"texts cut in the middle", change("texts.dat", func(b []byte) []byte { return b[:lastByte(b)/2] }), embedded.Corrupt},
		{"short texts", change("texts.dat", func(b []byte) []byte { return b[:100] }), embedded.Corrupt},
		{"no characters", remove("chars-*.idx"), embedded.Corrupt},
		{"flipped bit in characters", func(t *testing.T, dir string) {
			paths, err := filepath.Glob(filepath.Join(dir, "chars-*.idx"))
			if err != nil || len(paths) == 0 {
				t.Fatalf("no characters: %v", err)
			}
			change(filepath.Base(paths[0]), func(b []byte) []byte { b[len(b)/2] ^= 1; return b })(t, dir)
		}, embedded.Corrupt},
		{"flipped bit in a segment", func(t *testing.T, dir string) {
			paths, err := filepath.Glob(filepath.Join(dir, "scorch", "*.zap"))
			if err != nil || len(paths) == 0 {
				t.Fatalf("no segment: %v", err)
			}
			for _, p := range paths { // some may be left over
				change("scorch/"+filepath.Base(p), func(b []byte) []byte { b[len(b)/3] ^= 1; return b })(t, dir)
			}
		}, embedded.Corrupt},
		{"files of another generation left over", func(t *testing.T, dir string) {
			for _, name := range []string{"texts-3.dat", "columns-3.log"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte("torn"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}, embedded.Equal},
		{"characters left over", func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "chars-9-9.idx"), []byte("torn"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, embedded.Equal},
		{"leftovers behind the end", change("columns.log", func(b []byte) []byte { b[len(b)-1] = 7; return b }), embedded.Equal},
		{"other version", otherVersion, embedded.Version},
		{"no record", noRecord, embedded.Corrupt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "index")
			fill(t, dir, changes)
			tt.damage(t, dir)
			o := options(t)
			o.Feed = changes
			e, state := open(t, dir, o)
			if state != tt.want {
				t.Fatalf("state %s, want %s", state, tt.want)
			}
			if want := tt.want == embedded.Equal; (e.Applied() == 30) != want {
				t.Fatalf("applied %d in state %s", e.Applied(), state)
			}
			if err := index.CatchUp(context.Background(), changes, e, 0); err != nil {
				t.Fatal(err)
			}
			all := indextest.AllPassages(indextest.Documents(30))
			if got := total(t, e, ""); got != len(all) {
				t.Errorf("after catching up: %d passages, want %d", got, len(all))
			}
			if c := e.Counts(); c.Postings != len(all) || c.Columns != len(all) {
				t.Errorf("after catching up: %+v, want %d", c, len(all))
			}
		})
	}
}

// lastByte returns the place of the last byte that is not 0: data files are longer than what is in them.
func lastByte(b []byte) int { return len(bytes.TrimRight(b, "\x00")) - 1 }

// otherVersion makes the index one of another dictionary.
func otherVersion(t *testing.T, dir string) {
	setRecord(t, dir, []byte(`{"format":4,"dictionary":"another"}`))
}

func noRecord(t *testing.T, dir string) { setRecord(t, dir, nil) }

func setRecord(t *testing.T, dir string, value []byte) {
	t.Helper()
	queue := bleve.NewAnalysisQueue(1)
	defer queue.Close()
	ix, err := scorch.NewScorch(scorch.Name, map[string]any{"path": filepath.Join(dir, "scorch")}, queue)
	if err != nil {
		t.Fatal(err)
	}
	if err := ix.Open(); err != nil {
		t.Fatal(err)
	}
	batch := bleve.NewBatch()
	batch.SetInternal([]byte("tongjian"), value)
	if err := ix.(*scorch.Scorch).Batch(batch); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestStateTaxonomy checks that an index of another taxonomy is not trusted, and one of the same is.
func TestStateTaxonomy(t *testing.T) {
	dir, o := t.TempDir(), options(t)
	for _, tt := range []struct {
		taxonomy string
		want     embedded.State
	}{{"a", embedded.Missing}, {"a", embedded.Equal}, {"", embedded.Equal}, {"b", embedded.Version}, {"b", embedded.Equal}} {
		o.Taxonomy = tt.taxonomy
		e, state, err := embedded.Open(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		if state != tt.want {
			t.Errorf("taxonomy %q: state %s, want %s", tt.taxonomy, state, tt.want)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestStateContent checks that an index that is ahead of the store is not trusted.
func TestStateContent(t *testing.T) {
	changes := feed(indextest.Changes(0, indextest.Documents(30)...))
	dir := t.TempDir()
	fill(t, dir, changes)
	o := options(t)
	o.Feed = changes[:20]
	e, state := open(t, dir, o)
	if state != embedded.Content || e.Applied() != 0 {
		t.Errorf("state %s, applied %d; want %s, 0", state, e.Applied(), embedded.Content)
	}
}

// TestCatchUpAhead checks that an engine that is ahead of the feed is an error rather than taken for equal.
func TestCatchUpAhead(t *testing.T) {
	changes := feed(indextest.Changes(0, indextest.Documents(3)...))
	e, _ := open(t, t.TempDir(), options(t))
	if err := index.CatchUp(context.Background(), changes, e, 0); err != nil {
		t.Fatal(err)
	}
	if err := index.CatchUp(context.Background(), changes[:2], e, 0); corpus.KindOf(err) != corpus.Conflict {
		t.Errorf("error %v, want one of kind conflict", err)
	}
}

// TestOneProcess checks that a second engine on the same folder is refused and leaves the first one whole.
func TestOneProcess(t *testing.T) {
	changes := feed(indextest.Changes(0, indextest.Documents(5)...))
	dir := t.TempDir()
	e, _ := open(t, dir, options(t))
	if err := index.CatchUp(context.Background(), changes, e, 0); err != nil {
		t.Fatal(err)
	}
	if _, _, err := embedded.Open(dir, options(t)); corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("second open: error %v, want one of kind unavailable", err)
	}
	if got, want := total(t, e, ""), len(indextest.AllPassages(indextest.Documents(5))); got != want {
		t.Errorf("after the second open: %d passages, want %d", got, want)
	}
}

func TestClosed(t *testing.T) {
	e, _ := open(t, t.TempDir(), options(t))
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Search(context.Background(), index.Request{}); corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("search: error %v, want one of kind unavailable", err)
	}
	if err := e.Apply(context.Background(), nil); corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("apply: error %v, want one of kind unavailable", err)
	}
}
