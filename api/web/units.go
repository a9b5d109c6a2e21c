package web

import (
	"context"
	"net/url"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// UnitsPage lists the units that findings are about, those with the most findings first.
type UnitsPage struct {
	Frame  Frame
	Total  string
	Tools  []Link
	Facets []FacetBox
	Rows   []UnitRow
	Pager  Pager
}

// UnitRow is one unit: its dossier, and what its figures count.
type UnitRow struct {
	Name          string
	Href          string
	Findings      string
	FindingsHref  string
	Documents     string
	DocumentsHref string
}

// unitsPerPage is the number of units on a page.
const unitsPerPage = 50

// unitFacets are the fields that narrow the list of units.
var unitFacets = []corpus.Field{
	corpus.FieldRegion, corpus.FieldSector, corpus.FieldLevel, corpus.FieldYear, corpus.FieldDomain, corpus.FieldStatus,
}

// unitAddress is the address of a unit's dossier.
func unitAddress(name string) string { return "/units/" + url.PathEscape(name) }

// units works out the list of units.
func (s *Site) units(ctx context.Context, v visit) (UnitsPage, error) {
	v.filter = freed(v.filter, corpus.FieldKind)
	frame, err := s.frame(ctx, v, "单位")
	if err != nil {
		return UnitsPage{}, err
	}
	list, err := s.service.Units(ctx, api.ListRequest{Filter: v.filter, Page: api.Page{Limit: unitsPerPage, Cursor: v.param(paramCursor)}})
	if err != nil {
		return UnitsPage{}, err
	}
	counted, err := s.service.Search(ctx, api.SearchRequest{
		Filter: findingsOnly(v.filter), Page: api.Page{Limit: 1}, Facets: unitFacets, FacetSize: facetAsked, Snippets: -1,
	})
	if err != nil {
		return UnitsPage{}, err
	}
	page := UnitsPage{
		Frame: frame, Total: thousands(list.Total.Value), Pager: pagerOf(v, list.Next, nil),
		Tools: []Link{
			{Name: "CSV", Href: address("/api/v1/units", v.filter, Param{"format", "csv"})},
			{Name: "API", Href: address("/api/v1/units", v.filter)},
		},
	}
	if page.Facets, err = s.facets(ctx, v, counted.Facets, "", nil); err != nil {
		return UnitsPage{}, err
	}
	for _, u := range list.Data {
		own := and(findingsOnly(v.filter), corpus.FieldUnit, u.Unit)
		page.Rows = append(page.Rows, UnitRow{
			Name: u.Unit, Href: unitAddress(u.Unit), Findings: thousands(u.Findings), FindingsHref: "/search?" + u.Drilldown,
			Documents: thousands(u.Documents), DocumentsHref: address("/search", own, Param{paramGroup, string(index.ByDocument)}),
		})
	}
	return page, nil
}
