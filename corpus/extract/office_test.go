package extract_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

// part is one entry of a zip file made by a test.
type part struct{ name, content string }

func zipOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err == nil {
			_, err = f.Write([]byte(p.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`

// wordSpace declares the namespaces that Word uses.
const wordSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
	` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
	` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"`

// docx makes a Word document of the content of its body and of further parts.
func docx(t testing.TB, body string, more ...part) []byte {
	t.Helper()
	parts := []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"word/document.xml", xmlHead + `<w:document` + wordSpace + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`},
	}
	for _, p := range more {
		root, _, _ := strings.Cut(strings.TrimPrefix(p.name, "word/"), ".")
		if !strings.HasPrefix(p.content, "<?xml") {
			p.content = xmlHead + `<w:` + root + wordSpace + `>` + p.content + `</w:` + root + `>`
		}
		parts = append(parts, p)
	}
	return zipOf(t, parts...)
}

// outline prints the blocks of an extract, one a line: kind, level or place, number, text.
func outline(x *corpus.Extract) string {
	var b strings.Builder
	for _, k := range x.Blocks {
		switch k.Kind {
		case corpus.BlockParagraph:
			b.WriteString("p")
		case corpus.BlockHeading:
			fmt.Fprintf(&b, "h%d", k.Level)
		case corpus.BlockCell:
			fmt.Fprintf(&b, "c%d:%d,%d", k.Table, k.Row, k.Column)
			if k.RowSpan != 1 || k.ColSpan != 1 {
				fmt.Fprintf(&b, "+%dx%d", k.RowSpan, k.ColSpan)
			}
		}
		if k.Number != "" {
			b.WriteString(" <" + k.Number + ">")
		}
		b.WriteString(" " + k.Span.Of(x.Text) + "\n")
	}
	return b.String()
}

// wantOutline reads a file and compares its blocks with want, whose indentation does not count.
func wantOutline(t *testing.T, name string, data []byte, want string) *corpus.Extract {
	t.Helper()
	x, err := extract.File(name, data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := check(x); err != nil {
		t.Error(err)
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(want), "\n") {
		lines = append(lines, strings.TrimLeft(line, "\t"))
	}
	if got, want := outline(x), strings.Join(lines, "\n")+"\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	return x
}

// wantError checks that reading a file fails in a way that the user understands.
func wantError(t *testing.T, name string, data []byte, lim extract.Limits, kind corpus.ErrorKind, says string) {
	t.Helper()
	_, err := extract.File(name, data, lim)
	e, ok := errors.AsType[*corpus.Error](err)
	if !ok || e.Kind != kind || !strings.Contains(e.Error(), says) || !strings.Contains(e.Message, name) {
		t.Errorf("got %v, want %s that says %q of %q", err, kind, says, name)
	}
}
