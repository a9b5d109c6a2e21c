package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"tongjian/analysis/taxonomy"
	"tongjian/api"
	"tongjian/api/web"
)

// site serves the pages over a made-up corpus.
func site(t *testing.T, f *fakeCorpus) http.Handler {
	t.Helper()
	tax, err := taxonomy.Default()
	check(t, err)
	e := echo.New()
	service := &api.Service{
		Engine: f, Store: f, Taxonomy: tax, Versions: api.Versions{Program: "dev", Dictionary: "d1"},
	}
	check(t, web.Mount(e, service, web.Options{Logger: slog.New(slog.DiscardHandler)}))
	return e
}

// get asks for an address and returns the answer.
func get(t *testing.T, h http.Handler, address string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	address, _, _ = strings.Cut(address, "#")
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w
}

// page asks for an address that must be a page of the given status, and returns it parsed.
func page(t *testing.T, h http.Handler, address string, status int) *goquery.Document {
	t.Helper()
	w := get(t, h, address)
	if w.Code != status {
		t.Fatalf("GET %s = %d, want %d\n%s", address, w.Code, status, clip(w.Body.String()))
	}
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/html") {
		t.Errorf("GET %s: content type %q, want text/html", address, got)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func clip(s string) string { return s[:min(len(s), 2000)] }

// text returns the text of a selection with blanks folded.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }
