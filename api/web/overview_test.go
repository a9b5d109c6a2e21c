package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// cellTitle reads what a cell of the heat map says: documents with the problem, all documents, findings.
var cellTitle = regexp.MustCompile(`(\d+)/(\d+)（.*）份文件，(\d+) 个问题`)

// TestCellsLeadToWhatTheyCount follows every cell of the heat map and expects as many findings and documents as it says.
func TestCellsLeadToWhatTheyCount(t *testing.T) {
	if cells := checkCells(t, site(t, sample()), "/?open=procurement"); cells != 14 {
		t.Errorf("the heat map has %d cells that lead anywhere, want 14", cells)
	}
}

// checkCells follows every cell of a heat map to its pages and returns how many cells there are.
func checkCells(t *testing.T, h http.Handler, address string) int {
	t.Helper()
	cells := 0
	page(t, h, address, http.StatusOK).Find("#heat svg a").Each(func(_ int, a *goquery.Selection) {
		says := cellTitle.FindStringSubmatch(a.Find("title").Text())
		href, _ := a.Attr("href")
		if says == nil || href == "" {
			return
		}
		cells++
		if got := a.Find("text").Text(); got != says[1] {
			t.Errorf("cell %q shows %s, want %s", says[0], got, says[1])
		}
		totals := page(t, h, href, http.StatusOK).Find(".head b")
		if got := totals.Eq(0).Text(); got != says[3] {
			t.Errorf("cell %q leads to %s findings at %s, want %s", says[0], got, href, says[3])
		}
		if got := totals.Eq(1).Text(); got != says[1] {
			t.Errorf("cell %q leads to %s documents at %s, want %s", says[0], got, href, says[1])
		}
		listed := 0
		for next := href; next != ""; {
			p := page(t, h, next, http.StatusOK)
			listed += p.Find(".hit h3").Length()
			next = p.Find("a[rel=next]").AttrOr("href", "")
		}
		if got := strconv.Itoa(listed); got != says[3] {
			t.Errorf("cell %q: %s findings are listed at %s, want %s", says[0], got, href, says[3])
		}
	})
	if cells == 0 {
		t.Errorf("the heat map of %s has no cell that leads anywhere", address)
	}
	return cells
}

func TestHeatMapFigures(t *testing.T) {
	doc := page(t, site(t, sample()), "/", http.StatusOK)
	svg := doc.Find("#heat svg")
	if alt := svg.AttrOr("aria-label", ""); svg.AttrOr("role", "") != "img" || !strings.Contains(alt, "采购与合同") {
		t.Errorf("the heat map is a %q called %q, want an img that names the most frequent domain", svg.AttrOr("role", ""), alt)
	}
	for _, want := range []string{
		"2018 年 采购与合同：6/6（100%，61–100%）份文件，6 个问题",
		"2022 年 采购与合同：7/7（100%，65–100%）份文件，13 个问题",
		"2019 年 财务管理与资金资产：0/5（0%，0–43%）份文件，0 个问题",
		"2021 年 财务管理与资金资产：2/2（100%，34–100%）份文件，2 个问题；样本少",
	} {
		if !strings.Contains(svg.Text(), want) {
			t.Errorf("no cell says %q", want)
		}
	}
	if strings.Contains(svg.Text(), "2020 年 采购与合同") {
		t.Error("a year without documents has a cell, want a gap")
	}
	if !strings.Contains(svg.Text(), "2020") {
		t.Error("the axis of years leaves out 2020, which has no documents")
	}
}

// TestHeatMapTableIsTheSame compares the table with the chart, cell by cell.
func TestHeatMapTableIsTheSame(t *testing.T) {
	h := site(t, sample())
	chart := map[string]bool{}
	page(t, h, "/", http.StatusOK).Find("#heat svg a").Each(func(_ int, a *goquery.Selection) {
		if says := cellTitle.FindStringSubmatch(a.Find("title").Text()); says != nil {
			chart[a.AttrOr("href", "")+" "+says[1]+"/"+says[2]] = true
		}
	})
	table := map[string]bool{}
	page(t, h, "/?table=heat", http.StatusOK).Find("#heat td a").Each(func(_ int, a *goquery.Selection) {
		share, _, _ := strings.Cut(a.Text(), "（")
		table[a.AttrOr("href", "")+" "+share] = true
	})
	if len(chart) == 0 || fmt.Sprint(chart) != fmt.Sprint(table) {
		t.Errorf("chart and table differ:\nchart %v\ntable %v", chart, table)
	}
}

func TestDomainOpensAndCloses(t *testing.T) {
	h := site(t, sample())
	closed := page(t, h, "/?year=2018..2022", http.StatusOK)
	if strings.Contains(closed.Find("#heat svg").Text(), "招标投标") {
		t.Error("a closed domain shows its leaves")
	}
	open, _ := rowLink(closed, "采购与合同")
	opened := page(t, h, strings.TrimSuffix(open, "#heat"), http.StatusOK)
	if !strings.Contains(opened.Find("#heat svg").Text(), "招标投标") {
		t.Errorf("%s does not open the domain", open)
	}
	if chips := text(opened.Find(".chips")); !strings.Contains(chips, "年份：2018–2022") {
		t.Errorf("chips after opening a domain = %q, want the years kept", chips)
	}
	shut, _ := rowLink(opened, "采购与合同")
	if strings.Contains(shut, "open=") {
		t.Errorf("the opened domain leads to %s, want it closed", shut)
	}
}

// rowLink returns the address behind a row's name.
func rowLink(doc *goquery.Document, name string) (href string, ok bool) {
	doc.Find("#heat svg a").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		if strings.HasSuffix(a.Find("text").Text(), name) {
			href, ok = a.Attr("href")
		}
		return !ok
	})
	return href, ok
}

func TestOverviewCountsDocumentsByYearAndType(t *testing.T) {
	h := site(t, sample())
	var got []string
	page(t, h, "/", http.StatusOK).Find("#years svg a").Each(func(_ int, a *goquery.Selection) {
		title, href := a.Find("title").Text(), a.AttrOr("href", "")
		listed := text(page(t, h, href, http.StatusOK).Find(".head b"))
		if strings.Contains(title, "份文件") {
			got = append(got, title)
			if !strings.HasSuffix(title, "："+listed+" 份文件") {
				t.Errorf("%s leads to %s documents", title, listed)
			}
		}
	})
	want := "[2018 年 整改进展通报：6 份文件 2019 年 整改进展通报：5 份文件 2021 年 整改进展通报：2 份文件 2022 年 整改进展通报：7 份文件]"
	if fmt.Sprint(got) != want {
		t.Errorf("bars say\n%v, want\n%s", got, want)
	}
}

func TestOverviewSaysWhatToWatch(t *testing.T) {
	doc := page(t, site(t, sample()), "/", http.StatusOK)
	if got := text(doc.Find(".size")); got != "21 份文件 57 个问题 8 个单位 2018–2022 年" {
		t.Errorf("size = %q", got)
	}
	notices := text(doc.Find("#quality"))
	for _, want := range []string{"样本少（不足 5 份文件）的年份：2021", "年份不明、不进年份图表的文件：1 份", "读出的问题数与文中所称不符：21 份", "读取全部文件时留下的疑问"} {
		if !strings.Contains(notices, want) {
			t.Errorf("notices %q do not say %q", notices, want)
		}
	}
	doc.Find("#quality li a").Each(func(_ int, a *goquery.Selection) {
		says, counts := strings.CutSuffix(text(a), " 份")
		if listed := text(page(t, site(t, sample()), a.AttrOr("href", ""), http.StatusOK).Find(".head b")); counts && listed != says {
			t.Errorf("a notice counts %s documents and leads to %s", says, listed)
		}
	})
	rising := text(doc.Find(".box").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.Contains(s.Find("h2").Text(), "正在上升")
	}))
	if !strings.Contains(rising, "招标投标 2018–2022 逐年上升，q = ") || !strings.Contains(rising, "2018 年 0/6（0%，0–39%） → 2022 年 7/7（100%，65–100%）") {
		t.Errorf("rising problems = %q, want 招标投标 with its test and its shares", rising)
	}
}

// TestOverviewStaysSmall draws more years than are shown, with every leaf of the real taxonomy in every year, the largest
// domain opened, under a filter that every link carries.
func TestOverviewStaysSmall(t *testing.T) {
	tax, err := taxonomy.Default()
	check(t, err)
	var all []problem
	for _, d := range tax.Domains() {
		for _, l := range d.Leaves {
			all = append(all, problem{statement: l.Zh + "不规范。", status: corpus.Done, categories: []string{string(l.Code) + "=不规范"}})
		}
	}
	f := &fakeCorpus{}
	for year := 2001; year <= 2024; year++ {
		for unit := range 5 {
			f.docs = append(f.docs, notice(fmt.Sprintf("临江市第%d管理局", unit), year, all...))
		}
	}
	h := site(t, f)
	at := "/?open=finance&q=" + url.QueryEscape("不规范")
	if size := get(t, h, at).Body.Len(); size > maxPageBytes {
		t.Errorf("GET %s has %d bytes, want at most %d", at, size, maxPageBytes)
	}
	doc := page(t, h, at, http.StatusOK)
	if got := text(doc.Find("#heat figcaption")); !strings.Contains(got, "更早的 12 年未显示") {
		t.Errorf("caption %q does not say which years are left out", got)
	}
	if svg := doc.Find("#heat svg").Text(); strings.Contains(svg, "2012") || !strings.Contains(svg, "2013") {
		t.Error("want the last twelve years, 2013 to 2024")
	}
}

// TestOverviewOfAQuery: with a condition on findings, the figures say how many documents have them, and out of how many.
func TestOverviewOfAQuery(t *testing.T) {
	h := site(t, sample())
	doc := page(t, h, "/?q=比价&year=2018..2022", http.StatusOK)
	if got := text(doc.Find(".size")); got != "17 个问题 17 份文件中（共 20 份） 6 个单位（共 7 个） 2018–2022 年" {
		t.Errorf("size = %q", got)
	}
	found := text(page(t, h, doc.Find(".size a").First().AttrOr("href", ""), http.StatusOK).Find(".head span").First())
	if found != "17 个问题 17 份文件 6 个单位" {
		t.Errorf("the figures lead to %q", found)
	}
	if got := text(doc.Find("#years figcaption")); !strings.Contains(got, "只看文件的条件") {
		t.Errorf("documents by year are captioned %q, want what they leave out", got)
	}
}

func TestOverviewOfNothing(t *testing.T) {
	for _, address := range []string{"/", "/search", "/search?q=采购", "/documents"} {
		empty := page(t, site(t, &fakeCorpus{}), address, http.StatusOK)
		if got := text(empty.Find("main")); !strings.Contains(got, "库中还没有文件") || !strings.Contains(got, "tongjian ingest") {
			t.Errorf("%s of an empty corpus says %q, want what to do first", address, got)
		}
	}
	filtered := page(t, site(t, sample()), "/?year=1999", http.StatusOK)
	if got := text(filtered.Find("main")); !strings.Contains(got, "当前条件下没有文件") {
		t.Errorf("a filter without documents says %q", got)
	}
	one := &fakeCorpus{docs: sample().docs[:1]}
	if got := text(page(t, site(t, one), "/", http.StatusOK).Find("#heat")); !strings.Contains(got, "样本少") {
		t.Errorf("one document: heat map says %q, want 样本少", got)
	}
}
