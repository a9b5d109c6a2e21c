package taxonomy_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// example is one labelled statement of the data files; testdata/README.md explains their format.
type example struct {
	taxonomy.Input
	want  []corpus.CategoryCode
	trap  bool
	where string
}

// readExamples reads the labelled statements of all files that a pattern names.
func readExamples(t testing.TB, pattern string) []example {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no data files %s (%v)", pattern, err)
	}
	var list []example
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		section := ""
		lines := bufio.NewScanner(strings.NewReader(string(data)))
		for n := 1; lines.Scan(); n++ {
			line := strings.TrimSpace(lines.Text())
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if strings.HasPrefix(line, "[") {
				section = strings.Trim(line, "[]")
				continue
			}
			e := parseExample(line, section)
			e.where = fmt.Sprintf("%s:%d", name, n)
			list = append(list, e)
		}
	}
	return list
}

func parseExample(line, section string) example {
	e := example{want: []corpus.CategoryCode{corpus.CategoryCode(section)}}
	line, e.trap = strings.CutPrefix(line, "!")
	if rest, codes, ok := strings.Cut(line, " > "); ok {
		line, e.want = rest, nil // the list replaces section and additions
		for _, c := range strings.Fields(codes) {
			e.want = append(e.want, corpus.CategoryCode(c))
		}
	}
	if rest, account, ok := strings.Cut(line, " ~ "); ok {
		line, e.Account, e.Kind = rest, account, taxonomy.Measures
	}
	if rest, account, ok := strings.Cut(line, " = "); ok {
		line, e.Account, e.Kind = rest, account, taxonomy.Facts
	}
	if rest, headings, ok := strings.Cut(line, " @ "); ok {
		line, e.Headings = rest, strings.Split(headings, " / ")
	}
	if rest, codes, ok := strings.Cut(line, " + "); ok {
		line = rest
		if len(e.want) > 1 || section != string(e.want[0]) {
			codes = ""
		}
		for _, c := range strings.Fields(codes) {
			e.want = append(e.want, corpus.CategoryCode(c))
		}
	}
	e.Statement = strings.TrimSpace(line)
	return e
}
