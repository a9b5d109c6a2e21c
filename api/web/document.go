package web

import (
	"context"
	"fmt"
	"slices"

	"tongjian/api"
	"tongjian/api/web/highlight"
	"tongjian/corpus"
	"tongjian/index"
)

// DocumentPage shows one document: its outline, its text with what was read in it, and its details.
type DocumentPage struct {
	Frame    Frame
	Name     string
	Tools    []Link
	Outline  []OutlineLine
	Parts    []Part
	Facts    []DetailFact
	Statuses []StatusCount
	Measures string
	Warnings []WarningLine
	// Counterpart leads to where the document stands beside the other one of its inspection, nil where there is none.
	Counterpart *Link
}

// OutlineLine is one line of the outline: a heading, or a finding with its status.
type OutlineLine struct {
	Heading bool
	Chapter bool // a heading with no other above it
	Href    string
	Text    string
	Status  *StatusWord
}

// outlineLength is the length at which a statement is cut in the outline, in characters.
const outlineLength = 42

// document works out the page of one document.
func (s *Site) document(ctx context.Context, v visit) (DocumentPage, error) {
	doc, err := s.service.Document(ctx, corpus.DocumentID(v.id))
	if err != nil {
		return DocumentPage{}, err
	}
	name := nameOf(string(doc.Title), doc.Source)
	frame, err := s.frame(ctx, v, name)
	if err != nil {
		return DocumentPage{}, err
	}
	reader := newReader(doc, s.names())
	if err := s.markMatches(ctx, reader, v); err != nil {
		return DocumentPage{}, err
	}
	if place, ok := placeOf(v, doc.Text); ok {
		reader.layers = append(reader.layers, highlight.Layer{Span: place, Class: "hit", ID: placeAnchor(place)})
	}
	own := and(corpus.Filter{}, corpus.FieldDocument, string(doc.ID))
	jsonAddress := "/api/v1/documents/" + string(doc.ID)
	return DocumentPage{
		Frame: frame,
		Name:  name,
		Tools: []Link{
			{Name: "在检索中查看", Href: address("/search", own)},
			{Name: "原件", Href: jsonAddress + "/original"},
			{Name: "JSON", Href: jsonAddress},
		},
		Outline:  outlineOf(doc),
		Parts:    reader.parts(),
		Facts:    factsOf(doc),
		Statuses: statusesOf(doc),
		Measures: measuresWord(doc),
		Warnings: warningsOf(doc),

		Counterpart: s.counterpart(ctx, doc.ID),
	}, nil
}

// markMatches adds to a reader what a query matches in the document. A query that cannot be read marks nothing: the page is
// about the document.
func (s *Site) markMatches(ctx context.Context, r *reader, v visit) error {
	if v.filter.Query == "" {
		return nil
	}
	found, err := s.service.Search(ctx, api.SearchRequest{
		Filter: and(corpus.Filter{Query: v.filter.Query}, corpus.FieldDocument, string(r.doc.ID)),
		Page:   api.Page{Limit: index.MaxLimit}, Snippets: api.MaxSnippets,
	})
	if corpus.KindOf(err) == corpus.Invalid {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find %q in document %s: %w", v.filter.Query, r.doc.ID, err)
	}
	for _, h := range found.Data {
		for _, sn := range h.Snippets {
			for _, m := range sn.Spans {
				r.layers = append(r.layers, highlight.Layer{Span: corpus.Span{Start: sn.At + m.Start, End: sn.At + m.End}, Class: "hit"})
			}
		}
	}
	return nil
}

// nameOf is how a document is called: by its title, else by its file.
func nameOf(title, source string) string {
	if title != "" {
		return title
	}
	return source
}

// outlineOf lists the headings above findings and the findings in the order of the text. A heading is listed again only
// where another one stood between.
func outlineOf(doc *corpus.Document) []OutlineLine {
	var out []OutlineLine
	var above []string
	for i := range doc.Findings {
		f := &doc.Findings[i]
		for level, heading := range f.Path {
			if level < len(above) && slices.Equal(above[:level+1], f.Path[:level+1]) {
				continue
			}
			line := OutlineLine{Heading: true, Chapter: level == 0, Text: heading}
			if level < len(f.PathSpans) {
				line.Href = "#" + placeAnchor(f.PathSpans[level])
			}
			out = append(out, line)
		}
		above = f.Path
		status := statusWord(f.Status)
		out = append(out, OutlineLine{Href: "#" + anchor(f.Ordinal), Text: clip(f.Statement, outlineLength), Status: &status})
	}
	return out
}
