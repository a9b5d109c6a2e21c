package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/index/indextest"
)

func BenchmarkAnswers(b *testing.B) {
	w := readOnly(b)
	for _, c := range []struct{ name, address string }{
		{"search", "/api/v1/search?q=%E9%87%87%E8%B4%AD&facets=year,unit,category,status,sector"},
		{"findings", "/api/v1/findings"},
		{"trends", "/api/v1/trends?series=category"},
		{"matrix", "/api/v1/matrix?rows=domain&cols=year"},
		{"compare", "/api/v1/compare?side=year:2019&side=year:2020"},
	} {
		b.Run(c.name, func(b *testing.B) { serve(b, w, c.address, "", http.StatusOK) })
		b.Run(c.name+"/304", func(b *testing.B) {
			serve(b, w, c.address, w.get(b, c.address).Header().Get("ETag"), http.StatusNotModified)
		})
	}
}

// BenchmarkWideTrend asks for a table of fourteen years by all categories.
func BenchmarkWideTrend(b *testing.B) {
	docs := indextest.Documents(1500)
	var leaves []corpus.CategoryCode
	categories, err := taxonomy.Default()
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range categories.Domains() {
		for _, l := range d.Leaves {
			leaves = append(leaves, l.Code)
		}
	}
	n := 0
	for i, d := range docs {
		originals[d.ID] = fmt.Sprintf("document %d", i+1)
		d.Year = corpus.Year(2010 + i%14)
		for j := range d.Findings {
			n++
			d.Findings[j].Categories = []corpus.Category{{Code: leaves[n%len(leaves)], Score: 1, By: corpus.ByRule}}
		}
	}
	w, err := newWorld(b.TempDir(), docs)
	if err != nil {
		b.Fatal(err)
	}
	defer w.db.Close()
	defer w.engine.Close()
	b.Run("category", func(b *testing.B) { serve(b, w, "/api/v1/trends?series=category", "", http.StatusOK) })
	b.Run("none", func(b *testing.B) { serve(b, w, "/api/v1/trends", "", http.StatusOK) })
}

func serve(b *testing.B, w *world, address, tag string, status int) {
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Header.Set("If-None-Match", tag)
		rec := httptest.NewRecorder()
		w.server.ServeHTTP(rec, r)
		if rec.Code != status {
			b.Fatalf("%d %s", rec.Code, rec.Body)
		}
	}
}
