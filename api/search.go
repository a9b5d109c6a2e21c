package api

import (
	"context"
	"fmt"
	"html"
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// Search returns one page of the passages, or documents, that match.
func (s *Service) Search(ctx context.Context, req SearchRequest) (*SearchAnswer, error) {
	filter, err := s.resolve(req.Filter)
	if err != nil {
		return nil, err
	}
	snippets := req.Snippets
	if snippets == 0 {
		snippets = DefaultSnippets
	}
	found, err := s.Engine.Search(ctx, index.Request{
		Filter: filter, Sort: req.Sort, Group: req.Group, Limit: req.Limit, Cursor: req.Cursor,
		Facets: req.Facets, FacetSize: req.FacetSize, Snippets: min(max(snippets, 0), MaxSnippets),
	})
	if err != nil {
		return nil, fmt.Errorf("search %q: %w", filter.Query, err)
	}
	out := &SearchAnswer{
		List: listOf[SearchHit](found, s.meta(found.Sequence)), Facets: []Facet{}, Understood: found.Understood,
		Expanded: expansions(found.Expanded),
	}
	for _, h := range found.Hits {
		out.Data = append(out.Data, searchHit(h))
	}
	for _, f := range found.Facets {
		out.Facets = append(out.Facets, s.facet(f, req))
	}
	if found.Total == 0 {
		if out.Hint, err = s.hint(ctx, filter); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// listOf begins the page of a list that an engine's answer stands for.
func listOf[T any](found *index.Answer, meta Meta) List[T] {
	list := List[T]{Data: make([]T, 0, len(found.Hits)), Total: exactly(found.Total), Meta: meta}
	if found.Next != "" {
		list.Next = &found.Next
	}
	return list
}

func searchHit(h index.Hit) SearchHit {
	hit := SearchHit{
		ID: h.FindingID, DocumentID: h.DocumentID, Kind: h.Kind, Title: corpus.Fact(h.Title), Statement: h.Statement,
		Unit: corpus.Fact(h.Unit), Region: corpus.Fact(h.Region), Year: h.Year, Date: h.Date, Type: h.Type,
		Categories: slices.Clone(h.Categories), Status: h.Status, Score: h.Score, Span: h.Span,
		Snippets: make([]Snippet, 0, len(h.Snippets)), Passages: h.Passages,
	}
	if hit.Categories == nil {
		hit.Categories = []corpus.CategoryCode{}
	}
	for _, sn := range h.Snippets {
		hit.Snippets = append(hit.Snippets, snippet(sn))
	}
	return hit
}

// snippet adds the marked HTML. Everything but the marks is escaped, so that it can stand in a page as it is.
func snippet(sn index.Snippet) Snippet {
	var b strings.Builder
	at := 0
	for _, m := range sn.Marks {
		b.WriteString(html.EscapeString(sn.Text[at:m.Start]))
		b.WriteString("<mark>" + html.EscapeString(m.Of(sn.Text)) + "</mark>")
		at = m.End
	}
	b.WriteString(html.EscapeString(sn.Text[at:]))
	return Snippet{HTML: b.String(), Text: sn.Text, Spans: append([]corpus.Span{}, sn.Marks...), At: sn.At}
}

func (s *Service) facet(f index.Facet, req SearchRequest) Facet {
	drill := s.drilldowns(req.Filter)
	out := Facet{Field: f.Field, Label: f.Field.Chinese(), Values: make([]FacetValue, 0, len(f.Values)), Others: f.Others}
	for _, v := range f.Values {
		out.Values = append(out.Values, FacetValue{
			Value: v.Value, Label: s.Label(f.Field, v.Value), Count: v.Count,
			Drilldown: drill.to(v.Count > 0, fieldValue{f.Field, v.Value}),
		})
	}
	return out
}
