package parse

import (
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
)

// headBytes is how far from the top metadata is looked for, in steps: the next is taken where the opening does not end
// within the one before. tailBytes is how far from the end a signature is looked for.
var headBytes = [...]int{6 << 10, 24 << 10}

const tailBytes = 2 << 10

// metadata reads what a document says about itself: from the page's properties, the title, the introduction and the
// signature. Everything is read in a folded view of the text, so that width, script and spacing do not matter; every
// value is printed as it stands in the source.
type metadata struct {
	x     *corpus.Extract
	g     *gazetteer.Gazetteer
	doc   *corpus.Document
	head  view
	tail  view
	parts layout // where in head the title, the introduction and the opening stand
	title titleLines
	// namings are how title, introduction and signature name the unit, empty where they do not.
	namings []named
}

// readMetadata fills the metadata fields of doc, their provenance and the warnings about them, those of the extraction
// included. It reads nothing that the document does not state, and takes one reading of a damaged value only where no
// other is possible.
func readMetadata(x *corpus.Extract, g *gazetteer.Gazetteer, doc *corpus.Document) {
	if doc.Provenance == nil {
		doc.Provenance = map[string]corpus.Provenance{}
	}
	doc.Warnings = append(doc.Warnings, x.Warnings...)
	m := &metadata{x: x, g: g, doc: doc, tail: newView(x.Text, tailStart(x.Text), len(x.Text))}
	for _, limit := range headBytes {
		end := headEnd(x.Text, limit)
		m.head = newView(x.Text, 0, end)
		m.parts = layoutOf(m.head)
		if end == len(x.Text) || m.parts.inspects && m.parts.opening.End < len(m.head.text) {
			break
		}
	}
	m.readTitle()
	m.readType()
	m.readInspector()
	m.readRound()
	m.readUnit()
	m.readRegion()
	m.readLevel()
	m.readDates()
	m.readDeclared()
	m.warnRedacted()
}

// headEnd returns the end of the lines that end within limit bytes, cut inside a line only where the first is longer.
func headEnd(text string, limit int) int {
	if len(text) <= limit {
		return len(text)
	}
	if i := strings.LastIndexByte(text[:limit], '\n'); i > 0 {
		return i
	}
	return runeStart(text, limit)
}

func tailStart(text string) int {
	if len(text) <= tailBytes {
		return 0
	}
	if i := strings.IndexByte(text[len(text)-tailBytes:], '\n'); i >= 0 {
		return len(text) - tailBytes + i + 1
	}
	return runeStart(text, len(text)-tailBytes)
}

// runeStart moves i back to where a character begins.
func runeStart(text string, i int) int {
	for i > 0 && text[i]&0xC0 == 0x80 {
		i--
	}
	return i
}

// note records where a field was read in the view, and by which rule.
func (m *metadata) note(field string, v view, start, end int, rule string, c corpus.Confidence) {
	span := v.source(start, end)
	m.doc.Provenance[field] = corpus.Provenance{Text: span.Of(m.x.Text), Span: &span, Rule: rule, Confidence: c}
}

// noteProperty records that a field was read from a property of the file.
func (m *metadata) noteProperty(field string, p corpus.Property, c corpus.Confidence) {
	m.doc.Provenance[field] = corpus.Provenance{Text: p.Value, Span: p.Span, Rule: "property " + p.Name, Confidence: c}
}

// warn adds a warning about a place in the view.
func (m *metadata) warn(code corpus.WarningCode, message string, v view, start, end int) {
	span := v.source(start, end)
	m.doc.Warnings = append(m.doc.Warnings, corpus.Warning{Code: code, Message: message, Text: span.Of(m.x.Text), Span: &span})
}
