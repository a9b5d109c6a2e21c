package parse

import "tongjian/corpus"

// ReadStructure lets the benchmarks read findings and sections by themselves.
var ReadStructure = readStructure

// Amounts lists the sums of money in a text.
func Amounts(s string) []corpus.Amount { return amounts(s, corpus.Span{End: len(s)}) }

// Issued lists the titles that a text says were issued.
func Issued(s string) []string { return issued(s, corpus.Span{End: len(s)}) }

// ReadStatus reads the value of a status label.
func ReadStatus(s string) (status corpus.Status, longTerm, deemed bool) {
	r, ok := readStatus(s)
	if !ok {
		return corpus.Unstated, false, false
	}
	return r.status, r.longTerm, r.deemed
}

// ScanMark reads the number that a line begins with: its kind by an example, its label, and what is left of the line.
func ScanMark(s string) (kind, label, rest string) {
	m, n := scanMark(s)
	names := [...]string{"", "heading", "一、", "（一）", "问题1：", "1.", "1.1", "1.1.1", "(1)", "1)", "a.", "●", "①", "一是", "第一，"}
	if n == 0 {
		return "", "", s
	}
	return names[m.kind], m.label, s[n:]
}

// Wrapped returns the statement inside 针对…问题 at the beginning of a text, and what follows it.
func Wrapped(s string) (statement, rest string) {
	w, ok := findWrapper(s, 0, len(s))
	if !ok {
		return "", s
	}
	return s[w.inner.Start:w.inner.End], s[w.rest:]
}
