package pdf

import (
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// font tells the characters and widths of the codes in strings.
type font struct {
	simple  bool // codes are one byte
	unicode *cmap
	codes   *cmap // an embedded table from codes to glyph numbers
	named   named
	known   bool // named or codes tell how long codes are
	glyphs  map[uint32]rune
	simples [256]string
	widths  map[uint32]float64
	width   float64 // of codes that widths does not have
	scale   float64 // of widths
}

// glyph is one character of a string.
type glyph struct {
	text  string
	width float64 // in units of the font size
	space bool    // the code of one byte that word spacing applies to
}

// font returns the font of a resource.
func (f *File) font(v any) *font {
	n, isRef := v.(ref)
	if isRef && f.fonts[n] != nil {
		return f.fonts[n]
	}
	d := f.dict(v)
	t := &font{scale: 0.001, widths: map[uint32]float64{}}
	if s, ok := f.resolve(d["ToUnicode"]).(*stream); ok {
		t.unicode = f.readCMap(s)
	}
	if f.name(d["Subtype"]) == "Type0" {
		f.readComposite(t, d)
	} else {
		f.readSimple(t, d)
	}
	if isRef {
		f.fonts[n] = t
	}
	return t
}

func (f *File) readSimple(t *font, d dict) {
	t.simple = true
	first := int(f.number(d["FirstChar"], 0))
	for i, w := range f.list(d["Widths"]) {
		if code := first + i; code >= 0 && code < 256 {
			t.widths[uint32(code)] = f.number(w, 0)
		}
	}
	t.width = f.number(f.dict(d["FontDescriptor"])["MissingWidth"], 0)
	if len(t.widths) == 0 {
		t.width = 500 // one of the fonts that every viewer has
	}
	if f.name(d["Subtype"]) == "Type3" {
		if m := f.list(d["FontMatrix"]); len(m) == 6 {
			t.scale = f.number(m[0], 0.001)
		}
	}
	base, enc := f.name(d["Encoding"]), f.dict(d["Encoding"])
	if enc != nil {
		base = f.name(enc["BaseEncoding"])
	}
	table := charmap.Windows1252
	if base == "MacRomanEncoding" {
		table = charmap.Macintosh
	}
	for i := range t.simples {
		if r := table.DecodeByte(byte(i)); r >= ' ' {
			t.simples[i] = string(r)
		}
	}
	code := 0
	for _, v := range f.list(enc["Differences"]) {
		switch v := f.resolve(v).(type) {
		case float64:
			code = int(v)
		case name:
			if code >= 0 && code < 256 {
				t.simples[code] = glyphText(string(v))
			}
			code++
		}
	}
}

func (f *File) readComposite(t *font, d dict) {
	descendants := f.list(d["DescendantFonts"])
	var below dict
	if len(descendants) > 0 {
		below = f.dict(descendants[0])
	}
	t.width = f.number(below["DW"], 1000)
	f.readWidths(t, f.list(below["W"]))
	switch enc := f.resolve(d["Encoding"]).(type) {
	case name:
		t.named, t.known = namedCMap(enc)
	case *stream:
		t.codes = f.readCMap(enc)
		if base, ok := namedCMap(f.name(enc.dict["UseCMap"])); ok && len(t.codes.spaces) == 0 {
			t.named, t.known = base, true
		}
		t.codes.wide = true
	}
	if t.named.decode == nil {
		t.glyphs = f.embedded(below)
	}
}

// readWidths reads the widths of glyphs: c [w w w] and first last w.
func (f *File) readWidths(t *font, w array) {
	for i := 0; i+1 < len(w); {
		first := int(f.number(w[i], -1))
		if first < 0 || f.step() {
			return
		}
		if list, ok := f.resolve(w[i+1]).(array); ok {
			for k, v := range list {
				t.widths[uint32(first+k)] = f.number(v, 1000)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		last := min(int(f.number(w[i+1], -1)), 0xFFFF)
		for c := first; c <= last; c++ {
			t.widths[uint32(c)] = f.number(w[i+2], 1000)
		}
		i += 3
	}
}

// glyphsOf cuts a string into its characters.
func (t *font) glyphsOf(s string, emit func(glyph)) {
	for len(s) > 0 {
		code, size := t.next(s)
		emit(glyph{text: t.text(code, size, s[:size]), width: t.widthOf(code, size) * t.scale, space: size == 1 && code == ' '})
		s = s[size:]
	}
}

func (t *font) next(s string) (code uint32, size int) {
	switch {
	case t.simple:
		return uint32(s[0]), 1
	case t.codes != nil && len(t.codes.spaces) > 0:
		return t.codes.next(s)
	case t.known:
		size = min(max(1, t.named.size(s)), len(s))
		return codeOf(s[:size]), size
	}
	size = min(2, len(s))
	return codeOf(s[:size]), size
}

func (t *font) text(code uint32, size int, raw string) string {
	if t.unicode != nil {
		s, ok := t.unicode.text(code, size)
		if !ok && size == 1 { // tables that write codes of one byte with two
			s, ok = t.unicode.text(code, 2)
		}
		if ok && s != "" && s != "\x00" && s != "\uFFFD" {
			return s
		}
	}
	switch {
	case t.named.decode != nil:
		return t.named.decode(raw)
	case t.glyphs != nil:
		n := code
		if t.codes != nil {
			n, _ = t.codes.number(code, size)
		}
		if r, ok := t.glyphs[n]; ok {
			return string(r)
		}
	}
	if t.simple {
		return t.simples[byte(code)]
	}
	return "\uFFFD"
}

func (t *font) widthOf(code uint32, size int) float64 {
	n := code
	switch {
	case t.codes != nil:
		if cid, ok := t.codes.number(code, size); ok {
			n = cid
		}
	case t.named.decode != nil:
		// The glyph number of a character is not known; those of ASCII begin at 1 or, half as wide, at 814.
		if code < ' ' || code > '~' {
			return t.width
		}
		for _, cid := range []uint32{code - ' ' + 1, code - ' ' + 814} {
			if w, ok := t.widths[cid]; ok {
				return w
			}
		}
		return 500
	}
	if w, ok := t.widths[n]; ok {
		return w
	}
	return t.width
}

// glyphNames are the names of the glyphs of simple fonts that are not letters or digits themselves.
var glyphNames = func() map[string]string {
	m := map[string]string{}
	list := strings.Fields(`space exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk * plus + comma , hyphen - period . slash /
		zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ]
		asciicircum ^ underscore _ grave ` + "`" + ` braceleft { bar | braceright } asciitilde ~ quoteleft ‘ quoteright ’ quotedblleft “ quotedblright ” endash – emdash — bullet •
		ellipsis … periodcentered · middot · guillemotleft « guillemotright » section § degree ° multiply × divide ÷ plusminus ± registered ® copyright © fi fi fl fl minus − yen ¥`)
	m["space"] = " "
	for i := 1; i+1 < len(list); i += 2 {
		m[list[i]] = list[i+1]
	}
	return m
}()

// glyphText returns the characters that a glyph's name stands for.
func glyphText(n string) string {
	n, _, _ = strings.Cut(n, ".")
	if len(n) == 1 {
		return n
	}
	if s, ok := glyphNames[n]; ok {
		return s
	}
	for _, prefix := range []string{"uni", "u"} {
		hex, ok := strings.CutPrefix(n, prefix)
		if !ok || len(hex) < 4 || len(hex) > 6 {
			continue
		}
		if r, err := strconv.ParseUint(hex, 16, 32); err == nil {
			return string(rune(r))
		}
	}
	return ""
}
