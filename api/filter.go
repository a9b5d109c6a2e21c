package api

import (
	"net/url"
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// EncodeFilter writes a filter as a query string that ReadFilter reads back: the text query first, then the fields in
// their order, values as they stand.
func EncodeFilter(f corpus.Filter) string {
	var b strings.Builder
	add := func(name, value string) {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(name + "=" + url.QueryEscape(value))
	}
	if f.Query != "" {
		add("q", f.Query)
	}
	for _, field := range corpus.Fields {
		for _, v := range f.Values[field] {
			add(string(field), v)
		}
	}
	return b.String()
}

// findings narrows a filter to findings, which is what all figures count.
func findings(f corpus.Filter) corpus.Filter {
	return f.With(corpus.FieldKind, string(corpus.KindFinding))
}

// narrowed returns the filter of one cell: what f chooses that has the given values. Where f restricts the field
// already, the cell's value takes the place of the wider restriction if that accepts it, which it does where the cell
// counts anything and the field has one value; else both must hold, which only a query can say.
func (s *Service) narrowed(f corpus.Filter, counts bool, pairs ...fieldValue) corpus.Filter {
	out := f
	for _, p := range pairs {
		if p.field == "" {
			continue
		}
		value := s.exactValue(p.field, p.value)
		accepts := s.accepts(f, p.field)
		if len(f.Values[p.field]) == 0 || (counts && (accepts == nil || accepts(p.value))) {
			out = out.With(p.field, value)
			continue
		}
		clause := index.Query{Root: index.Field{Field: p.field, Written: value}}
		out.Query = both(out.Query, clause.String())
	}
	return out
}

// exactValue returns the filter value that chooses what a cell of a field counts. Controlled values are exact as they are.
func (s *Service) exactValue(field corpus.Field, value string) string {
	switch field {
	case corpus.FieldUnit, corpus.FieldRegion, corpus.FieldSector, corpus.FieldInspector, corpus.FieldRound:
		return corpus.Exactly(value)
	case corpus.FieldCategory, corpus.FieldDomain:
		// A label that the taxonomy no longer has is not resolved, but it is still counted.
		if s.Taxonomy.Resolve(value) == nil {
			return corpus.Exactly(value)
		}
	}
	if value == "" {
		return corpus.Exactly("")
	}
	return value
}

// fieldValue is one value of one field.
type fieldValue struct {
	field corpus.Field
	value string
}

// ReadFilter reads the common filter parameters (q and every field) from a query string and checks them. Other
// parameters are left alone. Every error is a *corpus.Error that names parameter, value and position.
func ReadFilter(v url.Values) (corpus.Filter, error) {
	var f corpus.Filter
	q, err := single(v, "q")
	if err != nil {
		return f, err
	}
	f.Query = strings.TrimSpace(q)
	if err := checkQueryText(f.Query); err != nil {
		return f, err
	}
	for _, field := range corpus.Fields {
		values, ok := v[string(field)]
		if !ok {
			continue
		}
		if err := checkCount(field, values); err != nil {
			return f, err
		}
		checked := make([]string, 0, len(values))
		for _, value := range values {
			c, err := checkValue(field, value)
			if err != nil {
				return f, err
			}
			if !slices.Contains(checked, c) {
				checked = append(checked, c)
			}
		}
		f = f.With(field, checked...)
	}
	return f, nil
}
