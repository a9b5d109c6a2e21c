package parse_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

var (
	dotted  = regexp.MustCompile(`(?m)^([\s　]*\d{1,2})[.．、]([^\d])`)
	opening = regexp.MustCompile(`(?m)^[\s　]*(\S)`)
)

// variations change how a document is written and not what it says: none may change which problems are found in it.
var variations = []struct {
	name string
	vary func(string) string
}{
	{"half width", strings.NewReplacer("：", ":", "，", ",", "；", ";", "（", "(", "）", ")").Replace},
	{"full width", strings.NewReplacer(":", "：", ";", "；", "(", "（", ")", "）").Replace},
	{"numbers with 、", func(s string) string { return dotted.ReplaceAllString(s, "$1、$2") }},
	{"numbers with ．", func(s string) string { return dotted.ReplaceAllString(s, "$1．$2") }},
	{"numbers with a blank", func(s string) string { return dotted.ReplaceAllString(s, "$1 . $2") }},
	{"indented", func(s string) string { return opening.ReplaceAllString(s, "　　$1") }},
	{"hard blanks", func(s string) string { return opening.ReplaceAllString(s, "\u00a0\u00a0$1") }},
	{"tabs", func(s string) string { return opening.ReplaceAllString(s, "\t$1") }},
	{"lines of CR LF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
	{"lines of CR", func(s string) string { return strings.ReplaceAll(s, "\n", "\r") }},
	{"byte order mark", func(s string) string { return "\ufeff" + s }},
	{"doubled commas", strings.NewReplacer("，", "，，").Replace},
	{"blank lines", func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") }},
	{"blanks between all characters", spaced},
	{"hard wrapped", wrapped},
	{"zero-width marks", func(s string) string { return strings.ReplaceAll(s, "。", "。\u200b") }},
	{"curly quotes straight", strings.NewReplacer("“", "\"", "”", "\"").Replace},
	{"other quotes", strings.NewReplacer("“", "「", "”", "」").Replace},
}

// spaced puts a blank between all characters of each line, as some converters do.
func spaced(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Split(strings.TrimSpace(line), ""), " ")
	}
	return strings.Join(lines, "\n")
}

// wrapped breaks lines after 36 characters and begins paragraphs with two blanks, as plain text files do.
func wrapped(s string) string {
	var b strings.Builder
	for _, line := range strings.Split(s, "\n") {
		n := 0
		for _, r := range "　　" + strings.TrimLeft(line, " 　\t") {
			if n == 36 {
				b.WriteByte('\n')
				n = 0
			}
			b.WriteRune(r)
			n++
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// bare takes from a statement what the variations change.
var bare = strings.NewReplacer("：", ":", "，，", ",", "，", ",", "；", ";", "（", "(", "）", ")", " ", "", "　", "", "\u00a0", "", "\u200b", "", "\n", "", "「", "“", "」", "”").Replace

func TestVariationsChangeNoFindings(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "documents", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	p := parse.New(gazetteer.Default())
	statements := func(name, text string) []string {
		x, err := extract.File(name, []byte(text), extract.Limits{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var list []string
		for _, f := range p.Parse(x, corpus.DocumentID("0000000000000000")).Findings {
			list = append(list, strings.ReplaceAll(strings.ReplaceAll(bare(f.Statement), "“", "\""), "”", "\""))
		}
		return list
	}
	for _, path := range paths {
		name := filepath.Base(path)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "held-") || !utf8.Valid(data) {
			continue
		}
		text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
		want := statements(name, text)
		for _, v := range variations {
			if v.name == "hard wrapped" && strings.Contains(v.vary(text), "\n：") {
				continue // no editor begins a line with a colon
			}
			if got := statements(name, v.vary(text)); !slices.Equal(got, want) {
				t.Errorf("%s, %s: %d findings, want %d\n%s", name, v.name, len(got), len(want), difference(got, want))
			}
		}
	}
}

// difference lists what only one of two lists holds.
func difference(got, want []string) string {
	var b strings.Builder
	for _, s := range got {
		if !slices.Contains(want, s) {
			b.WriteString("+ " + s + "\n")
		}
	}
	for _, s := range want {
		if !slices.Contains(got, s) {
			b.WriteString("- " + s + "\n")
		}
	}
	return b.String()
}
