package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/analysis/taxonomy"
	"tongjian/api"
)

func unitAt(name string) string { return "/units/" + url.PathEscape(name) }

func TestUnitsListLeadsToWhatItCounts(t *testing.T) {
	h := site(t, sample())
	doc := page(t, h, "/units", http.StatusOK)
	if got := text(doc.Find(".head b")); got != "8" {
		t.Errorf("%s units, want 8", got)
	}
	rows := 0
	doc.Find("tbody tr").Each(func(_ int, tr *goquery.Selection) {
		rows++
		tr.Find("td.n a").Each(func(_ int, a *goquery.Selection) {
			if got := page(t, h, a.AttrOr("href", ""), http.StatusOK).Find(".head b").First().Text(); got != text(a) {
				t.Errorf("%s: %s leads to %s", text(tr), text(a), got)
			}
		})
		name := tr.Find("td a").First()
		if got := text(page(t, h, name.AttrOr("href", ""), http.StatusOK).Find("h1")); got != text(name) {
			t.Errorf("%q leads to the dossier of %q", text(name), got)
		}
	})
	if rows != 8 {
		t.Errorf("%d rows, want 8", rows)
	}
}

// countWord reads how many findings a link says that it leads to.
var countWord = regexp.MustCompile(`^(\d+)( 个问题)?$|(\d+)/\d+`)

// checkUnit fails where a figure of a dossier leads to other findings than it counts.
func checkUnit(t *testing.T, h http.Handler, at string) {
	t.Helper()
	doc := page(t, h, at, http.StatusOK)
	followed := 0
	doc.Find(".dossier a[href^='/search']").Each(func(_ int, a *goquery.Selection) {
		says := countWord.FindStringSubmatch(text(a))
		if says == nil {
			return
		}
		followed++
		if got := page(t, h, a.AttrOr("href", ""), http.StatusOK).Find(".head b").First().Text(); got != says[1]+says[3] {
			t.Errorf("%s: %q leads to %s findings", at, text(a), got)
		}
	})
	if followed < 5 {
		t.Errorf("%s: followed %d figures", at, followed)
	}
}

func TestUnitDossier(t *testing.T) {
	h := site(t, sample())
	at := unitAt("临江市第1管理局")
	checkUnit(t, h, at)
	doc := page(t, h, at, http.StatusOK)
	if got := text(doc.Find(".inspections h3")); got != "2018 年2019 年2021 年2022 年" && got != "2018 年 2019 年 2021 年 2022 年" {
		t.Errorf("inspections are %q, want them in order", got)
	}
	if got := text(doc.Find("#categories thead")); !strings.Contains(got, "2018 [1]") || !strings.Contains(got, "2022 [4]") {
		t.Errorf("columns are %q", got)
	}
	if got := doc.Find("#sources li").Length(); got != 4 {
		t.Errorf("%d sources, want 4", got)
	}
	if got := text(doc.Find("#brief")); !strings.Contains(got, "2018–2022 年4 份文件、4 次巡察，共 11 个问题") {
		t.Errorf("the brief says %q", got)
	}
	doc.Find("#brief li").Each(func(_ int, li *goquery.Selection) {
		if li.Find("a[href]").Length() != 1 {
			t.Errorf("sentence %q has no source", text(li))
		}
	})
	if got := text(doc.Find("#peers")); !strings.Contains(got, "不作同类比较") {
		t.Errorf("peers = %q, want why there are none", got)
	}
}

// TestUnitStaysSmall draws the dossier of a unit with every kind of problem in every year.
func TestUnitStaysSmall(t *testing.T) {
	tax, err := taxonomy.Default()
	check(t, err)
	var all []problem
	for _, d := range tax.Domains() {
		for _, l := range d.Leaves {
			all = append(all, problem{statement: l.Zh + "不规范。", categories: []string{string(l.Code) + "=不规范"}})
		}
	}
	f := &fakeCorpus{}
	const unit = "临江经济技术开发区城乡建设与综合行政执法管理委员会（临江市高新技术产业服务中心）"
	for year := 1965; year <= 2024; year++ {
		f.docs = append(f.docs, notice(unit, year, all...))
	}
	at := unitAt(unit)
	if size := get(t, site(t, f), at).Body.Len(); size > maxPageBytes {
		t.Errorf("GET %s has %d bytes, want at most %d", at, size, maxPageBytes)
	}
	doc := page(t, site(t, f), at, http.StatusOK)
	if got := text(doc.Find("#categories .note").First()); !strings.Contains(got, "更早的 48 份文件未列出") || !strings.Contains(got, "类未列出") {
		t.Errorf("the table is introduced by %q, want what it leaves out", got)
	}
	if got := text(doc.Find("#sources p a")); got != "更早的文件" {
		t.Errorf("below the sources stands %q", got)
	}
}

func TestUnitStates(t *testing.T) {
	h := site(t, sample())
	for at, status := range map[string]int{
		unitAt("没有这个单位"): http.StatusNotFound, "/units/%25zz": http.StatusBadRequest, "/units?sector=没有": http.StatusOK,
		unitAt("临江经济技术开发区城乡建设与综合行政执法管理委员会（临江市高新技术产业服务中心）"): http.StatusOK,
	} {
		w := get(t, h, at)
		if w.Code != status {
			t.Errorf("GET %s = %d, want %d", at, w.Code, status)
		}
		checkPage(t, at, w.Body.Bytes())
	}
	if got := text(page(t, site(t, &fakeCorpus{}), "/units", http.StatusOK).Find("main")); !strings.Contains(got, "库中还没有文件") {
		t.Errorf("an empty corpus says %q", got)
	}
}

// checkUnits opens the dossiers of the units with the most findings.
func checkUnits(t *testing.T, h http.Handler, service *api.Service) {
	t.Helper()
	list, err := service.Units(context.Background(), api.ListRequest{Page: api.Page{Limit: 3}})
	check(t, err)
	for _, u := range list.Data {
		at := unitAt(u.Unit)
		checkUnit(t, h, at)
		w := get(t, h, at)
		checkPage(t, at, w.Body.Bytes())
		if w.Body.Len() > maxPageBytes {
			t.Errorf("GET %s has %d bytes", at, w.Body.Len())
		}
		if doc := page(t, h, at, http.StatusOK); doc.Find("#repeats").Length() != 1 {
			t.Errorf("%s says nothing about what came back", at)
		} else if got := text(doc.Find("#repeats .head a")); got == "" || strings.HasPrefix(got, "0") {
			t.Errorf("%s: %s", at, fmt.Sprint(got))
		}
	}
}
