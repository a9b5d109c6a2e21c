package embedded_test

import (
	"flag"
	"runtime"
	"testing"

	"tongjian/index"
	"tongjian/index/embedded"
	"tongjian/index/indextest"
)

func options(t testing.TB) embedded.Options {
	t.Helper()
	s, err := embedded.SharedSegmenter()
	if err != nil {
		t.Fatal(err)
	}
	return embedded.Options{Segmenter: s}
}

func open(t testing.TB, dir string, o embedded.Options) (*embedded.Engine, embedded.State) {
	t.Helper()
	e, state, err := embedded.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e, state
}

var soak = flag.Duration("soak", 0, "how long readers and a writer are let at an engine; try 1m, with -race")

// TestSoak checks for some time that answers are right while changes come in, and that nothing is left running afterwards.
// What TestContract does of it every time takes a second.
func TestSoak(t *testing.T) {
	if *soak == 0 {
		t.Skip("-soak is not given")
	}
	before := runtime.NumGoroutine()
	e, _, err := embedded.Open(t.TempDir(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	e.CompactFrom(1 << 14)
	indextest.Soak(t, func(*testing.T) index.Engine { return e }, *soak)
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	// What a closed engine ran in the background may take a moment to end.
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines, want %d: %s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

func TestContract(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Engine {
		e, _ := open(t, t.TempDir(), options(t))
		return e
	})
}
