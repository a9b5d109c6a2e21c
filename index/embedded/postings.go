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
		dict, err := seg.dictionary(fieldWords)
		if err != nil {
			return nil, err
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

// frequency returns how often a word stands in all live passages.
func (s *session) frequency(word string) (int, error) {
	n, err := s.countWord(word)
	if err == nil {
		err = s.eachRepeated(word, s.view.live, false, func(_ uint32, frequency uint64) { n += int(frequency) - 1 })
	}
	return n, err
}

// eachRepeated calls yield for every member of a set of live passages that has the word more than once, with how often.
// yield may take the passage out of the set.
// sparse says that few of the passages that have the word may be members: then postings of others are passed over.
func (s *session) eachRepeated(word string, within bitset, sparse bool, yield func(p uint32, frequency uint64)) error {
	for i := range s.segments {
		seg := &s.segments[i]
		dict, err := seg.dictionary(fieldRepeated)
		if err != nil {
			return err
		}
		list, err := dict.PostingsList([]byte(word), nil, nil)
		if err != nil {
			return fmt.Errorf("read postings: %w", err)
		}
		if list.Count() == 0 {
			continue
		}
		it := list.Iterator(true, false, false, nil)
		var docs []uint32
		if sparse {
			docs = seg.members(it, within)
		}
		for {
			p, err := next(it, &docs)
			if err != nil {
				return fmt.Errorf("read postings: %w", err)
			}
			if p == nil {
				break
			}
			// What is deleted has a number that is not live, so it is not within.
			if passage := seg.passages[p.Number()]; within.has(passage) {
				yield(passage, p.Frequency())
			}
		}
	}
	return nil
}

// few is how many times as many postings as members there must be for members to be looked up one by one.
const few = 4

// members returns which of the iterator's documents are in the set, if they are few; nil means that all are to be read.
func (seg *segmentView) members(it segapi.PostingsIterator, set bitset) []uint32 {
	o, ok := it.(segapi.OptimizablePostingsIterator)
	if !ok {
		return nil
	}
	bm := o.ActualBitmap()
	if bm == nil {
		return nil
	}
	most := int(bm.GetCardinality()) / few
	docs := make([]uint32, 0, min(most, 256))
	var buf [256]uint32
	for many := bm.ManyIterator(); ; {
		n := many.NextMany(buf[:])
		if n == 0 {
			return docs
		}
		for _, d := range buf[:n] {
			if set.has(seg.passages[d]) {
				if len(docs) == most {
					return nil
				}
				docs = append(docs, d)
			}
		}
	}
}

// next returns the next posting: of docs, or of all where docs is nil.
func next(it segapi.PostingsIterator, docs *[]uint32) (segapi.Posting, error) {
	if *docs == nil {
		return it.Next()
	}
	if len(*docs) == 0 {
		return nil, nil
	}
	d := (*docs)[0]
	*docs = (*docs)[1:]
	return it.Advance(uint64(d))
}
