package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
	// found keeps the strings that were looked up, by their folded text.
	found map[string]*occurrence
}

func (s *session) matcher(ctx context.Context) *matcher {
	return &matcher{session: s, ctx: ctx, found: map[string]*occurrence{}}
}

// occurrence is where a string stands, as far as the postings say.
type occurrence struct {
	// candidates have all pairs of characters of the string.
	candidates bitset
	// certain are the candidates in which it stands for sure; nil where all are.
	certain bitset
	needle  []byte
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
		hits, err := m.eval(n.Node, within)
		if err != nil {
			return nil, err
		}
		out := within.clone()
		out.andNot(hits)
		return out, nil
	case index.Word:
		return m.having(m.wordsOf(n.Text), within)
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
		if o.certain, err = m.withWord(s); err != nil {
			return nil, err
		}
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
		if !containsUnits(t.units, o.needle) {
			set.unset(p)
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("verify text: %w", err)
	}
	return nil
}

// particles are characters that say nothing by themselves in the middle of other words.
const particles = "的了和与及等在是对为把被将就也都而并或之于以其所"

// wordsOf returns the words that a clause without quotes stands for, folded, without particles and punctuation. A text
// of nothing but particles stands for itself.
func (m *matcher) wordsOf(text string) []string {
	var words []string
	for _, t := range joinNumbers(m.e.options.Segmenter.Segment(text)) {
		if t.Word() && !slices.Contains(words, t.Text) && !isParticle(t.Text) {
			words = append(words, t.Text)
		}
	}
	if words == nil {
		words = []string{foldedText(text)}
	}
	return words
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
