package api_test

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCSV(t *testing.T) {
	w := readOnly(t)
	for _, c := range []struct {
		address string
		columns []string
	}{
		{"search?limit=200", []string{"id", "document_id", "kind", "title", "statement", "unit", "region", "year"}},
		{"documents?limit=200", []string{"id", "source", "doc_type", "title", "unit"}},
		{"findings?limit=200", []string{"id", "document_id", "title", "unit"}},
		{"trends?series=domain", []string{"period", "series", "label", "findings", "documents", "units", "documents_total"}},
		{"matrix?rows=unit&cols=year", []string{"row", "row_label", "col", "col_label", "findings"}},
		{"compare?side=year:2019&side=year:2020", []string{"field", "value", "label", "side"}},
		{"taxonomy?year=2019", []string{"code", "domain", "zh", "en", "is", "not", "findings"}},
	} {
		t.Run(c.address, func(t *testing.T) {
			rec := w.get(t, "/api/v1/"+c.address, "Accept", "text/csv")
			if got := rec.Header().Get("Content-Type"); rec.Code != http.StatusOK || got != "text/csv; charset=utf-8; header=present" {
				t.Fatalf("%d %q %s", rec.Code, got, rec.Body)
			}
			body, ok := strings.CutPrefix(rec.Body.String(), "\ufeff")
			if !ok {
				t.Error("no byte order mark")
			}
			rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) < 2 {
				t.Fatal("no rows")
			}
			if diff := cmp.Diff(c.columns, rows[0][:len(c.columns)]); diff != "" {
				t.Errorf("columns (-want +got):\n%s", diff)
			}
			for _, row := range rows {
				for i, cell := range row {
					if strings.IndexAny(cell, "=+-@\t\r") == 0 && !slices.Contains([]string{"difference", "difference_low", "difference_high", "slope", "score"}, rows[0][i]) {
						t.Errorf("column %s holds %q, which a spreadsheet would run", rows[0][i], cell)
					}
				}
			}
			byParam := w.get(t, "/api/v1/"+strings.Replace(c.address+"&format=csv", "?&", "?", 1))
			if byParam.Body.String() != rec.Body.String() {
				t.Error("format=csv and Accept give different tables")
			}
		})
	}
	if !strings.Contains(w.get(t, "/api/v1/documents?limit=200&format=csv").Body.String(), `'=cmd|`) {
		t.Error("the title with a formula is not defused, or not there")
	}
	for accept, want := range map[string]string{
		"text/csv;q=0.5, application/json": "application/json", "application/json;q=0.1, text/csv": "text/csv",
		"*/*": "application/json", "": "application/json", "text/html, */*;q=0.1": "application/json",
	} {
		if got := w.get(t, "/api/v1/findings", "Accept", accept).Header().Get("Content-Type"); !strings.HasPrefix(got, want) {
			t.Errorf("Accept %q gives %q, want %s", accept, got, want)
		}
	}
}
