package access_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/api/access"
	"tongjian/corpus"
)

// ledger keeps keys in memory; journal remembers what was written.
type ledger struct{ keys []corpus.Key }

func (l *ledger) Keys(context.Context) ([]corpus.Key, error) { return l.keys, nil }

func (l *ledger) AddKey(_ context.Context, k corpus.Key) error {
	l.keys = append(l.keys, k)
	return nil
}

func (l *ledger) RevokeKey(context.Context, string, time.Time) error { return nil }

type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) Record(ctx context.Context, action, subject, detail string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, corpus.Actor(ctx)+"|"+action+"|"+subject+"|"+detail)
	return nil
}

// clock is a time that only tests move.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// gate is a guarded server with one route a role.
type gate struct {
	guard   *access.Guard
	keys    *access.Keyring
	journal *journal
	clock   *clock
	echo    *echo.Echo
}

func newGate(t *testing.T, o access.Options) *gate {
	t.Helper()
	g := &gate{journal: &journal{}, clock: &clock{time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)}, echo: echo.New()}
	keys, err := access.NewKeyring(t.Context(), &ledger{}, g.clock.now)
	if err != nil {
		t.Fatal(err)
	}
	o.Keys, o.Journal, o.Now, g.keys = keys, g.journal, g.clock.now, keys
	g.guard = access.New(o)
	g.echo.IPExtractor = echo.ExtractIPDirect()
	g.echo.HTTPErrorHandler = func(err error, c echo.Context) {
		var e *corpus.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", c.Path(), err)
			return
		}
		status := map[corpus.ErrorKind]int{corpus.Unauthenticated: 401, corpus.Forbidden: 403, corpus.TooMany: 429}[e.Kind]
		if err := c.String(status, e.Code); err != nil {
			t.Error(err)
		}
	}
	roles := map[string]corpus.Role{"/reader": corpus.Reader, "/editor": corpus.Editor, "/admin": corpus.Admin}
	g.echo.Use(g.guard.Admit(func(c echo.Context) corpus.Role { return roles[c.Path()] }))
	who := func(c echo.Context) error {
		p := access.Of(c.Request().Context())
		return c.String(http.StatusOK, p.Name+" "+string(p.Role)+" "+corpus.Actor(c.Request().Context()))
	}
	for _, path := range []string{"/public", "/reader", "/editor", "/admin"} {
		g.echo.Any(path, who)
	}
	g.echo.POST("/signin", func(c echo.Context) error {
		if _, err := g.guard.SignIn(c, c.FormValue("key")); err != nil {
			return err
		}
		return c.NoContent(http.StatusSeeOther)
	})
	return g
}

func (g *gate) key(t *testing.T, name string, role corpus.Role, life time.Duration) (corpus.Key, string) {
	t.Helper()
	var end *time.Time
	if life > 0 {
		at := g.clock.at.Add(life)
		end = &at
	}
	k, secret, err := g.keys.Add(t.Context(), name, role, end)
	if err != nil {
		t.Fatal(err)
	}
	return k, secret
}

func (g *gate) ask(method, path string, headers ...string) (status int, body string) {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	g.echo.ServeHTTP(rec, r)
	return rec.Code, rec.Body.String()
}

func TestRoles(t *testing.T) {
	g := newGate(t, access.Options{Required: true})
	_, reader := g.key(t, "看板", corpus.Reader, 0)
	_, editor := g.key(t, "张三", corpus.Editor, 0)
	_, admin := g.key(t, "管理员", corpus.Admin, 0)
	for _, tt := range []struct {
		path, secret string
		status       int
		body         string
	}{
		{"/public", "", 200, "  local"},
		{"/reader", "", 401, "key_needed"},
		{"/reader", reader, 200, "看板 reader 看板"},
		{"/editor", reader, 403, "role_too_low"},
		{"/editor", editor, 200, "张三 editor 张三"},
		{"/reader", editor, 200, "张三 editor 张三"},
		{"/admin", editor, 403, "role_too_low"},
		{"/admin", admin, 200, "管理员 admin 管理员"},
		{"/reader", "tj_aaaaaaaa_bbbbbbbb", 401, "key_unknown"},
		{"/reader", reader + "x", 401, "key_unknown"},
		{"/reader", reader[:len(reader)-1], 401, "key_unknown"},
		{"/reader", strings.ToUpper(reader), 401, "key_unknown"},
		{"/reader", "tj_", 401, "key_unknown"},
	} {
		var headers []string
		if tt.secret != "" {
			headers = []string{"Authorization", "Bearer " + tt.secret}
		}
		if status, body := g.ask(http.MethodGet, tt.path, headers...); status != tt.status || body != tt.body {
			t.Errorf("%s with %.14s…: %d %q, want %d %q", tt.path, tt.secret, status, body, tt.status, tt.body)
		}
	}
	if status, _ := g.ask(http.MethodGet, "/reader", "X-Api-Key", reader); status != 200 {
		t.Errorf("X-Api-Key: %d", status)
	}
}

func TestKeysEnd(t *testing.T) {
	g := newGate(t, access.Options{Required: true})
	_, short := g.key(t, "短期", corpus.Reader, time.Hour)
	lost, secret := g.key(t, "遗失", corpus.Reader, 0)
	if !g.keys.Usable(corpus.Reader) || g.keys.Usable(corpus.Admin) {
		t.Error("the keyring does not know which roles its keys have")
	}
	if _, err := g.keys.Revoke(t.Context(), lost.ID); err != nil {
		t.Fatal(err)
	}
	if status, body := g.ask(http.MethodGet, "/reader", "X-Api-Key", secret); status != 401 || body != "key_revoked" {
		t.Errorf("revoked: %d %s", status, body)
	}
	g.clock.at = g.clock.at.Add(time.Hour - time.Second)
	if status, _ := g.ask(http.MethodGet, "/reader", "X-Api-Key", short); status != 200 {
		t.Errorf("a second before its end: %d", status)
	}
	g.clock.at = g.clock.at.Add(time.Second)
	if status, body := g.ask(http.MethodGet, "/reader", "X-Api-Key", short); status != 401 || body != "key_expired" {
		t.Errorf("expired: %d %s", status, body)
	}
	if g.keys.Usable(corpus.Reader) {
		t.Error("no key works any more")
	}
	if _, err := g.keys.Revoke(t.Context(), "unknown"); corpus.KindOf(err) != corpus.NotFound {
		t.Errorf("revoke an unknown key: %v", err)
	}
}

func TestBadKeysAreNotMade(t *testing.T) {
	g := newGate(t, access.Options{})
	past := g.clock.at
	for _, tt := range []struct {
		name    string
		role    corpus.Role
		expires *time.Time
	}{
		{"", corpus.Reader, nil}, {"  ", corpus.Reader, nil}, {"张\n三", corpus.Reader, nil},
		{strings.Repeat("长", 100), corpus.Reader, nil}, {"张三", "root", nil}, {"张三", "", nil}, {"张三", corpus.Reader, &past},
	} {
		if _, _, err := g.keys.Add(t.Context(), tt.name, tt.role, tt.expires); corpus.KindOf(err) != corpus.Invalid {
			t.Errorf("key %q %q %v: %v", tt.name, tt.role, tt.expires, err)
		}
	}
	if n := len(g.keys.All()); n != 0 {
		t.Errorf("%d keys", n)
	}
}

func TestSecretsAreNotKept(t *testing.T) {
	g := newGate(t, access.Options{})
	k, secret := g.key(t, "张三", corpus.Admin, 0)
	other, second := g.key(t, "张三", corpus.Admin, 0)
	if secret == second || k.ID == other.ID {
		t.Error("two keys are the same")
	}
	if strings.Contains(string(k.Hash), secret) || len(k.Hash) != 32 || !strings.HasPrefix(secret, "tj_"+k.ID+"_") || len(secret) < 60 {
		t.Errorf("key %s of %d characters, hash of %d bytes", k.ID, len(secret), len(k.Hash))
	}
}

func TestWithoutKeys(t *testing.T) {
	g := newGate(t, access.Options{})
	_, reader := g.key(t, "看板", corpus.Reader, 0)
	if status, body := g.ask(http.MethodGet, "/admin"); status != 200 || body != "local admin local" {
		t.Errorf("at the machine: %d %s", status, body)
	}
	if status, _ := g.ask(http.MethodGet, "/editor", "X-Api-Key", reader); status != 403 {
		t.Errorf("a key is not held to its role: %d", status)
	}
	if status, _ := g.ask(http.MethodGet, "/reader", "X-Api-Key", "wrong"); status != 401 {
		t.Errorf("a wrong key: %d", status)
	}
}

// signIn returns the cookie of a new session.
func (g *gate) signIn(t *testing.T, secret string) *http.Cookie {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/signin", strings.NewReader("key="+secret))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	g.echo.ServeHTTP(rec, r)
	cookies := rec.Result().Cookies()
	if rec.Code != http.StatusSeeOther || len(cookies) != 1 {
		t.Fatalf("sign in: %d, %d cookies", rec.Code, len(cookies))
	}
	return cookies[0]
}

func TestSession(t *testing.T) {
	g := newGate(t, access.Options{Required: true})
	k, editor := g.key(t, "张三", corpus.Editor, 0)
	cookie := g.signIn(t, editor)
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || strings.Contains(cookie.Value, editor) {
		t.Errorf("cookie %+v", cookie)
	}
	by := cookie.Name + "=" + cookie.Value
	for _, tt := range []struct {
		what, method, path string
		headers            []string
		status             int
	}{
		{"a page is read", "GET", "/reader", nil, 200},
		{"a change from a page of ours", "POST", "/editor", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"a change from a page of ours, older browser", "POST", "/editor", []string{"Origin", "http://example.com"}, 200},
		{"a change from another site", "POST", "/editor", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a change from a site beside ours", "POST", "/editor", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"a change from another origin", "POST", "/editor", []string{"Origin", "http://evil.example"}, 403},
		{"a change that does not say where from", "POST", "/editor", nil, 403},
		{"what the role does not cover", "GET", "/admin", nil, 403},
	} {
		if status, body := g.ask(tt.method, tt.path, append(tt.headers, "Cookie", by)...); status != tt.status {
			t.Errorf("%s: %d %s, want %d", tt.what, status, body, tt.status)
		}
	}
	if status, _ := g.ask("GET", "/reader", "Cookie", cookie.Name+"=0000"); status != 401 {
		t.Errorf("a forged session: %d", status)
	}
	if _, err := g.keys.Revoke(t.Context(), k.ID); err != nil {
		t.Fatal(err)
	}
	if status, _ := g.ask("GET", "/reader", "Cookie", by); status != 401 {
		t.Errorf("a session outlives its key: %d", status)
	}
}

func TestSessionEnds(t *testing.T) {
	g := newGate(t, access.Options{Required: true})
	_, reader := g.key(t, "看板", corpus.Reader, 0)
	cookie := g.signIn(t, reader)
	g.clock.at = g.clock.at.Add(access.SessionLife)
	if status, _ := g.ask("GET", "/reader", "Cookie", cookie.Name+"="+cookie.Value); status != 401 {
		t.Errorf("after %v: %d", access.SessionLife, status)
	}
}

func TestLimits(t *testing.T) {
	g := newGate(t, access.Options{Required: true, Requests: access.Limit{PerSecond: 1, Burst: 3}, WrongKeys: access.Limit{PerSecond: 0.1, Burst: 2}})
	_, one := g.key(t, "甲", corpus.Reader, 0)
	_, two := g.key(t, "乙", corpus.Reader, 0)
	count := func(secret string, n int) (passed int) {
		for range n {
			if status, _ := g.ask("GET", "/reader", "X-Api-Key", secret); status == 200 {
				passed++
			}
		}
		return passed
	}
	if n := count(one, 10); n != 3 {
		t.Errorf("%d of 10 at once passed", n)
	}
	if n := count(two, 1); n != 1 {
		t.Error("one key is limited by another")
	}
	g.clock.at = g.clock.at.Add(2 * time.Second)
	if n := count(one, 10); n != 2 {
		t.Errorf("%d passed two seconds later", n)
	}
	for i, want := range []int{401, 401, 429, 429} {
		if status, _ := g.ask("GET", "/reader", "X-Api-Key", "tj_guess"); status != want {
			t.Errorf("wrong key %d: %d, want %d", i+1, status, want)
		}
	}
	if status, _ := g.ask("GET", "/reader", "X-Api-Key", two); status != 429 {
		t.Errorf("who guessed too often may go on with a good key: %d", status)
	}
	g.clock.at = g.clock.at.Add(time.Minute)
	if n := count(two, 1); n != 1 {
		t.Error("the address stays shut")
	}
}

// Refusals, sign-ins and uses are written down, and a flood of them does not fill the trail.
func TestTrail(t *testing.T) {
	g := newGate(t, access.Options{Required: true})
	k, editor := g.key(t, "张三", corpus.Editor, 0)
	for range 500 {
		g.ask("GET", "/reader")
		g.ask("DELETE", "/admin", "X-Api-Key", editor)
		g.ask("GET", "/reader", "X-Api-Key", editor)
	}
	g.signIn(t, editor)
	want := []string{
		"192.0.2.1|deny|GET /reader|key_needed 192.0.2.1",
		"张三|deny|DELETE /admin|role_too_low 192.0.2.1",
		"张三|use_key|" + k.ID + "|192.0.2.1",
		"张三|sign_in|" + k.ID + "|192.0.2.1",
	}
	if got := strings.Join(g.journal.lines, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("trail:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
	for _, line := range g.journal.lines {
		if strings.Contains(line, editor) {
			t.Errorf("a secret is in the trail: %s", line)
		}
	}
}
