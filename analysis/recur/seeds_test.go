package recur_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongjian/analysis/recur"
	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// TestAdmissionInRealDocuments reads the real documents, which lie beside the repository, never in it: the one report that
// says that earlier problems are still there is found and quoted, and nothing else is called a repeat.
func TestAdmissionInRealDocuments(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", "seeds", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skipf("no real documents beside the repository: %v", err)
	}
	tax, err := taxonomy.Default()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[corpus.DocumentID]string{}
	var docs []*corpus.Document
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		e, err := extract.File(name, data, extract.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d := parse.New(gazetteer.Default()).Parse(e, corpus.NewDocumentID(data))
		tax.Label(d)
		texts[d.ID] = d.Text
		docs = append(docs, d)
	}
	m := model(t, docs)
	page, total := m.Repeats(recur.Query{})
	if total != 1 {
		for _, r := range page {
			t.Logf("%s: %+v", r.Finding.Statement, r.Admission)
		}
		t.Fatalf("%d repeats, want the one that the report admits", total)
	}
	r := page[0]
	if r.Finding.Type != corpus.InspectionReport || r.Evidence != recur.ByAdmission || r.Prior.ID != "" || r.Admission == nil {
		t.Fatalf("%+v", r)
	}
	if got := r.Admission.Span.Of(texts[r.Finding.Document]); got != r.Admission.Text || !strings.Contains(got, "仍有存在") || len(r.Admission.Names) < 3 {
		t.Errorf("quoted %q, names %v", got, r.Admission.Names)
	}
	groups, n := m.CommonProblems(recur.GroupQuery{})
	for _, g := range groups {
		t.Logf("%d units have in common: %s", len(g.Units), g.Statement)
	}
	if n == 0 {
		t.Error("no problem in common, though several units have the same")
	}
}
