package embedded

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/index"
)

// The length of a snippet in bytes, three to a Chinese character: whole sentences are added up to the first, and a
// sentence beyond the second is cut.
const (
	snippetWanted = 180
	snippetMost   = 480
)

// marker finds the strings of a query in texts.
type marker struct{ needles [][]byte }

// marker returns a marker for what a query is ranked by. Single characters are marked only where there is nothing else:
// they are parts of longer text, and stand everywhere.
func (m *matcher) marker(q index.Query) marker {
	all := m.ranked(q)
	long := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return utf8.RuneCountInString(s) == 1 })
	if len(long) == 0 {
		long = all
	}
	var out marker
	for _, s := range long {
		if n := needle(s); len(n) > 0 {
			out.needles = append(out.needles, n)
		}
	}
	return out
}

// marks returns where the strings stand in the source, in order; overlapping ones are joined.
func (m marker) marks(t passageText, source string) []corpus.Span {
	spans := nodesIn(t.units, m.needles)
	sourceSpans(source, spans)
	return spans
}

// snippets returns up to most pieces of a passage and its source: those with most marks, in
// the order in which they stand. Without any mark it is the beginning.
func (m marker) snippets(t passageText, source string, most int) []index.Snippet {
	at := t.span.Start
	marks := m.marks(t, source)
	pieces := cutPieces(source, marks)
	if len(pieces) == 0 {
		return nil
	}
	marked := slices.DeleteFunc(slices.Clone(pieces), func(p piece) bool { return p.marks == 0 })
	if len(marked) == 0 {
		marked = pieces[:1]
	}
	slices.SortStableFunc(marked, func(a, b piece) int { return b.marks - a.marks })
	marked = marked[:min(most, len(marked))]
	slices.SortFunc(marked, func(a, b piece) int { return a.Start - b.Start })
	out := make([]index.Snippet, len(marked))
	for i, p := range marked {
		out[i] = index.Snippet{Text: p.Of(source), At: at + p.Start}
		for _, s := range marks {
			if p.Contains(s) {
				out[i].Marks = append(out[i].Marks, corpus.Span{Start: s.Start - p.Start, End: s.End - p.Start})
			}
		}
	}
	return out
}

// piece is a stretch of text that may become a snippet, with the number of marks in it.
type piece struct {
	corpus.Span
	marks int
}

// cutPieces cuts the source into pieces of whole sentences; one that is too long is cut around its first mark.
func cutPieces(source string, marks []corpus.Span) []piece {
	var pieces []piece
	for _, s := range sentences(source) {
		n := len(pieces)
		if n > 0 && s.End-pieces[n-1].Start <= snippetWanted {
			pieces[n-1].End = s.End
		} else {
			pieces = append(pieces, piece{Span: s})
		}
	}
	for i := range pieces {
		p := &pieces[i]
		if p.Len() > snippetMost {
			p.Span = shorten(source, p.Span, marks)
		}
	}
	pieces = coverMarks(pieces, marks)
	for i := range pieces {
		p := &pieces[i]
		for _, s := range marks {
			// A mark may go over the end of a sentence; it is shown whole.
			if p.Overlaps(s) {
				p.Start, p.End = min(p.Start, s.Start), max(p.End, s.End)
				p.marks++
			}
		}
	}
	return pieces
}

// coverMarks makes room for marks that stand in no piece: blanks and line ends between sentences can be looked for too.
func coverMarks(pieces []piece, marks []corpus.Span) []piece {
	for _, m := range marks {
		before := -1
		covered := slices.ContainsFunc(pieces, func(p piece) bool { return p.Overlaps(m) })
		for i := range pieces {
			if pieces[i].End <= m.Start {
				before = i
			}
		}
		switch {
		case covered:
		case before < 0:
			pieces = slices.Insert(pieces, 0, piece{Span: m})
		case m.Start-pieces[before].End > snippetMost:
			pieces = slices.Insert(pieces, before+1, piece{Span: m})
		default:
			pieces[before].End = m.End
		}
	}
	return pieces
}

// sentences cuts the source after 。；！？ and at line ends, without blanks around. Empty ones are left out.
func sentences(source string) []corpus.Span {
	var out []corpus.Span
	start := 0
	add := func(end int) {
		text := source[start:end]
		trimmed := strings.TrimSpace(text)
		if trimmed != "" {
			from := start + strings.Index(text, trimmed)
			out = append(out, corpus.Span{Start: from, End: from + len(trimmed)})
		}
		start = end
	}
	for i := 0; i < len(source); i++ {
		// The marks are told by their first bytes, which is several times as fast as decoding characters.
		switch source[i] {
		case '\n':
			add(i + 1)
		case "。"[0], "！"[0]:
			if n := len("。"); i+n <= len(source) && isSentenceEnd(source[i:i+n]) {
				add(i + n)
			}
		}
	}
	add(len(source))
	return out
}

func isSentenceEnd(s string) bool { return s == "。" || s == "；" || s == "！" || s == "？" }

// shorten cuts a piece that is too long to the stretch that begins a little before its first mark, after a pause where
// there is one.
func shorten(source string, s corpus.Span, marks []corpus.Span) corpus.Span {
	first := s.Start
	for _, m := range marks {
		if s.Contains(m) {
			first = m.Start
			break
		}
	}
	start, pause := first, first
	for start > s.Start && first-start < snippetMost/4 {
		r, size := utf8.DecodeLastRuneInString(source[s.Start:start])
		if start < first && strings.ContainsRune("，、：；）》,;:", r) {
			pause = start
		}
		start -= size
	}
	if start > s.Start && pause < first {
		start = pause // the last pause on the way back reads better than the middle of a word
	}
	end := start
	for end < s.End && end-start < snippetMost {
		_, size := utf8.DecodeRuneInString(source[end:])
		end += size
	}
	return corpus.Span{Start: start, End: end}
}
