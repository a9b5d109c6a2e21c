package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

// Part is a piece of a document's text as the document page shows it: a finding, or text outside all findings. The parts
// of a document in order, their paragraphs, segments and line ends joined, are the document's text.
type Part struct {
	Finding    *FindingHead // nil outside all findings
	Anchor     string       // of a section
	Paragraphs []Paragraph
}

// Paragraph is one line of the text, or the piece of a line that lies in one part. End is the line end, where the piece
// has one.
type Paragraph struct {
	Class    string
	Segments []highlight.Segment
	End      string
}

// FindingHead stands above a finding's text and says what was read in it.
type FindingHead struct {
	Anchor     string
	Ordinal    int
	Status     StatusWord
	Categories []CategoryMark
	Notes      []string
	Review     string // where its categories can be corrected
}

// CategoryMark names a category of a finding. Class is the look that its evidence has in the text.
type CategoryMark struct {
	Name  string
	Class string
	Title string
	Href  string
}

// piece is a part before its text is cut: where it stands, and its finding if it is one.
type piece struct {
	span    corpus.Span
	finding *corpus.Finding
}

// reader turns one document into parts.
type reader struct {
	doc    *corpus.Document
	names  names
	layers []highlight.Layer
	placed map[string]bool // anchors that stand in the lines so far
}

// newReader prepares a document for display.
func newReader(doc *corpus.Document, n names) *reader {
	return &reader{doc: doc, names: n, layers: layersOf(doc, n), placed: map[string]bool{}}
}

// parts cuts the whole text into parts.
func (r *reader) parts() []Part {
	var out []Part
	for _, p := range piecesOf(r.doc) {
		anchor := ""
		if p.finding == nil {
			anchor = sectionAnchor(p.span)
		}
		if n := len(out); n > 0 && r.closesLine(p.span) {
			before := out[n-1].Paragraphs
			before[len(before)-1].End = "\n"
			p.span.Start++
		}
		part := Part{Anchor: anchor, Paragraphs: r.paragraphs(p.span)}
		if p.finding != nil {
			head := r.head(p.finding)
			part.Finding = &head
		}
		if len(part.Paragraphs) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// closesLine reports whether a piece begins with the end of a line that the piece before it began.
func (r *reader) closesLine(span corpus.Span) bool {
	text := r.doc.Text
	return span.Start > 0 && span.Len() > 0 && text[span.Start] == '\n' && text[span.Start-1] != '\n'
}

// paragraphs cuts a piece into its lines.
func (r *reader) paragraphs(window corpus.Span) []Paragraph {
	text := r.doc.Text
	var out []Paragraph
	for start := window.Start; start < window.End; {
		line := corpus.Span{Start: start, End: window.End}
		p := Paragraph{}
		if i := strings.IndexByte(text[start:window.End], '\n'); i >= 0 {
			line.End = start + i
			p.End = "\n"
		}
		p.Segments = r.segments(line)
		p.Class = r.role(line)
		out = append(out, p)
		start = line.End + len(p.End)
	}
	return out
}

// segments cuts one line. An anchor stands in the first line of its layer only.
func (r *reader) segments(line corpus.Span) []highlight.Segment {
	var layers []highlight.Layer
	for _, l := range r.layers {
		if !l.Span.Overlaps(line) {
			continue
		}
		if r.placed[l.ID] {
			l.ID = ""
		}
		layers = append(layers, l)
	}
	out := highlight.Cut(r.doc.Text, line, layers)
	for _, s := range out {
		if s.ID != "" {
			r.placed[s.ID] = true
		}
	}
	return out
}

// role says whether a line is the document's title or a heading above findings.
func (r *reader) role(line corpus.Span) string {
	if p, ok := r.doc.Provenance["title"]; ok && p.Span != nil && p.Span.Overlaps(line) && p.Span.Contains(trimmed(r.doc.Text, line)) {
		return "title"
	}
	for i := range r.doc.Findings {
		for _, span := range r.doc.Findings[i].PathSpans {
			if span.Len() > 0 && line.Contains(span) {
				return "heading"
			}
		}
	}
	return ""
}

// trimmed is a line without the blanks around it.
func trimmed(text string, line corpus.Span) corpus.Span {
	s := line.Of(text)
	line.Start += len(s) - len(strings.TrimLeft(s, " 　\t"))
	line.End = line.Start + len(strings.Trim(s, " 　\t"))
	return line
}

// head says what was read in a finding.
func (r *reader) head(f *corpus.Finding) FindingHead {
	h := FindingHead{Anchor: anchor(f.Ordinal), Ordinal: f.Ordinal, Status: statusWord(f.Status), Notes: notesOf(f),
		Review: address("/review", corpus.Filter{}, Param{"at", string(f.ID)})}
	for i, c := range f.Categories {
		h.Categories = append(h.Categories, CategoryMark{
			Name: r.names.category(c.Code), Class: evidenceClass(i), Title: r.names.path(c.Code) + evidenceWords(c),
			Href: address("/search", and(corpus.Filter{}, corpus.FieldCategory, string(c.Code))),
		})
	}
	return h
}

// anchor is the anchor of a finding in its document's page.
func anchor(ordinal int) string { return fmt.Sprintf("f%d", ordinal) }

// sectionAnchor is the anchor of a section in its document's page.
func sectionAnchor(span corpus.Span) string { return fmt.Sprintf("s%d", span.Start) }

// evidenceWords lists the words that speak for a category.
func evidenceWords(c corpus.Category) string {
	var words []string
	for _, e := range c.Evidence {
		if w := "“" + clip(e.Text, 24) + "”"; !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return "；佐证：" + strings.Join(words, "、")
}

// notesOf lists in words what else was read in a finding.
func notesOf(f *corpus.Finding) []string {
	var out []string
	if len(f.Categories) > 0 && f.Categories[0].By == corpus.ByHuman {
		out = append(out, "类别经人核定")
	}
	if f.Unit != "" {
		out = append(out, f.Unit)
	}
	if f.LongTerm && f.Status != corpus.DoneSustained {
		out = append(out, "长期坚持")
	}
	if f.Deemed {
		out = append(out, "视同完成")
	}
	if f.Deadline != nil {
		out = append(out, "时限 "+f.Deadline.Text)
	}
	if f.Responsible != nil {
		if who := append(slices.Clone(f.Responsible.Persons), f.Responsible.Departments...); len(who) > 0 {
			out = append(out, "责任 "+strings.Join(who, "、"))
		}
	}
	if n := len(f.Measures); n > 0 {
		out = append(out, fmt.Sprintf("措施 %d 项", n))
	}
	return out
}

// piecesOf lists findings and sections in the order of the text. Text that is in neither is a piece of its own, so that
// nothing of a document is ever hidden.
func piecesOf(doc *corpus.Document) []piece {
	var known []piece
	for i := range doc.Findings {
		known = append(known, piece{doc.Findings[i].Span, &doc.Findings[i]})
	}
	for _, s := range doc.Sections {
		known = append(known, piece{s.Span, nil})
	}
	slices.SortStableFunc(known, func(a, b piece) int { return cmp.Compare(a.span.Start, b.span.Start) })

	var out []piece
	at := 0
	for _, p := range known {
		p.span.Start = min(max(p.span.Start, at), len(doc.Text))
		p.span.End = min(max(p.span.End, p.span.Start), len(doc.Text))
		if p.span.Start > at {
			out = append(out, piece{corpus.Span{Start: at, End: p.span.Start}, nil})
		}
		out = append(out, p)
		at = p.span.End
	}
	if at < len(doc.Text) {
		out = append(out, piece{corpus.Span{Start: at, End: len(doc.Text)}, nil})
	}
	return out
}
