package api

import (
	"strings"

	"tongjian/corpus"
)

// Unknown is what users read where a document does not state a value, Uncategorised where a finding has no category.
const (
	Unknown       = "未知"
	Uncategorised = "未归类"
)

// Label returns a value of a field as users read it: the Chinese name of a category, status, action, substance, level, type
// or kind, and any other value as it stands. It reads exact filter values too.
func (s *Service) Label(field corpus.Field, value string) string {
	value = strings.TrimPrefix(value, corpus.Exactly(""))
	if value == "" {
		if field == corpus.FieldCategory || field == corpus.FieldDomain {
			return Uncategorised
		}
		return Unknown
	}
	switch field {
	case corpus.FieldCategory, corpus.FieldDomain:
		if name, ok := s.categoryName(corpus.CategoryCode(value)); ok {
			return name
		}
		return value
	case corpus.FieldStatus:
		return corpus.Status(value).Chinese()
	case corpus.FieldAction:
		return corpus.ActionKind(value).Chinese()
	case corpus.FieldSubstance:
		return corpus.Substance(value).Chinese()
	case corpus.FieldLevel:
		return corpus.Level(value).Chinese()
	case corpus.FieldType:
		return corpus.DocType(value).Chinese()
	case corpus.FieldKind:
		return corpus.Kind(value).Chinese()
	}
	return value
}

// categoryName returns the Chinese name of a leaf or domain; ok is false where the taxonomy does not have it (any more).
func (s *Service) categoryName(code corpus.CategoryCode) (name string, ok bool) {
	if leaf, ok := s.Taxonomy.Leaf(code); ok {
		return leaf.Zh, true
	}
	for _, d := range s.Taxonomy.Domains() {
		if d.Code == code {
			return d.Zh, true
		}
	}
	return "", false
}
