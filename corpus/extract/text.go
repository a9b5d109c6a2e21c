package extract

import (
	"strings"

	"tongjian/corpus"
)

// readText reads a plain text, one block a line. Spaced and hard-wrapped copies are put together where that is clear.
func readText(source string, data []byte, lim Limits) (*corpus.Extract, error) {
	d := decode(data, "")
	if d.unreadable() {
		return nil, unsupported(source, "编码不明的文件")
	}
	lines := splitLines(d.text)
	for i, line := range lines {
		lines[i] = unspace(strings.TrimRightFunc(dropMeaningless(line), isBlank))
	}
	b := &builder{limit: lim.Blocks}
	for _, line := range unwrap(lines) {
		b.add(line, corpus.Block{Kind: corpus.BlockParagraph})
	}
	x, err := b.extract(source, "txt", d)
	if err != nil {
		return nil, err
	}
	x.Properties = labelled(x.Text, x.Blocks)
	return x, nil
}

// splitLines cuts text at every kind of line end in use: LF, CR, CRLF, form feed, vertical tab (a line break in Word)
// and the Unicode line separators.
func splitLines(text string) []string {
	if containsAny(text, "\r", "\v", "\f", "\u2028", "\u2029", "\u0085") {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(text)
	}
	return strings.Split(text, "\n")
}

// containsAny is strings.ContainsAny for strings; one fast search each beats one slow search for all.
func containsAny(s string, of ...string) bool {
	for _, o := range of {
		if strings.Contains(s, o) {
			return true
		}
	}
	return false
}

// unspace takes out the blank that some copies have between all characters of a line. It changes a line only when it has
// at least eight Chinese characters and four fifths of their neighbours are set off by a single blank, which no
// readable text has.
func unspace(line string) string {
	if !containsAny(line, " ", "\u00a0", "\u3000") {
		return line
	}
	runes := []rune(line)
	han, gaps := 0, 0
	for i, r := range runes {
		if !isHan(r) {
			continue
		}
		han++
		if i+2 < len(runes) && isBlank(runes[i+1]) && !isBlank(runes[i+2]) {
			gaps++
		}
	}
	if han < 8 || gaps*5 < han*4 {
		return line
	}
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		single := isBlank(r) && i > 0 && i+1 < len(runes) && !isBlank(runes[i-1]) && !isBlank(runes[i+1])
		if !single {
			out = append(out, r)
		}
	}
	return string(out)
}
