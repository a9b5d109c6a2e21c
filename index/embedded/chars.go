package embedded

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/bits"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"

	"github.com/blevesearch/mmap-go"
)

// The character index says which passages have which two neighbouring characters; the last character of a passage makes
// a pair with 0, so that every character begins one. Characters are units of UTF-16, so a pair is a number of 32 bits.
// Nothing but presence is kept: phrases are verified against the text.
//
// It is a row of segments, each for a stretch of passage numbers, in files that never change. New ones are merged when
// there are charsMerge of about the same size. A file is
//
//	charsMagic, number of blocks, first passage, passage after the last   (4 times 32 bits)
//	for each block its first pair, and where it begins among the entries  (2 times 32 bits)
//	entries, charsBlock to a block, in the order of their pairs           (varints)
//	a CRC-32 of all that
//
// An entry is the pair, or in a block after the first one its distance from the one before; the length of its list in
// bytes; and the list: for each passage the distance from the one before, for the first from one before the first of all.
const (
	charsMagic  = 0x32434A54
	charsHeader = 16
	charsBlock  = 64
	charsMerge  = 8
)

// charsSegment is one opened file.
type charsSegment struct {
	path       string
	first, end uint32 // passages
	blocks     int
	data       []byte
}

// charsName is the name of the file for a stretch of passages.
func charsName(first, end uint32) string { return fmt.Sprintf("chars-%010d-%010d.idx", first, end) }

// openChars maps a file and checks it.
func openChars(path string) (*charsSegment, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open characters: %w", err)
	}
	defer f.Close()
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("open characters %q: %w", path, err)
	}
	s, err := newCharsSegment(m)
	if err != nil {
		_ = m.Unmap()
		return nil, fmt.Errorf("open characters %q: %w", path, err)
	}
	s.path = path
	// Queries may still read a segment that a merge has replaced, so it is unmapped when nobody has it any more.
	runtime.AddCleanup(s, func(m mmap.MMap) { _ = m.Unmap() }, m)
	return s, nil
}

// newCharsSegment checks the contents of a file.
func newCharsSegment(data []byte) (*charsSegment, error) {
	size := len(data)
	if size < charsHeader+4 || binary.LittleEndian.Uint32(data) != charsMagic {
		return nil, errors.New("no character index")
	}
	if crc32.ChecksumIEEE(data[:size-4]) != binary.LittleEndian.Uint32(data[size-4:]) {
		return nil, errors.New("checksum differs")
	}
	return &charsSegment{
		data: data, blocks: int(binary.LittleEndian.Uint32(data[4:])),
		first: binary.LittleEndian.Uint32(data[8:]), end: binary.LittleEndian.Uint32(data[12:]),
	}, nil
}

// charsCursor walks over the entries. It stands on one, or done says that there is none.
type charsCursor struct {
	pair uint32
	list []byte
	done bool
	rest []byte
	n    int // entries read
}

func (c *charsCursor) next() {
	if len(c.rest) == 0 {
		c.done = true
		return
	}
	pair, n := binary.Uvarint(c.rest)
	length, k := binary.Uvarint(c.rest[n:])
	if c.n%charsBlock == 0 {
		c.pair = 0
	}
	c.pair += uint32(pair)
	c.list = c.rest[n+k : n+k+int(length)]
	c.rest = c.rest[n+k+int(length):]
	c.n++
}

// block returns the first pair of a block and where its entries begin.
func (s *charsSegment) block(i int) (pair uint32, at int) {
	b := s.data[charsHeader+8*i:]
	return binary.LittleEndian.Uint32(b), charsHeader + 8*s.blocks + int(binary.LittleEndian.Uint32(b[4:]))
}

// seek returns a cursor on the first pair that is not smaller.
func (s *charsSegment) seek(pair uint32) charsCursor {
	i := max(0, sort.Search(s.blocks, func(i int) bool {
		first, _ := s.block(i)
		return first > pair
	})-1)
	c := charsCursor{done: s.blocks == 0}
	if !c.done {
		_, at := s.block(i)
		c.rest = s.data[at : len(s.data)-4]
	}
	for c.next(); !c.done && c.pair < pair; {
		c.next()
	}
	return c
}

// find returns the passages of a pair, encoded; empty where there are none.
func (s *charsSegment) find(pair uint32) []byte {
	if c := s.seek(pair); !c.done && c.pair == pair {
		return c.list
	}
	return nil
}

// each calls yield for the passages of an encoded list.
func (s *charsSegment) each(list []byte, yield func(p uint32)) {
	p := s.first - 1
	for len(list) > 0 {
		if list[0] < 0x80 {
			p += uint32(list[0])
			list = list[1:]
		} else {
			v, n := binary.Uvarint(list)
			p += uint32(v)
			list = list[n:]
		}
		yield(p)
	}
}

// addWith adds the passages that have all the pairs to a set.
func (s *charsSegment) addWith(pairs []uint32, out bitset) {
	lists := make([][]byte, len(pairs))
	for i, pair := range pairs {
		if lists[i] = s.find(pair); len(lists[i]) == 0 {
			return
		}
	}
	if len(lists) == 1 {
		s.addList(lists[0], out)
		return
	}
	slices.SortFunc(lists, func(a, b []byte) int { return cmp.Compare(len(a), len(b)) })
	found := make([]uint32, 0, len(lists[0]))
	s.each(lists[0], func(p uint32) { found = append(found, p) })
	for _, list := range lists[1:] {
		found = s.intersect(found, list)
	}
	for _, p := range found {
		out.set(p)
	}
}

// intersect returns the members of found, in order, that an encoded list has. It takes their place.
func (s *charsSegment) intersect(found []uint32, list []byte) []uint32 {
	p, kept, i := s.first-1, 0, 0
	for at := 0; at < len(list) && i < len(found); {
		d, n := uint64(list[at]), 1
		if d >= 0x80 {
			d, n = binary.Uvarint(list[at:])
		}
		at += n
		p += uint32(d)
		for i < len(found) && found[i] < p {
			i++
		}
		if i < len(found) && found[i] == p {
			found[kept] = p
			i, kept = i+1, kept+1
		}
	}
	return found[:kept]
}

// addBeginning adds the passages that have a pair that begins with the unit to a set.
func (s *charsSegment) addBeginning(unit uint16, out bitset) {
	for c := s.seek(uint32(unit) << 16); !c.done && c.pair>>16 == uint32(unit); c.next() {
		s.addList(c.list, out)
	}
}

// addList adds the passages of an encoded list to a set.
func (s *charsSegment) addList(list []byte, out bitset) {
	p := s.first - 1
	for i := 0; i < len(list); {
		d, n := uint64(list[i]), 1
		if d >= 0x80 {
			d, n = binary.Uvarint(list[i:])
		}
		i += n
		p += uint32(d)
		out.set(p)
	}
}

// pairsOf returns the distinct pairs in units.
func pairsOf(units []byte) []uint32 {
	var out []uint32
	for i := 0; i+4 <= len(units); i += 2 {
		if pair := pairAt(units, i); !slices.Contains(out, pair) {
			out = append(out, pair)
		}
	}
	return out
}

// pairAt returns the pair that begins at an offset in units; the last unit makes one with 0.
func pairAt(units []byte, i int) uint32 {
	pair := uint32(binary.LittleEndian.Uint16(units[i:])) << 16
	if i+4 <= len(units) {
		pair |= uint32(binary.LittleEndian.Uint16(units[i+2:]))
	}
	return pair
}

// charsBuilder collects the pairs of new passages.
type charsBuilder struct {
	first, end uint32
	// keys holds, for every pair of every passage, the pair and the passage.
	keys []uint64
}

// add takes over the next passage.
func (b *charsBuilder) add(units []byte) {
	for i := 0; i+2 <= len(units); i += 2 {
		b.keys = append(b.keys, uint64(pairAt(units, i))<<32|uint64(b.end))
	}
	b.end++
}

// encode returns the contents of the file.
func (b *charsBuilder) encode() []byte {
	sortByPair(b.keys)
	w := newCharsWriter(b.first, b.end)
	for i, key := range b.keys {
		if i > 0 && key == b.keys[i-1] {
			continue
		}
		w.pair(uint32(key >> 32))
		w.passage(uint32(key))
	}
	return w.finish()
}

// sortByPair sorts keys by their upper half and keeps the order of the lower one: by radix, which is several times as
// fast as comparing.
func sortByPair(keys []uint64) {
	from, to := keys, make([]uint64, len(keys))
	const digit = 11
	for shift := 32; shift < 64; shift += digit {
		var counts [1 << digit]int
		for _, k := range from {
			counts[k>>shift&(1<<digit-1)]++
		}
		sum := 0
		for i, n := range counts {
			counts[i], sum = sum, sum+n
		}
		for _, k := range from {
			d := k >> shift & (1<<digit - 1)
			to[counts[d]] = k
			counts[d]++
		}
		from, to = to, from
	}
	copy(keys, from)
}

// charsWriter writes a file pair by pair.
type charsWriter struct {
	first, end      uint32
	blocks, entries []byte
	n               int    // entries written
	written         uint32 // the pair of the last one
	// current is the pair whose list is being written, where open.
	open    bool
	current uint32
	list    []byte
	last    uint32
}

func newCharsWriter(first, end uint32) *charsWriter { return &charsWriter{first: first, end: end} }

// pair begins the list of a pair, which may be the one before.
func (w *charsWriter) pair(pair uint32) {
	if w.open && pair == w.current {
		return
	}
	w.closeList()
	w.open, w.current, w.last = true, pair, w.first-1
}

func (w *charsWriter) passage(p uint32) {
	w.list = binary.AppendUvarint(w.list, uint64(p-w.last))
	w.last = p
}

// closeList writes the entry of the current pair, unless nothing has it.
func (w *charsWriter) closeList() {
	if len(w.list) == 0 {
		return
	}
	if w.n%charsBlock == 0 {
		w.blocks = binary.LittleEndian.AppendUint32(w.blocks, w.current)
		w.blocks = binary.LittleEndian.AppendUint32(w.blocks, uint32(len(w.entries)))
		w.written = 0
	}
	w.entries = binary.AppendUvarint(w.entries, uint64(w.current-w.written))
	w.entries = binary.AppendUvarint(w.entries, uint64(len(w.list)))
	w.entries = append(w.entries, w.list...)
	w.n, w.written, w.list = w.n+1, w.current, w.list[:0]
}

func (w *charsWriter) finish() []byte {
	w.closeList()
	out := make([]byte, 0, charsHeader+len(w.blocks)+len(w.entries)+4)
	for _, v := range []uint32{charsMagic, uint32(len(w.blocks) / 8), w.first, w.end} {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	out = append(append(out, w.blocks...), w.entries...)
	return binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(out))
}

// mergeChars returns the file that holds what neighbouring segments hold, but for passages that are not live.
func mergeChars(segments []*charsSegment, live bitset) []byte {
	w := newCharsWriter(segments[0].first, segments[len(segments)-1].end)
	cursors := make([]charsCursor, len(segments))
	for i, s := range segments {
		cursors[i] = s.seek(0)
	}
	for {
		next, more := uint32(0), false
		for i := range cursors {
			if c := &cursors[i]; !c.done && (!more || c.pair < next) {
				next, more = c.pair, true
			}
		}
		if !more {
			return w.finish()
		}
		w.pair(next)
		for i, s := range segments {
			if c := &cursors[i]; !c.done && c.pair == next {
				s.each(c.list, func(p uint32) {
					if live.has(p) {
						w.passage(p)
					}
				})
				c.next()
			}
		}
	}
}

// dueMerge returns from which segment on the last ones are to be merged: the last one where none are. What a merge makes
// may be due for another at once.
func dueMerge(segments []*charsSegment) int {
	from := len(segments) - 1
	end := segments[from].end
	for {
		size := tier(end - segments[from].first)
		first := from
		for first > 0 && tier(segments[first-1].end-segments[first-1].first) <= size {
			first--
		}
		if from-first+1 < charsMerge {
			return from
		}
		from = first
	}
}

// tier is the size class of so many passages: their logarithm to the base 8.
func tier(passages uint32) int { return bits.Len32(passages) / 3 }

// writeChars writes a file durably and opens it.
func writeChars(dir string, first, end uint32, data []byte) (*charsSegment, error) {
	path := filepath.Join(dir, charsName(first, end))
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write characters: %w", err)
	}
	_, err = bytes.NewReader(data).WriteTo(f)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return nil, fmt.Errorf("write characters: %w", err)
	}
	return openChars(path)
}
