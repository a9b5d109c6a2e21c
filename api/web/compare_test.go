package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/api"
)

func compareAt(sides ...string) string {
	return "/compare?" + url.Values{"side": sides}.Encode()
}

// comparedCount reads the number of problems that a bar says.
var comparedCount = regexp.MustCompile(`：(\d+) 个问题，(\d+) 份文件`)

// checkCompare fails where a bar, a cell or a side leads to other findings than it counts.
func checkCompare(t *testing.T, h http.Handler, at string) {
	t.Helper()
	follow := func(says, href string) {
		t.Helper()
		if got := page(t, h, href, http.StatusOK).Find(".head b").First().Text(); got != says {
			t.Errorf("%s: %s findings, and %s at %s", at, says, got, href)
		}
	}
	doc := page(t, h, at, http.StatusOK)
	bars := doc.Find("#categories svg a")
	bars.Each(func(_ int, a *goquery.Selection) {
		says := comparedCount.FindStringSubmatch(a.Find("title").Text())
		if says == nil {
			t.Fatalf("%s: a bar says %q", at, a.Find("title").Text())
		}
		follow(says[1], a.AttrOr("href", ""))
	})
	if bars.Length() < 3 {
		t.Errorf("%s has %d bars", at, bars.Length())
	}
	doc.Find("#statuses td a").Each(func(_ int, a *goquery.Selection) { follow(text(a), a.AttrOr("href", "")) })
	doc.Find(".contestants .num a").Each(func(_ int, a *goquery.Selection) {
		follow(strings.TrimSuffix(text(a), " 个问题"), a.AttrOr("href", ""))
	})
	table := page(t, h, at+"&table=categories", http.StatusOK)
	cells := table.Find("#categories td a")
	if cells.Length() != bars.Length() {
		t.Errorf("%s: %d bars and %d cells", at, bars.Length(), cells.Length())
	}
}

func TestCompareCountsWhatItLeadsTo(t *testing.T) {
	h := site(t, sample())
	at := compareAt("采购", "报销", "固定资产")
	checkCompare(t, h, at)
	checkCompare(t, h, at+"&year=2022")
	doc := page(t, h, at, http.StatusOK)
	if got := text(doc.Find(".contestants b")); got != "甲乙丙" {
		t.Errorf("sides are lettered %q", got)
	}
	if got := text(doc.Find("#only")); !strings.Contains(got, "甲 采购") {
		t.Errorf("what stands alone is %q", got)
	}
	first := doc.Find(".contestants a[aria-label]").First()
	left := page(t, h, first.AttrOr("href", ""), http.StatusOK)
	if got := left.Find(".contestants li").Length(); got != 2 {
		t.Errorf("%d sides are left after one is taken off", got)
	}
}

func TestCompareFormCarriesEverythingOn(t *testing.T) {
	doc := page(t, site(t, sample()), compareAt("采购")+"&year=2022", http.StatusOK)
	form := url.Values{}
	doc.Find("form.form input[type=hidden]").Each(func(_ int, in *goquery.Selection) { form.Add(in.AttrOr("name", ""), in.AttrOr("value", "")) })
	if form.Encode() != (url.Values{"side": {"采购"}, "year": {"2022"}}).Encode() {
		t.Errorf("the form carries on %v", form)
	}
	if !strings.Contains(text(doc.Find("main")), "至少要有两方") {
		t.Error("one side: the page does not say that there must be two")
	}
	offer := doc.Find(".offers a").First().AttrOr("href", "")
	if u, err := url.Parse(offer); err != nil || len(u.Query()["side"]) != 2 || u.Query().Get("year") != "2022" {
		t.Errorf("an offer leads to %s", offer)
	}
}

func TestCompareStates(t *testing.T) {
	eight := make([]string, 8)
	for i := range eight {
		eight[i] = "采购"
	}
	for _, c := range []struct {
		f      *fakeCorpus
		at     string
		status int
		want   string
	}{
		{&fakeCorpus{}, "/compare", http.StatusOK, "库中还没有文件"},
		{sample(), "/compare", http.StatusOK, "至少要有两方"},
		{sample(), compareAt("采购", "("), http.StatusBadRequest, "有一方没有看懂"},
		{sample(), compareAt("doc:none", "采购"), http.StatusNotFound, ""},
		{sample(), compareAt("没有此词", "也没有此词"), http.StatusOK, "没有这样的问题"},
		{sample(), compareAt(eight...), http.StatusOK, "辛"},
		{sample(), compareAt(append(eight, "采购")...), http.StatusBadRequest, "8"},
	} {
		w := get(t, site(t, c.f), c.at)
		if w.Code != c.status && !(c.status == http.StatusNotFound && w.Code == http.StatusBadRequest) || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("GET %s = %d, want %d and %q", c.at, w.Code, c.status, c.want)
		}
		checkPage(t, c.at, w.Body.Bytes())
	}
}

// checkCompareUnits compares the units with the most findings, two and eight of them.
func checkCompareUnits(t *testing.T, h http.Handler, service *api.Service) {
	t.Helper()
	list, err := service.Units(context.Background(), api.ListRequest{Page: api.Page{Limit: 8}})
	check(t, err)
	var sides []string
	for _, u := range list.Data {
		sides = append(sides, `unit:"=`+u.Unit+`"`)
	}
	checkCompare(t, h, compareAt(sides[:2]...))
	for _, n := range []int{2, 8} {
		at := compareAt(sides[:n]...)
		w := get(t, h, at)
		checkPage(t, at, w.Body.Bytes())
		if w.Body.Len() > maxPageBytes {
			t.Errorf("%d sides have %d bytes, want at most %d", n, w.Body.Len(), maxPageBytes)
		}
	}
}
