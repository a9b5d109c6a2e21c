package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// ConcordancePage shows the places at which the words of a query stand, one a line, aligned on the words.
type ConcordancePage struct {
	Frame Frame
	// Problem is set where the query could not be read, Ask where there is none.
	Problem    *QueryProblem
	Ask        bool
	Understood string
	Synonyms   *Synonyms
	Total      string // places
	Passages   string
	Views      []Link
	Sorts      []Link
	Tools      []Link
	Lines      []ConcordanceLine
	Pager      Pager
}

// Status is the HTTP status of the page.
func (p ConcordancePage) Status() int {
	if p.Problem != nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// ConcordanceLine is one place: what stands before, the words, what stands after; Href leads to the words in their document.
type ConcordanceLine struct {
	Left, Node, Right string
	Href              string
	Unit              Link
	Year              string
}

// How many lines a page has, and how many characters stand on each side.
const (
	linesPerPage = 50
	lineContext  = 36
)

// concordance works out the page.
func (s *Site) concordance(ctx context.Context, v visit) (ConcordancePage, error) {
	kept := []Param{{paramSort, v.param(paramSort)}}
	frame, err := s.frame(ctx, v, "语境 "+searchTitle(v), kept...)
	if err != nil {
		return ConcordancePage{}, err
	}
	page := ConcordancePage{Frame: frame, Views: views(v, nil)}
	if v.filter.Query == "" {
		page.Ask = true
		return page, nil
	}
	req, err := api.ParseConcordance(v.values)
	if err != nil {
		return ConcordancePage{}, err
	}
	req.Filter, req.Limit, req.Width = v.filter, linesPerPage, lineContext
	answer, err := s.service.Concordance(ctx, req)
	if p, ok := queryProblem(v, err); ok {
		page.Problem, page.Frame = p, s.withoutQuery(page.Frame, v)
		return page, nil
	}
	if err != nil {
		return ConcordancePage{}, err
	}
	page.Understood, page.Synonyms = answer.Understood, synonymsOf(v, answer.Expanded, kept)
	page.Total, page.Passages = thousands(answer.Places), thousands(answer.Passages)
	page.Sorts = tabs(v, paramSort, []Param{
		{"", "新的在前"}, {string(index.LinesByDate), "旧的在前"}, {string(index.LinesByLeft), "按左侧"}, {string(index.LinesByRight), "按右侧"},
	}, kept)
	page.Tools = []Link{
		{Name: "CSV", Href: address("/api/v1/concordance", v.filter, append(kept[:1:1], Param{"format", "csv"})...)},
		{Name: "API", Href: address("/api/v1/concordance", v.filter, kept...)},
	}
	for _, l := range answer.Data {
		line := ConcordanceLine{
			Left: unbroken(l.Left), Node: unbroken(l.Node), Right: unbroken(l.Right), Href: quoteAddress(l.DocumentID, l.Span), Year: yearWord(l.Year),
			Unit: Link{Name: none},
		}
		if l.Unit != "" {
			line.Unit = Link{Name: string(l.Unit), Href: unitAddress(string(l.Unit))}
		}
		page.Lines = append(page.Lines, line)
	}
	page.Pager = pagerOf(v, answer.Next, kept)
	return page, nil
}

// unbroken shows line ends as blanks: a place is one line.
func unbroken(s string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s)
}

// views are the ways in which what is found is shown: by problem, by document, by place.
func views(v visit, kept []Param) []Link {
	lines := v.path == "/concordance"
	at := visit{path: "/search", values: v.values, filter: v.filter}
	out := tabs(at, paramGroup, []Param{{"", "问题"}, {string(index.ByDocument), "文件"}}, kept)
	if lines {
		out[0].Current, out[1].Current = false, false
	}
	return append(out, Link{Name: "语境", Href: address("/concordance", v.filter), Current: lines})
}

// Synonyms says what words of the query stood for beside themselves; Href is the same search with that turned off, or on
// again where it is Off.
type Synonyms struct {
	Words []SynonymWord
	Off   bool
	Href  string
}

// SynonymWord is one word with those that it stood for.
type SynonymWord struct {
	Word string
	For  string
}

// maxSynonyms is the most words that one is shown to stand for.
const maxSynonyms = 12

// synonymsOf says how the words of a query were expanded; nil where they were not and that is not by choice.
func synonymsOf(v visit, expanded []api.Expansion, kept []Param) *Synonyms {
	other := v.filter
	if v.filter.Synonyms == corpus.NoSynonyms {
		other.Synonyms = corpus.UsualSynonyms
		return &Synonyms{Off: true, Href: address(v.path, other, kept...)}
	}
	if len(expanded) == 0 {
		return nil
	}
	other.Synonyms = corpus.NoSynonyms
	out := &Synonyms{Href: address(v.path, other, kept...)}
	for _, e := range expanded {
		word := SynonymWord{Word: e.Word, For: strings.Join(e.Alternatives[:min(len(e.Alternatives), maxSynonyms)], "、")}
		if n := len(e.Alternatives) - maxSynonyms; n > 0 {
			word.For += fmt.Sprintf("等 %d 个", len(e.Alternatives))
		}
		out.Words = append(out.Words, word)
	}
	return out
}

// meant lists what may have been meant by words that stand nowhere: the query with the word replaced.
func meant(v visit, hint *api.Hint, kept []Param) []Way {
	if hint == nil {
		return nil
	}
	var out []Way
	for _, i := range hint.Instead {
		for _, f := range i.For {
			word := f.Text
			if strings.ContainsAny(word, " 　()（）:：\"|-") {
				word = `"` + strings.ReplaceAll(word, `"`, " ") + `"`
			}
			query := strings.Replace(v.filter.Query, i.Word, word, 1)
			if query == v.filter.Query {
				query = word
			}
			out = append(out, Way{
				Name: i.Word + " → " + f.Text, Value: fmt.Sprintf("有 %s 段", thousands(f.Passages)), Href: address(v.path, withQuery(v.filter, query), kept...),
			})
		}
	}
	return out
}
