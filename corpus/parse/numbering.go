package parse

import (
	"strings"
)

// markKind is a way of numbering an item. Which level a kind stands for differs from document to document.
type markKind uint8

// The ways of numbering, in the order in which they conventionally open inside one another. The order only decides
// where a document's own order says nothing.
const (
	noMark     markKind = iota
	heading             // a heading of the format without a number
	chapter             // 一、
	parenHan            // （一）
	question            // 问题1：
	dot                 // 1. 1、
	decimal             // 1.1
	decimal3            // 1.1.1
	parenDigit          // (1) ⑴
	rightParen          // 1)
	letter              // a. A、 (a)
	bullet              // ● ——
	circled             // ①
	isList              // 一是
	ordinal             // 第一，
	markKinds
)

// enumerates reports whether a kind numbers actions or points inside a text rather than headings.
func (k markKind) enumerates() bool { return k == circled || k == isList || k == ordinal }

// mark is a number at the beginning of an item.
type mark struct {
	kind   markKind
	number int    // 0 where it has none (问题：)
	label  string // as printed, digits or Chinese numerals only
	// doubtful marks count only where their number is the one expected: the dot is lost (14针对), or the number may be
	// part of a decimal.
	doubtful bool
	// problem says that the item calls itself a problem (反馈问题：, 问题1：).
	problem bool
}

// scanMark reads the number that s begins with. It returns the number of bytes to skip, 0 where there is no number.
func scanMark(s string) (mark, int) {
	r, size := decodeRune(s)
	switch {
	case r >= '0' && r <= '9' || r >= '０' && r <= '９':
		return scanDigits(s)
	case r == '(' || r == '（' || r == '〔' || r == '[' || r == '【':
		return scanParen(s)
	case r >= 0x2460 && r <= 0x2473:
		return symbolMark(circled, int(r-0x2460)+1, s, size)
	case r >= 0x2776 && r <= 0x277F:
		return symbolMark(circled, int(r-0x2776)+1, s, size)
	case r >= 0x3251 && r <= 0x325F:
		return symbolMark(circled, int(r-0x3251)+21, s, size)
	case r >= 0x2474 && r <= 0x2487:
		return symbolMark(parenDigit, int(r-0x2474)+1, s, size)
	case r >= 0x2488 && r <= 0x249B:
		return symbolMark(dot, int(r-0x2488)+1, s, size)
	case r >= 0x3220 && r <= 0x3229:
		return symbolMark(parenHan, int(r-0x3220)+1, s, size)
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
		return scanLetter(s)
	case isNumeral(r):
		return scanHan(s)
	case r == '第' || r == '其':
		return scanOrdinal(s)
	case questionStarts.has(r):
		return scanQuestion(s)
	}
	return mark{}, 0
}

// questionStarts are the first characters of questionWords and itemWords.
var questionStarts = newRuneSet("问反具巡整存发审查主突指任事")

// scanLetter reads a. B、 c).
func scanLetter(s string) (mark, int) {
	n := int(s[0]|0x20) - 'a' + 1
	r, w := decodeRune(s[1:])
	switch r {
	case '.', '．', '、', ')', '）':
	default:
		return mark{}, 0
	}
	at := 1 + w
	at += skipBlanks(s[at:])
	if at >= len(s) || !isHanByte(s[at]) && s[at] < 0x80 {
		return mark{}, 0 // an abbreviation, a file name
	}
	return mark{kind: letter, number: n, label: s[:1]}, at
}

func symbolMark(kind markKind, n int, s string, size int) (mark, int) {
	size += skipBlanks(s[size:])
	if r, w := decodeRune(s[size:]); r == '.' || r == '．' || r == '、' {
		size += w
	}
	return mark{kind: kind, number: n, label: itoa(n)}, size
}

// scanDigits reads 1. 1、 1． 1 . 1) 1.1 and, as doubtful, 14针对 and numbers glued to other digits.
func scanDigits(s string) (mark, int) {
	n, digits, size := digitRun(s)
	if digits > 3 || n == 0 {
		return mark{}, 0
	}
	m := mark{kind: dot, number: n, label: itoa(n)}
	at := size + skipBlanks(s[size:])
	r, w := decodeRune(s[at:])
	switch r {
	case '、', '．', '﹒':
		return m, at + w + skipBlanks(s[at+w:])
	case '.':
		return scanAfterDot(s, m, at+w)
	case ')', '）':
		m.kind = rightParen
		return m, at + w + skipBlanks(s[at+w:])
	case '，', ',':
		m.doubtful = true
		return m, at + w + skipBlanks(s[at+w:])
	}
	if digits <= 2 && (hasPrefix(s[at:], []string{"针对", "关于", "对于"}) > 0 || at < len(s) && isHanByte(s[at]) && !countedWords.has(r)) {
		m.doubtful = true
		return m, at
	}
	return mark{}, 0
}

// countedWords are the characters behind a number that it counts or measures, or that make it a date or a part of a name.
var countedWords = newRuneSet("万亿元名个次项家人份处条起辆套篇号月日批所笔位台年时分秒点吨米亩户村镇乡县市区省周天届轮类种层期部本册张封幅间栋座宗场堂节课组队支股科室局厅委办套件只头匹株棵颗粒袋箱包瓶桶罐车班岁后余多至到倍成折线楼审公平立方千百十小大级例宗页版届站院校座门面口条根片块枚卷盒盘杯双对副顶把等以")

// scanAfterDot tells 1.2023年… (a number glued to a year) and 1.3名… from 1.1 and from 1.5万元.
func scanAfterDot(s string, m mark, at int) (mark, int) {
	rest := s[at:]
	n, digits, size := digitRun(rest)
	if digits == 0 {
		at += skipBlanks(rest)
		return m, at
	}
	after := rest[size:]
	if digits == 4 && n >= 1900 && n < 2100 && (strings.HasPrefix(after, "年") || strings.HasPrefix(after, "-") || strings.HasPrefix(after, "至")) {
		return m, at
	}
	if hasPrefix(after, decimalUnits) > 0 || digits > 3 {
		return mark{}, 0
	}
	if hasPrefix(after, countWords) > 0 {
		m.doubtful = true
		return m, at
	}
	if digits <= 2 {
		m.kind, m.number, m.label = decimal, n, m.label+"."+itoa(n)
		at += size
		if third, ok := strings.CutPrefix(s[at:], "."); ok {
			if n, digits, size := digitRun(third); digits > 0 && digits <= 2 && n > 0 {
				m.kind, m.number, m.label = decimal3, n, m.label+"."+itoa(n)
				at += 1 + size
			}
		}
		if strings.HasPrefix(s[at:], ".") || strings.HasPrefix(s[at:], "、") || strings.HasPrefix(s[at:], "．") {
			_, w := decodeRune(s[at:])
			at += w
		}
		return m, at + skipBlanks(s[at:])
	}
	return mark{}, 0
}

var (
	decimalUnits = []string{"万", "亿", "元", "%", "％", "倍", "公里", "千", "吨", "米", "平方", "亩", "百分", "小时", "分", "‰", "公顷", "人次"}
	countWords   = []string{"名", "个", "次", "项", "家", "人", "份", "处", "条", "起", "辆", "套", "篇", "号", "月", "日", "批", "所", "笔", "位", "台"}
)

// scanParen reads （一） (1) 〔1〕 [1].
func scanParen(s string) (mark, int) {
	_, at := decodeRune(s)
	at += skipBlanks(s[at:])
	var m mark
	if n, digits, size := digitRun(s[at:]); digits > 0 && digits <= 3 && n > 0 {
		m = mark{kind: parenDigit, number: n, label: itoa(n)}
		at += size
	} else if n, size := numeralRun(s[at:]); size > 0 && n > 0 {
		m = mark{kind: parenHan, number: n, label: s[at : at+size]}
		at += size
	} else if q, size := scanQuestion(s[at:] + "："); size > 0 && q.number > 0 {
		// 【问题1】 holds its number without a colon.
		end := strings.IndexAny(s[at:], "】]")
		if end < 0 || end > 40 {
			return mark{}, 0
		}
		at += end
		m = q
	} else {
		return mark{}, 0
	}
	at += skipBlanks(s[at:])
	r, w := decodeRune(s[at:])
	switch r {
	case ')', '）', '〕', ']', '】':
	default:
		return mark{}, 0
	}
	at += w
	if r, w := decodeRune(s[at:]); r == '、' || r == '.' || r == '．' {
		at += w
	}
	return m, at + skipBlanks(s[at:])
}

// scanHan reads 一、 一. 一） and 一是.
func scanHan(s string) (mark, int) {
	n, size := numeralRun(s)
	if size == 0 || n == 0 {
		return mark{}, 0
	}
	m := mark{number: n, label: s[:size]}
	at := size + skipBlanks(s[size:])
	r, w := decodeRune(s[at:])
	switch r {
	case '、', '.', '．':
		m.kind = chapter
	case '，', ',':
		m.kind, m.doubtful = chapter, true
	case ')', '）':
		m.kind = parenHan
	case '是':
		if at != size {
			return mark{}, 0
		}
		m.kind = isList
		return m, at + w
	default:
		return mark{}, 0
	}
	return m, at + w + skipBlanks(s[at+w:])
}

// scanOrdinal reads 第一， and 其一，.
func scanOrdinal(s string) (mark, int) {
	_, at := decodeRune(s)
	n, size := numeralRun(s[at:])
	if size == 0 {
		var digits int
		n, digits, size = digitRun(s[at:])
		if digits == 0 || digits > 2 {
			return mark{}, 0
		}
	}
	label := s[at : at+size]
	at += size
	if kind, size := scanDivision(s[at:]); size > 0 {
		return mark{kind: kind, number: n, label: label}, at + size
	}
	r, w := decodeRune(s[at:])
	switch r {
	case '，', ',', '、', '：', ':':
		return mark{kind: ordinal, number: n, label: label}, at + w + skipBlanks(s[at+w:])
	}
	return mark{}, 0
}

// divisions are what texts in parts call these, with the kind of number that opens what such a part holds by convention.
var divisions = []struct {
	word string
	kind markKind
}{{"部分", chapter}, {"篇章", chapter}, {"板块", chapter}, {"类问题", parenHan}, {"大类", parenHan}, {"类", parenHan}, {"方面问题", parenHan}, {"个方面", parenHan}, {"方面", parenHan}}

// scanDivision reads the rest of 第一部分 and 第一类： behind the numeral.
func scanDivision(s string) (markKind, int) {
	for _, d := range divisions {
		rest, ok := strings.CutPrefix(s, d.word)
		if !ok {
			continue
		}
		n := skipBlanks(rest)
		r, w := decodeRune(rest[n:])
		switch r {
		case '，', ',', '、', '：', ':', '.', '．':
			return d.kind, len(d.word) + n + w + skipBlanks(rest[n+w:])
		}
		if n > 0 && n < len(rest) {
			return d.kind, len(d.word) + n
		}
		return noMark, 0
	}
	return noMark, 0
}

var questionWords = []string{"反馈问题", "反馈的问题", "具体问题", "巡察反馈问题", "巡视反馈问题", "整改问题", "存在问题", "存在的问题", "问题描述", "问题表述", "问题表现", "问题事项", "问题",
	"发现问题", "审计发现问题", "审计发现的问题", "审计查出问题", "查出问题", "主要问题", "突出问题", "指出问题"}

// itemWords say with a number only that an item is a problem: 反馈指出3：. Alone they head a list.
var itemWords = []string{"反馈指出", "巡察指出", "巡视指出", "反馈意见", "反馈事项", "整改事项", "整改任务", "问题清单", "巡察发现", "审计发现", "任务", "整改项目", "事项", "反馈"}

// scanQuestion reads 问题1： 问题12. 反馈问题一： and, without a number, 问题： and 反馈问题：.
func scanQuestion(s string) (mark, int) {
	at, needsNumber := hasPrefix(s, questionWords), false
	if at == 0 {
		at, needsNumber = hasPrefix(s, itemWords), true
	}
	if at == 0 {
		return mark{}, 0
	}
	m := mark{kind: question, problem: true}
	at += skipBlanks(s[at:])
	if r, w := decodeRune(s[at:]); r == '（' || r == '(' {
		at += w
	}
	if n, digits, size := digitRun(s[at:]); digits > 0 && digits <= 3 {
		m.number, m.label = n, itoa(n)
		at += size
	} else if n, size := numeralRun(s[at:]); size > 0 {
		m.number, m.label = n, s[at:at+size]
		at += size
	}
	if r, w := decodeRune(s[at:]); r == '）' || r == ')' {
		at += w
	}
	gap := skipBlanks(s[at:])
	r, w := decodeRune(s[at+gap:])
	switch {
	case r == '：' || r == ':':
	case m.number > 0 && (r == '.' || r == '．' || r == '、' || r == '，' || r == '】'):
	case m.number > 0 && gap > 0:
		w = 0
	default:
		return mark{}, 0
	}
	at += gap + w
	at += skipBlanks(s[at:])
	if m.number == 0 && (at == len(s) || needsNumber) {
		// A line of its own is a heading over several problems.
		return mark{}, 0
	}
	return m, at
}
