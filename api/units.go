package api

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"

	"tongjian/analysis/keyness"
	"tongjian/analysis/peers"
	"tongjian/corpus"
	"tongjian/index"
)

// Units returns the units that findings are about, those with the most findings first.
func (s *Service) Units(ctx context.Context, req ListRequest) (*List[UnitRecord], error) {
	filter, err := s.resolveFindings(req.Filter)
	if err != nil {
		return nil, err
	}
	offset, err := skipOf(req.Cursor)
	if err != nil {
		return nil, err
	}
	tally, err := s.Engine.Tally(ctx, corpus.TallyRequest{Filter: findings(filter), Rows: corpus.FieldUnit})
	if err != nil {
		return nil, fmt.Errorf("count findings by unit: %w", err)
	}
	cells := slices.DeleteFunc(slices.Clone(tally.Cells), func(c corpus.Cell) bool { return c.Row == "" })
	slices.SortStableFunc(cells, func(a, b corpus.Cell) int { return cmp.Compare(b.Findings, a.Findings) })
	limit := req.Limit
	if limit == 0 {
		limit = index.DefaultLimit
	}
	drill := s.drilldowns(findings(filter))
	var page []UnitRecord
	for _, c := range cells[min(offset, len(cells)):min(offset+limit, len(cells))] {
		page = append(page, UnitRecord{
			Unit: c.Row, Findings: c.Findings, Documents: c.Documents,
			Drilldown: drill.to(c.Findings > 0, fieldValue{corpus.FieldUnit, c.Row}),
		})
	}
	return pageOf(s, page, len(cells), offset, tally.Sequence), nil
}

// unitDocuments is the most documents that a unit is shown with.
const unitDocuments = index.MaxLimit

// Unit returns what is known of one unit, by the name that is stored.
func (s *Service) Unit(ctx context.Context, name string) (*UnitAnswer, error) {
	filter := corpus.Filter{}.With(corpus.FieldUnit, corpus.Exactly(name))
	docs, err := s.Documents(ctx, ListRequest{Filter: filter, Sort: index.ByDate, Page: Page{Limit: unitDocuments}})
	if err != nil {
		return nil, err
	}
	if docs.Total.Value == 0 {
		return nil, &corpus.Error{Kind: corpus.NotFound, Param: "unit", Value: name, Position: -1, Message: "没有单位 " + name}
	}
	out := &UnitAnswer{Unit: name, Documents: docs.Data, Repeats: []RepeatPair{}, Meta: docs.Meta}
	for _, d := range docs.Data {
		// The newest that states it tells.
		out.Sector, out.Level = cmp.Or(d.Sector, out.Sector), cmp.Or(d.Level, out.Level)
		if d.Region != (corpus.Region{}) {
			out.Region = d.Region
		}
	}
	if out.Matrix, err = s.Matrix(ctx, MatrixRequest{Filter: filter, Rows: corpus.FieldCategory, Cols: corpus.FieldRound}); err != nil {
		return nil, err
	}
	if out.Peers, err = s.Peers(ctx, name, corpus.Filter{}); err != nil {
		return nil, err
	}
	if out.Rectification, err = s.Rectification(ctx, RectificationRequest{Filter: filter}); err != nil {
		return nil, err
	}
	repeats, err := s.Repeats(ctx, RepeatsRequest{Filter: filter, Page: Page{Limit: index.MaxLimit}})
	if corpus.KindOf(err) == corpus.Unavailable {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	out.Repeats, out.RepeatsTotal = repeats.Data, repeats.Total.Value
	return out, nil
}

// Peers compares a unit with the other units of its sector and level. The filter narrows the findings of both.
func (s *Service) Peers(ctx context.Context, unit string, filter corpus.Filter) (*PeersAnswer, error) {
	resolved, err := s.resolveFindings(filter)
	if err != nil {
		return nil, err
	}
	within := findings(resolved)
	found, err := peers.Compare(ctx, s.Engine, peers.Request{Unit: unit, Filter: within})
	if err != nil {
		return nil, fmt.Errorf("compare %s with its peers: %w", unit, err)
	}
	out := &PeersAnswer{
		Unit: found.Unit, Sector: found.Sector, Level: corpus.Level(found.Level), Findings: found.Findings, Documents: found.Documents,
		Peers: found.Peers, PeersFindings: found.PeersFindings, PeersDocuments: found.PeersDocuments, Reason: found.Reason, Rows: []PeersRow{},
	}
	for _, r := range found.Rows {
		out.Rows = append(out.Rows, PeersRow{
			Row: r, Label: s.Label(corpus.FieldCategory, r.Value),
			Drilldown: EncodeFilter(found.UnitFilter(within, r)), PeersDrilldown: EncodeFilter(found.PeersFilter(within, r)),
		})
	}
	return out, nil
}

// KeynessRequest asks for the words that set one query's passages apart from another's.
type KeynessRequest struct {
	Filter           corpus.Filter // holds for both
	Focus, Reference string
	Limit            int // words on each side, keyness.MaxWords where 0
}

// Keyness returns the words that the focus uses more, and less, than the reference.
func (s *Service) Keyness(ctx context.Context, req KeynessRequest) (*KeynessAnswer, error) {
	var lists [2]keyness.List
	out := &KeynessAnswer{}
	for i, side := range []struct {
		query string
		to    *KeynessSide
	}{{req.Focus, &out.Focus}, {req.Reference, &out.Reference}} {
		filter, err := s.resolve(req.Filter)
		if err != nil {
			return nil, err
		}
		if side.query != "" {
			filter.Query = side.query
			if req.Filter.Query != "" {
				filter.Query = both(req.Filter.Query, side.query)
			}
		}
		found, err := s.Engine.Terms(ctx, index.TermsRequest{Filter: filter, Limit: index.MaxVocabulary})
		if err != nil {
			return nil, fmt.Errorf("words of %q: %w", filter.Query, err)
		}
		lists[i] = keyness.List{Counts: make(map[string]int, len(found.Terms)), Size: found.AllTokens}
		for _, t := range found.Terms {
			lists[i].Counts[t.Text] = t.Count
		}
		*side.to = KeynessSide{Query: side.query, Passages: found.Total, Read: found.Passages, Words: found.AllTokens}
		out.Meta = s.meta(found.Sequence)
	}
	over, under := keyness.Compare(lists[0], lists[1], keyness.Options{Max: req.Limit})
	out.Over, out.Under = some(over), some(under)
	return out, nil
}

// maxKeywords is the most key words of a side that can be asked for.
const maxKeywords = 500

// ParseKeyness reads the parameters of a comparison of words.
func ParseKeyness(v url.Values) (KeynessRequest, error) {
	r := &reader{values: v}
	req := KeynessRequest{Filter: r.filter(), Focus: r.text("focus"), Reference: r.text("reference"), Limit: r.whole("limit", 1, maxKeywords)}
	if req.Focus == "" {
		r.keep(badValue("focus", "", -1, "一个检索式；reference 不填时与全库比较"))
	}
	for _, q := range []string{req.Focus, req.Reference} {
		r.keep(checkQueryText(q))
	}
	return req, r.err
}

func (a *KeynessAnswer) table() dataTable {
	t := dataTable{name: "keyness", header: []string{
		"side", "word", "count", "reference", "per_thousand", "reference_per_thousand", "log_likelihood", "log_ratio",
	}}
	for _, side := range []struct {
		name  string
		words []keyness.Keyword
	}{{"focus", a.Over}, {"reference", a.Under}} {
		for _, w := range side.words {
			t.rows = append(t.rows, []any{
				side.name, w.Word, w.Count, w.Reference, w.PerThousand, w.ReferencePerThousand, w.LogLikelihood, w.LogRatio,
			})
		}
	}
	return t
}

var unitColumns = []column[UnitRecord]{
	{"unit", func(u UnitRecord) any { return u.Unit }},
	{"findings", func(u UnitRecord) any { return u.Findings }},
	{"documents", func(u UnitRecord) any { return u.Documents }},
	{"drilldown", func(u UnitRecord) any { return u.Drilldown }},
}
