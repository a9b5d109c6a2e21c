package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tongjian/corpus"
)

// browsers are the names under which a system may have the browser.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// browserTime bounds all that is done in the browser.
const browserTime = 2 * time.Minute

// tab is one page of a real browser with what it complained about and what it asked for.
type tab struct {
	ctx context.Context

	mu       sync.Mutex
	problems []string
	requests []string
}

// openTab starts a browser, or skips the test where the system has none.
func openTab(t *testing.T) *tab {
	t.Helper()
	path := ""
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skipf("no browser here (looked for %s): the pages are not tested in one", strings.Join(browsers, ", "))
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true))
	deadline, cancel := context.WithTimeout(context.Background(), browserTime)
	t.Cleanup(cancel)
	allocator, stop := chromedp.NewExecAllocator(deadline, options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	b := &tab{ctx: ctx}
	check(t, chromedp.Do(ctx, chromedp.EmulateViewport(1440, 900)))
	check(t, chromedp.Listen(ctx, b.note))
	_, err := chromedp.Call(ctx, log.Enable, struct{}{})
	check(t, err)
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	check(t, err)
	return b
}

// note keeps what the browser reports.
func (b *tab) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.problems = append(b.problems, fmt.Sprintf("exception: %v", e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		b.problems = append(b.problems, fmt.Sprintf("console: %v", e.Type))
	case *log.EventEntryAdded:
		b.problems = append(b.problems, fmt.Sprintf("log: %s %s", e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	}
}

// open shows an address and fails on everything that the browser complains about, on requests elsewhere, and on a page
// that is wider than its window.
func (b *tab) open(t *testing.T, base, address string) {
	t.Helper()
	check(t, chromedp.Do(b.ctx, chromedp.Navigate(base+address)))
	width, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`))
	check(t, err)
	if width > 0 {
		t.Errorf("%s is %d pixels wider than the window", address, width)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		t.Errorf("%s: %s", address, p)
	}
	for _, r := range b.requests {
		if !strings.HasPrefix(r, base+"/") {
			t.Errorf("%s asks for %s", address, r)
		}
	}
	b.problems, b.requests = nil, nil
}

// checkBrowser opens every page in a browser, wide and narrow, and clicks.
func checkBrowser(t *testing.T, h http.Handler) {
	b := openTab(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	doc := page(t, h, "/documents", http.StatusOK).Find("tbody a").First().AttrOr("href", "")
	common := page(t, h, "/common", http.StatusOK).Find(".group h2 a").First().AttrOr("href", "")
	beside := page(t, h, "/rectification", http.StatusOK).Find("#aligned").Parent().Parent().Find("li > a").First().AttrOr("href", "")
	pages := []string{
		"/", "/?open=finance", "/?table=heat&open=procurement", "/search", "/search?q=采购", "/search?q=采购&group=document",
		"/search?q=没有此词", "/documents", doc, "/help",
		"/repeats", "/repeats?evidence=admission", "/repeats?year=1900", "/common", "/common?least_units=10&q=采购", common,
		"/rectification", "/rectification?by=unit&table=kinds", "/rectification?year=1900", beside,
		"/review", "/review?order=effect&cursor=3", "/review?year=1900",
	}
	for _, width := range []int64{1440, 390} {
		check(t, chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)))
		for _, address := range pages {
			b.open(t, server.URL, address)
		}
	}
	check(t, chromedp.Do(b.ctx, chromedp.EmulateViewport(1440, 900)))
	t.Run("cells", func(t *testing.T) { b.clickCells(t, server.URL) })
	t.Run("query", func(t *testing.T) { b.typeQuery(t, server.URL) })
	t.Run("review", func(t *testing.T) { b.pressKeys(t, server.URL) })
}

// pressKeys reviews two findings with the keyboard and takes the second back.
func (b *tab) pressKeys(t *testing.T, base string) {
	b.open(t, base, "/review")
	left := func() string {
		t.Helper()
		text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector('.head b').textContent`))
		check(t, err)
		return text
	}
	press := func(key string) {
		t.Helper()
		_, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(key))
		check(t, err)
	}
	first := left()
	press("2")
	second := left()
	press("0")
	third := left()
	if first == second || second == third {
		t.Errorf("left to review: %s, %s, %s", first, second, third)
	}
	press("u")
	if got := left(); got != second {
		t.Errorf("%s left after undo, want %s", got, second)
	}
}

// clickCells opens a domain by a click and clicks cells of the heat map.
func (b *tab) clickCells(t *testing.T, base string) {
	b.open(t, base, "/")
	check(t, b.click(`#heat svg a[href*="open=finance"]`))
	cells, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](
		`[...document.querySelectorAll('#heat svg a[href*="category=finance"]')].filter(a => a.querySelector('rect')).map(a => a.getAttribute('href'))`))
	check(t, err)
	if len(cells) < 10 {
		t.Fatalf("an opened domain has %d cells", len(cells))
	}
	for _, href := range cells[:10] {
		b.open(t, base, "/?open=finance")
		selector := fmt.Sprintf(`#heat svg a[href=%q]`, href)
		title, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
			fmt.Sprintf(`document.querySelector(%q).querySelector('title').textContent`, selector)))
		check(t, err)
		says := cellTitle.FindStringSubmatch(title)
		if says == nil {
			t.Fatalf("cell %s says %q", href, title)
		}
		check(t, b.click(selector))
		found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector('.head b').textContent`))
		check(t, err)
		if found != says[3] {
			t.Errorf("cell %q: a click shows %s findings", title, found)
		}
	}
}

// click clicks an element and waits for the page that it leads to.
func (b *tab) click(selector string) error {
	_, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(selector)))
	return err
}

// typeQuery goes to the box with the slash key, types, and sends.
func (b *tab) typeQuery(t *testing.T, base string) {
	b.open(t, base, "/?status=done")
	for _, key := range kb.Encode('/') {
		if key.Type == kb.KeyDown {
			key.Type = kb.KeyRawDown // as from a keyboard: a handler can keep the character from being typed
		}
		_, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, *key)
		check(t, err)
	}
	_, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent("采购\r"))
	check(t, err)
	at, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector('.understood code').textContent + ' ' + location.search`))
	check(t, err)
	want := "采购 ?q=" + "%E9%87%87%E8%B4%AD" + "&status=" + string(corpus.Done)
	if at != want {
		t.Errorf("typing a query leads to %q, want %q: the filter stays", at, want)
	}
}
