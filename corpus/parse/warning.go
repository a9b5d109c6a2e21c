package parse

import (
	"fmt"

	"tongjian/corpus"
)

// warnNumbering reports numbers that are missing or stand twice among the findings. A list may begin again at 1.
func (r *reader) warnNumbering() {
	var last [markKinds]int
	seen := false
	gaps, repeats := 0, 0
	for i := range r.items {
		it := &r.items[i]
		if it.number == 0 {
			continue
		}
		was := last[it.kind]
		last[it.kind] = it.number
		if !seen {
			seen = true
			was = it.number - 1
		}
		switch {
		case it.number == was+1 || it.number == 1:
		case it.number == was:
			repeats++
			if repeats == 1 {
				r.warnAt(corpus.NumberingRepeat, fmt.Sprintf("编号“%s”重复出现", it.label), it.span, it.label)
			}
		case it.number > was+1 && was > 0:
			gaps++
			if gaps == 1 {
				r.warnAt(corpus.NumberingGap, fmt.Sprintf("编号不连续：“%d”之后为“%d”", was, it.number), it.span, it.label)
			}
		}
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
