package taxonomy_test

import (
	"os"
	"testing"

	"tongjian/analysis/taxonomy"
)

// readExamples reads the labelled statements of all files that a pattern names.
func readExamples(t testing.TB, pattern string) []taxonomy.Example {
	t.Helper()
	list, err := taxonomy.ReadExamples(os.DirFS("."), pattern)
	if err != nil || len(list) == 0 {
		t.Fatalf("no labelled statements in %s (%v)", pattern, err)
	}
	return list
}
