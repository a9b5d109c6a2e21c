package index

import (
	"slices"
	"strings"

	"tongjian/corpus"
)

// Query is a text query as ParseQuery read it. The zero Query matches everything.
type Query struct {
	// Root is nil where the query is empty.
	Root Node
}

// Node is one clause of a query: And, Or, Not, Word, Phrase or Field.
type Node interface{ node() }

// And matches what all its clauses match. It has two clauses or more, none of them an And.
type And struct{ Nodes []Node }

// Or matches what any of its clauses matches. It has two clauses or more, none of them an Or.
type Or struct{ Nodes []Node }

// Not matches what its clause does not match.
type Not struct{ Node Node }

// Word is text without quotes. It matches a passage in which all the words that it segments into stand, in any order
// and inside other words too: 采购管理混乱 stands for 采购管理 and 混乱, and 处理 is found in 待处理. Punctuation and
// particles (的, 和, 在) in it do not count. What holds the text as it is ranks higher. A word that has synonyms is also
// found where one of them stands, unless the filter says otherwise or it stands in a Not: so synonyms only ever add.
type Word struct{ Text string }

// Phrase is text in quotes. It matches a passage in which it stands as it is, punctuation and blanks included; only
// what segment.Fold takes out makes no difference: width, case, traditional characters, the shape of quotation marks.
type Phrase struct{ Text string }

// Field is a condition on a field. Values holds what is accepted, any of which will do: the stored values where the
// vocabulary knows them, else the value as written. A range, for years and dates, is one value "a..b".
type Field struct {
	Field corpus.Field
	// Written is the value as the user wrote it.
	Written string
	Values  []string
}

func (And) node()    {}
func (Or) node()     {}
func (Not) node()    {}
func (Word) node()   {}
func (Phrase) node() {}
func (Field) node()  {}

// Walk calls visit for every clause, outer clauses first.
func (q Query) Walk(visit func(Node)) { walk(q.Root, visit) }

func walk(n Node, visit func(Node)) {
	if n == nil {
		return
	}
	visit(n)
	switch n := n.(type) {
	case And:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case Or:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case Not:
		walk(n.Node, visit)
	}
}

// OfDocument returns the part of the query that chooses documents: the conditions on fields of documents that all hold
// for every match. Text, conditions on fields of passages, and what stands beside them under OR or in a NOT are left out.
// Shares are taken of what it chooses.
func (q Query) OfDocument() Query {
	clauses := []Node{q.Root}
	if and, ok := q.Root.(And); ok {
		clauses = and.Nodes
	}
	kept := slices.DeleteFunc(slices.Clone(clauses), func(n Node) bool { return n == nil || !ofDocument(n) })
	return Query{Root: join(kept, func(nodes []Node) Node { return And{nodes} })}
}

// ofDocument reports whether a clause asks about nothing but fields of documents.
func ofDocument(n Node) bool {
	switch n := n.(type) {
	case And:
		return all(n.Nodes, ofDocument)
	case Or:
		return all(n.Nodes, ofDocument)
	case Not:
		return ofDocument(n.Node)
	case Field:
		return n.Field.OfDocument()
	}
	return false
}

func all(nodes []Node, ok func(Node) bool) bool {
	return !slices.ContainsFunc(nodes, func(n Node) bool { return !ok(n) })
}

// join returns the one clause there is, or the clauses under what make makes, or nil.
func join(nodes []Node, make func([]Node) Node) Node {
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return make(nodes)
}

// String writes the query in the query language, so that parsing it again gives the same query. Clauses that bind
// differently are put in brackets even where they need not be, so that the user sees how the query was read.
func (q Query) String() string {
	var b strings.Builder
	printNode(&b, q.Root, false)
	return b.String()
}

func printNode(b *strings.Builder, n Node, inside bool) {
	switch n := n.(type) {
	case And:
		printList(b, n.Nodes, " ", inside)
	case Or:
		printList(b, n.Nodes, " OR ", inside)
	case Not:
		b.WriteByte('-')
		printNode(b, n.Node, true)
	case Word:
		b.WriteString(n.Text)
	case Phrase:
		printQuoted(b, n.Text)
	case Field:
		b.WriteString(string(n.Field) + ":")
		if needsQuotes(n.Written) {
			printQuoted(b, n.Written)
		} else {
			b.WriteString(n.Written)
		}
	}
}

func printList(b *strings.Builder, nodes []Node, between string, brackets bool) {
	if brackets {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	for i, n := range nodes {
		if i > 0 {
			b.WriteString(between)
		}
		printNode(b, n, true)
	}
}

func printQuoted(b *strings.Builder, s string) {
	b.WriteByte('"')
	for {
		i := strings.IndexAny(s, `\"`)
		if i < 0 {
			break
		}
		b.WriteString(s[:i] + `\` + s[i:i+1])
		s = s[i+1:]
	}
	b.WriteString(s + `"`)
}

// needsQuotes reports whether a field's value would not be read back as one word.
func needsQuotes(s string) bool {
	l := lexer{src: s}
	t, err := l.value()
	return s == "" || err != nil || t.kind != tokenWord || t.end != len(s) || t.text != s
}
