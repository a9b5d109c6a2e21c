package api_test

import (
	"net/http"
	"strings"
	"testing"

	"tongjian/api"
)

func TestEntityTags(t *testing.T) {
	w := readOnly(t)
	for _, address := range addresses(w) {
		if address == "/healthz" || address == "/readyz" {
			continue
		}
		t.Run(address, func(t *testing.T) {
			tag := w.get(t, address).Header().Get("ETag")
			if !strings.HasPrefix(tag, `W/"`) {
				t.Fatalf("ETag %q", tag)
			}
			for _, sent := range []string{tag, strings.TrimPrefix(tag, "W/"), `"other", ` + tag} {
				rec := w.get(t, address, "If-None-Match", sent, "Accept-Encoding", "gzip")
				if rec.Code != http.StatusNotModified || rec.Body.Len() > 0 {
					t.Errorf("If-None-Match %s: %d with %d bytes", sent, rec.Code, rec.Body.Len())
				}
				if rec.Header().Get("ETag") != tag {
					t.Errorf("304 with ETag %q, want %q", rec.Header().Get("ETag"), tag)
				}
			}
			for _, sent := range []string{`"other"`, "*"} {
				if rec := w.get(t, address, "If-None-Match", sent); rec.Code != http.StatusOK {
					t.Errorf("If-None-Match %s: %d", sent, rec.Code)
				}
			}
		})
	}
}

func TestEntityTagTellsAnswersApart(t *testing.T) {
	w := readOnly(t)
	tags := map[string]string{}
	for _, address := range []string{
		"/api/v1/findings", "/api/v1/findings?limit=5", "/api/v1/findings?format=csv", "/api/v1/documents",
		"/api/v1/findings?year=2019", "/api/v1/findings?year=2020",
	} {
		tag := w.get(t, address).Header().Get("ETag")
		if before, seen := tags[tag]; seen {
			t.Errorf("%s and %s have the same ETag", before, address)
		}
		tags[tag] = address
	}
	same := w.get(t, "/api/v1/findings?year=2019&limit=5").Header().Get("ETag")
	if other := w.get(t, "/api/v1/findings?limit=5&year=2019").Header().Get("ETag"); other != same {
		t.Errorf("the order of parameters changes the ETag: %s, %s", same, other)
	}
	if csv := w.get(t, "/api/v1/findings", "Accept", "text/csv").Header().Get("ETag"); tags[csv] == "/api/v1/findings" {
		t.Error("JSON and CSV have the same ETag")
	}
}

func TestEntityTagChangesWithTheStore(t *testing.T) {
	docs := invented()
	w, err := newWorld(t.TempDir(), docs[:3])
	if err != nil {
		t.Fatal(err)
	}
	defer w.db.Close()
	defer w.engine.Close()
	before := w.get(t, "/api/v1/stats")
	if err := w.add(docs[3]); err != nil {
		t.Fatal(err)
	}
	after := w.get(t, "/api/v1/stats", "If-None-Match", before.Header().Get("ETag"))
	if after.Code != http.StatusOK || after.Header().Get("ETag") == before.Header().Get("ETag") {
		t.Errorf("%d, ETag %s before and %s after", after.Code, before.Header().Get("ETag"), after.Header().Get("ETag"))
	}
	if stats := read[api.StatsAnswer](t, w, "/api/v1/stats"); stats.Documents != 4 || stats.Meta.Sequence != 4 || stats.Lag != 0 || stats.Index.Documents != 4 {
		t.Errorf("stats %+v", stats)
	}
}
