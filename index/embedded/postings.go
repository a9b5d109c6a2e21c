package embedded

import (
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segapi "github.com/blevesearch/scorch_segment_api/v2"
)

// withAllTerms returns the live passages that have all the terms in a field.
func (s *session) withAllTerms(field string, terms [][]byte) (bitset, error) {
	out := newBitset(s.view.len())
	for i := range s.segments {
		seg := &s.segments[i]
		hits, err := seg.withAllTerms(field, terms)
		if err != nil {
			return nil, err
		}
		if hits != nil {
			seg.addTo(out, hits)
		}
	}
	return out, nil
}

// withPrefix returns the live passages that have a term with the prefix in a field.
func (s *session) withPrefix(field string, prefix []byte) (bitset, error) {
	out := newBitset(s.view.len())
	for i := range s.segments {
		seg := &s.segments[i]
		dict, err := seg.segment.Dictionary(field)
		if err != nil {
			return nil, fmt.Errorf("read dictionary: %w", err)
		}
		hits := roaring.New()
		terms := dict.AutomatonIterator(nil, prefix, afterPrefix(prefix))
		for {
			t, err := terms.Next()
			if err != nil {
				return nil, fmt.Errorf("read dictionary: %w", err)
			}
			if t == nil {
				break
			}
			list, err := postingsOf(dict, []byte(t.Term))
			if err != nil {
				return nil, err
			}
			hits.Or(list)
		}
		seg.addTo(out, hits)
	}
	return out, nil
}

// afterPrefix returns the first string after all that begin with the prefix, a character in UTF-8.
func afterPrefix(prefix []byte) []byte {
	out := slices.Clone(prefix)
	out[len(out)-1]++
	return out
}

// withAllTerms returns the documents of the segment that have all the terms; nil stands for none.
func (seg *segmentView) withAllTerms(field string, terms [][]byte) (*roaring.Bitmap, error) {
	dict, err := seg.segment.Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read dictionary: %w", err)
	}
	lists := make([]*roaring.Bitmap, len(terms))
	for i, t := range terms {
		if lists[i], err = postingsOf(dict, t); err != nil {
			return nil, err
		}
		if lists[i].IsEmpty() {
			return nil, nil
		}
	}
	if len(lists) == 1 {
		return lists[0], nil
	}
	slices.SortFunc(lists, func(a, b *roaring.Bitmap) int { return int(a.GetCardinality()) - int(b.GetCardinality()) })
	out := roaring.And(lists[0], lists[1])
	for _, l := range lists[2:] {
		if out.IsEmpty() {
			return nil, nil
		}
		out.And(l)
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
