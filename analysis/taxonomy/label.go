package taxonomy

import (
	"slices"
	"strings"

	"tongjian/corpus"
)

// Label gives every finding of a document its categories, with evidence offsets into doc.Text. Findings that a person
// labelled are left as they are.
func (t *Taxonomy) Label(doc *corpus.Document) {
	kind := Facts
	if doc.DocType == corpus.RectificationNotice || doc.DocType == corpus.AuditRectification {
		kind = Measures
	}
	for i := range doc.Findings {
		f := &doc.Findings[i]
		if slices.ContainsFunc(f.Categories, func(c corpus.Category) bool { return c.By == corpus.ByHuman }) {
			continue
		}
		f.Categories = t.labelFinding(doc, f, kind)
	}
}

func (t *Taxonomy) labelFinding(doc *corpus.Document, f *corpus.Finding, kind AccountKind) []corpus.Category {
	found := t.decide(Input{Statement: f.Statement, Account: f.Account, Kind: kind, Headings: f.Path})
	categories := make([]corpus.Category, len(found))
	for i, c := range found {
		for j := range c.evidence {
			c.evidence[j] = placed(c.evidence[j], doc, f, c.heading)
		}
		categories[i] = t.category(c)
	}
	return categories
}

// placed moves evidence from the part it was found in to its place in the document.
func placed(e corpus.Evidence, doc *corpus.Document, f *corpus.Finding, heading int) corpus.Evidence {
	part, span := f.Statement, f.StatementSpan
	switch e.In {
	case corpus.InAccount:
		part, span = f.Account, f.AccountSpan
	case corpus.InHeading:
		if heading >= len(f.PathSpans) {
			return e
		}
		part, span = f.Path[heading], f.PathSpans[heading]
	}
	// A span may hold a number or a mark beside the part itself.
	if at := strings.Index(span.Of(doc.Text), part); at >= 0 {
		e.Start += span.Start + at
		e.End += span.Start + at
		return e
	}
	// The part was put together from pieces: the evidence itself stands somewhere in the span.
	if at := strings.Index(span.Of(doc.Text), e.Text); at >= 0 {
		e.Start = span.Start + at
		e.End = e.Start + len(e.Text)
		return e
	}
	e.Start, e.End, e.Text = span.Start, span.End, span.Of(doc.Text)
	return e
}
