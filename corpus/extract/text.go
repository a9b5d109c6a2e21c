package extract

import (
	"regexp"
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
		lines[i] = strings.TrimRightFunc(dropMeaningless(line), isBlank)
	}
	unspaceAll(lines)
	lines = dropPageMarks(lines)
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

// pageMark matches a line that is nothing but the number of a page, as copies of printed pages have it: - 2 -, 第 3 页 共 8 页.
var pageMark = regexp.MustCompile(`^[\s\p{Zs}]*(?:[-—–－―]{1,2}[\s\p{Zs}]*[0-9０-９]{1,4}[\s\p{Zs}]*[-—–－―]{1,2}|第\s*[0-9]{1,4}\s*页[\s,，/／]*(?:共\s*[0-9]{1,4}\s*页)?)[\s\p{Zs}]*$`)

// dropPageMarks leaves out the numbers of pages with the empty lines around them, so that the text goes on over the page.
func dropPageMarks(lines []string) []string {
	const longest = 64
	out, at := lines[:0], false
	for _, line := range lines {
		switch {
		case line == "" && at:
			continue
		case line != "" && len(line) <= longest && pageMark.MatchString(line):
			for len(out) > 0 && out[len(out)-1] == "" {
				out = out[:len(out)-1]
			}
			at = true
			continue
		}
		out, at = append(out, line), false
	}
	return out
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

// spacedLine is the number of Chinese characters from which a line by itself shows that it is spaced out.
const spacedLine = 8

// unspaceAll takes the blank between all characters out of the lines that have it. Short lines follow where most of the
// longer ones are spaced out; alone they could be meant so (通 报).
func unspaceAll(lines []string) {
	long, spaced := 0, 0
	for _, line := range lines {
		if !containsAny(line, " ", "\u00a0", "\u3000") {
			if len(line) >= 3*spacedLine {
				long++
			}
			continue
		}
		if han, all := spacing(line); han >= spacedLine {
			long++
			if all {
				spaced++
			}
		}
	}
	least := spacedLine
	if spaced*2 > long && spaced >= 2 {
		least = 2
	}
	for i, line := range lines {
		lines[i] = unspaceFrom(line, least)
	}
}

// spacing counts the Chinese characters of a line and says whether four fifths of them are set off by a single blank, as
// in no readable text.
func spacing(line string) (han int, all bool) {
	runes := []rune(line)
	gaps := 0
	for i, r := range runes {
		if !isHan(r) {
			continue
		}
		han++
		if i+2 < len(runes) && isBlank(runes[i+1]) && !isBlank(runes[i+2]) {
			gaps++
		}
	}
	return han, gaps > 0 && gaps*5 >= (han-1)*4
}

// unspace takes out the blank that some copies have between all characters of a line.
func unspace(line string) string { return unspaceFrom(line, spacedLine) }

// unspaceFrom is unspace for lines of at least so many Chinese characters.
func unspaceFrom(line string, least int) string {
	if !containsAny(line, " ", "\u00a0", "\u3000") {
		return line
	}
	if han, all := spacing(line); han < least || !all {
		return line
	}
	runes := []rune(line)
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		single := isBlank(r) && i > 0 && i+1 < len(runes) && !isBlank(runes[i-1]) && !isBlank(runes[i+1])
		if !single {
			out = append(out, r)
		}
	}
	return string(out)
}
