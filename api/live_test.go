package api_test

import (
	"context"
	"testing"

	"tongjian/api"
	"tongjian/corpus"
)

// While documents arrive, every answer still rests on one state of the corpus: its parts add up, no share passes 1, and
// what it says it rests on never goes back.
func TestFiguresHoldWhileDocumentsArrive(t *testing.T) {
	docs := invented()[:30]
	w, err := newWorld(t.TempDir(), docs[:2])
	if err != nil {
		t.Fatal(err)
	}
	defer w.db.Close()
	defer w.engine.Close()
	arrived := make(chan error, 1)
	go func() {
		for _, d := range docs[2:] {
			if err := w.add(d); err != nil {
				arrived <- err
				return
			}
		}
		arrived <- nil
	}()
	var last int64
	check := func() {
		got, err := w.service.Trends(context.Background(), api.TrendsRequest{Series: corpus.FieldStatus})
		if corpus.KindOf(err) == corpus.Unavailable {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		sum := got.Unplaced.Findings
		for _, p := range got.Periods {
			sum += p.Findings
		}
		byStatus := got.Unplaced.Findings
		for _, r := range got.Rows {
			byStatus += r.Findings
			if r.Share != nil && *r.Share > 1 {
				t.Fatalf("%s %s: share %v", r.Period, r.Series, *r.Share)
			}
		}
		if sum != got.Total.Findings || byStatus != got.Total.Findings {
			t.Fatalf("%d findings by period, %d by status, %d in all", sum, byStatus, got.Total.Findings)
		}
		if got.Meta.Sequence < last {
			t.Fatalf("sequence %d after %d", got.Meta.Sequence, last)
		}
		last = got.Meta.Sequence
	}
	for {
		check()
		select {
		case err := <-arrived:
			if err != nil {
				t.Fatal(err)
			}
			if check(); last != int64(len(docs)) {
				t.Fatalf("rests on %d of %d changes at the end", last, len(docs))
			}
			return
		default:
		}
	}
}
