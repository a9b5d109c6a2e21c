package rectify_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
)

// TestSeeds holds what real documents must show: measures completed above those planned, and two findings on procurement
// that were answered with the same sentences. The documents lie beside the repository, never in it.
func TestSeeds(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "seeds", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("no real documents beside the repository")
	}
	var docs []*corpus.Document
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, read(t, filepath.Base(name), data))
	}
	exceed := 0
	for _, doc := range docs {
		for _, c := range rectify.Claims(doc) {
			t.Logf("%s: %s", doc.Source, c.Message)
			if c.Kind == rectify.MeasuresExceed && c.Said.Value == 69 && c.Against.Value == 61 {
				exceed++
			} else if c.Kind != rectify.CountDiffers {
				t.Errorf("%s: claim %+v", doc.Source, c)
			}
		}
	}
	if exceed != 1 {
		t.Errorf("61 planned and 69 completed measures are reported %d times", exceed)
	}
	copies := copiesOf(t, changesOf(docs))
	same := slices.ContainsFunc(copies.All(), func(r rectify.Reuse) bool {
		here, there := statementOf(docs, r.Finding), statementOf(docs, r.Source.Finding)
		return r.Scope == rectify.InNotice && r.Share >= 0.3 && strings.Contains(here, "采购") && strings.Contains(there, "采购")
	})
	if !same {
		t.Errorf("no finding on procurement reuses the text of another: %+v", copies.All())
	}
}

func statementOf(docs []*corpus.Document, id corpus.FindingID) string {
	for _, d := range docs {
		for _, f := range d.Findings {
			if d.ID == id.Document() && corpus.NewFindingID(d.ID, f.Ordinal) == id {
				return f.Statement
			}
		}
	}
	return ""
}
