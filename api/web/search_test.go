package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/api/web"
)

func TestHitShowsWhatMatchedAndWhereItStands(t *testing.T) {
	h := site(t, sample())
	doc := page(t, h, "/search?q=比价&year=2022", http.StatusOK)
	hit := doc.Find(".hit").First()
	if got, want := text(hit.Find("h3")), "办公设备采购未经比价<3家>。"; got != want {
		t.Errorf("statement = %q, want %q", got, want)
	}
	if got := text(hit.Find("mark")); got != "比价" {
		t.Errorf("marked = %q, want 比价", got)
	}
	if got, want := text(hit.Find(".meta span, .meta > a")), "临江市第1管理局2022 年整改进展通报●已完成采购管理三重一大"; strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
		t.Errorf("line of facts = %q, want %q", got, want)
	}
	href := hit.Find("h3 a").AttrOr("href", "")
	to, anchor, _ := strings.Cut(href, "#")
	if target := page(t, h, to, http.StatusOK).Find("#" + anchor); !strings.Contains(target.Text(), "办公设备采购未经比价<3家>") {
		t.Errorf("%s leads to %q, want the finding", href, text(target))
	}
	if got := text(page(t, h, to, http.StatusOK).Find("#" + anchor + " .hit")); got != "比价" {
		t.Errorf("marked in the document: %q, want 比价", got)
	}
}

func TestSectionHitLeadsToItsPlace(t *testing.T) {
	h := site(t, sample())
	hit := page(t, h, "/search?q=防止反弹&year=2022", http.StatusOK).Find(".hit").First()
	to, anchor, _ := strings.Cut(hit.Find("h3 a").AttrOr("href", ""), "#")
	if target := page(t, h, to, http.StatusOK).Find("#" + anchor); !strings.Contains(target.Text(), "防止反弹") {
		t.Errorf("the hit leads to %q, want the section", text(target))
	}
	if got := text(hit.Find(".snippet")); !strings.Contains(got, "<整改>") {
		t.Errorf("snippet = %q, want the text unchanged", got)
	}
}

// TestFacetsAddAndRemove narrows by a facet, adds a second value, and takes both off again.
func TestFacetsAddAndRemove(t *testing.T) {
	h := site(t, sample())
	at := "/search?kind=finding"
	for _, step := range []struct{ pick, total string }{
		{"2022", "25"}, {"2018", "37"}, {"2022 ×", "12"}, {"2018 ×", "57"},
	} {
		doc := page(t, h, at, http.StatusOK)
		link := doc.Find(".facet a").FilterFunction(func(_ int, a *goquery.Selection) bool { return text(a) == step.pick })
		href, ok := link.Attr("href")
		if !ok {
			t.Fatalf("%s has no facet value %q: %s", at, step.pick, text(doc.Find(".facets")))
		}
		at = href
		if got := page(t, h, at, http.StatusOK).Find(".head b").First().Text(); got != step.total {
			t.Errorf("after picking %q: %s findings at %s, want %s", step.pick, got, at, step.total)
		}
	}
}

// TestFacetCountsAreTrue follows every facet value and expects as many hits as it says.
func TestFacetCountsAreTrue(t *testing.T) {
	h := site(t, sample())
	checked := 0
	page(t, h, "/search?kind=finding&domain=procurement", http.StatusOK).Find(".facet li").Each(func(_ int, li *goquery.Selection) {
		href, says := li.Find("a").AttrOr("href", ""), li.Find(".num").Text()
		if href == "" || li.HasClass("on") || strings.Contains(href, "domain=procurement&domain=") {
			return // taking a value off, or adding one to the same field, widens
		}
		checked++
		if got := page(t, h, href, http.StatusOK).Find(".head b").First().Text(); got != says {
			t.Errorf("facet %q says %s, its page %s", text(li), says, got)
		}
	})
	if checked < 10 {
		t.Errorf("checked %d facet values, want at least 10", checked)
	}
}

func TestFacetThatDoesNotSplitIsLeftOut(t *testing.T) {
	doc := page(t, site(t, sample()), "/search", http.StatusOK)
	doc.Find(".facet").Each(func(_ int, s *goquery.Selection) {
		if s.Find("li").Length() < 2 {
			t.Errorf("facet %q has one value", text(s))
		}
	})
	if got := text(doc.Find(".facets")); strings.Contains(got, "地区") {
		t.Errorf("facets %q show the region, which is the same everywhere", got)
	}
}

func TestLongFacetIsCutAndOpened(t *testing.T) {
	f := sample()
	for _, name := range []string{"甲", "乙", "丙", "丁", "戊", "己"} {
		f.docs = append(f.docs, notice("南山县"+name+"局", 2022, meetings))
	}
	h := site(t, f)
	units := func(doc *goquery.Document) *goquery.Selection {
		return doc.Find(".facet").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("h3").Text() == "单位" })
	}
	cut := units(page(t, h, "/search?q=的", http.StatusOK))
	if got := cut.Find("li").Length(); got != 8 {
		t.Errorf("the units show %d values, want 8", got)
	}
	more := cut.Find("a.note")
	if text(more) != "其余 6 个" {
		t.Fatalf("below the units stands %q, want the number left out", text(more))
	}
	if got := units(page(t, h, more.AttrOr("href", ""), http.StatusOK)).Find("li").Length(); got != 14 {
		t.Errorf("opened, the units show %d values, want 14", got)
	}
}

func TestPagesListEveryHitOnce(t *testing.T) {
	h := site(t, sample())
	seen := map[string]bool{}
	next, pages := "/search?kind=finding", 0
	for next != "" {
		doc := page(t, h, next, http.StatusOK)
		doc.Find(".hit h3 a").Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			if seen[href] {
				t.Errorf("%s is listed twice", href)
			}
			seen[href] = true
		})
		next = doc.Find("a[rel=next]").AttrOr("href", "")
		pages++
	}
	if len(seen) != 57 || pages != 3 {
		t.Errorf("%d findings on %d pages, want 57 on 3", len(seen), pages)
	}
}

func TestGroupAndSortAreKept(t *testing.T) {
	h := site(t, sample())
	doc := page(t, h, "/search?q=采购&group=document&sort=date", http.StatusOK)
	if got := text(doc.Find(".head b")); got != "21" {
		t.Errorf("grouped by document: %s, want 21", got)
	}
	if got := text(doc.Find(".tabs a[aria-current]")); got != "文件旧的在前" {
		t.Errorf("chosen views = %q", got)
	}
	doc.Find(".facet a, .chips a, a[rel=next]").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); !strings.Contains(href, "group=document") || !strings.Contains(href, "sort=date") {
			t.Errorf("link %q forgets view or order: %s", text(a), href)
		}
	})
}

func TestQueryProblemShowsThePlace(t *testing.T) {
	doc := page(t, site(t, sample()), "/search?q="+url.QueryEscape("采购 (招标"), http.StatusBadRequest)
	problem := doc.Find(".problem")
	if got := text(problem); !strings.Contains(got, "括号没有配对") || !strings.Contains(got, "第 4 个字符") || !strings.Contains(got, "应为：)") {
		t.Errorf("problem = %q, want message, place and what was expected", got)
	}
	if got := problem.Find("mark").Text(); got != "(" {
		t.Errorf("marked = %q, want the bracket", got)
	}
	if got := doc.Find("#q").AttrOr("value", ""); got != "采购 (招标" {
		t.Errorf("the box holds %q, want the query as typed", got)
	}
	if href := problem.Find("a").First().AttrOr("href", ""); !strings.Contains(href, url.QueryEscape(`"采购 (招标"`)) {
		t.Errorf("the way out is %q, want the words in quotes", href)
	}
}

func TestNothingFoundSaysWhatToLeaveOut(t *testing.T) {
	h := site(t, sample())
	doc := page(t, h, "/search?q="+url.QueryEscape("采购 没有此词")+"&year=2022&status=done", http.StatusOK)
	ways := doc.Find(".empty li")
	if got := text(ways); got != "去掉 没有此词 有 6 条去掉检索词，只留条件 有 12 条" {
		t.Errorf("ways out = %q", got)
	}
	ways.Each(func(_ int, li *goquery.Selection) {
		doc := page(t, h, li.Find("a").AttrOr("href", ""), http.StatusOK)
		if want := strings.Trim(text(li.Find(".num")), "有条 "); doc.Find(".head b").First().Text() != want {
			t.Errorf("way %q leads to %s findings", text(li), doc.Find(".head b").First().Text())
		}
	})
}

func TestSearchPageStatus(t *testing.T) {
	if got := (web.SearchPage{}).Status(); got != http.StatusOK {
		t.Errorf("status of a page without a problem = %d", got)
	}
	if got := (web.SearchPage{Problem: &web.QueryProblem{}}).Status(); got != http.StatusBadRequest {
		t.Errorf("status of a page with a problem = %d", got)
	}
}
