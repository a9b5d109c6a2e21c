package embedded

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/index"
)

// defaultSuggestions is how many suggestions of a kind there are where nothing is said.
const defaultSuggestions = 10

// Suggest returns units and words that begin with, or have in them, what is being typed.
func (e *Engine) Suggest(ctx context.Context, req index.SuggestRequest) (*index.Suggestions, error) {
	if req.Limit == 0 {
		req.Limit = defaultSuggestions
	}
	if err := inLimits(
		limit{"limit", req.Limit, 1, index.MaxSuggestions}, limit{"q", len(req.Text), 0, index.MaxQueryBytes},
	); err != nil {
		return nil, err
	}
	s, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer s.close()
	out := &index.Suggestions{Sequence: s.view.sequence}
	typed := strings.Join(strings.Fields(foldedText(req.Text)), "")
	if typed == "" {
		return out, nil
	}
	counts, units := s.view.count(corpus.FieldUnit, s.view.live, false)
	list := &first[suggestion]{limit: req.Limit, compare: compareSuggestions}
	for i, name := range units {
		if place := placeOf(foldedText(name), typed); place >= 0 && counts[i] > 0 && name != "" {
			list.add(suggestion{place > 0, index.Suggestion{Text: name, Passages: counts[i]}})
		}
	}
	out.Units = suggested(list)
	list = &first[suggestion]{limit: req.Limit, compare: compareSuggestions}
	for _, word := range e.words {
		place := placeOf(word, typed)
		if place < 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := s.countWord(word)
		if err != nil {
			return nil, fmt.Errorf("suggest for %q: %w", req.Text, err)
		}
		if n > 0 {
			list.add(suggestion{place > 0, index.Suggestion{Text: word, Passages: n}})
		}
	}
	out.Words = suggested(list)
	return out, nil
}

// suggestion is a suggestion on its way into the answer; inside says that the name does not begin with what was typed.
type suggestion struct {
	inside bool
	index.Suggestion
}

func compareSuggestions(a, b suggestion) int {
	if a.inside != b.inside {
		if b.inside {
			return -1
		}
		return 1
	}
	return cmp.Or(b.Passages-a.Passages, strings.Compare(a.Text, b.Text))
}

func suggested(list *first[suggestion]) []index.Suggestion {
	var out []index.Suggestion
	for _, s := range list.sorted() {
		out = append(out, s.Suggestion)
	}
	return out
}

// placeOf returns at which character of a folded name the typed text stands, as characters or initials; -1 where it
// does not.
func placeOf(name, typed string) int {
	n := 0
	for i := range name {
		if utf8.RuneCountInString(typed) > utf8.RuneCountInString(name[i:]) {
			break
		}
		if segment.HasInitials(name[i:], typed) {
			return n
		}
		n++
	}
	return -1
}

// countWord returns how many live passages have the word, as a word or inside one.
func (s *session) countWord(word string) (int, error) {
	n := 0
	for i := range s.segments {
		seg := &s.segments[i]
		dict, err := seg.dictionary(fieldWords)
		if err != nil {
			return 0, err
		}
		list, err := postingsOf(dict, []byte(word))
		if err != nil {
			return 0, err
		}
		n += int(list.GetCardinality())
		if seg.deleted != nil {
			n -= int(list.AndCardinality(seg.deleted))
		}
	}
	return n, nil
}

// Hint says why a search finds nothing, or little.
func (e *Engine) Hint(ctx context.Context, f corpus.Filter) (*index.Hint, error) {
	c, err := e.read(f)
	if err != nil {
		return nil, err
	}
	s, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer s.close()
	m := s.matcher(ctx, c)
	out := &index.Hint{Sequence: s.view.sequence}
	if out.Without, err = m.without(c, f); err == nil {
		out.Instead, err = m.instead(c, f)
	}
	if err != nil {
		return nil, fmt.Errorf("hint for %q: %w", f.Query, err)
	}
	return out, nil
}

// maxHints is how many conditions a hint tries to do without.
const maxHints = 16

// without tries what each condition keeps from being found.
func (m *matcher) without(c chosen, f corpus.Filter) ([]index.WithoutClause, error) {
	clauses := []index.Node{c.query.Root}
	if and, ok := c.query.Root.(index.And); ok {
		clauses = and.Nodes
	}
	if c.query.Root == nil {
		clauses = nil
	}
	if n := len(clauses) + len(c.fields); n < 2 || n > maxHints {
		return nil, nil
	}
	var out []index.WithoutClause
	try := func(w index.WithoutClause, rest chosen) error {
		hits, err := m.passages(rest, m.view.live)
		if w.Passages = hits.count(); w.Passages > 0 {
			out = append(out, w)
		}
		return err
	}
	for i, clause := range clauses {
		rest := c
		rest.query.Root = index.And{Nodes: slices.Concat(clauses[:i], clauses[i+1:])}
		if err := try(index.WithoutClause{Clause: index.Query{Root: clause}.String()}, rest); err != nil {
			return nil, err
		}
	}
	for i, field := range c.fields {
		rest := c
		rest.fields = slices.Concat(c.fields[:i], c.fields[i+1:])
		w := index.WithoutClause{Clause: written(field.Field, f.Values[field.Field]), Field: field.Field}
		if err := try(w, rest); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b index.WithoutClause) int { return b.Passages - a.Passages })
	return out, nil
}

// written writes a condition in the query language.
func written(field corpus.Field, values []string) string {
	nodes := make([]index.Node, len(values))
	for i, v := range values {
		nodes[i] = index.Field{Field: field, Written: v}
	}
	if len(nodes) == 1 {
		return index.Query{Root: nodes[0]}.String()
	}
	return index.Query{Root: index.Or{Nodes: nodes}}.String()
}

// instead finds the words and units of the corpus that are written like what stands nowhere.
func (m *matcher) instead(c chosen, f corpus.Filter) ([]index.Spelling, error) {
	var out []index.Spelling
	units := slices.Clone(f.Values[corpus.FieldUnit])
	for _, n := range positive(c.query.Root) {
		switch n := n.(type) {
		case index.Field:
			if n.Field == corpus.FieldUnit {
				units = append(units, n.Written)
			}
		case index.Word, index.Phrase:
			hits, err := m.eval(n, m.view.live)
			if err != nil {
				return nil, err
			}
			if hits.count() > 0 {
				continue
			}
			s, err := m.spellings(textOf(n))
			if err != nil {
				return nil, err
			}
			out = append(out, s...)
		}
	}
	for _, u := range units {
		hits, err := m.field(corpus.FieldUnit, []string{u}, m.view.live)
		if err != nil {
			return nil, err
		}
		if hits.count() == 0 {
			out = append(out, m.unitsLike(u)...)
		}
	}
	return out, nil
}

func textOf(n index.Node) string {
	switch n := n.(type) {
	case index.Word:
		return n.Text
	case index.Phrase:
		return n.Text
	}
	return ""
}

// maxSpellings is how many words are offered for one that stands nowhere.
const maxSpellings = 5

// spelled is a word that may have been meant, and how many characters it differs by.
type spelled struct {
	distance int
	index.Suggestion
}

// spellings returns the words of the domain dictionary that differ by one character from a part of the text.
func (m *matcher) spellings(text string) ([]index.Spelling, error) {
	folded := []rune(foldedText(text))
	list := &first[spelled]{limit: maxSpellings, compare: compareSpelled}
	for _, word := range m.e.words {
		runes := []rune(word)
		d := substringDistance(runes, folded)
		// Of two characters one is not enough to tell what was meant, unless they are all there is.
		if d != 1 || (len(runes) < 3 && len(folded) != len(runes)) {
			continue
		}
		n, err := m.countWord(word)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			list.add(spelled{d, index.Suggestion{Text: word, Passages: n}})
		}
	}
	return spelling(text, list), nil
}

// unitsLike returns the units whose names differ by few characters from a name.
func (m *matcher) unitsLike(name string) []index.Spelling {
	folded := []rune(foldedText(name))
	counts, units := m.view.count(corpus.FieldUnit, m.view.live, false)
	list := &first[spelled]{limit: maxSpellings, compare: compareSpelled}
	for i, unit := range units {
		if d := distance([]rune(foldedText(unit)), folded); counts[i] > 0 && unit != "" && d <= max(1, len(folded)/4) {
			list.add(spelled{d, index.Suggestion{Text: unit, Passages: counts[i]}})
		}
	}
	return spelling(name, list)
}

func compareSpelled(a, b spelled) int {
	return cmp.Or(a.distance-b.distance, b.Passages-a.Passages, strings.Compare(a.Text, b.Text))
}

func spelling(word string, list *first[spelled]) []index.Spelling {
	out := index.Spelling{Word: word}
	for _, s := range list.sorted() {
		out.For = append(out.For, s.Suggestion)
	}
	if out.For == nil {
		return nil
	}
	return []index.Spelling{out}
}

// distance is how many characters must be put in, left out or replaced to make a of b (Levenshtein, 1966).
func distance(a, b []rune) int { return editDistance(a, b, false) }

// substringDistance is the least distance of a from any part of b.
func substringDistance(a, b []rune) int { return editDistance(a, b, true) }

// editDistance fills the usual table row by row. Where any part of b will do, a may begin and end anywhere in it.
func editDistance(a, b []rune, part bool) int {
	row := make([]int, len(b)+1)
	for j := range row {
		if !part {
			row[j] = j
		}
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	if part {
		return slices.Min(row)
	}
	return row[len(b)]
}
