package api_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"tongjian/corpus"
)

// raw sends bytes as they stand to a server and returns the status of the answer, 0 where the connection was closed.
func raw(t *testing.T, address, request string) (status int, header http.Header) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		return 0, nil
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, nil
	}
	defer answer.Body.Close()
	return answer.StatusCode, answer.Header
}

// TestSiege asks a server as those do who mean ill: every one gets the right refusal, nothing is written, and nothing is
// left behind.
func TestSiege(t *testing.T) {
	g := newGuarded(t, editable(t))
	before, err := g.db.Sequence(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	idle := runtime.NumGoroutine()
	server := httptest.NewServer(g.server)
	address := server.Listener.Addr().String()
	doc := string(g.docs[3].ID)
	key := "Authorization: Bearer " + g.keys[corpus.Editor] + "\r\n"
	request := func(line, headers, body string) string {
		return line + " HTTP/1.1\r\nHost: " + address + "\r\nConnection: close\r\n" + headers + fmt.Sprintf("Content-Length: %d\r\n", len(body)) + "\r\n" + body
	}
	json := "Content-Type: application/json\r\n"
	for _, tt := range []struct {
		what, request string
		status        []int
	}{
		{"no key", request("GET /api/v1/findings", "", ""), []int{401}},
		{"a forged key", request("GET /api/v1/findings", "Authorization: Bearer tj_aaaaaaaa_"+strings.Repeat("a", 52)+"\r\n", ""), []int{401}},
		{"a key of another scheme", request("GET /api/v1/findings", "Authorization: Basic dGo6dGo=\r\n", ""), []int{401}},
		{"a forged session", request("GET /api/v1/findings", "Cookie: tongjian_session="+strings.Repeat("0", 64)+"\r\n", ""), []int{401}},
		{"an editor removes", request("DELETE /api/v1/documents/"+doc, key, ""), []int{403}},
		{"a change from another site", request("PATCH /api/v1/documents/"+doc, key+json+"Origin: http://evil.example\r\n", `{"sector":"教育"}`), []int{403}},
		{"a change from another site, told by the browser", request("PATCH /api/v1/documents/"+doc, key+json+"Sec-Fetch-Site: cross-site\r\n", `{"sector":"教育"}`), []int{403}},
		{"a form of another site", request("PATCH /api/v1/documents/"+doc, key+"Content-Type: text/plain\r\n", `{"sector":"教育"}`), []int{415}},
		{"a path out of the corpus", request("GET /api/v1/documents/../../../../etc/passwd", key, ""), []int{404}},
		{"an escaped path", request("GET /api/v1/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd/original", key, ""), []int{404}},
		{"a path with a null", request("GET /api/v1/documents/%00", key, ""), []int{404}},
		{"a path with backslashes", request(`GET /api/v1/documents/..\..\windows\win.ini`, key, ""), []int{400, 404}},
		{"a broken escape", request("GET /api/v1/documents/%zz", key, ""), []int{400}},
		{"a long address", request("GET /api/v1/findings?q="+strings.Repeat("a", 17<<10), key, ""), []int{414}},
		{"a large header", request("GET /api/v1/findings", key+"X-Long: "+strings.Repeat("a", 2<<20)+"\r\n", ""), []int{431, 0}},
		{"a large body", request("PATCH /api/v1/documents/"+doc, key+json, `{"sector":"`+strings.Repeat("a", 100<<10)+`"}`), []int{413}},
		{"deep JSON", request("PATCH /api/v1/documents/"+doc, key+json, strings.Repeat(`{"a":`, 10000)), []int{400}},
		{"a field twice", request("PATCH /api/v1/documents/"+doc, key+json, `{"year":"x","year":{}}`), []int{400}},
		{"a header in a parameter", request("GET /api/v1/export/findings?columns=id%0d%0aSet-Cookie:%20a=b", key, ""), []int{400}},
		{"a request in a request", request("GET /api/v1/stats", key+"Transfer-Encoding: chunked\r\n", "0\r\n\r\nGET /api/v1/keys HTTP/1.1\r\n\r\n"), []int{200, 400}},
		{"an unknown method", request("PROPFIND /api/v1/documents", key, ""), []int{403, 405}},
		{"no such operation", request("GET /api/v2/findings", key, ""), []int{404}},
		{"a request line of nothing", "\r\n\r\n\r\n", []int{400, 0}},
		{"another protocol", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", []int{400, 0}},
	} {
		status, header := raw(t, address, tt.request)
		fits := false
		for _, want := range tt.status {
			fits = fits || status == want
		}
		if !fits {
			t.Errorf("%s: %d, want %v", tt.what, status, tt.status)
		}
		if header.Get("Set-Cookie") != "" {
			t.Errorf("%s: sets the cookie %q", tt.what, header.Get("Set-Cookie"))
		}
	}
	malformed(t, g)
	server.Close()
	http.DefaultClient.CloseIdleConnections()
	after, err := g.db.Sequence(t.Context())
	if err != nil || after != before {
		t.Errorf("the store went from change %d to %d (%v)", before, after, err)
	}
	for range 200 {
		if runtime.NumGoroutine() <= idle {
			return
		}
		runtime.Gosched()
		runtime.GC()
	}
	if n := runtime.NumGoroutine(); n > idle+2 {
		t.Errorf("%d goroutines before, %d after", idle, n)
	}
}

// malformed asks ten thousand queries that nobody should send.
func malformed(t *testing.T, g *guarded) {
	t.Helper()
	queries := 10_000
	if testing.Short() {
		queries = 1000
	}
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{
		`"`, "(", ")", " OR ", "-", "year:", "..", "*", "=", ":", "unit:", "采购", "category:", "\\", "“", "”", "＊", "%", "\t", "\u200b", "𠮷", "'", ";", "--", "NOT ",
	}
	paths := []string{"search", "findings", "documents", "trends", "matrix", "concordance", "terms", "collocations", "export/findings", "repeats", "units"}
	params := []string{"q", "unit", "year", "category", "cursor", "limit", "sort", "rows", "cols", "series", "by", "seed", "columns"}
	for range queries {
		v := url.Values{}
		for range 1 + r.IntN(3) {
			var b strings.Builder
			for range r.IntN(8) {
				b.WriteString(pieces[r.IntN(len(pieces))])
			}
			if r.IntN(8) == 0 {
				b.WriteByte(byte(r.IntN(256)))
			}
			v.Add(params[r.IntN(len(params))], b.String())
		}
		address := "/api/v1/" + paths[r.IntN(len(paths))] + "?" + v.Encode()
		request := httptest.NewRequest(http.MethodGet, address, nil)
		request.Header.Set("Authorization", "Bearer "+g.keys[corpus.Reader])
		rec := httptest.NewRecorder()
		g.server.ServeHTTP(rec, request)
		if rec.Code >= http.StatusInternalServerError && rec.Code != http.StatusServiceUnavailable {
			t.Fatalf("GET %s: %d %s", address, rec.Code, rec.Body)
		}
	}
}

// A bomb is refused by what takes in files, and a body that never comes holds nothing up: the server's own limits end it.
func TestSlowBody(t *testing.T) {
	g := newGuarded(t, editable(t))
	server := httptest.NewUnstartedServer(g.server)
	server.Config.ReadTimeout = 200 * time.Millisecond
	server.Start()
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "PATCH /api/v1/documents/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
		g.docs[3].ID, server.Listener.Addr(), g.keys[corpus.Editor])
	if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err == nil {
		answer.Body.Close()
		if answer.StatusCode < 400 || answer.StatusCode >= 500 {
			t.Errorf("a body that never came: %d", answer.StatusCode)
		}
	}
}
