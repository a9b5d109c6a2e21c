package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
	"tongjian/corpus/synth"
	"tongjian/index"
)

var (
	kills    = flag.Int("kills", 6, "how many processes the kill test kills")
	killSeed = flag.Uint64("kill-seed", 1, "the seed of the kill test's random numbers")
)

// ledger is what the killed processes have acknowledged.
type ledger struct {
	present   map[corpus.DocumentID]bool
	statuses  map[corpus.FindingID]corpus.Status
	decisions int
	// open is the step that was under way when the process died: it may have taken effect or not.
	open *step
}

// TestKillsLoseNothing kills processes at random moments while they add, remove, correct and decide, reindex and back up.
// After each, the next start finds everything that was acknowledged; store, index and columns agree; and a backup is not
// there or whole.
func TestKillsLoseNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	reports, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	if err := synth.Write(t.Context(), reports, synth.Options{Reports: 150, Seed: 7}, nil); err != nil {
		t.Fatal(err)
	}
	k := &killer{
		t: t, data: data, reports: filepath.Join(reports, synth.DocumentsFolder), backup: filepath.Join(t.TempDir(), "b.db"),
		random: rand.New(rand.NewPCG(*killSeed, 2)), windows: map[string]time.Duration{},
		ledger: ledger{present: map[corpus.DocumentID]bool{}, statuses: map[corpus.FindingID]corpus.Status{}},
	}
	backup := []string{"backup", "--data", data, "--replace", k.backup}
	reindex := []string{"reindex", "--data", data}
	for n := range *kills {
		switch n % 3 {
		case 0:
			k.killWorker(1+k.random.IntN(40), nil)
		case 1:
			k.killWorker(1+k.random.IntN(20), func() { k.killCommand(backup) })
			k.checkBackup()
		case 2:
			k.killCommand(reindex)
		}
		k.check(n)
		if t.Failed() {
			t.Fatalf("after kill %d of seed %d", n+1, *killSeed)
		}
	}
	if len(k.ledger.present) == 0 || k.killed == 0 {
		t.Errorf("%d documents acknowledged, %d processes killed", len(k.ledger.present), k.killed)
	}
	t.Logf("%d processes killed; %d documents, %d corrections and %d decisions acknowledged", k.killed, len(k.ledger.present),
		len(k.ledger.statuses), k.ledger.decisions)
}

type killer struct {
	t                     *testing.T
	data, reports, backup string
	random                *rand.Rand
	ledger                ledger
	killed                int
	windows               map[string]time.Duration // how long a command takes
}

// killWorker starts a worker and kills it a random moment after it has acknowledged so many steps. Before that it does
// something beside it.
func (k *killer) killWorker(steps int, beside func()) {
	k.t.Helper()
	cmd := exec.Command(workerCommand, k.data, k.reports, fmt.Sprint(k.random.Uint64()))
	out, err := cmd.StdoutPipe()
	if err != nil {
		k.t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	var timer *time.Timer
	for s := bufio.NewScanner(out); s.Scan(); {
		var did step
		if err := json.Unmarshal(s.Bytes(), &did); err != nil {
			k.t.Fatalf("line %q: %v", s.Text(), err)
		}
		k.ledger.note(did)
		if !did.Done {
			continue
		}
		if steps--; steps == 0 {
			if beside != nil {
				beside()
			}
			// The moment is random within a few steps: in a commit, in the index, or between.
			timer = time.AfterFunc(time.Duration(k.random.IntN(60))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		}
	}
	if timer == nil {
		k.t.Error("the worker ended by itself")
	}
	_ = cmd.Wait() // killed
	k.killed++
}

// killCommand starts a command and kills it at a random moment of the time that it took when it was let run to its end.
func (k *killer) killCommand(args []string) {
	k.t.Helper()
	window, known := k.windows[args[0]]
	if !known {
		start := time.Now()
		if out, err := exec.Command("tongjian", args...).CombinedOutput(); err != nil {
			k.t.Fatalf("%v: %v\n%s", args, err, out)
		}
		window = time.Since(start)
		k.windows[args[0]] = window
	}
	cmd := exec.Command("tongjian", args...)
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	timer := time.AfterFunc(time.Duration(k.random.Int64N(int64(window))), func() { _ = cmd.Process.Kill() })
	if err := cmd.Wait(); err != nil {
		k.killed++
	}
	timer.Stop()
}

// note enters what the worker says. What it has announced and not acknowledged stays open.
func (l *ledger) note(s step) {
	if !s.Done {
		l.open = &s
		return
	}
	l.open = nil
	for _, id := range s.Documents {
		switch s.Op {
		case "add":
			l.present[id] = true
		case "remove":
			l.present[id] = false
		case "correct":
			l.statuses[corpus.NewFindingID(id, s.Finding)] = s.Status
		case "decide":
			l.decisions++
		}
	}
}

// check opens the folder as the next start does, and compares store, index, columns and what was acknowledged.
func (k *killer) check(n int) {
	k.t.Helper()
	ctx := context.Background()
	a, err := openApp(ctx, config{data: k.data}, streams{out: io.Discard, err: io.Discard, now: time.Now})
	if err != nil {
		k.t.Fatalf("kill %d: %v", n+1, err)
	}
	defer a.Close()
	k.settle(ctx, a)
	k.checkLedger(ctx, a)
	report, err := a.store.Check(ctx)
	if err != nil || len(report.Problems) > 0 {
		k.t.Errorf("store: %v, %v", report.Problems, err)
	}
	c := a.engine.Counts()
	if c.Documents != report.Documents || c.Findings != report.Findings || c.Postings != c.Columns || c.Columns != c.Findings+c.Sections {
		k.t.Errorf("engine holds %+v, store %d documents and %d findings", c, report.Documents, report.Findings)
	}
	for _, suffix := range []string{rebuildingSuffix, formerSuffix} {
		if _, err := os.Stat(indexPath(k.data) + suffix); !errors.Is(err, fs.ErrNotExist) {
			k.t.Errorf("index%s is left: %v", suffix, err)
		}
	}
}

// settle enters what the open step turned out to have done: all of it for what changes one thing, a whole batch for what
// adds.
func (k *killer) settle(ctx context.Context, a *app) {
	s := k.ledger.open
	k.ledger.open = nil
	if s == nil {
		return
	}
	for _, id := range s.Documents {
		has, err := a.store.Has(ctx, id)
		if err != nil {
			k.t.Fatal(err)
		}
		switch s.Op {
		case "add":
			if k.ledger.present[id] && !has {
				k.t.Errorf("document %s was there before and is lost", id)
			}
			k.ledger.present[id] = has
		case "remove":
			k.ledger.present[id] = has
		case "correct":
			doc, err := a.store.Document(ctx, id)
			if err != nil {
				k.t.Fatal(err)
			}
			finding := corpus.NewFindingID(id, s.Finding)
			if before, given := k.ledger.statuses[finding]; doc.Findings[s.Finding-1].Status == s.Status || !given {
				k.ledger.statuses[finding] = doc.Findings[s.Finding-1].Status
			} else if before != doc.Findings[s.Finding-1].Status {
				k.t.Errorf("finding %s is neither as before nor as corrected", finding)
			}
		case "decide":
			decisions, err := a.store.Decisions(ctx, 0)
			if err != nil {
				k.t.Fatal(err)
			}
			if len(decisions) == k.ledger.decisions+1 {
				k.ledger.decisions++
			}
		}
	}
}

// checkLedger compares the store with all that was acknowledged.
func (k *killer) checkLedger(ctx context.Context, a *app) {
	k.t.Helper()
	decisions, err := a.store.Decisions(ctx, 0)
	if err != nil || len(decisions) != k.ledger.decisions {
		k.t.Errorf("%d decisions, %v, want %d", len(decisions), err, k.ledger.decisions)
	}
	for id, present := range k.ledger.present {
		has, err := a.store.Has(ctx, id)
		if err != nil || has != present {
			k.t.Errorf("document %s: in the store %t, %v, acknowledged %t", id, has, err, present)
		}
		answer, err := a.engine.Search(ctx, index.Request{
			Filter: corpus.Filter{Values: map[corpus.Field][]string{corpus.FieldDocument: {string(id)}}},
		})
		if err != nil || answer.Total > 0 != present {
			k.t.Errorf("document %s: %v, acknowledged %t", id, err, present)
		}
	}
	for id, status := range k.ledger.statuses {
		if !k.ledger.present[id.Document()] {
			continue
		}
		doc, err := a.store.Document(ctx, id.Document())
		if err != nil {
			k.t.Error(err)
			continue
		}
		for _, f := range doc.Findings {
			if f.ID == id && f.Status != status {
				k.t.Errorf("finding %s: %s, acknowledged %s", id, f.Status, status)
			}
		}
	}
}

// checkBackup restores the backup where there is one.
func (k *killer) checkBackup() {
	k.t.Helper()
	if _, err := os.Stat(k.backup); errors.Is(err, fs.ErrNotExist) {
		return
	}
	path := storePath(k.t.TempDir())
	if _, err := sqlite.Restore(context.Background(), k.backup, path, sqlite.RestoreOptions{}); err != nil {
		k.t.Errorf("backup: %v", err)
	}
}
