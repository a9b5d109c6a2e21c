package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongjian/corpus"
	"tongjian/corpus/sqlite"
)

// now is the time of all tests.
var now = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

func clock() time.Time { return now }

func open(t testing.TB, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{Now: clock})
	if err != nil {
		t.Fatalf("open %s: %v", path, err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func create(t testing.TB) *sqlite.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "tongjian.db"))
}

// submission makes up the n-th document: n%4 findings of an invented unit, with categories and evidence.
func submission(n int) corpus.Submission { return sized(n, n%4) }

func sized(n, findings int) corpus.Submission {
	var text strings.Builder
	unit := fmt.Sprintf("云岭市第%d局", n%5)
	fmt.Fprintf(&text, "%s党组关于巡察整改进展情况的通报（%d）\n", unit, n)
	head := corpus.Span{End: text.Len()}
	doc := &corpus.Document{
		Source: fmt.Sprintf("通报%d.txt", n), DocType: corpus.RectificationNotice, Title: corpus.Fact(unit + "通报"),
		Unit: corpus.Fact(unit), Level: corpus.Municipal, Year: corpus.Year(2018 + n%6), InspectionFrom: "2021-03-01",
		Region: corpus.Region{City: "云岭市"}, Format: "txt", Encoding: "utf-8",
		Findings: []corpus.Finding{}, Sections: []corpus.Section{{Span: head}},
		Provenance: map[string]corpus.Provenance{"unit": {Text: unit, Span: &corpus.Span{End: len(unit)}, Rule: "title", Confidence: corpus.Stated}},
		Warnings:   []corpus.Warning{{Code: corpus.NumberingGap, Message: "编号有缺口"}},
	}
	for i := 1; i <= findings; i++ {
		doc.Findings = append(doc.Findings, finding(&text, n, i))
	}
	doc.Text = text.String()
	doc.ID = corpus.NewDocumentID([]byte(doc.Text))
	for i := range doc.Findings {
		doc.Findings[i].ID = corpus.NewFindingID(doc.ID, i+1)
	}
	problems := findings
	doc.Declared.Problems = &problems
	return corpus.Submission{Name: "材料/" + doc.Source, Original: []byte(doc.Text), Document: doc}
}

func finding(text *strings.Builder, n, i int) corpus.Finding {
	start := text.Len()
	statement := fmt.Sprintf("第%d批设备采购未按规定招标，涉及第%d个项目", n, i)
	account := strings.Repeat("经查，该局对有关事项逐项核对，修订制度并按程序重新办理，相关责任人已作检查。", 3)
	fmt.Fprintf(text, "%d.%s。%s\n", i, statement, account)
	at := start + strings.Index(text.String()[start:], "采购")
	return corpus.Finding{
		Ordinal: i, Label: corpus.Fact(fmt.Sprint(i)), Path: []string{"聚焦重点领域方面"}, PathSpans: []corpus.Span{{}},
		Statement: statement, Account: account, Status: corpus.Statuses[(n+i)%len(corpus.Statuses)],
		Measures: []corpus.Measure{}, Amounts: []corpus.Amount{}, Issued: []string{},
		Categories: []corpus.Category{{
			Code: "procurement.tendering", Score: 0.9, By: corpus.ByRule,
			Evidence: []corpus.Evidence{{Text: "采购", Start: at, End: at + len("采购"), In: corpus.InStatement, Rule: "r1"}},
		}},
		Span: corpus.Span{Start: start, End: text.Len()},
	}
}

func submissions(from, to int) []corpus.Submission {
	var out []corpus.Submission
	for n := from; n < to; n++ {
		out = append(out, submission(n))
	}
	return out
}

func commit(t testing.TB, db *sqlite.DB, batch ...corpus.Submission) []corpus.Outcome {
	t.Helper()
	out, err := db.Commit(t.Context(), batch)
	if err != nil {
		t.Fatalf("commit: %v", err)
	}
	return out
}

// sound fails the test unless the store agrees with itself.
func sound(t testing.TB, db *sqlite.DB) {
	t.Helper()
	r, err := db.Check(t.Context())
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	if len(r.Problems) > 0 {
		t.Fatalf("check found problems:\n%s", strings.Join(r.Problems, "\n"))
	}
}
