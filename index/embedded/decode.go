package embedded

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
	"unicode/utf8"

	"tongjian/corpus"
)

// decoder gives back sources from what is kept of them. It may be used for one passage after the other.
type decoder struct {
	// ends are where the sentences of the last source end: after 。；！？ and at line ends.
	ends []int
	b    []byte
	at   int // in b
	// diffs is what is left of the differences; the next one is of the kind at the unit next.
	diffs      []byte
	next, kind int
}

// decode returns the text as it stands in the document. It puts in place of spans, stretches of the bytes of units in
// order and apart from each other, the stretches of the text that they stand for. The text is looked at once for all that.
func (d *decoder) decode(t passageText, spans []corpus.Span) string {
	n := len(t.units) / 2
	if need := utf8.UTFMax * n; len(d.b) < need {
		d.b = make([]byte, need)
	}
	d.at, d.ends, d.diffs = 0, d.ends[:0], t.diffs
	d.advance(0)
	bounds := unitBounds{spans: spans}
	for i := 0; ; {
		bounds.pass(i, d.at)
		if i == n {
			return string(d.b[:d.at])
		}
		if i == d.next {
			d.different(t.units[2*i:])
			d.advance(i)
			i++
			continue
		}
		i = d.same(t.units, i, min(n, d.next, bounds.next()))
	}
}

// same decodes the units from i to stop-1, which stand in the source as they are, and returns where it came to.
func (d *decoder) same(units []byte, i, stop int) int {
	b, at := d.b, d.at
	for ; i < stop; i++ {
		u := binary.LittleEndian.Uint16(units[2*i:])
		switch r := rune(u); {
		case u < utf8.RuneSelf:
			b[at] = byte(u)
			at++
			if u == '\n' {
				d.ends = append(d.ends, at)
			}
		case u >= 0x800 && !utf16.IsSurrogate(r):
			// Most are Chinese; this is utf8.EncodeRune for them without a call.
			p := b[at : at+3 : at+3]
			p[0], p[1], p[2] = 0xE0|byte(u>>12), 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F
			at += 3
			if u == '。' || u >= '！' && endsSentence(r) {
				d.ends = append(d.ends, at)
			}
		case u >= 0x800 && 2*i+4 <= len(units):
			i++
			at += utf8.EncodeRune(b[at:], utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(units[2*i:]))))
		default:
			at += utf8.EncodeRune(b[at:], r)
		}
	}
	d.at = at
	return i
}

// different decodes the unit at the beginning of units where the source has something else.
func (d *decoder) different(units []byte) {
	r := rune(binary.LittleEndian.Uint16(units))
	switch d.kind {
	case diffWide:
		r += 0xFEE0
	case diffUpper:
		r += 'A' - 'a'
	case diffRune:
		v, n := binary.Uvarint(d.diffs)
		d.diffs, r = d.diffs[n:], rune(v)
	case diffByte:
		d.b[d.at] = d.diffs[0]
		d.diffs = d.diffs[1:]
		d.at++
		return
	}
	d.at += utf8.EncodeRune(d.b[d.at:], r)
	if r == '\n' || endsSentence(r) {
		d.ends = append(d.ends, d.at)
	}
}

// advance reads where the difference after the one at a unit is.
func (d *decoder) advance(from int) {
	d.next = math.MaxInt
	if len(d.diffs) > 0 {
		v, n := binary.Uvarint(d.diffs)
		d.diffs = d.diffs[n:]
		d.next, d.kind = from+int(v>>2), int(v&3)
	}
}

func endsSentence(r rune) bool { return r == '。' || r == '；' || r == '！' || r == '？' }

// unitBounds replaces spans of the bytes of units by those of the source.
type unitBounds struct {
	spans  []corpus.Span
	inside bool // the start of the first one is replaced
}

// next returns the unit at which a span begins or ends.
func (u *unitBounds) next() int {
	switch {
	case len(u.spans) == 0:
		return math.MaxInt
	case u.inside:
		return u.spans[0].End / 2
	}
	return u.spans[0].Start / 2
}

// pass says that a unit begins at an offset of the source.
func (u *unitBounds) pass(unit, at int) {
	for unit >= u.next() {
		if u.inside {
			u.spans[0].End = at
			u.spans = u.spans[1:]
		} else {
			u.spans[0].Start = at
		}
		u.inside = !u.inside
	}
}
