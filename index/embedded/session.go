package embedded

import (
	"fmt"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segapi "github.com/blevesearch/scorch_segment_api/v2"
)

// session is what one query works on: a view and the inverted index that belongs to it.
type session struct {
	e        *Engine
	view     *view
	snapshot *scorch.IndexSnapshot
	segments []segmentView
}

// segmentView is one segment of the inverted index. Document numbers in it mean nothing outside; passages says which
// passage each is.
type segmentView struct {
	segment  segapi.Segment
	deleted  *roaring.Bitmap
	passages []uint32
	// dicts are the dictionaries of its fields, once they were asked for. A query reads them one at a time.
	dicts [2]segapi.TermDictionary
}

// dictionary returns the dictionary of a field.
func (seg *segmentView) dictionary(field string) (segapi.TermDictionary, error) {
	i := 0
	if field == fieldRepeated {
		i = 1
	}
	if seg.dicts[i] == nil {
		dict, err := seg.segment.Dictionary(field)
		if err != nil {
			return nil, fmt.Errorf("read dictionary: %w", err)
		}
		seg.dicts[i] = dict
	}
	return seg.dicts[i], nil
}

// acquire begins a query; the session must be closed.
func (e *Engine) acquire() (*session, error) {
	e.closing.RLock()
	if e.closed {
		e.closing.RUnlock()
		return nil, errClosed()
	}
	s := &session{e: e}
	err := s.open()
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) open() (err error) {
	e := s.e
	e.mu.Lock()
	s.view = e.view
	if e.held != nil {
		s.snapshot = e.held
		s.snapshot.AddRef()
	} else {
		// Merges in the background do not change what the index holds, so the newest snapshot belongs to the view.
		s.snapshot, err = e.snapshot()
	}
	e.mu.Unlock()
	if err != nil {
		return err
	}
	s.segments, err = e.segments.of(s.snapshot)
	return err
}

func (s *session) close() {
	if s.snapshot != nil {
		_ = s.snapshot.Close()
	}
	s.e.closing.RUnlock()
}

// segmentCache remembers which passages the documents of each segment are. A segment keeps its number and its order when
// it is written to disk; a merged one gets a new number.
type segmentCache struct {
	mu       sync.Mutex
	passages map[uint64][]uint32
}

// of returns the segments of a snapshot and forgets those that are gone.
func (c *segmentCache) of(snapshot *scorch.IndexSnapshot) ([]segmentView, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := snapshot.Segments()
	out := make([]segmentView, len(list))
	for i, seg := range list {
		passages, ok := c.passages[seg.Id()]
		if !ok {
			var err error
			if passages, err = readPassages(seg.Segment()); err != nil {
				return nil, err
			}
			if c.passages == nil {
				c.passages = map[uint64][]uint32{}
			}
			c.passages[seg.Id()] = passages
		}
		out[i] = segmentView{segment: seg.Segment(), deleted: seg.Deleted(), passages: passages}
	}
	if len(c.passages) > 2*len(list)+8 {
		c.forget(list)
	}
	return out, nil
}

func (c *segmentCache) forget(keep []*scorch.SegmentSnapshot) {
	kept := make(map[uint64][]uint32, len(keep))
	for _, seg := range keep {
		kept[seg.Id()] = c.passages[seg.Id()]
	}
	c.passages = kept
}

func readPassages(seg segapi.Segment) ([]uint32, error) {
	out := make([]uint32, seg.Count())
	for i := range out {
		id, err := seg.DocID(uint64(i))
		if err != nil {
			return nil, fmt.Errorf("read passage number: %w", err)
		}
		n, ok := passageNumber(id)
		if !ok {
			return nil, fmt.Errorf("read passage number: identifier %x", id)
		}
		out[i] = n
	}
	return out, nil
}
