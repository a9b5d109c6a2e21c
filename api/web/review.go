package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"tongjian/api"
	"tongjian/corpus"
)

// ReviewPage shows one finding whose label a person should look at, with the leaves that it may belong to.
type ReviewPage struct {
	Frame Frame
	// Left is the number of findings left to review under the filter, Confirmed of those that persons have labelled.
	Left      string
	Confirmed string
	Orders    []Link
	Tools     []Link
	Done      *ReviewDone
	Item      *ReviewFinding // nil where nothing is left
	Action    string         // the address that forms are sent to
	Skip      string         // the next finding, "" at the end of the queue
	Back      string         // the first finding, "" there
	Domains   []ReviewDomain
}

// ReviewFinding is the finding under review.
type ReviewFinding struct {
	ID         corpus.FindingID
	Since      int64 // the state of the data that is shown
	Href       string
	Place      []Link
	Path       []Paragraph
	Paragraphs []Paragraph
	Status     StatusWord
	Categories []ReviewCategory
	Reasons    string // "" where the label is not in doubt
	Effect     string
	// Current holds the codes that the finding carries, "" where the taxonomy does not have them all: they can be
	// confirmed.
	Current string
	Likely  []ReviewChoice
}

// ReviewCategory is a category that the finding carries.
type ReviewCategory struct {
	CategoryMark
	Score string
}

// ReviewChoice is a leaf that the finding may belong to.
type ReviewChoice struct {
	Key  int
	Code corpus.CategoryCode
	Name string
	Is   string
	On   bool // the finding carries it beside its main category
}

// ReviewDomain is a domain with its leaves, for the list of all.
type ReviewDomain struct {
	Name   string
	Leaves []ReviewChoice
}

// ReviewDone is the finding that was labelled a moment ago.
type ReviewDone struct {
	ID         corpus.FindingID
	Since      int64
	Statement  string
	Href       string
	Categories string
	Was        string // the codes that a person had given it before, "" where nobody had
}

// maxStatement is the length, in characters, of a statement that is only mentioned.
const maxStatement = 40

// review works out the page with the finding at the head of the queue, or with the one that the address names.
func (s *Site) review(ctx context.Context, v visit) (ReviewPage, error) {
	req, err := api.ParseReview(v.values)
	if err != nil {
		return ReviewPage{}, err
	}
	v.filter = freed(v.filter, corpus.FieldKind) // findings are all that is reviewed
	req.Filter, req.Limit = v.filter, 1
	queue, err := s.service.Review(ctx, req)
	if err != nil {
		return ReviewPage{}, err
	}
	// The last one in the queue has gone: what was passed over is still there.
	if len(queue.Data) == 0 && queue.Total.Value > 0 {
		req.Cursor = ""
		if queue, err = s.service.Review(ctx, req); err != nil {
			return ReviewPage{}, err
		}
	}
	order, cursor := Param{"order", string(req.Order)}, Param{"cursor", req.Cursor}
	frame, err := s.frame(ctx, v, "复核", order)
	if err != nil {
		return ReviewPage{}, err
	}
	page := ReviewPage{
		Frame: frame, Left: thousands(queue.Total.Value), Confirmed: thousands(queue.Confirmed),
		Action: address(v.path, v.filter, order, cursor), Domains: s.reviewDomains(),
		Tools: []Link{
			{Name: "已核定的类别（JSON Lines）", Href: "/api/v1/corrections?format=jsonl"},
			{Name: "API", Href: address("/api/v1/review", v.filter, order)},
		},
	}
	for _, o := range []struct {
		order api.ReviewOrder
		name  string
	}{{"", "综合"}, {api.OrderUncertainty, "最不确定"}, {api.OrderEffect, "最影响统计"}} {
		page.Orders = append(page.Orders, Link{
			Name: o.name, Current: o.order == req.Order || (o.order == "" && req.Order == api.OrderBoth),
			Href: address(v.path, v.filter, Param{"order", string(o.order)}),
		})
	}
	if req.Cursor != "" {
		page.Back = address(v.path, v.filter, order)
	}
	if queue.Next != nil {
		page.Skip = address(v.path, v.filter, order, Param{"cursor", *queue.Next})
	}
	if page.Done, err = s.reviewDone(ctx, v); err != nil {
		return ReviewPage{}, err
	}
	if id := v.param("at"); id != "" {
		item, err := s.service.ReviewFinding(ctx, corpus.FindingID(id))
		if err != nil {
			return ReviewPage{}, err
		}
		page.Skip, page.Back = "", address(v.path, v.filter, order)
		page.Item, err = s.reviewFinding(ctx, *item, queue.Meta.Sequence)
		return page, err
	}
	if len(queue.Data) > 0 {
		page.Item, err = s.reviewFinding(ctx, queue.Data[0], queue.Meta.Sequence)
	}
	return page, err
}

func (s *Site) reviewDomains() []ReviewDomain {
	var out []ReviewDomain
	for _, d := range s.service.Taxonomy.Domains() {
		domain := ReviewDomain{Name: d.Zh}
		for _, l := range d.Leaves {
			domain.Leaves = append(domain.Leaves, ReviewChoice{Code: l.Code, Name: l.Zh})
		}
		out = append(out, domain)
	}
	return out
}

func (s *Site) reviewFinding(ctx context.Context, item api.ReviewItem, since int64) (*ReviewFinding, error) {
	doc, err := s.service.Document(ctx, item.DocumentID)
	if err != nil {
		return nil, err
	}
	r := newReader(doc, s.names())
	f := &item.Finding
	out := &ReviewFinding{
		ID: item.ID, Since: since, Href: "/documents/" + string(doc.ID) + "#" + anchor(f.Ordinal), Status: statusWord(f.Status),
		Paragraphs: r.paragraphs(f.Span), Effect: effectWord(item), Reasons: reasonsWord(item.Reasons), Current: s.currentCodes(f.Categories),
	}
	for _, span := range f.PathSpans {
		if span.Len() > 0 {
			out.Path = append(out.Path, r.paragraphs(span)...)
		}
	}
	out.Place = append(out.Place, Link{Name: nameOf(string(doc.Title), doc.Source), Href: out.Href})
	for _, word := range []string{string(item.Unit), yearWord(item.Year), item.Type.Chinese()} {
		if word != "" {
			out.Place = append(out.Place, Link{Name: word})
		}
	}
	for i, mark := range r.head(f).Categories {
		out.Categories = append(out.Categories, ReviewCategory{mark, strconv.FormatFloat(f.Categories[i].Score, 'f', 2, 64)})
	}
	for i, l := range item.Likely {
		leaf, _ := s.service.Taxonomy.Leaf(l.Code)
		choice := ReviewChoice{Key: i + 1, Code: l.Code, Name: l.Label, Is: leaf.Is}
		for _, c := range f.Categories[min(1, len(f.Categories)):] {
			choice.On = choice.On || c.Code == l.Code
		}
		out.Likely = append(out.Likely, choice)
	}
	return out, nil
}

// currentCodes joins the codes of categories, "" where the taxonomy does not have them all.
func (s *Site) currentCodes(categories []corpus.Category) string {
	var codes []string
	for _, c := range categories {
		if _, known := s.service.Taxonomy.Leaf(c.Code); !known {
			return ""
		}
		codes = append(codes, string(c.Code))
	}
	return strings.Join(codes, ",")
}

// reasonsWord says why a label is doubted.
func reasonsWord(reasons []api.ReviewReason) string {
	var words []string
	for _, r := range reasons {
		words = append(words, r.Chinese())
	}
	return strings.Join(words, "，")
}

// effectWord says what published figures rest on a label.
func effectWord(item api.ReviewItem) string {
	if item.Weight == 0 {
		return "不影响年度占比"
	}
	return fmt.Sprintf("关系到该类 %s占比的 %.1f 个百分点", yearWord(item.Year), item.Weight*100)
}

// reviewDone tells of the finding that the address says was labelled a moment ago, nil where nobody labelled it.
func (s *Site) reviewDone(ctx context.Context, v visit) (*ReviewDone, error) {
	id := corpus.FindingID(v.param("done"))
	if id == "" {
		return nil, nil
	}
	stats, err := s.service.Stats(ctx)
	if err != nil {
		return nil, err
	}
	f, err := s.service.Finding(ctx, id)
	if corpus.KindOf(err) == corpus.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range f.Categories {
		if c.By == corpus.ByHuman {
			names = append(names, s.names().category(c.Code))
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	return &ReviewDone{
		ID: id, Since: stats.Meta.Sequence, Statement: clip(f.Statement, maxStatement), Categories: strings.Join(names, "、"),
		Href: "/documents/" + string(f.DocumentID) + "#" + anchor(f.Ordinal), Was: v.param("was"),
	}, nil
}
