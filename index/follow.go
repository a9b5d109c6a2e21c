package index

import (
	"context"
	"fmt"

	"tongjian/corpus"
)

// Feed is the store's change feed, as far as an engine that follows it needs it.
type Feed interface {
	// Changes returns up to limit changes after a sequence number, in order and without gaps.
	Changes(ctx context.Context, after int64, limit int) ([]corpus.Change, error)
	// Sequence returns the number of the newest change.
	Sequence(ctx context.Context) (int64, error)
}

// Follower takes over the changes of a feed: an Engine, or who keeps more about findings than an engine does.
type Follower interface {
	Apply(ctx context.Context, changes []corpus.Change) error
	Applied() int64
}

// DefaultBatch is how many changes CatchUp takes over at a time when it is told nothing else.
const DefaultBatch = 64

// CatchUp applies the changes that a follower lacks, batch changes at a time, until it has all that the feed had when
// CatchUp was called. It may be called again after an error: what was applied stays applied.
func CatchUp(ctx context.Context, feed Feed, e Follower, batch int) error {
	if batch <= 0 {
		batch = DefaultBatch
	}
	newest, err := feed.Sequence(ctx)
	if err != nil {
		return fmt.Errorf("read newest change: %w", err)
	}
	if e.Applied() > newest {
		return &corpus.Error{
			Kind: corpus.Conflict, Code: "index_ahead", Position: -1,
			Message: fmt.Sprintf("索引（序号 %d）比数据库（序号 %d）新，不属于这个数据库，请重建索引", e.Applied(), newest),
		}
	}
	for e.Applied() < newest {
		after := e.Applied()
		changes, err := feed.Changes(ctx, after, batch)
		if err != nil {
			return fmt.Errorf("read changes after %d: %w", after, err)
		}
		if len(changes) == 0 {
			return fmt.Errorf("read changes after %d: none, but the newest is %d", after, newest)
		}
		if err := e.Apply(ctx, changes); err != nil {
			return fmt.Errorf("apply changes after %d: %w", after, err)
		}
		if e.Applied() <= after {
			return fmt.Errorf("apply changes after %d: it did not move", after)
		}
	}
	return nil
}
