package parse

import "unicode/utf8"

// decodeRune is utf8.DecodeRuneInString with the commonest form of a Chinese text first.
func decodeRune(s string) (rune, int) {
	if len(s) > 2 && s[0] >= 0xE1 && s[0] <= 0xEF && s[0] != 0xED && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
		return rune(s[0]&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s)
}

// decodeLast is utf8.DecodeLastRuneInString with the commonest form of a Chinese text first.
func decodeLast(s string) (rune, int) {
	if n := len(s) - 3; n >= 0 && s[n] >= 0xE1 && s[n] <= 0xEF && s[n] != 0xED && s[n+1]&0xC0 == 0x80 && s[n+2]&0xC0 == 0x80 {
		return rune(s[n]&0x0F)<<12 | rune(s[n+1]&0x3F)<<6 | rune(s[n+2]&0x3F), 3
	}
	return utf8.DecodeLastRuneInString(s)
}

// runeSet is a set of characters of the basic plane.
type runeSet [1 << 10]uint64

func newRuneSet(chars string) *runeSet {
	set := new(runeSet)
	for _, r := range chars {
		set[uint16(r)>>6] |= 1 << (uint16(r) & 63)
	}
	return set
}

func (set *runeSet) has(r rune) bool {
	return uint32(r) < 0x10000 && set[uint16(r)>>6]&(1<<(uint16(r)&63)) != 0
}

// index returns where the first character of the set stands in s, -1 where none does.
func (set *runeSet) index(s string) int {
	for i := 0; i < len(s); {
		r, w := decodeRune(s[i:])
		if set.has(r) {
			return i
		}
		i += w
	}
	return -1
}

// last returns where the last character of the set stands in s, -1 where none does.
func (set *runeSet) last(s string) int {
	for i := len(s); i > 0; {
		r, w := decodeLast(s[:i])
		i -= w
		if set.has(r) {
			return i
		}
	}
	return -1
}

// isHanByte reports whether b begins a Chinese character: neither a blank nor a mark of punctuation.
func isHanByte(b byte) bool { return b >= 0xE4 && b <= 0xE9 }

// trimRight is strings.TrimRightFunc for functions that are false for Chinese characters.
func trimRight(s string, drop func(rune) bool) string {
	for len(s) > 0 {
		if n := len(s) - 3; n >= 0 && isHanByte(s[n]) && s[n+2] >= 0x80 {
			return s
		}
		r, w := decodeLast(s)
		if !drop(r) {
			return s
		}
		s = s[:len(s)-w]
	}
	return s
}

// trimLeft is strings.TrimLeftFunc for functions that are false for Chinese characters.
func trimLeft(s string, drop func(rune) bool) string {
	for len(s) > 0 && !isHanByte(s[0]) {
		r, w := decodeRune(s)
		if !drop(r) {
			return s
		}
		s = s[w:]
	}
	return s
}
