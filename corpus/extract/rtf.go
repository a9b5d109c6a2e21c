package extract

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

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

// control reads a control word or symbol behind its backslash.
func (r *rtf) control() {
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		r.symbol(c)
		return
	}
	start := r.at
	for r.at < len(r.data) && r.data[r.at]|0x20 >= 'a' && r.data[r.at]|0x20 <= 'z' {
		r.at++
	}
	word := string(r.data[start:min(r.at, start+32)])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' && r.at-start < 12 {
		r.at++
	}
	value, err := strconv.Atoi(string(r.data[start:r.at]))
	if err != nil {
		value = -1
	}
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	if r.toSkip > 0 && word != "u" {
		r.toSkip = 0
	}
	r.decode()
	r.word(word, value)
}

func (r *rtf) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 <= len(r.data) {
			n, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8)
			r.at += 2
			if err == nil {
				r.literal(byte(n))
			}
		}
	case '*':
		r.state.skip = true // a destination that old readers do not know; the few that are text say so
	case '~':
		r.decode()
		r.write("\u00a0")
	case '_':
		r.literal('-')
	case '\\', '{', '}':
		r.literal(c)
	case '\r', '\n':
		r.decode()
		r.endParagraph(false)
	}
}

// notText are the destinations that hold no text.
var notText = strings.Fields("fonttbl colortbl info pict header headerl headerr headerf footer footerl footerr footerf listtable listoverridetable " +
	"themedata colorschememapping datastore latentstyles generator rsidtbl xmlnstbl fldinst object objdata annotation atnid atnauthor tc xe bkmkstart bkmkend " +
	"shpinst shprslt nonshppict filetbl revtbl userprops pgdsctbl")

func (r *rtf) word(word string, value int) {
	switch word {
	case "par", "sect":
		r.endParagraph(false)
	case "cell", "nestcell":
		r.endParagraph(true)
	case "row":
		r.endRow()
	case "line", "page", "column":
		r.piece()
	case "tab":
		r.write("\t")
	case "u":
		r.unicode(value)
	case "uc":
		r.state.fallback = max(0, value)
	case "ansicpg":
		r.codepage = codepageOf(value)
	case "f":
		if r.state.font = value; r.state.fonts {
			r.fontID = value
		}
	case "fcharset":
		if e := charsetOf(value); e != nil && r.state.fonts {
			r.charsets[r.fontID] = e
		}
	case "fonttbl":
		r.state.fonts, r.state.skip = true, true
	case "v", "deleted":
		r.state.unseen = value != 0
	case "plain":
		r.state.unseen = false
	case "listtext", "pntext":
		r.state.number, r.state.skip = true, false
	case "footnote", "shptxt":
		r.state.skip = false
		r.startNote()
	case "emdash":
		r.write("—")
	case "endash":
		r.write("–")
	case "lquote":
		r.write("‘")
	case "rquote":
		r.write("’")
	case "ldblquote":
		r.write("“")
	case "rdblquote":
		r.write("”")
	case "bullet":
		r.write("•")
	case "bin":
		r.at = min(len(r.data), r.at+max(0, value))
	default:
		r.layout(word, value)
	}
}

// layout reads what says where text stands.
func (r *rtf) layout(word string, value int) {
	switch word {
	case "pard":
		r.inTable, r.outline = false, -1
	case "intbl":
		r.inTable = true
	case "stylesheet":
		r.state.styles, r.state.skip = true, true
	case "s":
		if level, ok := r.levels[value]; ok && !r.state.styles {
			r.outline = level
		}
		r.styleID = value
	case "outlinelevel":
		if r.state.styles {
			r.levels[r.styleID] = value
		} else {
			r.outline = value
		}
	case "trowd":
		r.borders, r.merge, r.merging = []int{0}, nil, 0
	case "trleft":
		if len(r.borders) == 1 {
			r.borders[0] = value
		}
	case "clvmgf":
		r.merging |= mergedVertical | mergedRestart
	case "clvmrg":
		r.merging |= mergedVertical
	case "clmrg":
		r.merging |= mergedLeft
	case "cellx":
		if len(r.borders) > 0 && len(r.borders) < maxSpan {
			r.borders, r.merge, r.merging = append(r.borders, value), append(r.merge, r.merging), 0
		}
	default:
		if slices.Contains(notText, word) {
			r.state.skip = true
		}
	}
}

// unicode writes a character that is given by its number, and skips what stands for it in old readers.
func (r *rtf) unicode(value int) {
	c := rune(uint16(int16(value)))
	r.toSkip = r.state.fallback
	switch {
	case utf16.IsSurrogate(c) && r.high == 0:
		r.high = c
		return
	case r.high != 0:
		c = utf16.DecodeRune(r.high, c)
		r.high = 0
	}
	r.write(string(c))
}

// piece ends a line inside a paragraph.
func (r *rtf) piece() {
	r.pieces = append(r.pieces, r.line.String())
	r.line.Reset()
}

func (r *rtf) endParagraph(cell bool) {
	if r.state.skip {
		return
	}
	r.piece()
	pieces, number := r.pieces, trimBlanks(dropMeaningless(r.label.String()))
	r.pieces = nil
	r.label.Reset()
	if strings.IndexFunc(number, countsItems) < 0 {
		number = "" // a bullet
	}
	like := corpus.Block{Kind: corpus.BlockParagraph, Number: number}
	switch {
	case r.state.note:
	case r.inTable || cell:
		like.Kind = corpus.BlockCell
		if r.table == nil {
			r.table = &oldTable{id: r.tables}
			r.tables++
		}
	default:
		r.endTable()
		if r.outline >= 0 && r.outline < 9 {
			like.Kind, like.Level = corpus.BlockHeading, r.outline+1
		}
	}
	for _, text := range pieces {
		if text = trimBlanks(unspace(dropMeaningless(text))); text != "" {
			r.emit(docLine{text, like})
			like.Number = ""
		}
	}
	if cell && r.table != nil {
		if n := strings.Trim(like.Number, ".、．()（） "); n != "" {
			like.Number = ""
			r.emit(docLine{n, like})
		}
		r.table.endCell()
	}
}

func (r *rtf) emit(l docLine) {
	switch {
	case r.state.note:
		r.notes = append(r.notes, l)
	case r.table != nil:
		r.table.add(l)
	default:
		r.lines = append(r.lines, l)
	}
}

func (r *rtf) endRow() {
	if r.table != nil {
		r.table.endRow(slices.Clone(r.borders), slices.Clone(r.merge))
	}
}

func (r *rtf) endTable() {
	if r.table != nil {
		r.lines = append(r.lines, r.table.finish()...)
		r.table = nil
	}
}

func (r *rtf) startNote() {
	if len(r.kept) < maxGroups {
		r.kept = append(r.kept, rtfKept{r.line.String(), r.label.String(), r.pieces})
		r.line.Reset()
		r.label.Reset()
		r.pieces = nil
		r.state.note = true
	}
}

func (r *rtf) endNote() {
	r.endParagraph(false)
	if n := len(r.kept); n > 0 {
		k := r.kept[n-1]
		r.kept = r.kept[:n-1]
		r.line.Reset()
		r.line.WriteString(k.line)
		r.label.WriteString(k.label)
		r.pieces = k.pieces
	}
}

// countsItems reports whether a character can be part of a number: a digit, a letter, a Chinese numeral, one in a circle.
func countsItems(c rune) bool {
	return unicode.IsDigit(c) || isHan(c) || c >= 0x2460 && c <= 0x24FF || c >= 0x2776 && c <= 0x2793 || c >= 0x3220 && c <= 0x32FF ||
		c < 0x2000 && unicode.IsLetter(c)
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
