package api_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
)

// The dashboard that we give away asks for what there is: every panel's address answers, and has the rows and the fields
// that it shows.
func TestGrafanaDashboard(t *testing.T) {
	data, err := os.ReadFile("grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct {
				URL     string
				Root    string `json:"root_selector"`
				Columns []struct{ Selector string }
			}
		}
	}
	if err := json.Unmarshal(data, &dashboard); err != nil {
		t.Fatal(err)
	}
	w := linkWorld(t)
	if len(dashboard.Panels) < 6 {
		t.Fatalf("%d panels", len(dashboard.Panels))
	}
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			address := strings.NewReplacer("${__from}", "1388534400000", "${__to}", "1767225599999").Replace(target.URL)
			rec := w.get(t, address)
			if rec.Code != http.StatusOK {
				t.Errorf("%s: %s: %d %s", p.Title, address, rec.Code, rec.Body)
				continue
			}
			var answer map[string]any
			if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
				t.Fatal(err)
			}
			rows, _ := answer[target.Root].([]any)
			if len(rows) == 0 {
				t.Errorf("%s: no rows at %q", p.Title, target.Root)
				continue
			}
			for _, c := range target.Columns {
				if _, ok := selected(rows[0], c.Selector); !ok && c.Selector != "direction" { // absent where there is no test
					t.Errorf("%s: no %s in %v", p.Title, c.Selector, rows[0])
				}
			}
		}
	}
}

// selected follows a selector into an object.
func selected(v any, selector string) (any, bool) {
	for name := range strings.SplitSeq(selector, ".") {
		object, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		if v, ok = object[name]; !ok {
			return nil, false
		}
	}
	return v, true
}
