package embedded

import (
	"context"
	"fmt"

	"tongjian/corpus"
	"tongjian/index"
)

// Choose returns the findings that a filter chooses.
func (e *Engine) Choose(ctx context.Context, f corpus.Filter) (*index.Chosen, error) {
	c, err := e.read(f)
	if err != nil {
		return nil, err
	}
	s, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer s.close()
	hits, err := s.matcher(ctx, c).passages(c, s.view.findings)
	if err != nil {
		return nil, fmt.Errorf("choose findings %q: %w", f.Query, err)
	}
	out := index.NewChosen(s.view.sequence)
	s.view.eachDocument(func(_ uint32, d *document) {
		ordinal := 0
		// The findings of a document are numbered in the order of their ordinals, which leave no gap.
		s.view.findings.eachRange(d.first, d.end, func(p uint32) {
			if ordinal++; hits.has(p) {
				out.Add(d.id, ordinal)
			}
		})
	})
	return out, nil
}
