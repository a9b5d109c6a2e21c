package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongjian/corpus"
	"tongjian/corpus/synth"
	"tongjian/index"
)

// What was reported as added survives a SIGKILL in the middle of an ingest, wherever it hits, and store, index and columns
// agree after the next start.
func TestKilledIngestLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("takes in 300 reports, several times over")
	}
	ctx := context.Background()
	reports, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	const n = 300
	if err := synth.Write(ctx, reports, synth.Options{Reports: n, Seed: 7}, nil); err != nil {
		t.Fatal(err)
	}
	reports = filepath.Join(reports, synth.DocumentsFolder)

	reported := map[corpus.DocumentID]bool{}
	for i, after := range []int{1, 101, 201} {
		for id := range killAfter(t, after, reports, data) {
			reported[id] = true
		}
		// A batch is reported at once, so a later kill may find everything reported already; the first cannot.
		if len(reported) < after || (i == 0 && len(reported) == n) {
			t.Fatalf("%d documents reported before kill %d; want at least %d and, the first time, fewer than all", len(reported), i+1, after)
		}
		checkData(t, data, reported)
	}

	out, err := exec.Command("tongjian", "ingest", "--data", data, reports).CombinedOutput()
	if err != nil {
		t.Fatalf("ingest after the kills: %v\n%s", err, out)
	}
	stats := checkData(t, data, reported)
	if stats.Documents != n {
		t.Errorf("%d documents in the store after the last run, want %d", stats.Documents, n)
	}
}

// killAfter ingests until so many files have been reported and kills the process. It returns what was reported.
func killAfter(t *testing.T, lines int, reports, data string) map[corpus.DocumentID]bool {
	t.Helper()
	cmd := exec.Command("tongjian", "ingest", "--data", data, reports)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = io.Discard
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	reported := map[corpus.DocumentID]bool{}
	for s := bufio.NewScanner(out); s.Scan(); {
		var result, path, rest string
		if _, err := fmt.Sscan(s.Text(), &result, &path, &rest); err != nil {
			t.Fatalf("line %q: %v", s.Text(), err)
		}
		if result != string(corpus.Added) && result != string(corpus.Unchanged) {
			t.Fatalf("line %q: want added or unchanged", s.Text())
		}
		id, _, _ := strings.Cut(rest, "，")
		reported[corpus.DocumentID(id)] = true
		if len(reported) == lines {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // killed, or just done
	return reported
}

// checkData opens the folder as the next start would, and compares store, index, columns and what was reported.
func checkData(t *testing.T, data string, reported map[corpus.DocumentID]bool) corpus.Stats {
	t.Helper()
	ctx := context.Background()
	a, err := openApp(ctx, config{data: data}, streams{out: io.Discard, err: io.Discard, now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	stats, err := a.store.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	c := a.engine.Counts()
	if c.Documents != stats.Documents || c.Findings != stats.Findings {
		t.Errorf("engine holds %d documents and %d findings, store %d and %d", c.Documents, c.Findings, stats.Documents, stats.Findings)
	}
	if c.Postings != c.Columns || c.Columns != c.Findings+c.Sections {
		t.Errorf("passages differ: %+v", c)
	}
	for id := range reported {
		has, err := a.store.Has(ctx, id)
		if err != nil || !has {
			t.Errorf("document %s was reported and is not in the store (%v)", id, err)
		}
		answer, err := a.engine.Search(ctx, index.Request{
			Filter: corpus.Filter{Values: map[corpus.Field][]string{corpus.FieldDocument: {string(id)}}},
		})
		if err != nil || answer.Total == 0 {
			t.Errorf("document %s was reported and is not searchable (%v)", id, err)
		}
	}
	return stats
}
