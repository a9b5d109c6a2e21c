package linear

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// Model is a trained classifier. It does not change and is safe for use by many goroutines.
type Model struct {
	classes   int
	partScale []float64
	prints    []uint64  // fingerprints of the known n-grams, ascending
	weights   []int8    // by n-gram, then class
	step      []float32 // by class: what one unit of a weight is worth
	constant  []float32 // by class
	slots     []int32   // hash table over prints: place + 1, 0 where empty
	words     []uint64  // the weights, eight in a word, each raised by bias
}

// Classes returns the number of classes.
func (m *Model) Classes() int { return m.classes }

// index builds the hash table over the fingerprints.
func (m *Model) index() {
	size := 1
	for size < 2*len(m.prints)+1 {
		size *= 2
	}
	m.slots = make([]int32, size)
	for i, print := range m.prints {
		at := print & uint64(size-1)
		for m.slots[at] != 0 {
			at = (at + 1) & uint64(size-1)
		}
		m.slots[at] = int32(i + 1)
	}
}

// pack builds the words that Scores adds up.
func (m *Model) pack() {
	size := m.wordsARow()
	m.words = make([]uint64, len(m.prints)*size)
	for i, w := range m.weights {
		row, class := i/m.classes, i%m.classes
		m.words[row*size+class/8] |= uint64(uint8(int(w)+bias)) << (8 * (class % 8))
	}
}

func (m *Model) wordsARow() int { return (m.classes + 7) / 8 }

// row returns the place of an n-gram, -1 where it is unknown.
func (m *Model) row(print uint64) int32 {
	mask := uint64(len(m.slots) - 1)
	for at := print & mask; ; at = (at + 1) & mask {
		switch i := m.slots[at]; {
		case i == 0:
			return -1
		case m.prints[i-1] == print:
			return i - 1
		}
	}
}

func (m *Model) partFactor(kind int) float64 {
	if kind < len(m.partScale) {
		return m.partScale[kind]
	}
	return 1
}

// quantise stores the weights in one byte each. The last weight of each class is its constant.
func (m *Model) quantise(weights [][]float32) {
	rows := len(m.prints)
	m.weights = make([]int8, rows*m.classes)
	m.step = make([]float32, m.classes)
	m.constant = make([]float32, m.classes)
	for c, w := range weights {
		largest := float32(1e-6)
		for _, x := range w[:rows] {
			largest = max(largest, x, -x)
		}
		m.step[c] = largest / 127
		m.constant[c] = w[rows]
		for r, x := range w[:rows] {
			m.weights[r*m.classes+c] = int8(math.Round(float64(x / m.step[c])))
		}
	}
}

// prune drops the n-grams that hardly speak for or against any class: no weight reaches least steps.
func (m *Model) prune(least int) {
	kept := 0
	for r, print := range m.prints {
		row := m.weights[r*m.classes:][:m.classes]
		if !slices.ContainsFunc(row, func(w int8) bool { return int(w) >= least || int(w) <= -least }) {
			continue
		}
		m.prints[kept] = print
		copy(m.weights[kept*m.classes:], row)
		kept++
	}
	m.prints, m.weights = m.prints[:kept], m.weights[:kept*m.classes]
	m.index()
	m.pack()
}

// Buffer is memory that the methods of a Model use again.
type Buffer struct {
	rows  []int32
	sums  []int32
	lanes []uint64 // sums of sixteen bits, four in a word: of the even bytes of a word of weights, then of the odd ones
	seen  []uint32 // by n-gram: the round in which it was counted last
	round uint32
}

// fit makes the buffer one for the model.
func (b *Buffer) fit(m *Model) {
	if len(b.sums) != m.classes || len(b.seen) != len(m.prints) {
		*b = Buffer{sums: make([]int32, m.classes), lanes: make([]uint64, 2*m.wordsARow()), seen: make([]uint32, len(m.prints))}
	}
}

// next begins a round in which every n-gram counts once.
func (b *Buffer) next() {
	if b.round++; b.round == 0 {
		clear(b.seen)
		b.round = 1
	}
}

// first reports whether an n-gram has not been seen in this round.
func (b *Buffer) first(row int32) bool {
	if b.seen[row] == b.round {
		return false
	}
	b.seen[row] = b.round
	return true
}

// Scores sets out, which has one element a class, to the margin of every class.
func (m *Model) Scores(parts []Part, out []float64, b *Buffer) {
	b.fit(m)
	m.constants(out)
	for _, p := range parts {
		b.rows = m.Rows(p, b.rows[:0], b)
		m.addRows(b.rows, p.Kind, out, b)
	}
}

// Rows appends to list the known n-grams of a part, each once. ScoreRows makes margins of them: so the margins of a text
// and of its clauses cost one look at the text.
func (m *Model) Rows(p Part, list []int32, b *Buffer) []int32 {
	b.fit(m)
	b.next()
	grams(p, func(print uint64, _, _ int32) {
		if row := m.row(print); row >= 0 && b.first(row) {
			list = append(list, row)
		}
	})
	return list
}

// Distinct appends to list each of the n-grams of rows once.
func (m *Model) Distinct(rows, list []int32, b *Buffer) []int32 {
	b.fit(m)
	b.next()
	for _, row := range rows {
		if b.first(row) {
			list = append(list, row)
		}
	}
	return list
}

// ScoreRows sets out to the margins of a part that has the n-grams of rows.
func (m *Model) ScoreRows(rows []int32, kind int, out []float64, b *Buffer) {
	b.fit(m)
	m.constants(out)
	m.addRows(rows, kind, out, b)
}

func (m *Model) constants(out []float64) {
	for c := range out {
		out[c] = float64(m.constant[c])
	}
}

// addRows adds to the margins what the n-grams of a part are worth.
func (m *Model) addRows(rows []int32, kind int, out []float64, b *Buffer) {
	m.sum(rows, b)
	s := scale(len(rows)) * m.partFactor(kind)
	for c, sum := range b.sums {
		out[c] += float64(sum) * float64(m.step[c]) * s
	}
}

// sum adds up the weights of n-grams.
func (m *Model) sum(rows []int32, b *Buffer) {
	clear(b.sums)
	size := m.wordsARow()
	lanes := b.lanes[:2*size]
	for n, row := range rows {
		for i, w := range m.words[int(row)*size:][:size] {
			lanes[2*i] += w & evenBytes
			lanes[2*i+1] += w >> 8 & evenBytes
		}
		if (n+1)%laneRoom == 0 {
			b.flush()
		}
	}
	b.flush()
	for c := range b.sums {
		b.sums[c] -= bias * int32(len(rows))
	}
}

// Eight weights are added at once: as bytes without a sign, spread over lanes of sixteen bits, which hold the sum of
// laneRoom bytes.
const (
	bias      = 128
	evenBytes = 0x00FF00FF00FF00FF
	laneRoom  = 256
)

// flush adds the lanes to the sums and clears them.
func (b *Buffer) flush() {
	for c := range b.sums {
		lane := b.lanes[c/8*2+c%2]
		b.sums[c] += int32(lane >> (16 * (c % 8 / 2)) & 0xFFFF)
	}
	clear(b.lanes)
}

// Contribution is what one n-gram adds to the margin of a class.
type Contribution struct {
	Start, End int32 // bytes in the original text of the part
	Weight     float64
}

// Contributions returns what the known n-grams of a part add to the margin of a class, most first; of an n-gram that occurs
// repeatedly, the first place.
func (m *Model) Contributions(p Part, class int) []Contribution {
	var list []Contribution
	seen := map[int32]bool{}
	grams(p, func(print uint64, start, end int32) {
		row := m.row(print)
		if row < 0 || seen[row] {
			return
		}
		seen[row] = true
		w := float64(m.weights[int(row)*m.classes+class]) * float64(m.step[class])
		list = append(list, Contribution{Start: start, End: end, Weight: w})
	})
	s := scale(len(list)) * m.partFactor(p.Kind)
	for i := range list {
		list[i].Weight *= s
	}
	slices.SortStableFunc(list, func(a, b Contribution) int { return cmp.Compare(b.Weight, a.Weight) })
	return list
}

// magic begins a stored model; its last character is the version of the format.
const magic = "TJLIN1\n"

// errFormat says that bytes are not a stored model.
var errFormat = errors.New("not a linear model of this version")

// AppendBinary appends the stored form of the model.
func (m *Model) AppendBinary(b []byte) []byte {
	b = append(b, magic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(m.classes))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.partScale)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.prints)))
	for _, x := range m.partScale {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	for _, list := range [][]float32{m.step, m.constant} {
		for _, x := range list {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
	}
	for _, p := range m.prints {
		b = binary.LittleEndian.AppendUint64(b, p)
	}
	for _, w := range m.weights {
		b = append(b, byte(w))
	}
	return b
}

// Read returns the model stored in b.
func Read(b []byte) (*Model, error) {
	const header = len(magic) + 12
	if len(b) < header || string(b[:len(magic)]) != magic {
		return nil, errFormat
	}
	classes := int(binary.LittleEndian.Uint32(b[len(magic):]))
	parts := int(binary.LittleEndian.Uint32(b[len(magic)+4:]))
	rows := int(binary.LittleEndian.Uint32(b[len(magic)+8:]))
	b = b[header:]
	if uint64(len(b)) != 8*uint64(parts)+8*uint64(classes)+8*uint64(rows)+uint64(rows)*uint64(classes) {
		return nil, errFormat
	}
	m := &Model{classes: classes}
	for range parts {
		m.partScale = append(m.partScale, math.Float64frombits(binary.LittleEndian.Uint64(b)))
		b = b[8:]
	}
	for _, list := range []*[]float32{&m.step, &m.constant} {
		for range classes {
			*list = append(*list, math.Float32frombits(binary.LittleEndian.Uint32(b)))
			b = b[4:]
		}
	}
	m.prints = make([]uint64, rows)
	for i := range m.prints {
		m.prints[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	b = b[8*rows:]
	m.weights = make([]int8, len(b))
	for i, w := range b {
		m.weights[i] = int8(w)
	}
	m.index()
	m.pack()
	return m, nil
}
