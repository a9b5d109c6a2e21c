package indextest

import (
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/segment"
)

// Passage is one passage as the scan sees it.
type Passage struct {
	Document *corpus.Document
	Finding  *corpus.Finding // nil for a section
	Span     corpus.Span
}

// Passages returns the passages that a document has.
func Passages(d *corpus.Document) []Passage {
	var out []Passage
	for i := range d.Findings {
		out = append(out, Passage{d, &d.Findings[i], d.Findings[i].Span})
	}
	for _, s := range d.Sections {
		out = append(out, Passage{d, nil, s.Span})
	}
	if len(out) == 0 {
		out = append(out, Passage{Document: d})
	}
	slices.SortStableFunc(out, func(a, b Passage) int { return a.Span.Start - b.Span.Start })
	return out
}

// AllPassages returns the passages of all documents.
func AllPassages(docs []*corpus.Document) []Passage {
	var out []Passage
	for _, d := range docs {
		out = append(out, Passages(d)...)
	}
	return out
}

// Text returns the source text of the passage.
func (p Passage) Text() string { return p.Span.Of(p.Document.Text) }

// Has reports whether a string stands in the passage, differences of writing aside.
func (p Passage) Has(s string) bool {
	text, part := segment.Fold(p.Text()), segment.Fold(s)
	return strings.Contains(text.Text, part.Text)
}

// Key identifies the passage in hits.
func (p Passage) Key() string { return passageKey(p.Document.ID, p.Span, p.Finding != nil) }

func passageKey(id corpus.DocumentID, s corpus.Span, finding bool) string {
	return string(id) + " " + strconv.Itoa(s.Start) + "-" + strconv.Itoa(s.End) + " " + strconv.FormatBool(finding)
}

// Values returns the values of a field, one at least: the empty one where there is none.
func (p Passage) Values(f corpus.Field) []string {
	d := p.Document
	one := func(s string) []string { return []string{s} }
	switch f {
	case corpus.FieldUnit:
		if p.Finding != nil && p.Finding.Unit != "" {
			return one(p.Finding.Unit)
		}
		return one(string(d.Unit))
	case corpus.FieldRegion:
		parts := slices.DeleteFunc([]string{string(d.Region.Province), string(d.Region.City), string(d.Region.County)},
			func(s string) bool { return s == "" })
		return one(strings.Join(parts, "/"))
	case corpus.FieldSector:
		return one(string(d.Sector))
	case corpus.FieldLevel:
		return one(string(d.Level))
	case corpus.FieldInspector:
		return one(string(d.Inspector))
	case corpus.FieldRound:
		return one(string(d.Round))
	case corpus.FieldYear:
		if d.Year == 0 {
			return one("")
		}
		return one(strconv.Itoa(int(d.Year)))
	case corpus.FieldDate:
		return one(string(d.PublicationDate))
	case corpus.FieldType:
		return one(string(d.DocType))
	case corpus.FieldDocument:
		return one(string(d.ID))
	case corpus.FieldKind:
		if p.Finding != nil {
			return one(string(corpus.KindFinding))
		}
		return one(string(corpus.KindSection))
	}
	return p.ownValues(f)
}

// ownValues returns the values of the fields that only findings have.
func (p Passage) ownValues(f corpus.Field) []string {
	var out []string
	if p.Finding != nil {
		for _, c := range p.Finding.Categories {
			switch {
			case f == corpus.FieldCategory:
				out = append(out, string(c.Code))
			case f == corpus.FieldDomain && !slices.Contains(out, string(c.Code.Domain())):
				out = append(out, string(c.Code.Domain()))
			}
		}
		for _, a := range p.Finding.Actions {
			if kind := string(a.Kind); f == corpus.FieldAction && !slices.Contains(out, kind) {
				out = append(out, kind)
			}
		}
		if f == corpus.FieldSubstance {
			out = append(out, string(p.Finding.Substance))
		}
		if f == corpus.FieldStatus {
			out = append(out, string(p.Finding.Status))
		}
	}
	if out == nil {
		return []string{""}
	}
	return out
}
