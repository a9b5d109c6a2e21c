package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// addresses lists one good address for every route.
func addresses(w *world) []string {
	doc := w.docs[9]
	return []string{
		"/api/v1/search?q=" + url.QueryEscape("采购") + "&facets=year,category",
		"/api/v1/documents",
		"/api/v1/documents/" + string(doc.ID),
		"/api/v1/documents/" + string(doc.ID) + "/text",
		"/api/v1/documents/" + string(doc.ID) + "/original",
		"/api/v1/findings",
		"/api/v1/findings/" + string(aFinding(w).ID),
		"/api/v1/trends?series=category",
		"/api/v1/matrix?rows=domain&cols=year",
		"/api/v1/compare?side=doc:" + string(doc.ID) + "&side=" + url.QueryEscape("unit:海州市商务局"),
		"/api/v1/taxonomy",
		"/api/v1/taxonomy/procurement",
		"/api/v1/stats",
		"/api/v1/meta",
		"/api/v1/openapi.yaml",
		"/healthz",
		"/readyz",
	}
}

func aFinding(w *world) corpus.Finding {
	for _, d := range w.docs {
		if len(d.Findings) > 0 {
			return d.Findings[0]
		}
	}
	return corpus.Finding{}
}

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

func TestEveryRouteAnswers(t *testing.T) {
	w := readOnly(t)
	for _, address := range addresses(w) {
		t.Run(address, func(t *testing.T) {
			rec := w.get(t, address)
			if rec.Code != http.StatusOK {
				t.Fatalf("%d %s", rec.Code, rec.Body)
			}
			want := map[string]string{
				"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
				"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
			}
			for name, value := range want {
				if got := rec.Header().Get(name); got != value {
					t.Errorf("%s: %q, want %q", name, got, value)
				}
			}
			head := w.do(t, http.MethodHead, address)
			if head.Code != http.StatusOK || head.Header().Get("Content-Type") != rec.Header().Get("Content-Type") {
				t.Errorf("HEAD: %d %q", head.Code, head.Header().Get("Content-Type"))
			}
		})
	}
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

func TestEveryRouteIsReadOnly(t *testing.T) {
	w := readOnly(t)
	for _, address := range addresses(w) {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			rec := w.do(t, method, address)
			if allow := rec.Header().Get("Allow"); !strings.Contains(allow, "GET") {
				t.Errorf("%s %s: Allow %q", method, address, allow)
			}
			checkProblem(t, rec, http.StatusMethodNotAllowed, "method_not_allowed")
		}
	}
}

func TestEntityTags(t *testing.T) {
	w := readOnly(t)
	for _, address := range addresses(w) {
		if address == "/healthz" || address == "/readyz" {
			continue
		}
		t.Run(address, func(t *testing.T) {
			tag := w.get(t, address).Header().Get("ETag")
			if !strings.HasPrefix(tag, `W/"`) {
				t.Fatalf("ETag %q", tag)
			}
			for _, sent := range []string{tag, strings.TrimPrefix(tag, "W/"), `"other", ` + tag} {
				rec := w.get(t, address, "If-None-Match", sent, "Accept-Encoding", "gzip")
				if rec.Code != http.StatusNotModified || rec.Body.Len() > 0 {
					t.Errorf("If-None-Match %s: %d with %d bytes", sent, rec.Code, rec.Body.Len())
				}
				if rec.Header().Get("ETag") != tag {
					t.Errorf("304 with ETag %q, want %q", rec.Header().Get("ETag"), tag)
				}
			}
			for _, sent := range []string{`"other"`, "*"} {
				if rec := w.get(t, address, "If-None-Match", sent); rec.Code != http.StatusOK {
					t.Errorf("If-None-Match %s: %d", sent, rec.Code)
				}
			}
		})
	}
}

func TestEntityTagTellsAnswersApart(t *testing.T) {
	w := readOnly(t)
	tags := map[string]string{}
	for _, address := range []string{
		"/api/v1/findings", "/api/v1/findings?limit=5", "/api/v1/findings?format=csv", "/api/v1/documents",
		"/api/v1/findings?year=2019", "/api/v1/findings?year=2020",
	} {
		tag := w.get(t, address).Header().Get("ETag")
		if before, seen := tags[tag]; seen {
			t.Errorf("%s and %s have the same ETag", before, address)
		}
		tags[tag] = address
	}
	same := w.get(t, "/api/v1/findings?year=2019&limit=5").Header().Get("ETag")
	if other := w.get(t, "/api/v1/findings?limit=5&year=2019").Header().Get("ETag"); other != same {
		t.Errorf("the order of parameters changes the ETag: %s, %s", same, other)
	}
	if csv := w.get(t, "/api/v1/findings", "Accept", "text/csv").Header().Get("ETag"); tags[csv] == "/api/v1/findings" {
		t.Error("JSON and CSV have the same ETag")
	}
}

func TestEntityTagChangesWithTheStore(t *testing.T) {
	docs := invented()
	w, err := newWorld(t.TempDir(), docs[:3])
	if err != nil {
		t.Fatal(err)
	}
	defer w.db.Close()
	defer w.engine.Close()
	before := w.get(t, "/api/v1/stats")
	if err := w.add(docs[3]); err != nil {
		t.Fatal(err)
	}
	after := w.get(t, "/api/v1/stats", "If-None-Match", before.Header().Get("ETag"))
	if after.Code != http.StatusOK || after.Header().Get("ETag") == before.Header().Get("ETag") {
		t.Errorf("%d, ETag %s before and %s after", after.Code, before.Header().Get("ETag"), after.Header().Get("ETag"))
	}
	if stats := read[api.StatsAnswer](t, w, "/api/v1/stats"); stats.Documents != 4 || stats.Meta.Sequence != 4 || stats.Lag != 0 || stats.Index.Documents != 4 {
		t.Errorf("stats %+v", stats)
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

func TestLists(t *testing.T) {
	w := readOnly(t)
	for _, address := range []string{"/api/v1/search", "/api/v1/documents", "/api/v1/findings"} {
		t.Run(address, func(t *testing.T) {
			type list struct {
				Data []struct {
					ID         string `json:"id"`
					DocumentID string `json:"document_id"`
					Span       corpus.Span
				} `json:"data"`
				Total api.Total `json:"total"`
				Next  *string   `json:"next"`
				Meta  api.Meta  `json:"meta"`
			}
			seen := map[string]bool{}
			next := address + "?limit=7"
			for pages := 0; next != ""; pages++ {
				rec := w.get(t, next)
				got := read[list](t, w, next)
				if got.Total.Relation != "eq" || got.Meta.Sequence != int64(len(w.docs)) || got.Meta.Taxonomy == "" || got.Meta.Program == "" || got.Meta.Dictionary == "" {
					t.Fatalf("total %+v, meta %+v", got.Total, got.Meta)
				}
				for _, d := range got.Data {
					key := d.ID + d.DocumentID
					if d.ID == "" {
						key += "@" + string(rune(d.Span.Start))
					}
					if seen[key] {
						t.Fatalf("%s twice", key)
					}
					seen[key] = true
				}
				link := rec.Header().Get("Link")
				if next = ""; got.Next == nil {
					if got.Total.Value != len(seen) || link != "" {
						t.Errorf("total %d, %d in %d pages, Link %q", got.Total.Value, len(seen), pages+1, link)
					}
					break
				}
				target, ok := strings.CutSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`)
				if !ok {
					t.Fatalf("Link %q", link)
				}
				next = target
			}
		})
	}
	if got := read[api.List[json.RawMessage]](t, w, "/api/v1/search"); len(got.Data) != index.DefaultLimit {
		t.Errorf("%d hits by default, want %d", len(got.Data), index.DefaultLimit)
	}
}

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

func TestSnippetsAreSafe(t *testing.T) {
	w := readOnly(t)
	got := read[api.SearchAnswer](t, w, "/api/v1/search?limit=200&q="+url.QueryEscape("采购"))
	if len(got.Data) == 0 {
		t.Fatal("no hits")
	}
	text := map[corpus.DocumentID]string{}
	for _, d := range w.docs {
		text[d.ID] = d.Text
	}
	marked := 0
	for _, h := range got.Data {
		for _, s := range h.Snippets {
			if text[h.DocumentID][s.At:s.At+len(s.Text)] != s.Text {
				t.Errorf("snippet %q does not stand at %d", s.Text, s.At)
			}
			plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(s.HTML)
			if strings.ContainsAny(plain, "<>") {
				t.Errorf("unescaped: %s", s.HTML)
			}
			for _, m := range s.Spans {
				marked++
				if !strings.Contains(s.HTML, "<mark>"+m.Of(s.Text)+"</mark>") {
					t.Errorf("%q is not marked in %s", m.Of(s.Text), s.HTML)
				}
			}
		}
	}
	if marked == 0 {
		t.Error("nothing is marked")
	}
	none := read[api.SearchAnswer](t, w, "/api/v1/search?snippets=0&q="+url.QueryEscape("采购"))
	if len(none.Data[0].Snippets) != 0 {
		t.Error("snippets=0 gives snippets")
	}
}

func TestDocumentParts(t *testing.T) {
	w := readOnly(t)
	d := w.docs[9]
	var view map[string]json.RawMessage
	if err := json.Unmarshal(w.get(t, "/api/v1/documents/"+string(d.ID)).Body.Bytes(), &view); err != nil {
		t.Fatal(err)
	}
	if _, there := view["text"]; there {
		t.Error("the document comes with its text")
	}
	for _, name := range []string{"id", "findings", "sections", "provenance", "warnings", "declared", "region"} {
		if _, there := view[name]; !there {
			t.Errorf("the document comes without %s", name)
		}
	}
	text := w.get(t, "/api/v1/documents/"+string(d.ID)+"/text")
	if text.Body.String() != d.Text || text.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("text %q of type %q", text.Body, text.Header().Get("Content-Type"))
	}
	original := w.get(t, "/api/v1/documents/"+string(d.ID)+"/original")
	if original.Body.String() != originals[d.ID] || original.Header().Get("Content-Type") != "application/octet-stream" {
		t.Errorf("original %q of type %q", original.Body, original.Header().Get("Content-Type"))
	}
	if got := original.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment; filename*=utf-8''") {
		t.Errorf("Content-Disposition %q", got)
	}
	finding := read[api.FindingRecord](t, w, "/api/v1/findings/"+string(aFinding(w).ID))
	if finding.Statement != aFinding(w).Statement {
		t.Errorf("finding %+v", finding)
	}
}

func TestCompress(t *testing.T) {
	w := readOnly(t)
	plain := w.get(t, "/api/v1/taxonomy")
	packed := w.get(t, "/api/v1/taxonomy", "Accept-Encoding", "gzip")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= plain.Body.Len()/2 {
		t.Fatalf("encoding %q, %d bytes of %d", packed.Header().Get("Content-Encoding"), packed.Body.Len(), plain.Body.Len())
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil || string(body) != plain.Body.String() {
		t.Errorf("unpacked differently: %v", err)
	}
}

func TestReadyMeansCaughtUp(t *testing.T) {
	w := readOnly(t)
	service := *w.service
	service.Store = ahead{w.db}
	server := api.New(&service, api.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	checkProblem(t, rec, http.StatusServiceUnavailable, "index_behind")
}

// ahead is a store that has more than the index.
type ahead struct{ api.Store }

func (a ahead) Sequence(context.Context) (int64, error) { return 1000, nil }

// Lists are never null, so that a program can iterate without asking.
func TestListsAreNeverNull(t *testing.T) {
	w := readOnly(t)
	var check func(where string, v any)
	scalars := map[string]bool{}
	check = func(where string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				if inner == nil {
					scalars[name] = true
				}
				check(where+"."+name, inner)
			}
		case []any:
			for _, inner := range v {
				if inner == nil {
					t.Errorf("%s holds null", where)
				}
				check(where, inner)
			}
		}
	}
	for _, address := range addresses(w) {
		var v any
		if err := json.Unmarshal(w.get(t, address).Body.Bytes(), &v); err == nil {
			check(address, v)
		}
	}
	// What may be null is a fact that a document does not state, or a figure that there is none of.
	for _, list := range []string{
		"data", "rows", "cells", "tests", "periods", "facets", "values", "domains", "categories", "evidence", "path",
		"path_spans", "measures", "amounts", "issued", "findings", "sections", "warnings", "provenance", "snippets", "spans",
		"matched", "only_here", "keywords", "statuses", "sides", "leaves",
	} {
		if scalars[list] {
			t.Errorf("%s is null somewhere", list)
		}
	}
}

func TestAnswersAreReproducible(t *testing.T) {
	w := readOnly(t)
	for _, address := range addresses(w) {
		if first, second := w.get(t, address).Body.String(), w.get(t, address).Body.String(); first != second {
			t.Errorf("%s answers differently twice", address)
		}
	}
}
