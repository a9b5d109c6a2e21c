package api_test

import (
	"context"
	"math"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/api"
	"tongjian/corpus"
)

// reviewable returns a world whose findings have the given categories, document by document, in years of four documents.
func reviewable(t *testing.T, labels ...[][]corpus.Category) (*world, []*corpus.Document) {
	t.Helper()
	docs := invented()
	docs = slices.DeleteFunc(docs, func(d *corpus.Document) bool { return len(d.Findings) < 2 })[:8]
	for i, d := range docs {
		d.Year = corpus.Year(2020 + i/4)
		d.Findings = d.Findings[:2]
		for j := range d.Findings {
			d.Findings[j].Categories = sure("party.life")
			if i < len(labels) {
				d.Findings[j].Categories = labels[i][j]
			}
		}
	}
	w, err := newWorld(t.TempDir(), docs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.engine.Close()
		w.db.Close()
	})
	return w, docs
}

func scored(code corpus.CategoryCode, score float64) corpus.Category {
	return corpus.Category{Code: code, Score: score, By: corpus.ByRule, Evidence: []corpus.Evidence{}}
}

func sure(code corpus.CategoryCode) []corpus.Category { return []corpus.Category{scored(code, 0.95)} }

func doubtful(code corpus.CategoryCode, score float64) []corpus.Category {
	return []corpus.Category{scored(code, score)}
}

func review(t *testing.T, w *world, query string) *api.ReviewAnswer {
	t.Helper()
	answer := read[api.ReviewAnswer](t, w, "/api/v1/review"+query)
	return &answer
}

func idsOf(a *api.ReviewAnswer) []corpus.FindingID {
	ids := []corpus.FindingID{}
	for _, f := range a.Data {
		ids = append(ids, f.ID)
	}
	return ids
}

func TestReviewQueue(t *testing.T) {
	model := scored("finance.cash", 0.5)
	model.By = corpus.ByModel
	fallback := scored("politics.duties", 0.3)
	fallback.Evidence = []corpus.Evidence{{Text: "x", End: 1, In: corpus.InStatement, Rule: "fallback"}}
	w, docs := reviewable(t,
		[][]corpus.Category{doubtful("finance.cash", 0.6), sure("party.life")},
		// The same score, but the document has the category anyway: its share hangs on neither.
		[][]corpus.Category{doubtful("finance.cash", 0.6), sure("finance.cash")},
		[][]corpus.Category{{fallback}, {scored("finance.asset", 0.85), scored("finance.accounting", 0.82)}},
		[][]corpus.Category{{model}, doubtful("former.leaf", 0.89)},
	)
	id := func(doc, finding int) corpus.FindingID { return docs[doc].Findings[finding].ID }
	all := review(t, w, "")
	want := []corpus.FindingID{id(3, 1), id(2, 0), id(3, 0), id(0, 0), id(1, 0), id(2, 1)}
	if diff := cmp.Diff(want, idsOf(all)); diff != "" {
		t.Fatalf("queue (-want +got):\n%s", diff)
	}
	if all.Total.Value != 6 || all.Next != nil || all.Confirmed != 0 {
		t.Errorf("total %d, next %v, confirmed %d", all.Total.Value, all.Next, all.Confirmed)
	}
	for i, want := range []struct {
		uncertainty, weight float64
		reasons             []api.ReviewReason
	}{
		{1, 0.25, []api.ReviewReason{api.UnknownCategory, api.LowScore}},
		{0.7, 0.25, []api.ReviewReason{api.NoSign}},
		{0.5, 0.25, []api.ReviewReason{api.ByModelOnly, api.LowScore}},
		{0.4, 0.25, []api.ReviewReason{api.LowScore}},
		{0.4, 0, []api.ReviewReason{api.LowScore}},
		{0.15 + 0.07, 0.25, []api.ReviewReason{api.LowScore, api.CloseSecond}},
	} {
		got := all.Data[i]
		if math.Abs(got.Uncertainty-want.uncertainty) > 1e-9 || got.Weight != want.weight || !slices.Equal(got.Reasons, want.reasons) {
			t.Errorf("%d: uncertainty %v, weight %v, reasons %v, want %+v", i, got.Uncertainty, got.Weight, got.Reasons, want)
		}
		if len(got.Likely) == 0 || len(got.Likely) > api.MaxLikely {
			t.Errorf("%d: %d likely leaves", i, len(got.Likely))
		}
	}
	queue, err := w.service.Review(context.Background(), api.ReviewRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range queue.Data {
		got, err := w.service.ReviewFinding(context.Background(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Errorf("%s outside the queue (-in the queue +alone):\n%s", want.ID, diff)
		}
	}
	if alone, err := w.service.ReviewFinding(context.Background(), id(7, 0)); err != nil || len(alone.Reasons) != 0 {
		t.Errorf("a sure label is doubted: %+v, %v", alone, err)
	}
	if l := all.Data[5].Likely; l[0].Code != "finance.asset" || l[1].Code != "finance.accounting" || l[0].Label != "资产管理" || l[0].Score != 0.85 {
		t.Errorf("likely %+v", l)
	}
	if got := idsOf(review(t, w, "?order=effect")); got[5] != id(1, 0) {
		t.Errorf("by effect: %v, want %s last", got, id(1, 0))
	}
	if got := idsOf(review(t, w, "?order=uncertainty")); got[0] != id(3, 1) || got[5] != id(2, 1) {
		t.Errorf("by uncertainty: %v", got)
	}

	first := review(t, w, "?limit=2")
	if first.Next == nil || first.Total.Value != 6 {
		t.Fatalf("first page: %+v", first)
	}
	if second := review(t, w, "?limit=2&cursor="+*first.Next); !slices.Equal(idsOf(second), want[2:4]) {
		t.Errorf("second page: %v", idsOf(second))
	}
	if beyond := review(t, w, "?cursor=100"); len(beyond.Data) != 0 || beyond.Total.Value != 6 || beyond.Next != nil {
		t.Errorf("beyond the end: %+v", beyond)
	}
	for _, cursor := range []string{"x", "-1", "99999999999999999999"} {
		checkProblem(t, w.get(t, "/api/v1/review?cursor="+cursor), http.StatusBadRequest, "bad_cursor")
	}
	checkProblem(t, w.get(t, "/api/v1/review?order=age"), http.StatusBadRequest, "unknown_value")
}

// Filters mean here what they mean everywhere: the queue under a filter is the queue without what the list of findings
// under the filter does not have.
func TestReviewUnderFilters(t *testing.T) {
	var labels [][][]corpus.Category
	for i := range 8 {
		labels = append(labels, [][]corpus.Category{doubtful("finance.cash", 0.5+float64(i)/100), doubtful("procurement.tendering", 0.4)})
	}
	w, docs := reviewable(t, labels...)
	all := idsOf(review(t, w, "?limit=200"))
	if len(all) != 16 {
		t.Fatalf("%d findings to review", len(all))
	}
	for _, query := range []string{
		"year=2020", "year=2021..", "unit=" + url.QueryEscape(corpus.Exactly(string(docs[0].Unit))), "doc=" + string(docs[5].ID), "category=finance",
		"category=procurement.tendering&year=2020", "status=" + string(docs[1].Findings[0].Status), "q=" + url.QueryEscape("采购"), "q=year:2020",
		"kind=finding", "year=1900",
	} {
		listed := map[corpus.FindingID]bool{}
		for _, f := range read[api.List[api.FindingRecord]](t, w, "/api/v1/findings?limit=200&"+query).Data {
			listed[f.ID] = true
		}
		want := slices.DeleteFunc(slices.Clone(all), func(id corpus.FindingID) bool { return !listed[id] })
		got := review(t, w, "?limit=200&"+query)
		if diff := cmp.Diff(want, idsOf(got)); diff != "" || got.Total.Value != len(want) {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

// Whoever gives categories, be it those that are there, takes a finding out of the queue; who withdraws them puts it back.
func TestCorrectedFindingsLeaveTheQueue(t *testing.T) {
	w, docs := reviewable(t, [][]corpus.Category{doubtful("finance.cash", 0.6), doubtful("finance.asset", 0.6)})
	address := "/api/v1/findings/" + string(docs[0].Findings[0].ID)
	patch[api.FindingRecord](t, w, address, `{"categories": ["finance.cash"]}`)
	got := review(t, w, "")
	if diff := cmp.Diff([]corpus.FindingID{docs[0].Findings[1].ID}, idsOf(got)); diff != "" || got.Confirmed != 1 {
		t.Errorf("confirmed %d (-want +got):\n%s", got.Confirmed, diff)
	}
	patch[api.FindingRecord](t, w, address, `{"withdraw": ["categories"]}`)
	if got := review(t, w, ""); len(got.Data) != 2 || got.Confirmed != 0 {
		t.Errorf("after withdrawal: %d to review, %d confirmed", len(got.Data), got.Confirmed)
	}
}
