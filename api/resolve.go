package api

import (
	"fmt"
	"strings"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// resolve replaces the names of categories in a filter by their codes. A name that is not in the taxonomy is an error
// with the nearest code, never an empty answer.
func (s *Service) resolve(f corpus.Filter) (corpus.Filter, error) {
	for _, field := range []corpus.Field{corpus.FieldCategory, corpus.FieldDomain} {
		names, ok := f.Values[field]
		if !ok {
			continue
		}
		codes := make([]string, 0, len(names))
		for _, name := range names {
			found, err := s.code(field, name)
			if err != nil {
				return f, err
			}
			codes = append(codes, found)
		}
		f = f.With(field, codes...)
	}
	return f, nil
}

// resolveFindings is resolve for what counts or lists findings only: a filter on other passages would choose nothing.
func (s *Service) resolveFindings(f corpus.Filter) (corpus.Filter, error) {
	for _, kind := range f.Values[corpus.FieldKind] {
		if kind != string(corpus.KindFinding) {
			return f, badValue(string(corpus.FieldKind), kind, 0, "finding；其他段落见 /api/v1/search")
		}
	}
	return s.resolve(f)
}

// code returns the code that a name of a leaf or domain stands for. An exact value that the taxonomy does not have stays
// as it is: it asks for a label that findings still carry, or for findings without any.
func (s *Service) code(field corpus.Field, name string) (string, error) {
	exact, isExact := strings.CutPrefix(name, corpus.Exactly(""))
	leaves := s.Taxonomy.Resolve(exact)
	switch {
	case len(leaves) == 0 && isExact:
		return name, nil
	case len(leaves) == 0:
		return "", s.unknownCategory(field, name)
	case field == corpus.FieldDomain || len(leaves) > 1:
		return string(leaves[0].Domain()), nil
	}
	return string(leaves[0]), nil
}

func (s *Service) unknownCategory(field corpus.Field, name string) error {
	return invalid("unknown_value", string(field), name, 0, categoriesExpected(s.Taxonomy, name),
		fmt.Sprintf("没有“%s”这个类别", strings.TrimSpace(name)))
}

// categoriesExpected says what is accepted where a category is to be named, and which one may have been meant.
func categoriesExpected(t *taxonomy.Taxonomy, name string) string {
	var known []string
	for _, d := range t.Domains() {
		known = append(known, string(d.Code), d.Zh)
		for _, leaf := range d.Leaves {
			known = append(known, string(leaf.Code), leaf.Zh)
		}
	}
	expected := "类别或领域的代码或名称，见 /api/v1/taxonomy"
	if near := nearest(name, known); near != "" {
		expected += "；是否指 " + near
	}
	return expected
}
