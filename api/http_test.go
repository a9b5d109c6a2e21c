package api_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/index"
)

// addresses lists one good address for every route.
func addresses(w *world) []string {
	doc := w.docs[9]
	return []string{
		"/api/v1/search?q=" + url.QueryEscape("采购") + "&facets=year,category",
		"/api/v1/concordance?q=" + url.QueryEscape("采购") + "&sort=left&sample=5&seed=7",
		"/api/v1/terms?limit=5&min_length=2",
		"/api/v1/collocations?q=" + url.QueryEscape("采购"),
		"/api/v1/suggest?q=" + url.QueryEscape("商务"),
		"/api/v1/findings/" + string(aFinding(w).ID) + "/similar?limit=3&year=2018..",
		"/api/v1/repeats?limit=3",
		"/api/v1/common-problems?limit=3",
		"/api/v1/alignments?limit=3",
		"/api/v1/documents/" + string(doc.ID) + "/history",
		"/api/v1/rectification?by=domain",
		"/api/v1/units?year=2020",
		"/api/v1/units/" + url.PathEscape("海州市商务局"),
		"/api/v1/peers?unit=" + url.QueryEscape("海州市商务局"),
		"/api/v1/keyness?focus=year:2019&reference=year:2021",
		"/api/v1/quality?code=count_differs",
		"/api/v1/documents",
		"/api/v1/documents/" + string(doc.ID),
		"/api/v1/documents/" + string(doc.ID) + "/text",
		"/api/v1/documents/" + string(doc.ID) + "/original",
		"/api/v1/findings",
		"/api/v1/findings/" + string(aFinding(w).ID),
		"/api/v1/export/findings?year=2020",
		"/api/v1/export/documents?year=2020",
		"/api/v1/corrections",
		"/api/v1/review",
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

func TestOtherMethodsAreRefused(t *testing.T) {
	w := readOnly(t)
	d := document(t, w)
	for _, address := range addresses(w) {
		described := d.paths()[d.described(t, w, address)].(map[string]any)
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			if described[strings.ToLower(method)] != nil {
				continue
			}
			rec := w.do(t, method, address)
			if allow := rec.Header().Get("Allow"); !strings.Contains(allow, "GET") {
				t.Errorf("%s %s: Allow %q", method, address, allow)
			}
			checkProblem(t, rec, http.StatusMethodNotAllowed, "method_not_allowed")
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

// An empty corpus has answers too: none, of none.
func TestEmptyCorpus(t *testing.T) {
	w, err := newWorld(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.db.Close()
	defer w.engine.Close()
	for _, address := range []string{
		"/api/v1/search?facets=year", "/api/v1/documents", "/api/v1/findings", "/api/v1/trends?series=category", "/api/v1/trends",
		"/api/v1/matrix?rows=domain&cols=year", "/api/v1/compare?side=year:2019&side=year:2020", "/api/v1/taxonomy",
		"/api/v1/stats", "/api/v1/meta", "/readyz", "/api/v1/corrections", "/api/v1/review",
	} {
		t.Run(address, func(t *testing.T) {
			rec := w.get(t, address)
			if rec.Code != http.StatusOK {
				t.Errorf("%d %s", rec.Code, rec.Body)
			}
		})
	}
	if got := read[api.TrendsAnswer](t, w, "/api/v1/trends"); got.Total.Share != nil || got.Total.Findings != 0 || !got.Total.Sparse {
		t.Errorf("total %+v, want a sparse nothing without a share", got.Total)
	}
}
