package api

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/index"
)

// ReviewBelow is the score from which a label is relied upon: a finding whose main category has less is for review.
const ReviewBelow = 0.9

// closeSecond is how near the score of the second category may come to that of the main one before it is in doubt which of
// them is the main one.
const closeSecond = 0.1

// MaxLikely is the number of leaves that a finding for review is offered, one for each of the keys 1 to 9.
const MaxLikely = 9

// ReviewOrder says which findings come first for review.
type ReviewOrder string

// The orders. Both multiplies the uncertainty of a label by one more than what it weighs, so that of labels that are
// about equally uncertain those come first that published figures rest on.
const (
	OrderBoth        ReviewOrder = "both"
	OrderUncertainty ReviewOrder = "uncertainty"
	OrderEffect      ReviewOrder = "effect" // the change of published figures to be expected: uncertainty times weight
)

// ReviewRequest asks for findings to review. Cursor is the number of findings to pass over.
type ReviewRequest struct {
	Filter corpus.Filter
	Page
	Order ReviewOrder // OrderBoth where empty
}

// ReviewAnswer is one page of the review queue. Total counts what is left to review, Confirmed what persons have labelled
// in the whole corpus.
type ReviewAnswer struct {
	List[ReviewItem]
	Confirmed int `json:"confirmed"`
}

// ReviewItem is one finding whose label a person should look at.
type ReviewItem struct {
	FindingRecord
	// Uncertainty is how doubtful the label is, 0 to 1: what the score of the main category lacks to 1, more where the
	// second one comes close.
	Uncertainty float64 `json:"uncertainty"`
	// Weight is by how much the published share of the main category in the finding's year would change without it: one
	// document of that year's where no other finding of the document has the category, else nothing.
	Weight  float64          `json:"weight"`
	Reasons []ReviewReason   `json:"reasons"`
	Likely  []LikelyCategory `json:"likely"`
}

// ReviewReason says why a label is doubted.
type ReviewReason string

// The reasons for review.
const (
	Unlabelled      ReviewReason = "unlabelled"       // there is no category
	UnknownCategory ReviewReason = "unknown_category" // the taxonomy does not have the main category (any more)
	NoSign          ReviewReason = "no_sign"          // nothing in the finding speaks for any category
	ByModelOnly     ReviewReason = "by_model"         // no rule spoke for it
	LowScore        ReviewReason = "low_score"
	CloseSecond     ReviewReason = "close_second"
)

// Chinese returns the reason as users read it.
func (r ReviewReason) Chinese() string {
	switch r {
	case Unlabelled:
		return "没有类别"
	case UnknownCategory:
		return "分类体系中已无此类别"
	case NoSign:
		return "文字中没有类别的依据"
	case ByModelOnly:
		return "只有模型支持"
	case LowScore:
		return "分值低"
	case CloseSecond:
		return "两个类别不相上下"
	}
	return string(r)
}

// LikelyCategory is a leaf that a finding may belong to. Score is that of the label, or what the classifier gives other
// parts of the finding; 0 for a neighbour in the same domain.
type LikelyCategory struct {
	Code  corpus.CategoryCode `json:"code"`
	Label string              `json:"label"`
	Score float64             `json:"score"`
}

// ParseReview reads the parameters of the review queue.
func ParseReview(v url.Values) (ReviewRequest, error) {
	r := &reader{values: v}
	return ReviewRequest{
		Filter: r.filter(), Page: r.page(), Order: choice(r, "order", OrderBoth, OrderUncertainty, OrderEffect),
	}, r.err
}

// ranked is a doubt with what decides its place in the queue.
type ranked struct {
	corpus.Doubt
	uncertainty, weight float64
}

// Review returns one page of the findings whose labels persons should look at, the most doubtful and weighty first.
func (s *Service) Review(ctx context.Context, req ReviewRequest) (*ReviewAnswer, error) {
	skip, err := skipOf(req.Cursor)
	if err != nil {
		return nil, err
	}
	filter, err := s.resolveFindings(req.Filter)
	if err != nil {
		return nil, err
	}
	meta, err := s.Meta(ctx)
	if err != nil {
		return nil, err
	}
	out := &ReviewAnswer{List: List[ReviewItem]{Data: []ReviewItem{}, Total: exactly(0), Meta: meta}}
	if s.Editor == nil {
		return out, nil
	}
	var doubts []corpus.Doubt
	if doubts, out.Confirmed, err = s.Editor.Doubts(ctx, ReviewBelow); err != nil {
		return nil, fmt.Errorf("read doubtful labels: %w", err)
	}
	if doubts, err = s.chosen(ctx, filter, doubts); err != nil {
		return nil, err
	}
	queue, err := s.rank(ctx, doubts, req.Order)
	if err != nil {
		return nil, err
	}
	limit := cmp.Or(req.Limit, index.DefaultLimit)
	page := queue[min(skip, len(queue)):min(skip+limit, len(queue))]
	if skip+limit < len(queue) {
		next := strconv.Itoa(skip + limit)
		out.Next = &next
	}
	out.Total = exactly(len(queue))
	out.Data, err = s.reviewItems(ctx, page)
	return out, err
}

// skipOf reads a cursor of the queue.
func skipOf(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(cursor)
	if err != nil || n < 0 || n > 1<<30 {
		return 0, invalid("bad_cursor", "cursor", cursor, -1, "上一页的 next", "翻页位置无效")
	}
	return n, nil
}

// chosen keeps the doubts about findings that a filter chooses.
func (s *Service) chosen(ctx context.Context, filter corpus.Filter, doubts []corpus.Doubt) ([]corpus.Doubt, error) {
	if filter.Query == "" && len(filter.Values) == 0 {
		return doubts, nil
	}
	documents := filter.Query == ""
	for field := range filter.Values {
		// A finding may be about a unit of its own, whatever its document's.
		documents = documents && field != corpus.FieldUnit && (field.OfDocument() || field == corpus.FieldKind)
	}
	if documents {
		return s.chosenDocuments(ctx, filter, doubts)
	}
	ids := map[corpus.FindingID]bool{}
	req := index.Request{Filter: findings(filter), Sort: index.ByDateDesc, Limit: index.MaxLimit}
	for {
		found, err := s.Engine.Search(ctx, req)
		if err != nil {
			return nil, fmt.Errorf("find what to review: %w", err)
		}
		for _, h := range found.Hits {
			ids[h.FindingID] = true
		}
		if req.Cursor = found.Next; req.Cursor == "" {
			break
		}
	}
	return slices.DeleteFunc(doubts, func(d corpus.Doubt) bool { return !ids[d.Finding] }), nil
}

// chosenDocuments is chosen for filters that say nothing about single findings.
func (s *Service) chosenDocuments(ctx context.Context, filter corpus.Filter, doubts []corpus.Doubt) ([]corpus.Doubt, error) {
	tally, err := s.Engine.Tally(ctx, corpus.TallyRequest{Filter: findings(filter), Rows: corpus.FieldDocument})
	if err != nil {
		return nil, fmt.Errorf("find documents to review: %w", err)
	}
	ids := make(map[corpus.DocumentID]bool, len(tally.Cells))
	for _, c := range tally.Cells {
		ids[corpus.DocumentID(c.Row)] = true
	}
	return slices.DeleteFunc(doubts, func(d corpus.Doubt) bool { return !ids[d.Finding.Document()] }), nil
}

// rank orders doubts. Of those that come out equal the order is that of documents and findings.
func (s *Service) rank(ctx context.Context, doubts []corpus.Doubt, order ReviewOrder) ([]ranked, error) {
	years, err := s.Engine.Tally(ctx, corpus.TallyRequest{Rows: corpus.FieldYear, Denominators: true})
	if err != nil {
		return nil, fmt.Errorf("count documents by year: %w", err)
	}
	documents := map[string]int{}
	for _, c := range years.Cells {
		documents[c.Row] = c.Documents
	}
	queue := make([]ranked, len(doubts))
	for i, d := range doubts {
		queue[i] = ranked{Doubt: d, uncertainty: s.uncertainty(d)}
		if n := documents[strconv.Itoa(int(d.Year))]; n > 0 && d.Alike == 1 {
			queue[i].weight = 1 / float64(n)
		}
	}
	key := func(r ranked) (first, second float64) {
		switch order {
		case OrderUncertainty:
			return r.uncertainty, r.weight
		case OrderEffect:
			return r.uncertainty * r.weight, r.uncertainty
		}
		return r.uncertainty * (1 + r.weight), r.weight
	}
	slices.SortStableFunc(queue, func(a, b ranked) int {
		a1, a2 := key(a)
		b1, b2 := key(b)
		return cmp.Or(cmp.Compare(b1, a1), cmp.Compare(b2, a2))
	})
	return queue, nil
}

func (s *Service) uncertainty(d corpus.Doubt) float64 {
	if _, known := s.Taxonomy.Leaf(d.Main); !known {
		return 1
	}
	return min(1-d.Score+max(closeSecond-(d.Score-d.Second), 0), 1)
}

// ReviewFinding returns any finding as the queue would show it, whether it is in the queue or not.
func (s *Service) ReviewFinding(ctx context.Context, id corpus.FindingID) (*ReviewItem, error) {
	f, err := s.Finding(ctx, id)
	if err != nil {
		return nil, err
	}
	d, err := s.Document(ctx, f.DocumentID)
	if err != nil {
		return nil, err
	}
	queue, err := s.rank(ctx, []corpus.Doubt{doubtOf(*f, d)}, OrderBoth)
	if err != nil {
		return nil, err
	}
	return s.reviewItem(queue[0], *f), nil
}

// doubtOf says of a finding what the store says of those in the queue.
func doubtOf(f FindingRecord, d *corpus.Document) corpus.Doubt {
	out := corpus.Doubt{Finding: f.ID, Year: d.Year}
	if len(f.Categories) == 0 {
		return out
	}
	out.Main, out.Score, out.By = f.Categories[0].Code, f.Categories[0].Score, f.Categories[0].By
	if len(f.Categories) > 1 {
		out.Second = f.Categories[1].Score
	}
	for _, other := range d.Findings {
		if slices.ContainsFunc(other.Categories, func(c corpus.Category) bool { return c.Code == out.Main }) {
			out.Alike++
		}
	}
	return out
}

func (s *Service) reviewItem(r ranked, f FindingRecord) *ReviewItem {
	item := &ReviewItem{
		FindingRecord: f, Uncertainty: r.uncertainty, Weight: r.weight, Reasons: []ReviewReason{}, Likely: s.likely(f),
	}
	if r.By != corpus.ByHuman && r.Score < ReviewBelow {
		item.Reasons = s.reasons(r.Doubt, f)
	}
	return item
}

func (s *Service) reviewItems(ctx context.Context, page []ranked) ([]ReviewItem, error) {
	ids := make([]corpus.DocumentID, len(page))
	for i, r := range page {
		ids[i] = r.Finding.Document()
	}
	slices.Sort(ids)
	docs, err := s.Store.Documents(ctx, slices.Compact(ids))
	if err != nil {
		return nil, fmt.Errorf("read findings to review: %w", err)
	}
	known := map[corpus.FindingID]FindingRecord{}
	for _, d := range docs {
		for _, f := range d.Findings {
			known[f.ID] = findingRecord(f, d)
		}
	}
	out := []ReviewItem{}
	for _, r := range page {
		// What has gone a moment ago needs no review.
		if f, ok := known[r.Finding]; ok {
			out = append(out, *s.reviewItem(r, f))
		}
	}
	return out, nil
}

func (s *Service) reasons(d corpus.Doubt, f FindingRecord) []ReviewReason {
	if d.Main == "" || len(f.Categories) == 0 {
		return []ReviewReason{Unlabelled}
	}
	var out []ReviewReason
	if _, known := s.Taxonomy.Leaf(d.Main); !known {
		out = append(out, UnknownCategory)
	}
	switch {
	case slices.ContainsFunc(f.Categories[0].Evidence, func(e corpus.Evidence) bool { return e.Rule == taxonomy.FallbackRule }):
		out = append(out, NoSign)
	case d.By == corpus.ByModel:
		out = append(out, ByModelOnly, LowScore)
	default:
		out = append(out, LowScore)
	}
	if d.Second > 0 && d.Score-d.Second < closeSecond {
		out = append(out, CloseSecond)
	}
	return out
}

// likely lists leaves that a finding may belong to: those that it carries, those that its statement, its account or
// its headings would have on their own, the nearest heading first, and the neighbours of its main one.
func (s *Service) likely(f FindingRecord) []LikelyCategory {
	out := []LikelyCategory{}
	add := func(code corpus.CategoryCode, score float64) {
		leaf, known := s.Taxonomy.Leaf(code)
		if known && len(out) < MaxLikely && !slices.ContainsFunc(out, func(l LikelyCategory) bool { return l.Code == code }) {
			out = append(out, LikelyCategory{Code: code, Label: leaf.Zh, Score: score})
		}
	}
	for _, c := range f.Categories {
		add(c.Code, c.Score)
	}
	texts := []string{f.Statement, f.Account}
	for _, h := range slices.Backward(f.Path) {
		texts = append(texts, h)
	}
	for _, text := range texts {
		if strings.TrimSpace(text) == "" {
			continue
		}
		for _, c := range s.Taxonomy.Classify(taxonomy.Input{Statement: text}) {
			add(c.Code, c.Score)
		}
	}
	if len(out) == 0 {
		return out
	}
	for _, d := range s.Taxonomy.Domains() {
		if d.Code == out[0].Code.Domain() {
			for _, leaf := range d.Leaves {
				add(leaf.Code, 0)
			}
		}
	}
	return out
}

func (a *ReviewAnswer) table() dataTable {
	t := dataTable{name: "review", header: []string{
		"id", "document_id", "unit", "year", "statement", "categories", "score", "uncertainty", "weight", "reasons",
	}}
	for _, f := range a.Data {
		codes, _ := categoryCells(f.Categories)
		var score any
		if len(f.Categories) > 0 {
			score = f.Categories[0].Score
		}
		t.rows = append(t.rows, []any{
			string(f.ID), string(f.DocumentID), string(f.Unit), year(f.Year), f.Statement, codes, score, f.Uncertainty,
			f.Weight, joined(f.Reasons),
		})
	}
	return t
}
