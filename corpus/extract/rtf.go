package extract

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"tongjian/corpus"
)

// rtfState is what a group of RTF inherits and gives back.
type rtfState struct {
	skip     bool // a destination that is not text
	unseen   bool // hidden or deleted characters
	number   bool // the number of a list item
	font     int
	fallback int // how many characters stand for one in Unicode
	fonts    bool
	styles   bool
	note     bool
}

// rtf reads RTF.
type rtf struct {
	bud      *budget
	data     []byte
	at       int
	state    rtfState
	stack    []rtfState
	codepage encoding.Encoding
	charsets map[int]encoding.Encoding // by font
	fontID   int                       // the font being defined
	bytes    []byte                    // bytes that are not decoded yet
	high     rune                      // the first half of a pair
	toSkip   int
	line     strings.Builder
	label    strings.Builder // the number of the item
	pieces   []string
	lines    []docLine
	notes    []docLine
	kept     []rtfKept // paragraphs that notes interrupt
	table    *oldTable
	tables   int
	inTable  bool
	outline  int
	styleID  int         // the style being defined
	levels   map[int]int // outline levels of styles
	borders  []int
	merge    []int
	merging  int
}

// rtfKept is a paragraph that a note interrupts.
type rtfKept struct {
	line, label string
	pieces      []string
}

// readRTF reads a document in RTF: paragraphs, the numbers of list items, tables, notes.
func readRTF(source string, data []byte, bud *budget) (*corpus.Extract, error) {
	r := &rtf{bud: bud, data: data, codepage: simplifiedchinese.GB18030, charsets: map[int]encoding.Encoding{}, levels: map[int]int{}, outline: -1}
	r.state.fallback = 1
	if err := r.read(); err != nil {
		return nil, err
	}
	b := &builder{limit: bud.lim.Blocks}
	write(b, r.lines)
	write(b, r.notes)
	x, err := b.extract(source, "rtf", decoded{encoding: encUTF8})
	if err != nil {
		return nil, err
	}
	x.Warnings = decoded{text: x.Text}.warnings()
	x.Properties = mergeProperties(append(labelled(x.Text, x.Blocks), tableProperties(x)...))
	return x, nil
}

// maxGroups bounds how deep groups may nest.
const maxGroups = 1000

func (r *rtf) read() error {
	for r.at < len(r.data) {
		if err := r.bud.tick(); err != nil {
			return err
		}
		c := r.data[r.at]
		r.at++
		switch c {
		case '{':
			r.decode()
			if len(r.stack) < maxGroups {
				r.stack = append(r.stack, r.state)
			}
		case '}':
			r.decode()
			r.endGroup()
		case '\\':
			r.control()
		case '\r', '\n', 0:
		default:
			r.literal(c)
		}
	}
	r.endParagraph(false)
	r.endTable()
	return nil
}

func (r *rtf) endGroup() {
	n := len(r.stack)
	if n == 0 {
		return
	}
	if r.state.note && !r.stack[n-1].note {
		r.endNote()
	}
	r.state, r.stack = r.stack[n-1], r.stack[:n-1]
	r.toSkip = 0
}

// literal takes one byte of text.
func (r *rtf) literal(c byte) {
	switch {
	case r.toSkip > 0:
		r.toSkip--
	case r.state.fonts && c == ';':
	case !r.state.skip && !r.state.unseen:
		r.bytes = append(r.bytes, c)
	}
}

// decode turns the bytes that came together into text.
func (r *rtf) decode() {
	if len(r.bytes) == 0 {
		return
	}
	e := r.codepage
	if own := r.charsets[r.state.font]; own != nil {
		e = own
	}
	s, err := e.NewDecoder().Bytes(r.bytes)
	if err == nil {
		r.write(string(s))
	}
	r.bytes = r.bytes[:0]
}

func (r *rtf) write(s string) {
	switch {
	case r.state.skip || r.state.unseen:
	case r.state.number:
		r.label.WriteString(s)
	default:
		r.line.WriteString(s)
	}
}

func codepageOf(n int) encoding.Encoding {
	switch n {
	case 950:
		return traditionalchinese.Big5
	case 1252:
		return charmap.Windows1252
	}
	return simplifiedchinese.GB18030
}

// charsetOf returns the encoding of a font; nil where it says nothing.
func charsetOf(n int) encoding.Encoding {
	switch n {
	case 134:
		return simplifiedchinese.GB18030
	case 136:
		return traditionalchinese.Big5
	}
	return nil
}

// isRTF reports whether a file is RTF.
func isRTF(data []byte) bool { return bytes.HasPrefix(data, []byte(`{\rtf`)) }
