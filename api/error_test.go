package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tongjian/api"
	"tongjian/corpus"
)

// checkProblem fails unless an answer is a problem in the one shape that all have.
func checkProblem(t testing.TB, rec *httptest.ResponseRecorder, status int, code string) api.Problem {
	t.Helper()
	if rec.Code != status {
		t.Errorf("status %d, want %d: %s", rec.Code, status, rec.Body)
	}
	if got := rec.Header().Get("Content-Type"); got != api.ProblemType {
		t.Errorf("content type %q, want %q", got, api.ProblemType)
	}
	for _, name := range []string{"ETag", "Link", "Content-Disposition"} {
		if got := rec.Header().Get(name); got != "" {
			t.Errorf("a problem with %s %q", name, got)
		}
	}
	if got := rec.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("a problem with Cache-Control %q", got)
	}
	dec := json.NewDecoder(rec.Body)
	dec.DisallowUnknownFields()
	var p api.Problem
	if err := dec.Decode(&p); err != nil {
		t.Fatalf("body is no problem: %v", err)
	}
	if p.Type != "about:blank" || p.Status != rec.Code || p.Title != http.StatusText(rec.Code) || p.Detail == "" {
		t.Errorf("problem %+v", p)
	}
	if p.Code != code {
		t.Errorf("code %q, want %q (%s)", p.Code, code, p.Detail)
	}
	if p.Instance == "" || p.Instance != rec.Header().Get("X-Request-Id") {
		t.Errorf("instance %q, request identifier %q", p.Instance, rec.Header().Get("X-Request-Id"))
	}
	return p
}

func TestEveryRouteRefusesUnknownParameters(t *testing.T) {
	w := readOnly(t)
	for _, address := range addresses(w) {
		t.Run(address, func(t *testing.T) {
			between := "?"
			if strings.Contains(address, "?") {
				between = "&"
			}
			p := checkProblem(t, w.get(t, address+between+"unti=x"), http.StatusBadRequest, "unknown_parameter")
			if p.Param != "unti" || p.Value != "x" || p.Expected == "" {
				t.Errorf("problem %+v", p)
			}
		})
	}
}

func TestBadParameters(t *testing.T) {
	w := readOnly(t)
	for _, c := range []struct {
		query    string
		code     string
		param    string
		position int // -1: none
		expected string
	}{
		{"findings?yaer=2019", "unknown_parameter", "yaer", -1, "是否指 year"},
		{"findings?year=2019..20x3", "unknown_value", "year", 6, "2019..2023"},
		{"findings?year=x", "unknown_value", "year", 0, "2019..2023"},
		{"findings?year=2023..2019", "unknown_value", "year", 6, "2019..2023"},
		{"findings?date=2022-01-01..2022-13", "unknown_value", "date", 12, "2022-06-30"},
		{"findings?status=finished", "unknown_value", "status", 0, "done"},
		{"findings?status=partail", "unknown_value", "status", 0, "是否指 partial"},
		{"findings?type=letter", "unknown_value", "type", 0, "feedback"},
		{"findings?level=town", "unknown_value", "level", 0, "county"},
		{"findings?category=procurment", "unknown_value", "category", 0, "是否指 procurement"},
		{"findings?domain=x", "unknown_value", "domain", 0, "/api/v1/taxonomy"},
		{"findings?unit=", "bad_value", "unit", -1, "非空"},
		{"findings?unit=a%00b", "bad_value", "unit", 1, "UTF-8"},
		{"findings?unit=%ff", "bad_value", "unit", 0, "UTF-8"},
		{"findings?unit=" + strings.Repeat("x", 600), "value_too_long", "unit", -1, "512"},
		{"findings?" + strings.Repeat("year=2019&", 101), "too_many_values", "year", -1, "100"},
		{"findings?kind=section", "bad_value", "kind", 0, "/api/v1/search"},
		{"findings?limit=0", "bad_value", "limit", 0, "200"},
		{"findings?limit=201", "bad_value", "limit", 0, "200"},
		{"findings?limit=", "bad_value", "limit", 0, "200"},
		{"findings?limit=5&limit=6", "repeated_parameter", "limit", -1, ""},
		{"findings?cursor=xyz", "bad_cursor", "cursor", -2, ""},
		{"findings?sort=newest", "unknown_value", "sort", 0, "-date"},
		{"findings?format=xml", "unknown_value", "format", 0, "csv"},
		{"findings?q=a&q=b", "repeated_parameter", "q", -1, ""},
		{"findings?q=" + strings.Repeat("x", 5000), "query_too_long", "q", -2, "4096"},
		{"search?q=" + url.QueryEscape("采购 (招标"), "query_syntax", "q", 7, "右括号"},
		{"search?q=" + url.QueryEscape("category:采够管理"), "unknown_value", "q", 9, ""},
		{"search?q=" + url.QueryEscape("sektor:教育"), "unknown_field", "q", 0, ""},
		{"search?facets=year,colour", "unknown_value", "facets", 0, "category"},
		{"search?facets=date", "unknown_value", "facets", 0, "category"},
		{"search?group=unit", "unknown_value", "group", 0, "document"},
		{"search?snippets=11", "bad_value", "snippets", 0, "10"},
		{"stats?q=x", "unknown_parameter", "q", -1, "没有参数"},
		{"stats?format=csv", "unknown_parameter", "format", -1, ""},
		{"trends?by=month", "bad_value", "by", 0, "round"},
		{"trends?series=colour", "bad_value", "series", 0, "category"},
		{"trends?top=0", "bad_value", "top", 0, "1000"},
		{"matrix", "bad_value", "rows", 0, "category"},
		{"matrix?rows=year&cols=year", "bad_value", "cols", 0, ""},
		{"matrix?rows=date&cols=year", "bad_value", "rows", 0, ""},
		{"compare?side=year:2019", "bad_value", "side", -1, "2 至 8"},
		{"compare?side=year:2019&side=", "bad_value", "side", 0, "检索式"},
		{"compare?side=year:2019&side=" + url.QueryEscape("采购 OR"), "query_syntax", "side", 9, ""},
		{"findings?q=%zz", "bad_query_string", "", -1, ""},
		{"findings?a;b", "bad_query_string", "", -1, ""},
	} {
		t.Run(c.query[:min(len(c.query), 60)], func(t *testing.T) {
			rec := w.get(t, "/api/v1/"+c.query)
			p := checkProblem(t, rec, http.StatusBadRequest, c.code)
			if p.Param != c.param {
				t.Errorf("param %q, want %q", p.Param, c.param)
			}
			position := -1
			if p.Position != nil {
				position = *p.Position
			}
			if c.position != -2 && position != c.position {
				t.Errorf("position %d, want %d (%s)", position, c.position, p.Value)
			}
			if !strings.Contains(p.Expected, c.expected) {
				t.Errorf("expected %q, want %q in it", p.Expected, c.expected)
			}
		})
	}
}

func TestNothingThere(t *testing.T) {
	w := readOnly(t)
	for address, code := range map[string]string{
		"/api/v1/documents/0000000000000000":                       "not_found",
		"/api/v1/documents/0000000000000000/text":                  "not_found",
		"/api/v1/documents/0000000000000000/original":              "not_found",
		"/api/v1/documents/..%2f..%2fetc%2fpasswd":                 "not_found",
		"/api/v1/findings/0000000000000000-1":                      "not_found",
		"/api/v1/findings/" + string(w.docs[9].ID) + "-999":        "not_found",
		"/api/v1/findings/x":                                       "not_found",
		"/api/v1/taxonomy/colour":                                  "not_found",
		"/api/v1/compare?side=year:2019&side=doc:0000000000000000": "not_found",
		"/api/v1/nothing":                                          "no_such_path",
		"/api/v2/search":                                           "no_such_path",
	} {
		t.Run(address, func(t *testing.T) { checkProblem(t, w.get(t, address), http.StatusNotFound, code) })
	}
	checkProblem(t, w.get(t, "/api/v1/findings?q="+strings.Repeat("x", 20000)), http.StatusRequestURITooLong, "uri_too_long")
}

// faulty is a store that cannot answer.
type faulty struct {
	api.Store
	err error
}

func (f faulty) Stats(context.Context) (corpus.Stats, error) { return corpus.Stats{}, f.err }

func TestInternalCausesStayInside(t *testing.T) {
	w := readOnly(t)
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{errors.New("disk /var/secret is full"), http.StatusInternalServerError, "internal"},
		{&corpus.Error{Kind: "odd", Message: "secret"}, http.StatusInternalServerError, "internal"},
		{&corpus.Error{Kind: corpus.Unavailable, Message: "忙", Cause: errors.New("secret")}, http.StatusServiceUnavailable, "unavailable"},
		{context.DeadlineExceeded, http.StatusServiceUnavailable, "timeout"},
	} {
		var log bytes.Buffer
		service := *w.service
		service.Store = faulty{w.db, c.err}
		server := api.New(&service, api.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
		rec := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/api/v1/stats", nil)
		r.Header.Set("X-Request-Id", "trace-1")
		server.ServeHTTP(rec, r)
		if strings.Contains(rec.Body.String(), "secret") {
			t.Errorf("the cause is sent: %s", rec.Body)
		}
		p := checkProblem(t, rec, c.status, c.code)
		if p.Instance != "trace-1" {
			t.Errorf("instance %q, want the caller's identifier", p.Instance)
		}
		if !strings.Contains(log.String(), c.err.Error()) || !strings.Contains(log.String(), "id=trace-1") {
			t.Errorf("the cause %v is not in the log with the request's identifier:\n%s", c.err, &log)
		}
	}
}

func TestPanicsAndDeadlines(t *testing.T) {
	w := readOnly(t)
	service := *w.service
	service.Store = nil
	server := api.New(&service, api.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/v1/stats", nil))
	checkProblem(t, rec, http.StatusInternalServerError, "internal")

	server = api.New(w.service, api.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Timeout: time.Nanosecond})
	rec = httptest.NewRecorder()
	server.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/v1/search?q=x", nil))
	checkProblem(t, rec, http.StatusServiceUnavailable, "timeout")
}

func TestForeignRequestIdentifiersAreReplaced(t *testing.T) {
	w := readOnly(t)
	for _, id := range []string{"a b", "a\tlevel=ERROR", strings.Repeat("x", 65), "汉"} {
		if got := w.get(t, "/healthz", "X-Request-Id", id).Header().Get("X-Request-Id"); got == id || got == "" {
			t.Errorf("identifier %q kept as %q", id, got)
		}
	}
}
