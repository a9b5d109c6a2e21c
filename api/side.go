package api

import (
	"context"
	"errors"
	"fmt"

	"tongjian/analysis/compare"
	"tongjian/analysis/trend"
	"tongjian/corpus"
	"tongjian/index"
)

// side is one side with everything that is read and counted of it.
type side struct {
	written, label string
	filter         corpus.Filter
	tallies        map[corpus.Field]*corpus.Tally
	hits           []index.Hit
	findings       compare.Side
	shared         int // findings that the first side has too
	sequence       int64
	moved          bool // the corpus changed while it was read
}

// readSide reads and counts one side.
func (s *Service) readSide(ctx context.Context, filter corpus.Filter, written string) (*side, error) {
	sd := &side{written: written, label: written, tallies: map[corpus.Field]*corpus.Tally{}}
	query, err := index.ParseQuery(written, nil)
	if err != nil {
		return nil, ofSide(written, err)
	}
	if query.Root == nil {
		return nil, badValue("side", written, 0, "doc:ID、unit:名称 或检索式")
	}
	sd.filter = findings(filter)
	sd.filter.Query = both(filter.Query, written)
	if err := s.labelSide(ctx, sd, query); err != nil {
		return nil, err
	}
	for _, field := range []corpus.Field{corpus.FieldDomain, corpus.FieldCategory, corpus.FieldStatus, corpus.FieldAction} {
		t, err := s.Engine.Tally(ctx, corpus.TallyRequest{Filter: sd.filter, Rows: field})
		if err != nil {
			return nil, ofSide(written, err)
		}
		sd.observe(t.Sequence)
		sd.tallies[field] = t
	}
	return sd, s.readFindings(ctx, sd)
}

// ofSide says of an error in a query that it is in a side.
func ofSide(written string, err error) error {
	var e *corpus.Error
	if !errors.As(err, &e) || e.Kind != corpus.Invalid || e.Param != "q" {
		return fmt.Errorf("compare %q: %w", written, err)
	}
	out := *e
	out.Param, out.Value = "side", written
	return &out
}

// observe notes a state of the store that a figure rests on.
func (sd *side) observe(sequence int64) {
	if sd.sequence == 0 {
		sd.sequence = sequence
	}
	sd.moved = sd.moved || sequence != sd.sequence
}

// labelSide names a side that is one document or one unit. A document that does not exist is an error: an empty side
// would look like a finding.
func (s *Service) labelSide(ctx context.Context, sd *side, query index.Query) error {
	field, ok := query.Root.(index.Field)
	if !ok {
		return nil
	}
	switch field.Field {
	case corpus.FieldUnit:
		sd.label = s.Label(corpus.FieldUnit, field.Written)
	case corpus.FieldDocument:
		d, err := s.Store.Document(ctx, corpus.DocumentID(field.Written))
		if err != nil {
			return fmt.Errorf("read side %q: %w", sd.written, err)
		}
		if sd.label = string(d.Title); sd.label == "" {
			sd.label = d.Source
		}
	}
	return nil
}

// readFindings reads the newest findings of a side, as many as are matched.
func (s *Service) readFindings(ctx context.Context, sd *side) error {
	req := index.Request{Filter: sd.filter, Sort: index.ByDateDesc, Limit: index.MaxLimit}
	for len(sd.hits) < compare.MaxFindings {
		req.Limit = min(index.MaxLimit, compare.MaxFindings-len(sd.hits))
		found, err := s.Engine.Search(ctx, req)
		if err != nil {
			return ofSide(sd.written, err)
		}
		sd.observe(found.Sequence)
		sd.hits = append(sd.hits, found.Hits...)
		if req.Cursor = found.Next; req.Cursor == "" {
			break
		}
	}
	docs, err := s.documentsOf(ctx, sd.hits)
	if err != nil {
		return err
	}
	for _, h := range sd.hits {
		record := findingOfHit(h, docs[h.DocumentID])
		sd.findings = append(sd.findings, compare.Finding{
			ID: h.FindingID, Statement: h.Statement, Categories: h.Categories,
			// The words between the two, "整改状态：" and the like, are the form's and not the finding's.
			Text: record.Statement + "\n" + record.Account,
		})
	}
	return nil
}

// countShared counts the findings that a side has in common with the first: shares of one another cannot be compared as
// if they were independent.
func (s *Service) countShared(ctx context.Context, sd, first *side) error {
	if sd == first {
		return nil
	}
	filter := sd.filter
	filter.Query = both(first.filter.Query, sd.written)
	t, err := s.Engine.Tally(ctx, corpus.TallyRequest{Filter: filter})
	if err != nil {
		return ofSide(sd.written, err)
	}
	sd.observe(t.Sequence)
	sd.shared = t.Total.Findings
	return nil
}

// head tells what the side is and how large.
func (sd *side) head() CompareSide {
	total := sd.tallies[corpus.FieldStatus].Total
	return CompareSide{
		Side: sd.written, Label: sd.label, Findings: total.Findings, Documents: total.Documents, Units: total.Units,
		Read: len(sd.hits), Shared: sd.shared, Drilldown: EncodeFilter(sd.filter),
	}
}

// count returns what a side has of a value.
func (sd *side) count(field corpus.Field, value string) corpus.Cell {
	for _, c := range sd.tallies[field].Cells {
		if c.Row == value {
			return c
		}
	}
	return corpus.Cell{Row: value}
}

// comparedCell compares one value of a side with the same value of the first side.
func (s *Service) comparedCell(sd, first *side, field corpus.Field, value string) ComparedCell {
	count, total := sd.count(field, value), sd.tallies[field].Total.Findings
	out := ComparedCell{
		Findings: count.Findings, Documents: count.Documents,
		Drilldown: s.drilldowns(sd.filter).to(count.Findings > 0, fieldValue{field, value}),
	}
	if total == 0 {
		return out
	}
	share := float64(count.Findings) / float64(total)
	out.Share = &share
	firstTotal := first.tallies[field].Total.Findings
	if sd == first || firstTotal == 0 {
		return out
	}
	x := first.count(field, value).Findings
	difference := share - float64(x)/float64(firstTotal)
	out.Difference = &difference
	if sd.shared == 0 {
		low, high := trend.Difference(count.Findings, total, x, firstTotal, trend.Confidence)
		out.DifferenceLow, out.DifferenceHigh = &low, &high
	}
	return out
}
