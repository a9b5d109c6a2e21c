package web

import (
	"fmt"
	"strconv"
	"strings"

	"tongjian/api"
	"tongjian/corpus"
)

// StatusWord is a status as pages show it: a shape and a word, so that it does not depend on colour.
type StatusWord struct {
	Shape string
	Word  string
}

// statusWord returns how a status is shown.
func statusWord(s corpus.Status) StatusWord {
	w := StatusWord{Word: s.Chinese()}
	switch s {
	case corpus.Done, corpus.DoneSustained:
		w.Shape = "●"
	case corpus.Partial:
		w.Shape = "◐"
	case corpus.InProgress:
		w.Shape = "○"
	case corpus.NotDone:
		w.Shape = "✕"
	default:
		w.Shape = "–"
	}
	return w
}

// none is shown where a document states nothing.
const none = "未载明"

// yearWord returns how a year is shown.
func yearWord(y corpus.Year) string {
	if y == 0 {
		return "年份不明"
	}
	return fmt.Sprintf("%d 年", int(y))
}

// percent returns a share as a whole percentage.
func percent(share *float64) string {
	if share == nil {
		return none
	}
	return strconv.FormatFloat(*share*100, 'f', 0, 64) + "%"
}

// shareWord writes a share with its denominator and its interval: 12/40（30%，18–46%）.
func shareWord(m api.Figures) string {
	if m.Share == nil {
		return none
	}
	return fmt.Sprintf("%d/%d（%s，%s）", m.Documents, m.DocumentsTotal, percent(m.Share), intervalWord(m))
}

// intervalWord writes the interval of a share: 18–46%.
func intervalWord(m api.Figures) string {
	return strings.TrimSuffix(percent(m.ShareLow), "%") + "–" + percent(m.ShareHigh)
}

// thousands writes a number with its thousands set apart.
func thousands(n int) string {
	s := strconv.Itoa(n)
	var b strings.Builder
	for i, r := range s {
		if i > 0 && s[i-1] != '-' && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}
