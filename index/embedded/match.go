package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/index"
)

// maxStrings is how many different strings one query may look up. Each takes a set of passages.
const maxStrings = 2 * index.MaxClauses

// checkEvery is after how many passages work looks whether it should stop.
const checkEvery = 512

// matcher finds what a query matches in a session.
type matcher struct {
	*session
	ctx context.Context
	use corpus.SynonymUse
	// found keeps the strings that were looked up, by their folded text.
	found map[string]*occurrence
	// terms keeps the terms of texts without quotes.
	terms map[termsKey][]term
	// excluding counts the NOTs around the clause that is evaluated.
	excluding int
}

func (s *session) matcher(ctx context.Context, c chosen) *matcher {
	return &matcher{session: s, ctx: ctx, use: c.synonyms, found: map[string]*occurrence{}, terms: map[termsKey][]term{}}
}

type termsKey struct {
	text string
	use  corpus.SynonymUse
}

// termsOf returns the terms of a text, which are worked out once.
func (m *matcher) termsOf(text string, use corpus.SynonymUse) []term {
	key := termsKey{text, use}
	terms, ok := m.terms[key]
	if !ok {
		terms = m.e.termsOf(text, use)
		m.terms[key] = terms
	}
	return terms
}

// occurrence is where a string stands, as far as the postings say.
type occurrence struct {
	// candidates have all pairs of characters of the string.
	candidates bitset
	// certain are the candidates in which it is known to stand; nil where all are.
	certain bitset
	// words are the passages of which it is a word; nil until that is asked for.
	words  bitset
	needle []byte
}

// eval returns the members of within that match the clause. within is not changed, and may be returned.
func (m *matcher) eval(n index.Node, within bitset) (bitset, error) {
	switch n := n.(type) {
	case nil:
		return within, nil
	case index.And:
		return m.and(n.Nodes, within)
	case index.Or:
		return m.or(n.Nodes, within)
	case index.Not:
		m.excluding++
		hits, err := m.eval(n.Node, within)
		m.excluding--
		if err != nil {
			return nil, err
		}
		out := within.clone()
		out.andNot(hits)
		return out, nil
	case index.Word:
		return m.word(n, within)
	case index.Phrase:
		return m.having([]string{foldedText(n.Text)}, within)
	case index.Field:
		return m.field(n.Field, n.Values, within)
	}
	return nil, fmt.Errorf("evaluate query: clause %T", n)
}

// and evaluates cheap clauses first, so that the dear ones have less to verify.
func (m *matcher) and(nodes []index.Node, within bitset) (bitset, error) {
	nodes = slices.Clone(nodes)
	slices.SortStableFunc(nodes, func(a, b index.Node) int { return cost(a) - cost(b) })
	for _, n := range nodes {
		var err error
		if within, err = m.eval(n, within); err != nil {
			return nil, err
		}
	}
	return within, nil
}

func cost(n index.Node) int {
	switch n := n.(type) {
	case index.Field:
		return 0
	case index.Word, index.Phrase:
		return 1
	case index.Not:
		return 3 + cost(n.Node)
	}
	return 2
}

func (m *matcher) or(nodes []index.Node, within bitset) (bitset, error) {
	out := newBitset(m.view.len())
	for _, n := range nodes {
		hits, err := m.eval(n, within)
		if err != nil {
			return nil, err
		}
		out.or(hits)
	}
	return out, nil
}

func foldedText(s string) string {
	f := segment.Fold(s)
	return f.Text
}

// word returns the members of within that match text without quotes.
func (m *matcher) word(n index.Word, within bitset) (bitset, error) {
	use := m.use
	if m.excluding > 0 {
		use = corpus.NoSynonyms
	}
	var plain []string
	var err error
	for _, t := range m.termsOf(n.Text, use) {
		if len(t.also) == 0 {
			plain = append(plain, t.words...)
		} else if within, err = m.anyOf(t, within); err != nil {
			return nil, err
		}
	}
	return m.having(plain, within)
}

// anyOf returns the members of within in which a term or one of its synonyms stands.
func (m *matcher) anyOf(t term, within bitset) (bitset, error) {
	out, err := m.having(t.words, within)
	if err != nil {
		return nil, err
	}
	for _, s := range t.also {
		hits, err := m.having([]string{s}, within)
		if err != nil {
			return nil, err
		}
		out.or(hits)
	}
	return out, nil
}

// having returns the members of within in which all the strings stand.
func (m *matcher) having(list []string, within bitset) (bitset, error) {
	out := within.clone()
	for _, s := range list {
		o, err := m.occurrence(s)
		if err != nil {
			return nil, err
		}
		out.and(o.candidates)
	}
	for _, s := range list {
		if err := m.verify(m.found[s], out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// occurrence looks a folded string up in the postings.
func (m *matcher) occurrence(s string) (*occurrence, error) {
	if o, ok := m.found[s]; ok {
		return o, nil
	}
	if len(m.found) == maxStrings {
		return nil, &corpus.Error{
			Kind: corpus.Invalid, Code: "query_too_complex", Message: "检索式中的词过多", Param: "q", Position: -1,
			Expected: "不超过 " + strconv.Itoa(maxStrings) + " 个不同的词",
		}
	}
	o := &occurrence{needle: needle(s), candidates: newBitset(m.view.len())}
	pairs := pairsOf(o.needle)
	for _, seg := range m.view.chars {
		if len(o.needle) == 2 {
			seg.addBeginning(binary.LittleEndian.Uint16(o.needle), o.candidates)
		} else {
			seg.addWith(pairs, o.candidates)
		}
	}
	o.candidates.and(m.view.live)
	// One or two characters are found by their pair alone, unless one is the 0 that ends a text.
	if len(o.needle) > 4 || bytes.Contains(o.needle, []byte{0, 0}) {
		var err error
		if o.words, err = m.withWord(s); err != nil {
			return nil, err
		}
		o.certain = o.words.clone()
	}
	m.found[s] = o
	return o, nil
}

// verify takes out of a set of candidates those in whose text the string does not stand.
func (m *matcher) verify(o *occurrence, set bitset) error {
	if o.certain == nil {
		return nil
	}
	n := 0
	var err error
	set.each(func(p uint32) bool {
		if o.certain.has(p) {
			return true
		}
		if n++; n%checkEvery == 0 {
			if err = m.ctx.Err(); err != nil {
				return false
			}
		}
		var t passageText
		if t, err = m.view.readText(p); err != nil {
			return false
		}
		if containsUnits(t.units, o.needle) {
			o.certain.set(p)
		} else {
			set.unset(p)
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("verify text: %w", err)
	}
	return nil
}
