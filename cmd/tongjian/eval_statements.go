package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/corpus/gold"
)

// labelledLine is one line of a file of labelled statements. It is also what corrections are exported as.
type labelledLine struct {
	Statement  string          `json:"statement"`
	Account    string          `json:"account"`
	Heading    headingList     `json:"heading"`
	Kind       string          `json:"kind"`
	Categories json.RawMessage `json:"categories"`
}

func evaluateStatements(tax *taxonomy.Taxonomy, name string, seed uint64) (*evalReport, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	var pairs []gold.Pair
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		in, codes, err := readLabelled(tax, lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("%s 第 %d 行：%w", name, n, err)
		}
		pairs = append(pairs, gold.Pair{Statement: in.Statement, Matched: true, Gold: codes, Found: tax.Classify(in)})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(pairs) == 0 {
		return nil, errNothing
	}
	return statementReport(pairs, seed), nil
}

// readLabelled reads one line. Categories may be codes, or objects with a code as classify prints them.
func readLabelled(tax *taxonomy.Taxonomy, data []byte) (in taxonomy.Input, codes []corpus.CategoryCode, err error) {
	var line labelledLine
	if err := json.Unmarshal(data, &line); err != nil {
		return in, nil, fmt.Errorf(`不是所需的 JSON 对象 {"statement": "…", "categories": ["…"]}：%w`, err)
	}
	kind, ok := accountKinds[line.Kind]
	if !ok {
		return in, nil, fmt.Errorf("没有“%s”这种 kind（应为：facts, measures）", line.Kind)
	}
	if json.Unmarshal(line.Categories, &codes) != nil {
		var objects []corpus.Category
		if err := json.Unmarshal(line.Categories, &objects); err != nil {
			return in, nil, fmt.Errorf("categories 读不懂（应为类别代码的列表）：%w", err)
		}
		codes = nil
		for _, c := range objects {
			codes = append(codes, c.Code)
		}
	}
	if strings.TrimSpace(line.Statement) == "" || len(codes) == 0 {
		return in, nil, fmt.Errorf("缺少 statement 或 categories")
	}
	for _, c := range codes {
		if _, ok := tax.Leaf(c); !ok {
			return in, nil, fmt.Errorf("没有“%s”这个类别", c)
		}
	}
	return taxonomy.Input{Statement: line.Statement, Account: line.Account, Kind: kind, Headings: line.Heading}, codes, nil
}
