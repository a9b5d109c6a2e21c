package embedded

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	bleve "github.com/blevesearch/bleve_index_api"

	"tongjian/corpus"
)

// batchPassages is how many passages go into scorch at a time, give or take a document: smaller batches cost merges,
// larger ones memory.
const batchPassages = 1000

// Apply takes over changes. They go in as several batches; each is whole or absent after a crash, and Applied says how
// far it came.
func (e *Engine) Apply(ctx context.Context, changes []corpus.Change) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	if e.closed {
		return errClosed()
	}
	if e.broken != nil {
		return &corpus.Error{
			Kind: corpus.Unavailable, Code: "index_broken", Message: "索引写入失败，需要重新打开", Position: -1, Cause: e.broken,
		}
	}
	changes, err := newChanges(changes, e.record.Sequence)
	if err != nil {
		return err
	}
	for len(changes) > 0 {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("apply changes: %w", err)
		}
		n := batchLen(changes)
		if err := e.applyBatch(changes[:n]); err != nil {
			return err
		}
		changes = changes[n:]
	}
	return nil
}

// newChanges leaves out what is applied already, and all but the last change of each document.
func newChanges(changes []corpus.Change, applied int64) ([]corpus.Change, error) {
	last := map[corpus.DocumentID]int64{}
	for i, c := range changes {
		if i > 0 && c.Sequence <= changes[i-1].Sequence {
			return nil, fmt.Errorf("apply changes: %d follows %d", c.Sequence, changes[i-1].Sequence)
		}
		last[c.DocumentID] = c.Sequence
	}
	var out []corpus.Change
	for _, c := range changes {
		if c.Sequence > applied && last[c.DocumentID] == c.Sequence {
			out = append(out, c)
		}
	}
	return out, nil
}

// batchLen returns how many changes make up the next batch, at least one.
func batchLen(changes []corpus.Change) int {
	passages := 0
	for i, c := range changes {
		if c.Document != nil {
			passages += len(c.Document.Findings) + len(c.Document.Sections) + 1
		}
		if passages > batchPassages && i > 0 {
			return i
		}
	}
	return len(changes)
}

// applyBatch makes the changes durable: texts first, then columns, then postings with the record that says how far the
// files count.
func (e *Engine) applyBatch(changes []corpus.Change) error {
	docs := e.buildAll(changes)
	next := e.record
	next.Sequence = changes[len(changes)-1].Sequence
	batch := bleve.NewBatch()
	var texts, log []byte
	number := next.Next
	chars := &charsBuilder{first: number, end: number}
	for _, b := range docs {
		if old, ok := e.writer.byID[b.entry.id]; ok {
			for p := e.writer.docs[old].first; p < e.writer.docs[old].end; p++ {
				batch.Delete(passageID(p))
				next.Passages--
			}
		}
		at := len(texts)
		b.entry.first, b.entry.text = number, e.record.Texts+int64(at)
		for i := range b.passages {
			p := &b.passages[i]
			p.entry.text = len(texts) - at
			texts = append(texts, p.record...)
			chars.add(p.units)
			b.entry.passages = append(b.entry.passages, p.entry)
			batch.Update(newIndexDocument(number, p))
			number++
			next.Passages++
		}
		b.entry.textSize, b.entry.textSum = len(texts)-at, textSum(texts[at:])
		start := len(log)
		log = appendEntry(log, &b.entry)
		b.logSize = len(log) - start
	}
	next.Next = number
	next.Texts += int64(len(texts))
	next.Columns += int64(len(log))
	segments, err := e.storeChars(chars, &next)
	if err == nil {
		err = e.store(texts, log, batch, next)
	}
	if err != nil {
		e.broken = err
		return err
	}
	for _, b := range docs {
		e.writer.put(&b.entry, b.logSize)
	}
	old := e.chars
	e.record, e.chars = next, segments
	e.publish()
	for _, s := range old {
		if !slices.Contains(segments, s) {
			// Queries that still read the file have it mapped. One that cannot be removed is at the next start.
			_ = os.Remove(s.path)
		}
	}
	err = e.compact()
	if e.options.Warm {
		e.warm()
	}
	return err
}

// storeChars writes the characters of new passages, merges what is due, and returns the segments that there are then.
func (e *Engine) storeChars(b *charsBuilder, next *record) ([]*charsSegment, error) {
	if b.first == b.end {
		return e.chars, nil
	}
	data := b.encode()
	fresh, err := newCharsSegment(data)
	if err != nil {
		return nil, err
	}
	segments := append(slices.Clone(e.chars), fresh)
	from := dueMerge(segments)
	if from < len(segments)-1 {
		live := e.writer.live.grown(int(b.end))
		live.setRange(int(b.first), int(b.end))
		data = mergeChars(segments[from:], live)
	}
	written, err := writeChars(e.dir, segments[from].first, b.end, data)
	if err != nil {
		return nil, err
	}
	segments = append(segments[:from], written)
	next.Chars = nil
	for _, s := range segments {
		next.Chars = append(next.Chars, filepath.Base(s.path))
	}
	return segments, nil
}

// buildAll works out the documents of the changes, some at a time. A removed document has no passages.
func (e *Engine) buildAll(changes []corpus.Change) []*built {
	docs := make([]*built, len(changes))
	next := make(chan int)
	var wg sync.WaitGroup
	for range e.options.Workers {
		wg.Go(func() {
			for i := range next {
				if c := changes[i]; c.Document == nil {
					docs[i] = &built{entry: entry{id: c.DocumentID}}
				} else {
					docs[i] = build(c.DocumentID, c.Document, e.options.Segmenter)
				}
			}
		})
	}
	for i := range changes {
		next <- i
	}
	close(next)
	wg.Wait()
	return docs
}

// store writes a batch. Queries go on with the index as it was until the batch is published.
func (e *Engine) store(texts, log []byte, batch *bleve.Batch, r record) error {
	if err := e.texts.write(texts, e.record.Texts); err != nil {
		return fmt.Errorf("write texts: %w", err)
	}
	if err := e.log.write(log, e.record.Columns); err != nil {
		return fmt.Errorf("write columns: %w", err)
	}
	held, err := e.snapshot()
	if err != nil {
		return err
	}
	e.mu.Lock()
	e.held = held
	e.mu.Unlock()
	return e.commit(batch, r)
}

// commit writes a batch and its record to scorch and waits until they are durable.
func (e *Engine) commit(batch *bleve.Batch, r record) error {
	value, err := r.encode()
	if err != nil {
		return fmt.Errorf("write index record: %w", err)
	}
	batch.SetInternal([]byte(stateKey), value)
	if err := e.index.Batch(batch); err != nil {
		return fmt.Errorf("write postings: %w", err)
	}
	return nil
}
