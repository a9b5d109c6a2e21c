package embedded_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
	"tongjian/index/embedded"
	"tongjian/index/indextest"
)

// TestCompact checks that the room of replaced documents is reclaimed while queries go on, and that nothing is lost by
// it, now or when the index is opened again.
func TestCompact(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	o := options(t)
	e, _, err := embedded.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	e.CompactFrom(1 << 10)
	done, failed := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(failed)
		for {
			select {
			case <-done:
				return
			default:
			}
			if _, err := e.Search(ctx, index.Request{Filter: corpus.Filter{Query: "采购 问题"}, Snippets: 2}); err != nil {
				failed <- err
				return
			}
		}
	}()
	changes := killChanges()
	for part := range slices.Chunk(changes, 20) {
		if err := e.Apply(ctx, part); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	if err := <-failed; err != nil {
		t.Errorf("search while room is reclaimed: %v", err)
	}
	checkAgreement(t, e, changes)
	if live, dead := e.Room(); dead > live+1<<10 {
		t.Errorf("%d bytes are live, but %d dead", live, dead)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"columns*.log", "texts*.dat"} {
		if paths, err := filepath.Glob(filepath.Join(dir, pattern)); err != nil || len(paths) != 1 {
			t.Errorf("%s: %v, error %v; want one file", pattern, paths, err)
		}
	}
	e, state := open(t, dir, o)
	if state != embedded.Equal || e.Applied() != int64(len(changes)) {
		t.Errorf("opened again: state %s, applied %d; want %s, %d", state, e.Applied(), embedded.Equal, len(changes))
	}
	checkAgreement(t, e, changes)
	more := indextest.Document(7777)
	if err := e.Apply(ctx, indextest.Changes(e.Applied(), more)); err != nil {
		t.Fatal(err)
	}
	checkAgreement(t, e, append(changes, indextest.Changes(int64(len(changes)), more)...))
}
