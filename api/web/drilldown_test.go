package web_test

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// conditions are what random filters are made of.
var conditions = map[string][]string{
	"q":        {"采购", `"制度"`, "采购 OR 合同", "-培训", "status:已完成", "制度 -采购"},
	"unit":     {"*局"},
	"year":     {"2021", "2020..2022", "2023.."},
	"type":     {"feedback", "rectification_notice"},
	"status":   {"done", "in_progress", "unstated"},
	"category": {"procurement", "finance.budget", "finance"},
	"domain":   {"finance"},
	"level":    {"county", "municipal"},
	"region":   {"云岭省"},
}

// checkDrilldowns draws filters and follows figures of their pages: cells of the heat map and values of facets lead to
// exactly what they count, whatever the filter.
func checkDrilldowns(t *testing.T, h http.Handler) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"q", "unit", "year", "type", "status", "category", "domain", "level", "region"}
	followed := 0
	for range 20 {
		filter := url.Values{}
		for _, i := range r.Perm(len(names))[:1+r.IntN(3)] {
			values := conditions[names[i]]
			filter.Set(names[i], values[r.IntN(len(values))])
		}
		at := "/?" + filter.Encode()
		pick(r, page(t, h, at, http.StatusOK).Find("#heat svg a:has(rect)"), 3).Each(func(_ int, a *goquery.Selection) {
			says := cellTitle.FindStringSubmatch(a.Find("title").Text())
			href := a.AttrOr("href", "")
			if says == nil || href == "" {
				t.Errorf("%s: a cell with a colour says %q and leads to %q", at, a.Find("title").Text(), href)
				return
			}
			followed++
			if got := text(page(t, h, href, http.StatusOK).Find(".head b").Slice(0, 2)); got != says[3]+says[1] {
				t.Errorf("%s: cell %q leads to %s findings and documents at %s", at, says[0], got, href)
			}
		})
		filter.Set("kind", "finding")
		at = "/search?" + filter.Encode()
		free := page(t, h, at, http.StatusOK).Find(".facet").Not(":has(.on)").Find("li")
		pick(r, free, 3).Each(func(_ int, li *goquery.Selection) {
			href := li.Find("a").AttrOr("href", "")
			if widens(filter, href) {
				return
			}
			followed++
			if got := page(t, h, href, http.StatusOK).Find(".head b").First().Text(); got != li.Find(".num").Text() {
				t.Errorf("%s: facet value %q leads to %s findings at %s", at, text(li), got, href)
			}
		})
	}
	if followed < 60 {
		t.Errorf("followed %d figures, want at least 60", followed)
	}
}

// pick draws up to n elements.
func pick(r *rand.Rand, from *goquery.Selection, n int) *goquery.Selection {
	nodes := from.Slice(0, 0)
	for _, i := range r.Perm(from.Length())[:min(n, from.Length())] {
		nodes = nodes.AddSelection(from.Eq(i))
	}
	return nodes
}

// widens reports whether an address asks for more than a filter does: a value is added to a field that it restricts.
func widens(filter url.Values, href string) bool {
	u, err := url.Parse(href)
	if err != nil {
		return true
	}
	for name := range filter {
		if u.Query().Get(name) != filter.Get(name) || len(u.Query()[name]) > 1 {
			return true
		}
	}
	return false
}
