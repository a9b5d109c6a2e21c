package extract

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// cellStyles holds the number formats of a workbook.
type cellStyles struct {
	codes map[int]string // formats that the workbook defines
	cells []int          // the format of each cell style
}

func (s *cellStyles) read(m *markup) error {
	s.codes = map[int]string{}
	return m.visit(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			s.codes[number(attribute(e, "numFmtId"))] = attribute(e, "formatCode")
		case "cellXfs":
			return m.children(func(e xml.StartElement) (bool, error) {
				if e.Name.Local == "xf" {
					s.cells = append(s.cells, number(attribute(e, "numFmtId")))
				}
				return false, nil
			}, nil)
		}
		return nil
	})
}

// builtin are the number formats that every workbook has without defining them, in the form that Chinese Excel shows.
var builtin = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "m\"月\"d\"日\"", 17: "yyyy\"年\"m\"月\"", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: "yyyy\"年\"m\"月\"", 28: "m\"月\"d\"日\"", 29: "m\"月\"d\"日\"", 30: "m-d-yy", 31: "yyyy\"年\"m\"月\"d\"日\"", 32: "h:mm", 33: "h:mm:ss",
	36: "yyyy\"年\"m\"月\"", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 50: "yyyy\"年\"m\"月\"", 51: "m\"月\"d\"日\"", 52: "yyyy\"年\"m\"月\"", 53: "m\"月\"d\"日\"",
	54: "m\"月\"d\"日\"", 55: "h:mm", 56: "h:mm:ss", 57: "yyyy\"年\"m\"月\"", 58: "m\"月\"d\"日\"",
}

func (s *cellStyles) code(style int) string {
	if style < 0 || style >= len(s.cells) {
		return ""
	}
	id := s.cells[style]
	if code, ok := s.codes[id]; ok {
		return code
	}
	return builtin[id]
}

// shown returns what a cell of a type shows for its stored value.
func (w *workbook) shown(kind, value string, style int) string {
	value = strings.TrimSpace(value)
	switch kind {
	case "s":
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(w.strings) {
			return w.strings[i]
		}
		return ""
	case "str", "inlineStr":
		return unescapeCell(value)
	case "e":
		return ""
	case "b":
		if value == "1" {
			return "TRUE"
		}
		return "FALSE"
	case "d":
		return strings.TrimSuffix(strings.Replace(value, "T", " ", 1), " 00:00:00")
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return value
	}
	return formatValue(v, w.styles.code(style), w.from1904)
}

// formatValue writes a number by its format: dates as 2024-06-30 (2024年6月 where the format shows no day), others with the
// decimals, separators and percent signs of the format.
func formatValue(v float64, code string, from1904 bool) string {
	section, _, _ := strings.Cut(code, ";")
	letters := formatLetters(section)
	if strings.ContainsAny(letters, "ymdhs") && !strings.Contains(letters, "general") && v >= 0 {
		if s := formatDate(v, letters, from1904); s != "" {
			return s
		}
	}
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("0#?.,%", r) {
			return r
		}
		return -1
	}, letters)
	if digits == "" || strings.Contains(letters, "e+") || strings.Contains(letters, "/") {
		return general(v)
	}
	suffix := ""
	if strings.Contains(digits, "%") {
		v, suffix = v*100, "%"
	}
	_, fraction, _ := strings.Cut(strings.TrimRight(digits, "%,"), ".")
	fraction = fraction[:min(len(fraction), 15)]
	least := strings.Count(fraction, "0") + strings.Count(fraction, "?")
	if scale := math.Pow10(len(fraction)); math.Abs(v*scale) < 1<<52 {
		v = math.Round(v*scale) / scale // halves go up, as Excel shows them
	}
	out := strconv.FormatFloat(v, 'f', len(fraction), 64)
	for drop := len(fraction) - least; drop > 0 && strings.HasSuffix(out, "0") && strings.Contains(out, "."); drop-- {
		out = strings.TrimSuffix(out, "0")
	}
	out = strings.TrimSuffix(out, ".")
	if strings.Contains(strings.TrimRight(digits, ","), ",") {
		out = grouped(out)
	}
	before, after := literals(section)
	return before + out + suffix + after
}

// literals returns the quoted text of a number format before and behind its digits, such as a unit: 0.00"万元".
func literals(code string) (before, after string) {
	out, digits := &before, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return before, after
			}
			*out += code[i+1 : i+1+end]
			i += end + 1
		case !digits && strings.IndexByte("0#?", c) >= 0:
			digits, out = true, &after
		}
	}
	return before, after
}

// formatLetters returns a format in lower case without its quoted text, escapes, colours and conditions.
func formatLetters(code string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return b.String()
			}
			if inner := strings.ToLower(code[i+1 : i+end]); inner == "h" || inner == "hh" || inner == "mm" || inner == "ss" {
				b.WriteString(inner)
			}
			i += end
		default:
			b.WriteByte(c)
		}
	}
	return strings.ToLower(b.String())
}

// formatDate writes a serial day number.
func formatDate(v float64, letters string, from1904 bool) string {
	const secondsPerDay = 86400
	if v > 2958466 { // the year 9999
		return ""
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case v < 60: // Excel counts a 29 February 1900
		epoch = epoch.AddDate(0, 0, 1)
	}
	day, part := math.Modf(v)
	t := epoch.AddDate(0, 0, int(day)).Add(time.Duration(math.Round(part*secondsPerDay)) * time.Second)
	clock := t.Format("15:04:05")
	clock = strings.TrimSuffix(clock, ":00")
	hasYear, hasDay := strings.Contains(letters, "y"), strings.Contains(letters, "d")
	hasTime := strings.ContainsAny(letters, "hs")
	switch {
	case !hasYear && !hasDay && hasTime:
		return clock
	case hasYear && !hasDay && !hasTime && strings.Contains(letters, "m"):
		return fmt.Sprintf("%d年%d月", t.Year(), int(t.Month()))
	case hasYear && !hasDay && !hasTime:
		return fmt.Sprintf("%d年", t.Year())
	case hasTime && clock != "00:00":
		return t.Format("2006-01-02 ") + clock
	}
	return t.Format("2006-01-02")
}

// general writes a number as Excel does without a format: up to 11 digits, no trailing zeros.
func general(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	out, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 11, 64), 64)
	if err != nil {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	if math.Abs(out) >= 1e15 || math.Abs(out) < 1e-9 {
		return strconv.FormatFloat(out, 'g', -1, 64)
	}
	return strconv.FormatFloat(out, 'f', -1, 64)
}

// grouped sets commas between groups of three digits before the decimal point.
func grouped(s string) string {
	whole, fraction, hasFraction := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if hasFraction {
		b.WriteString("." + fraction)
	}
	return sign + b.String()
}
