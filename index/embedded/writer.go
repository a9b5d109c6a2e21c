package embedded

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"

	"tongjian/corpus"
)

// entry is what the log keeps of one change: the columns of a document, or its removal. It replaces every earlier entry
// of the document.
type entry struct {
	id       corpus.DocumentID
	title    string
	values   [docFields]string
	passages []passageEntry // empty for a removal; a document has one at least
}

type passageEntry struct {
	kind   uint8
	unit   string
	status string
	cats   []string
	words  int
	text   int64
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
	b = binary.AppendUvarint(b, uint64(len(e.passages)))
	for i := range e.passages {
		p := &e.passages[i]
		b = append(b, p.kind, byte(len(p.cats)))
		if p.unit == e.values[dictUnit] {
			b = append(b, 0)
		} else {
			b = appendString(append(b, 1), p.unit)
		}
		b = appendString(b, p.status)
		for _, c := range p.cats {
			b = appendString(b, c)
		}
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
	cats := int(r.byte())
	p.unit = unit
	if r.byte() == 1 {
		p.unit = r.string()
	}
	p.status = r.string()
	for range min(cats, corpus.MaxCategories) {
		p.cats = append(p.cats, r.string())
	}
	p.words = r.uvarint()
	p.text = int64(r.uvarint())
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

// writer holds the columns as they grow. Only Apply and Open touch it, one at a time.
type writer struct {
	columns
	docs                     []document
	byID                     map[corpus.DocumentID]uint32 // the live ones
	dicts                    [dictCount]*dictionary
	domainOf                 []uint16
	live, findings, liveDocs bitset
	totalWords               int64
}

func newWriter() *writer {
	w := &writer{byID: map[corpus.DocumentID]uint32{}, domainOf: []uint16{0}}
	for i := range w.dicts {
		w.dicts[i] = newDictionary()
	}
	return w
}

// replay puts all entries of the log.
func (w *writer) replay(log []byte) error {
	for at := 0; at < len(log); {
		e, n, err := readEntry(log[at:])
		if err != nil {
			return fmt.Errorf("read columns at %d: %w", at, err)
		}
		w.put(&e)
		at += n
	}
	return nil
}

// put takes over an entry. The passages get the next numbers, in order.
func (w *writer) put(e *entry) {
	w.drop(e.id)
	if len(e.passages) == 0 {
		return
	}
	first := w.columns.len()
	d := document{id: e.id, title: e.title, first: uint32(first), end: uint32(first + len(e.passages))}
	for i, v := range e.values {
		d.values[i] = w.dicts[i].number(v)
	}
	number := uint32(len(w.docs))
	w.grow(first+len(e.passages), len(w.docs)+1)
	for i := range e.passages {
		p := &e.passages[i]
		w.columns.append(columns{
			doc: []uint32{number}, unit: []uint32{w.dicts[dictUnit].number(p.unit)}, kind: []uint8{p.kind},
			status: []uint8{uint8(w.dicts[dictStatus].number(p.status))}, cats: []categories{w.categories(p.cats)},
			words: []uint16{uint16(min(p.words, math.MaxUint16))}, text: []int64{p.text},
		})
		w.live.set(uint32(first + i))
		if p.kind == kindFinding {
			w.findings.set(uint32(first + i))
		}
		d.severalUnit = d.severalUnit || p.unit != e.passages[0].unit
		w.totalWords += int64(w.words[first+i])
	}
	w.docs = append(w.docs, d)
	w.liveDocs.set(number)
	w.byID[e.id] = number
}

// drop removes the passages of a document from what is live.
func (w *writer) drop(id corpus.DocumentID) {
	n, ok := w.byID[id]
	if !ok {
		return
	}
	delete(w.byID, id)
	w.liveDocs.unset(n)
	for p := w.docs[n].first; p < w.docs[n].end; p++ {
		w.live.unset(p)
		w.findings.unset(p)
		w.totalWords -= int64(w.words[p])
	}
}

func (w *writer) grow(passages, documents int) {
	if len(w.live)*64 < passages {
		w.live, w.findings = w.live.grown(passages*2), w.findings.grown(passages*2)
	}
	if len(w.liveDocs)*64 < documents {
		w.liveDocs = w.liveDocs.grown(documents * 2)
	}
}

func (w *writer) categories(codes []string) categories {
	var out categories
	for i, code := range codes {
		n := w.dicts[dictCategory].number(code)
		if int(n) == len(w.domainOf) {
			domain := w.dicts[dictDomain].number(string(corpus.CategoryCode(code).Domain()))
			w.domainOf = append(w.domainOf, uint16(domain))
		}
		out[i] = uint16(n)
	}
	return out
}

// view returns what queries see from now on.
func (w *writer) view(sequence int64) *view {
	n := w.columns.len()
	v := &view{
		sequence: sequence, columns: w.columns, docs: w.docs, domainOf: w.domainOf, totalWords: w.totalWords,
		live: newBitset(n), findings: newBitset(n), liveDocs: newBitset(len(w.docs)), documents: len(w.byID),
	}
	copy(v.live, w.live)
	copy(v.findings, w.findings)
	copy(v.liveDocs, w.liveDocs)
	for i, d := range w.dicts {
		v.values[i] = d.values
	}
	return v
}
