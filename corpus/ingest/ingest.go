package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"runtime"
	"slices"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

// Store is where documents go. Commit takes a batch, all or nothing, and needs no document for bytes that it has.
type Store interface {
	Commit(ctx context.Context, batch []corpus.Submission) ([]corpus.Outcome, error)
	Has(ctx context.Context, id corpus.DocumentID) (bool, error)
}

// Parser reads a document from an extracted file. It is used by many goroutines.
type Parser interface {
	Parse(x *corpus.Extract, id corpus.DocumentID) *corpus.Document
}

// Labeler gives every finding of a document its categories. It is used by many goroutines.
type Labeler interface {
	Label(doc *corpus.Document)
}

// CodeStopped is the code of the error for a run whose context ended.
const CodeStopped = "ingest_stopped"

// codeFault is the code of the error for a file that brings out a fault of the program.
const codeFault = "parser_fault"

// The limits where an Ingester names none.
const (
	DefaultBatch      = 100
	DefaultBatchBytes = 16 << 20
	DefaultMaxBytes   = 50 << 20
)

// Ingester brings files into a store. Store, Extract, Parser and Labeler are needed; the zero value of every other field
// is a sensible choice.
type Ingester struct {
	Store Store
	// Extract reads the blocks of a file. Its error's message is the reason that the user sees.
	Extract func(name string, data []byte) (*corpus.Extract, error)
	Parser  Parser
	Labeler Labeler

	// Batch and BatchBytes are the most files, and about the most bytes of originals, that are committed together.
	Batch      int
	BatchBytes int64
	// MaxBytes is the size from which a file is refused unread.
	MaxBytes int64
	// Unpack bounds what archives may hold; its zero fields are the defaults of the extract package, but for Bytes, which
	// is MaxBytes.
	Unpack extract.Limits
	// Workers is the number of files that are parsed at a time; one for each core where 0.
	Workers int

	// Report is told the outcome of each file, once that is certain. Progress is told how many files have an outcome, and
	// of how many: 0 where that is not known. Both are called by one goroutine at a time.
	Report   func(corpus.Outcome)
	Progress func(done, total int)
	// Log gets the causes of failures: as warnings where reasons do not show them, else for debugging. Nothing is logged
	// where nil.
	Log *slog.Logger
}

// File is a file that is in memory already: an upload, a sample.
type File struct {
	Name string
	Data []byte
}

// Summary counts the outcomes of a run.
type Summary struct {
	Added     int
	Unchanged int
	Replaced  int
	Folded    int
	Outdated  int
	Failed    int
	Findings  int // in the documents that were added or took another one's place
	// Left counts the corrections of replaced documents that do not hold for what took their place.
	Left int
	// NotReached counts the files without an outcome after a run that was cut short, as far as they are known.
	NotReached int
}

// Done returns the number of files that have an outcome.
func (s Summary) Done() int {
	return s.Added + s.Unchanged + s.Replaced + s.Folded + s.Outdated + s.Failed
}

func (s *Summary) count(o corpus.Outcome) {
	s.Left += len(o.Left)
	switch o.Result {
	case corpus.Added:
		s.Added++
		s.Findings += o.Findings
	case corpus.Unchanged:
		s.Unchanged++
	case corpus.Replaced:
		s.Replaced++
		s.Findings += o.Findings
	case corpus.Folded:
		s.Folded++
	case corpus.Outdated:
		s.Outdated++
	case corpus.Failed:
		s.Failed++
	}
}

// Paths brings in files, and all files of folders, in sorted order of their paths. A path that does not exist is a failed
// outcome, not an error.
func (in *Ingester) Paths(ctx context.Context, paths []string) (Summary, error) {
	files, err := walk(ctx, paths)
	if err != nil {
		return Summary{}, stopped(Summary{}, err)
	}
	total := len(files)
	if slices.ContainsFunc(files, func(f found) bool { return isArchiveName(f.path) }) {
		total = 0 // not known before they are opened
	}
	return in.run(ctx, total, func(yield func(source) bool) {
		for _, f := range files {
			load := func() ([]byte, error) { return os.ReadFile(f.path) }
			if !yield(source{name: f.path, size: f.size, failure: f.failure, load: load}) {
				return
			}
		}
	})
}

// Files brings in files that are in memory, in their order.
func (in *Ingester) Files(ctx context.Context, files iter.Seq[File]) (Summary, error) {
	return in.run(ctx, 0, func(yield func(source) bool) {
		for f := range files {
			load := func() ([]byte, error) { return f.Data, nil }
			if !yield(source{name: f.Name, size: int64(len(f.Data)), load: load}) {
				return
			}
		}
	})
}

// source is a file on its way in.
type source struct {
	name    string
	size    int64
	failure error // why it cannot be read, where that is known before
	load    func() ([]byte, error)
}

// run sends sources through the workers and commits what comes out, in order.
func (in *Ingester) run(ctx context.Context, total int, sources iter.Seq[source]) (Summary, error) {
	b := &batch{in: in, total: total}
	for r := range in.read(ctx, in.unpack(sources)) {
		if err := b.add(ctx, r); err != nil {
			return b.stop(err)
		}
	}
	if err := ctx.Err(); err != nil {
		return b.stop(err)
	}
	if err := b.flush(ctx); err != nil {
		return b.stop(err)
	}
	return b.summary, nil
}

// stopped wraps why a run was cut short in what the user is told.
func stopped(s Summary, err error) error {
	e := &corpus.Error{Kind: corpus.Unavailable, Code: CodeStopped, Message: "导入中止", Position: -1, Cause: err}
	if cause, ok := errors.AsType[*corpus.Error](err); ok {
		e.Kind, e.Code = cause.Kind, cause.Code
		e.Message += "：" + cause.Message
	}
	e.Message += fmt.Sprintf("。已处理 %d 个文件", s.Done())
	if s.NotReached > 0 {
		e.Message += fmt.Sprintf("，其余 %d 个没有导入", s.NotReached)
	}
	e.Message += "；重新运行即可继续"
	return e
}

func (in *Ingester) workers() int {
	if in.Workers > 0 {
		return in.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// logFailure logs why a file failed, as a warning only where that says more than the reason which the outcome gives: a
// fault of the program, or an error that no reason is known for.
func (in *Ingester) logFailure(name string, err error) {
	level := slog.LevelDebug
	e, ok := errors.AsType[*corpus.Error](err)
	if ok && e.Code == codeFault || !ok && !plain(err) {
		level = slog.LevelWarn
	}
	in.log().Log(context.Background(), level, "file not ingested", "file", name, "error", err)
}

func (in *Ingester) log() *slog.Logger {
	if in.Log != nil {
		return in.Log
	}
	return slog.New(slog.DiscardHandler)
}

// orElse returns a limit, or its default where it is not set.
func orElse[T int | int64](limit, standard T) T {
	if limit > 0 {
		return limit
	}
	return standard
}
