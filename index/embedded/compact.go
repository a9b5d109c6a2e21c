package embedded

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	segapi "github.com/blevesearch/scorch_segment_api/v2"
)

// compactFrom is from how many bytes of dead room on the log and the texts are written anew, if more than half of them
// is dead.
const compactFrom = 8 << 20

// logName is the name of the log of columns.
func (r record) logName() string { return "columns" + r.generation() + ".log" }

// textsName is the name of the file of texts.
func (r record) textsName() string { return "texts" + r.generation() + ".dat" }

func (r record) generation() string {
	if r.Generation == 0 {
		return ""
	}
	return "-" + strconv.Itoa(r.Generation)
}

// textSum is the sum by which damaged texts are known.
func textSum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// checkSegments compares the segments of the inverted index with the sums at their ends, which scorch does not look at.
func checkSegments(snapshot *scorch.IndexSnapshot) error {
	for _, s := range snapshot.Segments() {
		file, ok := s.Segment().(segapi.PersistedSegment)
		if !ok {
			continue
		}
		b, err := os.ReadFile(file.Path())
		if err != nil {
			return fmt.Errorf("check segment: %w", err)
		}
		n := len(b) - 4
		if n < 0 || crc32.ChecksumIEEE(b[:n]) != binary.BigEndian.Uint32(b[n:]) {
			return fmt.Errorf("check segment %q: checksum differs", file.Path())
		}
	}
	return nil
}

// checkTexts reads the texts of all live documents, some at a time, and compares their sums.
func (w *writer) checkTexts(texts *dataFile, workers int) error {
	var next atomic.Int64
	var failed atomic.Pointer[document]
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for failed.Load() == nil {
				n := next.Add(1) - 1
				if n >= int64(len(w.docs)) {
					return
				}
				d := &w.docs[n]
				if !w.liveDocs.has(uint32(n)) {
					continue
				}
				if b, err := texts.view(d.text, d.textSize); err != nil || textSum(b) != d.textSum {
					failed.Store(d)
				}
			}
		})
	}
	group.Wait()
	if d := failed.Load(); d != nil {
		return fmt.Errorf("texts of document %s are damaged", d.id)
	}
	return nil
}

// compact writes the log and the texts anew when most of them is dead room, and publishes them.
func (e *Engine) compact() error {
	live := e.writer.textSize + e.writer.logSize
	dead := e.record.Texts + e.record.Columns - live
	if dead < e.compactFrom || dead <= live {
		return nil
	}
	next := e.record
	next.Generation++
	if err := e.rewrite(next); err != nil {
		e.broken = err
		return fmt.Errorf("reclaim dead room: %w", err)
	}
	return nil
}

// rewrite copies what is live to the files of the next generation and goes on with them.
func (e *Engine) rewrite(next record) error {
	var log []byte
	newTexts, err := createDataFile(filepath.Join(e.dir, next.textsName()), func(texts io.Writer) (err error) {
		log, next.Texts, err = e.copyLive(texts)
		return err
	})
	if err != nil {
		return err
	}
	next.Columns = int64(len(log))
	newLog, err := createDataFile(filepath.Join(e.dir, next.logName()), func(w io.Writer) error {
		_, err := w.Write(log)
		return err
	})
	if err != nil {
		_ = newTexts.close()
		return err
	}
	w := newWriter()
	if err := w.replay(log); err != nil {
		_, _ = newLog.close(), newTexts.close()
		return err
	}
	w.columns.growTo(int(next.Next))
	w.grow(int(next.Next), len(w.docs))
	if err := e.commit(bleve.NewBatch(), next); err != nil {
		_, _ = newLog.close(), newTexts.close()
		return err
	}
	old, oldLog := e.record, e.log
	e.record, e.writer, e.log, e.texts = next, w, newLog, newTexts
	e.publish()
	_ = oldLog.close()
	// Queries that still read the old texts have them mapped; the map goes when nobody has it any more.
	_, _ = os.Remove(filepath.Join(e.dir, old.logName())), os.Remove(filepath.Join(e.dir, old.textsName()))
	return nil
}

// copyLive writes the texts of the live documents one after the other. It returns their entries, with the new places of
// the texts, and how long the texts are.
func (e *Engine) copyLive(texts io.Writer) (log []byte, size int64, err error) {
	old := make([]byte, e.record.Columns)
	if _, err := e.log.f.ReadAt(old, 0); err != nil {
		return nil, 0, fmt.Errorf("read columns: %w", err)
	}
	log = make([]byte, 0, e.writer.logSize)
	for at := 0; at < len(old); {
		entry, n, err := readEntry(old[at:])
		if err != nil {
			return nil, 0, fmt.Errorf("read columns at %d: %w", at, err)
		}
		at += n
		number, ok := e.writer.byID[entry.id]
		if !ok || len(entry.passages) == 0 || e.writer.docs[number].first != entry.first {
			continue
		}
		b, err := e.texts.view(entry.text, entry.textSize)
		if err == nil {
			_, err = texts.Write(b)
		}
		if err != nil {
			return nil, 0, fmt.Errorf("copy texts: %w", err)
		}
		entry.text, size = size, size+int64(len(b))
		log = appendEntry(log, &entry)
	}
	return log, size, nil
}
