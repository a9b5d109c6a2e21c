package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/analysis/taxonomy"
	"tongjian/api"
	"tongjian/corpus"
)

// editable returns a world of its own for a test that changes it.
func editable(t *testing.T) *world {
	t.Helper()
	w, err := newWorld(t.TempDir(), invented()[:20])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.engine.Close()
		w.db.Close()
	})
	return w
}

// send sends a body as JSON, unless a content type is given.
func (w *world) send(t testing.TB, method, address, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return answer(t, w.server, r)
}

// patch sends a correction that must be taken.
func patch[T any](t testing.TB, w *world, address, body string, headers ...string) (T, string) {
	t.Helper()
	rec := w.send(t, http.MethodPatch, address, body, headers...)
	if rec.Code != http.StatusOK {
		t.Fatalf("PATCH %s %s: %d %s", address, body, rec.Code, rec.Body)
	}
	var out T
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	return out, rec.Header().Get("ETag")
}

func codesOf(f api.FindingRecord) []corpus.CategoryCode {
	var out []corpus.CategoryCode
	for _, c := range f.Categories {
		out = append(out, c.Code)
	}
	return out
}

func TestCorrectAFinding(t *testing.T) {
	w := editable(t)
	address := "/api/v1/findings/" + string(aFinding(w).ID)
	before := read[api.FindingRecord](t, w, address)
	count := func(category string) int {
		return read[api.List[api.FindingRecord]](t, w, "/api/v1/findings?category="+category+"&doc="+string(before.DocumentID)).Total.Value
	}
	had := count("livelihood.business")

	got, tag := patch[api.FindingRecord](t, w, address,
		`{"status": "partial", "categories": ["livelihood.business", "finance.cash"], "note": "见原文"}`)
	want := []corpus.CategoryCode{"livelihood.business", "finance.cash"}
	if diff := cmp.Diff(want, codesOf(got)); diff != "" || got.Status != corpus.Partial {
		t.Errorf("status %s, categories (-want +got):\n%s", got.Status, diff)
	}
	for _, c := range got.Categories {
		if c.By != corpus.ByHuman || c.Score != 1 {
			t.Errorf("category %+v is not a person's", c)
		}
	}
	if rec := w.get(t, address); rec.Header().Get("ETag") != tag {
		t.Errorf("ETag %s after the change, %s on reading", tag, rec.Header().Get("ETag"))
	}
	if after := read[api.FindingRecord](t, w, address); cmp.Diff(got, after) != "" {
		t.Errorf("read differs from what was answered:\n%s", cmp.Diff(got, after))
	}
	if n := count("livelihood.business"); n != had+1 {
		t.Errorf("%d findings counted, want %d: the index did not follow", n, had+1)
	}
	if lag := read[api.StatsAnswer](t, w, "/api/v1/stats").Lag; lag != 0 {
		t.Errorf("index is %d changes behind", lag)
	}

	trail, err := w.db.Audit(context.Background(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	last := trail[len(trail)-1]
	if last.Action != "correct" || last.Subject != string(before.ID) || last.Actor != corpus.LocalActor || !strings.Contains(last.Detail, "见原文") {
		t.Errorf("audit %+v", last)
	}

	// Withdrawn, it is as it was read.
	back, _ := patch[api.FindingRecord](t, w, address, `{"withdraw": ["status", "categories"]}`)
	if diff := cmp.Diff(before, back); diff != "" {
		t.Errorf("after withdrawal (-before +now):\n%s", diff)
	}
	if n := count("livelihood.business"); n != had {
		t.Errorf("%d findings counted after withdrawal, want %d", n, had)
	}
}

// A correction outlives the removal of its document and every new labelling.
func TestCorrectionsOutliveTheirDocument(t *testing.T) {
	w := editable(t)
	d := w.docs[9]
	address := "/api/v1/findings/" + string(d.Findings[0].ID)
	patch[api.FindingRecord](t, w, address, `{"categories": ["party.mass"]}`)
	if rec := w.send(t, http.MethodDelete, "/api/v1/documents/"+string(d.ID), ""); rec.Code != http.StatusNoContent || rec.Body.Len() > 0 {
		t.Fatalf("DELETE: %d %s", rec.Code, rec.Body)
	}
	checkProblem(t, w.get(t, address), http.StatusNotFound, "not_found")
	checkProblem(t, w.send(t, http.MethodDelete, "/api/v1/documents/"+string(d.ID), ""), http.StatusNotFound, "not_found")
	if n := read[api.StatsAnswer](t, w, "/api/v1/stats").Index.Documents; n != len(w.docs)-1 {
		t.Errorf("index has %d documents after the removal", n)
	}
	exported := read[api.List[api.CorrectedFinding]](t, w, "/api/v1/corrections")
	if len(exported.Data) != 1 || exported.Data[0].Statement != d.Findings[0].Statement || exported.Data[0].Kind != "" {
		t.Errorf("corrections of what is removed: %+v", exported.Data)
	}

	if err := w.add(d); err != nil {
		t.Fatal(err)
	}
	tax, err := taxonomy.Default()
	if err != nil {
		t.Fatal(err)
	}
	docs, err := w.db.Parsed(context.Background(), []corpus.DocumentID{d.ID})
	if err != nil {
		t.Fatal(err)
	}
	tax.Label(docs[0])
	if _, err := w.db.Replace(context.Background(), docs); err != nil {
		t.Fatal(err)
	}
	if got := read[api.FindingRecord](t, w, address); !slices.Equal(codesOf(got), []corpus.CategoryCode{"party.mass"}) {
		t.Errorf("categories %v, want the person's", codesOf(got))
	}
}

func TestCorrectMetadata(t *testing.T) {
	w := editable(t)
	d := w.docs[9]
	address := "/api/v1/documents/" + string(d.ID)
	w.service.RegionCode = func(r corpus.Region) string {
		if r.City == "新城市" {
			return "990100"
		}
		return ""
	}
	got, _ := patch[corpus.Document](t, w, address, `{"unit": "云岭市档案馆", "region.city": "新城市", "region.county": null, "year": 2017, "round": null}`)
	if got.Unit != "云岭市档案馆" || got.Year != 2017 || got.Round != "" || got.Region.City != "新城市" || got.Region.Code != "990100" {
		t.Errorf("unit %s, year %d, round %q, region %+v", got.Unit, got.Year, got.Round, got.Region)
	}
	if p := got.Provenance["unit"]; p.Confidence != corpus.Corrected {
		t.Errorf("provenance of a corrected unit: %+v", p)
	}
	if n := read[api.List[api.DocumentRecord]](t, w, "/api/v1/documents?year=2017&unit=%3D云岭市档案馆").Total.Value; n != 1 {
		t.Errorf("%d documents under the corrected metadata", n)
	}
	got, _ = patch[corpus.Document](t, w, address, `{"region.city": "旧城市"}`)
	if got.Region.Code != "" {
		t.Errorf("code %s is left of the region that was wrong", got.Region.Code)
	}
	got, _ = patch[corpus.Document](t, w, address, `{"withdraw": ["unit", "region.city", "region.county", "year", "round"]}`)
	if got.Unit != d.Unit || got.Region != d.Region || got.Year != d.Year || got.Round != d.Round {
		t.Errorf("after withdrawal: %s %+v %d %s", got.Unit, got.Region, got.Year, got.Round)
	}
	var described []string
	for name := range document(t, w).root["components"].(map[string]any)["schemas"].(map[string]any)["DocumentEdit"].(map[string]any)["properties"].(map[string]any) {
		described = append(described, name)
	}
	accepted := append(slices.Clone(api.MetadataFields), "withdraw", "note")
	slices.Sort(described)
	slices.Sort(accepted)
	if diff := cmp.Diff(accepted, described); diff != "" {
		t.Errorf("fields (-accepted +described):\n%s", diff)
	}
	for _, field := range api.MetadataFields {
		if rec := w.send(t, http.MethodPatch, address, `{"withdraw": ["`+field+`"]}`); rec.Code != http.StatusOK {
			t.Errorf("%s: %d %s", field, rec.Code, rec.Body)
		}
	}
}

func TestBadCorrections(t *testing.T) {
	w := editable(t)
	finding, doc := "/api/v1/findings/"+string(aFinding(w).ID), "/api/v1/documents/"+string(w.docs[9].ID)
	before, err := w.db.Sequence(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		address, body string
		status        int
		code, param   string
		expected      string
	}{
		{finding, ``, http.StatusBadRequest, "bad_body", "", "字段"},
		{finding, `null`, http.StatusBadRequest, "bad_body", "", ""},
		{finding, `[]`, http.StatusBadRequest, "bad_body", "", ""},
		{finding, `{"status": "done"} {}`, http.StatusBadRequest, "bad_body", "", ""},
		{finding, `{}`, http.StatusBadRequest, "nothing_to_correct", "", ""},
		{finding, `{"note": "只有说明"}`, http.StatusBadRequest, "nothing_to_correct", "", ""},
		{finding, `{"stauts": "done"}`, http.StatusBadRequest, "unknown_parameter", "stauts", "是否指 status"},
		{finding, `{"status": "finished"}`, http.StatusBadRequest, "unknown_value", "status", "done_sustained"},
		{finding, `{"status": null}`, http.StatusBadRequest, "bad_value", "status", ""},
		{finding, `{"status": 1}`, http.StatusBadRequest, "bad_value", "status", ""},
		{finding, `{"categories": []}`, http.StatusBadRequest, "bad_value", "categories", "withdraw"},
		{finding, `{"categories": null}`, http.StatusBadRequest, "bad_value", "categories", ""},
		{finding, `{"categories": "finance.cash"}`, http.StatusBadRequest, "bad_value", "categories", ""},
		{finding, `{"categories": ["finance"]}`, http.StatusBadRequest, "unknown_value", "categories", "/api/v1/taxonomy"},
		{finding, `{"categories": ["finance.csh"]}`, http.StatusBadRequest, "unknown_value", "categories", "是否指 finance.cash"},
		{finding, `{"categories": ["finance.cash", "finance.cash"]}`, http.StatusBadRequest, "bad_value", "categories", "各不相同"},
		{finding, `{"categories": ["finance.cash", "finance.asset", "finance.budget", "party.fees"]}`, http.StatusBadRequest, "bad_value", "categories", ""},
		{finding, `{"withdraw": ["statement"]}`, http.StatusBadRequest, "unknown_value", "withdraw", "categories"},
		{finding, `{"status": "done", "withdraw": ["status"]}`, http.StatusBadRequest, "bad_value", "withdraw", ""},
		{finding, `{"status": "done", "note": "` + strings.Repeat("x", 3000) + `"}`, http.StatusBadRequest, "bad_value", "note", "2000"},
		{finding, `{"status": "done", "note": "a\u0000b"}`, http.StatusBadRequest, "bad_value", "note", ""},
		{finding, `{"status": "done", "note": "` + strings.Repeat("x", 70000) + `"}`, http.StatusRequestEntityTooLarge, "too_large", "", ""},
		{"/api/v1/findings/x-1", `{"status": "done"}`, http.StatusNotFound, "not_found", "id", ""},
		{doc, `{"year": "21"}`, http.StatusBadRequest, "invalid_correction", "year", "四位"},
		{doc, `{"year": 2021.5}`, http.StatusBadRequest, "bad_value", "year", ""},
		{doc, `{"unit": 7}`, http.StatusBadRequest, "bad_value", "unit", "null"},
		{doc, `{"unit": " 甲"}`, http.StatusBadRequest, "bad_value", "unit", ""},
		{doc, `{"unit": "甲\n乙"}`, http.StatusBadRequest, "bad_value", "unit", ""},
		{doc, `{"unit": "` + strings.Repeat("甲", 200) + `"}`, http.StatusBadRequest, "bad_value", "unit", "512"},
		{doc, `{"level": "town"}`, http.StatusBadRequest, "invalid_correction", "level", "county"},
		{doc, `{"doc_type": null}`, http.StatusBadRequest, "invalid_correction", "doc_type", "feedback"},
		{doc, `{"feedback_date": "2021-02-30"}`, http.StatusBadRequest, "invalid_correction", "feedback_date", "YYYY"},
		{doc, `{"id": "x"}`, http.StatusBadRequest, "unknown_parameter", "id", "unit"},
		{doc, `{"withdraw": ["text"]}`, http.StatusBadRequest, "unknown_value", "withdraw", "unit"},
		{"/api/v1/documents/0000000000000000", `{"year": 2021}`, http.StatusNotFound, "not_found", "", ""},
	} {
		t.Run(c.body[:min(len(c.body), 60)], func(t *testing.T) {
			rec := w.send(t, http.MethodPatch, c.address, c.body)
			p := checkProblem(t, rec, c.status, c.code)
			if p.Param != c.param || !strings.Contains(p.Expected, c.expected) {
				t.Errorf("param %q, expected %q", p.Param, p.Expected)
			}
		})
	}
	for _, media := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		rec := w.send(t, http.MethodPatch, finding, `{"status": "done"}`, "Content-Type", media)
		checkProblem(t, rec, http.StatusUnsupportedMediaType, "unsupported_media_type")
	}
	if after, err := w.db.Sequence(context.Background()); err != nil || after != before {
		t.Errorf("sequence %d after refusals, %v, want %d", after, err, before)
	}
}

func TestPagesOfOtherSitesChangeNothing(t *testing.T) {
	w := editable(t)
	address := "http://127.0.0.1:8080/api/v1/findings/" + string(aFinding(w).ID)
	for _, c := range []struct {
		name    string
		headers []string
		ok      bool
	}{
		{"a program", nil, true},
		{"a page of ours", []string{"Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:8080"}, true},
		{"an old browser, ours", []string{"Origin", "http://127.0.0.1:8080"}, true},
		{"another site", []string{"Sec-Fetch-Site", "cross-site", "Origin", "http://evil.example"}, false},
		{"another port", []string{"Sec-Fetch-Site", "same-site", "Origin", "http://127.0.0.1:9090"}, false},
		{"an old browser, another site", []string{"Origin", "http://evil.example"}, false},
		{"a file", []string{"Origin", "null"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec := w.send(t, http.MethodPatch, address, `{"status": "done"}`, c.headers...)
			if c.ok {
				if rec.Code != http.StatusOK {
					t.Errorf("%d %s", rec.Code, rec.Body)
				}
				return
			}
			checkProblem(t, rec, http.StatusForbidden, "cross_origin")
			checkProblem(t, w.send(t, http.MethodDelete, "http://127.0.0.1:8080/api/v1/documents/"+string(w.docs[3].ID), "", c.headers...), http.StatusForbidden, "cross_origin")
		})
	}
	if rec := w.get(t, "/api/v1/findings", "Sec-Fetch-Site", "cross-site"); rec.Code != http.StatusOK {
		t.Errorf("reading: %d", rec.Code)
	}
}

// A name that was made to lead to this machine is of the same origin as the server; the name gives it away.
func TestForeignNamesOfThisMachineChangeNothing(t *testing.T) {
	w := editable(t)
	for host, ok := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:8080": true, "localhost": true, "[::1]:8080": true, "[::1]": true,
		"evil.example:8080": false, "evil.example": false, "127.0.0.1.evil.example": false, "10.0.0.1:8080": false,
	} {
		r := httptest.NewRequest(http.MethodPatch, "/api/v1/findings/"+string(aFinding(w).ID), strings.NewReader(`{"status": "done"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Host = host
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}))
		rec := httptest.NewRecorder()
		w.server.ServeHTTP(rec, r)
		if got := rec.Code == http.StatusOK; got != ok {
			t.Errorf("%s: %d", host, rec.Code)
		}
	}
}

func TestWhoSawAnOlderStateIsRefused(t *testing.T) {
	w := editable(t)
	address := "/api/v1/findings/" + string(aFinding(w).ID)
	other := "/api/v1/findings/" + string(w.docs[9].Findings[0].ID)
	seen := w.get(t, address).Header().Get("ETag")

	// Somebody else's change of another document is no hindrance; one of this document is.
	patch[api.FindingRecord](t, w, other, `{"status": "not_done"}`)
	_, now := patch[api.FindingRecord](t, w, address, `{"status": "not_done"}`, "If-Match", seen)
	for _, tag := range []string{seen, strings.TrimPrefix(seen, "W/"), `"other"`, `W/"999999-00"`, `W/"-5-00"`} {
		rec := w.send(t, http.MethodPatch, address, `{"status": "done"}`, "If-Match", tag)
		checkProblem(t, rec, http.StatusPreconditionFailed, "changed_since")
	}
	doc := "/api/v1/documents/" + string(aFinding(w).ID.Document())
	checkProblem(t, w.send(t, http.MethodDelete, doc, "", "If-Match", seen), http.StatusPreconditionFailed, "changed_since")
	checkProblem(t, w.send(t, http.MethodPatch, doc, `{"year": 2020}`, "If-Match", seen), http.StatusPreconditionFailed, "changed_since")
	if got := read[api.FindingRecord](t, w, address); got.Status != corpus.NotDone {
		t.Errorf("status %s after refusals", got.Status)
	}
	patch[api.FindingRecord](t, w, address, `{"status": "done"}`, "If-Match", `"other", `+now)
	patch[api.FindingRecord](t, w, address, `{"status": "partial"}`, "If-Match", "*")
}

// Of several who saw the same state one is first, whatever the timing.
func TestOneOfManyIsFirst(t *testing.T) {
	w := editable(t)
	address := "/api/v1/findings/" + string(aFinding(w).ID)
	seen := w.get(t, address).Header().Get("ETag")
	codes := make([]int, 8)
	var all sync.WaitGroup
	for i := range codes {
		all.Go(func() {
			codes[i] = w.send(t, http.MethodPatch, address, `{"status": "done"}`, "If-Match", seen).Code
		})
	}
	all.Wait()
	slices.Sort(codes)
	want := append([]int{http.StatusOK}, slices.Repeat([]int{http.StatusPreconditionFailed}, len(codes)-1)...)
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestExportOfCorrections(t *testing.T) {
	w := editable(t)
	at := slices.IndexFunc(w.docs, func(d *corpus.Document) bool { return len(d.Findings) > 1 })
	d := w.docs[at]
	first, second := d.Findings[0], d.Findings[1]
	var others []corpus.FindingID
	for _, o := range w.docs[at+1:] {
		for _, f := range o.Findings {
			others = append(others, f.ID)
		}
	}
	patch[api.FindingRecord](t, w, "/api/v1/findings/"+string(first.ID), `{"categories": ["finance.cash"]}`)
	patch[api.FindingRecord](t, w, "/api/v1/findings/"+string(second.ID), `{"categories": ["party.fees", "finance.cash"], "note": "=1+1"}`)
	patch[api.FindingRecord](t, w, "/api/v1/findings/"+string(first.ID), `{"categories": ["finance.asset"]}`)
	patch[api.FindingRecord](t, w, "/api/v1/findings/"+string(others[0]), `{"categories": ["finance.asset"]}`)
	patch[api.FindingRecord](t, w, "/api/v1/findings/"+string(others[0]), `{"withdraw": ["categories"]}`)
	patch[api.FindingRecord](t, w, "/api/v1/findings/"+string(others[1]), `{"status": "done"}`)

	rec := w.get(t, "/api/v1/corrections?format=jsonl")
	if rec.Header().Get("Content-Type") != "application/x-ndjson; charset=utf-8" {
		t.Errorf("content type %q", rec.Header().Get("Content-Type"))
	}
	var lines []api.CorrectedFinding
	for line := range strings.Lines(rec.Body.String()) {
		var f api.CorrectedFinding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		lines = append(lines, f)
	}
	kind := "facts"
	if d.DocType == corpus.RectificationNotice || d.DocType == corpus.AuditRectification {
		kind = "measures"
	}
	want := []api.CorrectedFinding{
		{Statement: first.Statement, Account: first.Account, Heading: strings.Join(first.Path, " > "), Kind: kind,
			Categories: []corpus.CategoryCode{"finance.asset"}, FindingID: first.ID, DocumentID: d.ID, By: corpus.LocalActor, At: w.service.Now()},
		{Statement: second.Statement, Account: second.Account, Heading: strings.Join(second.Path, " > "), Kind: kind, Note: "=1+1",
			Categories: []corpus.CategoryCode{"party.fees", "finance.cash"}, FindingID: second.ID, DocumentID: d.ID, By: corpus.LocalActor, At: w.service.Now()},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if list := read[api.List[api.CorrectedFinding]](t, w, "/api/v1/corrections"); cmp.Diff(want, list.Data) != "" || list.Total.Value != 2 || list.Next != nil {
		t.Errorf("list %+v", list)
	}
	csv := w.get(t, "/api/v1/corrections?format=csv").Body.String()
	if n := strings.Count(csv, "\r\n"); n != 3 || !strings.Contains(csv, "party.fees; finance.cash") || !strings.Contains(csv, "'=1+1") {
		t.Errorf("table:\n%s", csv)
	}
	checkProblem(t, w.get(t, "/api/v1/findings?format=jsonl"), http.StatusBadRequest, "unknown_value")
}

// What was stored is not lost where the index cannot follow, and the caller is told so.
func TestIndexThatCannotFollow(t *testing.T) {
	w := editable(t)
	follow := w.service.Update
	w.service.Update = func(context.Context) error { return errors.New("secret") }
	address := "/api/v1/findings/" + string(aFinding(w).ID)
	p := checkProblem(t, w.send(t, http.MethodPatch, address, `{"status": "not_done"}`), http.StatusServiceUnavailable, "index_behind")
	if !strings.Contains(p.Detail, "已保存") {
		t.Errorf("detail %q", p.Detail)
	}
	w.service.Update = follow
	if got := read[api.FindingRecord](t, w, address); got.Status != corpus.NotDone {
		t.Errorf("status %s", got.Status)
	}
	w.service.Editor = nil
	checkProblem(t, w.send(t, http.MethodPatch, address, `{"status": "done"}`), http.StatusServiceUnavailable, "read_only")
	checkProblem(t, w.send(t, http.MethodDelete, "/api/v1/documents/"+string(w.docs[0].ID), ""), http.StatusServiceUnavailable, "read_only")
}
