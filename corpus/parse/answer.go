package parse

import (
	"fmt"
	"strings"

	"tongjian/corpus"
)

// splitNames splits a list of persons or departments.
func splitNames(s string) []string {
	var names []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune("、，,；;/\n　", r) || r == ' ' || r == '\t'
	}) {
		f = strings.TrimFunc(f, func(r rune) bool { return closing(r) || r == '）' || r == ')' || r == '（' })
		if f != "" && !longer(f, 30) {
			names = append(names, f)
		}
	}
	return names
}

// addResponsible notes persons or departments.
func addResponsible(to *corpus.Responsible, l label, value string) *corpus.Responsible {
	names := splitNames(value)
	if len(names) == 0 {
		return to
	}
	if to == nil {
		to = &corpus.Responsible{}
	}
	if l == personLabel {
		to.Persons = appendNew(to.Persons, names)
	} else {
		to.Departments = appendNew(to.Departments, names)
	}
	return to
}

func appendNew(list, more []string) []string {
next:
	for _, m := range more {
		for _, have := range list {
			if have == m {
				continue next
			}
		}
		list = append(list, m)
	}
	return list
}

// newDeadline reads a deadline. Its date is empty unless the words give a day with its year.
func newDeadline(value string) *corpus.Deadline {
	value = trimRight(strings.TrimSpace(value), closing)
	if value == "" {
		return nil
	}
	return &corpus.Deadline{Text: value, Date: dayIn(value)}
}

// dayIn returns the one day that s states with year, month and day.
func dayIn(s string) corpus.Date {
	for i := 0; i < len(s); {
		y, digits, n := digitRun(s[i:])
		if digits == 0 {
			_, w := decodeRune(s[i:])
			i += w
			continue
		}
		i += n
		if digits != 4 || y < 1949 || y > 2100 {
			continue
		}
		month, j, ok := datePart(s, i, "年-./")
		if !ok || month < 1 || month > 12 {
			continue
		}
		day, _, ok := datePart(s, j, "月-./")
		if !ok || day < 1 || day > 31 {
			continue
		}
		return corpus.Date(fmt.Sprintf("%04d-%02d-%02d", y, month, day))
	}
	return ""
}

// datePart reads a number of one or two digits behind one of the separators.
func datePart(s string, i int, separators string) (int, int, bool) {
	r, w := decodeRune(s[i:])
	if w == 0 || !strings.ContainsRune(separators, r) {
		return 0, i, false
	}
	n, digits, size := digitRun(s[i+w:])
	return n, i + w + size, digits == 1 || digits == 2
}

// timePhrase returns the phrase of time that a status begins with or holds: 6月底前, 2023年6月底前.
func timePhrase(s string) string {
	for _, end := range []string{"底前", "日前", "旬前", "月前", "末前", "年前", "初前"} {
		i := strings.Index(s, end)
		if i < 0 {
			continue
		}
		stop := i + len(end)
		start := i
		for start > 0 {
			r, w := decodeLast(s[:start])
			if !(r >= '0' && r <= '9') && !strings.ContainsRune("年月日中上下旬今明底季度第一二三四", r) {
				break
			}
			start -= w
		}
		if start < i {
			return s[start:stop]
		}
	}
	return ""
}
