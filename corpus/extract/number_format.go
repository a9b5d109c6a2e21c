package extract

import (
	"fmt"
	"strconv"
	"strings"
)

// formatNumber writes n in one of the number formats of office documents. What is not known is written in Arabic digits,
// so that an item never loses its number.
func formatNumber(format string, n int) string {
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		return fmt.Sprintf("%02d", n)
	case "decimalFullWidth", "decimalFullWidth2":
		return mapDigits(n, "０１２３４５６７８９")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return enclosed(n, 1, 20, '①')
	case "decimalEnclosedParen":
		return enclosed(n, 1, 20, '⑴')
	case "decimalEnclosedFullstop":
		return enclosed(n, 1, 20, '⒈')
	case "ideographEnclosedCircle":
		return enclosed(n, 1, 10, '㊀')
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "koreanCounting", "taiwaneseCounting", "taiwaneseCountingThousand":
		return hanNumber(n, "〇一二三四五六七八九", "十百千")
	case "chineseLegalSimplified":
		return hanNumber(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
	case "ideographLegalTraditional", "japaneseLegal":
		return hanNumber(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟")
	case "ideographDigital", "japaneseDigitalTenThousand", "koreanDigital", "taiwaneseDigital":
		return mapDigits(n, "〇一二三四五六七八九")
	case "ideographTraditional":
		return cycle(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return cycle(n, "子丑寅卯辰巳午未申酉戌亥")
	}
	return strconv.Itoa(n)
}

func mapDigits(n int, digits string) string {
	set := []rune(digits)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return set[r-'0']
		}
		return r
	}, strconv.Itoa(n))
}

func enclosed(n, from, to int, first rune) string {
	if n < from || n > to {
		return strconv.Itoa(n)
	}
	return string(first + rune(n-from))
}

func cycle(n int, of string) string {
	set := []rune(of)
	if n < 1 || n > len(set) {
		return strconv.Itoa(n)
	}
	return string(set[n-1])
}

// letters writes 1 as a, 27 as aa, 28 as bb, as Word does.
func letters(n int, first rune) string {
	if n < 1 || n > 26*8 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.sign)
			n -= r.value
		}
	}
	return b.String()
}

// hanNumber writes n in Chinese numerals: 十, 十一, 二十, 一百〇三.
func hanNumber(n int, digits, units string) string {
	set, unit := []rune(digits), []rune(units)
	if n < 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	if n == 0 {
		return string(set[0])
	}
	var b strings.Builder
	gap := false
	for i, power := 3, 1000; i >= 0; i, power = i-1, power/10 {
		d := n / power % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteRune(set[0])
			gap = false
		}
		// 十一, not 一十一; legal numerals keep the one.
		if !(d == 1 && i == 1 && b.Len() == 0 && unit[0] == '十') {
			b.WriteRune(set[d])
		}
		if i > 0 {
			b.WriteRune(unit[i-1])
		}
	}
	return b.String()
}
