package web_test

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/chromedp"

	"tongjian/corpus/synth"
)

// TestSampleOfFigures opens the pages of trends, units, comparisons, places and warnings over the real sample.
func TestSampleOfFigures(t *testing.T) {
	h, service := filledSite(t, synth.Options{})
	t.Run("trends", func(t *testing.T) {
		checkTrends(t, h, "/trends", "/trends?series=sector&measure=findings&year=2021..2023", "/trends?q=采购&series=status&measure=rate")
	})
	t.Run("trends of any filter", func(t *testing.T) { checkTrendsOfAnyFilter(t, h) })
	t.Run("units", func(t *testing.T) { checkUnits(t, h, service) })
	t.Run("compare", func(t *testing.T) { checkCompareUnits(t, h, service) })
	t.Run("concordance", func(t *testing.T) { checkConcordance(t, h, "采购") })
	t.Run("expansion", func(t *testing.T) { checkExpansion(t, h) })
	t.Run("quality", func(t *testing.T) { checkQuality(t, h) })
	t.Run("links", func(t *testing.T) {
		checkLinks(t, h, everything, "/units", "/trends", "/quality", "/concordance?q=采购", compareAt("采购", "year:2022"), "/trends?series=category")
	})
	t.Run("browser", func(t *testing.T) { checkFigures(t, h) })
}

// checkTrendsOfAnyFilter draws filters and follows marks of their line charts, whatever the series and the measure.
func checkTrendsOfAnyFilter(t *testing.T, h http.Handler) {
	r := rand.New(rand.NewPCG(3, 4))
	names := []string{"q", "unit", "year", "type", "status", "category", "domain", "level", "region"}
	series := []string{"domain", "category", "sector", "region", "level", "status", "type", "none"}
	followed := 0
	for i := range 16 {
		filter := url.Values{"series": {series[i%len(series)]}, "measure": {[]string{"", "findings", "rate"}[r.IntN(3)]}}
		for _, i := range r.Perm(len(names))[:1+r.IntN(2)] {
			values := conditions[names[i]]
			filter.Set(names[i], values[r.IntN(len(values))])
		}
		at := "/trends?" + filter.Encode()
		pick(r, page(t, h, at, http.StatusOK).Find(".panel svg a"), 4).Each(func(_ int, a *goquery.Selection) {
			says := cellTitle.FindStringSubmatch(a.Find("title").Text())
			if says == nil {
				t.Fatalf("%s: a mark says %q", at, a.Find("title").Text())
			}
			followed++
			if got := text(page(t, h, a.AttrOr("href", ""), http.StatusOK).Find(".head b").Slice(0, 2)); got != says[3]+says[1] {
				t.Errorf("%s: %q leads to %s findings and documents", at, says[0], got)
			}
		})
	}
	if followed < 30 {
		t.Errorf("followed %d marks, want at least 30", followed)
	}
}

// checkFigures opens the pages in a browser, wide and narrow, and clicks a mark of a line chart.
func checkFigures(t *testing.T, h http.Handler) {
	b := openTab(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	unit := page(t, h, "/units", http.StatusOK).Find("tbody a").First().AttrOr("href", "")
	pages := []string{
		"/trends", "/trends?series=category", "/trends?series=none&measure=rate", "/units", unit, "/compare",
		compareAt("采购", "year:2022", "unit:*局"), "/concordance?q=采购", "/concordance", "/quality", "/search?q=公车",
	}
	for _, width := range []int64{1440, 390} {
		check(t, chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)))
		for _, address := range pages {
			b.open(t, server.URL, address)
		}
	}
	b.open(t, server.URL, "/trends")
	title, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector('.panel svg a title').textContent`))
	check(t, err)
	says := cellTitle.FindStringSubmatch(title)
	if says == nil {
		t.Fatalf("a mark says %q", title)
	}
	check(t, b.click(`.panel svg a .reach`))
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector('.head b').textContent`))
	check(t, err)
	if found != says[3] {
		t.Errorf("mark %q: a click shows %s findings", title, found)
	}
}
