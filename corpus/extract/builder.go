package extract

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus"
)

// builder collects blocks and writes the text that they stand in.
type builder struct {
	text   strings.Builder
	blocks []corpus.Block
	limit  int
	full   bool // a line was refused because of limit
}

// add appends one line as a block like the given one and returns its span. The line must have no line ends; blanks at
// its ends are trimmed; a blank line gives no block and ok is false.
func (b *builder) add(line string, like corpus.Block) (span corpus.Span, ok bool) {
	line = trimBlanks(line)
	if line == "" {
		return corpus.Span{}, false
	}
	if len(b.blocks) >= b.limit {
		b.full = true
		return corpus.Span{}, false
	}
	start := b.text.Len()
	b.text.WriteString(line)
	b.text.WriteByte('\n')
	like.Span = corpus.Span{Start: start, End: start + len(line)}
	b.blocks = append(b.blocks, like)
	return like.Span, true
}

// extract returns what was collected, or an error where there is nothing or too much.
func (b *builder) extract(source, format string, d decoded) (*corpus.Extract, error) {
	switch {
	case b.full:
		return nil, &corpus.Error{
			Kind: corpus.TooLarge, Position: -1, Param: "file", Value: source,
			Message: fmt.Sprintf("文件“%s”的行数超过上限 %d", source, b.limit),
		}
	case len(b.blocks) == 0:
		return nil, invalid(source, "没有可读的文字")
	}
	return &corpus.Extract{
		Source: source, Format: format, Encoding: d.encoding,
		Text: b.text.String(), Blocks: b.blocks, Warnings: d.warnings(),
	}, nil
}

// isBlank reports whether r is a blank of any width, a no-break or an ideographic one included.
func isBlank(r rune) bool { return r == '\t' || unicode.Is(unicode.Zs, r) }

func trimBlanks(s string) string { return strings.TrimFunc(s, isBlank) }

// isMeaningless reports whether r can be dropped anywhere without changing what is read: control characters, zero-width
// marks, marks of writing direction, soft hyphens, byte order marks.
func isMeaningless(r rune) bool {
	switch {
	case r < 0x20 && r != '\t', r >= 0x7F && r < 0xA0:
		return true
	case r < 0x200B:
		return r == 0xAD
	case r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	}
	return r == 0xFEFF || r == 0xFFFE || r == 0xFFFF
}

// dropMeaningless removes the characters that carry no meaning; most texts have none and are returned as they are.
func dropMeaningless(s string) string {
	if strings.IndexFunc(s, isMeaningless) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isMeaningless(r) {
			return -1
		}
		return r
	}, s)
}

// isHan reports whether r is a Chinese character; 〇 is one.
func isHan(r rune) bool {
	return (r >= 0x4E00 && r <= 0x9FFF) || (r >= 0x3400 && r <= 0x4DBF) || r == '〇' || (r >= 0x20000 && r <= 0x3FFFF) ||
		(r >= 0xF900 && r <= 0xFAFF)
}

func hanCount(s string) int {
	n := 0
	for _, r := range s {
		if isHan(r) {
			n++
		}
	}
	return n
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
