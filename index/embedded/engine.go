package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"

	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/index"
)

// Options are the settings of an engine.
type Options struct {
	// Segmenter cuts texts and queries into words. It is required.
	Segmenter *segment.Segmenter
	// Vocabulary resolves the names of categories and the like; nil means that only stored values are known.
	Vocabulary index.Vocabulary
	// Taxonomy is the version of the taxonomy by which findings were labelled: labels of different versions do not go into
	// one index. Empty means that it is not compared.
	Taxonomy string
	// Synonyms says which words stand for one another; nil means index.DefaultSynonyms.
	Synonyms *index.Synonyms
	// Feed is asked at Open whether the store has what the index holds; nil means that it is not asked.
	Feed index.Feed
	// Warm makes the neighbours of findings ready in the background, at once and after each Apply; otherwise that is done
	// when they are first asked for.
	Warm bool
	// Workers is how many documents are worked on at a time; 0 means one per processor.
	Workers int
}

// Engine is the embedded engine. See index.Engine for what its methods promise.
type Engine struct {
	options  Options
	synonyms *index.Synonyms
	words    []string // of the domain dictionary
	dir      string
	queue    *bleve.AnalysisQueue
	index    *scorch.Scorch
	texts    *dataFile
	log      *dataFile
	applied  atomic.Int64

	// writing is held by Apply and Close; closing is held for reading by every query.
	writing sync.Mutex
	closing sync.RWMutex
	closed  bool
	writer  *writer
	chars   []*charsSegment
	record  record
	// compactFrom is from how much dead room on the files may be written anew.
	compactFrom int64
	broken      error // set when an Apply failed half-way; the index must be opened again

	// mu guards what a query takes with it.
	mu   sync.Mutex
	view *view
	// held is the index as the view knows it, while a batch is on its way in; nil at all other times.
	held     *scorch.IndexSnapshot
	segments segmentCache
	pool     scorePool
	near     *neighbourhood
}

var _ index.Engine = (*Engine)(nil)

// The parts of the folder.
const (
	scorchName   = "scorch"
	logPattern   = "columns*.log"
	textsPattern = "texts*.dat"
	charsPattern = "chars-*.idx"
)

// Open opens the index in a folder, or makes one. An index that is damaged, of another version or ahead of the store is
// replaced by an empty one; State says so. An error means that there is no engine: the folder cannot be written, or
// another process has the index open.
func Open(dir string, o Options) (*Engine, State, error) {
	if o.Segmenter == nil {
		return nil, "", errors.New("open index: no segmenter")
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Synonyms == nil {
		s, err := index.DefaultSynonyms()
		if err != nil {
			return nil, "", fmt.Errorf("open index: %w", err)
		}
		o.Synonyms = s
	}
	words, err := segment.DomainWords()
	if err != nil {
		return nil, "", fmt.Errorf("open index: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, "", fmt.Errorf("open index: %w", err)
	}
	e := &Engine{near: newNeighbourhood(), options: o, synonyms: o.Synonyms, words: words, dir: dir, compactFrom: compactFrom}
	state, err := e.open(dir)
	if err != nil {
		return nil, "", err
	}
	if state != Equal {
		if err := e.recreate(dir); err != nil {
			return nil, "", err
		}
	}
	if o.Warm {
		e.warm()
	}
	return e, state, nil
}

// open opens what there is. In every state but Equal nothing is left open.
func (e *Engine) open(dir string) (State, error) {
	if _, err := os.Stat(filepath.Join(dir, scorchName, "root.bolt")); errors.Is(err, os.ErrNotExist) {
		return Missing, nil
	}
	if err := e.openScorch(dir); err != nil {
		e.release()
		if corpus.KindOf(err) != "" {
			return "", err
		}
		return Corrupt, nil
	}
	state, err := e.load(dir)
	if err != nil || state != Equal {
		e.release()
	}
	return state, err
}

// openScorch opens the inverted index. A torn file can make bolt panic, or read behind its end; that is a damaged index
// like any other.
func (e *Engine) openScorch(dir string) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("open scorch: panic: %v", r)
		}
	}()
	e.queue = bleve.NewAnalysisQueue(e.options.Workers)
	ix, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path": filepath.Join(dir, scorchName), "bolt_timeout": "1s",
	}, e.queue)
	if err != nil {
		return fmt.Errorf("open scorch: %w", err)
	}
	if err := ix.Open(); err != nil {
		if errors.Is(err, bolterrors.ErrTimeout) {
			return &corpus.Error{
				Kind: corpus.Unavailable, Code: "index_locked", Message: "索引正被另一个进程使用：" + dir, Position: -1, Cause: err,
			}
		}
		return fmt.Errorf("open scorch: %w", err)
	}
	e.index = ix.(*scorch.Scorch)
	return nil
}

// load reads the columns and compares the parts.
func (e *Engine) load(dir string) (State, error) {
	snapshot, err := e.snapshot()
	if err != nil {
		return Corrupt, nil
	}
	defer snapshot.Close()
	value, err := snapshot.GetInternal([]byte(stateKey))
	if err != nil || value == nil {
		return Corrupt, nil
	}
	r, err := decodeRecord(value)
	if err != nil {
		return Corrupt, nil
	}
	if want := newRecord(e.options); !r.sameVersions(want) {
		return Version, nil
	}
	if e.options.Feed != nil {
		newest, err := e.options.Feed.Sequence(context.Background())
		if err != nil {
			return "", fmt.Errorf("open index: read newest change: %w", err)
		}
		if r.Sequence > newest {
			return Content, nil
		}
	}
	if err := e.openFiles(dir, r); err != nil {
		return Corrupt, nil
	}
	return e.adopt(r, snapshot), nil
}

// adopt rebuilds the columns from the log and checks that they agree with the postings.
func (e *Engine) adopt(r record, snapshot *scorch.IndexSnapshot) State {
	log := make([]byte, r.Columns)
	if _, err := e.log.f.ReadAt(log, 0); err != nil {
		return Corrupt
	}
	w := newWriter()
	if err := w.replay(log); err != nil || w.columns.len() > int(r.Next) {
		return Corrupt
	}
	w.columns.growTo(int(r.Next))
	w.grow(int(r.Next), len(w.docs))
	if n := len(e.chars); n > 0 && e.chars[n-1].end != r.Next || n == 0 && r.Next > 0 {
		return Corrupt
	}
	if err := errors.Join(checkSegments(snapshot), w.checkTexts(e.texts, e.options.Workers)); err != nil {
		return Corrupt
	}
	postings, err := snapshot.DocCount()
	if err != nil || w.live.count() != int(postings) || int(postings) != r.Passages {
		return Corrupt
	}
	e.record, e.writer = r, w
	e.publish()
	return Equal
}

func (e *Engine) openFiles(dir string, r record) (err error) {
	if e.log, err = openDataFile(filepath.Join(dir, r.logName()), r.Columns); err != nil {
		return err
	}
	if e.texts, err = openDataFile(filepath.Join(dir, r.textsName()), r.Texts); err != nil {
		return err
	}
	if err := e.openChars(r); err != nil {
		return err
	}
	return removeLeftovers(dir, r)
}

// openChars opens the files of the character index.
func (e *Engine) openChars(r record) error {
	e.chars = nil
	end := uint32(0)
	for _, name := range r.Chars {
		s, err := openChars(filepath.Join(e.dir, name))
		if err != nil {
			return err
		}
		if s.first != end {
			return fmt.Errorf("open characters %q: begins at passage %d, want %d", name, s.first, end)
		}
		end = s.end
		e.chars = append(e.chars, s)
	}
	return nil
}

// removeLeftovers removes the files that are left over from a crash.
func removeLeftovers(dir string, r record) error {
	keep := append([]string{r.logName(), r.textsName()}, r.Chars...)
	for _, pattern := range []string{logPattern, textsPattern, charsPattern} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return fmt.Errorf("list files: %w", err)
		}
		for _, p := range paths {
			if !slices.Contains(keep, filepath.Base(p)) {
				if err := os.Remove(p); err != nil {
					return fmt.Errorf("remove leftover: %w", err)
				}
			}
		}
	}
	return nil
}

// recreate replaces the index by an empty one.
func (e *Engine) recreate(dir string) error {
	e.record, e.writer = newRecord(e.options), newWriter()
	for _, name := range []string{scorchName, e.record.logName(), e.record.textsName()} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("clear index: %w", err)
		}
	}
	err := e.openScorch(dir)
	if err == nil {
		err = e.openFiles(dir, e.record)
	}
	if err == nil {
		err = e.commit(bleve.NewBatch(), e.record)
	}
	if err != nil {
		e.release()
		return fmt.Errorf("make index: %w", err)
	}
	e.publish()
	return nil
}

// publish makes the writer's columns what queries see.
func (e *Engine) publish() {
	v := e.writer.view(e.record.Sequence)
	v.chars, v.texts = e.chars, e.texts
	e.mu.Lock()
	defer e.mu.Unlock()
	e.view = v
	if e.held != nil {
		_ = e.held.Close()
		e.held = nil
	}
	e.applied.Store(e.record.Sequence)
}

// snapshot returns the inverted index as it is now; the caller closes it.
func (e *Engine) snapshot() (*scorch.IndexSnapshot, error) {
	r, err := e.index.Reader()
	if err != nil {
		return nil, fmt.Errorf("read scorch: %w", err)
	}
	return r.(*scorch.IndexSnapshot), nil
}

// release closes what is open and keeps the first error.
func (e *Engine) release() error {
	var errs []error
	if e.held != nil {
		errs = append(errs, e.held.Close())
	}
	if e.index != nil {
		errs = append(errs, e.index.Close())
	}
	if e.queue != nil {
		e.queue.Close()
	}
	for _, d := range []*dataFile{e.log, e.texts} {
		if d != nil {
			errs = append(errs, d.close())
		}
	}
	e.held, e.index, e.queue, e.log, e.texts, e.chars = nil, nil, nil, nil, nil, nil
	return errors.Join(errs...)
}

// Close waits for running queries and for Apply, and closes the index. Closing twice does nothing.
func (e *Engine) Close() error {
	e.near.stop()
	e.writing.Lock()
	defer e.writing.Unlock()
	e.closing.Lock()
	defer e.closing.Unlock()
	if e.closed {
		return nil
	}
	e.closed = true
	return e.release()
}

// Applied returns the sequence number of the last change taken over.
func (e *Engine) Applied() int64 { return e.applied.Load() }

// Counts returns the size of what is held.
func (e *Engine) Counts() index.Counts {
	s, err := e.acquire()
	if err != nil {
		return index.Counts{}
	}
	defer s.close()
	postings, _ := s.snapshot.DocCount()
	columns, findings := s.view.live.count(), s.view.findings.count()
	return index.Counts{
		Documents: s.view.documents, Findings: findings, Sections: columns - findings,
		Postings: int(postings), Columns: columns,
	}
}

func errClosed() error {
	return &corpus.Error{Kind: corpus.Unavailable, Code: "index_closed", Message: "索引已关闭", Position: -1}
}
