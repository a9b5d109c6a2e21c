package pdf

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// codeRange maps the codes from low to high of one length in bytes: to the numbers from first on, or to text whose last
// unit goes up with the code.
type codeRange struct {
	size      int
	low, high uint32
	first     uint32
	text      string
	list      []string
}

// cmap is a table from codes to characters or to glyph numbers.
type cmap struct {
	spaces  []codeRange // the codes that there are
	numbers []codeRange
	texts   map[uint64]string // single codes, by size and code
	ranges  []codeRange
	wide    bool // codes are two bytes where no space says otherwise
}

func key(size int, code uint32) uint64 { return uint64(size)<<32 | uint64(code) }

// maxRanges bounds the ranges of one table.
const maxRanges = 1 << 17

// readCMap reads an embedded table; both kinds, to characters and to glyph numbers.
func (f *File) readCMap(s *stream) *cmap {
	m := &cmap{texts: map[uint64]string{}}
	data, _, _ := f.decode(s)
	l := &lexer{data: data}
	var operands []any
	for !f.step() {
		v, ok := l.next(0)
		if !ok {
			break
		}
		op, is := v.(operator)
		if !is {
			if operands = append(operands, v); len(operands) > 4096 {
				operands = operands[1:]
			}
			continue
		}
		switch op {
		case "endcodespacerange":
			for i := 0; i+1 < len(operands); i += 2 {
				if r, ok := rangeOf(operands[i], operands[i+1]); ok {
					m.spaces = append(m.spaces, r)
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(operands); i += 2 {
				r, ok := rangeOf(operands[i], operands[i])
				if to, is := operands[i+1].(text); ok && is {
					m.texts[key(r.size, r.low)] = utf16Text(string(to))
				}
			}
		case "endbfrange":
			m.addRanges(operands)
		case "endcidchar":
			for i := 0; i+1 < len(operands); i += 2 {
				m.addNumber(operands[i], operands[i], operands[i+1])
			}
		case "endcidrange":
			for i := 0; i+2 < len(operands); i += 3 {
				m.addNumber(operands[i], operands[i+1], operands[i+2])
			}
		}
		operands = operands[:0]
		if len(m.ranges)+len(m.numbers)+len(m.texts)+len(m.spaces) > maxRanges {
			break
		}
	}
	return m
}

func (m *cmap) addRanges(operands []any) {
	for i := 0; i+2 < len(operands); i += 3 {
		r, ok := rangeOf(operands[i], operands[i+1])
		if !ok {
			continue
		}
		switch to := operands[i+2].(type) {
		case text:
			r.text = utf16Text(string(to))
		case array:
			for _, v := range to {
				s, _ := v.(text)
				r.list = append(r.list, utf16Text(string(s)))
			}
		}
		m.ranges = append(m.ranges, r)
	}
}

func (m *cmap) addNumber(low, high, first any) {
	r, ok := rangeOf(low, high)
	n, is := first.(float64)
	if ok && is && n >= 0 {
		r.first = uint32(n)
		m.numbers = append(m.numbers, r)
	}
}

func rangeOf(low, high any) (codeRange, bool) {
	a, ok := low.(text)
	b, is := high.(text)
	if !ok || !is || len(a) == 0 || len(a) > 4 || len(a) != len(b) {
		return codeRange{}, false
	}
	return codeRange{size: len(a), low: codeOf(string(a)), high: codeOf(string(b))}, true
}

func codeOf(s string) uint32 {
	n := uint32(0)
	for i := range len(s) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

// contains reports whether a code lies in a code space, byte by byte.
func (r codeRange) contains(code uint32) bool {
	for shift := 0; shift < 8*r.size; shift += 8 {
		if c := code >> shift & 0xFF; c < r.low>>shift&0xFF || c > r.high>>shift&0xFF {
			return false
		}
	}
	return true
}

// next takes the first code from a string.
func (m *cmap) next(s string) (code uint32, size int) {
	for size := 1; size <= min(4, len(s)); size++ {
		code := codeOf(s[:size])
		for _, r := range m.spaces {
			if r.size == size && r.contains(code) {
				return code, size
			}
		}
	}
	size = 1
	if len(m.spaces) > 0 {
		size = m.spaces[0].size
	} else if m.wide {
		size = 2
	}
	size = min(size, len(s))
	return codeOf(s[:size]), size
}

// text returns the characters of a code.
func (m *cmap) text(code uint32, size int) (string, bool) {
	if s, ok := m.texts[key(size, code)]; ok {
		return s, true
	}
	for _, r := range m.ranges {
		if r.size != size || code < r.low || code > r.high {
			continue
		}
		step := code - r.low
		switch {
		case r.list != nil && int(step) < len(r.list):
			return r.list[step], true
		case r.text != "":
			last, width := utf8.DecodeLastRuneInString(r.text)
			return r.text[:len(r.text)-width] + string(last+rune(step)), true
		}
	}
	return "", false
}

// number returns the glyph number of a code.
func (m *cmap) number(code uint32, size int) (uint32, bool) {
	for _, r := range m.numbers {
		if r.size == size && code >= r.low && code <= r.high {
			return r.first + code - r.low, true
		}
	}
	return 0, false
}

func utf16Text(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	if len(s) == 1 {
		units = append(units, uint16(s[0]))
	}
	return string(utf16.Decode(units))
}

// decodeText decodes a text string of the document's information.
func decodeText(s string) string {
	switch {
	case strings.HasPrefix(s, "\xFE\xFF"):
		return utf16Text(s[2:])
	case strings.HasPrefix(s, "\xFF\xFE"):
		b := []byte(s[2:])
		for i := 0; i+1 < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return utf16Text(string(b))
	case strings.HasPrefix(s, "\xEF\xBB\xBF"):
		return strings.ToValidUTF8(s[3:], "\uFFFD")
	case utf8.ValidString(s):
		return s
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().String(s) // what Chinese writers leave there
	if err != nil {
		return ""
	}
	return strings.ToValidUTF8(out, "\uFFFD")
}

// named is one of the encodings of Chinese, Japanese and Korean fonts that PDF names: how long its codes are, and what
// they mean. Identity has codes of two bytes without a meaning.
type named struct {
	size   func(s string) int
	decode func(code string) string
}

// namedCMap returns what a named encoding is; ok is false where it is not known.
func namedCMap(n name) (named, bool) {
	base := strings.TrimSuffix(strings.TrimSuffix(string(n), "-H"), "-V")
	has := func(part string) bool { return strings.Contains(base, part) }
	switch {
	case base == "Identity":
		return named{size: fixed(2)}, true
	case has("UTF16"):
		return named{size: utf16Size, decode: utf16Text}, true
	case has("UCS2"):
		return named{size: fixed(2), decode: utf16Text}, true
	case has("UTF8"):
		return named{size: utf8Size, decode: func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }}, true
	case has("UTF32"):
		return named{size: fixed(4), decode: func(s string) string { return string(rune(codeOf(s))) }}, true
	case base == "GBK2K":
		return named{size: gb18030Size, decode: decoder(simplifiedchinese.GB18030)}, true
	case has("GBK"), has("GB-EUC"), has("GBpc"), has("GBT-EUC"), has("GBTpc"):
		return named{size: doubleByte, decode: decoder(simplifiedchinese.GB18030)}, true
	case has("B5"), has("HKscs"), has("ETHK"):
		return named{size: doubleByte, decode: decoder(traditionalchinese.Big5)}, true
	}
	return named{}, false
}

func fixed(n int) func(string) int { return func(string) int { return n } }

func utf16Size(s string) int {
	if s[0] >= 0xD8 && s[0] <= 0xDB {
		return 4
	}
	return 2
}

func utf8Size(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

func doubleByte(s string) int {
	if s[0] >= 0x81 && s[0] <= 0xFE {
		return 2
	}
	return 1
}

func gb18030Size(s string) int {
	if doubleByte(s) == 2 && len(s) > 1 && s[1] >= '0' && s[1] <= '9' {
		return 4
	}
	return doubleByte(s)
}

func decoder(e encoding.Encoding) func(string) string {
	return func(s string) string {
		out, err := e.NewDecoder().String(s)
		if err != nil {
			return "\uFFFD"
		}
		return out
	}
}
