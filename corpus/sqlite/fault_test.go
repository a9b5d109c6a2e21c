package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// childRole names, in the environment, what a process started by a test is to do instead of testing.
const childRole = "TONGJIAN_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(childRole) {
	case "":
		// A series of operations on files takes its time, most of all under the race detector. The command line, which is
		// read after this, can ask for more.
		if err := flag.Set("rapid.checks", "20"); err != nil {
			panic(err)
		}
		os.Exit(m.Run())
	case "commit":
		os.Exit(commitForEver(os.Args[1]))
	case "open":
		os.Exit(openAsNobody(os.Args[1]))
	}
}

// child prepares a process of this test binary that plays a role on a store.
func child(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], path)
	cmd.Env = append(os.Environ(), childRole+"="+role)
	cmd.Stderr = os.Stderr
	return cmd
}

// commitForEver commits batches of made-up documents and says after each which documents were acknowledged.
func commitForEver(path string) int {
	db, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s, err := db.Stats(context.Background())
	for n := s.Documents; err == nil; n += 7 {
		var out []corpus.Outcome
		out, err = db.Commit(context.Background(), submissions(n, n+7))
		for _, o := range out {
			fmt.Println(o.Document)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func TestKillLosesNothingAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tongjian.db")
	acknowledged := make(map[corpus.DocumentID]bool)
	for round := range 6 {
		killAfter(t, path, 1+round*5, acknowledged)
		db := open(t, path)
		changes, err := db.Changes(t.Context(), 0, 1e6)
		if err != nil {
			t.Fatal(err)
		}
		held := make(map[corpus.DocumentID]bool)
		for i, c := range changes {
			if c.Sequence != int64(i+1) || c.Document == nil {
				t.Fatalf("round %d: change %d has number %d, document %v", round, i+1, c.Sequence, c.Document != nil)
			}
			held[c.DocumentID] = true
		}
		for id := range acknowledged {
			if !held[id] {
				t.Errorf("round %d: %s was acknowledged and is lost", round, id)
			}
		}
		if len(changes)%7 != 0 {
			t.Errorf("round %d: %d documents, part of a batch of 7", round, len(changes))
		}
		sound(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killAfter starts a process that commits, and kills it once it has acknowledged so many documents.
func killAfter(t *testing.T, path string, documents int, acknowledged map[corpus.DocumentID]bool) {
	t.Helper()
	cmd := child(t, "commit", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		acknowledged[corpus.DocumentID(lines.Text())] = true
		if n == documents {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("process ended with %v, want killed", err)
	}
}

func TestOtherProcessIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tongjian.db")
	cmd := child(t, "commit", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Scan() // it has the store now
	_, err = sqlite.Open(path, sqlite.Options{})
	if corpus.KindOf(err) != corpus.Conflict || !strings.Contains(err.Error(), strconv.Itoa(cmd.Process.Pid)) {
		t.Errorf("error = %v, want a conflict with process %d", err, cmd.Process.Pid)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
	}
	if err := cmd.Wait(); err == nil {
		t.Error("process ended by itself")
	}
	open(t, path)
}

func TestDiskFullLosesNothing(t *testing.T) {
	db := create(t)
	first := submission(3)
	commit(t, db, first)
	pages, err := db.Pages()
	if err != nil {
		t.Fatal(err)
	}
	if err := db.LimitPages(pages + 2); err != nil {
		t.Fatal(err)
	}
	_, err = db.Commit(t.Context(), submissions(100, 200))
	e, ok := errors.AsType[*corpus.Error](err)
	if !ok || e.Kind != corpus.Unavailable || e.Code != sqlite.CodeFull || !strings.Contains(e.Message, "磁盘空间不足") {
		t.Fatalf("error = %v, want disk_full", err)
	}
	if s, err := db.Stats(t.Context()); err != nil || s.Documents != 1 || s.Sequence != 1 {
		t.Errorf("stats = %+v, %v, want what was there before", s, err)
	}
	sound(t, db)
	if err := db.LimitPages(1 << 20); err != nil {
		t.Fatal(err)
	}
	if out := commit(t, db, submissions(100, 200)...); out[99].Result != corpus.Added {
		t.Errorf("outcome once there is room = %+v", out[99])
	}
	sound(t, db)
}

// openAsNobody opens a store and adds to it as a user without rights, and prints the codes of the errors.
func openAsNobody(path string) int {
	if os.Getuid() == 0 {
		if err := errors.Join(syscall.Setgid(65534), syscall.Setuid(65534)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	db, err := sqlite.Open(path, sqlite.Options{})
	if err == nil {
		_, err = db.Commit(context.Background(), submissions(50, 51))
	}
	if e, ok := errors.AsType[*corpus.Error](err); ok {
		fmt.Println(e.Kind, e.Code)
		return 0
	}
	fmt.Fprintf(os.Stderr, "error = %v\n", err)
	return 1
}

func TestReadOnlyIsSaidClearly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "tongjian.db")
	db := open(t, path)
	commit(t, db, submissions(0, 3)...)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	modes := []struct {
		name         string
		folder       os.FileMode
		store, locks os.FileMode
	}{
		{"folder and files", 0o555, 0o444, 0o444},
		{"folder", 0o555, 0o666, 0o666},
		{"store file", 0o777, 0o444, 0o666},
		{"folder that may not be entered", 0o600, 0o666, 0o666},
	}
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			for name, mode := range map[string]os.FileMode{filepath.Dir(dir): 0o755, path: m.store, path + ".lock": m.locks, dir: m.folder} {
				if err := os.Chmod(name, mode); err != nil {
					t.Fatal(err)
				}
			}
			defer os.Chmod(dir, 0o700)
			out, err := child(t, "open", path).Output()
			if err != nil || string(out) != "unavailable store_readonly\n" {
				t.Errorf("opening gave %q, %v", out, err)
			}
		})
	}
	if err := errors.Join(os.Chmod(dir, 0o700), os.Chmod(path, 0o600), os.Chmod(path+".lock", 0o600)); err != nil {
		t.Fatal(err)
	}
	again := open(t, path)
	if s, err := again.Stats(t.Context()); err != nil || s.Documents != 3 {
		t.Errorf("stats = %+v, %v, want the three documents", s, err)
	}
	sound(t, again)
}

// code returns the code of a *corpus.Error, "" for any other.
func code(err error) string {
	if e, ok := errors.AsType[*corpus.Error](err); ok {
		return e.Code
	}
	return ""
}
