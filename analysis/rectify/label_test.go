package rectify_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
)

func rules(t testing.TB) *rectify.Rules {
	t.Helper()
	r, err := rectify.Default()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLabel(t *testing.T) {
	const account = "一是召开党组会研究。二是追回多发补贴1.2万元。\n下一步，将修订《考勤办法》。"
	doc := &corpus.Document{
		DocType: corpus.RectificationNotice, Text: "1.考勤混乱\n" + account,
		Findings: []corpus.Finding{{Statement: "考勤混乱"}, {Statement: "无人理会", Substance: corpus.Deeds}},
	}
	start := strings.Index(doc.Text, account)
	second := strings.Index(doc.Text, "二是")
	f := &doc.Findings[0]
	f.AccountSpan = corpus.Span{Start: start, End: len(doc.Text)}
	f.Measures = []corpus.Measure{
		{Span: corpus.Span{Start: start, End: second}},
		{Span: corpus.Span{Start: second, End: len(doc.Text)}},
	}
	rules(t).Label(doc)
	var got []string
	for _, a := range f.Actions {
		if a.Span.Of(doc.Text) != a.Text {
			t.Errorf("action %q at %q", a.Text, a.Span.Of(doc.Text))
		}
		got = append(got, string(a.Kind)+" "+a.Text)
	}
	if diff := cmp.Diff([]string{"meeting 召开党组会", "money_recovered 追回多发补贴1.2万元"}, got); diff != "" {
		t.Errorf("actions (-want +got):\n%s", diff)
	}
	if f.Measures[0].Kind != corpus.Meeting || f.Measures[1].Kind != corpus.MoneyRecovered || f.Substance != corpus.Deeds {
		t.Errorf("measures %q, %q, substance %q", f.Measures[0].Kind, f.Measures[1].Kind, f.Substance)
	}
	if got := doc.Findings[1].Substance; got != corpus.NoAction {
		t.Errorf("a finding without an answer has substance %q", got)
	}

	// What a report says under a finding is what was found.
	doc.DocType = corpus.InspectionReport
	rules(t).Label(doc)
	if len(f.Actions) > 0 || f.Substance != "" || f.Measures[0].Kind != "" {
		t.Errorf("a report's finding has actions %v, substance %q", f.Actions, f.Substance)
	}
}

// TestNotDone holds that what is planned, denied, asked for, or named in a title is no action.
func TestNotDone(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"下一步，制定采购办法，追回资金3万元。", ""},
		{"已追回资金3万元。下一步，将修订采购办法。并组织学习。", "money_recovered"},
		{"拟于年底前修订采购办法，召开专题会议。", ""},
		{"将进一步完善采购制度。", ""},
		{"将采购制度汇编成册，组织学习。", "study"},
		{"尚未追回资金3万元。", ""},
		{"未及时追缴欠款。", ""},
		{"对未报销的票据作退回处理，追回多报费用200元。", "money_recovered"},
		{"要求各科室开展自查。", "instruction"},
		{"要求各科室开展自查，共自查项目12个。", "instruction self_check"},
		{"针对未召开支委会的问题，补选支委2名。", "staffing"},
		{"学习《制定采购办法、追回资金工作纪实》。", "study"},
		{"对照《追缴违规补贴通知》。", ""},
		{"制定《采购管理办法（试行）》。", "rule_making"},
		{"制定《采购工作方案》。", "plan"},
		{"印发《关于加强采购管理的通知》。", "instruction"},
		{"正在修订采购办法。", ""},
	} {
		var got []string
		for _, a := range rules(t).Classify(c.text) {
			got = append(got, string(a.Kind))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestClassifyIsTotal holds that every action lies inside any text and says what stands there.
func TestClassifyIsTotal(t *testing.T) {
	pieces := []string{"制定", "《", "》", "办法", "追回", "资金", "。", "，", "将", "下一步", "要求", "\n", "2万元", "a", "\xff", "学习", "（", "试行", "）"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
		r, _ := rectify.Default()
		last := 0
		for _, a := range r.Classify(text) {
			if a.Span.Start < last || a.Span.End > len(text) || a.Span.Of(text) != a.Text || a.Text == "" {
				t.Fatalf("%q: action %+v", text, a)
			}
			last = a.Span.Start
		}
	})
}
