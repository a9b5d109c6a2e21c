package api

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
)

// MaxListed is the most claims, and the most reused texts, that an answer about rectification lists.
const MaxListed = 100

// doneFields are the fields by which rectification can be told apart. The fields that are counted in each row are not.
var doneFields = slices.DeleteFunc(slices.Clone(tableFields), func(f corpus.Field) bool {
	return f == corpus.FieldStatus || f == corpus.FieldAction || f == corpus.FieldSubstance || f == corpus.FieldDocument
})

// Rectification returns what was done about the findings that a filter chooses.
func (s *Service) Rectification(ctx context.Context, req RectificationRequest) (*RectificationAnswer, error) {
	of := req.By
	if of == NoSeries {
		of = ""
	}
	if of != "" && !slices.Contains(doneFields, of) {
		return nil, badField("by", of, append(slices.Clone(doneFields), NoSeries))
	}
	if err := checkTop(req.Top); err != nil {
		return nil, err
	}
	filter, err := s.resolveFindings(req.Filter)
	if err != nil {
		return nil, err
	}
	found, err := rectify.Summarize(ctx, s.Engine, rectify.Request{Filter: findings(filter), By: of, Accepts: s.accepts(filter, of)})
	if err != nil {
		return nil, fmt.Errorf("sum up rectification by %s: %w", req.By, err)
	}
	drill := s.drilldowns(findings(filter))
	out := &RectificationAnswer{
		By: cmp.Or(of, NoSeries), Total: s.doneRow(drill, found.Total), Rows: []RectificationRow{}, Sums: []rectify.Sum{},
		Claims: []ClaimFound{}, Reused: []ReusedText{}, Meta: s.meta(found.Sequence),
	}
	rows := slices.Clone(found.Rows)
	slices.SortStableFunc(rows, func(a, b rectify.Row) int { return cmp.Compare(b.Findings, a.Findings) })
	out.RowsOmitted = max(0, len(rows)-topOf(req.Top))
	for _, r := range rows[:len(rows)-out.RowsOmitted] {
		out.Rows = append(out.Rows, s.doneRow(drill, r))
	}
	return out, s.addFacts(ctx, req.Filter, out)
}

// addFacts adds what cannot be counted by fields: pace, sums, claims and reused text.
func (s *Service) addFacts(ctx context.Context, filter corpus.Filter, out *RectificationAnswer) error {
	if s.Rectify == nil {
		return nil
	}
	if s.Rectify.Applied() < s.Engine.Applied() {
		// Half of the claims and sums would look like all of them.
		out.FactsPending, out.ReusedPending = true, true
		return nil
	}
	chosen, err := s.kept(ctx, filter)
	if err != nil {
		return err
	}
	facts := s.Rectify.Facts(keepDocuments(chosen))
	out.Pace = rectify.PaceOfFacts(facts)
	sums := make([][]rectify.Sum, len(facts))
	for i, f := range facts {
		sums[i] = f.Sums
		for _, c := range f.Claims {
			if out.ClaimsTotal++; len(out.Claims) < MaxListed {
				out.Claims = append(out.Claims, ClaimFound{
					DocumentID: f.Document, Title: corpus.Fact(f.Title), Unit: corpus.Fact(f.Unit), Year: f.Year, Claim: c,
				})
			}
		}
	}
	out.Sums = some(rectify.AddSums(sums...))
	reuses, known := s.Rectify.KnownReuses(keepDocuments(chosen))
	out.ReusedPending = !known
	for _, r := range reuses {
		if chosen != nil && !chosen.Has(r.Finding) {
			continue
		}
		if out.ReusedTotal++; len(out.Reused) < MaxListed {
			out.Reused = append(out.Reused, ReusedText{DocumentID: r.Finding.Document(), Reuse: r})
		}
	}
	return nil
}

func (s *Service) doneRow(drill *drilldowns, r rectify.Row) RectificationRow {
	cell := []fieldValue{}
	if r.Field != "" {
		cell = append(cell, fieldValue{r.Field, r.Value})
	}
	out := RectificationRow{
		Value: r.Value, Label: s.Label(r.Field, r.Value), Findings: r.Findings, Documents: r.Documents, Units: r.Units,
		Statuses: []DoneCount{}, Substances: []DoneCount{}, Kinds: []DoneCount{}, Drilldown: drill.to(r.Findings > 0, cell...),
	}
	if r.Field == "" {
		out.Label = "全部"
	}
	count := func(c rectify.Count) DoneCount {
		return DoneCount{
			Value: c.Value, Label: s.Label(c.Field, c.Value), Findings: c.Findings, Of: c.Of, Share: c.Share, ShareLow: c.Low, ShareHigh: c.High,
			Drilldown: drill.to(c.Findings > 0, append(slices.Clone(cell), fieldValue{c.Field, c.Value})...),
		}
	}
	for _, c := range r.Statuses {
		out.Statuses = append(out.Statuses, count(c))
	}
	for _, c := range r.Substances {
		out.Substances = append(out.Substances, count(c))
	}
	for _, c := range r.Kinds {
		out.Kinds = append(out.Kinds, count(c))
	}
	out.WordsOnly = count(r.WordsOnly)
	return out
}

// ParseRectification reads the parameters of an account of what was done.
func ParseRectification(v url.Values) (RectificationRequest, error) {
	r := &reader{values: v}
	return RectificationRequest{Filter: r.filter(), By: corpus.Field(r.text("by")), Top: r.whole("top", 1, MaxTop)}, r.err
}

func (a *RectificationAnswer) table() dataTable {
	t := dataTable{name: "rectification", header: []string{
		"by", "row", "row_label", "findings", "documents", "units", "field", "value", "label", "count", "of", "share", "share_low", "share_high", "drilldown",
	}}
	add := func(r RectificationRow) {
		for _, group := range []struct {
			field  corpus.Field
			counts []DoneCount
		}{{corpus.FieldStatus, r.Statuses}, {corpus.FieldSubstance, r.Substances}, {corpus.FieldAction, r.Kinds}} {
			for _, c := range group.counts {
				t.rows = append(t.rows, []any{
					string(a.By), r.Value, r.Label, r.Findings, r.Documents, r.Units, string(group.field), c.Value, c.Label, c.Findings, c.Of,
					c.Share, c.ShareLow, c.ShareHigh, c.Drilldown,
				})
			}
		}
	}
	add(a.Total)
	for _, r := range a.Rows {
		add(r)
	}
	return t
}
