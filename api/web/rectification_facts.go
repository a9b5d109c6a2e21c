package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"tongjian/analysis/rectify"
	"tongjian/api"
	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

// ClaimRow is a claim of a document that does not add up: what it says, and what contradicts it.
type ClaimRow struct {
	Unit    string
	Year    string
	Href    string
	Title   string
	Kind    string
	Message string
	Said    []Quotation
	Against []Quotation
	// Counted are the findings that were counted against it, Uncounted how many more there are.
	Counted   []Link
	Uncounted int
}

// ReusedRow is an answer that repeats text of an earlier one, with both passages.
type ReusedRow struct {
	Scope   string
	Letters string
	Here    ReusedSide
	Source  ReusedSide
}

// ReusedSide is one of the two: the longest passage, with what is the same marked.
type ReusedSide struct {
	Name string
	Href string
	Text []highlight.Segment
}

// AlignedDocuments is a notice beside the report or feedback that it answers.
type AlignedDocuments struct {
	Name   string
	Href   string
	Counts []Link
}

// How many claims, pairs of passages and documents are shown, and how many findings of a claim are named.
const (
	claimsShown  = 20
	reusedShown  = 10
	alignedShown = 8
	countedShown = 30
)

// addRectified adds what is known of documents beside the counts: claims, reused text, days, sums.
func (s *Site) addRectified(ctx context.Context, v visit, page *RectificationPage, a *api.RectificationAnswer) error {
	if s.service.Rectify == nil {
		return nil
	}
	if done, all := s.service.Rectify.Applied(), s.service.Engine.Applied(); done < all {
		page.Behind = &Waiting{Message: fmt.Sprintf("正在比对文字和数字，尚有 %d 项变动未跟上", all-done), Done: done, All: all, Reload: address(v.path, v.filter)}
		return nil
	}
	page.Pace, page.Unknown, page.Sums = paceOf(a.Pace), a.Pace.Unknown, sumRows(a.Sums)
	page.ClaimsTotal, page.ReusedTotal, page.Reusing = thousands(a.ClaimsTotal), thousands(a.ReusedTotal), a.ReusedPending
	for _, c := range a.Claims[:min(len(a.Claims), claimsShown)] {
		page.Claims = append(page.Claims, claimRow(c))
	}
	offset, err := strconv.Atoi(cmp.Or(v.param(paramCursor), "0"))
	if err != nil || offset < 0 {
		return badCursor(v.param(paramCursor))
	}
	offset = min(offset, len(a.Reused))
	end := min(offset+reusedShown, len(a.Reused))
	var next *string
	if end < len(a.Reused) {
		word := strconv.Itoa(end)
		next = &word
	}
	page.ReusedPager = pagerOf(v, next, []Param{{paramBy, v.param(paramBy)}})
	if page.Reused, err = s.reusedRows(ctx, a.Reused[offset:end]); err != nil {
		return err
	}
	page.Aligned, err = s.alignedDocuments(ctx, v)
	return err
}

// paceOf writes how long publication took; nothing where it is known of no document.
func paceOf(p rectify.Pace) []Figure {
	if p.Documents == 0 {
		return nil
	}
	days := func(d float64) string { return strconv.FormatFloat(d, 'f', -1, 64) }
	return []Figure{
		{Name: "天（中位数）", Value: days(p.Median)},
		{Name: "天（中间一半的文件）", Value: days(p.Low) + "–" + days(p.High)},
		{Name: "天（最长）", Value: strconv.Itoa(p.Longest)},
		{Name: "份文件写明了两个日期", Value: thousands(p.Documents)},
	}
}

func claimRow(c api.ClaimFound) ClaimRow {
	row := ClaimRow{
		Unit: orNone(string(c.Unit)), Year: yearWord(c.Year), Href: "/documents/" + string(c.DocumentID), Title: nameOf(string(c.Title), "（无标题）"),
		Kind: c.Kind.Chinese(), Message: c.Message, Said: quotations(c.DocumentID, c.Said.Quotes), Against: quotations(c.DocumentID, c.Against.Quotes),
	}
	for i, id := range slices.Concat(c.Said.Findings, c.Against.Findings) {
		if i == countedShown {
			row.Uncounted = len(c.Said.Findings) + len(c.Against.Findings) - countedShown
			break
		}
		row.Counted = append(row.Counted, Link{Name: strconv.Itoa(ordinalOf(id)), Href: findingAddress(id)})
	}
	return row
}

func quotations(doc corpus.DocumentID, quotes []rectify.Quote) []Quotation {
	var out []Quotation
	for _, q := range quotes {
		out = append(out, Quotation{Text: clip(oneLine(q.Text), quotationLength), Href: quoteAddress(doc, q.Span)})
	}
	return out
}

// ordinalOf is a finding's place in its document.
func ordinalOf(id corpus.FindingID) int {
	n, _ := strconv.Atoi(string(id)[len(id.Document())+1:])
	return n
}

// reusedRows reads both passages of each reuse from the store.
func (s *Site) reusedRows(ctx context.Context, reused []api.ReusedText) ([]ReusedRow, error) {
	var ids []corpus.DocumentID
	for _, r := range reused {
		ids = append(ids, r.DocumentID, r.Source.Document)
	}
	slices.Sort(ids)
	docs, err := s.service.Store.Documents(ctx, slices.Compact(ids))
	if err != nil {
		return nil, fmt.Errorf("read the documents of reused text: %w", err)
	}
	byID := map[corpus.DocumentID]*corpus.Document{}
	for _, d := range docs {
		byID[d.ID] = d
	}
	var out []ReusedRow
	for _, r := range reused {
		here, source := byID[r.DocumentID], byID[r.Source.Document]
		if here == nil || source == nil || len(r.Pairs) == 0 {
			continue
		}
		pair := slices.MaxFunc(r.Pairs, func(a, b rectify.Pair) int { return cmp.Compare(a.Here.Len(), b.Here.Len()) })
		same, first := highlight.Shared(pair.Here.Of(here.Text), pair.There.Of(source.Text))
		out = append(out, ReusedRow{
			Scope: r.Scope.Chinese(), Letters: fmt.Sprintf("共 %d 字相同，占答复的 %.0f%%", r.Letters, r.Share*100),
			Here: reusedSide(here, r.Finding, pair.Here, same), Source: reusedSide(source, r.Source.Finding, pair.There, first),
		})
	}
	return out, nil
}

func reusedSide(d *corpus.Document, finding corpus.FindingID, span corpus.Span, marks []corpus.Span) ReusedSide {
	return ReusedSide{
		Name: fmt.Sprintf("%s，%s，问题 %d", orNone(string(d.Unit)), yearWord(d.Year), ordinalOf(finding)),
		Href: quoteAddress(d.ID, span), Text: marked(span.Of(d.Text), marks),
	}
}

// alignedDocuments lists the newest notices that stand beside a report or feedback.
func (s *Site) alignedDocuments(ctx context.Context, v visit) ([]AlignedDocuments, error) {
	list, err := s.service.Alignments(ctx, api.ListRequest{Filter: v.filter, Page: api.Page{Limit: alignedShown}})
	if corpus.KindOf(err) == corpus.Unavailable {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []AlignedDocuments
	for _, a := range list.Data {
		path := alignmentPath(a.Notice)
		row := AlignedDocuments{Name: orNone(string(a.Unit)) + "：" + a.ReportType.Chinese() + "与" + a.NoticeType.Chinese(), Href: path}
		if len(a.Rows) > 0 {
			r := a.Rows[0]
			row.Name = yearWord(slices.Concat(r.After, r.Before)[0].Year) + " " + row.Name
		}
		row.Counts = kindLinks(v, path, a, "")
		out = append(out, row)
	}
	return out, nil
}

// mostFirst sorts counts, the largest first.
func mostFirst(counts []api.DoneCount) {
	slices.SortStableFunc(counts, func(a, b api.DoneCount) int { return cmp.Compare(b.Findings, a.Findings) })
}
