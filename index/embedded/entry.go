package embedded

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"

	"tongjian/corpus"
)

// entry is what the log keeps of one change: the columns of a document, or its removal. It replaces every earlier entry
// of the document.
type entry struct {
	id     corpus.DocumentID
	title  string
	values [docFields]string
	// first is the number of the first passage, and of the passages after it in order. Numbers are given once.
	first uint32
	// text is where the texts of the passages begin; they take textSize bytes and have the sum textSum.
	text     int64
	textSize int
	textSum  uint32
	passages []passageEntry // empty for a removal; a document has one at least
}

type passageEntry struct {
	kind      uint8
	unit      string
	status    string
	substance string
	cats      []string
	actions   []string
	words     int
	text      int // from where the document's texts begin
}

// appendEntry encodes an entry behind its length and its checksum.
func appendEntry(b []byte, e *entry) []byte {
	at := len(b)
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 0)
	b = appendString(b, string(e.id))
	b = appendString(b, e.title)
	for _, v := range e.values {
		b = appendString(b, v)
	}
	for _, n := range []uint64{uint64(e.first), uint64(e.text), uint64(e.textSize), uint64(e.textSum), uint64(len(e.passages))} {
		b = binary.AppendUvarint(b, n)
	}
	for i := range e.passages {
		p := &e.passages[i]
		b = append(b, p.kind)
		if p.unit == e.values[dictUnit] {
			b = append(b, 0)
		} else {
			b = appendString(append(b, 1), p.unit)
		}
		b = appendString(appendString(b, p.status), p.substance)
		b = appendStrings(appendStrings(b, p.cats), p.actions)
		b = binary.AppendUvarint(b, uint64(p.words))
		b = binary.AppendUvarint(b, uint64(p.text))
	}
	body := b[at+8:]
	binary.LittleEndian.PutUint32(b[at:], uint32(len(body)))
	binary.LittleEndian.PutUint32(b[at+4:], crc32.ChecksumIEEE(body))
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

var errTorn = errors.New("entry is torn")

// readEntry decodes the entry at the beginning of b and returns its length in b.
func readEntry(b []byte) (entry, int, error) {
	if len(b) < 8 {
		return entry{}, 0, errTorn
	}
	size := int(binary.LittleEndian.Uint32(b))
	if size > len(b)-8 || crc32.ChecksumIEEE(b[8:8+size]) != binary.LittleEndian.Uint32(b[4:]) {
		return entry{}, 0, errTorn
	}
	r := &byteReader{b: b[8 : 8+size]}
	e := entry{id: corpus.DocumentID(r.string()), title: r.string()}
	for i := range e.values {
		e.values[i] = r.string()
	}
	e.first, e.text, e.textSize, e.textSum = uint32(r.uvarint()), int64(r.uvarint()), r.uvarint(), uint32(r.uvarint())
	n := r.uvarint()
	if n > size {
		return entry{}, 0, errTorn
	}
	e.passages = make([]passageEntry, n)
	for i := range e.passages {
		r.passage(&e.passages[i], e.values[dictUnit])
	}
	if r.bad {
		return entry{}, 0, errTorn
	}
	return e, 8 + size, nil
}

// byteReader reads an entry; bad says that it ended too early.
type byteReader struct {
	b   []byte
	bad bool
}

func (r *byteReader) passage(p *passageEntry, unit string) {
	p.kind = r.byte()
	p.unit = unit
	if r.byte() == 1 {
		p.unit = r.string()
	}
	p.status, p.substance = r.string(), r.string()
	p.cats, p.actions = r.strings(), r.strings()
	p.words, p.text = r.uvarint(), r.uvarint()
}

func (r *byteReader) strings() []string {
	n := r.uvarint()
	if n > len(r.b) {
		r.bad = true
		return nil
	}
	var out []string
	for range n {
		out = append(out, r.string())
	}
	return out
}

func (r *byteReader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *byteReader) uvarint() int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > math.MaxInt64 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

func (r *byteReader) string() string {
	n := r.uvarint()
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}
