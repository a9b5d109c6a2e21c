package embedded

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/index"
)

// particles are characters that say nothing by themselves in the middle of other words.
const particles = "的了和与及等在是对为把被将就也都而并或之于以其所"

// term is a part of text without quotes: words that must all stand, folded, or in their place one of the synonyms of what
// they make together.
type term struct {
	words []string
	also  []string
}

// termsOf returns the terms of a text, without particles and punctuation. A text of nothing but particles stands for
// itself.
func (e *Engine) termsOf(text string, use corpus.SynonymUse) []term {
	var terms []term
	tokens := joinNumbers(e.options.Segmenter.Segment(text))
	for i := 0; i < len(tokens); {
		t, n := e.synonymAt(tokens[i:], use)
		if n == 0 {
			t, n = term{words: []string{tokens[i].Text}}, 1
			if !tokens[i].Word() || isParticle(tokens[i].Text) {
				t.words = nil
			}
		}
		i += n
		if t.words != nil && !slices.ContainsFunc(terms, func(o term) bool { return slices.Equal(o.words, t.words) }) {
			terms = append(terms, t)
		}
	}
	if terms == nil {
		terms = []term{{words: []string{foldedText(text)}}}
	}
	return terms
}

// maxSynonymTokens is how many words of the segmenter a word with synonyms may be cut into.
const maxSynonymTokens = 8

// synonymAt returns the longest term with synonyms that tokens begin with, and how many they are; 0 where there is none.
func (e *Engine) synonymAt(tokens []segment.Token, use corpus.SynonymUse) (found term, length int) {
	whole := ""
	for n := 1; n <= min(len(tokens), maxSynonymTokens); n++ {
		t := tokens[n-1]
		if !t.Word() || (n > 1 && t.Span.Start != tokens[n-2].Span.End) {
			break
		}
		whole += t.Text
		if also := e.synonyms.Of(whole, use); len(also) > 0 {
			found, length = term{also: also}, n
		}
	}
	for _, t := range tokens[:length] {
		if !isParticle(t.Text) {
			found.words = append(found.words, t.Text)
		}
	}
	return found, length
}

// expansions returns which words of a query are looked for as others too.
func (m *matcher) expansions(c chosen) []index.Expansion {
	var out []index.Expansion
	for _, w := range positive(c.query.Root) {
		w, ok := w.(index.Word)
		if !ok {
			continue
		}
		for _, t := range m.termsOf(w.Text, c.synonyms) {
			word := strings.Join(t.words, "")
			seen := slices.ContainsFunc(out, func(x index.Expansion) bool { return x.Word == word })
			if len(t.also) > 0 && !seen {
				out = append(out, index.Expansion{Word: word, Alternatives: slices.Clone(t.also)})
			}
		}
	}
	return out
}

// positive returns the words, phrases and conditions that a match may have: those outside of every NOT, in order.
func positive(n index.Node) []index.Node {
	var out []index.Node
	var nodes []index.Node
	switch n := n.(type) {
	case nil, index.Not:
		return nil
	case index.And:
		nodes = n.Nodes
	case index.Or:
		nodes = n.Nodes
	default:
		return []index.Node{n}
	}
	for _, c := range nodes {
		out = append(out, positive(c)...)
	}
	return out
}

// joinNumbers joins what the segmenter takes apart in 23.12, 2023-01-05 and 1,400.
func joinNumbers(tokens []segment.Token) []segment.Token {
	var out []segment.Token
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		for i+2 < len(tokens) && isNumber(t.Text) && strings.Contains(".,-/:", tokens[i+1].Text) && isNumber(tokens[i+2].Text) {
			t.Text += tokens[i+1].Text + tokens[i+2].Text
			t.Span.End = tokens[i+2].Span.End
			i += 2
		}
		out = append(out, t)
	}
	return out
}

// isNumber reports whether a token ends in a digit and begins with one.
func isNumber(s string) bool {
	return s != "" && s[0] >= '0' && s[0] <= '9' && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}

func isParticle(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	if size != len(word) {
		return false
	}
	for _, p := range particles {
		if p == r {
			return true
		}
	}
	return false
}
