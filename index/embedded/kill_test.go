package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
	"tongjian/index/embedded"
	"tongjian/index/indextest"
)

// killFolder is the variable by which the test binary, run again, knows that it is to be killed.
const killFolder = "TONGJIAN_TEST_KILL_FOLDER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killFolder); dir != "" {
		if err := applyUntilKilled(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	code := m.Run()
	closeBench()
	os.Exit(code)
}

// killChanges puts documents, replaces some and removes some, round after round.
func killChanges() feed {
	var changes feed
	for round := range 40 {
		for i := range 30 {
			d := indextest.Document(uint64(round*30 + i + 1))
			d.ID = indextest.Document(uint64(round%4*30 + i + 1)).ID
			c := corpus.Change{Sequence: int64(len(changes) + 1), DocumentID: d.ID, Document: d}
			if (round+i)%7 == 6 {
				c.Document = nil
			}
			changes = append(changes, c)
		}
	}
	return changes
}

// applyUntilKilled applies the changes that are left, a few at a time, and says on standard output how far it came.
func applyUntilKilled(dir string) error {
	s, err := embedded.SharedSegmenter()
	if err != nil {
		return err
	}
	e, state, err := embedded.Open(dir, embedded.Options{Segmenter: s})
	if err != nil {
		return err
	}
	e.CompactFrom(1 << 14) // so that some are killed while room is reclaimed
	changes := killChanges()
	fmt.Println(state, e.Applied())
	for _, part := range slices.Collect(slices.Chunk(changes[e.Applied():], 5)) {
		if err := e.Apply(context.Background(), part); err != nil {
			return err
		}
		fmt.Println("applied", e.Applied())
	}
	return fmt.Errorf("came to the end without being killed")
}

// TestKill kills a process in the middle of its changes again and again. What it said was applied must be there, and
// postings, columns and sequence must agree.
func TestKill(t *testing.T) {
	rounds := 3
	if testing.Short() {
		rounds = 1
	}
	dir := t.TempDir()
	changes := killChanges()
	r := rand.New(rand.NewPCG(3, 4))
	for round := range rounds {
		acknowledged := killOne(t, dir, 1+r.IntN(40), round == 0)
		e, state, err := embedded.Open(dir, options(t))
		if err != nil {
			t.Fatal(err)
		}
		if state != embedded.Equal {
			t.Errorf("round %d: state %s, want %s", round, state, embedded.Equal)
		}
		if e.Applied() < acknowledged {
			t.Errorf("round %d: applied %d, but %d was acknowledged", round, e.Applied(), acknowledged)
		}
		checkAgreement(t, e, changes[:e.Applied()])
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	e, _ := open(t, dir, options(t))
	if err := index.CatchUp(context.Background(), changes, e, 0); err != nil {
		t.Fatal(err)
	}
	checkAgreement(t, e, changes)
}

// killOne runs the process until it has said so many times that changes are applied, kills it, and returns the last
// sequence number that it named.
func killOne(t *testing.T, dir string, after int, fresh bool) int64 {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), killFolder+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var sequence int64
	for n := -1; n < after && lines.Scan(); n++ {
		word, number, _ := cutSpace(lines.Text())
		if n < 0 && !fresh && word != string(embedded.Equal) {
			t.Errorf("the process found its index in state %s", word)
		}
		sequence = number
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // what it said before the signal came
		_, sequence, _ = cutSpace(lines.Text())
	}
	_ = cmd.Wait() // it was killed, which is an error
	return sequence
}

func cutSpace(line string) (word string, number int64, err error) {
	_, err = fmt.Sscan(line, &word, &number)
	return word, number, err
}

// checkAgreement checks that the engine holds exactly what the changes leave.
func checkAgreement(t *testing.T, e index.Engine, changes []corpus.Change) {
	t.Helper()
	last := map[corpus.DocumentID]*corpus.Document{}
	for _, c := range changes {
		last[c.DocumentID] = c.Document
	}
	want := index.Counts{}
	having := 0
	for _, d := range last {
		if d == nil {
			continue
		}
		want.Documents++
		for _, p := range indextest.Passages(d) {
			want.Postings++
			if p.Finding != nil {
				want.Findings++
			}
			if p.Has("未经集体研究") {
				having++
			}
		}
	}
	want.Columns, want.Sections = want.Postings, want.Postings-want.Findings
	if got := e.Counts(); got != want {
		t.Errorf("after %d changes: %+v, want %+v", len(changes), got, want)
	}
	if got := total(t, e, strconv.Quote("未经集体研究")); got != having {
		t.Errorf("after %d changes: %d passages with the phrase, want %d", len(changes), got, having)
	}
}
