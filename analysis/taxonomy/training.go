package taxonomy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
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
		read := readLines
		if path.Ext(name) == ".jsonl" {
			read = readRecords
		}
		more, err := read(name, data)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// readLines reads the format for people: one finding a line, in sections.
func readLines(name string, data []byte) ([]Example, error) {
	var list []Example
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
	return list, nil
}

// record is a line of the format for programs, JSON Lines.
type record struct {
	Statement  string                `json:"statement"`
	Account    string                `json:"account"`
	Heading    headings              `json:"heading"`
	Kind       string                `json:"kind"` // of the document: report, notice or feedback
	Categories []corpus.CategoryCode `json:"categories"`
	Trap       bool                  `json:"trap"`
}

// headings is one heading or a list of them.
type headings []string

// UnmarshalJSON reads a text or a list of texts.
func (h *headings) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte{'"'}) {
		*h = headings{""}
		return json.Unmarshal(data, &(*h)[0])
	}
	return json.Unmarshal(data, (*[]string)(h))
}

func readRecords(name string, data []byte) ([]Example, error) {
	var list []Example
	for n, line := range bytes.Split(data, []byte{'\n'}) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, invalid(name, n+1, "不是一条 JSON 记录", err)
		}
		if r.Statement == "" || len(r.Categories) == 0 {
			return nil, invalid(name, n+1, "缺少 statement 或 categories", nil)
		}
		e := Example{Want: r.Categories, Trap: r.Trap, Where: fmt.Sprintf("%s:%d", name, n+1)}
		e.Statement, e.Account, e.Headings = r.Statement, r.Account, r.Heading
		switch {
		case r.Account == "":
		case r.Kind == "report":
			e.Kind = Facts
		case r.Kind == "notice":
			e.Kind = Measures
		}
		list = append(list, e)
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
