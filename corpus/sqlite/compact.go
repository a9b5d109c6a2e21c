package sqlite

import (
	"slices"

	"tongjian/corpus"
)

// The stored form of a document is its JSON with two things left out that the rest of it says: where a piece is the text
// that its span covers, the piece; and where in the document a finding stands, from all spans within the finding. What is
// left is a third smaller when compressed, and is read faster. compact and expanded are each other's inverse.

// compact returns the stored form of a document, and false for a document that it cannot stand for: one with a piece that
// is empty though its span is not, which reading could not tell from one that was left out.
func compact(doc *corpus.Document) (*corpus.Document, bool) {
	out := *doc
	out.Findings = slices.Clone(doc.Findings)
	for i := range out.Findings {
		if !compactFinding(doc.Text, &out.Findings[i]) {
			return nil, false
		}
	}
	return &out, true
}

func compactFinding(text string, f *corpus.Finding) bool {
	whole := leave(text, &f.Statement, f.StatementSpan) && leave(text, &f.Account, f.AccountSpan)
	base := f.Span.Start
	f.PathSpans = slices.Clone(f.PathSpans)
	for i := range f.PathSpans {
		near(&f.PathSpans[i], base)
	}
	f.Measures = slices.Clone(f.Measures)
	for i := range f.Measures {
		m := &f.Measures[i]
		whole = whole && leave(text, &m.Text, m.Span)
		near(&m.Span, base)
	}
	f.Actions = slices.Clone(f.Actions)
	for i := range f.Actions {
		a := &f.Actions[i]
		whole = whole && leave(text, &a.Text, a.Span)
		near(&a.Span, base)
	}
	f.Amounts = slices.Clone(f.Amounts)
	for i := range f.Amounts {
		a := &f.Amounts[i]
		whole = whole && leave(text, &a.Text, a.Span)
		near(&a.Span, base)
	}
	f.Categories = slices.Clone(f.Categories)
	for i := range f.Categories {
		c := &f.Categories[i]
		c.Evidence = slices.Clone(c.Evidence)
		for j := range c.Evidence {
			e := &c.Evidence[j]
			s := corpus.Span{Start: e.Start, End: e.End}
			whole = whole && leave(text, &e.Text, s)
			near(&s, base)
			e.Start, e.End = s.Start, s.End
		}
	}
	near(&f.StatementSpan, base)
	near(&f.AccountSpan, base)
	return whole
}

// leave leaves out a piece that is the text that its span covers. It reports false for a piece that is empty already and
// would come back as that text.
func leave(text string, piece *string, s corpus.Span) bool {
	if !covers(text, s) {
		return true
	}
	if *piece == s.Of(text) {
		*piece = ""
		return true
	}
	return *piece != ""
}

// covers reports whether a span covers some of the text.
func covers(text string, s corpus.Span) bool {
	return 0 <= s.Start && s.Start < s.End && s.End <= len(text)
}

// near writes a span as its distance from a base and its length; far reads it.
func near(s *corpus.Span, base int) { s.Start, s.End = s.Start-base, s.End-s.Start }

func far(s *corpus.Span, base int) {
	s.Start += base
	s.End += s.Start
}

// expanded makes a document of its stored form, in place.
func expanded(doc *corpus.Document) {
	for i := range doc.Findings {
		f := &doc.Findings[i]
		base := f.Span.Start
		far(&f.StatementSpan, base)
		far(&f.AccountSpan, base)
		restoreText(doc.Text, &f.Statement, f.StatementSpan)
		restoreText(doc.Text, &f.Account, f.AccountSpan)
		for j := range f.PathSpans {
			far(&f.PathSpans[j], base)
		}
		for j := range f.Measures {
			far(&f.Measures[j].Span, base)
			restoreText(doc.Text, &f.Measures[j].Text, f.Measures[j].Span)
		}
		for j := range f.Actions {
			far(&f.Actions[j].Span, base)
			restoreText(doc.Text, &f.Actions[j].Text, f.Actions[j].Span)
		}
		for j := range f.Amounts {
			far(&f.Amounts[j].Span, base)
			restoreText(doc.Text, &f.Amounts[j].Text, f.Amounts[j].Span)
		}
		for j := range f.Categories {
			for k := range f.Categories[j].Evidence {
				e := &f.Categories[j].Evidence[k]
				s := corpus.Span{Start: e.Start, End: e.End}
				far(&s, base)
				e.Start, e.End = s.Start, s.End
				restoreText(doc.Text, &e.Text, s)
			}
		}
	}
}

func restoreText(text string, piece *string, s corpus.Span) {
	if *piece == "" && covers(text, s) {
		*piece = s.Of(text)
	}
}
