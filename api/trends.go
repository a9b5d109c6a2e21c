package api

import (
	"context"
	"fmt"
	"slices"

	"tongjian/analysis/trend"
	"tongjian/corpus"
)

// NoSeries is how a request and an answer name one series of everything.
const NoSeries corpus.Field = "none"

// seriesFields are the fields that may divide findings into series.
var seriesFields = []corpus.Field{
	corpus.FieldCategory, corpus.FieldDomain, corpus.FieldSector, corpus.FieldRegion, corpus.FieldLevel,
	corpus.FieldStatus, corpus.FieldUnit, corpus.FieldType, corpus.FieldInspector, NoSeries,
}

// Trends returns the course of findings over time with a test for each series.
func (s *Service) Trends(ctx context.Context, req TrendsRequest) (*TrendsAnswer, error) {
	if req.By == "" {
		req.By = corpus.FieldYear
	}
	if req.Series == "" {
		req.Series = NoSeries
	}
	if err := checkTrends(req); err != nil {
		return nil, err
	}
	filter, err := s.resolveFindings(req.Filter)
	if err != nil {
		return nil, err
	}
	of := req.Series
	if of == NoSeries {
		of = ""
	}
	found, err := trend.Series(ctx, s.Engine, trend.Request{
		Filter: findings(filter), By: req.By, Of: of, Accepts: s.accepts(filter, of), Top: topOf(req.Top),
	})
	if err != nil {
		return nil, fmt.Errorf("count %s by %s: %w", req.Series, req.By, err)
	}
	return s.trendsAnswer(req, filter, of, found), nil
}

func checkTrends(req TrendsRequest) error {
	if req.By != corpus.FieldYear && req.By != corpus.FieldRound {
		return badField("by", req.By, []corpus.Field{corpus.FieldYear, corpus.FieldRound})
	}
	if !slices.Contains(seriesFields, req.Series) {
		return badField("series", req.Series, seriesFields)
	}
	return checkTop(req.Top)
}

func (s *Service) trendsAnswer(req TrendsRequest, filter corpus.Filter, of corpus.Field, found *trend.Trends) *TrendsAnswer {
	label := func(series string) string {
		if of == "" {
			return "全部问题"
		}
		return s.Label(of, series)
	}
	drill := s.drilldowns(findings(filter))
	cell := func(r trend.Row) []fieldValue {
		if of == "" {
			return []fieldValue{{req.By, r.Period}}
		}
		return []fieldValue{{req.By, r.Period}, {of, r.Series}}
	}
	out := &TrendsAnswer{
		By: req.By, Series: req.Series,
		Rows: make([]TrendRow, 0, len(found.Rows)), Tests: make([]TrendTest, 0, len(found.Tests)),
		Periods:       make([]TrendRow, 0, len(found.Periods)),
		SeriesTotal:   len(found.Series) + found.Omitted,
		SeriesOmitted: found.Omitted,
		Unplaced:      drill.figures(found.Unplaced, fieldValue{req.By, ""}),
		Total:         drill.figures(found.Total),
		Meta:          s.meta(found.Sequence),
		time:          req.Time,
	}
	for _, p := range found.Periods {
		out.Periods = append(out.Periods, TrendRow{
			Period: p.Period, Time: req.Time.timeOf(p.Period), Label: "全部问题", Figures: drill.figures(p.Measures, fieldValue{req.By, p.Period}),
		})
	}
	for _, r := range found.Rows {
		out.Rows = append(out.Rows, TrendRow{
			Period: r.Period, Time: req.Time.timeOf(r.Period), Series: r.Series, Label: label(r.Series),
			Figures: drill.figures(r.Measures, cell(r)...),
		})
	}
	for _, t := range found.Tests {
		out.Tests = append(out.Tests, TrendTest{Test: t, Label: label(t.Series)})
	}
	return out
}

// accepts returns which values of a field a table counts: where the filter restricts categories or domains, only
// those that it accepts, for a finding that it chooses for one category may carry others. nil accepts all.
func (s *Service) accepts(filter corpus.Filter, of corpus.Field) func(string) bool {
	wanted := filter.Values[of]
	if len(wanted) == 0 || of.OfDocument() || of == "" {
		return nil
	}
	return func(value string) bool {
		return slices.ContainsFunc(wanted, func(w string) bool {
			return w == value || (value == "" && w == corpus.Exactly("")) || corpus.CategoryCode(value).Domain() == corpus.CategoryCode(w)
		})
	}
}

func badField(param string, field corpus.Field, accepted []corpus.Field) error {
	names := make([]string, len(accepted))
	for i, f := range accepted {
		names[i] = string(f)
	}
	return unknownName("bad_value", param, string(field), names)
}

func topOf(top int) int {
	if top == 0 {
		return DefaultTop
	}
	return top
}

func checkTop(top int) error {
	if top < 0 || top > MaxTop {
		return badValue("top", fmt.Sprint(top), 0, fmt.Sprintf("1 至 %d 的整数", MaxTop))
	}
	return nil
}
