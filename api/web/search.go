package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// SearchPage shows what a query and a filter find.
type SearchPage struct {
	Frame Frame
	// Problem is set where the query could not be read; nothing else is then.
	Problem    *QueryProblem
	Understood string
	Synonyms   *Synonyms
	Totals     []Figure
	Views      []Link
	Sorts      []Link
	Tools      []Link
	Facets     []FacetBox
	Hits       []HitCard
	Zero       *Zero
	Pager      Pager
}

// Pager leads through the pages of a list.
type Pager struct {
	First string
	Next  string
}

// QueryProblem says what is wrong in a query, where, and what was expected there.
type QueryProblem struct {
	Message  string
	Expected string
	// Before, At and After are the query around the place, Column its number from 1; without HasPlace the query is wrong as
	// a whole.
	HasPlace          bool
	Before, At, After string
	Column            int
	// Literal is the address of a search for the words exactly as they stand.
	Literal string
}

// Status is the HTTP status of the page.
func (p SearchPage) Status() int {
	if p.Problem != nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// Parameters of the search page beside the filter.
const (
	paramSort   = "sort"
	paramGroup  = "group"
	paramCursor = "cursor"
	paramMore   = "more" // the facet that is shown whole
)

// searchFacets are the fields that narrow a search, in the order in which they are shown.
var searchFacets = []corpus.Field{
	corpus.FieldYear, corpus.FieldDomain, corpus.FieldCategory, corpus.FieldStatus, corpus.FieldUnit, corpus.FieldRegion,
	corpus.FieldSector, corpus.FieldType, corpus.FieldLevel, corpus.FieldRound, corpus.FieldKind,
}

// search works out the search page.
func (s *Site) search(ctx context.Context, v visit) (SearchPage, error) {
	kept := []Param{{paramSort, v.param(paramSort)}, {paramGroup, v.param(paramGroup)}}
	frame, err := s.frame(ctx, v, searchTitle(v), kept...)
	if err != nil {
		return SearchPage{}, err
	}
	page := SearchPage{Frame: frame}
	group := index.Group(v.param(paramGroup))
	answer, err := s.service.Search(ctx, api.SearchRequest{
		Filter: v.filter, Page: api.Page{Cursor: v.param(paramCursor)},
		Sort: index.Sort(v.param(paramSort)), Group: group, Facets: searchFacets, FacetSize: facetAsked,
	})
	if p, ok := queryProblem(v, err); ok {
		page.Problem = p
		page.Frame = s.withoutQuery(page.Frame, v)
		return page, nil
	}
	if err != nil {
		return SearchPage{}, err
	}
	if page.Facets, err = s.facets(ctx, v, answer.Facets, group, kept); err != nil {
		return SearchPage{}, err
	}
	if answer.Total.Value == 0 {
		page.Zero, err = s.zero(ctx, v, kept)
		if err == nil {
			page.Zero.Meant = meant(v, answer.Hint, kept)
		}
	} else {
		page.Totals, err = s.totals(ctx, v, answer, group)
	}
	if err != nil {
		return SearchPage{}, err
	}
	if v.filter.Query != "" {
		page.Understood, page.Synonyms = answer.Understood, synonymsOf(v, answer.Expanded, kept)
	}
	page.Views = views(v, kept)
	page.Sorts = tabs(v, paramSort, sortNames(v.filter.Query), kept)
	page.Tools = []Link{
		{Name: "CSV", Href: address("/api/v1/search", v.filter, append(kept[:2:2], Param{"format", "csv"})...)},
		{Name: "API", Href: address("/api/v1/search", v.filter, kept...)},
	}
	for _, h := range answer.Data {
		page.Hits = append(page.Hits, s.hitCard(v, h))
	}
	page.Pager = pagerOf(v, answer.Next, kept)
	return page, nil
}

// withoutQuery keeps a query that could not be read out of the frame's links; the box shows it still.
func (s *Site) withoutQuery(f Frame, v visit) Frame {
	typed := f.Query
	v.filter.Query = ""
	bare := s.bareFrame(v, f.Title)
	f.Home, f.Nav, f.Side, f.Query = bare.Home, bare.Nav, bare.Side, typed
	return f
}

func searchTitle(v visit) string {
	if v.filter.Query == "" {
		return "检索"
	}
	return clip(v.filter.Query, 30)
}

// sortNames lists the orders; the default one has no name in the address.
func sortNames(query string) []Param {
	if query == "" {
		return []Param{{"", "新的在前"}, {string(index.ByDate), "旧的在前"}}
	}
	return []Param{{"", "最相关"}, {string(index.ByDateDesc), "新的在前"}, {string(index.ByDate), "旧的在前"}}
}

// tabs lists the values of a parameter as links, with the others kept.
func tabs(v visit, name string, values []Param, kept []Param) []Link {
	var out []Link
	for _, value := range values {
		more := []Param{{name, value.Name}}
		for _, k := range kept {
			if k.Name != name {
				more = append(more, k)
			}
		}
		out = append(out, Link{Name: value.Value, Href: address(v.path, v.filter, more...), Current: v.param(name) == value.Name})
	}
	return out
}

func pagerOf(v visit, next *string, kept []Param) Pager {
	var p Pager
	if v.param(paramCursor) != "" {
		p.First = address(v.path, v.filter, kept...)
	}
	if next != nil {
		p.Next = address(v.path, v.filter, append(kept[:len(kept):len(kept)], Param{paramCursor, *next})...)
	}
	return p
}

// totals says how much was found: hits as they are listed, and for findings the documents and units they stand in, which
// are the figures that charts show.
func (s *Site) totals(ctx context.Context, v visit, answer *api.SearchAnswer, group index.Group) ([]Figure, error) {
	if group == index.ByDocument {
		return []Figure{{Name: "份文件", Value: thousands(answer.Total.Value)}}, nil
	}
	all, err := s.service.Trends(ctx, api.TrendsRequest{Filter: freed(v.filter, corpus.FieldKind)})
	if err != nil {
		return nil, err
	}
	total := all.Total
	if !accepts(v.filter, corpus.FieldKind, string(corpus.KindFinding)) && len(v.filter.Values[corpus.FieldKind]) > 0 {
		return []Figure{{Name: "段其他文字", Value: thousands(answer.Total.Value)}}, nil
	}
	out := []Figure{{Name: "个问题", Value: thousands(total.Findings)}}
	if rest := answer.Total.Value - total.Findings; rest > 0 {
		return append(out, Figure{Name: "段其他文字", Value: thousands(rest)}), nil
	}
	return append(out, Figure{Name: "份文件", Value: thousands(total.Documents)}, Figure{Name: "个单位", Value: thousands(total.Units)}), nil
}

// queryProblem turns an error about the query into what the page says of it.
func queryProblem(v visit, err error) (*QueryProblem, bool) {
	var e *corpus.Error
	if !errors.As(err, &e) || e.Kind != corpus.Invalid || v.filter.Query == "" || (e.Param != "" && e.Param != "q") {
		return nil, false
	}
	if e.Value != v.filter.Query && e.Code != "query_syntax" && e.Code != "unknown_field" && e.Code != "unknown_value" {
		return nil, false
	}
	p := &QueryProblem{Message: e.Message, Expected: e.Expected}
	if q := v.filter.Query; e.Position >= 0 && e.Position <= len(q) {
		p.HasPlace = true
		p.Before = strings.ToValidUTF8(q[:e.Position], "")
		p.Column = len([]rune(p.Before)) + 1
		rest := []rune(strings.ToValidUTF8(q[e.Position:], ""))
		p.At = "␣"
		if len(rest) > 0 {
			p.At, p.After = string(rest[:1]), string(rest[1:])
		}
	}
	if literal := strings.TrimSpace(strings.ReplaceAll(v.filter.Query, `"`, " ")); literal != "" {
		p.Literal = address("/search", withQuery(v.filter, `"`+literal+`"`))
	}
	return p, true
}
