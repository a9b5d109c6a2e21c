package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"tongjian/analysis/rectify"
	"tongjian/analysis/recur"
	"tongjian/corpus"
	"tongjian/corpus/sqlite"
	"tongjian/index"
)

// links is what is known of findings beside the engine: repeats, common problems, reused text, claims. It lives in memory
// and is built from the store, which takes about a minute for 200,000 findings.
type links struct {
	store   *sqlite.DB
	recur   *recur.Model
	rectify *rectify.Model

	mu        sync.Mutex
	built     bool
	preparing atomic.Bool
}

func newLinks(store *sqlite.DB) *links {
	return &links{store: store, recur: recur.New(), rectify: rectify.NewModel()}
}

// build brings everything up to the store for the first time.
func (l *links) build(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.catchUp(ctx); err != nil {
		return err
	}
	l.built = true
	l.rectify.Prepare()
	return nil
}

// follow takes over the newest changes, once everything was built; until then it has nothing to do.
func (l *links) follow(ctx context.Context) error {
	if !l.mu.TryLock() {
		return nil // it is being built, and build takes over what has come until its end
	}
	defer l.mu.Unlock()
	if !l.built {
		return nil
	}
	if err := l.catchUp(ctx); err != nil {
		return err
	}
	// Reused text takes seconds to look for in a large corpus; answers say meanwhile that it is pending.
	if l.preparing.CompareAndSwap(false, true) {
		go func() {
			defer l.preparing.Store(false)
			l.rectify.Prepare()
		}()
	}
	return nil
}

func (l *links) catchUp(ctx context.Context) error {
	for _, f := range []index.Follower{l.recur, l.rectify} {
		if err := index.CatchUp(ctx, l.store, f, 0); err != nil {
			return fmt.Errorf("find what belongs together: %w", err)
		}
	}
	decisions, err := l.store.Decisions(ctx, 0)
	if err != nil {
		return err
	}
	decided := make(map[corpus.Link]corpus.Verdict, len(decisions))
	for _, d := range decisions {
		if !d.Missing {
			decided[d.Link] = d.Verdict
		}
	}
	l.recur.SetDecisions(decided)
	return nil
}
