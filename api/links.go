package api

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"tongjian/analysis/rectify"
	"tongjian/analysis/recur"
	"tongjian/corpus"
	"tongjian/index"
)

// Decider takes down what people say about links. Everything that it is given is kept for ever and audited in the name of
// the context's actor.
type Decider interface {
	// Decide stores decisions, all or none.
	Decide(ctx context.Context, decisions []corpus.Decision) error
}

// Similar returns the findings most like one.
func (s *Service) Similar(ctx context.Context, id corpus.FindingID, filter corpus.Filter, limit int) (*SimilarAnswer, error) {
	resolved, err := s.resolveFindings(filter)
	if err != nil {
		return nil, err
	}
	if _, err := s.Finding(ctx, id); err != nil {
		return nil, err
	}
	found, err := s.Engine.Similar(ctx, index.SimilarRequest{Finding: id, Filter: resolved, Limit: limit})
	if err != nil {
		return nil, fmt.Errorf("findings similar to %s: %w", id, err)
	}
	out := &SimilarAnswer{Data: []SimilarFinding{}, Among: found.Among, Meta: s.meta(found.Sequence)}
	for _, n := range found.Neighbours {
		out.Data = append(out.Data, SimilarFinding{SearchHit: searchHit(n.Hit), Shared: some(n.Shared)})
	}
	return out, nil
}

// links returns what knows of repeats and common problems.
func (s *Service) links() (*recur.Model, error) {
	if s.Recur == nil {
		return nil, &corpus.Error{Kind: corpus.Unavailable, Code: "no_links", Message: "这里没有关联分析", Position: -1}
	}
	if lag := s.Engine.Applied() - s.Recur.Applied(); lag > 0 {
		return nil, &corpus.Error{
			Kind: corpus.Unavailable, Code: "links_behind", Position: -1,
			Message: fmt.Sprintf("正在查找关联，尚有 %d 项变动未跟上", lag),
		}
	}
	return s.Recur, nil
}

// linksUnder returns what a page of links is made of: who knows them, the findings that the filter chooses, and how many
// links stand before the page.
func (s *Service) linksUnder(ctx context.Context, filter corpus.Filter, page Page) (*recur.Model, *index.Chosen, int, error) {
	model, err := s.links()
	if err != nil {
		return nil, nil, 0, err
	}
	offset, err := skipOf(page.Cursor)
	if err != nil {
		return nil, nil, 0, err
	}
	chosen, err := s.kept(ctx, filter)
	return model, chosen, offset, err
}

// kept returns which findings a filter chooses, nil for all of them.
func (s *Service) kept(ctx context.Context, filter corpus.Filter) (*index.Chosen, error) {
	resolved, err := s.resolveFindings(filter)
	if err != nil {
		return nil, err
	}
	if resolved.Query == "" && len(resolved.Values) == 0 {
		return nil, nil
	}
	chosen, err := s.Engine.Choose(ctx, resolved)
	if err != nil {
		return nil, fmt.Errorf("choose findings %q: %w", filter.Query, err)
	}
	return chosen, nil
}

// Kept returns what reports whether a filter chooses a finding, nil for a filter that chooses all.
func (s *Service) Kept(ctx context.Context, filter corpus.Filter) (func(corpus.FindingID) bool, error) {
	chosen, err := s.kept(ctx, filter)
	return keep(chosen), err
}

// keep is what a model asks of each finding; nil where all are chosen.
func keep(chosen *index.Chosen) func(corpus.FindingID) bool {
	if chosen == nil {
		return nil
	}
	return chosen.Has
}

// keepDocuments is what a model asks of each document.
func keepDocuments(chosen *index.Chosen) func(corpus.DocumentID) bool {
	if chosen == nil {
		return nil
	}
	return chosen.HasDocument
}

// pageOf begins one page of a list that is counted in places.
func pageOf[T any](s *Service, data []T, total, offset int, sequence int64) *List[T] {
	list := &List[T]{Data: some(data), Total: exactly(total), Meta: s.meta(sequence)}
	if end := offset + len(data); end < total && len(data) > 0 {
		next := strconv.Itoa(end)
		list.Next = &next
	}
	return list
}

// Repeats returns problems that came back in a later inspection of the same unit.
func (s *Service) Repeats(ctx context.Context, req RepeatsRequest) (*List[RepeatPair], error) {
	model, chosen, offset, err := s.linksUnder(ctx, req.Filter, req.Page)
	if err != nil {
		return nil, err
	}
	found, total := model.Repeats(recur.Query{Keep: keep(chosen), Evidence: req.Evidence, Offset: offset, Limit: req.Limit})
	pairs := make([]RepeatPair, len(found))
	for i, r := range found {
		pairs[i] = repeatPair(r)
	}
	return pageOf(s, pairs, total, offset, model.Applied()), nil
}

func repeatPair(r recur.Repeat) RepeatPair {
	pair := RepeatPair{
		Unit: corpus.Fact(r.Finding.Unit), Finding: linked(r.Finding), Evidence: r.Evidence, Score: r.Score, Shared: some(r.Shared),
		Categories: some(r.Categories), PriorStatus: r.PriorStatus, Rounds: r.Rounds, Verdict: r.Verdict,
	}
	if r.Prior.ID != "" {
		prior := linked(r.Prior)
		pair.Prior = &prior
	}
	if r.Admission != nil {
		pair.Admission = &rectify.Quote{Text: r.Admission.Text, Span: r.Admission.Span}
	}
	return pair
}

func linked(r recur.Ref) LinkedFinding {
	return LinkedFinding{
		ID: r.ID, DocumentID: r.Document, Statement: r.Statement, Span: r.Span, Unit: corpus.Fact(r.Unit), Region: corpus.Fact(r.Region),
		Sector: corpus.Fact(r.Sector), Year: r.Year, Date: r.Date, Round: corpus.Fact(r.Round), Type: r.Type, Status: r.Status,
		Categories: some(r.Categories),
	}
}

func allLinked(refs []recur.Ref) []LinkedFinding {
	out := make([]LinkedFinding, len(refs))
	for i, r := range refs {
		out[i] = linked(r)
	}
	return out
}

// CommonProblems returns problems that several units have.
func (s *Service) CommonProblems(ctx context.Context, req CommonRequest) (*List[CommonGroup], error) {
	model, chosen, offset, err := s.linksUnder(ctx, req.Filter, req.Page)
	if err != nil {
		return nil, err
	}
	found, total := model.CommonProblems(recur.GroupQuery{Keep: keep(chosen), LeastUnits: req.LeastUnits, Offset: offset, Limit: req.Limit})
	groups := make([]CommonGroup, len(found))
	for i, g := range found {
		groups[i] = commonGroup(g)
	}
	return pageOf(s, groups, total, offset, model.Applied()), nil
}

// CommonProblem returns one group with all its members. Every member's identifier leads to it.
func (s *Service) CommonProblem(_ context.Context, id string) (*CommonAnswer, error) {
	model, err := s.links()
	if err != nil {
		return nil, err
	}
	missing := &corpus.Error{Kind: corpus.NotFound, Param: "id", Value: id, Position: -1, Message: "没有共性问题 " + id}
	member, ok := recur.ParseGroupID(id)
	if !ok {
		return nil, missing
	}
	g, ok := model.Common(member)
	if !ok {
		return nil, missing
	}
	out := &CommonAnswer{CommonGroup: commonGroup(g), Meta: s.meta(model.Applied())}
	out.Members = allLinked(g.Members)
	return out, nil
}

func commonGroup(g recur.Group) CommonGroup {
	out := CommonGroup{
		ID: g.ID, Statement: g.Statement, Representative: linked(g.Representative), Category: g.Category, Findings: g.Findings,
		Documents: g.Documents, Units: some(g.Units), Years: some(g.Years), Regions: some(g.Regions), Sectors: some(g.Sectors),
		Spread: []CommonSpread{},
	}
	for _, sp := range g.Spread {
		out.Spread = append(out.Spread, CommonSpread{Year: sp.Year, Findings: sp.Findings, Units: sp.Units, New: some(sp.New)})
	}
	return out
}

// Alignments returns reports and feedbacks beside the notices of the same inspections. The filter chooses notices of which
// a finding matches.
func (s *Service) Alignments(ctx context.Context, req ListRequest) (*List[AlignmentAnswer], error) {
	model, chosen, offset, err := s.linksUnder(ctx, req.Filter, req.Page)
	if err != nil {
		return nil, err
	}
	found, total := model.Alignments(recur.AlignmentQuery{Keep: keepDocuments(chosen), Offset: offset, Limit: req.Limit})
	out := make([]AlignmentAnswer, len(found))
	for i, a := range found {
		out[i] = s.alignmentAnswer(a, model.Applied())
	}
	return pageOf(s, out, total, offset, model.Applied()), nil
}

// Alignment returns the report or feedback and the notice of the inspection that a document is of.
func (s *Service) Alignment(_ context.Context, id corpus.DocumentID) (*AlignmentAnswer, error) {
	model, err := s.links()
	if err != nil {
		return nil, err
	}
	a, ok := model.Align(id)
	if !ok {
		return nil, &corpus.Error{
			Kind: corpus.NotFound, Code: "no_counterpart", Param: "id", Value: string(id), Position: -1,
			Message: "没有与此文件同一次巡察的另一份文件", Expected: "同一次巡察的情况报告或反馈，与整改通报",
		}
	}
	out := s.alignmentAnswer(a, model.Applied())
	return &out, nil
}

func (s *Service) alignmentAnswer(a recur.Alignment, sequence int64) AlignmentAnswer {
	out := AlignmentAnswer{
		Report: a.Report, Notice: a.Notice, ReportType: a.ReportType, NoticeType: a.NoticeType, Unit: corpus.Fact(a.Unit),
		Rows: []AlignedRow{}, Counts: a.Counts, Meta: s.meta(sequence),
	}
	for _, r := range a.Rows {
		row := AlignedRow{
			Kind: r.Kind, Before: allLinked(r.Before), After: allLinked(r.After), Score: r.Score, Shared: some(r.Shared),
			Softer: []Softening{}, Verdict: r.Verdict,
		}
		for _, softer := range r.Softer {
			row.Softer = append(row.Softer, Softening(softer))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// Decide takes down what a person says about a link. All answers given afterwards know of it.
func (s *Service) Decide(ctx context.Context, d LinkDecision) error {
	if s.Decider == nil {
		return &corpus.Error{Kind: corpus.Unavailable, Code: "read_only", Message: "这里不能认定关联", Position: -1}
	}
	for _, c := range []struct {
		param, value string
		accepted     []string
	}{
		{"kind", string(d.Kind), []string{string(corpus.RepeatLink), string(corpus.CommonLink), string(corpus.AlignmentLink)}},
		{"verdict", string(d.Verdict), []string{string(corpus.Confirmed), string(corpus.Rejected), string(corpus.Undecided)}},
	} {
		if err := among(c.param, c.value, c.accepted); err != nil {
			return err
		}
	}
	if len(d.Note) > MaxNoteBytes {
		return badValue("note", clip(d.Note), -1, fmt.Sprintf("不超过 %d 字节", MaxNoteBytes))
	}
	if err := checkText("note", d.Note); err != nil {
		return err
	}
	if err := s.Decider.Decide(ctx, []corpus.Decision{{Link: d.Link, Verdict: d.Verdict, Note: d.Note}}); err != nil {
		return fmt.Errorf("decide about %s and %s: %w", d.Finding, d.Prior, err)
	}
	if s.Update != nil {
		if err := s.Update(ctx); err != nil {
			return fmt.Errorf("bring links up to a decision: %w", err)
		}
	}
	return nil
}

// ParseRepeats reads the parameters of a list of repeats.
func ParseRepeats(v url.Values) (RepeatsRequest, error) {
	r := &reader{values: v}
	return RepeatsRequest{
		Filter: r.filter(), Page: r.page(), Evidence: choice(r, "evidence", recur.BySimilarity, recur.ByAdmission, recur.ByBoth),
	}, r.err
}

// ParseCommon reads the parameters of a list of common problems.
func ParseCommon(v url.Values) (CommonRequest, error) {
	r := &reader{values: v}
	return CommonRequest{Filter: r.filter(), Page: r.page(), LeastUnits: r.whole("least_units", 2, 100_000)}, r.err
}

var repeatColumns = []column[RepeatPair]{
	{"unit", func(p RepeatPair) any { return string(p.Unit) }},
	{"finding", func(p RepeatPair) any { return string(p.Finding.ID) }},
	{"year", func(p RepeatPair) any { return year(p.Finding.Year) }},
	{"round", func(p RepeatPair) any { return string(p.Finding.Round) }},
	{"statement", func(p RepeatPair) any { return p.Finding.Statement }},
	{"prior", func(p RepeatPair) any { return string(p.prior().ID) }},
	{"prior_year", func(p RepeatPair) any { return year(p.prior().Year) }},
	{"prior_round", func(p RepeatPair) any { return string(p.prior().Round) }},
	{"prior_statement", func(p RepeatPair) any { return p.prior().Statement }},
	{"prior_status", func(p RepeatPair) any { return string(p.PriorStatus) }},
	{"evidence", func(p RepeatPair) any { return string(p.Evidence) }},
	{"score", func(p RepeatPair) any { return p.Score }},
	{"categories", func(p RepeatPair) any { return joined(p.Categories) }},
	{"admission", func(p RepeatPair) any { return p.admitted() }},
	{"rounds", func(p RepeatPair) any { return p.Rounds }},
	{"verdict", func(p RepeatPair) any { return string(p.Verdict) }},
}

func (p RepeatPair) prior() LinkedFinding {
	if p.Prior == nil {
		return LinkedFinding{}
	}
	return *p.Prior
}

func (p RepeatPair) admitted() string {
	if p.Admission == nil {
		return ""
	}
	return p.Admission.Text
}

var commonColumns = []column[CommonGroup]{
	{"id", func(g CommonGroup) any { return g.ID }},
	{"statement", func(g CommonGroup) any { return g.Statement }},
	{"category", func(g CommonGroup) any { return string(g.Category) }},
	{"findings", func(g CommonGroup) any { return g.Findings }},
	{"documents", func(g CommonGroup) any { return g.Documents }},
	{"units", func(g CommonGroup) any { return len(g.Units) }},
	{"first_year", func(g CommonGroup) any { return year(end(g.Years, slices.Min[[]corpus.Year])) }},
	{"last_year", func(g CommonGroup) any { return year(end(g.Years, slices.Max[[]corpus.Year])) }},
	{"regions", func(g CommonGroup) any { return joined(g.Regions) }},
	{"sectors", func(g CommonGroup) any { return joined(g.Sectors) }},
}

func end(years []corpus.Year, of func([]corpus.Year) corpus.Year) corpus.Year {
	if len(years) == 0 {
		return 0
	}
	return of(years)
}
