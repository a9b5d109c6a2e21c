package api

import (
	"net/url"
	"strings"

	"tongjian/analysis/trend"
	"tongjian/corpus"
	"tongjian/index"
)

// drilldowns writes for the cells of one table the query strings that lead to what they count. It is used by one request
// and remembers what cells have in common.
type drilldowns struct {
	service  *Service
	filter   corpus.Filter
	accepts  map[corpus.Field]func(string) bool
	prefixes map[[2]corpus.Field]string
	escaped  map[fieldValue]string
}

// drilldowns returns a writer for what counts within a filter.
func (s *Service) drilldowns(filter corpus.Filter) *drilldowns {
	return &drilldowns{
		service: s, filter: filter, accepts: map[corpus.Field]func(string) bool{},
		prefixes: map[[2]corpus.Field]string{}, escaped: map[fieldValue]string{},
	}
}

// fieldValue is one value of one field.
type fieldValue struct {
	field corpus.Field
	value string
}

// to returns the query string of the cell with these values, at most two. counts says whether the cell counts anything.
//
// Where the filter restricts a field already, the cell's value takes the place of the wider restriction if that accepts
// it, which it does where the cell counts anything and the field has one value; else both must hold, which only a query
// can say.
func (d *drilldowns) to(counts bool, cell ...fieldValue) string {
	var taken [2]corpus.Field
	var clauses []string
	for i, c := range cell {
		if d.replaces(counts, c) {
			taken[i] = c.field
		} else {
			clauses = append(clauses, index.Query{Root: index.Field{Field: c.field, Written: d.service.exactValue(c)}}.String())
		}
	}
	var out strings.Builder
	if len(clauses) == 0 {
		out.WriteString(d.prefix(taken))
	} else {
		out.WriteString(d.prefixWith(taken, clauses))
	}
	for i, c := range cell {
		if taken[i] == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('&')
		}
		out.WriteString(d.escape(c))
	}
	return out.String()
}

// replaces reports whether a cell's value may take the place of the filter's values.
func (d *drilldowns) replaces(counts bool, c fieldValue) bool {
	if len(d.filter.Values[c.field]) == 0 {
		return true
	}
	accepts, known := d.accepts[c.field]
	if !known {
		accepts = d.service.accepts(d.filter, c.field)
		d.accepts[c.field] = accepts
	}
	return counts && (accepts == nil || accepts(c.value))
}

// prefix is the filter without some fields as a query string.
func (d *drilldowns) prefix(without [2]corpus.Field) string {
	p, known := d.prefixes[without]
	if !known {
		p = d.prefixWith(without, nil)
		d.prefixes[without] = p
	}
	return p
}

// prefixWith is prefix with further conditions on the query.
func (d *drilldowns) prefixWith(without [2]corpus.Field, clauses []string) string {
	f := corpus.Filter{Query: d.filter.Query, Synonyms: d.filter.Synonyms, Values: map[corpus.Field][]string{}}
	for field, values := range d.filter.Values {
		if field != without[0] && field != without[1] {
			f.Values[field] = values
		}
	}
	for _, clause := range clauses {
		f.Query = both(f.Query, clause)
	}
	return EncodeFilter(f)
}

func (d *drilldowns) escape(c fieldValue) string {
	e, known := d.escaped[c]
	if !known {
		e = string(c.field) + "=" + url.QueryEscape(d.service.exactValue(c))
		d.escaped[c] = e
	}
	return e
}

// figures adds to the figures of a cell the way to what they count.
func (d *drilldowns) figures(m trend.Measures, cell ...fieldValue) Figures {
	return Figures{Measures: m, Drilldown: d.to(m.Findings > 0, cell...)}
}

// exactValue returns the filter value that chooses what a cell counts. Controlled values are exact as they are.
func (s *Service) exactValue(c fieldValue) string {
	switch c.field {
	case corpus.FieldUnit, corpus.FieldRegion, corpus.FieldSector, corpus.FieldInspector, corpus.FieldRound:
		return corpus.Exactly(c.value)
	case corpus.FieldCategory, corpus.FieldDomain:
		// A label that the taxonomy no longer has is not resolved, but it is still counted.
		if _, known := s.categoryName(corpus.CategoryCode(c.value)); !known {
			return corpus.Exactly(c.value)
		}
	}
	if c.value == "" {
		return corpus.Exactly("")
	}
	return c.value
}

// both is the query that asks for two things at once.
func both(a, b string) string {
	if a == "" {
		return b
	}
	return "(" + a + ") (" + b + ")"
}
