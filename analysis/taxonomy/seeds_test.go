package taxonomy_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// goldDocument is the part of a gold file that the classifier is judged by.
type goldDocument struct {
	Source   string         `json:"source"`
	DocType  corpus.DocType `json:"doc_type"`
	Findings []struct {
		Path       []string              `json:"path"`
		Statement  string                `json:"statement"`
		Categories []corpus.CategoryCode `json:"categories"`
	} `json:"findings"`
}

// TestSeeds checks the classifier on the annotated documents beside the repository, given statements, headings and
// accounts: what is judged is the classifier, not the parser.
func TestSeeds(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared")
	names, _ := filepath.Glob(filepath.Join(shared, "gold", "*.json"))
	if len(names) == 0 {
		t.Skip("no annotated documents beside the repository")
	}
	var list, core []taxonomy.Example
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var doc goldDocument
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text, err := os.ReadFile(filepath.Join(shared, "corpus", "seeds", doc.Source))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, seedExamples(doc, string(text))...)
	}
	for _, e := range list {
		for _, c := range e.Want {
			if d := c.Domain(); d == "procurement" || d == "decision" || d == "finance" {
				core = append(core, e)
				break
			}
		}
	}
	if f1 := evaluate(t, list).Micro.F1(); f1 < 0.95 {
		t.Errorf("micro-F1 %.3f, want at least 0.95", f1)
	}
	if f1 := evaluate(t, core).Micro.F1(); f1 < 0.96 {
		t.Errorf("procurement, decision and finance: micro-F1 %.3f, want at least 0.96", f1)
	}
}

// seedExamples takes as account of a finding what stands between its statement and the next finding or heading.
func seedExamples(doc goldDocument, text string) []taxonomy.Example {
	var starts []int
	at := 0
	for _, f := range doc.Findings {
		i := strings.Index(text[at:], f.Statement)
		if i < 0 {
			i = 0
		}
		starts = append(starts, at+i)
		at += i + len(f.Statement)
	}
	var list []taxonomy.Example
	for i, f := range doc.Findings {
		from, to := starts[i]+len(f.Statement), len(text)
		if i+1 < len(starts) {
			to = starts[i+1]
			for _, h := range doc.Findings[i+1].Path {
				if at := strings.Index(text[from:to], h); at >= 0 {
					to = from + at
				}
			}
		}
		for _, end := range []string{"\n三、", "\n四、", "意见建议"} {
			if at := strings.Index(text[from:to], end); at >= 0 {
				to = from + at
			}
		}
		kind := taxonomy.Measures
		if doc.DocType == corpus.InspectionReport || doc.DocType == corpus.Feedback {
			kind = taxonomy.Facts
		}
		list = append(list, taxonomy.Example{Where: doc.Source[:3], Want: f.Categories, Input: taxonomy.Input{
			Statement: f.Statement, Account: text[from:to], Kind: kind, Headings: f.Path}})
	}
	return list
}
