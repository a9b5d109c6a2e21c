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
	if f.Synonyms != corpus.UsualSynonyms {
		add("synonyms", string(f.Synonyms))
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

// ReadFilter reads the common filter parameters (q, synonyms and every field) from a query string and checks them. Other
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
	synonyms, err := single(v, "synonyms")
	if err != nil {
		return f, err
	}
	if _, given := v["synonyms"]; given {
		if f.Synonyms, err = synonymUse(synonyms); err != nil {
			return f, err
		}
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

// synonymUse reads for what the words of a query are to stand beside themselves.
func synonymUse(name string) (corpus.SynonymUse, error) {
	const usual = "usual"
	if name == usual {
		return corpus.UsualSynonyms, nil
	}
	use := corpus.SynonymUse(name)
	return use, among("synonyms", name, []corpus.SynonymUse{corpus.WideSynonyms, corpus.NoSynonyms, usual})
}
