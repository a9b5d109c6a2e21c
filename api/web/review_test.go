package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tongjian/api"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// submit sends a form of a page as a browser without script does: the hidden fields, the given ones, and the button.
func submit(t *testing.T, h http.Handler, form *goquery.Selection, button string, more url.Values, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	values := url.Values{}
	form.Find("input[type=hidden], input[checked]").Each(func(_ int, in *goquery.Selection) {
		values.Add(in.AttrOr("name", ""), in.AttrOr("value", ""))
	})
	pressed := form.Find(button)
	if pressed.Length() != 1 {
		t.Fatalf("the form has %d buttons %s", pressed.Length(), button)
	}
	values.Add(pressed.AttrOr("name", ""), pressed.AttrOr("value", ""))
	for name, list := range more {
		values[name] = list
	}
	r := httptest.NewRequest(http.MethodPost, form.AttrOr("action", ""), strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// follow goes where a form's answer leads.
func follow(t *testing.T, h http.Handler, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	if w.Code != http.StatusSeeOther {
		t.Fatalf("the form is answered with %d\n%s", w.Code, clip(w.Body.String()))
	}
	at := w.Header().Get("Location")
	answer := get(t, h, at)
	checkPage(t, at, answer.Body.Bytes())
	return page(t, h, at, http.StatusOK)
}

func shown(doc *goquery.Document) corpus.FindingID {
	return corpus.FindingID(doc.Find(".choices input[name=id]").AttrOr("value", ""))
}

func human(t *testing.T, s *api.Service, id corpus.FindingID) []corpus.CategoryCode {
	t.Helper()
	f, err := s.Finding(context.Background(), id)
	check(t, err)
	var out []corpus.CategoryCode
	for _, c := range f.Categories {
		if c.By == corpus.ByHuman {
			out = append(out, c.Code)
		}
	}
	return out
}

func TestReviewWithoutScript(t *testing.T) {
	h, service := filledSite(t, synth.Options{Reports: 12})
	queue := func() *api.ReviewAnswer {
		t.Helper()
		a, err := service.Review(context.Background(), api.ReviewRequest{})
		check(t, err)
		return a
	}
	all := queue()
	if all.Total.Value < 6 {
		t.Fatalf("only %d findings to review", all.Total.Value)
	}
	doc := page(t, h, "/review", http.StatusOK)
	first := all.Data[0]
	if shown(doc) != first.ID {
		t.Fatalf("page shows %s, want the head of the queue %s", shown(doc), first.ID)
	}
	if got := text(doc.Find(".text .finding")); !strings.Contains(got, first.Statement) {
		t.Errorf("page does not show the finding %q: %q", first.Statement, got)
	}
	if doc.Find(".side a[aria-current]").Text() != "复核" {
		t.Error("the page is not marked in the navigation")
	}
	keys := doc.Find(".choices li button[data-key]")
	if keys.Length() != len(first.Likely) {
		t.Errorf("%d buttons for %d likely leaves", keys.Length(), len(first.Likely))
	}

	// A button gives the main category, ticked leaves the others.
	also := string(first.Likely[1].Code)
	doc = follow(t, h, submit(t, h, doc.Find(".choices"), `[data-key="1"]`, url.Values{"also": {also}}))
	want := []corpus.CategoryCode{first.Likely[0].Code, first.Likely[1].Code}
	if got := human(t, service, first.ID); !slices.Equal(got, want) {
		t.Errorf("categories %v, want %v", got, want)
	}
	if got := queue(); got.Total.Value != all.Total.Value-1 || got.Confirmed != 1 || shown(doc) != got.Data[0].ID || shown(doc) == first.ID {
		t.Errorf("%d left, %d confirmed, page shows %s", got.Total.Value, got.Confirmed, shown(doc))
	}
	if got := text(doc.Find(".head b").First()); got != text(page(t, h, "/review", http.StatusOK).Find(".head b").First()) || got == "" {
		t.Errorf("counter says %q", got)
	}

	// Undo takes it back into the queue, at its place.
	doc = follow(t, h, submit(t, h, doc.Find("form.done"), `[name=undo]`, nil))
	if got := human(t, service, first.ID); got != nil || shown(doc) != first.ID || doc.Find("form.done").Length() != 0 {
		t.Errorf("after undo: a person's %v, page shows %s", got, shown(doc))
	}

	// What is there can be confirmed.
	before, err := service.Finding(context.Background(), first.ID)
	check(t, err)
	doc = follow(t, h, submit(t, h, doc.Find(".choices"), `[name=confirm]`, nil))
	var have []corpus.CategoryCode
	for _, c := range before.Categories {
		have = append(have, c.Code)
	}
	if got := human(t, service, first.ID); !slices.Equal(got, have) {
		t.Errorf("confirmed %v, want %v", got, have)
	}

	// Any leaf can be chosen, and what was passed over stays.
	next := doc.Find(`a[data-key="s"]`).AttrOr("href", "")
	passed := shown(doc)
	doc = page(t, h, next, http.StatusOK)
	second := shown(doc)
	if second == passed || second == first.ID {
		t.Fatalf("after passing over %s the page shows %s", passed, second)
	}
	doc = follow(t, h, submit(t, h, doc.Find(".choices"), `.row [name=main]`, url.Values{"other": {"party.fees"}, "also": nil}))
	if got := human(t, service, second); !slices.Equal(got, []corpus.CategoryCode{"party.fees"}) {
		t.Errorf("chosen from the list of all: %v", got)
	}
	if shown(doc) == passed {
		t.Error("the finding that was passed over comes back at once")
	}
	if got := shown(page(t, h, "/review", http.StatusOK)); got != passed {
		t.Errorf("at the beginning stands %s, want %s", got, passed)
	}

	// A second word about a finding can be taken back to the first.
	form := doc.Find("form.done")
	if form.Find("[name=id]").AttrOr("value", "") != string(second) {
		t.Fatal("no undo for the last finding")
	}
	_, err = service.EditFinding(context.Background(), second, api.FindingEdit{Categories: []corpus.CategoryCode{"finance.cash"}})
	check(t, err)
	again := page(t, h, "/review?was=party.fees&done="+string(second), http.StatusOK)
	follow(t, h, submit(t, h, again.Find("form.done"), `[name=undo]`, nil))
	if got := human(t, service, second); !slices.Equal(got, []corpus.CategoryCode{"party.fees"}) {
		t.Errorf("after undo of a second word: %v", got)
	}
}

// A reader who finds a wrong label in a document can correct it there and then, however sure the program was.
func TestReviewFromADocument(t *testing.T) {
	h, service := filledSite(t, synth.Options{Reports: 6})
	found, err := service.Findings(context.Background(), api.ListRequest{Page: api.Page{Limit: 50}})
	check(t, err)
	at := slices.IndexFunc(found.Data, func(f api.FindingRecord) bool { return f.Categories[0].Score >= api.ReviewBelow })
	if at < 0 {
		t.Fatal("no finding with a sure label")
	}
	f := found.Data[at]
	doc := page(t, h, "/documents/"+string(f.DocumentID), http.StatusOK)
	href := doc.Find("#f"+strconv.Itoa(f.Ordinal)+" .label a[href^='/review']").AttrOr("href", "")
	doc = page(t, h, href, http.StatusOK)
	if shown(doc) != f.ID {
		t.Fatalf("%s shows %s, want %s", href, shown(doc), f.ID)
	}
	doc = follow(t, h, submit(t, h, doc.Find(".choices"), `.row [name=main]`, url.Values{"other": {"party.fees"}, "also": nil}))
	if got := human(t, service, f.ID); !slices.Equal(got, []corpus.CategoryCode{"party.fees"}) {
		t.Errorf("categories %v", got)
	}
	back := doc.Find("form.done a").AttrOr("href", "")
	if label := text(page(t, h, back, http.StatusOK).Find("#f" + strconv.Itoa(f.Ordinal) + " .label")); !strings.Contains(label, "类别经人核定") {
		t.Errorf("the document says %q", label)
	}
	page(t, h, "/review?at=nothing-1", http.StatusNotFound)
}

func TestReviewRefuses(t *testing.T) {
	h, service := filledSite(t, synth.Options{Reports: 12})
	doc := page(t, h, "/review?order=effect", http.StatusOK)
	form, id := doc.Find(".choices"), shown(doc)
	refused := func(name string, status int, w *httptest.ResponseRecorder) {
		t.Helper()
		if w.Code != status || !strings.Contains(w.Header().Get("Content-Type"), "html") {
			t.Errorf("%s: %d %s, want %d", name, w.Code, w.Header().Get("Content-Type"), status)
		}
		if got := human(t, service, id); got != nil {
			t.Fatalf("%s: labelled %v", name, got)
		}
	}
	button := `[data-key="1"]`
	refused("another site", http.StatusForbidden, submit(t, h, form, button, nil, "Origin", "http://evil.example"))
	refused("another site", http.StatusForbidden, submit(t, h, form, button, nil, "Sec-Fetch-Site", "cross-site"))
	refused("unknown leaf", http.StatusBadRequest, submit(t, h, form, button, url.Values{"main": {"finance.gold"}}))
	refused("four leaves", http.StatusBadRequest, submit(t, h, form, button, url.Values{
		"main": {"finance.cash"}, "also": {"finance.asset", "finance.budget", "party.fees"},
	}))
	refused("no leaf", http.StatusBadRequest, submit(t, h, form, `.row [name=main]`, url.Values{"other": {""}}))
	refused("no state", http.StatusBadRequest, submit(t, h, form, button, url.Values{"since": {""}}))
	refused("no finding", http.StatusNotFound, submit(t, h, form, button, url.Values{"id": {"x-1"}}))

	// What somebody else has changed since is not changed unseen.
	status := corpus.NotDone
	_, err := service.EditFinding(context.Background(), id, api.FindingEdit{Status: &status})
	check(t, err)
	w := submit(t, h, form, button, nil)
	refused("changed since", http.StatusPreconditionFailed, w)
	if !strings.Contains(w.Body.String(), "内容已经变了") {
		t.Error("the page does not say why")
	}
	if got := page(t, h, "/review?order=age", http.StatusBadRequest); got.Find("main").Length() != 1 {
		t.Error("no page about a bad order")
	}
}

func TestReviewOfNothing(t *testing.T) {
	h := site(t, sample())
	if got := text(page(t, h, "/review", http.StatusOK).Find(".empty")); !strings.Contains(got, "没有待复核的问题") {
		t.Errorf("page says %q", got)
	}
	if got := text(page(t, site(t, &fakeCorpus{}), "/review", http.StatusOK).Find(".empty")); !strings.Contains(got, "还没有文件") {
		t.Errorf("empty corpus: page says %q", got)
	}
	if page(t, h, "/review?done=nothing", http.StatusOK).Find("form.done").Length() != 0 {
		t.Error("what was never labelled can be undone")
	}
}
