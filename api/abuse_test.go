package api_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongjian/corpus"
)

// anyValue draws what a parameter might be given: what it takes, what it nearly takes, and what nobody should send.
func anyValue() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"采购", `"`, "(", ")", "OR", "-", "year:", "year:2019..", "a OR", "=", "==", "*", "**", "..", "2019..", "-1", "0", "1e9",
			"99999999999999999999", "category:procurement", "unit:*", "../../etc/passwd", "%", "<script>", "\x00", "\xff", "＝１",
			"none", "date", "year", "category", "doc:0", "doc:*", "relevance", "csv", "'; DROP TABLE", "AQ", "AUML15M0",
			strings.Repeat("(", 100), strings.Repeat("-", 100), strings.Repeat("采", 1400),
		}),
		rapid.String(),
	)
}

// Whatever is asked, the answer is one that the document describes: never an internal error, never a panic.
func TestNoRequestIsAnInternalError(t *testing.T) {
	w := readOnly(t)
	d := document(t, w)
	names := []string{
		"limit", "cursor", "sort", "group", "facets", "facet_size", "snippets", "by", "series", "top", "rows", "cols", "side",
		"side", "side", "format", "q", "q", "other",
	}
	for _, f := range corpus.Fields {
		names = append(names, string(f))
	}
	all, outer := addresses(w), t
	rapid.Check(t, func(t *rapid.T) {
		address, query, _ := strings.Cut(rapid.SampledFrom(all).Draw(t, "address"), "?")
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 0, 4).Draw(t, "names") {
			values.Add(name, anyValue().Draw(t, name))
		}
		asked := address + "?" + values.Encode()
		rec := w.get(outer, asked)
		if rec.Code >= http.StatusInternalServerError {
			t.Fatalf("GET %s: %d %s", asked, rec.Code, rec.Body)
		}
		responses := d.operationOf(outer, d.described(outer, w, address))["responses"].(map[string]any)
		if _, described := responses[strconv.Itoa(rec.Code)]; !described && rec.Code != http.StatusRequestURITooLong {
			t.Fatalf("GET %s: %d is not described", asked, rec.Code)
		}
	})
}

// The same with the path: no identifier leads out of the corpus.
func TestNoPathIsAnInternalError(t *testing.T) {
	w, outer := readOnly(t), t
	rapid.Check(t, func(t *rapid.T) {
		id := url.PathEscape(anyValue().Draw(t, "id"))
		for _, path := range []string{"/api/v1/documents/" + id, "/api/v1/documents/" + id + "/text", "/api/v1/documents/" + id + "/original",
			"/api/v1/findings/" + id, "/api/v1/taxonomy/" + id, "/api/v1/" + id, "/" + id} {
			rec := w.get(outer, path)
			if rec.Code == http.StatusOK && id != "" && !strings.HasPrefix(path, "/api/v1/"+id) {
				t.Fatalf("GET %s: %d", path, rec.Code)
			}
			if rec.Code >= http.StatusInternalServerError {
				t.Fatalf("GET %s: %d %s", path, rec.Code, rec.Body)
			}
		}
	})
}
