package api

import (
	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// Vocabulary tells an engine the names of the taxonomy, so that a query may name a category by its code or in Chinese,
// and a misspelt one is an error instead of an empty answer. It is the index.Vocabulary of an engine behind a Service.
type Vocabulary struct {
	Taxonomy *taxonomy.Taxonomy
}

// Resolve returns the codes that a category's or domain's name stands for: a domain stands for all its leaves where
// leaves are asked for. Values of other fields are not its business.
func (v Vocabulary) Resolve(field corpus.Field, name string) (values []string, expected string, ok bool) {
	if field != corpus.FieldCategory && field != corpus.FieldDomain {
		return nil, "", true
	}
	leaves := v.Taxonomy.Resolve(name)
	if len(leaves) == 0 {
		return nil, categoriesExpected(v.Taxonomy, name), false
	}
	if field == corpus.FieldDomain {
		return []string{string(leaves[0].Domain())}, "", true
	}
	for _, leaf := range leaves {
		values = append(values, string(leaf))
	}
	return values, "", true
}
