package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/corpus"
	"tongjian/corpus/synth"
)

func TestCommonProblemsOfManyUnits(t *testing.T) {
	h := linkedSample(t)
	doc := page(t, h, "/common", http.StatusOK)
	group := doc.Find(".group").FilterFunction(func(_ int, g *goquery.Selection) bool {
		return g.Find("h2").Text() == purchasing.statement
	})
	if group.Length() != 1 {
		t.Fatalf("%d groups of %q", group.Length(), purchasing.statement)
	}
	// Six units in 2018, five of them in 2019, six in 2022.
	if got := text(group.Find(".counts")); got != "6 个单位 17 个问题" {
		t.Errorf("the group has %s", got)
	}
	var titles []string
	group.Find("svg title").Each(func(_ int, s *goquery.Selection) { titles = append(titles, s.Text()) })
	if got := strings.Join(titles, "；"); got != "2018 年：6 个问题，6 个单位；2019 年：5 个问题，5 个单位；2022 年：6 个问题，6 个单位" {
		t.Errorf("the years say %s", got)
	}
	members := page(t, h, group.Find("h2 a").AttrOr("href", ""), http.StatusOK)
	if n := members.Find(".member").Length(); n != 17 {
		t.Errorf("the group's page lists %d members", n)
	}
	if got := text(members.Find("section .head").First()); !strings.HasPrefix(got, "2018 年6 个问题，6 个单位，其中 6 个首次") {
		t.Errorf("the first year says %q", got)
	}
	if got := members.Find(".member mark").First().Text(); got != purchasing.statement {
		t.Errorf("of the same statement %q is marked", got)
	}
	if members.Find(".verdict").Length() != 0 {
		t.Error("there is a form where nobody takes decisions")
	}
}

func TestCommonProblemsThatAreNotThere(t *testing.T) {
	f := sample()
	waits := linkedSite(t, f, 3)
	for _, at := range []string{"/common", "/common/x-1"} {
		if n := page(t, waits, at, http.StatusServiceUnavailable).Find("progress").Length(); n != 1 {
			t.Errorf("%s shows no progress", at)
		}
	}
	h := linkedSample(t)
	for _, at := range []string{"/common/x-1", "/common/nothing"} {
		page(t, h, at, http.StatusNotFound)
	}
	for _, at := range []string{"/common?least_units=0", "/common?cursor=x"} {
		page(t, h, at, http.StatusBadRequest)
	}
	one := linkedSite(t, &fakeCorpus{docs: []*corpus.Document{notice("临江市第1管理局", 2020, purchasing)}}, 1)
	if got := text(page(t, one, "/common", http.StatusOK).Find(".empty")); !strings.Contains(got, "只有一份文件") {
		t.Errorf("one document: %q", got)
	}
	id := page(t, h, "/common", http.StatusOK).Find(".group h2 a").First().AttrOr("href", "")
	page(t, h, id+"?cursor=-1", http.StatusBadRequest)
}

func TestMembersAreRejected(t *testing.T) {
	h, _ := filledSite(t, synth.Options{Reports: 24, Units: 8})
	href := page(t, h, "/common", http.StatusOK).Find(".group h2 a").First().AttrOr("href", "")
	doc := page(t, h, href, http.StatusOK)
	size := doc.Find(".size b").Eq(1).Text()
	member := doc.Find(".member:has(form)").First()
	id := member.AttrOr("id", "")
	doc = follow(t, h, submit(t, h, member.Find("form"), "button", nil))
	if doc.Find("#"+id).Length() != 0 {
		t.Errorf("%s was rejected and is in the group still", id)
	}
	doc = follow(t, h, submit(t, h, doc.Find("form.done"), "button", nil))
	if got := doc.Find(".size b").Eq(1).Text(); got != size || doc.Find("#"+id).Length() != 1 {
		t.Errorf("a rejection that was taken back still holds: %s findings, want %s", got, size)
	}
}

// checkCommon follows the figures of groups: the members listed are as many as every one of them says.
func checkCommon(t *testing.T, h http.Handler) {
	for _, filter := range []string{"", "?domain=finance", "?year=2022..&level=municipal", "?q=采购&least_units=3"} {
		at := "/common" + filter
		groups := page(t, h, at, http.StatusOK).Find(".group")
		if groups.Length() == 0 {
			t.Errorf("%s lists nothing", at)
		}
		groups.Slice(0, min(4, groups.Length())).Each(func(_ int, g *goquery.Selection) {
			units, findings := g.Find(".counts b").First().Text(), g.Find(".counts b").Last().Text()
			sizes := membersAt(t, h, g.Find(".counts a").First().AttrOr("href", ""))
			if sizes[0] != units || sizes[1] != findings {
				t.Errorf("%s: %s has %v members, want %s units and %s findings", at, g.Find("h2").Text(), sizes, units, findings)
			}
			g.Find("svg a").Each(func(_ int, a *goquery.Selection) {
				sizes := membersAt(t, h, a.AttrOr("href", ""))
				if !strings.Contains(a.Find("title").Text(), "："+sizes[1]+" 个问题，"+sizes[0]+" 个单位") {
					t.Errorf("%s: %q leads to %v", at, a.Find("title").Text(), sizes)
				}
			})
		})
	}
}

// membersAt goes through the pages of a group and returns its units and findings as it says them, the findings counted.
func membersAt(t *testing.T, h http.Handler, at string) [2]string {
	t.Helper()
	doc := page(t, h, at, http.StatusOK)
	units := doc.Find(".size b").First().Text()
	listed := 0
	for next := at; next != ""; {
		p := page(t, h, next, http.StatusOK)
		listed += p.Find(".member").Length()
		next = p.Find(".pager a[rel=next]").AttrOr("href", "")
	}
	if says := doc.Find(".size b").Eq(1).Text(); says != strconv.Itoa(listed) {
		t.Errorf("%s says %s and lists %d", at, says, listed)
	}
	return [2]string{units, strconv.Itoa(listed)}
}
