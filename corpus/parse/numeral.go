package parse

import (
	"strconv"
)

func itoa(n int) string { return strconv.Itoa(n) }

// digitRun reads the half- or full-width digits that s begins with: their value, how many there are, and their bytes.
// The value is right for up to nine digits.
func digitRun(s string) (value, digits, size int) {
	for size < len(s) {
		r, w := decodeRune(s[size:])
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

// isNumeral reports whether r is a Chinese numeral.
func isNumeral(r rune) bool {
	return r >= 0x3007 && (digitOf(r) >= 0 || scaleOf(r) > 0)
}

// digitOf returns the value of one Chinese digit, -1 where r is none.
func digitOf(r rune) int {
	switch r {
	case '零', '〇', '○':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

// scaleOf returns the value of a Chinese unit below ten thousand, 0 where r is none.
func scaleOf(r rune) int {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

// numeralRun reads the Chinese number below ten thousand that s begins with (十二, 二十, 一百零三) and its bytes.
func numeralRun(s string) (value, size int) {
	pending := 0
	for size < len(s) && size < 24 {
		r, w := decodeRune(s[size:])
		if d := digitOf(r); d >= 0 && r != '○' {
			pending = pending*10 + d
			if pending > 9 {
				pending = d
			}
		} else if unit := scaleOf(r); unit > 0 {
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
