package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// command runs one command line and returns what it prints and how it ends.
func command(t *testing.T, args ...string) (out, log string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	std := streams{in: strings.NewReader(""), out: &stdout, err: &stderr, now: func() time.Time { return time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC) }}
	code = run(context.Background(), std, args)
	return stdout.String(), stderr.String(), code
}

// withStore opens the store of a data folder between two commands.
func withStore(t *testing.T, data string, f func(db *sqlite.DB)) {
	t.Helper()
	db, err := sqlite.Open(storePath(data), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// labels returns the categories of all findings, as everybody sees them.
func labels(t *testing.T, data string) map[corpus.FindingID][]corpus.CategoryCode {
	t.Helper()
	out := map[corpus.FindingID][]corpus.CategoryCode{}
	withStore(t, data, func(db *sqlite.DB) {
		ids, err := db.List(t.Context(), "", 1000)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := db.Documents(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			for _, f := range d.Findings {
				out[f.ID] = codesOf(f.Categories)
			}
		}
	})
	return out
}

// editedTaxonomy copies the taxonomy that is built in with one of its leaves renamed, in rules and file names too.
func editedTaxonomy(t *testing.T, leaf, renamed string) string {
	t.Helper()
	dir, source := t.TempDir(), os.DirFS(filepath.Join("..", "..", "analysis", "taxonomy"))
	for _, pattern := range []string{"taxonomy.yaml", "rules/*.yaml", "training/*.txt"} {
		names, err := fs.Glob(source, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(source, name)
			data = bytes.ReplaceAll(data, []byte(leaf), []byte(renamed))
			name = filepath.Join(dir, strings.ReplaceAll(name, leaf, renamed))
			if err == nil {
				err = os.MkdirAll(filepath.Dir(name), 0o755)
			}
			if err == nil {
				err = os.WriteFile(name, data, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

func TestTaxonomyDiff(t *testing.T) {
	made, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	if _, log, code := command(t, "synth", "--reports", "24", "--out", made); code != exitDone {
		t.Fatal(log)
	}
	if _, log, code := command(t, "ingest", "--data", data, filepath.Join(made, "documents")); code != exitDone {
		t.Fatal(log)
	}
	first := labels(t, data)

	same := editedTaxonomy(t, "", "")
	if out, log, code := command(t, "taxonomy", "diff", same, "--data", data); code != exitNothing || !strings.Contains(out, "类别变动 0 个") {
		t.Fatalf("exit %d: %s%s", code, out, log)
	}

	// All that was finance.asset is finance.property; one finding a person has labelled as it was.
	edited := editedTaxonomy(t, "finance.asset", "finance.property")
	var kept corpus.FindingID
	for id, codes := range first {
		if len(codes) > 0 && codes[0] == "finance.asset" && (kept == "" || id < kept) {
			kept = id
		}
	}
	if kept == "" {
		t.Fatal("no finding about assets")
	}
	withStore(t, data, func(db *sqlite.DB) {
		err := db.Correct(t.Context(), []corpus.Correction{{Document: kept.Document(), Finding: ordinal(t, db, kept), Field: "categories", Values: []string{"finance.asset"}}})
		if err != nil {
			t.Fatal(err)
		}
	})
	out, log, code := command(t, "taxonomy", "diff", edited, "--data", data, "--format", "json")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, log)
	}
	var report relabelReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	if report.Moved == 0 || report.Moved != len(report.Moves) || report.Kept != 1 || report.Documents != 24 || report.Findings != len(first) || report.Replaced != 0 {
		t.Errorf("report %+v", report)
	}
	want := map[corpus.FindingID][]corpus.CategoryCode{}
	for id, codes := range first {
		want[id] = codes
	}
	for _, m := range report.Moves {
		if diff := cmp.Diff(first[m.Finding], m.Before); diff != "" || m.Finding == kept {
			t.Errorf("%s: before (-stored +told):\n%s", m.Finding, diff)
		}
		want[m.Finding] = m.After
	}
	had := counted(first, "finance.asset")
	if got := counted(want, "finance.asset"); got != 1 {
		t.Errorf("%d findings stay, want the one that a person labelled", got)
	}
	for _, l := range report.Leaves {
		if l.Code == "finance.asset" && (l.Lost != had-1 || l.Gained != 0) {
			t.Errorf("leaf %+v, had %d findings", l, had)
		}
		if l.Code == "finance.property" && (l.Gained != counted(want, "finance.property") || l.Lost != 0) {
			t.Errorf("leaf %+v, has %d findings", l, counted(want, "finance.property"))
		}
	}
	if diff := cmp.Diff(first, labels(t, data)); diff != "" {
		t.Errorf("looking changed something:\n%s", diff)
	}

	// Applied, it is as it was told; the index knows it; a second time nothing moves.
	if out, log, code := command(t, "taxonomy", "diff", edited, "--data", data, "--apply"); code != exitDone || !strings.Contains(out, "已更新文件") || !strings.Contains(log, "--taxonomy "+edited) {
		t.Fatalf("exit %d: %s%s", code, out, log)
	}
	if diff := cmp.Diff(want, labels(t, data)); diff != "" {
		t.Errorf("applied (-told +stored):\n%s", diff)
	}
	if _, log, code := command(t, "taxonomy", "diff", edited, "--data", data); code != exitNothing {
		t.Errorf("a second time: exit %d %s", code, log)
	}
	found, _, _ := command(t, "search", "--data", data, "--taxonomy", edited, "--format", "json", "--limit", "200", "category:finance.property kind:finding")
	if got := strings.Count(found, `"kind": "finding"`); got != counted(want, "finance.property") || got == 0 {
		t.Errorf("search finds %d findings about property, want %d", got, counted(want, "finance.property"))
	}

	// The taxonomy that is built in makes it all as it was.
	if _, log, code := command(t, "relabel", "--data", data); code != exitDone {
		t.Fatalf("relabel: exit %d %s", code, log)
	}
	if diff := cmp.Diff(first, labels(t, data)); diff != "" {
		t.Errorf("relabelled (-before +now):\n%s", diff)
	}
	if out, _, code := command(t, "relabel", "--data", data, "--format", "json"); code != exitNothing || !strings.Contains(out, `"replaced": 0`) {
		t.Errorf("a second time: exit %d %s", code, out)
	}
}

func counted(labels map[corpus.FindingID][]corpus.CategoryCode, code corpus.CategoryCode) int {
	n := 0
	for _, codes := range labels {
		for _, c := range codes {
			if c == code {
				n++
			}
		}
	}
	return n
}

func ordinal(t *testing.T, db *sqlite.DB, id corpus.FindingID) int {
	t.Helper()
	d, err := db.Document(t.Context(), id.Document())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range d.Findings {
		if f.ID == id {
			return f.Ordinal
		}
	}
	t.Fatalf("no finding %s", id)
	return 0
}

func TestTaxonomyDiffRefuses(t *testing.T) {
	empty := t.TempDir()
	for _, args := range [][]string{
		{"taxonomy", "diff"},
		{"taxonomy", "diff", empty, "--data", empty},
		{"taxonomy", "diff", "--data", empty, filepath.Join("..", "..", "analysis", "taxonomy")},
		{"taxonomy", "diff", "--format", "xml", empty},
		{"relabel", "--data", empty},
	} {
		if out, log, code := command(t, args...); code != exitFailed || log == "" || out != "" {
			t.Errorf("%v: exit %d, %q %q", args, code, out, log)
		}
	}
}
