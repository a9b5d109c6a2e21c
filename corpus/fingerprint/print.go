package fingerprint

import (
	"hash/fnv"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
)

// leastContent is the number of characters from which an equal text says that two documents are the same, whoever they
// are about. Shorter ones are phrases.
const leastContent = 60

// Print is what is kept of a document so that others that may be the same are found without reading them.
type Print struct {
	// Scope stands for kind and unit; 0 where the unit is not known.
	Scope uint64
	// Content stands for the whole normalised text; 0 for a text of fewer than leastContent characters.
	Content uint64
	Sketch  Sketch
	// Findings and Length, the number of characters of the normalised text, say how complete the document is.
	Findings int
	Length   int
}

// Key is a value that documents share which may be the same. The keys of one document begin with the same Scope but for
// the one that stands for its content.
type Key struct {
	Scope uint64
	Band  uint32
}

// Of returns the print of a document, which must be as it was read, without corrections: like is compared with like.
func Of(doc *corpus.Document) Print {
	normal := body(doc)
	p := Print{Sketch: NewSketch(normal), Findings: len(doc.Findings), Length: utf8.RuneCountInString(normal)}
	if unit := Normalise(string(doc.Unit)); unit != "" {
		p.Scope = hashOf(string(doc.DocType) + "\x00" + unit)
	}
	if p.Length >= leastContent {
		p.Content = hashOf("\x01" + normal)
	}
	return p
}

// Keys returns the keys by which a print is found: sixteen for a text of a known unit, and one for the content.
func (p Print) Keys() []Key {
	out := make([]Key, 0, 1+Bins/rows)
	if p.Content != 0 {
		out = append(out, Key{Scope: p.Content})
	}
	if p.Scope != 0 && p.Sketch != (Sketch{}) {
		for i, v := range p.Sketch.bands() {
			// The number of the band is in its value, so that only like bands meet.
			out = append(out, Key{Scope: p.Scope, Band: v&^0xf | uint32(i)})
		}
	}
	return out
}

// leastEstimate is the estimated similarity below which Compare is not worth its time: four standard errors below what it
// asks for.
const leastEstimate = leastVersion - 0.25

// Near reports whether two prints are close enough for their documents to be compared.
func (p Print) Near(q Print) bool {
	return p.Content != 0 && p.Content == q.Content || p.Scope != 0 && p.Scope == q.Scope && p.Sketch.Similarity(q.Sketch) >= leastEstimate
}

// Fuller reports whether p's document is clearly more complete than q's, of which it is a copy: it has more findings and no
// less text, or as many and a tenth more text.
func (p Print) Fuller(q Print) bool {
	if p.Findings != q.Findings {
		return p.Findings > q.Findings && p.Length >= q.Length
	}
	return p.Length*10 >= q.Length*11
}

// body returns the normalised text of what the findings say, or of the document where it has none.
func body(doc *corpus.Document) string {
	if len(doc.Findings) == 0 {
		return Normalise(doc.Text)
	}
	var b strings.Builder
	for i := range doc.Findings {
		b.WriteString(Normalise(doc.Findings[i].Statement))
		b.WriteString(Normalise(doc.Findings[i].Account))
	}
	return b.String()
}

// core returns the normalised text from the first finding to the last, with the headings between them.
func core(doc *corpus.Document) string {
	from, to := doc.Findings[0].Span.Start, doc.Findings[len(doc.Findings)-1].Span.End
	if from >= to || to > len(doc.Text) {
		return body(doc)
	}
	return Normalise(doc.Text[from:to])
}

// hashOf returns a hash that is never 0.
func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return max(mix(h.Sum64()), 1)
}
