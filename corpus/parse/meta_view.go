package parse

import (
	"maps"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// view is a part of a text folded for reading: full-width ASCII in half width, traditional characters of our vocabulary
// simplified, dashes and quotes of one kind, blanks beside Chinese characters and pinyin set above them gone. at maps
// every byte of the folded text to its place in the source.
type view struct {
	text   string
	at     []int32
	origin string
}

// newView folds text[start:end].
func newView(text string, start, end int) view {
	f := folder{text: text, end: end, at: make([]int32, 0, end-start+1), last: '\n'}
	f.out.Grow(end - start)
	f.fold(start)
	f.at = append(f.at, int32(end))
	return view{text: strings.ReplaceAll(f.out.String(), "巡查", "巡察"), at: f.at, origin: text}
}

// folder writes the folded text. What stays as it is, nearly all of a text, is written in stretches.
type folder struct {
	text string
	end  int
	out  strings.Builder
	at   []int32
	last rune // the character before
	line int  // where the line begins in out
	// chapters tells that a chapter has begun: below, short lines may be cells and headings, which are not joined.
	chapters bool
}

func (f *folder) fold(start int) {
	text, table, plain := f.text, foldTable(), foldless()
	kept := start // text[kept:i] is to be written as it stands
	for i := start; i < f.end; {
		r, size := decodeRune(text[i:f.end])
		if r < 0x10000 && plain[r>>6]&(1<<(r&63)) != 0 {
			for range size {
				f.at = append(f.at, int32(i))
			}
			i += size
			f.last = r
			continue
		}
		f.out.WriteString(text[kept:i])
		i += f.other(r, size, i, table)
		kept = i
	}
	f.out.WriteString(text[kept:f.end])
}

// other writes a character that is folded, or may be left out, and returns how many bytes of the text are done with.
func (f *folder) other(r rune, size, i int, table map[rune]rune) int {
	rest := f.text[i:f.end]
	if isRuby(f.last) {
		if n := rubyLength(rest); n > 0 {
			return n
		}
	}
	if isBlank(r) {
		if insideDate(f.out.String(), rest[size:]) {
			return size
		}
		if !isASCII(f.last) || !isASCII(nextRune(rest[size:])) {
			return size
		}
		r = ' '
	}
	if r == '\n' {
		if line := f.out.String()[f.line:]; len(line) < maxJoined {
			if runsOn(line, rest[size:]) || !f.chapters && breaksOff(line, rest[size:]) {
				return size
			}
			f.chapters = f.chapters || isChapter(line)
		}
		f.line = f.out.Len() + 1
	}
	n := f.out.Len()
	f.out.WriteRune(foldRune(r, table))
	for range f.out.Len() - n {
		f.at = append(f.at, int32(i))
	}
	f.last = r
	return size
}

// foldTable maps the traditional characters that the rules of metadata or of findings know to their simplified form.
var foldTable = sync.OnceValue(func() map[rune]rune {
	table := maps.Clone(structureTable())
	maps.Copy(table, simplified())
	return table
})

// foldless holds a bit for each character that folding leaves as it is wherever it stands. It is made once and not changed.
var foldless = sync.OnceValue(func() *[1 << 10]uint64 {
	table, plain := foldTable(), new([1 << 10]uint64)
	for r := rune(0); r < 0x10000; r++ {
		if r != '\n' && r != '(' && r != '（' && r != utf8.RuneError && !isBlank(r) && foldRune(r, table) == r {
			plain[r>>6] |= 1 << (r & 63)
		}
	}
	return plain
})

// insideDate reports whether a blank stands inside a date in digits: 2021 - 12 - 20.
func insideDate(before, after string) bool {
	next := foldRune(nextRune(after), nil)
	if before == "" || next == 0 {
		return false
	}
	last := rune(before[len(before)-1])
	isNumber := func(r rune) bool { return r >= '0' && r <= '9' }
	switch {
	case isNumber(last) && (next == '-' || next == '/'), isNumber(next) && (last == '-' || last == '/'):
		return true
	case isNumber(last) && next == '.', isNumber(next) && last == '.':
		return dotted.MatchString(before[max(0, len(before)-8):])
	}
	return false
}

// dotted matches the beginning of a date with dots.
var dotted = pattern.MustCompile(`(?:19|20)\d{2}\.?(?:\d{1,2}\.?)?$`)

// maxJoined bounds the lines that are joined, in bytes: broken lines are short.
const maxJoined = 600

// runsOn reports whether a sentence goes on over the end of a line: it ends in a comma, or in the middle of a date.
func runsOn(before, after string) bool {
	next := nextRune(after)
	switch {
	case strings.HasSuffix(before, ","), strings.HasSuffix(before, "，"), strings.HasSuffix(before, "、"):
		return next >= 0x4E00 || next >= '0' && next <= '9'
	case strings.HasSuffix(before, "月"), strings.HasSuffix(before, "年"):
		head := strings.TrimRight(before[:len(before)-len("月")], "0123456789")
		return len(head) < len(before)-len("月") && next >= '0' && next <= '9'
	}
	return false
}

// brokenRunes is how long a line of running text is at least that a program has broken.
const brokenRunes = 20

// breaksOff reports whether a line of running text ends in the middle of a sentence that the next line goes on with: it holds
// punctuation, ends without, and is no title.
func breaksOff(line, after string) bool {
	if len(line) < 2*brokenRunes || !strings.ContainsAny(line, ",，。、；") {
		return false
	}
	after = strings.Map(func(r rune) rune { return foldRune(r, nil) }, firstRunes(strings.TrimLeftFunc(after, isBlank), 8))
	last, next := lastRuneOf(line), nextRune(after)
	if !isHanRune(last) && !(last >= '0' && last <= '9') && last != '-' || !isHanRune(next) && !(next >= '0' && next <= '9') {
		return false
	}
	return runes(line) >= brokenRunes && (strings.Contains(line, "。") || tellsPeriod.MatchString(line) || !titleEnding.MatchString(line)) && !isChapter(line) && !isLabelLine(line) && !isChapter(after)
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r >= 0xA0 && unicode.Is(unicode.Zs, r) }

func isASCII(r rune) bool { return r > ' ' && r < 0x7F || r == '\n' || r == 0 }

func nextRune(s string) rune {
	for _, r := range s {
		if !isBlank(r) {
			return r
		}
	}
	return 0
}

// isRuby reports whether a reading in brackets can follow.
func isRuby(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// rubyLength returns the length of a pinyin reading in brackets at the beginning of s, 0 where there is none.
func rubyLength(s string) int {
	if !strings.HasPrefix(s, "(") && !strings.HasPrefix(s, "（") {
		return 0
	}
	letters := 0
	for i, r := range s {
		switch {
		case i == 0:
		case r == ')' || r == '）':
			if letters == 0 {
				return 0
			}
			return i + len(string(r))
		case r >= 'a' && r <= 'z' || strings.ContainsRune("āáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜńňǹḿ", r):
			letters++
		case r != ' ' && !unicode.Is(unicode.Zs, r):
			return 0
		}
		if i > 24 {
			return 0
		}
	}
	return 0
}

// foldRune maps one character to the form that the rules are written in.
func foldRune(r rune, table map[rune]rune) rune {
	switch {
	case r < 0x2010 && r != '~':
		return r
	case r == 'Ｏ' || r == 'ｏ':
		return '〇'
	case r >= 0xFF01 && r <= 0xFF5D:
		return r - 0xFEE0
	}
	switch r {
	case '—', '–', '―', '─', '‐', '‑', '‒', '～', '〜', '−', '~':
		return '-'
	case '○', '◯', '零':
		return '〇'
	case '「', '『':
		return '“'
	case '」', '』':
		return '”'
	case '笫':
		return '第'
	case '〔', '【':
		return '['
	case '〕', '】':
		return ']'
	}
	if r >= 0x2E80 && r <= 0x2FD5 {
		if s, ok := radicalTable()[r]; ok {
			r = s
		}
	}
	if r >= 0x4E00 {
		if s, ok := table[r]; ok {
			return s
		}
	}
	return r
}

// source maps a range of the folded text to the source.
func (v view) source(start, end int) corpus.Span {
	if start >= end {
		return corpus.Span{Start: int(v.at[start]), End: int(v.at[start])}
	}
	// The end is behind the last character, not before the next one: what was dropped between is not part of the range.
	last := int(v.at[end-1])
	return corpus.Span{Start: int(v.at[start]), End: last + len(string(nextAny(v.origin[last:])))}
}

func nextAny(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// printed returns a range as the source prints it, without blanks, line ends and pinyin.
func (v view) printed(start, end int) string {
	var b strings.Builder
	previous := int32(-1)
	for i := start; i < end; i++ {
		if v.at[i] == previous {
			continue
		}
		previous = v.at[i]
		if r := nextAny(v.origin[previous:]); r != '\n' {
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

// lines returns the ranges of the lines, without their ends.
func (v view) lines() []corpus.Span {
	var out []corpus.Span
	for start := 0; start < len(v.text); {
		end := len(v.text)
		if i := strings.IndexByte(v.text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if end > start {
			out = append(out, corpus.Span{Start: start, End: end})
		}
		start = end + 1
	}
	return out
}
