package web

import (
	"context"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// DocumentsPage lists documents.
type DocumentsPage struct {
	Frame  Frame
	Total  string
	Sorts  []Link
	Tools  []Link
	Facets []FacetBox
	Rows   []DocumentRow
	Pager  Pager
}

// DocumentRow is one document in the list. Findings and Warnings lead to what they count.
type DocumentRow struct {
	Href         string
	Title        string
	Unit         string
	UnitHref     string
	Year         string
	Type         string
	Findings     int
	FindingsHref string
	Warnings     int
}

// documentFacets are the fields that narrow the list of documents.
var documentFacets = []corpus.Field{
	corpus.FieldYear, corpus.FieldType, corpus.FieldUnit, corpus.FieldRegion, corpus.FieldSector, corpus.FieldLevel,
	corpus.FieldRound,
}

// documentsPerPage is the number of documents on a page.
const documentsPerPage = 50

// documents works out the list of documents.
func (s *Site) documents(ctx context.Context, v visit) (DocumentsPage, error) {
	kept := []Param{{paramSort, v.param(paramSort)}}
	frame, err := s.frame(ctx, v, "文件", kept...)
	if err != nil {
		return DocumentsPage{}, err
	}
	list, err := s.service.Documents(ctx, api.ListRequest{
		Filter: v.filter, Page: api.Page{Limit: documentsPerPage, Cursor: v.param(paramCursor)}, Sort: index.Sort(v.param(paramSort)),
	})
	if err != nil {
		return DocumentsPage{}, err
	}
	counted, err := s.service.Search(ctx, api.SearchRequest{
		Filter: v.filter, Group: index.ByDocument, Page: api.Page{Limit: 1}, Facets: documentFacets, FacetSize: facetAsked, Snippets: -1,
	})
	if err != nil {
		return DocumentsPage{}, err
	}
	page := DocumentsPage{
		Frame: frame, Total: thousands(list.Total.Value), Sorts: tabs(v, paramSort, sortNames(""), kept),
		Tools: []Link{
			{Name: "CSV", Href: address("/api/v1/documents", v.filter, append(kept[:1:1], Param{"format", "csv"})...)},
			{Name: "API", Href: address("/api/v1/documents", v.filter, kept...)},
		},
		Pager: pagerOf(v, list.Next, kept),
	}
	if page.Facets, err = s.facets(ctx, v, counted.Facets, index.ByDocument, kept); err != nil {
		return DocumentsPage{}, err
	}
	for _, d := range list.Data {
		page.Rows = append(page.Rows, documentRow(d))
	}
	return page, nil
}

func documentRow(d api.DocumentRecord) DocumentRow {
	unit := string(d.Unit)
	if unit == "" {
		unit = none
	}
	href := ""
	if d.Unit != "" {
		href = unitAddress(unit)
	}
	return DocumentRow{
		Href: "/documents/" + string(d.ID), Title: nameOf(string(d.Title), d.Source), Unit: unit, UnitHref: href,
		Year: yearWord(d.Year), Type: d.DocType.Chinese(), Findings: d.Findings, Warnings: d.Warnings,
		FindingsHref: address("/search", findingsOnly(and(corpus.Filter{}, corpus.FieldDocument, string(d.ID)))),
	}
}
