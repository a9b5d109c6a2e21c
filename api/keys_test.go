package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"tongjian/api"
	"tongjian/api/access"
	"tongjian/corpus"
)

// importer takes every file for a report with two findings, but for those that are empty.
type importer struct{ names []string }

func (i *importer) Import(_ context.Context, name string, data []byte) ([]corpus.Outcome, error) {
	i.names = append(i.names, name)
	if len(data) == 0 {
		return []corpus.Outcome{{Name: name, Result: corpus.Failed, Reason: "文件为空"}}, nil
	}
	return []corpus.Outcome{{Name: name, Document: corpus.NewDocumentID(data), Result: corpus.Added, Findings: 2}}, nil
}

// guarded is the world behind keys, one of each role.
type guarded struct {
	*world
	server   *api.Server
	keys     map[corpus.Role]string
	keyring  *access.Keyring
	importer *importer
}

func newGuarded(t *testing.T, w *world) *guarded {
	t.Helper()
	keyring, err := access.NewKeyring(t.Context(), w.db, w.service.Now)
	if err != nil {
		t.Fatal(err)
	}
	g := &guarded{world: w, keyring: keyring, keys: map[corpus.Role]string{}, importer: &importer{}}
	for _, role := range corpus.Roles {
		_, secret, err := keyring.Add(t.Context(), "持有"+string(role), role, nil)
		if err != nil {
			t.Fatal(err)
		}
		g.keys[role] = secret
	}
	service := *w.service
	service.Keyring, service.Journal, service.Importer = keyring, w.db, g.importer
	g.server = api.New(&service, api.Options{
		Logger: slog.New(slog.DiscardHandler),
		Guard:  access.New(access.Options{Keys: keyring, Required: true, Journal: w.db, Now: w.service.Now, Logger: slog.New(slog.DiscardHandler)}),
	})
	return g
}

func (g *guarded) ask(t testing.TB, method, address string, role corpus.Role, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(body))
	if role != "" {
		r.Header.Set("Authorization", "Bearer "+g.keys[role])
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return answer(t, g.server, r)
}

// Every operation refuses who has no key, and who has too small a one; nothing but the few public ones answers.
func TestEveryOperationIsGuarded(t *testing.T) {
	w := editable(t)
	g := newGuarded(t, w)
	public := []string{"/api/v1/openapi.yaml", "/healthz", "/readyz"}
	admins := []string{"GET /api/v1/keys", "POST /api/v1/keys", "DELETE /api/v1/keys/:id", "GET /api/v1/audit", "DELETE /api/v1/documents/:id"}
	seen := 0
	for _, r := range g.server.Echo().Routes() {
		if slices.Contains(public, r.Path) || r.Method == "echo_route_not_found" {
			continue
		}
		seen++
		path := strings.ReplaceAll(r.Path, ":id", string(w.docs[3].ID))
		path = strings.ReplaceAll(path, ":code", "procurement")
		rec := g.ask(t, r.Method, path, "", "")
		if rec.Code != http.StatusUnauthorized || rec.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s %s without a key: %d", r.Method, r.Path, rec.Code)
		}
		lower := corpus.Role("")
		switch {
		case slices.Contains(admins, strings.Replace(r.Method, "HEAD", "GET", 1)+" "+r.Path):
			lower = corpus.Editor
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			lower = corpus.Reader
		}
		if lower == "" {
			continue
		}
		if rec := g.ask(t, r.Method, path, lower, "{}", "Content-Type", "application/json"); rec.Code != http.StatusForbidden {
			t.Errorf("%s %s by a mere %s: %d", r.Method, r.Path, lower, rec.Code)
		}
	}
	if seen < 30 {
		t.Errorf("only %d routes", seen)
	}
	for _, path := range public {
		if rec := g.ask(t, http.MethodGet, path, "", ""); rec.Code != http.StatusOK {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
	if rec := g.ask(t, http.MethodGet, "/no/such/path", "", ""); rec.Code != http.StatusUnauthorized {
		t.Errorf("what there is shows to strangers: %d", rec.Code)
	}
}

func TestKeysOverHTTP(t *testing.T) {
	g := newGuarded(t, editable(t))
	rec := g.ask(t, http.MethodPost, "/api/v1/keys", corpus.Admin, `{"name":"看板","role":"reader","expires_at":"2030-01-01T00:00:00Z"}`, "Content-Type", "application/json")
	var key api.NewKey
	if err := json.Unmarshal(rec.Body.Bytes(), &key); err != nil || rec.Code != http.StatusCreated || key.CreatedBy != "持有admin" {
		t.Fatalf("%d %s (%v)", rec.Code, rec.Body, err)
	}
	g.keys["new"] = key.Secret
	if rec := g.ask(t, http.MethodGet, "/api/v1/stats", "new", ""); rec.Code != http.StatusOK {
		t.Errorf("the new key opens nothing: %d", rec.Code)
	}
	list := g.ask(t, http.MethodGet, "/api/v1/keys", corpus.Admin, "")
	if strings.Contains(list.Body.String(), key.Secret) || !strings.Contains(list.Body.String(), key.ID) {
		t.Errorf("list of keys: %s", list.Body)
	}
	g.ask(t, http.MethodDelete, "/api/v1/keys/"+key.ID, corpus.Admin, "")
	if rec := g.ask(t, http.MethodGet, "/api/v1/stats", "new", ""); rec.Code != http.StatusUnauthorized {
		t.Errorf("a revoked key opens something: %d", rec.Code)
	}
	for body, code := range map[string]string{
		`{"name":"","role":"reader"}`:                                      "bad_value",
		`{"name":"甲","role":"root"}`:                                       "bad_value",
		`{"name":"甲","role":"reader","expires_at":"yesterday"}`:            "bad_value",
		`{"name":"甲","role":"reader","expires_at":"2020-01-01T00:00:00Z"}`: "bad_value",
		`{"name":"甲","role":"reader","secret":"x"}`:                        "unknown_parameter",
		`[]`: "bad_body",
	} {
		checkProblem(t, g.ask(t, http.MethodPost, "/api/v1/keys", corpus.Admin, body, "Content-Type", "application/json"), http.StatusBadRequest, code)
	}
	checkProblem(t, g.ask(t, http.MethodDelete, "/api/v1/keys/unknown", corpus.Admin, ""), http.StatusNotFound, "not_found")
}

// What is denied, exported, and opened with a key is in the trail, in the name of who did it.
func TestTrailOverHTTP(t *testing.T) {
	g := newGuarded(t, editable(t))
	g.ask(t, http.MethodGet, "/api/v1/findings", "", "")
	g.ask(t, http.MethodGet, "/api/v1/export/findings?year=2020", corpus.Reader, "")
	g.ask(t, http.MethodGet, "/api/v1/audit", corpus.Editor, "")
	id := g.docs[5].ID
	g.ask(t, http.MethodPatch, "/api/v1/documents/"+string(id), corpus.Editor, `{"sector":"教育"}`, "Content-Type", "application/json")
	var lines []corpus.AuditEntry
	for cursor := ""; ; {
		rec := g.ask(t, http.MethodGet, "/api/v1/audit?limit=7"+cursor, corpus.Admin, "")
		var page api.List[corpus.AuditEntry]
		if err := json.Unmarshal(rec.Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, page.Data...)
		if page.Next == nil {
			break
		}
		cursor = "&cursor=" + *page.Next
	}
	got := map[string]bool{}
	for i, l := range lines {
		if l.Sequence != int64(i+1) {
			t.Fatalf("line %d has number %d", i+1, l.Sequence)
		}
		got[l.Actor+" "+l.Action+" "+l.Subject] = true
	}
	for _, want := range []string{
		"192.0.2.1 deny GET /api/v1/findings", "持有reader export findings.csv", "持有editor deny GET /api/v1/audit",
		"持有editor correct " + string(id),
	} {
		if !got[want] {
			t.Errorf("the trail lacks %q; it has %v", want, got)
		}
	}
}

func TestUpload(t *testing.T) {
	g := newGuarded(t, editable(t))
	g.ask(t, http.MethodPost, "/api/v1/documents?filename=a.txt", corpus.Editor, "正文")
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	for i, name := range []string{"b.txt", "../../etc/passwd", "空.docx"} {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(part, strings.Repeat("正文", 2-i))
	}
	if err := w.WriteField("note", "a field that is no file"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	rec := g.ask(t, http.MethodPost, "/api/v1/documents", corpus.Editor, form.String(), "Content-Type", w.FormDataContentType())
	var ans api.UploadAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &ans); err != nil || rec.Code != http.StatusOK {
		t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	if len(ans.Data) != 3 || ans.Data[0].Result != corpus.Added || ans.Data[2].Result != corpus.Failed || ans.Data[2].Reason == "" {
		t.Errorf("outcomes %+v", ans.Data)
	}
	if want := []string{"a.txt", "b.txt", "../../etc/passwd", "空.docx"}; !slices.Equal(g.importer.names, want) {
		t.Errorf("names %q, want %q", g.importer.names, want)
	}
	taken := len(g.importer.names)
	for _, tt := range []struct {
		address, media, body string
		status               int
		code                 string
	}{
		{"/api/v1/documents", "", "x", 400, "bad_value"},
		{"/api/v1/documents?filename=", "", "x", 400, "bad_value"},
		{"/api/v1/documents?filename=..", "", "x", 400, "bad_value"},
		{"/api/v1/documents?filename=a%0Ab.txt", "", "x", 400, "bad_value"},
		{"/api/v1/documents?filename=" + strings.Repeat("a", 1001), "", "x", 400, "bad_value"},
		{"/api/v1/documents?name=a.txt", "", "x", 400, "unknown_parameter"},
		{"/api/v1/documents", "multipart/form-data; boundary=zz", "not a form", 400, "bad_value"},
		{"/api/v1/documents", "multipart/form-data; boundary=zz", "--zz--\r\n", 400, "bad_value"},
		{"/api/v1/documents", "multipart/form-data", "x", 400, "bad_body"},
		{"/api/v1/documents", "multipart/form-data; boundary=zz", "--zz\r\n[]--zz--\r\n", 400, "bad_body"},
		{"/api/v1/documents", "multipart/form-data; boundary=zz", "--zz\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\nnever ends", 400, "bad_body"},
	} {
		var headers []string
		if tt.media != "" {
			headers = []string{"Content-Type", tt.media}
		}
		checkProblem(t, g.ask(t, http.MethodPost, tt.address, corpus.Editor, tt.body, headers...), tt.status, tt.code)
	}
	if len(g.importer.names) != taken {
		t.Errorf("a refused upload was taken in: %q", g.importer.names[taken:])
	}
}

func TestMetrics(t *testing.T) {
	w := editable(t)
	w.get(t, "/api/v1/findings?limit=1")
	w.get(t, "/api/v1/findings?limit=zzz")
	w.get(t, "/no/such/path")
	body := w.get(t, "/metrics").Body.String()
	for _, want := range []string{
		`tongjian_http_requests_total{method="GET",route="/api/v1/findings",status="200"} 1`,
		`tongjian_http_requests_total{method="GET",route="/api/v1/findings",status="400"} 1`,
		`tongjian_http_request_seconds_count{route="/api/v1/findings"} 2`,
		"tongjian_index_lag_changes 0",
		fmt.Sprintf(`tongjian_index_held{kind="documents"} %d`, len(w.docs)),
		fmt.Sprintf("tongjian_store_sequence %d", len(w.docs)),
		"go_goroutines",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	if strings.Contains(body, "/no/such") {
		t.Error("anybody can name a metric")
	}
}

// Where no key is demanded, a page that made its own name lead here gets nothing.
func TestWrongHost(t *testing.T) {
	w := editable(t)
	keyring, err := access.NewKeyring(t.Context(), w.db, w.service.Now)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(api.New(w.service, api.Options{
		Logger: slog.New(slog.DiscardHandler), Guard: access.New(access.Options{Keys: keyring, Journal: w.db, Now: w.service.Now}),
	}))
	defer server.Close()
	for host, status := range map[string]int{"": 200, "localhost:80": 200, "evil.example": 403, "127.0.0.1.evil.example": 403} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/v1/stats", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != status {
			t.Errorf("Host %q: %d, want %d", host, answer.StatusCode, status)
		}
	}
}
