package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// The shape that a hard-wrapped copy must have before any of its lines are joined: at least wrapLines lines that are
// full, at least wrapWidth characters wide, all of nearly the same width, nothing wider, and half of all lines full.
const (
	wrapLines = 6
	wrapWidth = 18
	wrapSlack = 2 // a line may fall short by so many characters, because punctuation may not begin a line
)

// unwrap joins the lines of a text whose paragraphs were broken at a fixed width. Where the text as a whole does not
// clearly have that shape, lines come back unchanged. A line that begins with a number, a label or a blank is never
// joined to the one before it.
func unwrap(lines []string) []string {
	width, ok := wrapColumn(lines)
	if !ok {
		return lines
	}
	out := make([]string, 0, len(lines))
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		for i+1 < len(lines) && continues(lines[i], lines[i+1], width) {
			i++
			line += lines[i]
		}
		out = append(out, line)
	}
	return out
}

// wrapColumn returns the width at which a text was broken, in characters.
func wrapColumn(lines []string) (width int, ok bool) {
	widest, filled := 0, 0
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > 0 {
			widest = max(widest, n)
			filled++
		}
	}
	full, exact, broken := 0, 0, 0
	for i, line := range lines {
		if utf8.RuneCountInString(line) < widest-wrapSlack {
			continue
		}
		full++
		if utf8.RuneCountInString(line) == widest {
			exact++
		}
		if i+1 < len(lines) && !endsSentence(line) {
			broken++
		}
	}
	if widest < wrapWidth || full < wrapLines || broken*3 < full {
		return widest, false
	}
	// Among many short headings and labels fewer lines are full; then they must be of exactly one width.
	return widest, full*2 >= filled || full*6 >= filled && exact >= wrapLines && exact*3 >= full*2
}

func continues(line, next string, width int) bool {
	if next == "" || utf8.RuneCountInString(line) < width-wrapSlack || endsSentence(line) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	return !isBlank(first) && !numbered.MatchString(next)
}

func endsSentence(line string) bool {
	return strings.ContainsRune("。！？；：!?;:”》", lastRune(line))
}

// numbered matches the beginning of a line that opens an item: 一、 （一） 1. 1、 (1) ① 第一， 一是 问题1 附件, and labels
// such as 整改情况：.
var numbered = regexp.MustCompile(`^(?:[（(]?[0-9０-９]{1,3}\s*[.．、)）,，:：]|[（(]?[一二三四五六七八九十]{1,3}[、)）是.．]|[①-⑳]|第[一二三四五六七八九十]{1,3}[，,、：:部章条]|` +
	`(?:反馈)?问题[0-9０-９一二三四五六七八九十]|关于|针对|附件|中共|[^，。、]{2,8}[:：])`)
