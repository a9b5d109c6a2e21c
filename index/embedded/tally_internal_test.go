package embedded

// This test is internal because nobody outside can tell in which way a table is kept.

import (
	"context"
	"reflect"
	"testing"

	"tongjian/corpus"
	"tongjian/index/indextest"
)

// TestSparseTable checks that a table that is too large for an array has the same cells.
func TestSparseTable(t *testing.T) {
	s, err := SharedSegmenter()
	if err != nil {
		t.Fatal(err)
	}
	e, _, err := Open(t.TempDir(), Options{Segmenter: s})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if err := e.Apply(context.Background(), indextest.Changes(0, indextest.Documents(50)...)); err != nil {
		t.Fatal(err)
	}
	fields := append([]corpus.Field{""}, corpus.Fields...)
	for _, rows := range fields {
		for _, cols := range fields {
			req := corpus.TallyRequest{Rows: rows, Cols: cols}
			dense, sparse := newTable(e.view, req, denseCells), newTable(e.view, req, -1)
			dense.count(e.view.findings)
			sparse.count(e.view.findings)
			if want, got := dense.tally(), sparse.tally(); !reflect.DeepEqual(got, want) {
				t.Errorf("rows %q, cols %q: %+v, want %+v", rows, cols, got, want)
			}
		}
	}
}
