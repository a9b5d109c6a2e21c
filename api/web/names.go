package web

import (
	"tongjian/api"
	"tongjian/corpus"
)

// names says how values are called. It is the service's own naming, so that pages and tables agree.
type names struct{ service *api.Service }

// names returns how values are called.
func (s *Site) names() names { return names{s.service} }

// value returns a value of a field as users read it.
func (n names) value(field corpus.Field, value string) string { return n.service.Label(field, value) }

// category returns the name of a leaf or domain.
func (n names) category(code corpus.CategoryCode) string {
	return n.service.Label(corpus.FieldCategory, string(code))
}

// path returns the name of a leaf with its domain's before it.
func (n names) path(code corpus.CategoryCode) string {
	if code == code.Domain() {
		return n.category(code)
	}
	return n.service.Label(corpus.FieldDomain, string(code.Domain())) + " · " + n.category(code)
}
