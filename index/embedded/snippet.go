package embedded

import (
	"slices"
	"strings"
	"unicode"
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

// shown is a passage that is cut into snippets.
type shown struct {
	at     int // of its source in the document's text
	source string
	ends   []int         // of its sentences
	marks  []corpus.Span // in the source, in order; overlapping ones are joined
}

// show decodes a passage.
func (m marker) show(d *decoder, t passageText) shown {
	s := shown{at: t.span.Start, marks: nodesIn(t.units, m.needles)}
	s.source = d.decode(t, s.marks)
	s.ends = d.ends
	return s
}

// snippets returns up to most pieces of a passage: those with most marks, in the order in which they stand. Without any
// mark it is the beginning.
func (s shown) snippets(most int) []index.Snippet {
	marks := s.marks
	pieces := cutPieces(s.source, s.ends, marks)
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
		out[i] = index.Snippet{Text: p.Of(s.source), At: s.at + p.Start}
		for _, m := range marks {
			if p.Contains(m) {
				out[i].Marks = append(out[i].Marks, corpus.Span{Start: m.Start - p.Start, End: m.End - p.Start})
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

// cutPieces cuts the source into pieces of whole sentences, which end at ends, without blanks around; one that is too long
// is cut around its first mark.
func cutPieces(source string, ends []int, marks []corpus.Span) []piece {
	pieces := make([]piece, 0, len(source)/snippetWanted+2)
	start := 0
	for i := range len(ends) + 1 {
		end := len(source)
		if i < len(ends) {
			end = ends[i]
		}
		s := trimmed(source, corpus.Span{Start: start, End: end})
		start = end
		if s.Len() == 0 {
			continue
		}
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

// trimmed returns a span without the blanks around what it holds.
func trimmed(source string, s corpus.Span) corpus.Span {
	text := strings.TrimLeftFunc(s.Of(source), unicode.IsSpace)
	s.Start = s.End - len(text)
	s.End = s.Start + len(strings.TrimRightFunc(text, unicode.IsSpace))
	return s
}

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
