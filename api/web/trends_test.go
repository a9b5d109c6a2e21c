package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/analysis/taxonomy"
)

func TestTrendsPutsWhatGrowsFirst(t *testing.T) {
	doc := page(t, site(t, sample()), "/trends?series=category", http.StatusOK)
	first := doc.Find(".panel").First()
	if got := text(first); !strings.HasPrefix(got, "资产管理 ") || !strings.Contains(got, "2018–2022 逐年上升，q ") || !strings.Contains(got, "个百分点") {
		t.Errorf("the first panel says %q, want 资产管理 with its test", got)
	}
	if got := text(doc.Find(".moving").First()); got != "上升资产管理招标投标" {
		t.Errorf("what rises is %q", got)
	}
	if got := text(doc.Find(".panel").Last().Find("figcaption")); !strings.Contains(got, "未") {
		t.Errorf("the last panel says %q, want that nothing is shown", got)
	}
}

// TestTrendsSaysHowSteadily: what rises on the whole but not in every year is not said to rise year by year.
func TestTrendsSaysHowSteadily(t *testing.T) {
	f := &fakeCorpus{}
	for year, with := range map[int]int{2019: 0, 2020: 8, 2021: 6, 2022: 10} {
		for unit := range 10 {
			problems := []problem{vouchers}
			if unit < with {
				problems = append(problems, tendering)
			}
			f.docs = append(f.docs, notice(fmt.Sprintf("临江市第%d管理局", unit+1), year, problems...))
		}
	}
	got := text(page(t, site(t, f), "/trends?series=category", http.StatusOK).Find(".panel").First())
	if !strings.HasPrefix(got, "招标投标") || !strings.Contains(got, "2019–2022 总体上升") {
		t.Errorf("a course of 0, 8, 6 and 10 of 10 is described by %q", got)
	}
}

// TestTrendsMarksLeadToWhatTheyCount follows every mark and every cell of the table.
func TestTrendsMarksLeadToWhatTheyCount(t *testing.T) {
	checkTrends(t, site(t, sample()), "/trends", "/trends?series=category", "/trends?series=status&measure=findings", "/trends?series=none&measure=rate",
		"/trends?q=采购&series=type", "/trends?year=2022", "/trends?category=finance")
}

// checkTrends fails where a mark of a line chart leads to other findings than it counts.
func checkTrends(t *testing.T, h http.Handler, addresses ...string) {
	t.Helper()
	for _, at := range addresses {
		doc := page(t, h, at, http.StatusOK)
		marks := doc.Find(".panel svg a")
		if marks.Length() == 0 {
			t.Errorf("%s has no marks", at)
		}
		hrefs := map[string]bool{}
		marks.Each(func(_ int, a *goquery.Selection) {
			says := cellTitle.FindStringSubmatch(a.Find("title").Text())
			href := a.AttrOr("href", "")
			if says == nil {
				t.Errorf("%s: a mark says %q", at, a.Find("title").Text())
				return
			}
			hrefs[href] = true
			if got := text(page(t, h, href, http.StatusOK).Find(".head b").Slice(0, 2)); got != says[3]+says[1] {
				t.Errorf("%s: %q leads to %s findings and documents", at, says[0], got)
			}
		})
		doc.Find("#table td a").Each(func(_ int, a *goquery.Selection) {
			if href := a.AttrOr("href", ""); !hrefs[href] {
				t.Errorf("%s: a cell leads to %s, which no mark does", at, href)
			}
		})
	}
}

func TestTrendsMarksSparseAndMissingYears(t *testing.T) {
	doc := page(t, site(t, sample()), "/trends?series=none", http.StatusOK)
	panel := doc.Find(".panel")
	if got := panel.Find(".hollow").Length(); got != 1 {
		t.Errorf("%d hollow dots, want that of 2021", got)
	}
	if got := panel.Find("circle").Length(); got != 4 {
		t.Errorf("%d dots, want 4: 2020 has no documents", got)
	}
	if got := panel.Find("text.note").Text(); !strings.Contains(got, "2020") {
		t.Errorf("the axis %q leaves out the year without documents", got)
	}
	if got := text(doc.Find("#table thead")); !strings.Contains(got, "2021（样本少）") {
		t.Errorf("the table's head is %q", got)
	}
	if got := text(doc.Find("main")); !strings.Contains(got, "年份不明、不在图中的文件：1 份") {
		t.Error("the page does not say what has no year")
	}
}

// TestTrendsStaysSmall draws every leaf in many years and pages through them: each series is shown once.
func TestTrendsStaysSmall(t *testing.T) {
	tax, err := taxonomy.Default()
	check(t, err)
	var all []problem
	leaves := 0
	for _, d := range tax.Domains() {
		for _, l := range d.Leaves {
			leaves++
			all = append(all, problem{statement: l.Zh + "不规范。", categories: []string{string(l.Code) + "=不规范"}})
		}
	}
	f := &fakeCorpus{}
	for year := 2001; year <= 2024; year++ {
		f.docs = append(f.docs, notice("临江市第1管理局", year, all...))
	}
	h := site(t, f)
	seen := map[string]bool{}
	for at := "/trends?series=category&q=" + url.QueryEscape("不规范"); at != ""; {
		if size := get(t, h, at).Body.Len(); size > maxPageBytes {
			t.Errorf("GET %s has %d bytes, want at most %d", at, size, maxPageBytes)
		}
		doc := page(t, h, at, http.StatusOK)
		doc.Find(".panel h2 a").Each(func(_ int, a *goquery.Selection) { seen[text(a)] = true })
		at = doc.Find("a[rel=next]").AttrOr("href", "")
	}
	if len(seen) != leaves {
		t.Errorf("%d series are shown, want %d", len(seen), leaves)
	}
}

func TestTrendsStates(t *testing.T) {
	one := &fakeCorpus{docs: sample().docs[:1]}
	for _, c := range []struct {
		f      *fakeCorpus
		at     string
		status int
		want   string
	}{
		{&fakeCorpus{}, "/trends", http.StatusOK, "库中还没有文件"},
		{one, "/trends", http.StatusOK, "样本少，未检验"},
		{sample(), "/trends?year=1999", http.StatusOK, "当前条件下没有文件"},
		{sample(), "/trends?q=没有此词&series=category", http.StatusOK, "没有找到问题"},
		{sample(), "/trends?measure=median", http.StatusBadRequest, "没有指标"},
		{sample(), "/trends?series=weather", http.StatusBadRequest, "series"},
		{sample(), "/trends?from=900", http.StatusBadRequest, "没有这一页"},
		{sample(), "/trends?from=-1", http.StatusBadRequest, "没有这一页"},
	} {
		w := get(t, site(t, c.f), c.at)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("GET %s = %d, want %d and %q", c.at, w.Code, c.status, c.want)
		}
		checkPage(t, c.at, w.Body.Bytes())
	}
}

func TestTrendsKeepsTheFilter(t *testing.T) {
	doc := page(t, site(t, sample()), "/trends?type=rectification_notice&series=status&measure=rate", http.StatusOK)
	doc.Find(".choose .tabs a").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); !strings.Contains(href, "type=rectification_notice") {
			t.Errorf("%s forgets the filter: %s", text(a), href)
		}
	})
	if got := fmt.Sprint(doc.Find(".choose a[aria-current]").Map(func(_ int, a *goquery.Selection) string { return text(a) })); got != "[整改状态 每份文件问题数]" {
		t.Errorf("chosen are %s", got)
	}
}
