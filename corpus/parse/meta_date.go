package parse

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// day is a calendar day; its parts are 0 where they are not known.
type day struct{ year, month, day int }

func (d day) known() bool { return d.year > 0 && d.month > 0 && d.day > 0 }

// valid reports whether a day with this month and day exists (in its year, where that is known).
func (d day) valid() bool {
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 {
		return false
	}
	year := d.year
	if year == 0 {
		year = 2000 // a leap year: 29 February is possible
	}
	t := time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return t.Day() == d.day && (d.year == 0 || d.year >= minYear && d.year <= maxYear)
}

// The years that a document of this kind can be about.
const (
	minYear = 1990
	maxYear = 2099
)

func (d day) before(e day) bool {
	if d.year != e.year {
		return d.year < e.year
	}
	if d.month != e.month {
		return d.month < e.month
	}
	return d.day < e.day
}

func (d day) date() corpus.Date {
	if !d.known() {
		return ""
	}
	return corpus.Date(fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day))
}

// relative says how a date without its own year relates to the date before it.
type relative int

const (
	noYear   relative = iota
	sameYear          // 同年、当年
	nextYear          // 次年、翌年
)

// stamp is one date as it stands in a view. readings holds what it can mean: one for an intact date, none for one that
// cannot be read, several for a damaged one.
type stamp struct {
	start, end int
	readings   []day
	relative   relative
	damaged    bool
	partial    bool // a month or part of one: 8月下旬
	yearOnly   bool
	connected  bool // the words before it join it to the stamp before as the end of a range
	lost       bool // that connector is lost
}

const cnDigits = `[〇一二三四五六七八九十]`

// stampName matches every form of a date, intact forms first. Groups: 1 year, 2 word for a year, 3 month, 4 day, 5 part of
// a month; 6-8 web date; 9-11 signs lost; 12 day alone; 13 year alone; 14 everything lost.
var stampName = pattern.MustCompile(
	`(?:(\d{4}|` + cnDigits + `{4})年|(同年|当年|次年|翌年))?(\d{1,2}|` + cnDigits + `{1,3})月(?:份)?(?:(\d{1,2}|` + cnDigits + `{1,3})[日号]?|(上旬|中旬|下旬|上半月|下半月|初|底|末|中))?` +
		`|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})` +
		`|(\d{4})年(\d{2,4})日|(\d{2,8})日|(20\d{4,6})` +
		`|(\d{1,2}|` + cnDigits + `{1,3})日` +
		`|(\d{4})年` +
		`|年月日|月日`)

// stampsIn lists the dates in a range of a view in order.
func stampsIn(v view, s corpus.Span) []stamp {
	var out []stamp
	for at := s.Start; at < s.End; {
		end := s.End
		if i := strings.IndexAny(v.text[at:s.End], "。\n"); i >= 0 {
			end = at + i
		}
		if text := v.text[at:end]; mayHoldDate(text) {
			for _, i := range stampName.FindAllStringSubmatchIndex(text, -1) {
				if t, ok := stampOf(text, i); ok {
					t.start, t.end = at+t.start, at+t.end
					if n := len(out); n > 0 {
						t.join(&out[n-1], v.text[out[n-1].end:t.start])
					}
					out = append(out, t)
				}
			}
		}
		at = end + 1
		for at < s.End && v.text[at]&0xC0 == 0x80 {
			at++
		}
	}
	return out
}

// mayHoldDate is a quick test for a sentence that holds a date.
func mayHoldDate(s string) bool {
	return strings.Contains(s, "日") || strings.Contains(s, "月") || strings.Contains(s, "年") || strings.Contains(s, "20") || strings.Contains(s, "19")
}

// connector matches what joins the two ends of a range.
var connector = pattern.MustCompile(`^(?:起?,?(?:[至到-]{1,4}|一直到|持续到)|起|[?\x{FFFD}]{1,2})?$`)

// join marks t as the end of a range that begins with before, where the words between say so.
func (t *stamp) join(before *stamp, between string) {
	if before.connected || before.yearOnly || !connector.MatchString(between) || between == "起" {
		return
	}
	t.connected = true
	t.lost = between == "" || strings.ContainsAny(between, "?\uFFFD")
}

// stampOf reads one match of stampName.
func stampOf(text string, i []int) (stamp, bool) {
	part := func(k int) string {
		if i[2*k] < 0 {
			return ""
		}
		return text[i[2*k]:i[2*k+1]]
	}
	t := stamp{start: i[0], end: i[1]}
	switch {
	case part(3) != "":
		return monthStamp(t, text, part(1), part(2), part(3), part(4))
	case part(6) != "":
		t.add(day{number(part(6)), number(part(7)), number(part(8))})
	case part(9) != "": // 2023年614日
		t.damaged = true
		t.split(number(part(9)), part(10))
	case part(11) != "": // 2023614日, 915日
		if len(part(11)) <= 2 && number(part(11)) <= 31 {
			t.add(day{day: number(part(11))})
			break
		}
		t.damaged = true
		t.splitAll(part(11))
	case part(12) != "": // 2025210
		if followedByDigit(text, i[1]) || i[0] > 0 && isDigit(text[i[0]-1]) {
			return t, false
		}
		t.damaged = true
		t.splitAll(part(12))
		return t, len(t.readings) > 0
	case part(13) != "":
		t.add(day{day: number(part(13))})
	case part(14) != "":
		t.yearOnly = true
		t.readings = []day{{year: number(part(14))}}
	default:
		t.damaged = true
	}
	return t, true
}

// monthStamp reads a date that has its month sign. A year whose sign is lost stands in the digits before the month. A month
// without a day, or a part of one (8月下旬), is partial.
func monthStamp(t stamp, text, year, word, month, dayOf string) (stamp, bool) {
	d := day{month: number(month), day: number(dayOf)}
	if year != "" {
		d.year = number(year)
	}
	switch word {
	case "同年", "当年":
		t.relative = sameYear
	case "次年", "翌年":
		t.relative = nextYear
	}
	if year == "" && word == "" {
		if from, run := yearRun(text, t.start); run != "" && len(run)+len(month) >= 5 && len(run)+len(month) <= 6 {
			run += month // 20236月14日: the year and the month have run together
			t.start, t.damaged = from, true
			d.year, d.month = number(run[:4]), number(run[4:])
		}
	}
	if dayOf == "" {
		t.partial = true
		t.readings = []day{d}
		return t, d.month >= 1 && d.month <= 12
	}
	t.add(d)
	if len(t.readings) == 0 {
		t.damaged = true
		if d.year >= minYear && d.year <= maxYear {
			t.partial = true
			t.readings = []day{{year: d.year}}
		}
	}
	return t, true
}

// yearRun returns the digits that end before at, perhaps with a blank between, and where they begin.
func yearRun(text string, at int) (from int, digits string) {
	end := at
	if end > 0 && text[end-1] == ' ' {
		end--
	}
	from = end
	for from > 0 && isDigit(text[from-1]) {
		from--
	}
	if from == end {
		return at, ""
	}
	return from, text[from:end]
}

// add takes a reading that is a day, or a day of a month yet to be known.
func (t *stamp) add(d day) {
	if d.month == 0 && d.year == 0 && d.day >= 1 && d.day <= 31 || d.valid() {
		t.readings = append(t.readings, d)
	}
}

// split reads digits as a month and a day.
func (t *stamp) split(year int, digits string) {
	for k := 1; k <= 2 && k < len(digits); k++ {
		if len(digits)-k > 2 || digits[k] == '0' && len(digits)-k == 1 || digits[0] == '0' && k == 1 {
			continue
		}
		t.add(day{year, number(digits[:k]), number(digits[k:])})
	}
}

// splitAll reads digits as a year, a month and a day, or without the year.
func (t *stamp) splitAll(digits string) {
	if len(digits) >= 6 && (strings.HasPrefix(digits, "20") || strings.HasPrefix(digits, "19")) {
		t.split(number(digits[:4]), digits[4:])
		return
	}
	if len(digits) <= 4 {
		t.split(0, digits)
	}
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func followedByDigit(text string, at int) bool {
	return at < len(text) && (isDigit(text[at]) || strings.ContainsRune("-/.%", rune(text[at])))
}

// number reads digits or a Chinese numeral below 100; of a year its four digits.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	const digits = "〇一二三四五六七八九"
	n, tens := 0, -1
	for _, r := range s {
		if r == '十' {
			tens = max(n, 1)
			n = 0
			continue
		}
		k := strings.IndexRune(digits, r)
		if k < 0 {
			return 0
		}
		n = n*10 + k/3
	}
	if tens >= 0 {
		return tens*10 + n
	}
	return n
}
