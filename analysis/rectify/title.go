package rectify

import (
	"strings"
	"unicode/utf8"
)

// Marks that stand for a title in 《》 while rules are matched: what a title says is no action, but what kind of paper it
// names decides what making it was. The rule files use the same marks.
const (
	ruleTitle  = "◎" // 制度、办法、规定、细则 …
	planTitle  = "○" // 方案、计划、清单 …
	otherTitle = "●"
)

// genres lists the last words of titles by what kind of paper they name; the longer word decides.
var genres = []struct{ word, mark string }{
	{"清单", planTitle}, {"方案", planTitle}, {"计划", planTitle}, {"要点", planTitle}, {"安排", planTitle}, {"规划", planTitle},
	{"台账", planTitle}, {"任务书", planTitle}, {"路线图", planTitle}, {"时间表", planTitle}, {"措施", planTitle},
	{"办法", ruleTitle}, {"制度", ruleTitle}, {"规定", ruleTitle}, {"细则", ruleTitle}, {"规则", ruleTitle}, {"规程", ruleTitle},
	{"规范", ruleTitle}, {"条例", ruleTitle}, {"守则", ruleTitle}, {"机制", ruleTitle}, {"准则", ruleTitle}, {"流程", ruleTitle},
	{"标准", ruleTitle}, {"章程", ruleTitle}, {"指引", ruleTitle}, {"意见", ruleTitle}, {"预案", ruleTitle}, {"须知", ruleTitle},
	{"公约", ruleTitle}, {"手册", ruleTitle}, {"职责", ruleTitle}, {"指南", ruleTitle}, {"流程图", ruleTitle}, {"权力清单", ruleTitle},
	{"负面清单", ruleTitle}, {"责任制", ruleTitle}, {"议事规则", ruleTitle},
}

// maxTitle is the most bytes between 《 and 》 that are taken for a title; a bracket that is not closed opens none.
const maxTitle = 360

// masked is a text with its titles blanked out, byte for byte as long as the text.
type masked struct {
	text   string
	titles []span
}

type span struct{ start, end int }

// mask puts a mark in place of each title and blanks, which rules pass over, in place of the rest of it.
func mask(text string) masked {
	m := masked{text: text}
	if !strings.Contains(text, "《") {
		return m
	}
	out := []byte(text)
	for at := 0; ; {
		i := strings.Index(text[at:], "《")
		if i < 0 {
			break
		}
		open := at + i
		at = open + len("《")
		end := closing(text, at)
		if end < 0 {
			continue
		}
		blank(out[at:end])
		if title := text[at:end]; len(title) >= len(otherTitle) {
			copy(out[at:], markOf(title))
		}
		at = end + len("》")
		m.titles = append(m.titles, span{open, at})
	}
	m.text = string(out)
	return m
}

// closing returns where the title that opened before `at` closes, -1 where it does not.
func closing(text string, at int) int {
	depth := 1
	for i, r := range text[at:] {
		switch {
		case i > maxTitle || r == '\n':
			return -1
		case r == '《':
			depth++
		case r == '》':
			if depth--; depth == 0 {
				return at + i
			}
		}
	}
	return -1
}

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}

// markOf returns the mark for the kind of paper that a title names: its last word decides, what stands in brackets behind
// it does not.
func markOf(title string) string {
	for {
		r, _ := utf8.DecodeLastRuneInString(title)
		opening := map[rune]string{'）': "（", ')': "(", '〉': "〈", '>': "<", '”': "“"}[r]
		i := strings.LastIndex(title, opening)
		if opening == "" || i <= 0 {
			break
		}
		title = title[:i]
	}
	mark, longest := otherTitle, 0
	for _, g := range genres {
		if strings.HasSuffix(title, g.word) && len(g.word) > longest {
			mark, longest = g.mark, len(g.word)
		}
	}
	return mark
}
