package taxonomy

import "unicode/utf8"

// variants are characters that mean the same in these documents, and misprints that are common in them.
var variants = map[rune]rune{'帐': '账', '笫': '第', '〇': '零'}

// foldRune maps full-width forms to plain ones, capitals to small letters and variants to the usual character.
func foldRune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r >= 0x4E00 && r <= 0x9FFF:
		if v, ok := variants[r]; ok {
			return v
		}
		return r
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

// skipped reports whether a character is passed over when rules are matched: quotation marks, brackets, blanks, and the
// mark between the members of a list.
func skipped(r rune) bool {
	switch r {
	case ' ', '\t', '\u00a0', '\u3000', '"', '\'', '“', '”', '‘', '’', '「', '」', '『', '』', '《', '》', '〈', '〉', '【', '】',
		'(', ')', '（', '）', '[', ']', '〔', '〕', '、', '·':
		return true
	}
	return false
}

// clauseEnd reports whether a folded character ends a clause.
func clauseEnd(r rune) bool {
	switch r {
	case ',', ';', ':', '!', '?', '。', '\n':
		return true
	}
	return false
}

// joins reports whether a character joins two topics within a clause (合同和档案管理).
func joins(r rune) bool { return r == '、' || r == '和' || r == '与' || r == '及' }

// symbol is one character of a folded text that can take part in a match.
type symbol struct {
	class      uint16 // number of the character in the program's alphabet, 0 for one that no rule uses
	clause     int32
	sub        int32 // part of the clause between joining words, counted over the whole text
	start, end int32 // bytes in the original text
}

// fold turns a text into symbols, reusing the given slice.
func (p *program) fold(text string, into []symbol) []symbol {
	into = into[:0]
	var clause, sub int32
	for i, n := 0, 0; i < len(text); i += n {
		var r rune
		if r, n = utf8.DecodeRuneInString(text[i:]); joins(r) {
			sub++
		}
		if skipped(r) {
			continue
		}
		f := foldRune(r)
		if clauseEnd(f) {
			clause++
			sub++
		}
		into = append(into, symbol{class: p.class(f), clause: clause, sub: sub, start: int32(i), end: int32(i + n)})
	}
	return into
}
