package extract

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// double reads a floating-point number; what lies outside is not a number.
func double(b []byte, at int) float64 {
	if at+8 > len(b) {
		return math.NaN()
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b[at:]))
}

// packedNumber returns the number that a workbook packs into 32 bits: an integer or the upper half of a floating-point
// number, perhaps a hundredfold.
func packedNumber(n int) float64 {
	v := math.Float64frombits(uint64(n&^3) << 32)
	if n&2 != 0 {
		v = float64(int32(uint32(n)) >> 2)
	}
	if n&1 != 0 {
		v /= 100
	}
	return v
}

// codepageName returns the encoding of strings by the number of their code page; the Chinese one where it is not known.
func codepageName(n int) string {
	switch n {
	case 950:
		return encBig5
	case 1252, 32769:
		return encWestern
	}
	return encGB18030
}

// encWestern is the encoding of strings that are no Chinese text.
const encWestern = "windows-1252"

// oldText reads strings over the records that hold them.
type oldText struct {
	rest     [][]byte // of the records behind the one that is read
	data     []byte
	count    int
	wide     bool   // two bytes a character
	codepage string // of single bytes, "" where they are the first characters of Unicode
}

// text returns the string of a record at a place. long says that its length has two bytes.
func (w *oldBook) text(r record, at int, long bool) oldText {
	t := oldText{rest: r.more, data: r.data[min(at, len(r.data)):]}
	if t.count = t.number(1); long {
		t.count |= t.number(1) << 8
	}
	if w.version == biffVersion8 {
		t.wide = t.number(1)&1 != 0
	} else {
		t.codepage = w.codepage
	}
	return t
}

// more goes on to the next record where one is read to its end; ok is false behind the last one.
func (t *oldText) more() (ok bool) {
	for len(t.data) == 0 {
		if len(t.rest) == 0 {
			return false
		}
		t.data, t.rest = t.rest[0], t.rest[1:]
	}
	return true
}

// number reads a little-endian number of n bytes; what is lost is 0.
func (t *oldText) number(n int) int {
	v := 0
	for i := range n {
		if !t.more() {
			return 0
		}
		v |= int(t.data[0]) << (8 * i)
		t.data = t.data[1:]
	}
	return v
}

func (t *oldText) skip(n int) {
	for n > 0 && t.more() {
		m := min(n, len(t.data))
		t.data, n = t.data[m:], n-m
	}
}

// string reads the characters of a string. A record that continues them says anew how wide they are.
func (t *oldText) string() string {
	var units []uint16
	var bytes []byte
	for n := t.count; n > 0; {
		if len(t.data) == 0 {
			if !t.more() {
				break
			}
			if t.codepage == "" {
				t.wide = t.number(1)&1 != 0
			}
			continue
		}
		switch {
		case !t.wide && t.codepage != "":
			bytes = append(bytes, t.data[0])
			t.data = t.data[1:]
		case !t.wide:
			units = append(units, uint16(t.data[0]))
			t.data = t.data[1:]
		case len(t.data) == 1: // a character does not run over records
			t.data = nil
		default:
			units = append(units, binary.LittleEndian.Uint16(t.data))
			t.data = t.data[2:]
		}
		n--
	}
	if t.codepage == encWestern {
		var b strings.Builder
		for _, c := range bytes {
			b.WriteRune(charmap.Windows1252.DecodeByte(c))
		}
		return b.String()
	}
	if t.codepage != "" {
		return decodeAs(bytes, t.codepage)
	}
	return string(utf16.Decode(units))
}

// readStrings reads the strings that cells share.
func (w *oldBook) readStrings(r record) error {
	const rich, extended = 8, 4
	t := oldText{rest: r.more, data: r.data}
	t.number(4)
	for n := t.number(4); n > 0 && t.more(); n-- {
		if err := w.bud.tick(); err != nil {
			return err
		}
		t.count = t.number(2)
		flags, runs, more := t.number(1), 0, 0
		if flags&rich != 0 {
			runs = t.number(2)
		}
		if flags&extended != 0 {
			more = t.number(4)
		}
		t.wide = flags&1 != 0
		s := t.string()
		if err := w.bud.take(len(s)); err != nil {
			return err
		}
		w.strings = append(w.strings, s)
		t.skip(4*runs + more)
	}
	return nil
}
