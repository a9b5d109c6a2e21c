package embedded

// This test is internal because it has to break a file under the engine.

import (
	"context"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
	"tongjian/index/indextest"
)

// TestFailedWrite checks that an engine that cannot write says so, takes nothing more, answers as before, and is whole
// when it is opened again.
func TestFailedWrite(t *testing.T) {
	s, err := SharedSegmenter()
	if err != nil {
		t.Fatal(err)
	}
	dir, ctx, docs := t.TempDir(), context.Background(), indextest.Documents(20)
	e, _, err := Open(dir, Options{Segmenter: s})
	if err != nil {
		t.Fatal(err)
	}
	changes := indextest.Changes(0, docs...)
	if err := e.Apply(ctx, changes[:10]); err != nil {
		t.Fatal(err)
	}
	before := e.Counts()
	if err := e.log.f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.Apply(ctx, changes[10:]); err == nil {
		t.Error("apply with a closed file: no error")
	}
	if err := e.Apply(ctx, changes[10:]); corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("apply after that: error %v, want one of kind unavailable", err)
	}
	if got := e.Counts(); got != before || e.Applied() != 10 {
		t.Errorf("after the failure: %+v at %d, want %+v at 10", got, e.Applied(), before)
	}
	if a, err := e.Search(ctx, index.Request{}); err != nil || a.Total != before.Columns {
		t.Errorf("search after the failure: %+v, error %v; want %d passages", a, err, before.Columns)
	}
	_ = e.Close() // the file is closed already
	e, state, err := Open(dir, Options{Segmenter: s})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if state != Equal || e.Applied() != 10 {
		t.Errorf("opened again: state %s, applied %d; want %s, 10", state, e.Applied(), Equal)
	}
	if err := e.Apply(ctx, changes); err != nil {
		t.Errorf("apply after opening again: %v", err)
	}
	if got, want := e.Counts().Columns, len(indextest.AllPassages(docs)); got != want {
		t.Errorf("after opening again: %d passages, want %d", got, want)
	}
}
