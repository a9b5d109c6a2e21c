package parse

import (
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
)

// line is one non-blank line of the text, trimmed of blanks, with what the format and its own beginning say about it.
type line struct {
	span  corpus.Span
	mark  mark  // the number that it begins with; mark.kind is noMark where there is none
	label label // the label that it begins with (整改情况：), behind the number if there is one
	// body is where the text behind number and label begins.
	body int
	// level is the heading level that the format gives, 0 for none.
	level int
	// wrap is the wrapper at body, read where wrapAt is body+1: several readers ask for it.
	wrap    wrapper
	wrapped bool
	wrapAt  int
	cell    bool // part of a table that is read as a table
	// advice says that the line introduces advice, so that the list below it holds no findings.
	advice bool
	tail   bool // a line behind which nothing belongs to the item above
	bullet bool // it opens an item of a list without numbers
}

// text is the document's text as the structure code reads it.
type text struct {
	all   string
	lines []line
	// automatic holds the numbers that the format gives, which stand outside the text, by the starts of their lines.
	automatic map[int]mark
	// feedback says that the document is an announcement or opinion of what was found.
	feedback bool
	// audit says that the document is one of an audit.
	audit bool
	// headlined says that the paragraphs below headings are made of headlines and their facts.
	headlined bool
}

func (t *text) of(s corpus.Span) string { return t.all[s.Start:s.End] }

// bodyOf returns the span behind number and label.
func (l *line) bodyOf() corpus.Span { return corpus.Span{Start: l.body, End: l.span.End} }

// newText splits a text into lines and reads the beginning of each. Cells of tables named in tables are only marked.
func newText(x *corpus.Extract, tables []*ledger) *text {
	t := &text{all: plainScript(x.Text), lines: make([]line, 0, strings.Count(x.Text, "\n")+1), automatic: make(map[int]mark)}
	blocks := x.Blocks
	for start := 0; start < len(x.Text); {
		end := strings.IndexByte(x.Text[start:], '\n')
		if end < 0 {
			end = len(x.Text)
		} else {
			end += start
		}
		span := trimSpan(x.Text, corpus.Span{Start: start, End: end})
		for len(blocks) > 0 && blocks[0].Span.End <= start && blocks[0].Span.Start < start {
			blocks = blocks[1:]
		}
		if span.Len() > 0 {
			l := line{span: span, body: span.Start}
			var block *corpus.Block
			if len(blocks) > 0 && blocks[0].Span.Start < end {
				block = &blocks[0]
			}
			t.lines = append(t.lines, readLine(t, l, block))
		}
		start = end + 1
	}
	for _, table := range tables {
		t.markCells(table.span)
	}
	return t
}

// readLine reads the number and the label at the beginning of a line.
func readLine(t *text, l line, block *corpus.Block) line {
	l.body += decoration(t.of(l.span))
	if r, _ := decodeRune(t.of(l.span)); l.body > l.span.Start && (isBullet(r) || isDash(r)) {
		l.bullet = true
	}
	s := t.all[l.body:l.span.End]
	if block != nil {
		if block.Kind == corpus.BlockHeading {
			l.level = block.Level
		}
		if r, w := decodeRune(block.Number); w > 0 && w == len(block.Number) && isBullet(r) {
			l.bullet = true
		} else if block.Number != "" {
			if m, n := scanMark(block.Number + " "); n > 0 && m.kind != noMark {
				l.mark = m
				t.automatic[l.span.Start] = m
			}
		}
	}
	if l.mark.kind == noMark {
		m, n := scanMark(s)
		if n > 0 {
			l.mark = m
			l.body += n
		}
	}
	if label, body := scanLabel(t.all, l.body, l.span.End); l.mark.kind == noMark || isNumberedLabel(t.all, l.mark, label, body) {
		l.label, l.body = label, body
	}
	if l.mark.kind != noMark && l.mark.kind != question {
		// 问题 behind another number says what the item is; the item keeps the outer number.
		if m, n := scanQuestion(t.all[l.body:l.span.End]); n > 0 {
			l.mark.problem = true
			l.body += n
			if l.mark.label == "" {
				l.mark.label = m.label
			}
		}
	}
	if l.label != noLabel {
		// A numbered label (1.整改措施：) is a label; its number says nothing about the outline.
		l.mark = mark{}
	}
	return l
}

// decoration returns the length of what stands before the number of a line and means nothing: bullets, and the marks of
// publishing systems (##begin##, [bookmark: x]).
func decoration(s string) int {
	n := 0
	for n < len(s) {
		rest := s[n:]
		r, w := decodeRune(rest)
		switch {
		case strings.HasPrefix(rest, "##"):
			end := strings.Index(rest[2:], "##")
			if end < 0 || end > 40 {
				return n
			}
			w = end + 4
		case strings.HasPrefix(rest, "[bookmark"):
			end := strings.IndexByte(rest, ']')
			if end < 0 || end > 80 {
				return n
			}
			w = end + 1
		case isBullet(r) || blank(r):
		case isDash(r):
			// A dash opens an item only before words: before a figure it may be a sign or a page number.
			if next := strings.TrimLeft(rest, "—–-－― 　"); next == "" || !isHanByte(next[0]) && !strings.HasPrefix(next, "“") && !strings.HasPrefix(next, "《") {
				return n
			}
		default:
			return n
		}
		n += w
	}
	return 0
}

// bullets open the items of lists without numbers.
var bullets = newRuneSet("•●■◆★※▲◎◇□☆►▶➢➤✓✔·")

// isBullet reports whether r opens an item of a list without numbers; word processors keep theirs in the private area.
func isBullet(r rune) bool { return bullets.has(r) || r >= 0xF000 && r <= 0xF0FF }

func isDash(r rune) bool { return r == '—' || r == '–' || r == '―' || r == '－' || r == '-' }

// isNumberedLabel reports whether a numbered line is a label nevertheless: 1.整改措施：. Without its colon it is a heading:
// 二、整改落实情况.
func isNumberedLabel(all string, m mark, l label, body int) bool {
	if !l.ofFinding() && l != otherLabel || m.kind == chapter || m.kind == question {
		return false
	}
	before := trimRight(all[:body], blank)
	return strings.HasSuffix(before, "：") || strings.HasSuffix(before, ":")
}

func (t *text) markCells(span corpus.Span) {
	for i := range t.lines {
		if span.Contains(t.lines[i].span) {
			t.lines[i].cell = true
			t.lines[i].mark = mark{}
			t.lines[i].label = noLabel
		}
	}
}

// blank reports whether r is a blank of any width.
func blank(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\v', '\f', 0x00A0, 0x3000, 0xFEFF, 0x200B, 0x2002, 0x2003, 0x2009, 0x202F, 0x205F:
		return true
	}
	return false
}

// trimSpan shortens a span by the blanks at both ends.
func trimSpan(s string, span corpus.Span) corpus.Span {
	body := trimLeft(s[span.Start:span.End], blank)
	span.Start = span.End - len(body)
	span.End = span.Start + len(trimRight(body, blank))
	return span
}

// skipBlanks returns how many bytes of blanks s begins with.
func skipBlanks(s string) int {
	return len(s) - len(trimLeft(s, blank))
}

// closing are the marks that end a statement and do not belong to it.
func closing(r rune) bool {
	switch r {
	case '。', '；', ';', '，', ',', '：', ':', '.', '．', '、':
		return true
	}
	return blank(r)
}

// trimStatement shortens a span by blanks and by the punctuation at its end.
func trimStatement(s string, span corpus.Span) corpus.Span {
	span = trimSpan(s, span)
	span.End = span.Start + len(trimRight(s[span.Start:span.End], closing))
	return span
}

// runes counts the characters of s.
func runes(s string) int { return utf8.RuneCountInString(s) }

// longer reports whether s has more than n characters, without counting those of long texts.
func longer(s string, n int) bool {
	if len(s) <= n || len(s) > 4*n {
		return len(s) > n
	}
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			if n--; n < 0 {
				return true
			}
		}
	}
	return false
}

// hasAny reports whether s contains one of the words.
func hasAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// hasPrefix returns the length of the first word that s begins with, 0 where there is none.
func hasPrefix(s string, words []string) int {
	for _, w := range words {
		// The third byte tells most Chinese characters apart, and most words by their first one.
		if len(w) > 2 && len(s) > 2 && s[2] != w[2] {
			continue
		}
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}
