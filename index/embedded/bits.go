package embedded

import "math/bits"

// bitset is a set of passage numbers, one bit each. All sets of one query have the same length.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i uint32)      { b[i>>6] |= 1 << (i & 63) }
func (b bitset) unset(i uint32)    { b[i>>6] &^= 1 << (i & 63) }
func (b bitset) has(i uint32) bool { return b[i>>6]&(1<<(i&63)) != 0 }

// setRange adds from to to-1.
func (b bitset) setRange(from, to int) {
	for from < to && from&63 != 0 {
		b.set(uint32(from))
		from++
	}
	for ; from+64 <= to; from += 64 {
		b[from>>6] = ^uint64(0)
	}
	for ; from < to; from++ {
		b.set(uint32(from))
	}
}

func (b bitset) clone() bitset { return append(bitset(nil), b...) }

// grown returns a copy that has room for n members.
func (b bitset) grown(n int) bitset {
	out := newBitset(n)
	copy(out, b)
	return out
}

func (b bitset) and(o bitset) {
	for i := range b {
		b[i] &= o[i]
	}
}

func (b bitset) andNot(o bitset) {
	for i := range b {
		b[i] &^= o[i]
	}
}

func (b bitset) or(o bitset) {
	for i := range b {
		b[i] |= o[i]
	}
}

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// countRange counts the members from from to to-1.
func (b bitset) countRange(from, to int) int {
	if from >= to {
		return 0
	}
	first, last := from>>6, (to-1)>>6
	low, high := ^uint64(0)<<(from&63), ^uint64(0)>>(63-(to-1)&63)
	if first == last {
		return bits.OnesCount64(b[first] & low & high)
	}
	n := bits.OnesCount64(b[first]&low) + bits.OnesCount64(b[last]&high)
	for _, w := range b[first+1 : last] {
		n += bits.OnesCount64(w)
	}
	return n
}

// each calls yield for the members in ascending order until it returns false.
func (b bitset) each(yield func(i uint32) bool) {
	for w, word := range b {
		for word != 0 {
			i := bits.TrailingZeros64(word)
			if !yield(uint32(w<<6 + i)) {
				return
			}
			word &= word - 1
		}
	}
}

// eachRange calls yield for the members from from to to-1.
func (b bitset) eachRange(from, to uint32, yield func(i uint32)) {
	for w := from >> 6; w<<6 < to; w++ {
		for word := b.word(w, from, to); word != 0; word &= word - 1 {
			yield(w<<6 + uint32(bits.TrailingZeros64(word)))
		}
	}
}

// word returns the members of the w-th word from from to to-1.
func (b bitset) word(w, from, to uint32) uint64 {
	word := b[w]
	if w == from>>6 {
		word &= ^uint64(0) << (from & 63)
	}
	if w == to>>6 {
		word &= 1<<(to&63) - 1
	}
	return word
}
