package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// relabelReport is what taxonomy diff and relabel print.
type relabelReport struct {
	Taxonomy  string `json:"taxonomy"` // the version under which the findings move
	Documents int    `json:"documents"`
	Findings  int    `json:"findings"`
	Moved     int    `json:"moved"`
	// Kept are the findings that would move had a person not labelled them.
	Kept int `json:"kept"`
	// Replaced counts the documents that were stored anew: also those of which only scores or evidence differ.
	Replaced int           `json:"replaced"`
	Moves    []relabelMove `json:"moves"`
	Leaves   []relabelLeaf `json:"leaves"`
}

type relabelMove struct {
	Finding   corpus.FindingID      `json:"id"`
	Statement string                `json:"statement"`
	Before    []corpus.CategoryCode `json:"before"`
	After     []corpus.CategoryCode `json:"after"`
}

type relabelLeaf struct {
	Code   corpus.CategoryCode `json:"code"`
	Gained int                 `json:"gained"`
	Lost   int                 `json:"lost"`
	Main   int                 `json:"main"`
}

func (r *relabelReport) sum(moves []taxonomy.Move) {
	r.Moved = len(moves)
	for _, m := range moves {
		r.Moves = append(r.Moves, relabelMove(m))
	}
	for _, s := range taxonomy.Shifts(moves) {
		r.Leaves = append(r.Leaves, relabelLeaf(s))
	}
}

func relabelJSON(w io.Writer, r *relabelReport) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(r)
}

func relabelTable(w io.Writer, r *relabelReport) error {
	var b bytes.Buffer
	for _, m := range r.Moves {
		fmt.Fprintf(&b, "%s  %s\n    %s → %s\n", m.Finding, strings.ReplaceAll(m.Statement, "\n", " "), codesWord(m.Before), codesWord(m.After))
	}
	if len(r.Leaves) > 0 {
		fmt.Fprintf(&b, "\n%-28s %4s %4s %6s\n", "类别", "增", "减", "主类别")
	}
	for _, l := range r.Leaves {
		fmt.Fprintf(&b, "%-30s %+5d %+5d %+7d\n", l.Code, l.Gained, -l.Lost, l.Main)
	}
	fmt.Fprintf(&b, "文件 %d 份，问题 %d 个：类别变动 %d 个，因人核定而不变 %d 个", r.Documents, r.Findings, r.Moved, r.Kept)
	if r.Replaced > 0 {
		fmt.Fprintf(&b, "；已更新文件 %d 份", r.Replaced)
	}
	b.WriteString("\n")
	_, err := w.Write(b.Bytes())
	return err
}

func codesWord(codes []corpus.CategoryCode) string {
	if len(codes) == 0 {
		return "（无）"
	}
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, " ")
}
