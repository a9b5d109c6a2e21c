package trend

import (
	"context"
	"errors"
	"fmt"

	"tongjian/corpus"
)

// attempts is how often a table is counted anew when documents arrive while it is being counted.
const attempts = 5

// errMoved says that two tallies of one table rest on different states of the store.
var errMoved = errors.New("the corpus changed between two tallies")

// snapshot is a Counter whose answers all rest on one state of the store: a share whose numerator is younger than its
// denominator may pass 100%.
type snapshot struct {
	counter  Counter
	sequence int64
	started  bool
}

// Tally implements Counter. It returns errMoved where the store has moved since the first answer.
func (s *snapshot) Tally(ctx context.Context, req corpus.TallyRequest) (*corpus.Tally, error) {
	t, err := s.counter.Tally(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("tally %q by %q (denominators %t): %w", req.Rows, req.Cols, req.Denominators, err)
	}
	if s.started && t.Sequence != s.sequence {
		return nil, errMoved
	}
	s.sequence, s.started = t.Sequence, true
	return t, nil
}

// settled runs count on snapshots of the counter until one holds still.
func settled[T any](c Counter, count func(*snapshot) (T, error)) (T, error) {
	var out T
	err := errMoved
	for range attempts {
		if out, err = count(&snapshot{counter: c}); !errors.Is(err, errMoved) {
			return out, err
		}
	}
	return out, &corpus.Error{
		Kind: corpus.Unavailable, Code: "corpus_moving", Position: -1,
		Message: "统计时文件不断变动，请稍后再试", Cause: err,
	}
}
