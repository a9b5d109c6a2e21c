package extract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/simplifiedchinese"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

const page = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于巡察整改情况的通报_云澜市人民政府</title>
<meta name="PubDate" content="2023-05-06 10:00"></head><body><div class="nav"><a href="/">首页</a></div>
<div id="zoom"><p>根据市委统一部署，市委第二巡察组对市港务局党组进行了巡察。</p></div></body></html>`

// TestPages compares pages with their goldens: testdata/*.txtar hold the page, the blocks that it must give, and the
// properties.
func TestPages(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range txtar.Parse(data).Files {
				files[f.Name] = string(f.Data)
			}
			x, err := extract.File("page.html", []byte(files["page"]), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if err := check(x); err != nil {
				t.Error(err)
			}
			if d := cmp.Diff(files["blocks"], dumpBlocks(x)); d != "" {
				t.Errorf("blocks (-want +got):\n%s", d)
			}
			if d := cmp.Diff(files["properties"], dumpProperties(x)); d != "" {
				t.Errorf("properties (-want +got):\n%s", d)
			}
		})
	}
}

// dumpBlocks writes one line a block: its kind with what the format knows, and its text.
func dumpBlocks(x *corpus.Extract) string {
	var b strings.Builder
	for _, k := range x.Blocks {
		switch k.Kind {
		case corpus.BlockHeading:
			fmt.Fprintf(&b, "h%d", k.Level)
		case corpus.BlockCell:
			fmt.Fprintf(&b, "cell %d:%d,%d", k.Table, k.Row, k.Column)
			if k.RowSpan > 1 || k.ColSpan > 1 {
				fmt.Fprintf(&b, "+%dx%d", k.RowSpan, k.ColSpan)
			}
		default:
			b.WriteString("p")
		}
		if k.Number != "" {
			b.WriteString(" " + k.Number)
		}
		b.WriteString(" | " + k.Span.Of(x.Text) + "\n")
	}
	return b.String()
}

func dumpProperties(x *corpus.Extract) string {
	var b strings.Builder
	for _, p := range x.Properties {
		where := ""
		if p.Span != nil {
			where = " in text"
		}
		fmt.Fprintf(&b, "%s = %s%s\n", p.Name, p.Value, where)
	}
	return b.String()
}

func TestPageEncodings(t *testing.T) {
	gb := strings.Replace(page, "utf-8", "gb2312", 1)
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(gb)
	if err != nil {
		t.Fatal(err)
	}
	undeclared := strings.Replace(encoded, `<meta charset="gb2312">`, "", 1)
	lying := strings.Replace(page, "utf-8", "gbk", 1) // says GBK and is UTF-8
	for name, c := range map[string]struct {
		data, encoding string
		guessed        bool
	}{
		"declared": {encoded, "gb18030", false}, "undeclared": {undeclared, "gb18030", true}, "declared wrongly": {lying, "utf-8", false},
	} {
		t.Run(name, func(t *testing.T) {
			x, err := extract.File("a.htm", []byte(c.data), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(x.Text, "市委第二巡察组") || x.Encoding != c.encoding || warned(x, corpus.EncodingGuessed) != c.guessed {
				t.Errorf("got %s %v %q, want %s, guessed %v", x.Encoding, x.Warnings, x.Text, c.encoding, c.guessed)
			}
		})
	}
}

func TestContentGoesBeforeName(t *testing.T) {
	x, err := extract.File("通报.txt", []byte(page), extract.Limits{})
	if err != nil || x.Format != "html" {
		t.Errorf("a page called .txt: got %v, %v; want html", x, err)
	}
	x, err = extract.File("通报.html", []byte(sample), extract.Limits{})
	if err != nil || x.Format != "txt" {
		t.Errorf("a text called .html: got %v, %v; want txt", x, err)
	}
}

// TestHostilePages bounds what a page can cost: nesting, spans and sheer size.
func TestHostilePages(t *testing.T) {
	for name, data := range map[string]string{
		"deep":     strings.Repeat("<div><b>", 20000) + "正文内容在这里。" + strings.Repeat("</b></div>", 20000),
		"spans":    "<table><tr>" + strings.Repeat("<td rowspan=1000000 colspan=1000000>甲</td>", 500) + "</tr><tr><td>乙</td></tr></table>",
		"unclosed": "<html>" + strings.Repeat("<table><tr><td>", 2000) + "正文。",
		"lists":    "<html>" + strings.Repeat("<ul><li>", 3000) + "正文。",
	} {
		t.Run(name, func(t *testing.T) {
			x, err := extract.File("a.html", []byte("<html><body>"+data), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if err := check(x); err != nil {
				t.Error(err)
			}
		})
	}
}
