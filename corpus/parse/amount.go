package parse

import (
	"math"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// amounts lists the sums of money in a span: 3,210.50元, 2.55亿元, 约6万元, 130余万元, 三万二千元. Sums in foreign currencies are
// none.
func amounts(all string, span corpus.Span) []corpus.Amount {
	list := []corpus.Amount{}
	floor := span.Start
	for i := span.Start; i < span.End; {
		r, w := decodeRune(all[i:span.End])
		at := i
		i += w
		switch {
		case r == '元':
			if hasPrefix(all[i:span.End], []string{"化", "旦", "宵", "素", "首", "年", "件"}) > 0 {
				continue
			}
		case (r == '万' || r == '亿') && isBareSum(all, floor, at, i, span.End):
			at = i
		default:
			continue
		}
		if a, ok := amountBefore(all, floor, at, i); ok {
			list = append(list, a)
			floor = i
		}
	}
	return list
}

// isBareSum reports whether 万 or 亿 ends a sum of which 元 is left out: 维护费（114万）, 总价1400余万。
func isBareSum(all string, floor, at, i, end int) bool {
	if r, _ := decodeRune(all[i:end]); i < end && !closing(r) && r != '）' && r != ')' {
		return false
	}
	if r, _ := decodeLast(all[floor:at]); !(r >= '0' && r <= '9') && r != '余' && r != '多' {
		return false
	}
	context := lastClause(all[max(floor, at-60):at])
	if i := strings.LastIndexAny(context, "，,"); i >= 0 {
		context = context[i:]
	}
	return hasAny(context, []string{"费", "款", "资金", "金额", "总价", "价值", "支出", "收入", "补贴"})
}

// amountBefore reads backwards from the word 元 at `at`.
func amountBefore(all string, floor, at, end int) (corpus.Amount, bool) {
	a := corpus.Amount{}
	unit := 1.0
	i := at
	for {
		r, w := decodeLast(all[floor:i])
		switch {
		case r == '余' || r == '多':
			a.Bound = "over"
		case r == '万' && unit < 1e8:
			unit *= 1e4
		case r == '亿':
			unit *= 1e8
		case blank(r) && w > 0:
		default:
			goto number
		}
		i -= w
	}
number:
	value, start, ok := digitsBefore(all, floor, i)
	if !ok {
		value, start, ok = numeralsBefore(all, floor, at)
		unit = 1
	}
	if !ok {
		return a, false
	}
	for _, w := range []string{"约", "近", "大约", "将近", "累计约", "逾", "超", "超过", "达"} {
		if strings.HasSuffix(all[floor:start], w) {
			switch w {
			case "逾", "超", "超过":
				a.Bound = "over"
				start -= len(w)
			case "约", "近":
				a.Bound = "about"
				start -= len(w)
			}
			break
		}
	}
	a.ValueYuan = math.Round(value*unit*100) / 100
	a.Span = corpus.Span{Start: start, End: end}
	a.Text = all[start:end]
	return a, true
}

// digitsBefore reads the decimal number that ends at end: separators every three digits may be commas or blanks.
func digitsBefore(all string, floor, end int) (float64, int, bool) {
	start, digits := end, 0
	for start > floor && end-start < 40 {
		r, w := decodeLast(all[floor:start])
		switch {
		case r >= '0' && r <= '9', r >= '０' && r <= '９':
			digits++
		case (r == '.' || r == '．' || r == ',' || r == '，') && digits > 0 && digitBefore(all, floor, start-w):
			if (r == ',' || r == '，') && digits%3 != 0 && !strings.Contains(all[start:end], ".") {
				goto done
			}
			if r == '.' {
				digits = 0
			}
		case (r == ' ' || r == 0xA0) && digits == 3 && digitBefore(all, floor, start-w):
		default:
			goto done
		}
		start -= w
	}
done:
	text := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9' || r == '.':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		}
		return -1
	}, all[start:end])
	v, err := strconv.ParseFloat(text, 64)
	return v, start, err == nil && text != ""
}

func digitBefore(all string, floor, i int) bool {
	if i <= floor {
		return false
	}
	r, _ := decodeLast(all[floor:i])
	return r >= '0' && r <= '9' || r >= '０' && r <= '９'
}

// numeralsBefore reads a sum in Chinese numerals that ends at end: 三万二千, 二十余万. A lone digit is none: 二元.
func numeralsBefore(all string, floor, end int) (float64, int, bool) {
	start := end
	for start > floor && end-start < 60 {
		r, w := decodeLast(all[floor:start])
		if digitOf(r) < 0 && !strings.ContainsRune("十百千万亿余多", r) {
			break
		}
		start -= w
	}
	s := all[start:end]
	if !strings.ContainsAny(s, "十百千万亿") {
		return 0, 0, false
	}
	total, section, pending, seen := 0.0, 0.0, 0.0, false
	for _, r := range s {
		if d := digitOf(r); d >= 0 {
			pending, seen = float64(d), true
			continue
		}
		scale := map[rune]float64{'十': 10, '百': 100, '千': 1000, '万': 1e4, '亿': 1e8}[r]
		switch {
		case scale == 0:
		case scale >= 1e4:
			total = (total + section + pending) * scale
			section, pending = 0, 0
		default:
			if pending == 0 {
				pending = 1
			}
			seen = true
			section += pending * scale
			pending = 0
		}
	}
	return total + section + pending, start, seen
}
