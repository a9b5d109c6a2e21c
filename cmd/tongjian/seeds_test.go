package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongjian/corpus"
	"tongjian/index"
)

// The main job on real documents, end to end: what a person with five of them in a folder gets. The documents lie beside
// the repository, never in it.
func TestSeedsEndToEnd(t *testing.T) {
	seeds := filepath.Join("..", "..", "..", "shared", "corpus", "seeds")
	if _, err := os.Stat(seeds); err != nil {
		t.Skipf("no real documents beside the repository: %v", err)
	}
	ctx := context.Background()
	std := streams{out: io.Discard, err: io.Discard, now: time.Now}
	cfg := config{data: t.TempDir()}
	if code := run(ctx, std, []string{"ingest", "--data", cfg.data, seeds}); code != exitDone {
		t.Fatalf("ingest: exit code %d", code)
	}
	a, err := openApp(ctx, cfg, std)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()

	stats, err := a.store.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if stats.Documents != 5 || stats.Findings != 113 {
		t.Errorf("the store holds %d documents with %d findings, want 5 with 113", stats.Documents, stats.Findings)
	}

	units := map[string]bool{}
	for _, h := range find(t, a, "category:procurement").Hits {
		units[h.Unit] = true
	}
	if len(units) < 4 {
		t.Errorf("procurement findings of %d units, want at least 4", len(units))
	}

	for _, phrase := range []string{"三重一大", "采购", "未见", "。一是", "第一议题"} {
		want := standsIn(t, a, phrase)
		if got := find(t, a, `"`+phrase+`"`).Total; got != want {
			t.Errorf("%q is found in %d passages and stands in %d", phrase, got, want)
		}
	}
}

func find(t *testing.T, a *app, query string) *index.Answer {
	t.Helper()
	answer, err := a.engine.Search(context.Background(), index.Request{Filter: corpus.Filter{Query: query}, Limit: index.MaxLimit})
	if err != nil {
		t.Fatalf("search %s: %v", query, err)
	}
	return answer
}

// standsIn counts the passages of the store that hold a string, by reading them all.
func standsIn(t *testing.T, a *app, s string) int {
	t.Helper()
	changes, err := a.store.Changes(context.Background(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range changes {
		var spans []corpus.Span
		for _, f := range c.Document.Findings {
			spans = append(spans, f.Span)
		}
		for _, section := range c.Document.Sections {
			spans = append(spans, section.Span)
		}
		for _, span := range spans {
			if strings.Contains(span.Of(c.Document.Text), s) {
				n++
			}
		}
	}
	return n
}
