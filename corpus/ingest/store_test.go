package ingest_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/ingest"
	"tongjian/corpus/sqlite"
)

// childStore names, in the environment, the store into which a process started by a test ingests instead of testing.
const childStore = "TONGJIAN_TEST_STORE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		os.Exit(ingestInto(path, os.Args[1]))
	}
	os.Exit(m.Run())
}

// ingestInto brings a folder into a store in batches of nine. It prints each outcome, and waits for a byte before it goes
// on, so that the process that listens decides how far it comes.
func ingestInto(path, dir string) int {
	db, err := sqlite.Open(path, sqlite.Options{})
	if err == nil {
		in := ingester(db, &recorder{})
		in.Batch = 9
		in.Report = func(o corpus.Outcome) {
			fmt.Println(o.Result, o.Document)
			if _, err := os.Stdin.Read(make([]byte, 1)); err != nil {
				panic(err)
			}
		}
		_, err = in.Paths(context.Background(), []string{dir})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// reports writes n made-up files with 1 to 4 findings into a folder and returns it, with the number of findings.
func reports(t *testing.T, n int) (dir string, findings int) {
	t.Helper()
	files := make(map[string]string)
	for i := range n {
		files[fmt.Sprintf("%d/通报%03d.txt", i%7, i)] = strings.Repeat(fmt.Sprintf("第%d份通报指出的问题\n", i), 1+i%4)
		findings += 1 + i%4
	}
	return folder(t, files), findings
}

// TestKilledIngestGoesOn kills a process in the middle of an ingest at several points. What it reported as added is in
// the store, and running again brings in the rest, each file once.
func TestKilledIngestGoesOn(t *testing.T) {
	dir, findings := reports(t, 300)
	path := filepath.Join(t.TempDir(), "tongjian.db")
	added := make(map[corpus.DocumentID]bool)
	for _, lines := range []int{1, 9, 63, 65, 153} { // multiples of nine are followed by a commit
		for _, id := range killedIngest(t, path, dir, lines) {
			added[id] = true
		}
	}
	db, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for id := range added {
		if has, err := db.Has(t.Context(), id); err != nil || !has {
			t.Errorf("%s was reported as added and is lost: %v", id, err)
		}
	}
	s, err := ingester(db, &recorder{}).Paths(t.Context(), []string{dir})
	if err != nil || s.Done() != 300 || s.Failed > 0 || s.Unchanged < len(added) {
		t.Errorf("ingest after the kills: %+v, %v; %d were added before", s, err, len(added))
	}
	stats, err := db.Stats(t.Context())
	if err != nil || stats.Documents != 300 || stats.Findings != findings || stats.Sequence != 300 {
		t.Errorf("stats = %+v, %v, want 300 documents, %d findings", stats, err, findings)
	}
	if r, err := db.Check(t.Context()); err != nil || len(r.Problems) > 0 {
		t.Errorf("check: %v, %v", r.Problems, err)
	}
}

// killedIngest starts an ingest in another process, kills it when it has reported so many files, and returns the
// documents that it reported as added.
func killedIngest(t *testing.T, path, dir string, lines int) []corpus.DocumentID {
	t.Helper()
	cmd := exec.Command(os.Args[0], dir)
	cmd.Env = append(os.Environ(), childStore+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var added []corpus.DocumentID
	scan := bufio.NewScanner(out)
	for n := 1; scan.Scan(); n++ {
		if id, ok := strings.CutPrefix(scan.Text(), "added "); ok {
			added = append(added, corpus.DocumentID(id))
		}
		if _, err := in.Write([]byte{'\n'}); err != nil && n <= lines {
			t.Fatal(err)
		}
		if n == lines {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("process ended by itself")
	}
	return added
}

// TestAgainIsUnchanged ingests twice: the second run changes nothing and reports the figures of the first.
func TestAgainIsUnchanged(t *testing.T) {
	dir, findings := reports(t, 30)
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "tongjian.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for run, want := range []ingest.Summary{{Added: 30, Findings: findings}, {Unchanged: 30}} {
		var total int
		in := ingester(db, &recorder{})
		in.Report = func(o corpus.Outcome) { total += o.Findings }
		s, err := in.Paths(t.Context(), []string{dir})
		if err != nil || s != want || total != findings {
			t.Errorf("run %d: %+v, %v, %d findings reported; want %+v, %d", run, s, err, total, want, findings)
		}
	}
	if seq, err := db.Sequence(t.Context()); err != nil || seq != 30 {
		t.Errorf("sequence = %d, %v, want 30", seq, err)
	}
}
