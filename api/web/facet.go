package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// FacetBox is one field with the values that narrow the list.
type FacetBox struct {
	Name   string
	Values []FacetLine
	More   *Link
}

// FacetLine is one value: its count, and the address with the value added or, where it is On, taken off.
type FacetLine struct {
	Name  string
	Count string
	On    bool
	Href  string
}

// How many values of a field are asked for, shown, and shown when a reader asks for more.
const (
	facetAsked = 20
	facetShown = 8
	facetMost  = 200
)

// facets works out the facets of a list. A field that the filter restricts is counted without that restriction, so that a
// reader sees what else there is; a field with one value narrows nothing and is left out.
func (s *Site) facets(ctx context.Context, v visit, found []api.Facet, group index.Group, kept []Param) ([]FacetBox, error) {
	var out []FacetBox
	for _, f := range found {
		more := v.param(paramMore) == string(f.Field)
		if chosen := len(v.filter.Values[f.Field]) > 0; chosen || more {
			size := facetAsked
			if more {
				size = facetMost
			}
			wide, err := s.facetOf(ctx, freed(v.filter, f.Field), f.Field, group, size)
			if err != nil {
				return nil, err
			}
			f = wide
		}
		if box, ok := s.facetBox(v, f, more, kept); ok {
			out = append(out, box)
		}
	}
	return out, nil
}

// facetOf counts one field under a filter.
func (s *Site) facetOf(ctx context.Context, f corpus.Filter, field corpus.Field, group index.Group, size int) (api.Facet, error) {
	answer, err := s.service.Search(ctx, api.SearchRequest{
		Filter: f, Group: group, Page: api.Page{Limit: 1}, Facets: []corpus.Field{field}, FacetSize: size, Snippets: -1,
	})
	if err != nil {
		return api.Facet{}, fmt.Errorf("count the values of %s: %w", field, err)
	}
	if len(answer.Facets) == 0 {
		return api.Facet{Field: field}, nil
	}
	return answer.Facets[0], nil
}

// facetBox works out how a facet is shown; ok is false where it would narrow nothing.
func (s *Site) facetBox(v visit, f api.Facet, more bool, kept []Param) (FacetBox, bool) {
	chosen := v.filter.Values[f.Field]
	if len(f.Values) == 0 || len(f.Values) == 1 && len(chosen) == 0 {
		return FacetBox{}, false
	}
	values := slices.Clone(f.Values)
	inOrder := f.Field == corpus.FieldYear && f.Others == 0
	if inOrder {
		slices.SortFunc(values, func(a, b api.FacetValue) int { return cmp.Compare(b.Value, a.Value) })
	}
	hidden := f.Others
	if !more && !inOrder && len(values) > facetShown {
		chosenFirst(f.Field, values, chosen)
		hidden += len(values) - facetShown
		values = values[:facetShown]
	}
	box := FacetBox{Name: f.Field.Chinese()}
	for _, value := range values {
		box.Values = append(box.Values, s.facetLine(v, f, value, kept))
	}
	switch {
	case more:
		box.More = &Link{Name: "收起", Href: address(v.path, v.filter, kept...) + "#facets"}
		if f.Others > 0 {
			box.More.Name = fmt.Sprintf("收起（另有 %s 个未列出）", thousands(f.Others))
		}
	case hidden > 0:
		box.More = &Link{
			Name: fmt.Sprintf("其余 %s 个", thousands(hidden)),
			Href: address(v.path, v.filter, append(kept[:len(kept):len(kept)], Param{paramMore, string(f.Field)})...) + "#facets",
		}
	}
	return box, true
}

// facetLine is one value. Where the filter names values of this list, one more is added to them; where it names a range
// or a group, the value takes its place.
func (s *Site) facetLine(v visit, f api.Facet, value api.FacetValue, kept []Param) FacetLine {
	line := FacetLine{Name: value.Label, Count: thousands(value.Count), On: accepts(v.filter, f.Field, value.Value)}
	switch {
	case line.On:
		line.Href = address(v.path, without(v.filter, f.Field, value.Value), kept...)
	case namesOnly(f, v.filter.Values[f.Field]):
		line.Href = address(v.path, or(v.filter, f.Field, value.Value), kept...)
	default:
		line.Href = address(v.path, and(v.filter, f.Field, value.Value), kept...)
	}
	return line
}

// namesOnly reports whether all chosen values are values of the facet.
func namesOnly(f api.Facet, chosen []string) bool {
	for _, c := range chosen {
		if !slices.ContainsFunc(f.Values, func(v api.FacetValue) bool { return same(f.Field, c, v.Value) }) {
			return false
		}
	}
	return true
}

// chosenFirst puts the chosen values first, so that cutting the list never hides one.
func chosenFirst(field corpus.Field, values []api.FacetValue, chosen []string) {
	rank := func(value string) int {
		if slices.ContainsFunc(chosen, func(c string) bool { return same(field, c, value) }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(values, func(a, b api.FacetValue) int { return cmp.Compare(rank(a.Value), rank(b.Value)) })
}
