package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus"
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenPhrase
	tokenField // text is the field's name; its value is the next token
	tokenOpen
	tokenClose
	tokenMinus
	tokenAnd
	tokenOr
)

// token is one piece of a query; at and end are byte offsets into it.
type token struct {
	kind    tokenKind
	text    string
	field   corpus.Field
	at, end int
}

// lexer cuts a query into tokens. Full-width forms of quotes, brackets, colons and the minus mean the same as the
// half-width ones; everything else is left as it is.
type lexer struct {
	src string
	pos int
}

const (
	openQuotes  = `"“”＂`
	closeQuotes = `"“”＂`
)

// next returns the next token.
func (l *lexer) next() (token, error) {
	l.skipBlanks()
	at := l.pos
	if at == len(l.src) {
		return token{kind: tokenEnd, at: at, end: at}, nil
	}
	r, size := utf8.DecodeRuneInString(l.src[at:])
	single := func(kind tokenKind) (token, error) {
		l.pos += size
		return token{kind: kind, at: at, end: l.pos}, nil
	}
	switch {
	case r == '(' || r == '（':
		return single(tokenOpen)
	case r == ')' || r == '）':
		return single(tokenClose)
	case r == '-' || r == '－':
		return single(tokenMinus)
	case strings.ContainsRune(openQuotes, r):
		return l.phrase(r, size)
	}
	return l.word(true)
}

// value returns the token that is the value of a field: a phrase or a word in which a colon or a minus means nothing.
func (l *lexer) value() (token, error) {
	l.skipBlanks()
	r, size := utf8.DecodeRuneInString(l.src[l.pos:])
	switch {
	case size == 0:
		return token{kind: tokenEnd, at: l.pos, end: l.pos}, nil
	case strings.ContainsRune("()（）", r):
		return token{kind: tokenOpen, at: l.pos, end: l.pos + size}, nil
	case strings.ContainsRune(openQuotes, r):
		return l.phrase(r, size)
	}
	return l.word(false)
}

func (l *lexer) skipBlanks() {
	for l.pos < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.src[l.pos:])
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += size
	}
}

// word reads up to a blank, a quote or a bracket. Full-width brackets inside a word belong to it when they are closed
// in it, as in names: 珠江市商务局（口岸局）. With operators, a field's name ends at its colon.
func (l *lexer) word(operators bool) (token, error) {
	at, depth := l.pos, 0
	for l.pos < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.src[l.pos:])
		if unicode.IsSpace(r) || strings.ContainsRune(openQuotes, r) || r == '(' || r == ')' || (r == '）' && depth == 0) {
			break
		}
		if r == '（' && !strings.ContainsRune(wordRest(l.src[l.pos+size:]), '）') {
			break
		}
		if (r == ':' || r == '：') && operators && l.pos > at {
			if t, ok, err := l.fieldName(at, size); ok || err != nil {
				return t, err
			}
		}
		depth += bracketStep(r)
		l.pos += size
	}
	text := l.src[at:l.pos]
	t := token{kind: tokenWord, text: text, at: at, end: l.pos}
	if operators {
		switch text {
		case "AND", "&&":
			t.kind = tokenAnd
		case "OR", "||", "|":
			t.kind = tokenOr
		case "NOT":
			t.kind = tokenMinus
		}
	}
	return t, nil
}

func bracketStep(r rune) int {
	switch r {
	case '（':
		return 1
	case '）':
		return -1
	}
	return 0
}

// wordRest returns the text up to the next character that ends a word.
func wordRest(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(openQuotes+"()", r)
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// fieldName reads the name in front of a colon. A name in Latin letters must be one of a field; any other text may have
// a colon in it.
func (l *lexer) fieldName(at, colon int) (token, bool, error) {
	name := l.src[at:l.pos]
	field, ok := fieldNamed(name)
	if !ok {
		if isIdentifier(name) {
			return token{}, false, &corpus.Error{
				Kind: corpus.Invalid, Code: CodeUnknownField, Message: "检索式中没有“" + name + "”这个字段",
				Param: "q", Value: name, Position: at, Expected: fieldList(),
			}
		}
		return token{}, false, nil
	}
	l.pos += colon
	return token{kind: tokenField, text: name, field: field, at: at, end: l.pos}, true, nil
}

func isIdentifier(s string) bool {
	for _, r := range s {
		if r > unicode.MaxASCII || !(unicode.IsLetter(r) || r == '_') {
			return false
		}
	}
	return s != ""
}

// phrase reads quoted text. A straight quote ends at the next straight one, and \" and \\ stand for " and \ in it. A
// curly quote ends at the curly one that closes it, so that quotes inside quotes are text.
func (l *lexer) phrase(open rune, size int) (token, error) {
	at := l.pos
	l.pos += size
	if open == '"' || open == '＂' {
		if t, ok := l.straight(at); ok {
			return t, nil
		}
	} else if t, ok := l.curly(at); ok {
		return t, nil
	}
	return token{}, syntaxError(l.src, at, "引号没有配对", "在文字末尾加上另一个引号")
}

func (l *lexer) straight(at int) (token, bool) {
	var b strings.Builder
	for i := l.pos; i < len(l.src); {
		r, size := utf8.DecodeRuneInString(l.src[i:])
		switch {
		case r == '"' || r == '＂':
			l.pos = i + size
			return token{kind: tokenPhrase, text: b.String(), at: at, end: l.pos}, true
		case r == '\\' && i+1 < len(l.src) && (l.src[i+1] == '"' || l.src[i+1] == '\\'):
			b.WriteByte(l.src[i+1])
			size = 2
		default:
			b.WriteString(l.src[i : i+size])
		}
		i += size
	}
	return token{}, false
}

func (l *lexer) curly(at int) (token, bool) {
	depth, last := 1, -1
	for i, r := range l.src[l.pos:] {
		switch r {
		case '“':
			depth++
		case '”':
			depth--
		}
		if strings.ContainsRune(closeQuotes, r) && last < 0 {
			last = i
		}
		if depth == 0 {
			last = i
			break
		}
	}
	if last < 0 {
		return token{}, false
	}
	text := l.src[l.pos : l.pos+last]
	_, size := utf8.DecodeRuneInString(l.src[l.pos+last:])
	l.pos += last + size
	return token{kind: tokenPhrase, text: text, at: at, end: l.pos}, true
}
