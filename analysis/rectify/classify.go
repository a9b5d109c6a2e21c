package rectify

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// maxSentence is the most bytes that are read as one sentence; a text without stops is cut there.
const maxSentence = 4 << 10

// Classify returns the actions that a measure or an account says were done, in the order of the text, with offsets into it.
func (r *Rules) Classify(text string) []corpus.Action {
	var out []corpus.Action
	m := mask(text)
	for _, s := range sentences(m.text) {
		found, ends := r.sentence(m, s)
		for _, a := range found {
			a.Text = a.Span.Of(text)
			out = append(out, a)
		}
		if ends {
			break
		}
	}
	return out
}

// sentences cuts a text behind 。！？；and line ends.
func sentences(text string) []span {
	var out []span
	start := 0
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			end = i + 1
		}
		if strings.ContainsRune("。！？；;!?\n", r) || end-start >= maxSentence {
			out = append(out, span{start, end})
			start = end
		}
	}
	if start < len(text) {
		out = append(out, span{start, len(text)})
	}
	return out
}

// hit is a phrase that stands in a text.
type hit struct {
	meaning
	span
}

// sentence reads one sentence. ends reports that what follows it is yet to be done.
func (r *Rules) sentence(m masked, s span) (actions []corpus.Action, ends bool) {
	text := m.text[s.start:s.end]
	var kinds, controls []hit
	for _, f := range r.phrases.Find(text) {
		h := r.hit(f)
		if h.control != "" {
			controls = append(controls, h)
		} else {
			kinds = append(kinds, h)
		}
	}
	for _, c := range controls {
		if c.control == laterOn {
			ends = true
		}
		kinds = slices.DeleteFunc(kinds, func(k hit) bool { return stops(text, c, k) })
	}
	for _, k := range standing(text, kinds) {
		at := corpus.Span{Start: s.start + k.start, End: m.wholeTitle(s.start + k.end)}
		actions = append(actions, corpus.Action{Kind: k.kind, Span: at, Rule: k.rule})
	}
	return actions, ends
}

func (r *Rules) hit(m taxonomy.PhraseMatch) hit {
	return hit{r.meaning[m.Phrase], span{m.Start, m.End}}
}

// wholeTitle moves an end that lies inside a title behind it.
func (m masked) wholeTitle(end int) int {
	for _, t := range m.titles {
		if t.start < end && end < t.end {
			return t.end
		}
	}
	return end
}

// nearby is how many characters may stand between a negation and what it denies.
const nearby = 4

// stops reports whether a control keeps an action from counting.
func stops(text string, c, k hit) bool {
	behind := k.start >= c.start
	switch c.control {
	case laterOn, willDo:
		return behind
	case fault:
		return behind && k.end <= c.end
	case notDone:
		return behind && k.start >= c.end && near(text[c.end:k.start])
	case asked:
		return k.start >= c.end && !strings.ContainsAny(text[c.end:k.start], "，,：:")
	}
	return false
}

// near reports whether what a negation denies follows it closely, in its clause and not behind a noun of its own (未报销的
// 单据退回).
func near(gap string) bool {
	return utf8.RuneCountInString(gap) <= nearby && !strings.ContainsAny(gap, "的者，,：:、")
}

// standing returns the actions that count: of two of which one lies inside the other the longer, of those of one kind in
// one clause the first.
func standing(text string, hits []hit) []hit {
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	var out []hit
	for i, h := range hits {
		hidden := slices.ContainsFunc(hits, func(o hit) bool {
			return o.start <= h.start && h.end <= o.end && o.end-o.start > h.end-h.start
		})
		if hidden || i > 0 && slices.ContainsFunc(out, func(o hit) bool {
			return o.kind == h.kind && !strings.ContainsAny(text[o.start:h.start], "，,：:")
		}) {
			continue
		}
		out = append(out, h)
	}
	return out
}
