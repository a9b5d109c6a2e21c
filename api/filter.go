package api

import (
	"net/url"
	"slices"
	"strings"

	"tongjian/corpus"
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

// narrowed returns the filter of one cell: f with the given values of up to two fields. A field that f restricts already
// is restricted further, which is what a cell of that field counts, since only accepted values have cells.
func narrowed(f corpus.Filter, pairs ...fieldValue) corpus.Filter {
	out := findings(f)
	for _, p := range pairs {
		if p.field != "" {
			out = out.With(p.field, exactValue(p.field, p.value))
		}
	}
	return out
}

// exactValue returns the filter value that chooses what a cell of a field counts. Controlled values are exact as they are.
func exactValue(field corpus.Field, value string) string {
	switch field {
	case corpus.FieldUnit, corpus.FieldRegion, corpus.FieldSector, corpus.FieldInspector, corpus.FieldRound:
		return corpus.Exactly(value)
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
