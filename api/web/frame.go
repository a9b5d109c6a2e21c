package web

import (
	"context"
	"fmt"
	"strings"

	"tongjian/api"
	"tongjian/corpus"
)

// Frame is what stands around every page.
type Frame struct {
	Title     string
	Home      string
	Assets    Assets
	Query     string
	Hidden    []Param // the filter in force, for the query form
	Nav, Side []Link
	Chips     []Chip
	Clear     string
	Foot      []Param
	Empty     bool // there is no document at all
	// Who is signed in, "" where nobody had to.
	Who string
}

// Link is a named address. Current marks the one that is shown.
type Link struct {
	Name    string
	Href    string
	Current bool
}

// Chip is one condition in force; Remove is the address of the same page without it.
type Chip struct {
	Name   string
	Value  string
	Remove string
}

// frame works out what stands around a page. keep names further parameters that the chips' addresses carry on.
func (s *Site) frame(ctx context.Context, v visit, title string, keep ...Param) (Frame, error) {
	stats, err := s.service.Stats(ctx)
	if err != nil {
		return Frame{}, fmt.Errorf("read versions: %w", err)
	}
	f := s.bareFrame(v, title)
	for _, p := range paramsOf(v.filter) {
		if p.Name != "q" {
			f.Hidden = append(f.Hidden, p)
		}
	}
	if v.filter.Synonyms != corpus.UsualSynonyms {
		f.Hidden = append(f.Hidden, Param{"synonyms", string(v.filter.Synonyms)})
	}
	f.Chips = s.chips(v, keep)
	f.Clear = address(v.path, corpus.Filter{}, keep...)
	f.Who = who(ctx)
	f.Empty = stats.Documents == 0
	f.Foot = []Param{
		{"数据", fmt.Sprintf("第 %d 版", stats.Meta.Sequence)},
		{"类别体系", stats.Meta.Taxonomy},
		{"词典", stats.Meta.Dictionary},
		{"程序", stats.Meta.Program},
	}
	return f, nil
}

// bareFrame is a frame without anything that must be asked for: it is what error pages stand in.
func (s *Site) bareFrame(v visit, title string) Frame {
	f := Frame{Title: title, Home: address("/", v.filter), Assets: s.assets, Query: v.filter.Query}
	for _, r := range s.routes {
		if r.name == "" {
			continue
		}
		if r.path == api.ImportPath && s.service.Importer == nil || r.named != nil && !r.named() {
			continue
		}
		link := Link{Name: r.name, Href: address(r.path, v.filter), Current: r.path == v.path}
		if r.side {
			f.Side = append(f.Side, link)
		} else {
			f.Nav = append(f.Nav, link)
		}
	}
	return f
}

// maxChips is the most values of one field that have a chip each; more are one chip.
const maxChips = 6

// chips lists the conditions in force.
func (s *Site) chips(v visit, keep []Param) []Chip {
	var out []Chip
	if v.filter.Query != "" {
		out = append(out, Chip{Name: "检索", Value: v.filter.Query, Remove: address(v.path, withQuery(v.filter, ""), keep...)})
	}
	if v.filter.Synonyms != corpus.UsualSynonyms {
		usual := v.filter
		usual.Synonyms = corpus.UsualSynonyms
		word := map[corpus.SynonymUse]string{corpus.NoSynonyms: "不用", corpus.WideSynonyms: "放宽"}[v.filter.Synonyms]
		out = append(out, Chip{Name: "同义词", Value: word, Remove: address(v.path, usual, keep...)})
	}
	for _, field := range corpus.Fields {
		if n := len(v.filter.Values[field]); n > maxChips {
			out = append(out, Chip{
				Name: field.Chinese(), Value: fmt.Sprintf("%d 个之一", n), Remove: address(v.path, freed(v.filter, field), keep...),
			})
			continue
		}
		for _, value := range v.filter.Values[field] {
			out = append(out, Chip{
				Name: field.Chinese(), Value: s.valueWord(field, value),
				Remove: address(v.path, without(v.filter, field, value), keep...),
			})
		}
	}
	return out
}

// valueWord returns a value of a field as users read it, ranges included.
func (s *Site) valueWord(field corpus.Field, value string) string {
	from, to, ranged := strings.Cut(value, "..")
	if ranged && (field == corpus.FieldYear || field == corpus.FieldDate) {
		switch {
		case from == "":
			return to + " 及以前"
		case to == "":
			return from + " 及以后"
		}
		return from + "–" + to
	}
	return s.names().value(field, value)
}
