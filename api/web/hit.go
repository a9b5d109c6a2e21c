package web

import (
	"fmt"
	"strings"

	"tongjian/api"
	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

// HitCard is one hit: the problem's statement, what surrounds the matches, and a line of facts.
type HitCard struct {
	Href       string
	Heading    []highlight.Segment
	Snippets   [][]highlight.Segment
	Facts      []Link
	Status     *StatusWord
	Categories []Link
	More       *Link
}

// hitCard works out how a hit is shown.
func (s *Site) hitCard(v visit, h api.SearchHit) HitCard {
	card := HitCard{Href: hitAddress(v, h)}
	heading := nameOf(h.Statement, nameOf(string(h.Title), "（无标题）"))
	var marks []corpus.Span
	for _, sn := range h.Snippets {
		if inside, ok := marksWithin(heading, sn); ok {
			marks = append(marks, inside...)
			continue
		}
		card.Snippets = append(card.Snippets, marked(sn.Text, sn.Spans))
		marks = append(marks, sameWords(heading, sn)...)
	}
	card.Heading = marked(heading, marks)
	card.Facts = s.hitFacts(v, h)
	if h.Kind == corpus.KindFinding {
		status := statusWord(h.Status)
		card.Status = &status
	}
	for _, c := range h.Categories {
		card.Categories = append(card.Categories, Link{
			Name: s.names().category(c), Href: address("/search", and(v.filter, corpus.FieldCategory, string(c))),
		})
	}
	if h.Passages > 1 {
		card.More = &Link{
			Name: fmt.Sprintf("共 %d 段符合", h.Passages),
			Href: address("/search", and(v.filter, corpus.FieldDocument, string(h.DocumentID))),
		}
	}
	return card
}

// numberLength is the length in bytes of what may stand around a statement in a snippet that says no more than it: its
// number and a full stop.
const numberLength = 24

// marksWithin returns a snippet's matches as spans of the heading, where the snippet is a piece of the heading or the
// heading with little around it: such a snippet need not be shown beside it.
func marksWithin(heading string, sn api.Snippet) (marks []corpus.Span, ok bool) {
	shift := strings.Index(heading, sn.Text)
	if shift < 0 {
		at := strings.Index(sn.Text, heading)
		if at < 0 || len(sn.Text)-len(heading) > numberLength {
			return nil, false
		}
		shift = -at
	}
	for _, m := range sn.Spans {
		marks = append(marks, corpus.Span{Start: m.Start + shift, End: m.End + shift})
	}
	return marks, true
}

// sameWords returns where the words that matched in a snippet stand in the heading.
func sameWords(heading string, sn api.Snippet) []corpus.Span {
	var out []corpus.Span
	for _, m := range sn.Spans {
		word := m.Of(sn.Text)
		for at := 0; word != ""; {
			i := strings.Index(heading[at:], word)
			if i < 0 {
				break
			}
			out = append(out, corpus.Span{Start: at + i, End: at + i + len(word)})
			at += i + len(word)
		}
	}
	return out
}

// hitFacts is the line under a hit: unit, year, kind of document. Unit and year narrow the search.
func (s *Site) hitFacts(v visit, h api.SearchHit) []Link {
	unit := Link{Name: string(h.Title)}
	if h.Unit != "" {
		unit = Link{Name: string(h.Unit), Href: address("/search", and(v.filter, corpus.FieldUnit, string(h.Unit)))}
	}
	year := Link{Name: yearWord(h.Year)}
	if h.Year != 0 {
		year.Href = address("/search", and(v.filter, corpus.FieldYear, fmt.Sprint(int(h.Year))))
	}
	facts := []Link{unit, year, {Name: h.Type.Chinese()}}
	if h.Kind == corpus.KindSection {
		facts = append(facts, Link{Name: h.Kind.Chinese()})
	}
	return facts
}

// hitAddress leads to the passage in its document, where the query is marked.
func hitAddress(v visit, h api.SearchHit) string {
	page := address("/documents/"+string(h.DocumentID), corpus.Filter{Query: v.filter.Query})
	if _, ordinal, ok := strings.Cut(string(h.ID), "-"); ok {
		return page + "#f" + ordinal
	}
	return page + "#" + sectionAnchor(h.Span)
}

// marked cuts a text at what matched in it.
func marked(text string, marks []corpus.Span) []highlight.Segment {
	layers := make([]highlight.Layer, 0, len(marks))
	for _, m := range marks {
		layers = append(layers, highlight.Layer{Span: m, Class: "hit"})
	}
	return highlight.Cut(text, highlight.All(text), layers)
}
