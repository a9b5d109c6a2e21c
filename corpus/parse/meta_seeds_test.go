package parse_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// TestMetadataOfSeeds compares the metadata of the real documents beside the repository with what a careful reader took
// from them.
func TestMetadataOfSeeds(t *testing.T) {
	golds, err := filepath.Glob("../../../shared/gold/*.json")
	if err != nil || len(golds) == 0 {
		t.Skip("no gold files in ../shared beside the repository")
	}
	right, all := 0, 0
	for _, path := range golds {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		docs, _ := filepath.Glob("../../../shared/corpus/seeds/" + name + ".*")
		if len(docs) == 0 {
			continue
		}
		gold := map[string]any{}
		readJSON(t, path, &gold)
		got := seedMetadata(t, docs[0])
		for _, field := range goldFields {
			want := goldField(gold, field)
			all++
			if g := goldField(got, field); g == want {
				right++
			} else {
				t.Logf("%s: %s: got %q, want %q", name, field, g, want)
			}
		}
	}
	if all > 0 && float64(right) < 0.98*float64(all) {
		t.Errorf("metadata: %d of %d fields right, want 98%%", right, all)
	}
}

var goldFields = []string{
	"doc_type", "title", "unit", "party_body", "region.province", "region.city", "region.county", "level", "inspector", "round",
	"inspection_from", "inspection_to", "feedback_date", "publication_date", "year",
	"declared.problems", "declared.items", "declared.aspects", "declared.rectified",
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func seedMetadata(t *testing.T, path string) map[string]any {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	x, err := extract.File(path, data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	doc := &corpus.Document{Text: x.Text}
	parse.ReadMetadata(x, gazetteer.Default(), doc)
	checkSpans(t, doc)
	encoded, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	if err := json.Unmarshal(encoded, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// goldField returns a field as text, "" for null.
func goldField(doc map[string]any, name string) string {
	outer, inner, nested := strings.Cut(name, ".")
	value := doc[outer]
	if nested {
		value = value.(map[string]any)[inner]
	}
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}
