package web

import (
	"context"
	"fmt"
	"strings"

	"tongjian/api"
	"tongjian/corpus"
)

// Zero says what a search that found nothing could leave out.
type Zero struct {
	Ways []Way
	// Meant are words and units of the corpus that are written like words that stand nowhere.
	Meant []Way
}

// Way is one condition less, with what would then be found.
type Way struct {
	Name  string
	Value string
	Href  string
}

// maxWays is the most conditions that are tried one by one.
const maxWays = 10

// zero tries to leave out one condition after the other, words of the query included, and lists what helps.
func (s *Site) zero(ctx context.Context, v visit, kept []Param) (*Zero, error) {
	out := &Zero{}
	for i, c := range conditions(s, v) {
		if i == maxWays {
			break
		}
		answer, err := s.service.Search(ctx, api.SearchRequest{Filter: c.filter, Page: api.Page{Limit: 1}, Snippets: -1})
		if corpus.KindOf(err) == corpus.Invalid {
			continue // leaving out one word of a query can leave a query that is none
		}
		if err != nil {
			return nil, err
		}
		if n := answer.Total.Value; n > 0 {
			out.Ways = append(out.Ways, Way{
				Name: c.name, Value: fmt.Sprintf("有 %s 条", thousands(n)), Href: address(v.path, c.filter, kept...),
			})
		}
	}
	return out, nil
}

// condition is one thing that can be left out.
type condition struct {
	name   string
	filter corpus.Filter
}

// conditions lists the words of the query, the quotes around it, and the values of the filter.
func conditions(s *Site, v visit) []condition {
	var out []condition
	if words := wordsOf(v.filter.Query); len(words) > 1 {
		for i, w := range words {
			rest := strings.Join(append(append([]string{}, words[:i]...), words[i+1:]...), " ")
			out = append(out, condition{"去掉 " + w, withQuery(v.filter, rest)})
		}
	}
	if strings.Contains(v.filter.Query, `"`) {
		out = append(out, condition{"去掉引号，按词检索", withQuery(v.filter, strings.ReplaceAll(v.filter.Query, `"`, " "))})
	}
	for _, field := range corpus.Fields {
		for _, value := range v.filter.Values[field] {
			out = append(out, condition{
				"去掉条件 " + field.Chinese() + "：" + s.valueWord(field, value), without(v.filter, field, value),
			})
		}
	}
	if v.filter.Query != "" && len(out) > 0 {
		out = append(out, condition{"去掉检索词，只留条件", withQuery(v.filter, "")})
	}
	return out
}

// wordsOf cuts a query at the blanks outside quotes.
func wordsOf(query string) []string {
	var out []string
	quoted := false
	start := 0
	cut := func(end int) {
		if w := strings.TrimSpace(query[start:end]); w != "" {
			out = append(out, w)
		}
	}
	for i, r := range query {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && (r == ' ' || r == '　'):
			cut(i)
			start = i
		}
	}
	cut(len(query))
	return out
}
