package api_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
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
