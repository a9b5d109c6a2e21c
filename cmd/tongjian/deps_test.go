package main

import (
	"os/exec"
	"strings"
	"testing"
)

// allowed lists, for each package of the module, the packages of the module that it may import (tests aside). A package
// that is missing here must be added on purpose, with a thought for the direction of the edges: data flows from corpus
// through index and analysis to api and the pages, and only cmd knows the store.
var allowed = map[string][]string{
	"corpus":                   {},
	"corpus/extract":           {"corpus", "corpus/extract/internal/pdf"},
	"corpus/gazetteer":         {"corpus", "corpus/internal/pattern"},
	"corpus/parse":             {"corpus", "corpus/gazetteer", "corpus/internal/pattern"},
	"corpus/segment":           {"corpus"},
	"corpus/fingerprint":       {"corpus"},
	"corpus/sqlite":            {"corpus", "corpus/fingerprint"},
	"corpus/ingest":            {"corpus", "corpus/extract"},
	"corpus/similar":           {"corpus", "corpus/segment"},
	"corpus/synth":             {"corpus"},
	"corpus/gold":              {"corpus"},
	"index":                    {"corpus", "corpus/segment"},
	"index/embedded":           {"corpus", "corpus/segment", "corpus/similar", "index"},
	"analysis/taxonomy":        {"corpus", "corpus/segment", "analysis/taxonomy/linear"},
	"analysis/taxonomy/linear": {},
	"analysis/taxonomy/fit":    nil, // makes the model's weights; run by go generate
	"analysis/trend":           {"corpus"},
	"analysis/compare":         {"corpus", "corpus/similar", "analysis/keyness"},
	"analysis/recur":           {"corpus", "corpus/segment", "corpus/similar"},
	"analysis/rectify":         {"corpus", "analysis/taxonomy", "analysis/trend"},
	"analysis/peers":           {"corpus", "analysis/trend"},
	"analysis/keyness":         {},
	"api/sheet":                {},
	"api/access":               {"corpus"},
	"api":                      {"corpus", "index", "api/access", "api/sheet", "analysis/taxonomy", "analysis/trend", "analysis/compare", "analysis/recur", "analysis/rectify", "analysis/peers", "analysis/keyness"},
	"api/web":                  {"corpus", "index", "api", "api/access", "api/web/chart", "api/web/highlight", "analysis/taxonomy", "analysis/trend", "analysis/compare", "analysis/recur", "analysis/rectify", "analysis/peers", "analysis/keyness"},
	"api/web/chart":            {},
	"api/web/highlight":        {"corpus"},
	"cmd/tongjian":             nil, // wires everything
}

// testOnly packages may be imported by tests only, and may import what they like.
var testOnly = map[string]bool{
	"corpus/corpustest": true,
	"index/indextest":   true,
}

func TestImportEdges(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "tongjian/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		imports := strings.Fields(line)
		pkg := strings.TrimPrefix(imports[0], "tongjian/")
		if testOnly[pkg] || strings.Contains(pkg, "/internal/") {
			continue
		}
		edges, known := allowed[pkg]
		if !known {
			t.Errorf("package %s has no place in the table of import edges", pkg)
			continue
		}
		for _, imp := range imports[1:] {
			target, ours := strings.CutPrefix(imp, "tongjian/")
			if !ours || edges == nil {
				continue
			}
			if testOnly[target] {
				t.Errorf("%s imports %s, which is for tests", pkg, target)
			} else if !contains(edges, target) {
				t.Errorf("%s imports %s; it may import only %s", pkg, target, strings.Join(edges, ", "))
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
