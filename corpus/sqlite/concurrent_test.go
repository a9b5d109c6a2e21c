package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"

	"tongjian/corpus/sqlite"
)

// TestReadersSeeWholeBatches reads in many ways while batches of five are committed and every state that is seen must be
// one between two batches.
func TestReadersSeeWholeBatches(t *testing.T) {
	const batches, size = 40, 5
	db := create(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var g errgroup.Group
	for range 8 {
		g.Go(func() error {
			for ctx.Err() == nil {
				if err := readOnce(t.Context(), db, size); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for i := range batches {
		commit(t, db, submissions(i*size, (i+1)*size)...)
	}
	stop()
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
	sound(t, db)
}

func readOnce(ctx context.Context, db *sqlite.DB, size int) error {
	s, err := db.Stats(ctx)
	if err != nil {
		return err
	}
	if s.Documents%size != 0 || s.Sequence != int64(s.Documents) {
		return fmt.Errorf("stats %+v show part of a batch", s)
	}
	changes, err := db.Changes(ctx, max(0, s.Sequence-7), 1000)
	if err != nil {
		return err
	}
	for i, c := range changes {
		if c.Document == nil || c.Document.ID != c.DocumentID {
			return fmt.Errorf("change %d of %d is without its document", i, len(changes))
		}
	}
	if n := len(changes); n > 0 && changes[n-1].Sequence%int64(size) != 0 {
		return fmt.Errorf("feed ends at %d, inside a batch", changes[n-1].Sequence)
	}
	return nil
}

// endingContext is a context that ends when it has been asked about its end so many times.
type endingContext struct {
	context.Context
	mu   sync.Mutex
	uses int
	done chan struct{}
}

func (c *endingContext) use() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.uses--; c.uses == 0 {
		close(c.done)
	}
	if c.uses > 0 {
		return nil
	}
	return context.Canceled
}

func (c *endingContext) Err() error { return c.use() }

func (c *endingContext) Done() <-chan struct{} {
	c.use()
	return c.done
}

// TestCancelledCommitTakesNoEffect cuts a commit later and later, until it is through.
func TestCancelledCommitTakesNoEffect(t *testing.T) {
	db := create(t)
	commit(t, db, submission(0))
	for uses := 1; ; uses += 1 + uses/4 {
		ctx := &endingContext{Context: t.Context(), uses: uses, done: make(chan struct{})}
		_, err := db.Commit(ctx, submissions(1, 4))
		s, statsErr := db.Stats(t.Context())
		if statsErr != nil {
			t.Fatal(statsErr)
		}
		if err == nil {
			if s.Documents != 4 || s.Sequence != 4 {
				t.Errorf("commit that was through left %+v", s)
			}
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cut at use %d: %v, want canceled", uses, err)
		}
		if s.Documents != 1 || s.Sequence != 1 {
			t.Fatalf("cut at use %d: %+v, want nothing of the batch", uses, s)
		}
	}
	sound(t, db)
}

func TestFilesAreForTheUserOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "库", "tongjian.db")
	commit(t, open(t, path), submission(1))
	for name, want := range map[string]os.FileMode{path: 0o600, path + ".lock": 0o600, path + "-wal": 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v, want %v", filepath.Base(name), info.Mode().Perm(), err, want)
		}
	}
}
