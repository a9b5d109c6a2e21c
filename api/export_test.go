package api_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index/indextest"
)

// rowsOf reads a file of the interface as rows of text.
func rowsOf(t *testing.T, rec *httptest.ResponseRecorder) [][]string {
	t.Helper()
	switch media, _, _ := strings.Cut(rec.Header().Get("Content-Type"), ";"); media {
	case "text/csv":
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(rec.Body.String(), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		f, err := excelize.OpenReader(bytes.NewReader(rec.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	t.Fatalf("%d %q %s", rec.Code, rec.Header().Get("Content-Type"), rec.Body)
	return nil
}

// A file holds as many rows as the list says there are, whatever its format, and the same ones.
func TestExportIsTheWholeList(t *testing.T) {
	w := readOnly(t)
	for _, filter := range []string{"", "year=2019..2021", "category=procurement", "q=year:1900", "status=done&level=county"} {
		for _, table := range []string{"findings", "documents"} {
			list := read[struct{ Total api.Total }](t, w, "/api/v1/"+table+"?limit=1&"+filter)
			address := "/api/v1/export/" + table + "?columns=id,unit&" + filter
			rows := rowsOf(t, w.get(t, address))
			if got := len(rows) - 1; got != list.Total.Value {
				t.Errorf("%s?%s: %d rows of %d", table, filter, got, list.Total.Value)
			}
			book := rowsOf(t, w.get(t, address+"&format=xlsx"))
			lines := strings.Count(w.get(t, address+"&format=jsonl").Body.String(), "\n")
			if len(book) != len(rows) || lines != len(rows)-1 {
				t.Errorf("%s?%s: %d rows as CSV, %d as a workbook, %d lines", table, filter, len(rows), len(book), lines)
			}
			for i := range min(len(book), len(rows)) {
				if book[i][0] != rows[i][0] {
					t.Fatalf("%s?%s: row %d is %q in the workbook and %q as CSV", table, filter, i, book[i], rows[i])
				}
			}
		}
	}
}

func TestExportColumnsAndCitation(t *testing.T) {
	w := readOnly(t)
	rows := rowsOf(t, w.get(t, "/api/v1/export/findings?columns=year,id&year=2020&citation=true"))
	if diff := cmp.Diff([]string{"year", "id"}, rows[0]); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	last := rows[len(rows)-1][0]
	for _, want := range []string{"# 来源：通鉴", "条件：year=2020", fmt.Sprintf("行数：%d", len(rows)-2), "程序：v0.0.0-test"} {
		if !strings.Contains(last, want) {
			t.Errorf("the citation %q lacks %q", last, want)
		}
	}
}

func TestExportLines(t *testing.T) {
	w := readOnly(t)
	rec := w.get(t, "/api/v1/export/findings?format=jsonl&year=2020&citation=true")
	lines := strings.Split(strings.TrimSuffix(rec.Body.String(), "\n"), "\n")
	for _, line := range lines[:len(lines)-1] {
		var f api.FindingRecord
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.ID == "" || f.Year != 2020 {
			t.Fatalf("line %s: %v", line, err)
		}
	}
	last := lines[len(lines)-1]
	for _, want := range []string{`{"citation":"# 来源：通鉴`, "year=2020", "v0.0.0-test"} {
		if !strings.Contains(last, want) {
			t.Errorf("the citation %s lacks %s", last, want)
		}
	}
	short := w.get(t, "/api/v1/export/documents?format=jsonl&columns=id,year,title")
	first, _, _ := strings.Cut(short.Body.String(), "\n")
	if !strings.HasPrefix(first, `{"id":"`) || !strings.Contains(first, `,"year":`) || !strings.HasSuffix(first, "}") {
		t.Errorf("line of columns: %s", first)
	}
}

func TestExportRefuses(t *testing.T) {
	w := readOnly(t)
	for address, code := range map[string]string{
		"/api/v1/export/findings?columns=id,stament": "unknown_column",
		"/api/v1/export/findings?columns=":           "unknown_column",
		"/api/v1/export/findings?format=json":        "unknown_value",
		"/api/v1/export/findings?format=pdf":         "unknown_value",
		"/api/v1/export/findings?citation=yes":       "unknown_value",
		"/api/v1/export/findings?limit=1":            "unknown_parameter",
		"/api/v1/export/documents?year=x":            "unknown_value",
	} {
		p := checkProblem(t, w.get(t, address), http.StatusBadRequest, code)
		if p.Expected == "" {
			t.Errorf("%s: says nothing of what is expected", address)
		}
	}
	head := w.do(t, http.MethodHead, "/api/v1/export/findings")
	if head.Code != http.StatusOK || head.Body.Len() != 0 || head.Header().Get("ETag") == "" {
		t.Errorf("HEAD: %d, %d bytes, ETag %q", head.Code, head.Body.Len(), head.Header().Get("ETag"))
	}
	if again := w.get(t, "/api/v1/export/findings", "If-None-Match", head.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("an unchanged file is answered with %d", again.Code)
	}
}

// failing is a store that fails from the second page of documents on.
type failing struct {
	api.Store
	left int
}

func (f *failing) Documents(ctx context.Context, ids []corpus.DocumentID) ([]*corpus.Document, error) {
	if f.left--; f.left < 0 {
		return nil, errors.New("the disk is gone")
	}
	return f.Store.Documents(ctx, ids)
}

// A file that breaks off must not look whole: the connection breaks too.
func TestExportBreaksOff(t *testing.T) {
	docs := indextest.Documents(150)
	for i, d := range docs {
		originals[d.ID] = fmt.Sprintf("document %d", i+1)
	}
	w, err := newWorld(t.TempDir(), docs)
	if err != nil {
		t.Fatal(err)
	}
	defer w.db.Close()
	defer w.engine.Close()
	for _, left := range []int{0, 1} {
		service := *w.service
		service.Store = &failing{Store: w.db, left: left}
		server := httptest.NewServer(api.New(&service, api.Options{Logger: slog.New(slog.DiscardHandler)}))
		answer, err := http.Get(server.URL + "/api/v1/export/findings")
		if err == nil && answer.StatusCode == http.StatusOK {
			_, err = new(bytes.Buffer).ReadFrom(answer.Body)
			if err == nil {
				t.Errorf("after %d pages the file looks whole", left)
			}
		} else if err == nil && answer.StatusCode != http.StatusInternalServerError {
			t.Errorf("after %d pages: %d", left, answer.StatusCode)
		}
		if err == nil {
			answer.Body.Close()
		}
		server.Close()
	}
}

func TestWorkbookOfTable(t *testing.T) {
	w := readOnly(t)
	for _, address := range []string{"/api/v1/trends?series=domain", "/api/v1/matrix?rows=unit&cols=year", "/api/v1/search?limit=50"} {
		table := rowsOf(t, w.get(t, address, "Accept", "text/csv"))
		book := rowsOf(t, w.get(t, address+"&format=xlsx"))
		if len(book) != len(table) || book[0][0] != table[0][0] {
			t.Errorf("%s: %d rows as a workbook, %d as CSV", address, len(book), len(table))
		}
	}
}

func BenchmarkExport(b *testing.B) {
	w := readOnly(b)
	for _, format := range []string{"csv", "xlsx", "jsonl"} {
		b.Run(format, func(b *testing.B) {
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := w.service.ExportFindings(context.Background(), &out, api.ExportRequest{Format: format}); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(out.Len()))
		})
	}
}
