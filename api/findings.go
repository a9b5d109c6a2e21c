package api

import (
	"context"
	"fmt"

	"tongjian/corpus"
	"tongjian/index"
)

// Findings returns one page of the findings that match, whole.
func (s *Service) Findings(ctx context.Context, req ListRequest) (*List[FindingRecord], error) {
	filter, err := s.resolveFindings(req.Filter)
	if err != nil {
		return nil, err
	}
	found, err := s.Engine.Search(ctx, index.Request{
		Filter: findings(filter), Sort: newestFirst(req.Sort), Limit: req.Limit, Cursor: req.Cursor,
	})
	if err != nil {
		return nil, fmt.Errorf("list findings %q: %w", filter.Query, err)
	}
	docs, err := s.documentsOf(ctx, found.Hits)
	if err != nil {
		return nil, err
	}
	list := listOf[FindingRecord](found, s.meta(found.Sequence))
	for _, h := range found.Hits {
		list.Data = append(list.Data, findingOfHit(h, docs[h.DocumentID]))
	}
	return &list, nil
}

// Finding returns one finding.
func (s *Service) Finding(ctx context.Context, id corpus.FindingID) (*FindingRecord, error) {
	d, err := s.Store.Document(ctx, id.Document())
	if err != nil && corpus.KindOf(err) != corpus.NotFound {
		return nil, fmt.Errorf("read the document of finding %s: %w", id, err)
	}
	if err == nil {
		for _, f := range d.Findings {
			if f.ID == id {
				record := findingRecord(f, d)
				return &record, nil
			}
		}
	}
	return nil, &corpus.Error{
		Kind: corpus.NotFound, Message: fmt.Sprintf("没有问题 %s", id), Param: "id", Value: string(id), Position: -1, Cause: err,
	}
}

// findingOfHit tells the finding of a hit. Where the store has moved on, it tells what the index knows, so that a list is
// as long as its total says.
func findingOfHit(h index.Hit, d *corpus.Document) FindingRecord {
	if d != nil {
		for _, f := range d.Findings {
			if f.ID == h.FindingID {
				return findingRecord(f, d)
			}
		}
	}
	f := corpus.Finding{
		ID: h.FindingID, Statement: h.Statement, Status: h.Status, Span: h.Span,
		Categories: make([]corpus.Category, 0, len(h.Categories)),
	}
	for _, c := range h.Categories {
		f.Categories = append(f.Categories, corpus.Category{Code: c})
	}
	return FindingRecord{
		Finding: whole(f), DocumentID: h.DocumentID, Title: corpus.Fact(h.Title), Unit: corpus.Fact(h.Unit),
		Year: h.Year, Date: h.Date, Type: h.Type,
	}
}

func findingRecord(f corpus.Finding, d *corpus.Document) FindingRecord {
	record := FindingRecord{
		Finding: whole(f), DocumentID: d.ID, Title: d.Title, Unit: d.Unit, Region: d.Region, Level: d.Level, Sector: d.Sector,
		Inspector: d.Inspector, Round: d.Round, Year: d.Year, Date: d.Day(), Type: d.DocType,
	}
	if f.Unit != "" {
		record.Unit = corpus.Fact(f.Unit)
	}
	return record
}
