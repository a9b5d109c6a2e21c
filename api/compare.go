package api

import (
	"context"

	"tongjian/corpus"
)

// Compare puts two to eight parts of the corpus side by side.
func (s *Service) Compare(ctx context.Context, req CompareRequest) (*CompareAnswer, error) {
	return nil, &corpus.Error{Kind: corpus.Unavailable, Message: "对比尚不可用", Position: -1}
}
