package sqlite_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tongjian/corpus"
)

func link(a paper, i int, b paper, j int) corpus.Link {
	return corpus.Link{Kind: corpus.CommonLink, Finding: corpus.NewFindingID(a.id(), i), Prior: corpus.NewFindingID(b.id(), j)}
}

func TestDecisionsAreKept(t *testing.T) {
	db := create(t)
	arrive(t, db, first, other)
	ctx := corpus.WithActor(t.Context(), "张三")
	given := []corpus.Decision{
		{Link: link(first, 2, other, 3), Verdict: corpus.Confirmed, Note: "同一类事"},
		{Link: link(first, 4, other, 3), Verdict: corpus.Rejected},
	}
	if err := db.Decide(ctx, given); err != nil {
		t.Fatal(err)
	}
	if err := db.Decide(ctx, []corpus.Decision{{Link: given[1].Link}}); err != nil {
		t.Fatal(err)
	}
	got, err := db.Decisions(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.Decision{given[0], given[1], {Link: given[1].Link}}
	for i := range want {
		want[i].Sequence, want[i].By, want[i].At = int64(i+1), "张三", now
		want[i].FindingText = first.submission().Document.Findings[2*min(i, 1)+1].Statement
		want[i].PriorText = other.submission().Document.Findings[2].Statement
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
	if since, err := db.Decisions(t.Context(), 2); err != nil || len(since) != 1 || since[0].Sequence != 3 {
		t.Errorf("since 2: %v, %v", since, err)
	}
	// Each call is one change, of the document that has the first finding.
	if seq, err := db.Sequence(t.Context()); err != nil || seq != 4 {
		t.Errorf("sequence %d, %v, want 4", seq, err)
	}
	audit, err := db.Audit(t.Context(), 2, 10)
	if err != nil || len(audit) != 3 || audit[0].Action != "decide" || audit[0].Actor != "张三" || !strings.Contains(audit[0].Detail, "confirmed") {
		t.Errorf("audit trail %+v, %v", audit, err)
	}
	sound(t, db)
}

// A decision follows its findings: to another place in the document read anew, to a new version, and back to where it was
// when a removed document returns.
func TestDecisionsFollowTheirFindings(t *testing.T) {
	db := create(t)
	arrive(t, db, first, other)
	if err := db.Decide(t.Context(), []corpus.Decision{{Link: link(first, 2, other, 3), Verdict: corpus.Confirmed}}); err != nil {
		t.Fatal(err)
	}
	expect := func(when string, want corpus.Link, missing bool) {
		t.Helper()
		got, err := db.Decisions(t.Context(), 0)
		if err != nil || len(got) != 1 || got[0].Link != want || got[0].Missing != missing {
			t.Errorf("%s: %+v, %v, want %v missing %t", when, got, err, want, missing)
		}
	}
	anew := other.submission().Document
	anew.Findings[2], anew.Findings[6] = anew.Findings[6], anew.Findings[2]
	for i := range anew.Findings {
		anew.Findings[i].Ordinal, anew.Findings[i].ID = i+1, corpus.NewFindingID(anew.ID, i+1)
	}
	if _, err := db.Replace(t.Context(), []*corpus.Document{anew}); err != nil {
		t.Fatal(err)
	}
	expect("read anew", link(first, 2, other, 7), false)
	arrive(t, db, second)
	expect("new version", link(second, 2, other, 7), false)
	if err := db.Remove(t.Context(), other.id()); err != nil {
		t.Fatal(err)
	}
	expect("removed", link(second, 2, other, 3), true)
	arrive(t, db, other)
	expect("back", link(second, 2, other, 3), false)
	sound(t, db)
}

func TestDecisionsAreChecked(t *testing.T) {
	db := create(t)
	arrive(t, db, first, other, second)
	good := link(second, 1, other, 1)
	tests := []struct {
		name string
		bad  corpus.Decision
		kind corpus.ErrorKind
	}{
		{"kind", corpus.Decision{Link: corpus.Link{Kind: "x", Finding: good.Finding, Prior: good.Prior}}, corpus.Invalid},
		{"verdict", corpus.Decision{Link: good, Verdict: "maybe"}, corpus.Invalid},
		{"itself", corpus.Decision{Link: corpus.Link{Kind: good.Kind, Finding: good.Finding, Prior: good.Finding}}, corpus.Invalid},
		{"no finding's name", corpus.Decision{Link: corpus.Link{Kind: good.Kind, Finding: good.Finding, Prior: "abc"}}, corpus.Invalid},
		{"no such finding", corpus.Decision{Link: link(second, 1, other, 11)}, corpus.NotFound},
		{"hidden", corpus.Decision{Link: link(first, 1, other, 1)}, corpus.NotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := db.Decide(t.Context(), []corpus.Decision{{Link: good, Verdict: corpus.Confirmed}, tt.bad}); corpus.KindOf(err) != tt.kind {
				t.Errorf("error = %v, want %s", err, tt.kind)
			}
			if got, err := db.Decisions(t.Context(), 0); err != nil || len(got) != 0 {
				t.Errorf("stored all the same: %v, %v", got, err)
			}
		})
	}
}

func TestSummariesAreTheDocuments(t *testing.T) {
	db := create(t)
	commit(t, db, submissions(0, 6)...)
	arrive(t, db, first, second)
	var ids []corpus.DocumentID
	var want []corpus.Summary
	for _, n := range []int{3, 1, 5} {
		d := submission(n).Document
		ids = append(ids, d.ID)
		want = append(want, corpus.Summary{
			ID: d.ID, Source: d.Source, DocType: d.DocType, Title: d.Title, Unit: d.Unit, Region: d.Region, Level: d.Level,
			InspectionFrom: d.InspectionFrom, Year: d.Year, Declared: d.Declared, Findings: len(d.Findings), Warnings: 1,
		})
	}
	got, err := db.Summaries(t.Context(), append(ids, first.id(), "0000000000000000"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("summaries (-want +got):\n%s", diff)
	}
}

func TestQualityPages(t *testing.T) {
	db := create(t)
	var all []corpus.QualityNote
	for n := range 9 {
		s := submission(n)
		found := n
		s.Document.Warnings = append(s.Document.Warnings, corpus.Warning{Code: corpus.CountDiffers, Message: fmt.Sprintf("相差 %d", n), Found: &found})
		commit(t, db, s)
		for i, w := range s.Document.Warnings {
			all = append(all, corpus.QualityNote{
				Document: s.Document.ID, Ordinal: i + 1, Source: s.Document.Source, DocType: s.Document.DocType,
				Title: s.Document.Title, Unit: s.Document.Unit, Year: s.Document.Year, Warning: w,
			})
		}
	}
	for _, codes := range [][]corpus.WarningCode{nil, {corpus.CountDiffers}, {corpus.CountDiffers, corpus.NumberingGap}, {corpus.Redacted}} {
		var want, got []corpus.QualityNote
		for _, n := range all {
			if codes == nil || n.Code == codes[0] || len(codes) > 1 {
				want = append(want, n)
			}
		}
		if len(codes) == 1 && codes[0] == corpus.Redacted {
			want = nil
		}
		var after corpus.WarningPlace
		for {
			page, err := db.Quality(t.Context(), codes, after, 4)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, page...)
			if len(page) < 4 {
				break
			}
			after = corpus.WarningPlace{Document: page[3].Document, Ordinal: page[3].Ordinal}
		}
		order := cmpopts.SortSlices(func(a, b corpus.QualityNote) bool {
			return fmt.Sprint(a.Document, a.Ordinal) < fmt.Sprint(b.Document, b.Ordinal)
		})
		if diff := cmp.Diff(want, got, order); diff != "" {
			t.Errorf("%v (-want +got):\n%s", codes, diff)
		}
	}
	counts, err := db.QualityCounts(t.Context())
	want := []corpus.QualityCount{{Code: corpus.CountDiffers, Documents: 9, Warnings: 9}, {Code: corpus.NumberingGap, Documents: 9, Warnings: 9}}
	if diff := cmp.Diff(want, counts); err != nil || diff != "" {
		t.Errorf("counts: %v (-want +got):\n%s", err, diff)
	}
}
