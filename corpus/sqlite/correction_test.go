package sqlite_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
)

func TestCorrectionsAreLaidOver(t *testing.T) {
	db := create(t)
	sub := submission(3)
	commit(t, db, sub)
	id := sub.Document.ID
	ctx := corpus.WithActor(t.Context(), "王审核")
	err := db.Correct(ctx, []corpus.Correction{
		{Document: id, Finding: 2, Field: "status", Values: []string{"partial"}, Note: "见附件"},
		{Document: id, Finding: 2, Field: "categories", Values: []string{"finance.budget", "procurement.tendering"}},
		{Document: id, Field: "unit", Values: []string{"云岭市档案馆"}},
		{Document: id, Field: "region.city", Values: []string{""}},
		{Document: id, Field: "year", Values: []string{"2019"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := submission(3).Document
	f := &want.Findings[1]
	f.Status = corpus.Partial
	f.Categories = []corpus.Category{
		{Code: "finance.budget", Score: 1, Evidence: []corpus.Evidence{}, By: corpus.ByHuman},
		{Code: "procurement.tendering", Score: 1, Evidence: f.Categories[0].Evidence, By: corpus.ByHuman},
	}
	printed := want.Provenance["unit"]
	printed.Rule, printed.Confidence = "human", corpus.Corrected
	want.Unit, want.Region.City, want.Year = "云岭市档案馆", "", 2019
	want.Provenance = map[string]corpus.Provenance{
		"unit": printed, "region.city": {Rule: "human", Confidence: corpus.Corrected}, "year": {Rule: "human", Confidence: corpus.Corrected},
	}
	got, err := db.Document(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
	changes, err := db.Changes(t.Context(), 1, 10)
	if err != nil || len(changes) != 1 || changes[0].Document.Unit != "云岭市档案馆" {
		t.Errorf("changes = %+v, %v, want one with the corrected document", changes, err)
	}
	if trail, err := db.Audit(t.Context(), 1, 1); err != nil || trail[0].Actor != "王审核" || trail[0].Action != "correct" {
		t.Errorf("audit = %+v, %v", trail, err)
	}
	sound(t, db)
}

func TestCorrectionsOutlastEverything(t *testing.T) {
	db := create(t)
	sub := submission(3)
	commit(t, db, sub)
	id := sub.Document.ID
	correct := func(c corpus.Correction) {
		t.Helper()
		c.Document = id
		if err := db.Correct(t.Context(), []corpus.Correction{c}); err != nil {
			t.Fatal(err)
		}
	}
	status := func(ordinal int, want corpus.Status) {
		t.Helper()
		doc, err := db.Document(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Findings[ordinal-1].Status; got != want {
			t.Errorf("status of finding %d = %s, want %s", ordinal, got, want)
		}
		sound(t, db)
	}
	byRule := sub.Document.Findings[2].Status
	correct(corpus.Correction{Finding: 3, Field: "status", Values: []string{"not_done"}})
	status(3, corpus.NotDone)

	if err := db.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	commit(t, db, submission(3))
	status(3, corpus.NotDone)

	// A parser that has learnt finds one finding less before this one: it is known by its statement.
	fewer := submission(3).Document
	fewer.Findings = fewer.Findings[1:]
	for i := range fewer.Findings {
		fewer.Findings[i].Ordinal, fewer.Findings[i].ID = i+1, corpus.NewFindingID(id, i+1)
	}
	if _, err := db.Replace(t.Context(), []*corpus.Document{fewer}); err != nil {
		t.Fatal(err)
	}
	status(2, corpus.NotDone)

	// One that reads the statement otherwise leaves the correction without a finding, and the finding uncorrected.
	other := submission(3).Document
	other.Findings[2].Statement += "（续）"
	if _, err := db.Replace(t.Context(), []*corpus.Document{other}); err != nil {
		t.Fatal(err)
	}
	status(3, byRule)
	if _, err := db.Replace(t.Context(), []*corpus.Document{submission(3).Document}); err != nil {
		t.Fatal(err)
	}
	status(3, corpus.NotDone)

	correct(corpus.Correction{Finding: 3, Field: "status", Values: []string{"done"}})
	status(3, corpus.Done)
	correct(corpus.Correction{Finding: 3, Field: "status"})
	status(3, byRule)
	all, err := db.Corrections(t.Context(), id)
	if err != nil || len(all) != 3 {
		t.Errorf("kept %d corrections, %v, want all 3", len(all), err)
	}
}

func TestSameStatementTwiceIsNotGuessed(t *testing.T) {
	db := create(t)
	sub := submission(3)
	for i := range sub.Document.Findings {
		sub.Document.Findings[i].Statement = "制度执行不严"
	}
	commit(t, db, sub)
	id := sub.Document.ID
	if err := db.Correct(t.Context(), []corpus.Correction{{Document: id, Finding: 3, Field: "status", Values: []string{"not_done"}}}); err != nil {
		t.Fatal(err)
	}
	sub.Document.Findings = sub.Document.Findings[:2]
	if _, err := db.Replace(t.Context(), []*corpus.Document{sub.Document}); err != nil {
		t.Fatal(err)
	}
	got, err := db.Document(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sub.Document, got); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
}

func TestCorrectRefuses(t *testing.T) {
	db := create(t)
	sub := submission(1)
	commit(t, db, sub)
	id := sub.Document.ID
	tests := []struct {
		name string
		c    corpus.Correction
		kind corpus.ErrorKind
	}{
		{"unknown document", corpus.Correction{Document: "00000000deadbeef", Field: "unit", Values: []string{"甲"}}, corpus.NotFound},
		{"unknown finding", corpus.Correction{Document: id, Finding: 2, Field: "status", Values: []string{"done"}}, corpus.NotFound},
		{"negative finding", corpus.Correction{Document: id, Finding: -1, Field: "status", Values: []string{"done"}}, corpus.Invalid},
		{"field of a finding for a document", corpus.Correction{Document: id, Field: "status", Values: []string{"done"}}, corpus.Invalid},
		{"field of a document for a finding", corpus.Correction{Document: id, Finding: 1, Field: "unit", Values: []string{"甲"}}, corpus.Invalid},
		{"unknown status", corpus.Correction{Document: id, Finding: 1, Field: "status", Values: []string{"finished"}}, corpus.Invalid},
		{"two statuses", corpus.Correction{Document: id, Finding: 1, Field: "status", Values: []string{"done", "partial"}}, corpus.Invalid},
		{"a domain", corpus.Correction{Document: id, Finding: 1, Field: "categories", Values: []string{"finance"}}, corpus.Invalid},
		{"a category twice", corpus.Correction{Document: id, Finding: 1, Field: "categories", Values: []string{"a.b", "a.b"}}, corpus.Invalid},
		{"four categories", corpus.Correction{Document: id, Finding: 1, Field: "categories", Values: []string{"a.b", "a.c", "a.d", "a.e"}}, corpus.Invalid},
		{"no such day", corpus.Correction{Document: id, Field: "feedback_date", Values: []string{"2021-02-30"}}, corpus.Invalid},
		{"no year", corpus.Correction{Document: id, Field: "year", Values: []string{"21"}}, corpus.Invalid},
		{"unknown level", corpus.Correction{Document: id, Field: "level", Values: []string{"town"}}, corpus.Invalid},
		{"unknown type", corpus.Correction{Document: id, Field: "doc_type", Values: []string{""}}, corpus.Invalid},
	}
	good := corpus.Correction{Document: id, Finding: 1, Field: "status", Values: []string{"done"}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := db.Correct(t.Context(), []corpus.Correction{good, tt.c})
			if corpus.KindOf(err) != tt.kind {
				t.Errorf("error = %v, want %s", err, tt.kind)
			}
			if e, ok := errors.AsType[*corpus.Error](err); ok && e.Kind == corpus.Invalid && e.Expected == "" {
				t.Errorf("error %v does not say what is expected", err)
			}
		})
	}
	if seq, err := db.Sequence(t.Context()); err != nil || seq != 1 {
		t.Errorf("sequence = %d, %v after refusals, want 1", seq, err)
	}
}
