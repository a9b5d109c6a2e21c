package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"tongjian/analysis/recur"
	"tongjian/analysis/taxonomy"
	"tongjian/api"
	"tongjian/api/web"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// linkedSite is site over a made-up corpus in which what belongs together is known of the first documents.
func linkedSite(t *testing.T, f *fakeCorpus, known int) http.Handler {
	t.Helper()
	tax, err := taxonomy.Default()
	check(t, err)
	model := recur.New()
	var changes []corpus.Change
	for i, d := range f.docs[:known] {
		changes = append(changes, corpus.Change{Sequence: int64(i + 1), DocumentID: d.ID, Document: d})
	}
	check(t, model.Apply(context.Background(), changes))
	e := echo.New()
	service := &api.Service{Engine: f, Store: f, Taxonomy: tax, Versions: api.Versions{Program: "dev", Dictionary: "d1"}, Recur: model}
	check(t, web.Mount(e, service, web.Options{Logger: slog.New(slog.DiscardHandler)}))
	return e
}

func linkedSample(t *testing.T) http.Handler {
	f := sample()
	return linkedSite(t, f, len(f.docs))
}

func TestRepeatsStandSideBySide(t *testing.T) {
	h := linkedSample(t)
	doc := page(t, h, "/repeats", http.StatusOK)
	checkPage(t, "/repeats", get(t, h, "/repeats").Body.Bytes())
	pair := doc.Find(".pair").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.Contains(s.Text(), purchasing.statement) && strings.Contains(s.Text(), "2018 年")
	}).First()
	if pair.Length() != 1 {
		t.Fatalf("no pair with %q, found in 2018 and again in 2019:\n%s", purchasing.statement, text(doc.Find("main")))
	}
	var statements []string
	pair.Find(".quote").Each(func(_ int, q *goquery.Selection) {
		statements = append(statements, q.Text())
		if got := q.Find("mark").Text(); got != purchasing.statement {
			t.Errorf("of the same statement %q is marked", got)
		}
		if !strings.Contains(q.AttrOr("href", ""), "#f1") {
			t.Errorf("%q leads to %q, want its place in the document", q.Text(), q.AttrOr("href", ""))
		}
	})
	if len(statements) != 2 || statements[0] != purchasing.statement || statements[1] != statements[0] {
		t.Errorf("the sides read %q", statements)
	}
	if got := text(pair.Find(".three section").Eq(1)); !strings.Contains(got, "● 已完成") && !strings.Contains(got, "●已完成") {
		t.Errorf("between them: %q, want the status of the older finding", got)
	}
	if pair.Find("form").Length() != 0 {
		t.Error("there is a form where nobody takes decisions")
	}
}

func TestRepeatsThatAreNotKnownYet(t *testing.T) {
	f := sample()
	h := linkedSite(t, f, 3)
	doc := page(t, h, "/repeats?evidence=similarity", http.StatusServiceUnavailable)
	if got := doc.Find("progress"); got.AttrOr("value", "") != "3" || got.AttrOr("max", "") == "" {
		t.Errorf("progress = %s of %s", got.AttrOr("value", ""), got.AttrOr("max", ""))
	}
	if again := doc.Find(".empty a").AttrOr("href", ""); again != "/repeats?evidence=similarity" {
		t.Errorf("the page is to be looked at again at %q", again)
	}
}

func TestRepeatsOfOneDocument(t *testing.T) {
	h := linkedSite(t, &fakeCorpus{docs: []*corpus.Document{notice("临江市第1管理局", 2020, purchasing)}}, 1)
	if got := text(page(t, h, "/repeats", http.StatusOK).Find(".empty")); !strings.Contains(got, "只有一份文件") {
		t.Errorf("one document: %q", got)
	}
	if got := text(page(t, linkedSite(t, &fakeCorpus{}, 0), "/repeats", http.StatusOK).Find("main")); !strings.Contains(got, "库中还没有文件") {
		t.Errorf("no document: %q", got)
	}
}

func TestRepeatsRefuseWhatTheyDoNotKnow(t *testing.T) {
	h := linkedSample(t)
	for _, at := range []string{"/repeats?evidence=guess", "/repeats?cursor=x"} {
		page(t, h, at, http.StatusBadRequest)
	}
}

func TestPlaceInADocument(t *testing.T) {
	h := linkedSample(t)
	href := page(t, h, "/documents", http.StatusOK).Find("tbody a").First().AttrOr("href", "")
	doc := page(t, h, href+"?at=0-9", http.StatusOK)
	if got := doc.Find("#a0").Text(); got == "" || !doc.Find("#a0").HasClass("hit") {
		t.Errorf("the place is %q, class %q", got, doc.Find("#a0").AttrOr("class", ""))
	}
	for _, wrong := range []string{"9-0", "x", "0-99999999", "-5-2", "3"} {
		if page(t, h, href+"?at="+wrong, http.StatusOK).Find(".text .hit").Length() != 0 {
			t.Errorf("at=%s marks something", wrong)
		}
	}
}

func TestRepeatsAreDecided(t *testing.T) {
	h, _ := filledSite(t, synth.Options{Reports: 24, Units: 4})
	at := "/repeats?domain=finance&evidence=similarity"
	doc := page(t, h, at, http.StatusOK)
	before := doc.Find(".head b").Text()
	first := doc.Find(".pair").First()
	id := first.AttrOr("id", "")

	doc = follow(t, h, submit(t, h, first.Find("form"), "button[value=confirmed]", nil))
	if got := text(doc.Find("#" + id + " .verdict")); !strings.Contains(got, "已经人确认") {
		t.Fatalf("after confirming: %q", got)
	}
	doc = follow(t, h, submit(t, h, doc.Find("#"+id+" form"), "button", nil))
	if doc.Find("#"+id+" button[value=confirmed]").Length() != 1 {
		t.Error("a confirmation that was taken back stands")
	}
	doc = follow(t, h, submit(t, h, doc.Find("#"+id+" form"), "button[value=rejected]", nil))
	if doc.Find("#"+id).Length() != 0 && doc.Find(".head b").Text() == before {
		t.Error("what was rejected is listed")
	}
	if doc.Find(".chip").Length() != 1 || doc.Find(".tabs a[aria-current]").Text() != "文字相似" {
		t.Errorf("after rejecting, the filter is %q", text(doc.Find(".chips")))
	}
	doc = follow(t, h, submit(t, h, doc.Find(".done"), "button", nil))
	if doc.Find("#"+id).Length() != 1 || doc.Find(".head b").Text() != before {
		t.Errorf("a rejection that was taken back still holds: %s, want %s", doc.Find(".head b").Text(), before)
	}
	foreign := submit(t, h, doc.Find("#"+id+" form"), "button[value=rejected]", nil, "Sec-Fetch-Site", "cross-site")
	if foreign.Code != http.StatusForbidden {
		t.Errorf("another site's form is answered with %d", foreign.Code)
	}
}

// checkRepeats compares the list with the interface's and follows what it narrows to.
func checkRepeats(t *testing.T, h http.Handler) {
	for _, filter := range []string{"", "?domain=finance", "?evidence=admission", "?year=2023..&q=制度"} {
		at := "/repeats" + filter
		doc := page(t, h, at, http.StatusOK)
		total := 0
		for next := at; next != ""; {
			p := page(t, h, next, http.StatusOK)
			total += p.Find(".pair").Length()
			next = p.Find(".pager a[rel=next]").AttrOr("href", "")
		}
		if got := strings.ReplaceAll(doc.Find(".head b").Text(), ",", ""); got != strconv.Itoa(total) {
			t.Errorf("%s says %s, its pages hold %d", at, got, total)
		}
		doc.Find(".pair").Each(func(_ int, p *goquery.Selection) {
			older, newer := p.Find("section").First().Find("mark").Text(), p.Find("section").Last().Find(".quote mark").Text()
			if older != newer {
				t.Errorf("%s: %q is marked beside %q", at, older, newer)
			}
			p.Find(".admits a").Each(func(_ int, a *goquery.Selection) {
				href := a.AttrOr("href", "")
				_, place, _ := strings.Cut(href, "#")
				if page(t, h, href, http.StatusOK).Find("#"+place).Length() != 1 {
					t.Errorf("%s: %s has no such place", at, href)
				}
			})
		})
	}
}

func TestOverviewNamesRepeats(t *testing.T) {
	h := linkedSample(t)
	box := page(t, h, "/", http.StatusOK).Find(".box:contains('屡查屡犯')")
	href := box.Find(".head a").AttrOr("href", "")
	if got := page(t, h, href, http.StatusOK).Find(".head b").Text(); got == "" || got != box.Find(".head a").Text() {
		t.Errorf("the overview says %s, %s says %s", box.Find(".head a").Text(), href, got)
	}
	lines := box.Find("li a")
	if lines.Length() != 3 {
		t.Errorf("the overview names %d repeats", lines.Length())
	}
	lines.Each(func(_ int, a *goquery.Selection) {
		_, place, _ := strings.Cut(a.AttrOr("href", ""), "#")
		if page(t, h, a.AttrOr("href", ""), http.StatusOK).Find("#"+place).Length() != 1 {
			t.Errorf("%q leads to %s, which is not there", a.Text(), a.AttrOr("href", ""))
		}
	})
	if n := page(t, linkedSite(t, sample(), 3), "/", http.StatusOK).Find(".box:contains('屡查屡犯')").Length(); n != 0 {
		t.Error("the overview names repeats while they are being looked for")
	}
}

func TestOnlyEditorsDecide(t *testing.T) {
	h, keys := guardedSiteOver(t, synth.Options{Reports: 24, Units: 4})
	for role, forms := range map[corpus.Role]bool{corpus.Reader: false, corpus.Editor: true} {
		cookie := signIn(t, h, keys[role])
		doc, err := goquery.NewDocumentFromReader(open(h, "/repeats", cookie).Body)
		check(t, err)
		pairs := doc.Find(".pair").FilterFunction(func(_ int, p *goquery.Selection) bool { return p.Find(".quote").Length() == 2 })
		if pairs.Length() == 0 || (pairs.Find("form").Length() == pairs.Length()) != forms || doc.Find(".pair form").Length() > pairs.Length() {
			t.Errorf("%s: %d pairs, %d forms", role, pairs.Length(), doc.Find(".pair form").Length())
		}
		pair := pairs.First()
		id := strings.TrimPrefix(pair.AttrOr("id", ""), "r")
		w := send(h, "/repeats", url.Values{"finding": {id}, "prior": {pair.Find("input[name=prior]").AttrOr("value", "")}, "verdict": {"confirmed"}}, cookie)
		if (w.Code == http.StatusSeeOther) != forms {
			t.Errorf("%s: a verdict is answered with %d\n%s", role, w.Code, clip(w.Body.String()))
		}
	}
}
