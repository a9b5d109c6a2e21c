package taxonomy

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"tongjian/corpus"
)

// Example is a labelled finding of the training data; training/README.md explains the format.
type Example struct {
	Input
	Want  []corpus.CategoryCode
	Trap  bool   // its words tempt other leaves
	Where string // file and line
}

// ReadExamples reads the labelled findings of all files that a pattern names, in order.
func ReadExamples(fsys fs.FS, pattern string) ([]Example, error) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return nil, fmt.Errorf("list training files: %w", err)
	}
	slices.Sort(names)
	var list []Example
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, invalid(name, 0, "训练数据读不到", err)
		}
		section := ""
		for n, line := range strings.Split(string(data), "\n") {
			line = strings.TrimSpace(line)
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "["):
				section = strings.Trim(line, "[]")
			default:
				e := parseExample(line, section)
				e.Where = fmt.Sprintf("%s:%d", name, n+1)
				list = append(list, e)
			}
		}
	}
	return list, nil
}

func parseExample(line, section string) Example {
	e := Example{Want: []corpus.CategoryCode{corpus.CategoryCode(section)}}
	line, e.Trap = strings.CutPrefix(line, "!")
	line, replaced, replace := strings.Cut(line, " > ")
	if rest, account, ok := strings.Cut(line, " ~ "); ok {
		line, e.Account, e.Kind = rest, account, Measures
	}
	if rest, account, ok := strings.Cut(line, " = "); ok {
		line, e.Account, e.Kind = rest, account, Facts
	}
	if rest, headings, ok := strings.Cut(line, " @ "); ok {
		line, e.Headings = rest, strings.Split(headings, " / ")
	}
	line, added, _ := strings.Cut(line, " + ")
	if replace {
		e.Want, added = nil, replaced
	}
	for _, c := range strings.Fields(added) {
		e.Want = append(e.Want, corpus.CategoryCode(c))
	}
	e.Statement = strings.TrimSpace(line)
	return e
}
