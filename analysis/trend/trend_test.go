package trend_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/analysis/trend"
	"tongjian/corpus"
)

const tendering = "procurement.tendering"

func seriesOf(t *testing.T, s *shelf, req trend.Request) *trend.Trends {
	t.Helper()
	if req.By == "" {
		req.By = corpus.FieldYear
	}
	out, err := trend.Series(context.Background(), s, req)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSeriesListsEmptyYears(t *testing.T) {
	s := &shelf{papers: slices.Concat(papers(2018, 6, 3, tendering), papers(2021, 4, 1, tendering), papers(0, 2, 1, tendering))}
	got := seriesOf(t, s, trend.Request{Of: corpus.FieldCategory})

	var periods []string
	for _, p := range got.Periods {
		periods = append(periods, p.Period)
	}
	if diff := cmp.Diff([]string{"2018", "2019", "2020", "2021"}, periods); diff != "" {
		t.Errorf("periods (-want +got):\n%s", diff)
	}
	if len(got.Rows) != 2*4 {
		t.Fatalf("%d rows, want each of 2 series in each of 4 periods", len(got.Rows))
	}
	type figures struct {
		Findings, Documents, Units, Total int
		Share                             bool
		Sparse                            bool
	}
	rows := map[string]figures{}
	for _, r := range got.Rows {
		if r.Series == tendering {
			rows[r.Period] = figures{r.Findings, r.Documents, r.Units, r.DocumentsTotal, r.Share != nil, r.Sparse}
		}
	}
	want := map[string]figures{
		"2018": {3, 3, 3, 6, true, false}, "2019": {0, 0, 0, 0, false, true},
		"2020": {0, 0, 0, 0, false, true}, "2021": {1, 1, 1, 4, true, true},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if got.Unplaced.Documents != 2 || got.Unplaced.Findings != 3 || got.Total.Documents != 12 {
		t.Errorf("unplaced %+v, total %+v", got.Unplaced, got.Total)
	}
	if got.Sequence != 7 {
		t.Errorf("sequence %d, want 7", got.Sequence)
	}
}

func TestShareOfASectorIsOfThatSector(t *testing.T) {
	health := paper{year: 2020, unit: "某院", sector: "卫健", findings: [][]string{{tendering}}}
	s := &shelf{papers: append(papers(2020, 5, 2, tendering), health)}
	got := seriesOf(t, s, trend.Request{
		Of:     corpus.FieldSector,
		Filter: corpus.Filter{}.With(corpus.FieldCategory, tendering),
	})
	for _, r := range got.Rows {
		want := map[string]float64{"教育": 0.4, "卫健": 1}[r.Series]
		if *r.Share != want {
			t.Errorf("share of %s = %v, want %v of that sector's documents", r.Series, *r.Share, want)
		}
	}
	if *got.Periods[0].Share != 0.5 {
		t.Errorf("share over all = %v, want 0.5", *got.Periods[0].Share)
	}
}

func TestSeriesThatTheFilterDoesNotAcceptAreLeftOut(t *testing.T) {
	both := paper{year: 2020, unit: "某局", findings: [][]string{{tendering, "finance.control"}}}
	s := &shelf{papers: []paper{both}}
	got := seriesOf(t, s, trend.Request{
		Of: corpus.FieldCategory, Accepts: func(v string) bool { return v == tendering },
		Filter: corpus.Filter{}.With(corpus.FieldCategory, tendering),
	})
	if diff := cmp.Diff([]string{tendering}, got.Series); diff != "" {
		t.Errorf("series (-want +got):\n%s", diff)
	}
}

func TestTopKeepsTheFamily(t *testing.T) {
	s := &shelf{papers: papers(2020, 6, 2, tendering)}
	got := seriesOf(t, s, trend.Request{Of: corpus.FieldCategory, Top: 1})
	if diff := cmp.Diff([]string{"finance.budget"}, got.Series); diff != "" || got.Omitted != 1 {
		t.Errorf("omitted %d, series (-want +got):\n%s", got.Omitted, diff)
	}
}

func TestDirections(t *testing.T) {
	course := func(withs ...int) *shelf {
		s := &shelf{}
		for i, with := range withs {
			s.papers = append(s.papers, papers(2016+i, 20, with, tendering)...)
		}
		return s
	}
	few := &shelf{papers: slices.Concat(papers(2020, 4, 4, tendering), papers(2021, 20, 9, tendering), papers(2022, 20, 9, tendering))}
	for _, c := range []struct {
		name      string
		shelf     *shelf
		direction trend.Direction
		reason    trend.Reason
	}{
		{"rises", course(1, 3, 6, 10, 14), trend.Emerging, ""},
		{"falls", course(14, 10, 6, 3, 1), trend.Receding, ""},
		{"neither", course(8, 9, 8, 9, 8), trend.Flat, ""},
		{"two years", course(1, 14), "", trend.TooFewPeriods},
		{"a sparse year is not a period", few, "", trend.TooFewPeriods},
		{"hardly any", course(1, 1, 1, 1, 0), "", trend.TooFewDocuments},
		{"nearly all", course(20, 20, 20, 19, 20), "", trend.TooFewDocuments},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, test := range seriesOf(t, c.shelf, trend.Request{Of: corpus.FieldCategory}).Tests {
				if test.Series != tendering {
					continue
				}
				if test.Direction != c.direction || test.Reason != c.reason {
					t.Errorf("direction %q, reason %q, want %q, %q", test.Direction, test.Reason, c.direction, c.reason)
				}
				if tested := test.P != nil && test.Q != nil && test.Slope != nil; tested != (c.reason == "") {
					t.Errorf("tested %t, but reason %q", tested, c.reason)
				}
			}
		})
	}
}

// Without a planted trend, the share of families with a false alarm stays within the nominal level: at most Alpha, and the
// binomial noise of the runs above it (three standard errors).
func TestFalseAlarms(t *testing.T) {
	const runs, seriesInFamily = 400, 20
	random := rand.New(rand.NewPCG(1, 2))
	alarms := 0
	for range runs {
		s := &shelf{}
		for year := 2015; year < 2023; year++ {
			for range 25 {
				p := paper{year: year, unit: "某局"}
				for k := range seriesInFamily {
					if random.Float64() < 0.05+0.04*float64(k) {
						p.findings = append(p.findings, []string{string(rune('a' + k))})
					}
				}
				s.papers = append(s.papers, p)
			}
		}
		for _, test := range seriesOf(t, s, trend.Request{Of: corpus.FieldCategory}).Tests {
			if test.Direction == trend.Emerging || test.Direction == trend.Receding {
				alarms++
				break
			}
		}
	}
	if most := 0.05*runs + 3*4.36; float64(alarms) > most {
		t.Errorf("%d of %d families without a trend raise an alarm, want at most %.0f", alarms, runs, most)
	}
}

func TestRoundsInOrder(t *testing.T) {
	s := &shelf{papers: []paper{
		{year: 2021, round: "九届市委第十一轮", unit: "甲", findings: [][]string{{tendering}}},
		{year: 2021, round: "九届市委第二轮", unit: "甲", findings: [][]string{{tendering}}},
		{year: 2017, round: "八届市委第三轮", unit: "甲", findings: [][]string{{tendering}}},
		{year: 2021, round: "十届市委第1轮", unit: "甲", findings: [][]string{{tendering}}},
		{year: 0, round: "一届区委第一轮", unit: "甲", findings: [][]string{{tendering}}},
		{year: 2021, round: "", unit: "甲", findings: [][]string{{tendering}}},
	}}
	var got []string
	for _, p := range seriesOf(t, s, trend.Request{By: corpus.FieldRound}).Periods {
		got = append(got, p.Period)
	}
	want := []string{"八届市委第三轮", "九届市委第二轮", "九届市委第十一轮", "十届市委第1轮", "一届区委第一轮"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
}

func TestDamagedYearIsNotFilledUp(t *testing.T) {
	s := &shelf{papers: slices.Concat(papers(1022, 1, 1, tendering), papers(2022, 5, 1, tendering))}
	if got := seriesOf(t, s, trend.Request{}); len(got.Periods) != 2 {
		t.Errorf("%d periods, want the two that occur", len(got.Periods))
	}
}

func TestMatrixMarginsAreCountedAnew(t *testing.T) {
	s := &shelf{papers: papers(2020, 6, 2, tendering)}
	table, err := trend.Matrix(context.Background(), s, corpus.Filter{}, corpus.FieldYear, corpus.FieldCategory)
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Cells) != 2 || len(table.Rows) != 1 || len(table.Cols) != 2 {
		t.Fatalf("cells %d, rows %d, cols %d", len(table.Cells), len(table.Rows), len(table.Cols))
	}
	if row := table.Rows[0]; row.Documents != 6 || row.Findings != 8 || *row.Share != 1 {
		t.Errorf("margin of the year %+v, want 6 documents with 8 findings", row)
	}
	if col := table.Cols[1]; col.Col != tendering || col.Documents != 2 || col.DocumentsTotal != 6 {
		t.Errorf("margin of the category %+v, want 2 of 6 documents", col)
	}
}

func TestCountsRestOnOneState(t *testing.T) {
	s := &shelf{papers: papers(2020, 6, 2, tendering), moved: []int64{1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}}
	if got := seriesOf(t, s, trend.Request{Of: corpus.FieldCategory}); got.Sequence != 2 {
		t.Errorf("sequence %d, want 2: all tallies again after the first moved", got.Sequence)
	}
	restless := &shelf{papers: s.papers}
	for i := range int64(1000) {
		restless.moved = append(restless.moved, i)
	}
	_, err := trend.Matrix(context.Background(), restless, corpus.Filter{}, corpus.FieldYear, corpus.FieldCategory)
	if corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("error %v, want unavailable", err)
	}
}
