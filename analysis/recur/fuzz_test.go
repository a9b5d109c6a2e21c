package recur_test

import (
	"context"
	"testing"

	"tongjian/analysis/recur"
	"tongjian/corpus"
)

// FuzzAdmission reads any statement and account: what is quoted is the text that the span covers.
func FuzzAdmission(f *testing.F) {
	f.Add("公车私用，上轮巡察指出后仍未改正", "")
	f.Add("巡察整改长效机制未建立", "如，上一轮巡察反映的“账目不清、家底不明”等3个问题仍有存在；屡查屡犯")
	f.Add("防止反弹\xff", "　上轮\n指出")
	f.Fuzz(func(t *testing.T, statement, account string) {
		d := doc(1, "清澜市商务局", 2021, corpus.InspectionReport, "party.fees", "")
		d.Text = statement + account
		d.Findings[0].Statement, d.Findings[0].StatementSpan = statement, corpus.Span{Start: 0, End: len(statement)}
		d.Findings[0].Account, d.Findings[0].AccountSpan = account, corpus.Span{Start: len(statement), End: len(d.Text)}
		m := recur.New()
		if err := m.Apply(context.Background(), []corpus.Change{{Sequence: 1, DocumentID: d.ID, Document: d}}); err != nil {
			t.Fatal(err)
		}
		page, _ := m.Repeats(recur.Query{})
		for _, r := range page {
			if r.Admission == nil || r.Admission.Span.Of(d.Text) != r.Admission.Text {
				t.Errorf("%q and %q: %+v", statement, account, r.Admission)
			}
		}
		for _, s := range recur.Softer(statement, account) {
			if s.BeforeSpan.Of(statement) != s.Before || s.AfterSpan.Of(account) != s.After {
				t.Errorf("%q and %q: %+v", statement, account, s)
			}
		}
	})
}
