package sqlite_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
)

func TestDoubts(t *testing.T) {
	db := create(t)
	sub := submission(3)
	score := func(i int, categories ...corpus.Category) { sub.Document.Findings[i].Categories = categories }
	score(0, corpus.Category{Code: "finance.cash", Score: 0.6, By: corpus.ByRule}, corpus.Category{Code: "party.fees", Score: 0.55, By: corpus.ByRule})
	score(1, corpus.Category{Code: "finance.asset", Score: 0.5, By: corpus.ByModel}, corpus.Category{Code: "finance.cash", Score: 0.2, By: corpus.ByModel})
	score(2)
	sub.Document.Year = 2021
	commit(t, db, sub)
	id := sub.Document.ID
	want := []corpus.Doubt{
		{Finding: corpus.NewFindingID(id, 1), Year: 2021, Main: "finance.cash", Score: 0.6, Second: 0.55, By: corpus.ByRule, Alike: 2},
		{Finding: corpus.NewFindingID(id, 2), Year: 2021, Main: "finance.asset", Score: 0.5, Second: 0.2, By: corpus.ByModel, Alike: 1},
		{Finding: corpus.NewFindingID(id, 3), Year: 2021},
	}
	expect := func(below float64, confirmed int, want ...corpus.Doubt) {
		t.Helper()
		got, n, err := db.Doubts(t.Context(), below)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("below %v (-want +got):\n%s", below, diff)
		}
		if n != confirmed {
			t.Errorf("%d confirmed, want %d", n, confirmed)
		}
	}
	expect(1, 0, want...)
	expect(0.6, 0, want[1:]...)

	// What a person has labelled is no doubt any more, until the label is withdrawn.
	label := func(values ...string) {
		t.Helper()
		if err := db.Correct(t.Context(), []corpus.Correction{{Document: id, Finding: 3, Field: "categories", Values: values}}); err != nil {
			t.Fatal(err)
		}
	}
	label("finance.cash")
	alike := slices.Clone(want[:2])
	alike[0].Alike = 3
	expect(1, 1, alike...)
	label()
	expect(1, 0, want...)
	// A status says nothing about the categories.
	if err := db.Correct(t.Context(), []corpus.Correction{{Document: id, Finding: 1, Field: "status", Values: []string{"done"}}}); err != nil {
		t.Fatal(err)
	}
	expect(1, 0, want...)
}

func TestCorrectionsOfWhatHasChanged(t *testing.T) {
	db := create(t)
	sub, other := submission(3), submission(2)
	commit(t, db, sub)
	seen, err := db.Sequence(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	commit(t, db, other)
	correct := func(since int64) error {
		return db.CorrectSince(t.Context(), since, []corpus.Correction{{Document: sub.Document.ID, Finding: 1, Field: "status", Values: []string{"done"}}})
	}
	// A change of another document is none of this one's business.
	if err := correct(seen); err != nil {
		t.Errorf("unchanged: %v", err)
	}
	if err := correct(seen); corpus.KindOf(err) != corpus.Conflict {
		t.Errorf("changed since: %v, want a conflict", err)
	}
	if err := db.RemoveSince(t.Context(), seen, sub.Document.ID); corpus.KindOf(err) != corpus.Conflict {
		t.Errorf("remove what has changed: %v, want a conflict", err)
	}
	if all, err := db.AllCorrections(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d corrections, %v, want 1", len(all), err)
	}
	if err := db.RemoveSince(t.Context(), seen+2, sub.Document.ID); err != nil {
		t.Errorf("remove: %v", err)
	}
	if err := correct(math.MaxInt64); corpus.KindOf(err) != corpus.NotFound {
		t.Errorf("correct what is removed: %v", err)
	}
	sound(t, db)
}

// What is read anew starts from what was read, never from what people said about it.
func TestParsedHasNoCorrections(t *testing.T) {
	db := create(t)
	sub := submission(2)
	commit(t, db, sub)
	id := sub.Document.ID
	err := db.Correct(t.Context(), []corpus.Correction{
		{Document: id, Finding: 1, Field: "categories", Values: []string{"finance.budget"}}, {Document: id, Field: "unit", Values: []string{"云岭市档案馆"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	docs, err := db.Parsed(t.Context(), []corpus.DocumentID{"0000000000000000", id})
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	if diff := cmp.Diff(submission(2).Document, docs[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if n, err := db.Replace(t.Context(), docs); n != 0 || err != nil {
		t.Errorf("replaced %d, %v", n, err)
	}
}
