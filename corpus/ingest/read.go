package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"

	"golang.org/x/sync/semaphore"

	"tongjian/corpus"
)

// What may be in memory between the workers and the batch: so many bytes of originals, and of each file at least so many,
// because a small file costs more than its bytes.
const (
	inFlight     = 32 << 20
	leastPerFile = 64 << 10
)

// reading is a file that has been read: a submission, or the outcome of one that failed.
type reading struct {
	submission corpus.Submission
	failed     *corpus.Outcome
}

// job is a source that a worker is busy with.
type job struct {
	source
	weight int64
	done   chan reading
}

// read reads sources on all workers and yields what comes out, in the order of the sources. It ends early when ctx does,
// and leaves no goroutine behind.
func (in *Ingester) read(ctx context.Context, sources iter.Seq[source]) iter.Seq[reading] {
	return func(yield func(reading) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()

		room := semaphore.NewWeighted(inFlight)
		todo := make(chan *job)                         // to the workers
		order := make(chan *job, inFlight/leastPerFile) // to here; there is never room for more jobs than it holds
		for range in.workers() {
			running.Go(func() {
				for j := range todo {
					j.done <- in.readOne(ctx, j.source)
				}
			})
		}
		running.Go(func() {
			defer close(todo)
			defer close(order)
			for s := range sources {
				j := &job{source: s, weight: min(max(s.size, leastPerFile), inFlight), done: make(chan reading, 1)}
				// Taken in order, so the job that is waited for below is never short of room.
				if room.Acquire(ctx, j.weight) != nil {
					return
				}
				order <- j
				select {
				case todo <- j:
				case <-ctx.Done():
					return
				}
			}
		})
		for j := range order {
			select {
			case r := <-j.done:
				room.Release(j.weight)
				if !yield(r) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// readOne reads one file as far as the store needs it: bytes that are there already are not parsed again.
func (in *Ingester) readOne(ctx context.Context, s source) reading {
	fail := func(err error) reading {
		in.logFailure(s.name, err)
		return reading{failed: &corpus.Outcome{Name: s.name, Result: corpus.Failed, Reason: reasonOf(err)}}
	}
	if s.failure != nil {
		return fail(s.failure)
	}
	if limit := orElse(in.MaxBytes, DefaultMaxBytes); s.size > limit {
		return fail(&corpus.Error{
			Kind: corpus.TooLarge, Position: -1,
			Message: fmt.Sprintf("文件过大：%.1f MB，上限 %.1f MB", float64(s.size)/(1<<20), float64(limit)/(1<<20)),
		})
	}
	data, err := s.load()
	if err != nil {
		return fail(err)
	}
	sub := corpus.Submission{Name: s.name, Original: data}
	if known, err := in.Store.Has(ctx, corpus.NewDocumentID(data)); err == nil && known {
		return reading{submission: sub}
	}
	// An error of Has is left for Commit to meet: it is the store's, not this file's.
	if sub.Document, err = in.parse(s.name, data); err != nil {
		return fail(err)
	}
	return reading{submission: sub}
}

// parse makes a labelled document of a file's bytes. A panic on the way is the fault of this file only.
func (in *Ingester) parse(name string, data []byte) (doc *corpus.Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &corpus.Error{
				Kind: corpus.Invalid, Code: codeFault, Position: -1, Message: "解析时程序内部出错，该文件未导入",
				Cause: fmt.Errorf("panic: %v\n%s", p, debug.Stack()),
			}
		}
	}()
	base := filepath.Base(strings.ToValidUTF8(name, "\uFFFD"))
	x, err := in.Extract(base, data)
	if err != nil {
		return nil, fmt.Errorf("extract %s: %w", name, err)
	}
	doc = in.Parser.Parse(x, corpus.NewDocumentID(data))
	in.Labeler.Label(doc)
	return doc, nil
}

// plain reports whether the reason of an error says all that there is to say.
func plain(err error) bool {
	_, ok := systemReason(err)
	return ok
}

// reasonOf returns what a user is told about a file that could not be brought in.
func reasonOf(err error) string {
	if e, ok := errors.AsType[*corpus.Error](err); ok {
		return e.Message
	}
	if reason, ok := systemReason(err); ok {
		return reason
	}
	return "无法导入：" + err.Error()
}

// systemReason returns what an error of the file system means to a user.
func systemReason(err error) (string, bool) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "没有这个文件或文件夹", true
	case errors.Is(err, fs.ErrPermission):
		return "没有读取权限", true
	case errors.Is(err, errSpecial):
		return "不是普通文件", true
	case errors.Is(err, syscall.ELOOP):
		return "链接指向自身", true
	}
	return "", false
}
