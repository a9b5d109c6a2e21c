package web_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"tongjian/corpus"
)

func TestProblemPages(t *testing.T) {
	broken := sample()
	broken.Fail = errors.New("disk /var/secret is gone")
	busy := sample()
	busy.Fail = &corpus.Error{Kind: corpus.Unavailable, Message: "索引正在重建", Position: -1}
	for _, c := range []struct {
		name    string
		corpus  *fakeCorpus
		address string
		status  int
		says    string
	}{
		{"no such page", sample(), "/nothing", http.StatusNotFound, "没有找到"},
		{"no such document", sample(), "/documents/0000000000000000", http.StatusNotFound, "没有编号为 0000000000000000 的文档"},
		{"no such asset", sample(), "/static/none.css", http.StatusNotFound, "没有找到"},
		{"bad year", sample(), "/search?year=abc", http.StatusBadRequest, "2019..2023"},
		{"bad status", sample(), "/?status=fertig", http.StatusBadRequest, "fertig"},
		{"bad cursor", sample(), "/search?cursor=x", http.StatusBadRequest, "翻页位置无效"},
		{"internal error", broken, "/", http.StatusInternalServerError, "内部错误"},
		{"unavailable", busy, "/search?q=采购", http.StatusServiceUnavailable, "索引正在重建"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := page(t, site(t, c.corpus), c.address, c.status)
			if got := text(doc.Find("main")); !strings.Contains(got, c.says) {
				t.Errorf("page says %q, want %q", got, c.says)
			}
			if strings.Contains(doc.Text(), "secret") {
				t.Error("the cause of an internal error is shown")
			}
			if doc.Find(`main a[href="/"]`).Length() == 0 {
				t.Error("no way on")
			}
		})
	}
}

// TestInterfaceKeepsItsOwnErrors: addresses of the interface are never answered with a page.
func TestInterfaceKeepsItsOwnErrors(t *testing.T) {
	for _, address := range []string{"/api", "/api/v1/nothing", "/healthz"} {
		w := get(t, site(t, sample()), address)
		if got := w.Header().Get("Content-Type"); strings.Contains(got, "html") {
			t.Errorf("GET %s answers %s", address, got)
		}
	}
}
