package embedded

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tongjian/corpus"
	"tongjian/index"
)

// reader reads the texts of what a filter chooses.
type reader struct {
	*matcher
	chosen  chosen
	hits    bitset
	needles [][]byte // the strings that a match may have; marker says which
}

// textReader begins to read; the reader must be closed.
func (e *Engine) textReader(ctx context.Context, f corpus.Filter) (*reader, error) {
	c, err := e.read(f)
	if err != nil {
		return nil, err
	}
	s, err := e.acquire()
	if err != nil {
		return nil, err
	}
	r := &reader{matcher: s.matcher(ctx, c), chosen: c}
	if r.hits, err = r.passages(c, s.view.live); err != nil {
		s.close()
		return nil, fmt.Errorf("read %q: %w", f.Query, err)
	}
	return r, nil
}

// reading begins to read about a query that must have words or phrases.
func (e *Engine) reading(ctx context.Context, f corpus.Filter) (*reader, error) {
	r, err := e.textReader(ctx, f)
	if err != nil {
		return nil, err
	}
	r.needles = r.marker(r.chosen.query).needles
	if len(r.needles) == 0 {
		r.close()
		return nil, &corpus.Error{
			Kind: corpus.Invalid, Code: "query_required", Message: "需要检索词", Param: "q", Value: f.Query, Position: -1,
			Expected: "至少一个不在减号后面的字词，或引号中的文字",
		}
	}
	return r, nil
}

// eachText calls yield for the text of every member until it returns an error.
func (r *reader) eachText(set bitset, yield func(p uint32, t passageText) error) error {
	n := 0
	var err error
	set.each(func(p uint32) bool {
		if n++; n%checkEvery == 0 {
			if err = r.ctx.Err(); err != nil {
				return false
			}
		}
		var t passageText
		if t, err = r.view.readText(p); err == nil {
			err = yield(p, t)
		}
		return err == nil
	})
	return err
}

// sampled returns the hits, or a sample of index.MaxRead of them where there are more: whole, in order.
func (r *reader) sampled(seed uint64) []uint32 {
	var all []uint32
	r.hits.each(func(p uint32) bool {
		all = append(all, p)
		return true
	})
	if len(all) <= index.MaxRead {
		return all
	}
	type drawn struct {
		passage uint32
		number  uint64
	}
	lots := make([]drawn, len(all))
	for i, p := range all {
		lots[i] = drawn{p, r.draw(seed, p, 0)}
	}
	slices.SortFunc(lots, func(a, b drawn) int { return cmp.Compare(a.number, b.number) })
	all = all[:0]
	for _, l := range lots[:index.MaxRead] {
		all = append(all, l.passage)
	}
	slices.Sort(all)
	return all
}

// byDocument cuts passages, which are in order, into about n parts, no document into two.
func (v *view) byDocument(passages []uint32, n int) [][]uint32 {
	var parts [][]uint32
	size := len(passages)/n + 1
	for len(passages) > 0 {
		end := min(size, len(passages))
		for end < len(passages) && v.doc[passages[end]] == v.doc[passages[end-1]] {
			end++
		}
		parts, passages = append(parts, passages[:end]), passages[end:]
	}
	return parts
}

// folded returns the folded text.
func (t passageText) folded() string { return passageText{units: t.units}.source() }
