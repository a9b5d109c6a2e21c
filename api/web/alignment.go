package web

import (
	"context"
	"fmt"

	"tongjian/analysis/recur"
	"tongjian/api"
	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

// AlignmentPage shows a report or feedback beside the notice of the same inspection, problem by problem.
type AlignmentPage struct {
	Frame   Frame
	Waiting *Waiting
	Report  Link
	Notice  Link
	Unit    string
	Kinds   []Link
	Tools   []Link
	Rows    []AlignmentRow
}

// Status is the status of the page.
func (p AlignmentPage) Status() int { return statusOf(p.Waiting) }

// AlignmentRow is one problem on both sides. A side is empty where the other document has nothing like it.
type AlignmentRow struct {
	Kind   string
	Means  string
	Softer []string
	Before []LinkedSide
	After  []LinkedSide
}

// alignmentKinds are the kinds of rows in the order in which they are shown, with what they are called and what they mean.
var alignmentKinds = []struct {
	kind  recur.AlignmentKind
	name  string
	means string
}{
	{recur.Matched, "对应", ""},
	{recur.Softened, "措辞变轻", "说法比原来轻"},
	{recur.Merged, "合并", "几个问题并作一个"},
	{recur.Split, "拆分", "一个问题拆作几个"},
	{recur.Dropped, "未见对应", "通报中没有认出这个问题，请核对原文"},
	{recur.Added, "另增", "前一文件中没有认出这个问题"},
}

// paramOnly is the kind of rows that are shown.
const paramOnly = "only"

// alignmentPath is the address of the page for a document.
func alignmentPath(id corpus.DocumentID) string { return "/documents/" + string(id) + "/alignment" }

// alignment works out the page.
func (s *Site) alignment(ctx context.Context, v visit) (AlignmentPage, error) {
	frame, err := s.frame(ctx, v, "逐条对照", Param{paramOnly, v.param(paramOnly)})
	if err != nil {
		return AlignmentPage{}, err
	}
	page := AlignmentPage{Frame: frame}
	a, err := s.service.Alignment(ctx, corpus.DocumentID(v.id))
	if w, ok := s.waiting(v, err); ok {
		page.Waiting = w
		return page, nil
	}
	if err != nil {
		return AlignmentPage{}, err
	}
	docs, err := s.service.Store.Documents(ctx, []corpus.DocumentID{a.Report, a.Notice})
	if err != nil {
		return AlignmentPage{}, fmt.Errorf("read the two documents: %w", err)
	}
	page.Report, page.Notice = Link{Name: a.ReportType.Chinese(), Href: "/documents/" + string(a.Report)}, Link{Name: a.NoticeType.Chinese(), Href: "/documents/" + string(a.Notice)}
	for _, d := range docs {
		if d.ID == a.Report {
			page.Report.Name = nameOf(string(d.Title), d.Source)
		} else {
			page.Notice.Name = nameOf(string(d.Title), d.Source)
		}
	}
	page.Unit, page.Tools = orNone(string(a.Unit)), []Link{{Name: "API", Href: "/api/v1" + alignmentPath(a.Notice)}}
	only := v.param(paramOnly)
	if !knownKind(only) {
		return AlignmentPage{}, &corpus.Error{Kind: corpus.Invalid, Message: "没有这种对应关系", Param: paramOnly, Value: only, Position: -1, Expected: "matched, softened, merged, split, dropped, added"}
	}
	page.Kinds = append([]Link{{Name: fmt.Sprintf("全部 %d", len(a.Rows)), Href: address(v.path, v.filter), Current: only == ""}}, kindLinks(v, v.path, *a, only)...)
	for _, r := range a.Rows {
		if only == "" || only == string(r.Kind) {
			page.Rows = append(page.Rows, alignmentRow(r))
		}
	}
	return page, nil
}

func knownKind(only string) bool {
	for _, k := range alignmentKinds {
		if only == string(k.kind) {
			return true
		}
	}
	return only == ""
}

// kindLinks counts the rows of each kind that there is; each count leads to its rows.
func kindLinks(v visit, path string, a api.AlignmentAnswer, only string) []Link {
	var out []Link
	for _, k := range alignmentKinds {
		if n := a.Counts[k.kind]; n > 0 {
			out = append(out, Link{
				Name: fmt.Sprintf("%s %d", k.name, n), Href: address(path, v.filter, Param{paramOnly, string(k.kind)}), Current: only == string(k.kind),
			})
		}
	}
	return out
}

// alignmentRow works out one row. Of one finding on either side what both say is marked, unless that is all; where
// the later one is milder, the words are.
func alignmentRow(r api.AlignedRow) AlignmentRow {
	var row AlignmentRow
	for _, k := range alignmentKinds {
		if k.kind == r.Kind {
			row.Kind, row.Means = k.name, k.means
		}
	}
	var before, after []corpus.Span
	if len(r.Before) == 1 && len(r.After) == 1 {
		before, after = highlight.Shared(r.Before[0].Statement, r.After[0].Statement)
	}
	if len(before) == 1 && r.Before[0].Statement == r.After[0].Statement {
		row.Means = "文字相同"
		before, after = nil, nil
	}
	if len(r.Softer) > 0 {
		before, after = nil, nil
	}
	for _, s := range r.Softer {
		before, after = append(before, s.BeforeSpan), append(after, s.AfterSpan)
		row.Softer = append(row.Softer, softerWord(s))
	}
	for _, f := range r.Before {
		row.Before = append(row.Before, linkedSide(f, before))
	}
	for _, f := range r.After {
		row.After = append(row.After, linkedSide(f, after))
	}
	return row
}

// softerWord says which word was put more mildly.
func softerWord(s api.Softening) string {
	if s.After == "" {
		return "“" + s.Before + "”不再出现"
	}
	return "“" + s.Before + "”→“" + s.After + "”"
}

// counterpart leads to the page that shows a document beside the other one of its inspection, nil where there is none.
func (s *Site) counterpart(ctx context.Context, id corpus.DocumentID) *Link {
	if s.service.Recur == nil {
		return nil
	}
	a, err := s.service.Alignment(ctx, id)
	if err != nil {
		return nil // not known, or not yet: the page is about the document
	}
	other := a.ReportType
	if a.Report == id {
		other = a.NoticeType
	}
	return &Link{Name: "与同一次巡察的" + other.Chinese() + "逐条对照", Href: alignmentPath(id)}
}
