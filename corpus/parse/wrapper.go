package parse

import (
	"strings"

	"tongjian/corpus"
)

var (
	wrapperLeads = []string{"关于", "针对", "对于", "对照", "围绕", "就", "对"}
	quoteOpens   = "“「『‘"
	quoteCloses  = "”」』’"
	// wrapperTails may stand between 问题 and the end of the wrapper.
	wrapperTails = []string{"的整改工作", "整改方面", "整改上", "上", "的整改落实情况", "的整改情况", "整改落实情况", "整改情况", "整改进展情况", "的整改措施", "的整改", "整改", "的落实情况", "方面", "一事"}
)

// wrapper is a statement inside 针对…问题, 关于“…”问题的整改 or the like.
type wrapper struct {
	inner corpus.Span // the statement
	outer corpus.Span // with everything around it
	rest  int         // where the text behind it and its punctuation begins
}

// findWrapper reads a wrapper at the beginning of all[at:end]. Quotes are followed to their ends, so that a quoted
// statement may hold full stops, years and the word 问题 itself; where a quote is never closed it is read as if it were
// not there.
func findWrapper(all string, at, end int) (wrapper, bool) {
	lead := hasPrefix(all[at:end], wrapperLeads)
	if lead == 0 {
		return findQuoted(all, at, end)
	}
	if w, ok := scanWrapper(all, at, at+lead, end, wrapping{quotes: true}); ok {
		return w, true
	}
	return scanWrapper(all, at, at+lead, end, wrapping{})
}

// minQuoted is the shortest quoted problem that needs no lead before it, in characters: shorter quotes are names, as in “四风”问题.
const minQuoted = 6

// findQuoted reads “F”问题 and 在“F”问题上, the wrappers that only the quotes tell.
func findQuoted(all string, at, end int) (wrapper, bool) {
	from := at + hasPrefix(all[at:end], []string{"在"})
	if r, _ := decodeRune(all[from:end]); !opensQuote(r) && r != '"' {
		return wrapper{}, false
	}
	w, ok := scanWrapper(all, at, from, end, wrapping{quotes: true, anyWords: true})
	if !ok {
		w, ok = quotedWork(all, from, end)
	}
	if !ok || w.inner.Start == from || !longer(all[w.inner.Start:w.inner.End], minQuoted-1) {
		return wrapper{}, false
	}
	return w, true
}

// quotedWork reads “F”的整改落实情况, which says that what is quoted was put right.
func quotedWork(all string, at, end int) (wrapper, bool) {
	open, n := decodeRune(all[at:end])
	depth := 0
	for i := at; i < end && i-at < maxQuoted; {
		r, w := decodeRune(all[i:end])
		switch {
		case open == '"' && r == '"' && i > at, open != '"' && closesQuote(r) && depth == 1:
			after := i + w
			tail := hasPrefix(all[after:end], wrapperTails)
			if rest, ok := wrapperEnd(all, after+tail, end); ok && strings.Contains(all[after:after+tail], "整改") {
				inner := trimStatement(all, corpus.Span{Start: at + n, End: i})
				return wrapper{inner, corpus.Span{Start: at, End: rest}, skipClosing(all, rest, end)}, inner.Len() > 0
			}
			return wrapper{}, false
		case open != '"' && opensQuote(r):
			depth++
		case open != '"' && closesQuote(r):
			depth--
		}
		i += w
	}
	return wrapper{}, false
}

// wrapperOf reads the wrapper that the text of a line begins with, behind its number.
func (t *text) wrapperOf(l *line) (wrapper, bool) {
	if l.wrapAt != l.body+1 {
		l.wrap, l.wrapped = findWrapper(t.all, l.body, l.span.End)
		l.wrapAt = l.body + 1
	}
	return l.wrap, l.wrapped
}

// findPair reads 对甲问题，… inside a paragraph, where the sentence after it tells what was done: what it names needs no word of
// weakness.
func findPair(all string, at, end int) (wrapper, bool) {
	lead := hasPrefix(all[at:end], wrapperLeads)
	if lead == 0 {
		return wrapper{}, false
	}
	return scanWrapper(all, at, at+lead, end, wrapping{quotes: true, anyWords: true})
}

// wrapping says how a wrapper is read: with its quotes followed to their ends, and whether 对…问题 may name anything.
type wrapping struct{ quotes, anyWords bool }

// pointsBack are what stands in 针对上述问题 and the like, which states nothing.
var pointsBack = makeSet("上述 以上 这些 该 此 存在 反馈 发现 巡察反馈 巡察发现 巡视反馈 审计发现 审计查出 巡察组反馈 反馈意见和 相关 有关 具体 重点 突出 主要 关键 共性 存在的 发现的 反馈的")

// wrapperSigns are the characters that scanWrapper looks at.
var wrapperSigns = newRuneSet("\"“「『‘”」』’问。；")

func scanWrapper(all string, at, from, end int, how wrapping) (wrapper, bool) {
	if !strings.Contains(all[from:end], "问题") {
		return wrapper{}, false
	}
	depth, ascii := 0, false
	for i := from; i < end; {
		r, w := decodeRune(all[i:end])
		if !wrapperSigns.has(r) {
			i += w
			continue
		}
		switch {
		case how.quotes && r == '"':
			ascii = !ascii
		case r < 0x80: // most marks and letters open nothing
		case how.quotes && opensQuote(r):
			depth++
		case how.quotes && closesQuote(r):
			depth = max(0, depth-1)
		case depth > 0 || ascii:
		case r == '问' && strings.HasPrefix(all[i:end], "问题"):
			if rest, ok := wrapperEnd(all, i+len("问题"), end); ok {
				inner := unquote(all, trimWrapped(all, corpus.Span{Start: from, End: i}))
				words := all[inner.Start:inner.End]
				if pointsBack[words] || from-at < len("关于") && !how.anyWords && !saysWrong(words) {
					return wrapper{}, false
				}
				return wrapper{inner, corpus.Span{Start: at, End: rest}, skipClosing(all, rest, end)}, inner.Len() > 0
			}
		case r == '。' || r == '；':
			return wrapper{}, false
		}
		i += w
	}
	return wrapper{}, false
}

// opensQuote and closesQuote report whether r is one of quoteOpens and quoteCloses: they are asked of every character.
func opensQuote(r rune) bool { return r == '“' || r == '「' || r == '『' || r == '‘' }

func closesQuote(r rune) bool { return r == '”' || r == '」' || r == '』' || r == '’' }

// wrapperEnd reports whether the word 问题 that ends at i ends a wrapper there, and where.
func wrapperEnd(all string, i, end int) (int, bool) {
	i += skipBlanks(all[i:end])
	if i < end {
		if r, w := decodeRune(all[i:end]); strings.ContainsRune(quoteCloses, r) {
			i += w
		}
	}
	i += hasPrefix(all[i:end], wrapperTails)
	i += skipBlanks(all[i:end])
	if i >= end {
		return end, true
	}
	switch r, _ := decodeRune(all[i:end]); r {
	case '。', '，', ',', '：', ':', '；', ';', '.', '（', '(', '！', '#':
		return i, true
	}
	if _, n := scanMark(all[i:end]); n > 0 {
		return i, true
	}
	return 0, false
}

// trimWrapped drops what belongs to the wrapper before 问题: 的, 等, blanks.
func trimWrapped(all string, s corpus.Span) corpus.Span {
	s = trimSpan(all, s)
	for _, tail := range []string{"的", "等", "等方面"} {
		if strings.HasSuffix(all[s.Start:s.End], tail) {
			s.End -= len(tail)
			s = trimSpan(all, s)
		}
	}
	return s
}

// straightUnquoted drops straight quotes at the ends where there are others inside: which open and which close only their number and
// what stands between tell.
func straightUnquoted(all string, s corpus.Span) corpus.Span {
	words := all[s.Start:s.End]
	n := strings.Count(words, "\"")
	if n < 3 {
		return s
	}
	opens, closes := words[0] == '"', words[len(words)-1] == '"'
	switch {
	case n%2 == 1 && opens:
		s.Start++
	case n%2 == 1 && closes:
		s.End--
	case opens && closes:
		_, rest, _ := strings.Cut(words[1:], "\"")
		if between, _, _ := strings.Cut(rest, "\""); hasPrefix(between, []string{"和", "与", "、", "及", "或"}) == 0 {
			s.Start, s.End = s.Start+1, s.End-1
		}
	}
	return trimStatement(all, s)
}

// unquote drops quotes that stand around the whole span: “F” but not “甲”和“乙”.
func unquote(all string, s corpus.Span) corpus.Span {
	s = straightUnquoted(all, trimSpan(all, s))
	inner := all[s.Start:s.End]
	first, w := decodeRune(inner)
	last, v := decodeLast(inner)
	if len(inner) < w+v {
		return s
	}
	open := strings.ContainsRune(quoteOpens, first) && strings.ContainsRune(quoteCloses, last)
	if !open && !(first == '"' && last == '"') {
		return s
	}
	depth := 0
	for i, r := range inner {
		switch {
		case r == '"' && first == '"':
			if i > 0 && i < len(inner)-v {
				return s
			}
		case strings.ContainsRune(quoteOpens, r):
			depth++
		case strings.ContainsRune(quoteCloses, r):
			depth--
			if depth == 0 && i < len(inner)-v {
				return s
			}
		}
	}
	return trimStatement(all, corpus.Span{Start: s.Start + w, End: s.End - v})
}

// skipClosing returns the first place from i at which neither punctuation nor a blank stands.
func skipClosing(all string, i, end int) int {
	return end - len(trimLeft(all[i:end], closing))
}
