package api_test

import (
	"context"
	"net/url"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// anyFilter draws a filter of what the documents hold, and of what they do not.
func anyFilter(t *rapid.T) corpus.Filter {
	f := corpus.Filter{Query: rapid.SampledFrom([]string{
		"", "", "", "采购", "采购 OR 招标", "-采购", `"未经集体研究"`, "year:2019..2021", "category:finance 采购",
	}).Draw(t, "q")}
	choices := map[corpus.Field][]string{
		corpus.FieldUnit:     {"海州市商务局", "云岭县*", "=", "=*市*局", "*市*局", "云岭市A局"},
		corpus.FieldRegion:   {"东江省", "海州市", "云岭县", "9901", "=东江省", "="},
		corpus.FieldSector:   {"教育", "卫健", "="},
		corpus.FieldLevel:    {"county", "市级", "="},
		corpus.FieldYear:     {"2019", "2019..2021", "2021..", "="},
		corpus.FieldType:     {"feedback", "整改进展通报"},
		corpus.FieldStatus:   {"done", "未说明", "partial"},
		corpus.FieldCategory: {"procurement", "采购与合同", "finance.asset", "=", "=former.leaf"},
		corpus.FieldDomain:   {"procurement", "conduct"},
		corpus.FieldRound:    {"第1轮", "第3轮"},
	}
	for _, field := range corpus.Fields {
		if values, ok := choices[field]; ok && rapid.IntRange(0, 4).Draw(t, "restrict "+string(field)) == 0 {
			f = f.With(field, rapid.SliceOfNDistinct(rapid.SampledFrom(values), 1, 2, rapid.ID).Draw(t, string(field))...)
		}
	}
	// What a request would make of it.
	v, err := url.ParseQuery(api.EncodeFilter(f))
	if err != nil {
		t.Fatal(err)
	}
	if f, err = api.ReadFilter(v); err != nil {
		t.Fatal(err)
	}
	return f
}

// drill follows a drill-down through all its pages and returns the findings.
func drill(t *rapid.T, s *api.Service, query string) []api.FindingRecord {
	v, err := url.ParseQuery(query)
	if err != nil {
		t.Fatalf("drill-down %q: %v", query, err)
	}
	req, err := api.ParseList(v)
	if err != nil {
		t.Fatalf("drill-down %q: %v", query, err)
	}
	req.Limit = 50
	var out []api.FindingRecord
	for {
		list, err := s.Findings(context.Background(), req)
		if err != nil {
			t.Fatalf("drill-down %q: %v", query, err)
		}
		out = append(out, list.Data...)
		if list.Next == nil {
			if list.Total.Value != len(out) {
				t.Fatalf("drill-down %q: total %d, but %d findings", query, list.Total.Value, len(out))
			}
			return out
		}
		req.Cursor = *list.Next
	}
}

// checkDrill checks that figures count exactly the findings, documents and units that their drill-down leads to.
func checkDrill(t *rapid.T, s *api.Service, what string, f api.Figures) {
	ids, docs, units := map[corpus.FindingID]bool{}, map[corpus.DocumentID]bool{}, map[corpus.Fact]bool{}
	for _, r := range drill(t, s, f.Drilldown) {
		ids[r.ID], docs[r.DocumentID] = true, true
		if r.Unit != "" {
			units[r.Unit] = true
		}
	}
	if len(ids) != f.Findings || len(docs) != f.Documents || len(units) != f.Units {
		t.Fatalf("%s counts %d findings, %d documents, %d units; %s leads to %d, %d, %d",
			what, f.Findings, f.Documents, f.Units, f.Drilldown, len(ids), len(docs), len(units))
	}
	if f.Documents > f.DocumentsTotal || f.Units > f.UnitsTotal {
		t.Fatalf("%s: %d of %d documents, %d of %d units", what, f.Documents, f.DocumentsTotal, f.Units, f.UnitsTotal)
	}
}

func TestEveryTrendLeadsToItsFindings(t *testing.T) {
	w := readOnly(t)
	rapid.Check(t, func(t *rapid.T) {
		req := api.TrendsRequest{
			Filter: anyFilter(t),
			By:     rapid.SampledFrom([]corpus.Field{corpus.FieldYear, corpus.FieldRound}).Draw(t, "by"),
			Series: rapid.SampledFrom([]corpus.Field{
				corpus.FieldCategory, corpus.FieldDomain, corpus.FieldSector, corpus.FieldRegion, corpus.FieldLevel,
				corpus.FieldStatus, corpus.FieldUnit, corpus.FieldType, corpus.FieldInspector, api.NoSeries,
			}).Draw(t, "series"),
		}
		got, err := w.service.Trends(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		checkDrill(t, w.service, "total", got.Total)
		checkDrill(t, w.service, "unplaced", got.Unplaced)
		placed := got.Unplaced.Findings
		for _, p := range got.Periods {
			checkDrill(t, w.service, "period "+p.Period, p.Figures)
			placed += p.Findings
		}
		if placed != got.Total.Findings {
			t.Fatalf("%d findings in periods and without, %d in all", placed, got.Total.Findings)
		}
		for _, i := range sample(t, len(got.Rows)) {
			checkDrill(t, w.service, "row "+got.Rows[i].Period+" "+got.Rows[i].Series, got.Rows[i].Figures)
		}
	})
}

func TestEveryCellLeadsToItsFindings(t *testing.T) {
	w := readOnly(t)
	fields := slices.DeleteFunc(slices.Clone(corpus.Fields), func(f corpus.Field) bool {
		return f == corpus.FieldDate || f == corpus.FieldKind
	})
	rapid.Check(t, func(t *rapid.T) {
		pair := rapid.SliceOfNDistinct(rapid.SampledFrom(fields), 2, 2, rapid.ID).Draw(t, "fields")
		got, err := w.service.Matrix(context.Background(), api.MatrixRequest{Filter: anyFilter(t), Rows: pair[0], Cols: pair[1]})
		if err != nil {
			t.Fatal(err)
		}
		checkDrill(t, w.service, "total", got.Total)
		for _, i := range sample(t, len(got.Rows)) {
			checkDrill(t, w.service, "row "+got.Rows[i].Value, got.Rows[i].Figures)
		}
		for _, i := range sample(t, len(got.Cols)) {
			checkDrill(t, w.service, "column "+got.Cols[i].Value, got.Cols[i].Figures)
		}
		for _, i := range sample(t, len(got.Cells)) {
			checkDrill(t, w.service, "cell "+got.Cells[i].Row+" "+got.Cells[i].Col, got.Cells[i].Figures)
		}
	})
}

func TestEveryFacetLeadsToItsHits(t *testing.T) {
	w := readOnly(t)
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.SampledFrom(corpus.Fields).Draw(t, "facet")
		req := api.SearchRequest{
			Filter: anyFilter(t), Facets: []corpus.Field{field},
			Group: rapid.SampledFrom([]index.Group{index.ByPassage, index.ByDocument}).Draw(t, "group"),
		}
		if field == corpus.FieldDate {
			return
		}
		got, err := w.service.Search(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		for _, facet := range got.Facets {
			for _, value := range facet.Values {
				v, err := url.ParseQuery(value.Drilldown)
				if err != nil {
					t.Fatal(err)
				}
				filter, err := api.ReadFilter(v)
				if err != nil {
					t.Fatal(err)
				}
				narrowed, err := w.service.Search(context.Background(), api.SearchRequest{Filter: filter, Group: req.Group})
				if err != nil {
					t.Fatal(err)
				}
				if narrowed.Total.Value != value.Count {
					t.Fatalf("facet %s=%q counts %d, %s leads to %d", field, value.Value, value.Count, value.Drilldown, narrowed.Total.Value)
				}
			}
		}
	})
}

func TestComparedCellsLeadToTheirFindings(t *testing.T) {
	w := readOnly(t)
	rapid.Check(t, func(t *rapid.T) {
		sides := rapid.SliceOfN(rapid.SampledFrom([]string{
			"doc:" + string(w.docs[9].ID), "doc:" + string(w.docs[10].ID), "unit:海州市商务局", "unit:云岭县*", "采购 OR 招标",
			"category:finance", "year:2019..2021 -采购", "unit:没有的单位",
		}), 2, 4).Draw(t, "sides")
		got, err := w.service.Compare(context.Background(), api.CompareRequest{Filter: anyFilter(t), Sides: sides})
		if err != nil {
			t.Fatal(err)
		}
		first := ids(drill(t, w.service, got.Sides[0].Drilldown))
		for i, side := range got.Sides {
			shared := 0
			for id := range ids(drill(t, w.service, side.Drilldown)) {
				if first[id] && i > 0 {
					shared++
				}
			}
			if shared != side.Shared {
				t.Fatalf("side %s shares %d findings with the first, not %d", side.Side, shared, side.Shared)
			}
			if n := len(drill(t, w.service, side.Drilldown)); n != side.Findings {
				t.Fatalf("side %s counts %d, %s leads to %d", side.Side, side.Findings, side.Drilldown, n)
			}
			placed := len(got.OnlyHere[i])
			for _, row := range got.Matched {
				placed += len(row.Cells[i])
			}
			if placed != side.Read || side.Read != side.Findings {
				t.Fatalf("side %s: %d findings placed, %d read, %d counted", side.Side, placed, side.Read, side.Findings)
			}
		}
		for _, rows := range [][]api.ComparedRow{got.Domains, got.Categories, got.Statuses, got.Actions} {
			for _, row := range rows {
				for i, cell := range row.Cells {
					if independent := i > 0 && got.Sides[i].Shared == 0 && cell.Difference != nil; (cell.DifferenceLow != nil) != independent {
						t.Fatalf("%s of side %s: interval %v, shared %d", row.Value, got.Sides[i].Side, cell.DifferenceLow, got.Sides[i].Shared)
					}
					if n := len(drill(t, w.service, cell.Drilldown)); n != cell.Findings {
						t.Fatalf("%s of side %s counts %d, %s leads to %d", row.Value, got.Sides[i].Side, cell.Findings, cell.Drilldown, n)
					}
				}
			}
		}
	})
}

func ids(findings []api.FindingRecord) map[corpus.FindingID]bool {
	out := map[corpus.FindingID]bool{}
	for _, f := range findings {
		out[f.ID] = true
	}
	return out
}

// sample draws a few places of a list.
func sample(t *rapid.T, n int) []int {
	if n == 0 {
		return nil
	}
	return rapid.SliceOfN(rapid.IntRange(0, n-1), 1, 4).Draw(t, "sample")
}

func TestTaxonomyCounts(t *testing.T) {
	w := readOnly(t)
	rapid.Check(t, func(t *rapid.T) {
		got, err := w.service.Categories(context.Background(), anyFilter(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range sample(t, len(got.Domains)) {
			d := got.Domains[i]
			checkDrill(t, w.service, "domain "+string(d.Code), d.Figures)
			for _, j := range sample(t, len(d.Leaves)) {
				checkDrill(t, w.service, "leaf "+string(d.Leaves[j].Code), d.Leaves[j].Figures)
			}
		}
	})
}
