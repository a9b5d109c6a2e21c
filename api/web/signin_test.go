package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/api"
	"tongjian/api/access"
	"tongjian/api/web"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// importer says of every file that it is the document it was made with.
type importer struct{ document corpus.DocumentID }

func (i importer) Import(_ context.Context, name string, data []byte) ([]corpus.Outcome, error) {
	if len(data) == 0 {
		return []corpus.Outcome{{Name: name, Result: corpus.Failed, Reason: "文件为空"}}, nil
	}
	return []corpus.Outcome{{Name: name, Result: corpus.Added, Document: i.document}}, nil
}

// guardedSite is the pages behind keys, with one key of each role.
func guardedSite(t *testing.T) (h http.Handler, keys map[corpus.Role]string) {
	t.Helper()
	return guardedSiteOver(t, synth.Options{Reports: 6})
}

// guardedSiteOver is guardedSite over other reports.
func guardedSiteOver(t *testing.T, o synth.Options) (h http.Handler, keys map[corpus.Role]string) {
	t.Helper()
	_, service := filledSite(t, o)
	ring, err := access.NewKeyring(t.Context(), service.Store.(access.Ledger), service.Now)
	check(t, err)
	keys = map[corpus.Role]string{}
	for _, role := range corpus.Roles {
		_, keys[role], err = ring.Add(t.Context(), "持有人<b>", role, nil)
		check(t, err)
	}
	docs, err := service.Documents(t.Context(), api.ListRequest{})
	check(t, err)
	service.Keyring, service.Importer = ring, importer{docs.Data[0].ID}
	quiet := slog.New(slog.DiscardHandler)
	guard := access.New(access.Options{Keys: ring, Required: true, Now: service.Now, Logger: quiet})
	server := api.New(service, api.Options{Logger: quiet, Guard: guard})
	check(t, web.Mount(server.Echo(), service, web.Options{Logger: quiet, Guard: guard}))
	return server, keys
}

// send posts a form as a page of the site would.
func send(h http.Handler, path string, form url.Values, cookie *http.Cookie) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if cookie != nil {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func open(h http.Handler, path string, cookie *http.Cookie) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if cookie != nil {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func signIn(t *testing.T, h http.Handler, key string) *http.Cookie {
	t.Helper()
	w := send(h, "/signin", url.Values{"key": {" " + key + " "}, "next": {"/search?q=采购"}}, nil)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/search?q=采购" {
		t.Fatalf("sign in: %d to %q", w.Code, w.Header().Get("Location"))
	}
	return w.Result().Cookies()[0]
}

func TestSignIn(t *testing.T) {
	h, keys := guardedSite(t)
	for _, path := range []string{"/", "/search?q=x", "/documents", "/manage", "/import", "/no/such/page"} {
		w := open(h, path, nil)
		if want := "/signin?next=" + url.QueryEscape(path); w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Errorf("%s for strangers: %d to %q, want %q", path, w.Code, w.Header().Get("Location"), want)
		}
	}
	if w := open(h, "/signin?next=//evil.example/", nil); w.Code != http.StatusOK || strings.Contains(w.Body.String(), "evil") {
		t.Errorf("the page to sign in: %d, leads away: %v", w.Code, strings.Contains(w.Body.String(), "evil"))
	}
	if w := send(h, "/signin", url.Values{"key": {"tj_wrong"}}, nil); w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), "访问密钥不正确") {
		t.Errorf("a wrong key: %d", w.Code)
	}
	cookie := signIn(t, h, keys[corpus.Reader])
	page := open(h, "/", cookie)
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "持有人&lt;b&gt;（只读）") {
		t.Errorf("overview signed in: %d", page.Code)
	}
	if w := open(h, "/manage", cookie); w.Code != http.StatusForbidden {
		t.Errorf("a reader opens the page for administrators: %d", w.Code)
	}
	if w := send(h, "/review", url.Values{"id": {"x"}}, cookie); w.Code != http.StatusForbidden {
		t.Errorf("a reader corrects: %d", w.Code)
	}
	if w := send(h, "/signout", nil, cookie); w.Code != http.StatusSeeOther {
		t.Errorf("sign out: %d", w.Code)
	}
	if w := open(h, "/", cookie); w.Code != http.StatusSeeOther {
		t.Errorf("after signing out: %d", w.Code)
	}
}

func TestManageKeys(t *testing.T) {
	h, keys := guardedSite(t)
	cookie := signIn(t, h, keys[corpus.Admin])
	made := send(h, "/manage", url.Values{"name": {"看板"}, "role": {"reader"}, "days": {"30"}}, cookie)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(made.Body.Bytes()))
	check(t, err)
	secret := doc.Find(".done code").Text()
	if made.Code != http.StatusOK || !strings.HasPrefix(secret, "tj_") || made.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("a new key: %d %q", made.Code, secret)
	}
	checkPage(t, "/manage", made.Body.Bytes())
	reader := signIn(t, h, secret)
	id, _, _ := strings.Cut(strings.TrimPrefix(secret, "tj_"), "_")
	if again := open(h, "/manage", cookie); strings.Contains(again.Body.String(), secret) || !strings.Contains(again.Body.String(), id) {
		t.Error("the secret is shown twice, or the key not at all")
	}
	if w := send(h, "/manage", url.Values{"revoke": {id}}, cookie); w.Code != http.StatusSeeOther {
		t.Errorf("revoke: %d", w.Code)
	}
	if w := open(h, "/", reader); w.Code != http.StatusSeeOther {
		t.Errorf("a revoked key still opens: %d", w.Code)
	}
	for _, form := range []url.Values{{"name": {""}, "role": {"reader"}}, {"name": {"x"}, "role": {"root"}}, {"name": {"x"}, "role": {"reader"}, "days": {"-1"}}} {
		if w := send(h, "/manage", form, cookie); w.Code != http.StatusBadRequest {
			t.Errorf("%v: %d", form, w.Code)
		}
	}
	if w := open(h, "/manage?before=x", cookie); w.Code != http.StatusBadRequest {
		t.Errorf("a bad place in the trail: %d", w.Code)
	}
}

func TestImportPage(t *testing.T) {
	h, keys := guardedSite(t)
	cookie := signIn(t, h, keys[corpus.Editor])
	page := open(h, "/import", cookie)
	checkPage(t, "/import", page.Body.Bytes())
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	for name, body := range map[string]string{"通报<i>.txt": "正文", "空.docx": ""} {
		part, err := w.CreateFormFile("file", name)
		check(t, err)
		_, err = part.Write([]byte(body))
		check(t, err)
	}
	check(t, w.Close())
	r := httptest.NewRequest(http.MethodPost, "/import", &form)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(cookie)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	body := rec.Body.String()
	for _, want := range []string{"共 2 个文件，新增 1，失败 1", "通报&lt;i&gt;.txt", "文件为空", `href="/documents/`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	checkPage(t, "/import", rec.Body.Bytes())
	if rec := send(h, "/import", url.Values{"a": {"b"}}, cookie); rec.Code != http.StatusBadRequest {
		t.Errorf("a form that is none: %d", rec.Code)
	}
}
