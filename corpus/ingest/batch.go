package ingest

import (
	"context"
	"errors"

	"tongjian/corpus"
)

// batch gathers readings until there are enough to commit. Failed ones wait in it for their turn to be reported.
type batch struct {
	in       *Ingester
	readings []reading
	bytes    int64
	taken    int // readings that were added so far
	total    int
	summary  Summary
}

func (b *batch) add(ctx context.Context, r reading) error {
	b.readings = append(b.readings, r)
	b.bytes += int64(len(r.submission.Original))
	b.taken++
	if len(b.readings) < orElse(b.in.Batch, DefaultBatch) && b.bytes < orElse(b.in.BatchBytes, DefaultBatchBytes) {
		return nil
	}
	return b.flush(ctx)
}

// flush commits what was gathered, and then reports it.
func (b *batch) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var subs []corpus.Submission
	for _, r := range b.readings {
		if r.failed == nil {
			subs = append(subs, r.submission)
		}
	}
	outcomes, err := b.commit(ctx, subs)
	if isolable(err) {
		return b.flushEach(ctx)
	}
	if err != nil {
		return err
	}
	for _, r := range b.readings {
		if r.failed != nil {
			b.report(*r.failed)
			continue
		}
		b.report(outcomes[0])
		outcomes = outcomes[1:]
	}
	b.readings, b.bytes = nil, 0
	return nil
}

func (b *batch) commit(ctx context.Context, subs []corpus.Submission) ([]corpus.Outcome, error) {
	if len(subs) == 0 {
		return nil, nil
	}
	return b.in.Store.Commit(ctx, subs)
}

// flushEach commits one submission at a time, so that one that the store refuses does not keep out the others.
func (b *batch) flushEach(ctx context.Context) error {
	for len(b.readings) > 0 {
		r := b.readings[0]
		outcome, err := b.commitOne(ctx, r)
		if err != nil {
			return err
		}
		b.readings = b.readings[1:]
		b.report(outcome)
	}
	b.readings, b.bytes = nil, 0
	return nil
}

func (b *batch) commitOne(ctx context.Context, r reading) (corpus.Outcome, error) {
	if r.failed != nil {
		return *r.failed, nil
	}
	sub := r.submission
	outcomes, err := b.in.Store.Commit(ctx, []corpus.Submission{sub})
	if sub.Document == nil && corpus.KindOf(err) == corpus.NotFound {
		// The store had these bytes when they were read, and has them no more.
		if sub.Document, err = b.in.parse(sub.Name, sub.Original); err == nil {
			outcomes, err = b.in.Store.Commit(ctx, []corpus.Submission{sub})
		}
	}
	switch {
	case err == nil:
		return outcomes[0], nil
	case !isolable(err):
		return corpus.Outcome{}, err
	}
	b.in.logFailure(sub.Name, err)
	return corpus.Outcome{Name: sub.Name, Result: corpus.Failed, Reason: reasonOf(err)}, nil
}

// isolable reports whether an error may be about one submission, so that others of its batch fare better. What is no
// *corpus.Error is a fault of the program, which one odd document can bring out.
func isolable(err error) bool {
	switch corpus.KindOf(err) {
	case corpus.Unavailable, corpus.Conflict:
		return false
	}
	return err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
}

func (b *batch) report(o corpus.Outcome) {
	b.summary.count(o)
	if b.in.Report != nil {
		b.in.Report(o)
	}
	if b.in.Progress != nil {
		b.in.Progress(b.summary.Done(), b.total)
	}
}

// stop returns the summary and the error of a run that was cut short.
func (b *batch) stop(err error) (Summary, error) {
	b.summary.NotReached = max(b.total, b.taken) - b.summary.Done()
	return b.summary, stopped(b.summary, err)
}
