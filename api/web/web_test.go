package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"tongjian/analysis/taxonomy"
	"tongjian/api"
	"tongjian/api/web"
)

// categories is a small taxonomy.
var categories = fstest.MapFS{
	"taxonomy.yaml": {Data: []byte(`version: 1
domains:
  - code: decision
    zh: 民主决策与“三重一大”
    en: Decisions
    leaves:
      - {code: decision.major, zh: 三重一大, en: Major, is: "重大决策"}
      - {code: decision.meeting, zh: 议事规则与会议记录, en: Meetings, is: "会议记录"}
  - code: procurement
    zh: 采购与合同
    en: Procurement
    leaves:
      - {code: procurement.purchasing, zh: 采购管理, en: Purchasing, is: "采购"}
      - {code: procurement.tendering, zh: 招标投标, en: Tendering, is: "招标"}
  - code: finance
    zh: 财务管理与资金资产
    en: Finance
    leaves:
      - {code: finance.reimbursement, zh: 报销与凭证, en: Vouchers, is: "报销"}
      - {code: finance.asset, zh: 资产管理, en: Assets, is: "资产"}
`)},
	"rules/procurement.tendering.yaml": {Data: []byte("rules:\n  - name: 应招未招\n    weight: 0.9\n    terms: [应招未招]\n")},
}

// site serves the pages over a made-up corpus and the small taxonomy.
func site(t *testing.T, f *fakeCorpus) http.Handler {
	t.Helper()
	tax, err := taxonomy.Load(categories)
	check(t, err)
	return siteWith(t, f, tax)
}

func siteWith(t *testing.T, f *fakeCorpus, tax *taxonomy.Taxonomy) http.Handler {
	t.Helper()
	e := echo.New()
	service := &api.Service{
		Engine: f, Store: f, Taxonomy: tax, Versions: api.Versions{Program: "dev", Dictionary: "d1"},
	}
	check(t, web.Mount(e, service, web.Options{Logger: slog.New(slog.DiscardHandler)}))
	return e
}

// get asks for an address and returns the answer.
func get(t *testing.T, h http.Handler, address string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	address, _, _ = strings.Cut(address, "#")
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w
}

// page asks for an address that must be a page of the given status, and returns it parsed.
func page(t *testing.T, h http.Handler, address string, status int) *goquery.Document {
	t.Helper()
	w := get(t, h, address)
	if w.Code != status {
		t.Fatalf("GET %s = %d, want %d\n%s", address, w.Code, status, clip(w.Body.String()))
	}
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/html") {
		t.Errorf("GET %s: content type %q, want text/html", address, got)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func clip(s string) string { return s[:min(len(s), 2000)] }

// text returns the text of a selection with blanks folded.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }
