// Package highlight cuts a text into segments at the borders of the spans that are to be shown in it. Spans may overlap
// in any way: a segment carries all that cover it, and segments follow each other without nesting, so that what a
// template makes of them is well formed whatever the spans are. Joined, the segments are the text, byte for byte.
//
//	for _, s := range highlight.Cut(text, highlight.All(text), layers) { … s.Text, s.Class, s.Title … }
package highlight

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
)

// Layer is one thing to show in a text: where it stands, the class that gives it its look, what pointing at it says, and
// an anchor for links to it.
type Layer struct {
	Span  corpus.Span
	Class string
	Title string
	ID    string
}

// Segment is a piece of text with the same layers throughout. Class and Title join those of the layers, in the layers'
// order; both are empty in plain text. Every ID stands on one segment: the first of its layer, or where several layers with
// different anchors begin together, the next one that is free.
type Segment struct {
	Text  string
	Class string
	Title string
	ID    string
}

// Plain reports whether the segment carries no layer.
func (s Segment) Plain() bool { return s.Class == "" && s.Title == "" && s.ID == "" }

// All returns the span of a whole text.
func All(text string) corpus.Span { return corpus.Span{Start: 0, End: len(text)} }

// Cut returns the segments of text[window.Start:window.End]. Layers are offsets into text; what of them lies outside the
// window is not shown. A border inside a character moves to the character's beginning. Equal neighbours are one segment,
// and no segment is empty.
func Cut(text string, window corpus.Span, layers []Layer) []Segment {
	window = clamp(text, window, All(text))
	shown := make([]Layer, 0, len(layers))
	for _, l := range layers {
		l.Span = clamp(text, l.Span, window)
		if l.Span.Len() > 0 {
			shown = append(shown, l)
		}
	}
	var out []Segment
	placed := map[string]bool{}
	borders := bordersOf(window, shown)
	for i := 0; i+1 < len(borders); i++ {
		piece := corpus.Span{Start: borders[i], End: borders[i+1]}
		next := segment(text, piece, shown, placed)
		if n := len(out); n > 0 && next.ID == "" && sameLook(out[n-1], next) {
			out[n-1].Text += next.Text
			continue
		}
		out = append(out, next)
	}
	return out
}

// segment describes one piece between neighbouring borders; it notes in placed which anchors are set.
func segment(text string, piece corpus.Span, layers []Layer, placed map[string]bool) Segment {
	s := Segment{Text: piece.Of(text)}
	var classes, titles []string
	for _, l := range layers {
		if !l.Span.Contains(piece) {
			continue
		}
		classes = appendNew(classes, l.Class)
		titles = appendNew(titles, l.Title)
		if s.ID == "" && l.ID != "" && !placed[l.ID] {
			s.ID = l.ID
			placed[l.ID] = true
		}
	}
	s.Class = strings.Join(classes, " ")
	s.Title = strings.Join(titles, "；")
	return s
}

func sameLook(a, b Segment) bool { return a.Class == b.Class && a.Title == b.Title }

func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func bordersOf(window corpus.Span, layers []Layer) []int {
	borders := []int{window.Start, window.End}
	for _, l := range layers {
		borders = append(borders, l.Span.Start, l.Span.End)
	}
	slices.SortFunc(borders, cmp.Compare[int])
	return slices.Compact(borders)
}

// clamp cuts a span to a window and moves its borders to the beginnings of characters. A span that is turned round or
// lies outside comes back empty.
func clamp(text string, s, window corpus.Span) corpus.Span {
	s.Start = runeStart(text, min(max(s.Start, window.Start), window.End))
	s.End = runeStart(text, min(max(s.End, window.Start), window.End))
	if s.End < s.Start {
		s.End = s.Start
	}
	return s
}

func runeStart(text string, i int) int {
	for i > 0 && i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}
