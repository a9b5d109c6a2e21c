package index_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/index"
)

// words is a vocabulary of a few names.
type words struct{}

func (words) Resolve(field corpus.Field, name string) ([]string, string, bool) {
	if field != corpus.FieldCategory {
		return nil, "", true
	}
	switch name {
	case "采购与合同", "procurement":
		return []string{"procurement.purchasing", "procurement.tendering"}, "", true
	}
	return nil, "采购与合同", false
}

func TestParseQuery(t *testing.T) {
	w := func(s string) index.Node { return index.Word{Text: s} }
	p := func(s string) index.Node { return index.Phrase{Text: s} }
	f := func(field corpus.Field, written string, values ...string) index.Node {
		return index.Field{Field: field, Written: written, Values: values}
	}
	and := func(n ...index.Node) index.Node { return index.And{Nodes: n} }
	or := func(n ...index.Node) index.Node { return index.Or{Nodes: n} }
	not := func(n index.Node) index.Node { return index.Not{Node: n} }
	tests := []struct {
		query, printed string
		want           index.Node
	}{
		{"", "", nil},
		{"  \n", "", nil},
		{"采购", "采购", w("采购")},
		{"采购　招标", "采购 招标", and(w("采购"), w("招标"))},
		{"采购 AND 招标", "采购 招标", and(w("采购"), w("招标"))},
		{"采购 OR 招标", "采购 OR 招标", or(w("采购"), w("招标"))},
		{"a b OR c", "(a b) OR c", or(and(w("a"), w("b")), w("c"))},
		{"a (b OR c)", "a (b OR c)", and(w("a"), or(w("b"), w("c")))},
		{"（a OR （b OR c））", "a OR b OR c", or(w("a"), w("b"), w("c"))},
		{"-培训", "-培训", not(w("培训"))},
		{"－（培训 学习）", "-(培训 学习)", not(and(w("培训"), w("学习")))},
		{"NOT 培训", "-培训", not(w("培训"))},
		{"--培训", "培训", w("培训")},
		{"2020-2021", "2020-2021", w("2020-2021")},
		{`"未经集体研究"`, `"未经集体研究"`, p("未经集体研究")},
		{"“未经集体研究”", `"未经集体研究"`, p("未经集体研究")},
		{"”未经“", `"未经"`, p("未经")},
		{"“落实“三重一大”制度”", `"落实“三重一大”制度"`, p("落实“三重一大”制度")},
		{`"说\"不\"\\"`, `"说\"不\"\\"`, p(`说"不"\`)},
		{"落实“三重一大”制度", `落实 "三重一大" 制度`, and(w("落实"), p("三重一大"), w("制度"))},
		{"采购，。招标 、 -", "", nil},
		{"采购 、 招标", "采购 招标", and(w("采购"), w("招标"))},
		{"unit:海州市商务局", "unit:海州市商务局", f(corpus.FieldUnit, "海州市商务局", "海州市商务局")},
		{"单位： 海州市商务局（口岸局）", "unit:海州市商务局（口岸局）", f(corpus.FieldUnit, "海州市商务局（口岸局）", "海州市商务局（口岸局）")},
		{`unit:"海州市 商务局"`, `unit:"海州市 商务局"`, f(corpus.FieldUnit, "海州市 商务局", "海州市 商务局")},
		{"year:2019..2023", "year:2019..2023", f(corpus.FieldYear, "2019..2023", "2019..2023")},
		{"年份：２０２１", "year:２０２１", f(corpus.FieldYear, "２０２１", "2021")},
		{"category:采购与合同", "category:采购与合同", f(corpus.FieldCategory, "采购与合同", "procurement.purchasing", "procurement.tendering")},
		{"状态:已完成", "status:已完成", f(corpus.FieldStatus, "已完成", "done")},
		{"问题：采购", "问题：采购", w("问题：采购")},
		{"(采购)招标", "采购 招标", and(w("采购"), w("招标"))},
	}
	for _, tt := range tests {
		q, err := index.ParseQuery(tt.query, words{})
		if tt.query == "采购，。招标 、 -" {
			if err == nil {
				t.Errorf("ParseQuery(%q): no error", tt.query)
			}
			continue
		}
		if err != nil {
			t.Errorf("ParseQuery(%q): %v", tt.query, err)
			continue
		}
		if !reflect.DeepEqual(q.Root, tt.want) {
			t.Errorf("ParseQuery(%q) = %#v, want %#v", tt.query, q.Root, tt.want)
		}
		if q.String() != tt.printed {
			t.Errorf("ParseQuery(%q) prints %q, want %q", tt.query, q.String(), tt.printed)
		}
	}
}

func TestParseQueryErrors(t *testing.T) {
	tests := []struct {
		query, code string
		at          int
	}{
		{"(采购", index.CodeQuerySyntax, 0},
		{"采购)", index.CodeQuerySyntax, 6},
		{"采购 OR", index.CodeQuerySyntax, 9},
		{"OR 采购", index.CodeQuerySyntax, 0},
		{"采购 OR OR 招标", index.CodeQuerySyntax, 10},
		{"AND 采购", index.CodeQuerySyntax, 0},
		{"采购 AND", index.CodeQuerySyntax, 10},
		{"-", index.CodeQuerySyntax, 1},
		{"采购 -、", index.CodeQuerySyntax, 7},
		{"()", index.CodeQuerySyntax, 0},
		{`采购 "招标`, index.CodeQuerySyntax, 7},
		{"“招标", index.CodeQuerySyntax, 0},
		{`""`, index.CodeQuerySyntax, 0},
		{"，。", index.CodeQuerySyntax, 0},
		{"unit:", index.CodeQuerySyntax, 5},
		{"unit:(a OR b)", index.CodeQuerySyntax, 5},
		{"采购 foo:x", index.CodeUnknownField, 7},
		{"https://example.org", index.CodeUnknownField, 0},
		{"year:20", index.CodeUnknownValue, 5},
		{"year:2023..2019", index.CodeUnknownValue, 5},
		{"year:..", index.CodeUnknownValue, 5},
		{"date:2023/1/1", index.CodeUnknownValue, 5},
		{"采购 status: 好", index.CodeUnknownValue, 15},
		{"category:没有", index.CodeUnknownValue, 9},
		{"kind:x", index.CodeUnknownValue, 5},
		{strings.Repeat("(", 40) + "a" + strings.Repeat(")", 40), "query_too_complex", 32},
		{strings.Repeat("-", 40) + "a", "query_too_complex", 32},
		{strings.Repeat("a ", index.MaxClauses+1), "query_too_complex", 2 * index.MaxClauses},
		{strings.Repeat("a", index.MaxQueryBytes+1), "query_too_long", index.MaxQueryBytes},
	}
	for _, tt := range tests {
		_, err := index.ParseQuery(tt.query, words{})
		var e *corpus.Error
		if !errors.As(err, &e) {
			t.Errorf("ParseQuery(%.40q): error %v, want a *corpus.Error", tt.query, err)
			continue
		}
		if e.Kind != corpus.Invalid || e.Code != tt.code || e.Position != tt.at || e.Param != "q" || e.Expected == "" {
			t.Errorf("ParseQuery(%.40q): %s at %d, param %q, expected %q; want %s at %d",
				tt.query, e.Code, e.Position, e.Param, e.Expected, tt.code, tt.at)
		}
	}
}

// TestPrintRoundTrip checks that every query is printed so that it is read as the same query.
func TestPrintRoundTrip(t *testing.T) {
	pieces := []string{
		"采购", "招标", "a", " ", " ", "OR", " OR ", "AND", "NOT", "-", "－", "(", ")", "（", "）", `"`, "“", "”", `\`, ":", "：",
		"unit:", "年份：", "year:", "2019..2023", "status:done", "foo:", "，", "\n", "*",
	}
	rapid.Check(t, func(t *rapid.T) {
		checkRoundTrip(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "pieces"), ""))
	})
}

type failer interface{ Fatalf(string, ...any) }

func checkRoundTrip(t failer, query string) {
	q, err := index.ParseQuery(query, words{})
	if err != nil {
		var e *corpus.Error
		if !errors.As(err, &e) || e.Position < 0 || e.Position > len(query) || !utf8.ValidString(e.Message) && utf8.ValidString(query) {
			t.Fatalf("ParseQuery(%q): error %#v", query, err)
		}
		return
	}
	printed := q.String()
	again, err := index.ParseQuery(printed, words{})
	// A printed query may be longer than what is accepted: brackets and names of fields are spelled out.
	if err != nil && len(printed) <= index.MaxQueryBytes {
		t.Fatalf("ParseQuery(%q) prints %q, which is no query: %v", query, printed, err)
	}
	if err == nil && !reflect.DeepEqual(again, q) {
		t.Fatalf("ParseQuery(%q) = %#v, printed %q = %#v", query, q, printed, again)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{"采购 OR (招标 -培训)", `unit:"a b" year:2019..`, "“三重一大”制度：x（y）", "-(a b) \"\\\"", "“a“b”"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) { checkRoundTrip(t, query) })
}

func TestOfDocument(t *testing.T) {
	tests := []struct{ query, want string }{
		{"", ""},
		{"采购", ""},
		{"采购 year:2020", "year:2020"},
		{"year:2020 unit:x category:procurement", "year:2020 unit:x"},
		{"year:2020 OR unit:x", "year:2020 OR unit:x"},
		{"year:2020 OR 采购", ""},
		{"-year:2020 -采购", "-year:2020"},
		{"(year:2020 OR 采购) sector:教育", "sector:教育"},
	}
	for _, tt := range tests {
		q, err := index.ParseQuery(tt.query, words{})
		if err != nil {
			t.Fatal(err)
		}
		if got := q.OfDocument().String(); got != tt.want {
			t.Errorf("OfDocument(%q) = %q, want %q", tt.query, got, tt.want)
		}
	}
}
