package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Bounds of a page and of a crawl.
const (
	maxPageBytes = 100 << 10
	maxCrawl     = 250
)

// TestEveryLinkLeadsSomewhere follows the links of all pages and checks what every page owes: it is there, small, titled,
// without script or style of its own and without any foreign address, its anchors exist, and its identifiers are unique.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	checkLinks(t, site(t, sample()), pagesOnly, "/", "/?table=heat", "/?table=years", "/?open=finance", "/?kind=section",
		"/search?q=%28", "/search?q=zzz&year=2022", "/search?kind=section")
}

// pagesOnly keeps a crawl out of the interface, which the made-up site does not serve; everything does not.
func pagesOnly(path string) bool { return !strings.HasPrefix(path, "/api/") }

func everything(string) bool { return true }

// checkLinks follows the links from some addresses, as far as follow allows.
func checkLinks(t *testing.T, h http.Handler, follow func(path string) bool, from ...string) {
	t.Helper()
	queue := from
	seen := map[string]bool{}
	for len(queue) > 0 && len(seen) < maxCrawl {
		at := queue[0]
		queue = queue[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		w := get(t, h, at)
		if w.Code != http.StatusOK && at != "/search?q=%28" {
			t.Errorf("GET %s = %d", at, w.Code)
			continue
		}
		if w.Body.Len() > maxPageBytes {
			t.Errorf("GET %s has %d bytes, want at most %d", at, w.Body.Len(), maxPageBytes)
		}
		if !strings.Contains(w.Header().Get("Content-Type"), "html") {
			continue
		}
		checkPage(t, at, w.Body.Bytes())
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		queue = append(queue, links(t, at, doc, follow)...)
	}
	if len(seen) < 100 {
		t.Errorf("only %d addresses were reached", len(seen))
	}
}

// links returns what a page leads to and checks its anchors.
func links(t *testing.T, at string, doc *goquery.Document, follow func(path string) bool) []string {
	var out []string
	doc.Find("[href], [src], [action]").Each(func(_ int, s *goquery.Selection) {
		for _, name := range []string{"href", "src", "action"} {
			raw, ok := s.Attr(name)
			if !ok {
				continue
			}
			u, err := url.Parse(raw)
			if err != nil || u.IsAbs() || u.Host != "" || raw == "" {
				t.Errorf("%s: address %q leaves the site", at, raw)
				continue
			}
			if u.Path == "" && u.RawQuery == "" {
				if u.Fragment != "" && doc.Find("#"+u.Fragment).Length() != 1 {
					t.Errorf("%s: no place #%s", at, u.Fragment)
				}
				continue
			}
			if !strings.HasPrefix(raw, "/") {
				t.Errorf("%s: address %q is relative", at, raw)
			}
			u.Fragment = ""
			if follow(u.Path) {
				out = append(out, u.String())
			}
		}
	})
	return out
}

var inline = regexp.MustCompile(`(?i)<script[^>]*>[^<]|<style|\son[a-z]+=|\sstyle=|javascript:`)

// checkPage checks one page as it was sent.
func checkPage(t *testing.T, at string, body []byte) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if found := inline.Find(body); found != nil {
		t.Errorf("%s: script or style in the page: %q", at, found)
	}
	if got := doc.Find("html").AttrOr("lang", ""); got != "zh-CN" {
		t.Errorf("%s: language %q", at, got)
	}
	if got := text(doc.Find("head > title")); !strings.HasSuffix(got, "· 通鉴") {
		t.Errorf("%s: title %q", at, got)
	}
	if h1, main := doc.Find("h1").Length(), doc.Find("main").Length(); h1 > 1 || main != 1 {
		t.Errorf("%s: %d first headings and %d main parts", at, h1, main)
	}
	level := 0
	doc.Find("h1, h2, h3, h4").Each(func(_ int, h *goquery.Selection) {
		now := int(goquery.NodeName(h)[1] - '0')
		if now > level+1 {
			t.Errorf("%s: heading %q of level %d follows level %d", at, text(h), now, level)
		}
		level = now
	})
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if ids[id] {
			t.Errorf("%s: identifier %q stands twice", at, id)
		}
		ids[id] = true
	})
	doc.Find("a").Each(func(_ int, a *goquery.Selection) {
		if text(a) == "" && a.AttrOr("aria-label", "") == "" {
			t.Errorf("%s: link to %s has no name", at, a.AttrOr("href", ""))
		}
	})
	doc.Find("input:not([type=hidden])").Each(func(_ int, in *goquery.Selection) {
		if doc.Find("label[for='"+in.AttrOr("id", "")+"']").Length() != 1 {
			t.Errorf("%s: input %q has no label", at, in.AttrOr("name", ""))
		}
	})
}

func TestPagesForbidWhatTheyDoNotNeed(t *testing.T) {
	w := get(t, site(t, sample()), "/")
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("content policy = %q", policy)
	}
	if got := w.Header().Get("X-Content-Type-Options"); got != "nosniff" {
		t.Errorf("X-Content-Type-Options = %q", got)
	}
}

func TestHostileFiltersAreShownAsText(t *testing.T) {
	h := site(t, sample())
	const nasty = `"><script>alert(1)</script>`
	for _, path := range []string{"/", "/search", "/documents", "/help"} {
		at := path + "?unit=" + url.QueryEscape(nasty)
		w := get(t, h, at)
		checkPage(t, at, w.Body.Bytes())
		if strings.Contains(w.Body.String(), "<script>alert") {
			t.Errorf("GET %s: markup came through", at)
		}
	}
}

func TestAssetsMayBeKept(t *testing.T) {
	h := site(t, sample())
	doc := page(t, h, "/", http.StatusOK)
	for _, s := range []struct{ sel, attr, kind string }{
		{"link[rel=stylesheet]", "href", "text/css"}, {"script", "src", "text/javascript"}, {"link[rel=icon]", "href", "image/svg+xml"},
	} {
		w := get(t, h, doc.Find(s.sel).AttrOr(s.attr, ""))
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), s.kind) {
			t.Errorf("%s: status %d, type %q, want %s", s.sel, w.Code, w.Header().Get("Content-Type"), s.kind)
		}
		if !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: Cache-Control %q", s.sel, w.Header().Get("Cache-Control"))
		}
	}
}
