package index

import (
	"fmt"
	"strings"
	"unicode"

	"tongjian/corpus"
)

// The codes of the errors that ParseQuery returns.
const (
	CodeQuerySyntax  = "query_syntax"
	CodeUnknownField = "unknown_field"
	CodeUnknownValue = "unknown_value"
)

// maxDepth bounds how deep brackets may nest.
const maxDepth = 32

// ParseQuery reads a query:
//
//	采购 招标           both words            “三重一大”          exactly this text; "…" means the same
//	采购 OR 招标        either; binds less than and            (采购 OR 招标) 合同   brackets
//	-培训               not                   year:2019..2023     a field, here a range; year:2019.. is open
//	unit:"海州市商务局"   a value with blanks    category:procurement  a leaf or a domain, by code or by name
//
// Fields are those of corpus.Fields, by their English or Chinese names. Full-width quotes, brackets, colons and minus
// signs are accepted. Values of controlled fields are resolved by the vocabulary; with a nil one, only the values that
// package corpus defines are checked. Errors are *corpus.Error of kind Invalid with a position, and never panics.
func ParseQuery(q string, v Vocabulary) (Query, error) {
	if len(q) > MaxQueryBytes {
		return Query{}, &corpus.Error{
			Kind: corpus.Invalid, Code: "query_too_long", Message: fmt.Sprintf("检索式有 %d 字节，超过上限", len(q)),
			Param: "q", Position: MaxQueryBytes, Expected: fmt.Sprintf("不超过 %d 字节", MaxQueryBytes),
		}
	}
	p := parser{lexer: lexer{src: q}, vocabulary: v}
	if err := p.advance(); err != nil {
		return Query{}, err
	}
	root, err := p.or()
	if err != nil {
		return Query{}, err
	}
	if p.tok.kind == tokenClose {
		return Query{}, syntaxError(q, p.tok.at, "右括号没有对应的左括号", "去掉它，或在前面加上左括号")
	}
	if root == nil && strings.TrimSpace(q) != "" {
		return Query{}, syntaxError(q, 0, "检索式中没有可检索的字词", "字词，或加引号的标点")
	}
	return Query{Root: root}, nil
}

// parser is a recursive-descent parser. A nil Node is a clause without content: punctuation between words.
type parser struct {
	lexer      lexer
	vocabulary Vocabulary
	tok        token
	clauses    int
	depth      int
}

func (p *parser) advance() (err error) {
	p.tok, err = p.lexer.next()
	return err
}

// or reads clauses joined by OR.
func (p *parser) or() (Node, error) {
	var nodes []Node
	for {
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		nodes = appendClause(nodes, n, false)
		if p.tok.kind != tokenOr {
			return join(nodes, func(nodes []Node) Node { return Or{nodes} }), nil
		}
		at := p.tok.at
		if n == nil {
			return nil, syntaxError(p.lexer.src, at, "OR 前面缺少检索词", "字词、引号中的文字或字段条件")
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
		if p.tok.kind == tokenEnd || p.tok.kind == tokenClose || p.tok.kind == tokenOr {
			return nil, syntaxError(p.lexer.src, p.tok.at, "OR 后面缺少检索词", "字词、引号中的文字或字段条件")
		}
	}
}

// and reads clauses that stand side by side, with or without AND between them.
func (p *parser) and() (Node, error) {
	var nodes []Node
	for {
		switch p.tok.kind {
		case tokenEnd, tokenClose, tokenOr:
			return join(nodes, func(nodes []Node) Node { return And{nodes} }), nil
		case tokenAnd:
			if err := p.operator(len(nodes) > 0); err != nil {
				return nil, err
			}
			continue
		}
		n, err := p.unary()
		if err != nil {
			return nil, err
		}
		nodes = appendClause(nodes, n, true)
	}
}

// operator checks that an AND stands between two clauses.
func (p *parser) operator(before bool) error {
	at := p.tok.at
	if !before {
		return syntaxError(p.lexer.src, at, "AND 前面缺少检索词", "字词、引号中的文字或字段条件")
	}
	if err := p.advance(); err != nil {
		return err
	}
	switch p.tok.kind {
	case tokenEnd, tokenClose, tokenOr, tokenAnd:
		return syntaxError(p.lexer.src, p.tok.at, "AND 后面缺少检索词", "字词、引号中的文字或字段条件")
	}
	return nil
}

// appendClause adds a clause, taking apart one of the same kind: (a b) c is a b c.
func appendClause(nodes []Node, n Node, and bool) []Node {
	switch inner := n.(type) {
	case nil:
		return nodes
	case And:
		if and {
			return append(nodes, inner.Nodes...)
		}
	case Or:
		if !and {
			return append(nodes, inner.Nodes...)
		}
	}
	return append(nodes, n)
}

// unary reads one clause and the minus signs before it.
func (p *parser) unary() (Node, error) {
	if p.tok.kind != tokenMinus {
		return p.primary()
	}
	at := p.tok.at
	if p.depth++; p.depth > maxDepth {
		return nil, p.tooComplex(at)
	}
	defer func() { p.depth-- }()
	if err := p.advance(); err != nil {
		return nil, err
	}
	n, err := p.unary()
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, syntaxError(p.lexer.src, at, "减号后面缺少要排除的内容", "字词、引号中的文字或字段条件")
	}
	if not, ok := n.(Not); ok {
		return not.Node, nil
	}
	return Not{n}, nil
}

func (p *parser) primary() (Node, error) {
	t := p.tok
	if p.clauses++; p.clauses > MaxClauses {
		return nil, p.tooComplex(t.at)
	}
	switch t.kind {
	case tokenOpen:
		return p.group()
	case tokenField:
		return p.field()
	case tokenPhrase:
		if t.text == "" {
			return nil, syntaxError(p.lexer.src, t.at, "引号中没有文字", "要查找的文字")
		}
		return Phrase{t.text}, p.advance()
	case tokenWord:
		if !hasWord(t.text) {
			return nil, p.advance()
		}
		return Word{t.text}, p.advance()
	}
	return nil, syntaxError(p.lexer.src, t.at, "这里缺少检索词", "字词、引号中的文字或字段条件")
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

func (p *parser) group() (Node, error) {
	at := p.tok.at
	if p.depth++; p.depth > maxDepth {
		return nil, p.tooComplex(at)
	}
	defer func() { p.depth-- }()
	if err := p.advance(); err != nil {
		return nil, err
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.tok.kind != tokenClose {
		return nil, syntaxError(p.lexer.src, at, "左括号没有对应的右括号", "在后面加上右括号")
	}
	if n == nil {
		return nil, syntaxError(p.lexer.src, at, "括号中没有内容", "字词、引号中的文字或字段条件")
	}
	return n, p.advance()
}

func (p *parser) field() (Node, error) {
	name := p.tok
	t, err := p.lexer.value()
	if err != nil {
		return nil, err
	}
	if (t.kind != tokenWord && t.kind != tokenPhrase) || t.text == "" {
		return nil, syntaxError(p.lexer.src, t.at, "“"+name.text+"”后面缺少值", "值，如 "+string(name.field)+":"+example(name.field))
	}
	values, err := ResolveValue(name.field, t.text, p.vocabulary)
	if err != nil {
		if e, ok := err.(*corpus.Error); ok {
			e.Param, e.Position = "q", t.at
		}
		return nil, err
	}
	return Field{Field: name.field, Written: t.text, Values: values}, p.advance()
}

func (p *parser) tooComplex(at int) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Code: "query_too_complex", Message: "检索式过于复杂", Param: "q", Position: at,
		Expected: fmt.Sprintf("不超过 %d 个条件、%d 层括号", MaxClauses, maxDepth),
	}
}

func syntaxError(q string, at int, message, expected string) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Code: CodeQuerySyntax, Message: "检索式有误：" + message,
		Param: "q", Value: q, Position: at, Expected: expected,
	}
}
