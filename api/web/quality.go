package web

import (
	"context"
	"fmt"

	"tongjian/api"
	"tongjian/corpus"
)

// QualityPage lists what the reading of the documents left in doubt, by kind.
type QualityPage struct {
	Frame Frame
	Kinds []WarningKind
	All   Link // every kind
	Total string
	Tools []Link
	Rows  []WarningRow
	Pager Pager
}

// WarningKind is one kind of warning: how often it was given, in how many documents.
type WarningKind struct {
	Name      string
	Href      string
	Current   bool
	Warnings  string
	Documents string
}

// WarningRow is one warning. Href leads to the words that it is about, or to the document's own list of warnings.
type WarningRow struct {
	Kind     string
	Message  string
	Text     string
	Href     string
	Title    string
	Document string
	Unit     Link
	Year     string
}

// warningsPerPage is the number of warnings on a page, warningTextLength the length of the words quoted with one.
const (
	warningsPerPage   = 50
	warningTextLength = 40
)

// paramCode is the parameter that names a kind of warning.
const paramCode = "code"

// quality works out the page. Warnings are about the whole corpus, whatever the filter.
func (s *Site) quality(ctx context.Context, v visit) (QualityPage, error) {
	v.filter = corpus.Filter{}
	req, err := api.ParseQuality(v.values)
	if err != nil {
		return QualityPage{}, err
	}
	req.Limit = warningsPerPage
	var kept []Param
	for _, code := range req.Codes {
		kept = append(kept, Param{paramCode, string(code)})
	}
	frame, err := s.frame(ctx, v, "质量", kept...)
	if err != nil {
		return QualityPage{}, err
	}
	answer, err := s.service.Quality(ctx, req)
	if err != nil {
		return QualityPage{}, err
	}
	page := QualityPage{
		Frame: frame, Total: thousands(answer.Total.Value), Pager: pagerOf(v, answer.Next, kept),
		All: Link{Name: "全部", Href: v.path, Current: len(req.Codes) == 0},
		Tools: []Link{
			{Name: "CSV", Href: address("/api/v1/quality", v.filter, append(kept[:len(kept):len(kept)], Param{"format", "csv"})...)},
			{Name: "API", Href: address("/api/v1/quality", v.filter, kept...)},
		},
	}
	counts := map[corpus.WarningCode]corpus.QualityCount{}
	for _, c := range answer.Counts {
		counts[c.Code] = c
	}
	for _, code := range corpus.WarningCodes {
		if c, given := counts[code]; given {
			page.Kinds = append(page.Kinds, WarningKind{
				Name: code.Chinese(), Href: address(v.path, v.filter, Param{paramCode, string(code)}),
				Current: len(req.Codes) == 1 && req.Codes[0] == code, Warnings: thousands(c.Warnings), Documents: thousands(c.Documents),
			})
		}
	}
	for _, n := range answer.Data {
		page.Rows = append(page.Rows, warningRow(n))
	}
	return page, nil
}

func warningRow(n corpus.QualityNote) WarningRow {
	row := WarningRow{
		Kind: n.Code.Chinese(), Message: n.Message, Text: clip(oneLine(n.Text), warningTextLength),
		Title: nameOf(string(n.Title), n.Source), Document: "/documents/" + string(n.Document), Year: yearWord(n.Year), Unit: Link{Name: none},
	}
	row.Href = row.Document + "#quality"
	if n.Span != nil && n.Span.Len() > 0 {
		row.Href = quoteAddress(n.Document, *n.Span)
	}
	if n.Unit != "" {
		row.Unit = Link{Name: string(n.Unit), Href: unitAddress(string(n.Unit))}
	}
	if n.Declared != nil && n.Found != nil && n.Text == "" {
		row.Text = fmt.Sprintf("%d / %d", *n.Declared, *n.Found)
	}
	return row
}
