package web

import (
	"net/url"
	"slices"
	"strings"

	"tongjian/api"
	"tongjian/corpus"
)

// Param is a name and a value of an address.
type Param struct {
	Name  string
	Value string
}

// address returns the address of a page under a filter, with further parameters. The parameters are in a fixed order,
// so that what is the same has the same address. Further parameters without a value are left out.
func address(path string, f corpus.Filter, more ...Param) string {
	query := api.EncodeFilter(f)
	for _, p := range more {
		if p.Value == "" {
			continue
		}
		if query != "" {
			query += "&"
		}
		query += p.Name + "=" + url.QueryEscape(p.Value)
	}
	if query == "" {
		return path
	}
	return path + "?" + query
}

// paramsOf lists what a filter says, the query first, then the fields in the order in which they are shown.
func paramsOf(f corpus.Filter) []Param {
	var out []Param
	if f.Query != "" {
		out = append(out, Param{"q", f.Query})
	}
	for _, field := range corpus.Fields {
		for _, v := range f.Values[field] {
			out = append(out, Param{string(field), v})
		}
	}
	return out
}

// and returns the filter narrowed to one value of a field, whatever it accepted of that field before.
func and(f corpus.Filter, field corpus.Field, value string) corpus.Filter {
	return f.With(field, chosenValue(field, value))
}

// or returns the filter that accepts one more value of a field.
func or(f corpus.Filter, field corpus.Field, value string) corpus.Filter {
	return f.With(field, append(slices.Clone(f.Values[field]), chosenValue(field, value))...)
}

// without returns the filter that accepts one value of a field less; with none left the field is free.
func without(f corpus.Filter, field corpus.Field, value string) corpus.Filter {
	rest := slices.DeleteFunc(slices.Clone(f.Values[field]), func(v string) bool { return same(field, v, value) })
	if len(rest) == 0 {
		return freed(f, field)
	}
	return f.With(field, rest...)
}

// accepts reports whether the filter names a value of a field.
func accepts(f corpus.Filter, field corpus.Field, value string) bool {
	return slices.ContainsFunc(f.Values[field], func(v string) bool { return same(field, v, value) })
}

// same reports whether a value of a filter, as it was typed or exact, names a stored value.
func same(field corpus.Field, written, value string) bool {
	return written == value || written == corpus.Exactly(value) || written == chosenValue(field, value)
}

// chosenValue returns the filter value that stands for one stored value and nothing that only looks like it. What a
// document does not state can be chosen too.
func chosenValue(field corpus.Field, value string) string {
	if value == "" {
		return corpus.Exactly("")
	}
	switch field {
	case corpus.FieldUnit, corpus.FieldSector, corpus.FieldInspector, corpus.FieldRound, corpus.FieldRegion:
		if !strings.HasPrefix(value, corpus.Exactly("")) {
			return corpus.Exactly(value)
		}
	}
	return value
}

// freed returns the filter without any condition on a field.
func freed(f corpus.Filter, field corpus.Field) corpus.Filter {
	out := f.With(field)
	delete(out.Values, field)
	return out
}

// withQuery returns the filter with another text query.
func withQuery(f corpus.Filter, q string) corpus.Filter {
	f.Query = q
	return f
}
