package taxonomy

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"tongjian/corpus"
)

// neutral is the leaf of rules that only keep other rules from firing.
const neutral = -1

const defaultWeight = 0.9

// place is a set of the parts of a finding that a rule applies to.
type place uint8

const (
	inStatement place = 1 << iota
	inAccount
	inHeading
	everywhere = inStatement | inAccount | inHeading
)

// rule is one entry of a rule file.
type rule struct {
	leaf     int    // place in Taxonomy.leaves, or neutral
	id       string // "procurement.purchasing/拆分规避"
	weight   float64
	in       place
	also     []int
	over     []int
	second   bool
	covers   bool
	facts    bool
	beside   bool
	follows  bool
	terms    []expression
	unless   []expression
	requires []expression
}

// expression is one pattern as written, with the line it stands in.
type expression struct {
	text string
	file string
	line int
}

// readRules reads one rule file. It walks the syntax tree itself so that every message can name the line.
func (t *Taxonomy) readRules(name string, data []byte) ([]rule, error) {
	code := strings.TrimSuffix(path.Base(name), ".yaml")
	leaf, ok := t.index[corpus.CategoryCode(code)]
	if code == "neutral" {
		leaf, ok = neutral, true
	}
	if !ok {
		return nil, invalid(name, 0, fmt.Sprintf("文件名 %q 不是类别代码", code), nil)
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, invalid(name, 0, "规则文件格式有误", err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, invalid(name, 0, "规则文件是空的", nil)
	}
	r := ruleReader{t: t, file: name}
	list := r.ruleList(file.Docs[0].Body)
	var rules []rule
	names := map[string]bool{}
	for _, node := range list {
		one := r.rule(node)
		if names[one.id] {
			r.fail(node, fmt.Sprintf("规则名 %q 重复", one.id))
		}
		names[one.id] = true
		one.leaf, one.id = leaf, code+"/"+one.id
		rules = append(rules, one)
	}
	return rules, r.err
}

// ruleReader turns syntax nodes into rules and keeps the first mistake.
type ruleReader struct {
	t    *Taxonomy
	file string
	err  error
}

func (r *ruleReader) fail(node ast.Node, message string) {
	if r.err == nil {
		r.err = invalid(r.file, line(node), message, nil)
	}
}

func line(node ast.Node) int {
	if tok := node.GetToken(); tok != nil && tok.Position != nil {
		return tok.Position.Line
	}
	return 0
}

// ruleList returns the entries under the only key of a rule file, `rules`.
func (r *ruleReader) ruleList(body ast.Node) []ast.Node {
	var list []ast.Node
	for _, v := range r.mapping(body) {
		if key(v) != "rules" {
			r.fail(v, fmt.Sprintf("未知的字段 %q，应为 rules", key(v)))
			continue
		}
		list = r.sequence(v.Value)
	}
	if len(list) == 0 {
		r.fail(body, "没有任何规则")
	}
	return list
}

func (r *ruleReader) rule(node ast.Node) rule {
	one := rule{weight: defaultWeight, in: everywhere}
	for _, v := range r.mapping(node) {
		switch key(v) {
		case "name":
			one.id = r.text(v.Value)
		case "weight":
			one.weight = r.weight(v.Value)
		case "terms":
			one.terms = r.expressions(v.Value)
		case "unless":
			one.unless = r.expressions(v.Value)
		case "requires":
			one.requires = r.expressions(v.Value)
		case "in":
			one.in = r.places(v.Value)
		case "also":
			one.also = r.codes(v.Value)
		case "over":
			one.over = r.codes(v.Value)
		case "second":
			one.second = r.truth(v.Value)
		case "follows":
			one.follows = r.truth(v.Value)
		case "beside":
			one.beside = r.truth(v.Value)
		case "covers":
			one.covers = r.truth(v.Value)
		case "facts":
			one.facts = r.truth(v.Value)
		default:
			r.fail(v, fmt.Sprintf("未知的字段 %q", key(v)))
		}
	}
	if one.id == "" {
		r.fail(node, "规则没有 name")
	}
	if len(one.terms) == 0 {
		r.fail(node, fmt.Sprintf("规则 %q 没有 terms", one.id))
	}
	return one
}

func key(v *ast.MappingValueNode) string { return v.Key.GetToken().Value }

func (r *ruleReader) mapping(node ast.Node) []*ast.MappingValueNode {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	r.fail(node, "这里应为“字段: 值”")
	return nil
}

func (r *ruleReader) sequence(node ast.Node) []ast.Node {
	if n, ok := node.(*ast.SequenceNode); ok {
		return n.Values
	}
	r.fail(node, "这里应为列表")
	return nil
}

func (r *ruleReader) text(node ast.Node) string {
	if n, ok := node.(*ast.StringNode); ok {
		return strings.TrimSpace(n.Value)
	}
	// A term such as 12345 is a number to YAML and a word to us.
	if n, ok := node.(ast.ScalarNode); ok && n.GetToken() != nil {
		return strings.TrimSpace(n.GetToken().Value)
	}
	r.fail(node, "这里应为文字")
	return ""
}

func (r *ruleReader) truth(node ast.Node) bool {
	b, err := strconv.ParseBool(r.text(node))
	if err != nil {
		r.fail(node, "这里应为 true 或 false")
	}
	return b
}

func (r *ruleReader) weight(node ast.Node) float64 {
	w, err := strconv.ParseFloat(r.text(node), 64)
	if err != nil || w <= 0 || w > 1 {
		r.fail(node, "weight 应为大于 0、不大于 1 的数")
	}
	return w
}

func (r *ruleReader) expressions(node ast.Node) []expression {
	var list []expression
	for _, n := range r.sequence(node) {
		list = append(list, expression{text: r.text(n), file: r.file, line: line(n)})
	}
	return list
}

func (r *ruleReader) places(node ast.Node) place {
	known := map[string]place{"statement": inStatement, "account": inAccount, "heading": inHeading}
	var in place
	for _, n := range r.sequence(node) {
		p, ok := known[r.text(n)]
		if !ok {
			r.fail(n, fmt.Sprintf("未知的位置 %q，应为 statement、account 或 heading", r.text(n)))
		}
		in |= p
	}
	return in
}

func (r *ruleReader) codes(node ast.Node) []int {
	var list []int
	for _, n := range r.sequence(node) {
		i, ok := r.t.index[corpus.CategoryCode(r.text(n))]
		if !ok {
			r.fail(n, fmt.Sprintf("未知的类别 %q", r.text(n)))
		}
		if !slices.Contains(list, i) {
			list = append(list, i)
		}
	}
	return list
}
