package api

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// Recorder answers from the store what lists show without reading whole documents.
type Recorder interface {
	// Quality returns warnings with one of the codes, of any where there are none, after a place.
	Quality(ctx context.Context, codes []corpus.WarningCode, after corpus.WarningPlace, limit int) ([]corpus.QualityNote, error)
	// QualityCounts returns how often each kind of warning was given.
	QualityCounts(ctx context.Context) ([]corpus.QualityCount, error)
	// History returns the stored documents that are the same as one, the shown one first.
	History(ctx context.Context, id corpus.DocumentID) ([]corpus.Related, error)
}

// QualityRequest asks for warnings, of the codes named or of all.
type QualityRequest struct {
	Codes []corpus.WarningCode
	Page
}

// Quality returns what needs a look, document by document.
func (s *Service) Quality(ctx context.Context, req QualityRequest) (*QualityAnswer, error) {
	after, err := warningPlace(req.Cursor)
	if err != nil {
		return nil, err
	}
	meta, err := s.Meta(ctx)
	if err != nil {
		return nil, err
	}
	out := &QualityAnswer{List: List[corpus.QualityNote]{Data: []corpus.QualityNote{}, Meta: meta}, Counts: []corpus.QualityCount{}}
	if s.Recorder == nil {
		out.Total = exactly(0)
		return out, nil
	}
	counts, err := s.Recorder.QualityCounts(ctx)
	if err != nil {
		return nil, fmt.Errorf("count warnings: %w", err)
	}
	limit := req.Limit
	if limit == 0 {
		limit = index.DefaultLimit
	}
	notes, err := s.Recorder.Quality(ctx, req.Codes, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read warnings: %w", err)
	}
	out.Data, out.Counts = some(notes), some(counts)
	for _, c := range counts {
		if len(req.Codes) == 0 || slices.Contains(req.Codes, c.Code) {
			out.Total.Value += c.Warnings
		}
	}
	out.Total = exactly(out.Total.Value)
	if n := len(notes); n == limit {
		next := fmt.Sprintf("%s-%d", notes[n-1].Document, notes[n-1].Ordinal)
		out.Next = &next
	}
	return out, nil
}

// warningPlace reads where a page of warnings goes on.
func warningPlace(cursor string) (corpus.WarningPlace, error) {
	if cursor == "" {
		return corpus.WarningPlace{}, nil
	}
	id, place, ok := strings.Cut(cursor, "-")
	ordinal, err := strconv.Atoi(place)
	if !ok || err != nil || id == "" || ordinal < 1 {
		return corpus.WarningPlace{}, badValue("cursor", clip(cursor), -1, "上一页给出的 next")
	}
	return corpus.WarningPlace{Document: corpus.DocumentID(id), Ordinal: ordinal}, nil
}

// HistoryAnswer lists the stored documents that are one and the same, the one that is shown and counted first.
type HistoryAnswer struct {
	Data []corpus.Related `json:"data"`
	Meta Meta             `json:"meta"`
}

// History returns the versions and copies of a document.
func (s *Service) History(ctx context.Context, id corpus.DocumentID) (*HistoryAnswer, error) {
	meta, err := s.Meta(ctx)
	if err != nil {
		return nil, err
	}
	if s.Recorder == nil {
		return &HistoryAnswer{Data: []corpus.Related{}, Meta: meta}, nil
	}
	related, err := s.Recorder.History(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read the versions of document %s: %w", id, err)
	}
	return &HistoryAnswer{Data: some(related), Meta: meta}, nil
}

// ParseQuality reads the parameters of a list of warnings.
func ParseQuality(v url.Values) (QualityRequest, error) {
	r := &reader{values: v}
	req := QualityRequest{Page: r.page()}
	for _, code := range v["code"] {
		r.keep(among("code", code, warningCodes))
		req.Codes = append(req.Codes, corpus.WarningCode(code))
	}
	return req, r.err
}

// warningCodes are the kinds of warning that can be asked for.
var warningCodes = []corpus.WarningCode{
	corpus.CountDiffers, corpus.NumberingGap, corpus.NumberingRepeat, corpus.DateRepaired, corpus.DateUnreadable, corpus.EncodingGuessed,
	corpus.Redacted, corpus.DuplicateFinding, corpus.NoFinding, corpus.UnitUnknown, corpus.YearUnknown, corpus.LookAlike,
	corpus.TextDamaged, corpus.TextRepaired, corpus.ClaimDiffers, corpus.HiddenContent,
}

var qualityColumns = []column[corpus.QualityNote]{
	{"document_id", func(n corpus.QualityNote) any { return string(n.Document) }},
	{"source", func(n corpus.QualityNote) any { return n.Source }},
	{"title", func(n corpus.QualityNote) any { return string(n.Title) }},
	{"unit", func(n corpus.QualityNote) any { return string(n.Unit) }},
	{"year", func(n corpus.QualityNote) any { return year(n.Year) }},
	{"code", func(n corpus.QualityNote) any { return string(n.Code) }},
	{"message", func(n corpus.QualityNote) any { return n.Message }},
	{"declared", func(n corpus.QualityNote) any { return orNothing(n.Declared) }},
	{"found", func(n corpus.QualityNote) any { return orNothing(n.Found) }},
	{"text", func(n corpus.QualityNote) any { return n.Text }},
}
