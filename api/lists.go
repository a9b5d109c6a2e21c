package api

import (
	"slices"

	"tongjian/corpus"
)

// whole returns a copy of a finding in which every list is a list, so that a reader of the JSON never meets null where it
// wants to iterate.
func whole(f corpus.Finding) corpus.Finding {
	f.Path, f.PathSpans = some(f.Path), some(f.PathSpans)
	f.Measures, f.Amounts, f.Issued = some(f.Measures), some(f.Amounts), some(f.Issued)
	f.Categories = some(slices.Clone(f.Categories))
	for i := range f.Categories {
		f.Categories[i].Evidence = some(f.Categories[i].Evidence)
	}
	return f
}

// wholeDocument is whole for a document.
func wholeDocument(d *corpus.Document) *corpus.Document {
	out := *d
	out.Sections, out.Warnings = some(d.Sections), some(d.Warnings)
	out.Findings = make([]corpus.Finding, len(d.Findings))
	for i, f := range d.Findings {
		out.Findings[i] = whole(f)
	}
	if out.Provenance == nil {
		out.Provenance = map[string]corpus.Provenance{}
	}
	return &out
}

// some returns the list, an empty one where there is none.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
