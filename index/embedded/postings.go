package embedded

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segapi "github.com/blevesearch/scorch_segment_api/v2"
)

// withWord returns the live passages that have the word.
func (s *session) withWord(word string) (bitset, error) {
	out := newBitset(s.view.len())
	for i := range s.segments {
		seg := &s.segments[i]
		dict, err := seg.segment.Dictionary(fieldWords)
		if err != nil {
			return nil, fmt.Errorf("read dictionary: %w", err)
		}
		list, err := postingsOf(dict, []byte(word))
		if err != nil {
			return nil, err
		}
		seg.addTo(out, list)
	}
	return out, nil
}

// postingsOf returns the documents that have a term, deleted ones included. The bitmap may be a view of the file and must
// not be changed.
func postingsOf(dict segapi.TermDictionary, term []byte) (*roaring.Bitmap, error) {
	list, err := dict.PostingsList(term, nil, nil)
	if err != nil {
		return nil, fmt.Errorf("read postings: %w", err)
	}
	it := list.Iterator(false, false, false, nil)
	if o, ok := it.(segapi.OptimizablePostingsIterator); ok {
		if bm := o.ActualBitmap(); bm != nil {
			return bm, nil
		}
	}
	out := roaring.New()
	for {
		p, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("read postings: %w", err)
		}
		if p == nil {
			return out, nil
		}
		out.Add(uint32(p.Number()))
	}
}

// addTo adds the live ones of the segment's documents to a set of passages.
func (seg *segmentView) addTo(out bitset, docs *roaring.Bitmap) {
	if seg.deleted != nil && !seg.deleted.IsEmpty() {
		docs = roaring.AndNot(docs, seg.deleted)
	}
	var buf [256]uint32
	for it := docs.ManyIterator(); ; {
		n := it.NextMany(buf[:])
		if n == 0 {
			return
		}
		for _, d := range buf[:n] {
			out.set(seg.passages[d])
		}
	}
}

// eachFrequency calls yield for every live passage that has the word, with how often.
func (s *session) eachFrequency(word string, yield func(p uint32, frequency uint64)) error {
	for i := range s.segments {
		seg := &s.segments[i]
		dict, err := seg.segment.Dictionary(fieldWords)
		if err != nil {
			return fmt.Errorf("read dictionary: %w", err)
		}
		list, err := dict.PostingsList([]byte(word), seg.deleted, nil)
		if err != nil {
			return fmt.Errorf("read postings: %w", err)
		}
		it := list.Iterator(true, false, false, nil)
		for {
			p, err := it.Next()
			if err != nil {
				return fmt.Errorf("read postings: %w", err)
			}
			if p == nil {
				break
			}
			yield(seg.passages[p.Number()], p.Frequency())
		}
	}
	return nil
}
