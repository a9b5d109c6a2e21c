package taxonomy_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

func TestRelabel(t *testing.T) {
	tax, err := taxonomy.Default()
	if err != nil {
		t.Fatal(err)
	}
	doc := &corpus.Document{ID: "d", DocType: corpus.Feedback}
	for _, statement := range []string{"政府采购程序不规范", "会议记录不完整", "党费收缴不及时"} {
		span := corpus.Span{Start: len(doc.Text), End: len(doc.Text) + len(statement)}
		doc.Text += statement + "\n"
		n := len(doc.Findings) + 1
		doc.Findings = append(doc.Findings, corpus.Finding{
			ID: corpus.NewFindingID("d", n), Ordinal: n, Statement: statement, Span: span, StatementSpan: span,
		})
	}
	doc.Findings[0].Categories = []corpus.Category{{Code: "finance.control", By: corpus.ByRule}}
	doc.Findings[1].Categories = []corpus.Category{{Code: "party.mass", By: corpus.ByHuman}}
	doc.Findings[2].Categories = []corpus.Category{{Code: "party.fees", By: corpus.ByRule}}
	type list = []corpus.CategoryCode
	want := []taxonomy.Move{
		{Finding: "d-1", Statement: "政府采购程序不规范", Before: list{"finance.control"}, After: list{"procurement.purchasing"}},
	}
	if diff := cmp.Diff(want, tax.Relabel(doc)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if again := tax.Relabel(doc); again != nil {
		t.Errorf("a second time moves %v", again)
	}
}

func TestShifts(t *testing.T) {
	type list = []corpus.CategoryCode
	got := taxonomy.Shifts([]taxonomy.Move{
		{Before: list{"a.x"}, After: list{"a.y"}},
		{Before: list{"a.x", "a.z"}, After: list{"a.z", "a.x"}},
		{Before: list{"a.x"}, After: list{"a.x", "a.w"}},
		{Before: list{}, After: list{"a.y"}},
	})
	want := []taxonomy.Shift{
		{Code: "a.y", Gained: 2, Main: 2}, {Code: "a.w", Gained: 1}, {Code: "a.x", Lost: 1, Main: -2}, {Code: "a.z", Main: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := taxonomy.Shifts(nil); got != nil {
		t.Errorf("nothing moved: %v", got)
	}
}
