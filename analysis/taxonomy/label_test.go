package taxonomy_test

import (
	"slices"
	"strings"
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// document builds a notice or report whose findings stand in its text with numbers and marks around them.
func document(kind corpus.DocType) *corpus.Document {
	doc := &corpus.Document{DocType: kind}
	var text strings.Builder
	put := func(before, part, after string) corpus.Span {
		text.WriteString(before)
		start := text.Len()
		text.WriteString(part)
		span := corpus.Span{Start: start, End: text.Len()}
		text.WriteString(after)
		return span
	}
	heading := put("（二）", "关于公务接待管理不严方面问题", "\n")
	for i, f := range []struct{ statement, account string }{
		{"“大额现金”支付", "一是修订《采购管理办法》。"},
		{"把关不严", "一是召开会议。"},
		{"观测站点布局不合理", "查阅凭证发现，部分支出以白条入账。"},
	} {
		finding := corpus.Finding{Ordinal: i + 1, Statement: f.statement, Account: f.account}
		finding.StatementSpan = put("1.针对", f.statement, "问题。\n")
		finding.AccountSpan = put("整改情况：", f.account, "\n")
		if i == 1 {
			finding.Path, finding.PathSpans = []string{"关于公务接待管理不严方面问题"}, []corpus.Span{heading}
		}
		doc.Findings = append(doc.Findings, finding)
	}
	doc.Text = text.String()
	return doc
}

func TestLabel(t *testing.T) {
	tests := []struct {
		kind corpus.DocType
		want [][]corpus.CategoryCode
	}{
		{corpus.RectificationNotice, [][]corpus.CategoryCode{{"finance.cash"}, {"conduct.hospitality"}}},
		{corpus.InspectionReport, [][]corpus.CategoryCode{{"finance.cash"}, {"conduct.hospitality"}}},
	}
	tx := load(t)
	for _, tt := range tests {
		doc := document(tt.kind)
		tx.Label(doc)
		for i, f := range doc.Findings {
			if got := codesOf(f.Categories); i < 2 && !slices.Equal(got, tt.want[i]) {
				t.Errorf("%s finding %d: got %v, want %v", tt.kind, i+1, got, tt.want[i])
			}
			for _, c := range f.Categories {
				for _, e := range c.Evidence {
					if doc.Text[e.Start:e.End] != e.Text {
						t.Errorf("%s finding %d: evidence %q stands at %q", tt.kind, i+1, e.Text, doc.Text[e.Start:e.End])
					}
				}
			}
		}
	}
}

func TestLabelFactsOnlyInReports(t *testing.T) {
	tx := load(t)
	report, notice := document(corpus.InspectionReport), document(corpus.RectificationNotice)
	for _, doc := range []*corpus.Document{report, notice} {
		doc.Findings[0].Account = doc.Findings[2].Account
		doc.Findings[0].AccountSpan = doc.Findings[2].AccountSpan
		tx.Label(doc)
	}
	if got := codesOf(report.Findings[0].Categories); !slices.Equal(got, []corpus.CategoryCode{"finance.cash", "finance.reimbursement"}) {
		t.Errorf("report: got %v, want the fact of the account added", got)
	}
	if got := codesOf(notice.Findings[0].Categories); !slices.Equal(got, []corpus.CategoryCode{"finance.cash"}) {
		t.Errorf("notice: got %v, want nothing added from the account", got)
	}
}

func TestLabelKeepsAPersonsWord(t *testing.T) {
	doc := document(corpus.RectificationNotice)
	mine := []corpus.Category{{Code: "party.fees", Score: 1, By: corpus.ByHuman}}
	doc.Findings[0].Categories = mine
	load(t).Label(doc)
	if got := codesOf(doc.Findings[0].Categories); !slices.Equal(got, codesOf(mine)) {
		t.Errorf("got %v, want the person's %v", got, codesOf(mine))
	}
}

func TestFallback(t *testing.T) {
	const unknown = "鑫垚淼焱骉犇"
	got := load(t).Classify(taxonomy.Input{Statement: unknown})
	if len(got) != 1 || got[0].Code != "politics.duties" || got[0].Score > 0.3 {
		t.Fatalf("got %+v", got)
	}
	e := got[0].Evidence
	if len(e) != 1 || e[0].Text != unknown || e[0].Rule != taxonomy.FallbackRule {
		t.Errorf("evidence %+v, want the statement itself", e)
	}
}
