package parse

import (
	"fmt"

	"tongjian/corpus"
)

// warnNumbering reports numbers that are missing or stand twice among the findings and the headings above them. A list may
// begin again at 1 under each heading, or run on through the document.
func (r *reader) warnNumbering() {
	type place struct{ number, parent int }
	last := make(map[uint64]place)
	w := numbering{r: r}
	for i := range r.nodes {
		n := &r.nodes[i]
		m := r.t.lines[n.line].mark
		if n.role != finding && n.role != group || m.number == 0 || m.kind == heading || r.pasted[i] {
			continue
		}
		was, seen := last[n.level]
		last[n.level] = place{m.number, n.parent}
		if seen && (m.number != 1 || was.parent == n.parent) {
			w.check(was.number, m, r.t.lines[n.line].span)
		}
	}
	was := 0
	for i := range r.items {
		if it := &r.items[i]; it.row && it.number > 0 {
			if was > 0 && it.number != 1 {
				w.check(was, mark{number: it.number, label: it.label}, it.span)
			}
			was = it.number
		}
	}
}

// numbering reports the first gap and the first repeat.
type numbering struct {
	r           *reader
	gap, repeat bool
}

func (w *numbering) check(was int, m mark, span corpus.Span) {
	switch {
	case m.number == was && !w.repeat:
		w.repeat = true
		w.r.warnAt(corpus.NumberingRepeat, fmt.Sprintf("编号“%s”重复出现", m.label), span, m.label)
	case m.number > was+1 && !w.gap:
		w.gap = true
		w.r.warnAt(corpus.NumberingGap, fmt.Sprintf("编号不连续：“%d”之后为“%d”", was, m.number), span, m.label)
	}
}

func (r *reader) warnAt(code corpus.WarningCode, message string, span corpus.Span, words string) {
	s := span
	r.doc.Warnings = append(r.doc.Warnings, corpus.Warning{Code: code, Message: message, Text: words, Span: &s})
}

func (r *reader) warnDuplicate(it *item) {
	statement := r.t.of(it.statement)
	r.warnAt(corpus.DuplicateFinding, "同一问题及其整改内容重复粘贴，只计一次："+firstRunes(statement, 40), it.span, statement)
}

// warn writes the warnings about the document as a whole.
func (r *reader) warn() {
	if r.doc.DocType == corpus.OtherDocument {
		return
	}
	if len(r.doc.Findings) == 0 {
		r.doc.Warnings = append(r.doc.Warnings, corpus.Warning{Code: corpus.NoFinding, Message: "未识别出具体问题"})
	}
	r.warnCounts()
}

// warnCounts compares the declared totals with the findings and with one another.
func (r *reader) warnCounts() {
	d := r.doc.Declared
	found := len(r.doc.Findings)
	if d.Problems != nil && *d.Problems != found {
		r.figures(corpus.CountDiffers, fmt.Sprintf("文中称有%d个问题，识别出%d个", *d.Problems, found), *d.Problems, found)
	}
	if d.Problems != nil && d.Rectified != nil && *d.Rectified > *d.Problems {
		r.figures(corpus.ClaimDiffers, fmt.Sprintf("文中称已整改%d个，多于问题总数%d个", *d.Rectified, *d.Problems), *d.Problems, *d.Rectified)
	}
	if d.MeasuresPlanned != nil && d.MeasuresCompleted != nil && *d.MeasuresCompleted > *d.MeasuresPlanned {
		r.figures(corpus.ClaimDiffers, fmt.Sprintf("文中称完成整改措施%d条，多于制定的%d条", *d.MeasuresCompleted, *d.MeasuresPlanned), *d.MeasuresPlanned, *d.MeasuresCompleted)
	}
}

func (r *reader) figures(code corpus.WarningCode, message string, declared, found int) {
	r.doc.Warnings = append(r.doc.Warnings, corpus.Warning{Code: code, Message: message, Declared: &declared, Found: &found})
}
