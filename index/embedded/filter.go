package embedded

import (
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/index"
)

// chosen is a filter as it was read.
type chosen struct {
	query index.Query
	// fields holds the conditions beside the query, in the order of corpus.Fields.
	fields   []index.Field
	synonyms corpus.SynonymUse
}

// read reads a filter.
func (e *Engine) read(f corpus.Filter) (chosen, error) {
	q, err := index.ParseQuery(f.Query, e.options.Vocabulary)
	if err != nil {
		return chosen{}, err
	}
	if !slices.Contains([]corpus.SynonymUse{corpus.UsualSynonyms, corpus.WideSynonyms, corpus.NoSynonyms}, f.Synonyms) {
		return chosen{}, &corpus.Error{
			Kind: corpus.Invalid, Code: index.CodeUnknownValue, Message: "没有“" + string(f.Synonyms) + "”这种同义词用法",
			Param: "synonyms", Value: string(f.Synonyms), Position: -1, Expected: "wide, none",
		}
	}
	c := chosen{query: q, synonyms: f.Synonyms}
	clauses := 0
	for _, field := range corpus.Fields {
		values := f.Values[field]
		if len(values) == 0 {
			continue
		}
		if clauses += len(values); clauses > index.MaxClauses {
			return chosen{}, limitError(string(field), "条件", index.MaxClauses)
		}
		condition := index.Field{Field: field}
		for _, v := range values {
			resolved, err := index.ResolveValue(field, v, e.options.Vocabulary)
			if err != nil {
				return chosen{}, err
			}
			condition.Values = append(condition.Values, resolved...)
		}
		c.fields = append(c.fields, condition)
	}
	for field := range f.Values {
		if !slices.Contains(corpus.Fields, field) {
			return chosen{}, &corpus.Error{
				Kind: corpus.Invalid, Code: index.CodeUnknownField, Message: "没有“" + string(field) + "”这个字段",
				Param: string(field), Value: string(field), Position: -1,
			}
		}
	}
	return c, nil
}

// ofDocument returns the part that chooses documents.
func (c chosen) ofDocument() chosen {
	return chosen{
		query: c.query.OfDocument(), synonyms: c.synonyms,
		fields: slices.DeleteFunc(slices.Clone(c.fields), func(f index.Field) bool { return !f.Field.OfDocument() }),
	}
}

// passages returns the passages that a filter chooses among those within.
func (m *matcher) passages(c chosen, within bitset) (bitset, error) {
	var err error
	for _, f := range c.fields {
		if within, err = m.field(f.Field, f.Values, within); err != nil {
			return nil, err
		}
	}
	if err := m.ctx.Err(); err != nil {
		return nil, err
	}
	return m.eval(c.query.Root, within)
}

// field returns the members of within that have one of the values in the field.
func (m *matcher) field(field corpus.Field, values []string, within bitset) (bitset, error) {
	v := m.view
	hits := newBitset(v.len())
	switch field {
	case corpus.FieldUnit:
		accept := accepted(v.values[dictUnit], values, func(name string) bool { return matchesAny(values, name) })
		within.each(func(p uint32) bool { return keep(hits, p, accept[v.unitOf(p)]) })
	case corpus.FieldStatus, corpus.FieldSubstance, corpus.FieldAction:
		dict, _ := dictOf(field)
		accept := accepted(v.values[dict], values, func(name string) bool { return slices.Contains(values, name) })
		column := v.column(field)
		within.each(func(p uint32) bool { return keep(hits, p, v.findings.has(p) && acceptsAny(accept, column.at(p))) })
	case corpus.FieldCategory, corpus.FieldDomain:
		accept := accepted(v.values[dictCategory], values, func(code string) bool { return hasCategory(values, code) })
		column := v.column(corpus.FieldCategory)
		within.each(func(p uint32) bool { return keep(hits, p, acceptsAny(accept, column.at(p))) })
	case corpus.FieldKind:
		if slices.Contains(values, string(corpus.KindFinding)) {
			hits.or(v.findings)
		}
		if slices.Contains(values, string(corpus.KindSection)) {
			sections := v.live.clone()
			sections.andNot(v.findings)
			hits.or(sections)
		}
		hits.and(within)
	default:
		accept := v.documentTest(field, values)
		v.eachDocument(func(_ uint32, d *document) {
			if accept(d) {
				hits.setRange(int(d.first), int(d.end))
			}
		})
		hits.and(within)
	}
	return hits, nil
}

// acceptsAny reports whether one of a set's numbers is accepted.
func acceptsAny(accept []bool, set []uint16) bool {
	for i, n := range set {
		if n == 0 && i > 0 {
			break
		}
		if accept[n] {
			return true
		}
	}
	return false
}

// keep adds p where it is wanted; it always goes on.
func keep(set bitset, p uint32, wanted bool) bool {
	if wanted {
		set.set(p)
	}
	return true
}

// accepted says of each value of a dictionary whether it is accepted: because it is exactly what was asked for, or by
// accept. The empty value is accepted only where it was asked for exactly.
func accepted(stored, wanted []string, accept func(string) bool) []bool {
	out := make([]bool, len(stored))
	for i, v := range stored {
		out[i] = slices.Contains(wanted, corpus.Exactly(v)) || (v != "" && accept(v))
	}
	return out
}

// documentTest returns the test of a condition on a field of documents.
func (v *view) documentTest(field corpus.Field, values []string) func(*document) bool {
	switch field {
	case corpus.FieldDocument:
		return func(d *document) bool { return slices.Contains(values, string(d.id)) }
	case corpus.FieldRegion:
		names := accepted(v.values[dictRegion], values, func(name string) bool { return inRegion(values, name) })
		codes := accepted(v.values[dictCode], nil, func(code string) bool { return hasCode(values, code) })
		return func(d *document) bool { return names[d.values[dictRegion]] || codes[d.values[dictCode]] }
	case corpus.FieldYear, corpus.FieldDate:
		dict, _ := dictOf(field)
		accept := accepted(v.values[dict], values, func(value string) bool {
			return slices.ContainsFunc(values, func(r string) bool {
				from, to := index.Range(r)
				return index.InRange(value, from, to)
			})
		})
		return func(d *document) bool { return accept[d.values[dict]] }
	}
	dict, _ := dictOf(field)
	accept := accepted(v.values[dict], values, func(value string) bool { return matchesAny(values, value) })
	return func(d *document) bool { return accept[d.values[dict]] }
}

// matchesAny compares names after folding. A * in a value stands for any text.
func matchesAny(values []string, name string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return matches(v, name) })
}

func matches(pattern, name string) bool {
	pattern, name = foldedText(pattern), foldedText(name)
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	rest, ok := strings.CutPrefix(name, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		_, after, ok := strings.Cut(rest, part)
		if !ok {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// hasCategory reports whether a leaf is one of the values or belongs to one of them.
func hasCategory(values []string, code string) bool {
	domain := string(corpus.CategoryCode(code).Domain())
	return slices.Contains(values, code) || slices.Contains(values, domain) || slices.Contains(values, corpus.Exactly(domain))
}

// inRegion reports whether a region, "省/市/县", is named by one of the values: the whole name, the beginning of it, or
// any part, with or without the word for its level.
func inRegion(values []string, region string) bool {
	for _, v := range values {
		v = strings.Trim(foldedText(v), "/")
		name := foldedText(region)
		if v == "" {
			continue
		}
		if name == v || strings.HasPrefix(name, v+"/") || strings.HasSuffix(name, "/"+v) || strings.Contains(name, "/"+v+"/") {
			return true
		}
		for part := range strings.SplitSeq(name, "/") {
			if short, ok := strings.CutPrefix(part, v); ok && slices.Contains(levelWords, short) {
				return true
			}
		}
	}
	return false
}

var levelWords = []string{"省", "市", "县", "区", "自治区", "自治州", "自治县", "盟", "旗", "地区", "特别行政区"}

// hasCode reports whether a code lies in one of the values: the beginning of a code, where 440400 means all of 4404.
func hasCode(values []string, code string) bool {
	for _, v := range values {
		v = segment.Fold(v).Text
		if len(v) == 6 {
			for strings.HasSuffix(v, "00") {
				v = v[:len(v)-2]
			}
		}
		if len(v) >= 2 && strings.HasPrefix(code, v) {
			return true
		}
	}
	return false
}

func limitError(param, what string, limit int) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Code: "limit", Message: what + "过多", Param: param, Position: -1,
		Expected: "不超过 " + strconv.Itoa(limit),
	}
}
