package gold_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/gold"
)

func TestSimilarity(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"采购程序不规范", "采购程序不规范", 1},
		{"“采购”程序，不规范。", "采购程序不规范", 1},
		{"ＡＢ局采购", "ab局采购", 1},
		{"采购程序不规范", "车辆使用不规范", 2 * 2.0 / 12},
		{"甲乙丙丁", "丙丁甲乙", 2 * 2.0 / 6},
		{"采购程序", "采购程序不规范的", gold.Contained},
		{"采购程序", "采购程序不规范的问题", 2 * 3.0 / 12},
		{"甲", "甲", 1},
		{"甲", "甲乙", gold.Contained},
		{"甲", "乙", 0},
		{"甲", "", 0},
		{"", "", 0},
		{"……", "……", 0},
	} {
		if got := gold.Similarity(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestSimilarityIsSymmetric(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("采购程序不规范，ＡaA。 1①")))
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		x, y := gold.Similarity(a, b), gold.Similarity(b, a)
		if x != y || x < 0 || x > 1 {
			t.Errorf("%q and %q: %v and %v", a, b, x, y)
		}
	})
}

const goldFile = `{
	"doc_type": "rectification_notice", "title": "云岭市档案馆关于巡察整改进展情况的通报", "unit": "云岭市档案馆",
	"region": {"province": "云岭省", "city": null, "county": null}, "level": "municipal", "year": 2021, "round": null,
	"declared": {"problems": 3, "items": null, "aspects": null, "rectified": null},
	"findings": [
		{"path": ["财务方面"], "statement": "报销附件不全", "status": "done", "measures": 2, "categories": ["finance.reimbursement"]},
		{"path": [], "statement": "会议记录不完整，纪要缺失", "status": "partial", "measures": 1, "categories": ["decision.meeting", "governance.secrecy"]},
		{"path": [], "statement": "值班制度没有落实", "status": "unstated", "measures": 0, "categories": ["governance.institution"]}
	]
}`

func TestCompare(t *testing.T) {
	g, err := gold.Read(strings.NewReader(goldFile))
	if err != nil {
		t.Fatal(err)
	}
	three := 3
	categories := func(codes ...corpus.CategoryCode) []corpus.Category {
		var out []corpus.Category
		for _, c := range codes {
			out = append(out, corpus.Category{Code: c})
		}
		return out
	}
	got := &corpus.Document{
		DocType: corpus.RectificationNotice, Title: "云岭市档案馆关于巡察整改进展情况的通报。", Unit: "云岭市档案局",
		Region: corpus.Region{Province: "云岭省"}, Level: corpus.Municipal, Year: 2021, Round: "第一轮",
		Declared: corpus.Declared{Problems: &three},
		Findings: []corpus.Finding{
			{Statement: "会议记录不完整，纪要缺失。", Status: corpus.Done, Measures: make([]corpus.Measure, 1), Categories: categories("decision.meeting")},
			{Statement: "报销附件不全", Path: []string{"财务方面"}, Status: corpus.Done, Measures: make([]corpus.Measure, 1), Categories: categories("finance.control")},
			{Statement: "下一步打算", Status: corpus.Unstated, Categories: categories("politics.duties")},
		},
	}
	c := gold.Compare(g, got)
	want := gold.Comparison{
		Documents: 1, Metadata: map[string]int{}, Gold: 3, Found: 3, Matched: 2, Status: 1, Path: 2, Measures: 1,
		Pairs: []gold.Pair{
			{Statement: "报销附件不全", Matched: true, Gold: []corpus.CategoryCode{"finance.reimbursement"}, Found: categories("finance.control")},
			{Statement: "会议记录不完整，纪要缺失", Matched: true, Gold: []corpus.CategoryCode{"decision.meeting", "governance.secrecy"}, Found: categories("decision.meeting")},
			{Statement: "值班制度没有落实", Gold: []corpus.CategoryCode{"governance.institution"}},
			{Statement: "下一步打算", Found: categories("politics.duties")},
		},
	}
	for _, field := range gold.Fields {
		if field != "unit" && field != "round" {
			want.Metadata[field] = 1
		}
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if p, r, f := c.Precision(), c.Recall(), c.F1(); p != 2.0/3 || r != 2.0/3 || f != 2.0/3 {
		t.Errorf("precision %v, recall %v, F1 %v", p, r, f)
	}
	if got, want := c.MetadataMean(), 17.0/19; got != want {
		t.Errorf("metadata %v, want %v", got, want)
	}
}

// A document that could not be read has nothing right but what is not stated.
func TestCompareNothing(t *testing.T) {
	g, err := gold.Read(strings.NewReader(goldFile))
	if err != nil {
		t.Fatal(err)
	}
	c := gold.Compare(g, nil)
	if c.Found != 0 || c.Matched != 0 || len(c.Pairs) != 3 || c.F1() != 0 {
		t.Errorf("got %+v", c)
	}
	if c.Metadata["unit"] != 0 || c.Metadata["round"] != 1 {
		t.Errorf("metadata %v", c.Metadata)
	}
	var total gold.Comparison
	total.Add(c)
	total.Add(c)
	if total.Documents != 2 || total.Gold != 6 || total.Metadata["round"] != 2 || len(total.Pairs) != 6 {
		t.Errorf("sum of two: %+v", total)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, s := range []string{"", "[]", `{"findings": 1}`, `{"year": "x"}`} {
		if _, err := gold.Read(strings.NewReader(s)); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}
