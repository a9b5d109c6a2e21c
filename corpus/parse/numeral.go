package parse

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// digitRun reads the half- or full-width digits that s begins with: their value, how many there are, and their bytes.
// The value is right for up to nine digits.
func digitRun(s string) (value, digits, size int) {
	for size < len(s) {
		r, w := utf8.DecodeRuneInString(s[size:])
		switch {
		case r >= '0' && r <= '9':
			r -= '0'
		case r >= '０' && r <= '９':
			r -= '０'
		default:
			return value, digits, size
		}
		if digits < 9 {
			value = value*10 + int(r)
		}
		digits++
		size += w
	}
	return value, digits, size
}

const (
	numerals = "〇一二三四五六七八九"
	units    = "十百千"
)

// isNumeral reports whether r is a Chinese numeral.
func isNumeral(r rune) bool {
	return r >= 0x3007 && (strings.ContainsRune(numerals, r) || strings.ContainsRune(units, r) || r == '两' || r == '零')
}

// digitOf returns the value of one Chinese digit, -1 where r is none.
func digitOf(r rune) int {
	switch r {
	case '零', '〇', '○':
		return 0
	case '两':
		return 2
	}
	if i := strings.IndexRune(numerals, r); i >= 0 {
		return i / 3
	}
	return -1
}

// numeralRun reads the Chinese number below ten thousand that s begins with (十二, 二十, 一百零三) and its bytes.
func numeralRun(s string) (value, size int) {
	pending := 0
	for size < len(s) && size < 24 {
		r, w := utf8.DecodeRuneInString(s[size:])
		if d := digitOf(r); d >= 0 && r != '○' {
			pending = pending*10 + d
			if pending > 9 {
				pending = d
			}
		} else if i := strings.IndexRune(units, r); i >= 0 {
			unit := []int{10, 100, 1000}[i/3]
			if pending == 0 {
				pending = 1
			}
			value += pending * unit
			pending = 0
		} else {
			break
		}
		size += w
	}
	return value + pending, size
}
