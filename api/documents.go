package api

import (
	"context"
	"fmt"

	"tongjian/corpus"
	"tongjian/index"
)

// Documents returns one page of the documents of which at least one passage matches.
func (s *Service) Documents(ctx context.Context, req ListRequest) (*List[DocumentRecord], error) {
	filter, err := s.resolve(req.Filter)
	if err != nil {
		return nil, err
	}
	found, err := s.Engine.Search(ctx, index.Request{
		Filter: filter, Sort: newestFirst(req.Sort), Group: index.ByDocument, Limit: req.Limit, Cursor: req.Cursor,
	})
	if err != nil {
		return nil, fmt.Errorf("list documents %q: %w", filter.Query, err)
	}
	docs, err := s.documentsOf(ctx, found.Hits)
	if err != nil {
		return nil, err
	}
	list := listOf[DocumentRecord](found, s.meta(found.Sequence))
	for _, h := range found.Hits {
		list.Data = append(list.Data, documentRecord(h, docs[h.DocumentID]))
	}
	return &list, nil
}

// newestFirst is the order of lists that are not asked for by words.
func newestFirst(sort index.Sort) index.Sort {
	if sort == "" {
		return index.ByDateDesc
	}
	return sort
}

// documentsOf fetches the documents of hits, each once.
func (s *Service) documentsOf(ctx context.Context, hits []index.Hit) (map[corpus.DocumentID]*corpus.Document, error) {
	out := map[corpus.DocumentID]*corpus.Document{}
	var ids []corpus.DocumentID
	for _, h := range hits {
		if _, seen := out[h.DocumentID]; !seen {
			out[h.DocumentID] = nil
			ids = append(ids, h.DocumentID)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	docs, err := s.Store.Documents(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read %d documents: %w", len(ids), err)
	}
	for _, d := range docs {
		out[d.ID] = d
	}
	return out, nil
}

// documentRecord tells a document in a list. Where the store no longer has it (it was removed a moment ago), it tells
// what the index knows, so that a list is as long as its total says.
func documentRecord(h index.Hit, d *corpus.Document) DocumentRecord {
	if d == nil {
		return DocumentRecord{
			ID: h.DocumentID, DocType: h.Type, Title: corpus.Fact(h.Title), Unit: corpus.Fact(h.Unit),
			Year: h.Year, Passages: h.Passages,
		}
	}
	return DocumentRecord{
		ID: d.ID, Source: d.Source, DocType: d.DocType, Title: d.Title, Unit: d.Unit, PartyBody: d.PartyBody,
		Region: d.Region, Level: d.Level, Sector: d.Sector, Inspector: d.Inspector, Round: d.Round,
		InspectionFrom: d.InspectionFrom, InspectionTo: d.InspectionTo,
		FeedbackDate: d.FeedbackDate, PublicationDate: d.PublicationDate, Year: d.Year, Declared: d.Declared,
		Findings: len(d.Findings), Warnings: len(d.Warnings), Passages: h.Passages,
	}
}

// Document returns one document as it was read, with its text; the JSON of View leaves the text out.
func (s *Service) Document(ctx context.Context, id corpus.DocumentID) (*corpus.Document, error) {
	d, err := s.Store.Document(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read document %s: %w", id, err)
	}
	return d, nil
}

// Original returns the bytes that a document was read from, and their file name.
func (s *Service) Original(ctx context.Context, id corpus.DocumentID) (name string, data []byte, err error) {
	name, data, err = s.Store.Original(ctx, id)
	if err != nil {
		return "", nil, fmt.Errorf("read the original of document %s: %w", id, err)
	}
	return name, data, nil
}
