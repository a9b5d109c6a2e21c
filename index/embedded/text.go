package embedded

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/segment"
)

// A passage's text is kept folded, as UTF-16, which takes two thirds of its UTF-8 and is what phrases are verified
// against; beside it stands where the source differs, so that the source comes back byte by byte.
//
//	record  span start, span length, ordinal, statement start, statement length, [statement],
//	        length of the differences, length of the units, differences, units
//
// All numbers are varints. The statement is given by its place in the source where it stands there as it is; else its
// start is 0 and its text follows, and a start that is given is one higher than the place. A difference is the distance
// in units from the one before, times four, plus its kind.
const (
	diffWide  = 0 // the full-width form: U+FF01 to U+FF5E
	diffUpper = 1 // the capital of an ASCII letter
	diffRune  = 2 // another character, which follows
	diffByte  = 3 // a byte that is no UTF-8, which follows
)

// passageText is what is shown of a passage.
type passageText struct {
	span    corpus.Span
	ordinal int
	// statement is set where it does not stand in the text; else stated is its place in the source.
	statement string
	stated    corpus.Span
	// diffs and units are views of the file.
	diffs, units []byte
}

// appendText encodes a passage. The units are the end of what is returned first.
func appendText(b []byte, source string, span corpus.Span, ordinal int, statement string, at int) (record, units []byte) {
	b = binary.AppendUvarint(b, uint64(span.Start))
	b = binary.AppendUvarint(b, uint64(span.Len()))
	b = binary.AppendUvarint(b, uint64(ordinal))
	if at >= 0 && at+len(statement) <= len(source) && source[at:at+len(statement)] == statement {
		b = binary.AppendUvarint(b, uint64(at+1))
		b = binary.AppendUvarint(b, uint64(len(statement)))
	} else {
		b = binary.AppendUvarint(b, 0)
		b = binary.AppendUvarint(b, uint64(len(statement)))
		b = append(b, statement...)
	}
	diffs, units := encodeFolded(source)
	b = binary.AppendUvarint(b, uint64(len(diffs)))
	b = binary.AppendUvarint(b, uint64(len(units)))
	b = append(append(b, diffs...), units...)
	return b, b[len(b)-len(units):]
}

func encodeFolded(source string) (diffs, units []byte) {
	units = make([]byte, 0, len(source)*2/3+2)
	last := 0
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRuneInString(source[i:])
		to := segment.FoldRune(r)
		if invalid := r == utf8.RuneError && size == 1; to != r || invalid {
			at := len(units) / 2
			diffs = appendDiff(diffs, at-last, r, to, source[i], invalid)
			last = at
		}
		units = appendUnits(units, to)
		i += size
	}
	return diffs, units
}

func appendDiff(b []byte, distance int, r, to rune, raw byte, invalid bool) []byte {
	kind := uint64(diffRune)
	switch {
	case invalid:
		kind = diffByte
	case r >= 0xFF01 && r <= 0xFF5E && to == r-0xFEE0:
		kind = diffWide
	case r >= 'A' && r <= 'Z' && to == r+'a'-'A':
		kind = diffUpper
	}
	b = binary.AppendUvarint(b, uint64(distance)<<2|kind)
	switch kind {
	case diffByte:
		b = append(b, raw)
	case diffRune:
		b = binary.AppendUvarint(b, uint64(r))
	}
	return b
}

func appendUnits(b []byte, r rune) []byte {
	if r < 0x10000 {
		return append(b, byte(r), byte(r>>8))
	}
	high, low := utf16.EncodeRune(r)
	return append(b, byte(high), byte(high>>8), byte(low), byte(low>>8))
}

// needle encodes folded text for search among units.
func needle(folded string) []byte {
	var b []byte
	for _, r := range folded {
		b = appendUnits(b, r)
	}
	return b
}

// containsUnits reports whether the needle stands among the units, at the beginning of one.
func containsUnits(units, needle []byte) bool {
	for at := 0; ; {
		i := bytes.Index(units[at:], needle)
		if i < 0 {
			return false
		}
		if (at+i)&1 == 0 {
			return true
		}
		at += i + 1
	}
}

// readText returns the passage whose record begins at the offset.
func readText(d *dataFile, at int64) (passageText, error) {
	if t, ok := mappedText(d.rest(at)); ok {
		return t, nil
	}
	r := fileReader{d: d, at: at}
	t := passageText{}
	t.span.Start = r.uvarint()
	t.span.End = t.span.Start + r.uvarint()
	t.ordinal = r.uvarint()
	place, length := r.uvarint(), r.uvarint()
	if place == 0 {
		t.statement = string(r.bytes(length))
	} else {
		t.stated = corpus.Span{Start: place - 1, End: place - 1 + length}
	}
	diffs, units := r.uvarint(), r.uvarint()
	t.diffs = r.bytes(diffs)
	t.units = r.bytes(units)
	if r.err != nil {
		return passageText{}, fmt.Errorf("read passage at %d: %w", at, r.err)
	}
	return t, nil
}

// mappedText returns the passage whose record is at the beginning of b; ok is false where it goes over the end, or has its
// statement with it. Verifying phrases reads many of them.
func mappedText(b []byte) (t passageText, ok bool) {
	var numbers [7]int
	for i := range numbers {
		if len(b) > 0 && b[0] < 0x80 {
			numbers[i], b = int(b[0]), b[1:]
			continue
		}
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return t, false
		}
		numbers[i], b = int(v), b[n:]
	}
	start, length, place, stated, diffs, units := numbers[0], numbers[1], numbers[3], numbers[4], numbers[5], numbers[6]
	if place == 0 || diffs < 0 || units < 0 || diffs > len(b) || units > len(b)-diffs {
		return t, false
	}
	return passageText{
		span: corpus.Span{Start: start, End: start + length}, ordinal: numbers[2],
		stated: corpus.Span{Start: place - 1, End: place - 1 + stated},
		diffs:  b[:diffs:diffs], units: b[diffs : diffs+units : diffs+units],
	}, true
}

// read returns the text as it stands in the document, and the statement.
func (t passageText) read() (source, statement string, err error) {
	source = t.source()
	statement, err = t.statementIn(source)
	return source, statement, err
}

// statementIn returns the statement of a passage with this source.
func (t passageText) statementIn(source string) (string, error) {
	if t.stated.Len() == 0 {
		return t.statement, nil
	}
	if t.stated.End > len(source) {
		return "", fmt.Errorf("read passage at %v: statement at %v of %d bytes", t.span, t.stated, len(source))
	}
	return t.stated.Of(source), nil
}

// source returns the text as it stands in the document.
func (t passageText) source() string {
	var d decoder
	return d.decode(t, nil)
}

// fileReader reads numbers and bytes one after the other and remembers the first error.
type fileReader struct {
	d   *dataFile
	at  int64
	err error
}

func (r *fileReader) uvarint() int {
	if r.err != nil {
		return 0
	}
	if v, n := binary.Uvarint(r.d.rest(r.at)); n > 0 {
		r.at += int64(n)
		return int(v)
	}
	// The number goes over the end of a chunk.
	n := 0
	for shift := 0; shift < 64; shift += 7 {
		b := r.bytes(1)
		if len(b) == 0 {
			return 0
		}
		n |= int(b[0]&0x7F) << shift
		if b[0] < 0x80 {
			break
		}
	}
	return n
}

func (r *fileReader) bytes(n int) []byte {
	if r.err != nil {
		return nil
	}
	var b []byte
	b, r.err = r.d.view(r.at, n)
	r.at += int64(n)
	return b
}
