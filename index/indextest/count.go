package indextest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
)

// testFilters checks conditions on fields, beside the query and in it.
func testFilters(t *testing.T, open Open) {
	docs := Documents(80)
	e, all := filled(t, open, docs), AllPassages(docs)
	value := func(f corpus.Field, values ...string) func(Passage) bool {
		return func(p Passage) bool {
			return slices.ContainsFunc(p.Values(f), func(v string) bool { return slices.Contains(values, v) })
		}
	}
	unit, doc := string(docs[3].Unit), string(docs[5].ID)
	tests := []struct {
		query string
		field corpus.Field
		value string
		match func(Passage) bool
	}{
		{"unit:" + unit, corpus.FieldUnit, unit, value(corpus.FieldUnit, unit)},
		{"单位：*水务局", corpus.FieldUnit, "*水务局", value(corpus.FieldUnit, "海州市水务局", "云岭县水务局", "青川区水务局", "北渡市水务局")},
		{"region:海州市", corpus.FieldRegion, "海州市", func(Passage) bool { return true }},
		{"region:云岭", corpus.FieldRegion, "云岭", value(corpus.FieldRegion, "东江省/海州市/云岭县")},
		{"region:东江省/海州市", corpus.FieldRegion, "东江省/海州市", func(Passage) bool { return true }},
		{"region:990102", corpus.FieldRegion, "990102", func(p Passage) bool { return p.Document.Region.Code == "990102" }},
		{"region:9901", corpus.FieldRegion, "9901", func(Passage) bool { return true }},
		{"sector:教育", corpus.FieldSector, "教育", value(corpus.FieldSector, "教育")},
		{"level:municipal", corpus.FieldLevel, "municipal", value(corpus.FieldLevel, "municipal")},
		{"层级:市级", corpus.FieldLevel, "市级", value(corpus.FieldLevel, "municipal")},
		{"inspector:第四巡察组", corpus.FieldInspector, "第四巡察组", value(corpus.FieldInspector, "第四巡察组")},
		{"round:第2轮", corpus.FieldRound, "第2轮", value(corpus.FieldRound, "第2轮")},
		{"year:2020", corpus.FieldYear, "2020", value(corpus.FieldYear, "2020")},
		{"年份：２０２０..２０２１", corpus.FieldYear, "2020..2021", value(corpus.FieldYear, "2020", "2021")},
		{"year:2021..", corpus.FieldYear, "2021..", value(corpus.FieldYear, "2021", "2022", "2023")},
		{"year:..2019", corpus.FieldYear, "..2019", value(corpus.FieldYear, "2018", "2019")},
		{"date:2020-03..2021-06-15", corpus.FieldDate, "2020-03..2021-06-15", func(p Passage) bool {
			return p.Document.PublicationDate >= "2020-03" && p.Document.PublicationDate <= "2021-06-15"
		}},
		{"date:2022", corpus.FieldDate, "2022", func(p Passage) bool { return p.Document.PublicationDate.Year() == 2022 }},
		{"type:feedback", corpus.FieldType, "feedback", value(corpus.FieldType, "feedback")},
		{"status:done", corpus.FieldStatus, "done", value(corpus.FieldStatus, "done")},
		{"action:money_recovered", corpus.FieldAction, "money_recovered", value(corpus.FieldAction, "money_recovered")},
		{"整改措施类型:追责问责", corpus.FieldAction, "追责问责", value(corpus.FieldAction, "accountability")},
		{"substance:words", corpus.FieldSubstance, "words", value(corpus.FieldSubstance, "words")},
		{"整改实质:有实际举措", corpus.FieldSubstance, "有实际举措", value(corpus.FieldSubstance, "deeds")},
		{"category:procurement.tendering", corpus.FieldCategory, "procurement.tendering", value(corpus.FieldCategory, "procurement.tendering")},
		{"category:procurement", corpus.FieldCategory, "procurement", value(corpus.FieldDomain, "procurement")},
		{"domain:procurement", corpus.FieldDomain, "procurement", value(corpus.FieldDomain, "procurement")},
		{"doc:" + doc, corpus.FieldDocument, doc, value(corpus.FieldDocument, doc)},
		{"kind:finding", corpus.FieldKind, "finding", value(corpus.FieldKind, "finding")},
		{"kind:问题", corpus.FieldKind, "问题", value(corpus.FieldKind, "finding")},
	}
	for _, tt := range tests {
		hits := everything(t, e, index.Request{Filter: corpus.Filter{Query: tt.query}, Limit: 100})
		compare(t, tt.query, hits, scan(all, tt.match))
		filter := corpus.Filter{}.With(tt.field, tt.value)
		compare(t, fmt.Sprintf("filter %v", filter.Values), everything(t, e, index.Request{Filter: filter, Limit: 100}), scan(all, tt.match))
	}
	several := corpus.Filter{Query: "问题 -year:2020"}.With(corpus.FieldStatus, "done", "partial").With(corpus.FieldYear, "2019..2021", "2023")
	compare(t, "several fields", everything(t, e, index.Request{Filter: several}), scan(all, func(p Passage) bool {
		return p.Has("问题") && value(corpus.FieldStatus, "done", "partial")(p) && value(corpus.FieldYear, "2019", "2021", "2023")(p)
	}))
}

// testFacets checks that facets count exactly the values of all that matches.
func testFacets(t *testing.T, open Open) {
	docs := Documents(80)
	e, all := filled(t, open, docs), AllPassages(docs)
	for _, query := range []string{"", "采购", "问题 year:2020.."} {
		for _, group := range []index.Group{index.ByPassage, index.ByDocument} {
			whole := everything(t, e, index.Request{Filter: corpus.Filter{Query: query}, Limit: index.MaxLimit})
			req := index.Request{
				Filter: corpus.Filter{Query: query}, Group: group, Facets: corpus.Fields, FacetSize: index.MaxFacetSize,
			}
			a := search(t, e, req)
			for _, facet := range a.Facets {
				checkFacet(t, facet, passagesOf(all, whole), group)
			}
			if len(a.Facets) != len(corpus.Fields) {
				t.Errorf("facets: %d, want %d", len(a.Facets), len(corpus.Fields))
			}
		}
	}
	short := search(t, e, index.Request{Facets: []corpus.Field{corpus.FieldUnit}, FacetSize: 3}).Facets[0]
	long := search(t, e, index.Request{Facets: []corpus.Field{corpus.FieldUnit}, FacetSize: 100}).Facets[0]
	if len(short.Values) != 3 || short.Others != len(long.Values)-3 || !slices.Equal(short.Values, long.Values[:3]) {
		t.Errorf("facet of 3 values: %+v, want the beginning of %+v", short, long)
	}
}

func checkFacet(t *testing.T, facet index.Facet, passages []Passage, group index.Group) {
	t.Helper()
	want := map[string]int{}
	seen := map[string]bool{}
	for _, p := range passages {
		for _, v := range p.Values(facet.Field) {
			if key := v + "\x00" + string(p.Document.ID); group != index.ByDocument || !seen[key] {
				seen[key] = true
				want[v]++
			}
		}
	}
	got := map[string]int{}
	for i, v := range facet.Values {
		got[v.Value] = v.Count
		if i > 0 && (v.Count > facet.Values[i-1].Count || (v.Count == facet.Values[i-1].Count && v.Value < facet.Values[i-1].Value)) {
			t.Errorf("facet %s: %v after %v", facet.Field, v, facet.Values[i-1])
		}
	}
	if facet.Missing > 0 {
		got[""] = facet.Missing
	}
	if !maps.Equal(got, want) {
		t.Errorf("facet %s by %s: %v, want %v", facet.Field, group, got, want)
	}
}

// testTally checks every pair of fields against a recount.
func testTally(t *testing.T, open Open) {
	docs := Documents(80)
	e, all := filled(t, open, docs), AllPassages(docs)
	fields := append([]corpus.Field{""}, corpus.Fields...)
	for _, query := range []string{"", "采购 OR 合同"} {
		passages := scan(all, func(p Passage) bool {
			return p.Finding != nil && (query == "" || p.Has("采购") || p.Has("合同"))
		})
		for _, rows := range fields {
			for _, cols := range fields {
				req := corpus.TallyRequest{Filter: corpus.Filter{Query: query}, Rows: rows, Cols: cols}
				if req.Check() == nil {
					checkTally(t, e, req, passages)
				}
			}
		}
	}
}

// testDenominators checks that the denominator leaves out what is about findings.
func testDenominators(t *testing.T, open Open) {
	docs := Documents(80)
	e, all := filled(t, open, docs), AllPassages(docs)
	late := scan(all, func(p Passage) bool { return p.Document.Year >= 2020 })
	filter := corpus.Filter{Query: "采购 category:procurement year:2020.. -status:done"}.With(corpus.FieldStatus, "done")
	for _, rows := range []corpus.Field{"", corpus.FieldYear, corpus.FieldUnit, corpus.FieldSector, corpus.FieldCategory} {
		for _, cols := range []corpus.Field{"", corpus.FieldLevel, corpus.FieldStatus} {
			checkTally(t, e, corpus.TallyRequest{Filter: filter, Rows: rows, Cols: cols, Denominators: true}, late)
		}
	}
	either := corpus.Filter{Query: "(year:2020.. OR 采购) sector:教育"}
	checkTally(t, e, corpus.TallyRequest{Filter: either, Rows: corpus.FieldYear, Denominators: true},
		scan(all, func(p Passage) bool { return p.Document.Sector == "教育" }))
}

// recount is a cell as the scan counts it.
type recount struct {
	findings         int
	documents, units map[string]bool
}

func (r *recount) add(p Passage) {
	if r.documents == nil {
		r.documents, r.units = map[string]bool{}, map[string]bool{}
	}
	if p.Finding != nil {
		r.findings++
	}
	r.documents[string(p.Document.ID)] = true
	if unit := p.Values(corpus.FieldUnit)[0]; unit != "" {
		r.units[unit] = true
	}
}

func (r *recount) cell(row, col string) corpus.Cell {
	return corpus.Cell{Row: row, Col: col, Findings: r.findings, Documents: len(r.documents), Units: len(r.units)}
}

func checkTally(t *testing.T, e index.Engine, req corpus.TallyRequest, passages []Passage) {
	t.Helper()
	got, err := e.Tally(context.Background(), req)
	if err != nil {
		t.Fatalf("tally %v: %v", req, err)
	}
	cells := map[[2]string]*recount{}
	var total recount
	for _, p := range passages {
		total.add(p)
		if p.Finding == nil && (ofFinding(req.Rows) || ofFinding(req.Cols)) {
			continue
		}
		for _, row := range values(p, req.Rows) {
			for _, col := range values(p, req.Cols) {
				key := [2]string{row, col}
				if cells[key] == nil {
					cells[key] = &recount{}
				}
				cells[key].add(p)
			}
		}
	}
	if want := total.cell("", ""); got.Total != want {
		t.Errorf("tally %v: total %+v, want %+v", req, got.Total, want)
	}
	for _, c := range got.Cells {
		key := [2]string{c.Row, c.Col}
		if cells[key] == nil {
			t.Errorf("tally %v: has %+v, which nothing falls in, or which is there twice", req, c)
		} else if want := cells[key].cell(c.Row, c.Col); c != want {
			t.Errorf("tally %v: %+v, want %+v", req, c, want)
		}
		delete(cells, key)
	}
	for key := range cells {
		t.Errorf("tally %v: misses %v", req, key)
	}
}

func ofFinding(f corpus.Field) bool {
	return slices.Contains([]corpus.Field{
		corpus.FieldStatus, corpus.FieldAction, corpus.FieldSubstance, corpus.FieldCategory, corpus.FieldDomain,
	}, f)
}

func values(p Passage, f corpus.Field) []string {
	if f == "" {
		return []string{""}
	}
	return p.Values(f)
}
