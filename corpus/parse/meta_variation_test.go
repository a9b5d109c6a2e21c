package parse_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"tongjian/corpus/parse"
)

// writings are ways in which one text is written. None of them changes what the text says of itself.
var writings = []struct {
	name  string
	write func(string) string
}{
	{"half width", strings.NewReplacer("，", ",", "：", ":", "；", ";", "（", "(", "）", ")").Replace},
	{"full-width digits", fullWidthDigits},
	{"blanks around numbers", func(s string) string { return numbers.ReplaceAllString(s, " $0 ") }},
	{"wide blanks", func(s string) string { return strings.ReplaceAll(s, "，", "，\u3000") }},
	{"round zeros", strings.NewReplacer("〇", "○").Replace},
	{"other dashes", strings.NewReplacer("日至", "日—").Replace},
	{"hard wrapped", hardWrapped},
	{"traditional", parse.Traditional},
}

var numbers = regexp.MustCompile(`[0-9]+`)

func fullWidthDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r + '０' - '0'
		}
		return r
	}, s)
}

// hardWrapped breaks long lines of running text after 40 characters.
func hardWrapped(s string) string {
	var out []string
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		for strings.ContainsAny(line, "。") && utf8.RuneCountInString(line) > 40 {
			at := 0
			for range 40 {
				_, size := utf8.DecodeRuneInString(line[at:])
				at += size
			}
			if !strings.ContainsAny(line[:at], "，。、；") || strings.ContainsAny(line[at-3:at+3], "，。；：、（）“”") {
				break
			}
			out, line = append(out, line[:at]), line[at:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n") + "\n"
}

// TestMetadataInOtherWritings checks that a text says the same of itself however it is written.
func TestMetadataInOtherWritings(t *testing.T) {
	paths, err := filepath.Glob("testdata/meta/unseen-*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, w := range writings {
		t.Run(w.name, func(t *testing.T) {
			for _, path := range paths {
				for _, c := range readCases(t, path) {
					text := w.write(c.text)
					if text == c.text {
						continue
					}
					was, is := metadataOf(t, c.text), metadataOf(t, text)
					for _, f := range c.want {
						if f[0] == "title" || f[0] == "warns" {
							continue
						}
						if a, b := sameWriting(fieldOf(was, f[0])), sameWriting(fieldOf(is, f[0])); a != b {
							t.Errorf("%s: %s: got %q, want %q\n%s", c.name, f[0], b, a, text)
						}
					}
				}
			}
		})
	}
}

// sameWriting folds what differs between the printed forms of one value.
func sameWriting(s string) string {
	return strings.NewReplacer("(", "（", ")", "）", "０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9").Replace(parse.Simplify(s))
}
