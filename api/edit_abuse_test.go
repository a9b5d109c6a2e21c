package api_test

import (
	"context"
	"net/http"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"tongjian/api"
)

// anyBody draws what a correction might be given: what it takes, what it nearly takes, and what nobody should send.
func anyBody() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		names := append([]string{"status", "categories", "withdraw", "note", "x", ""}, api.MetadataFields...)
		value := rapid.SampledFrom([]string{
			`"done"`, `"partial"`, `["finance.cash"]`, `["party.fees", "finance.asset"]`, `["status"]`, `["unit", "year"]`, `null`, `""`,
			`2021`, `"2021"`, `"2021-03-04"`, `-1`, `1e400`, `1.5`, `{}`, `[]`, `[null]`, `[[]]`, `"a\u0000"`, `"\ud800"`, `"feedback"`, `"county"`,
			`"云岭市"`, `"=cmd|1"`, `true`, `"`, `[`, `{"a"`,
		})
		out := "{"
		for i := range rapid.IntRange(0, 3).Draw(t, "fields") {
			if i > 0 {
				out += ","
			}
			out += strconv.Quote(rapid.SampledFrom(names).Draw(t, "name")) + ":" + value.Draw(t, "value")
		}
		return out + rapid.SampledFrom([]string{"}", "}", "}", "", "}}", "} x"}).Draw(t, "end")
	})
}

// Whatever is sent, the answer is one that the document describes, and what is taken is answered as it then reads.
func TestNoCorrectionIsAnInternalError(t *testing.T) {
	w, outer := editable(t), t
	d := document(t, w)
	addresses := []string{
		"/api/v1/findings/" + string(aFinding(w).ID), "/api/v1/documents/" + string(w.docs[9].ID), "/api/v1/findings/x", "/api/v1/documents/x",
	}
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.SampledFrom(addresses).Draw(t, "address")
		body := anyBody().Draw(t, "body")
		tag := rapid.SampledFrom([]string{"", "*", `W/"1-0"`, `"`, `W/"99999999999999999999-0"`, ","}).Draw(t, "tag")
		var headers []string
		if tag != "" {
			headers = []string{"If-Match", tag}
		}
		rec := w.send(outer, http.MethodPatch, address, body, headers...)
		op := d.methodOf(outer, "patch", d.described(outer, w, address))
		if _, described := op["responses"].(map[string]any)[strconv.Itoa(rec.Code)]; !described || rec.Code >= http.StatusInternalServerError {
			t.Fatalf("PATCH %s %s: %d %s", address, body, rec.Code, rec.Body)
		}
		if rec.Code == http.StatusOK && w.get(outer, address).Body.String() != rec.Body.String() {
			t.Fatalf("PATCH %s %s: answered otherwise than read", address, body)
		}
	})
	if report, err := w.db.Check(context.Background()); err != nil || len(report.Problems) > 0 {
		t.Errorf("store: %v %v", report, err)
	}
	if seq, err := w.db.Sequence(context.Background()); err != nil || seq != w.engine.Applied() {
		t.Errorf("engine at %d, store at %d, %v", w.engine.Applied(), seq, err)
	}
	if n := read[api.List[api.DocumentRecord]](t, w, "/api/v1/documents").Total.Value; n != len(w.docs) {
		t.Errorf("%d documents after corrections, want %d", n, len(w.docs))
	}
}
