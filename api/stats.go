package api

import (
	"context"
	"fmt"
)

// Stats returns the size of store and index.
func (s *Service) Stats(ctx context.Context) (*StatsAnswer, error) {
	stats, err := s.Store.Stats(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the size of the store: %w", err)
	}
	counts, applied := s.Engine.Counts(), s.Engine.Applied()
	out := &StatsAnswer{
		Documents: stats.Documents, Findings: stats.Findings, Units: stats.Units, Bytes: stats.Bytes,
		Index: IndexStats{
			Documents: counts.Documents, Findings: counts.Findings, Sections: counts.Sections, Applied: applied,
		},
		Lag: max(stats.Sequence-applied, 0), Meta: s.meta(stats.Sequence),
	}
	return out, nil
}
