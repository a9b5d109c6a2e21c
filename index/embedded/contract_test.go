package embedded_test

import (
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

func TestContract(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Engine {
		e, _ := open(t, t.TempDir(), options(t))
		return e
	})
}
