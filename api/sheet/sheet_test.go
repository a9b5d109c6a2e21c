package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"tongjian/api/sheet"
)

func TestText(t *testing.T) {
	half := 0.5
	for _, tt := range []struct {
		cell any
		want string
	}{
		{nil, ""},
		{"采购不规范", "采购不规范"},
		{"", ""},
		{7, "7"},
		{-7, "-7"},
		{true, "true"},
		{0.25, "0.25"},
		{&half, "0.5"},
		{(*float64)(nil), ""},
		{"=1+1", "'=1+1"},
		{"＝cmd", "'＝cmd"},
		{"+86", "'+86"},
		{"-", "'-"},
		{"@SUM", "'@SUM"},
		{"\t=1", "'\t=1"},
		{"1=1", "1=1"},
	} {
		if got := sheet.Text(tt.cell); got != tt.want {
			t.Errorf("Text(%#v) = %q, want %q", tt.cell, got, tt.want)
		}
	}
}

var header = []string{"statement", "findings", "share"}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	w, err := sheet.CSV(&b, header)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{{"台账“不全”,\n混乱", 3, 0.5}, {"=HYPERLINK(1)", 0, nil}} {
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffstatement,findings,share\r\n\"台账“不全”,\r\n混乱\",3,0.5\r\n'=HYPERLINK(1),0,\r\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
}

// open reads a workbook back as a spreadsheet would.
func open(t interface {
	Helper()
	Fatal(...any)
}, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWorkbook(t *testing.T) {
	long := strings.Repeat("账", 40_000)
	var b bytes.Buffer
	w, err := sheet.Workbook(&b, "问题", header, []sheet.About{{"数据序号", "12"}, {"检索", "=cmd"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{{"=1+1", 3, 0.5}, {long, 0, nil}} {
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f := open(t, b.Bytes())
	defer f.Close()
	rows, err := f.GetRows("问题")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{header, {"=1+1", "3", "0.5"}}, rows[:2]); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if cut := rows[2][0]; !strings.HasSuffix(cut, "）") || !strings.HasPrefix(cut, "账账") || len([]rune(cut)) > excelize.TotalCellChars {
		t.Errorf("a text of 40,000 characters became %d characters that end in %q", len([]rune(cut)), cut[len(cut)-60:])
	}
	for _, cell := range []string{"A2", "A1"} {
		if formula, err := f.GetCellFormula("问题", cell); err != nil || formula != "" {
			t.Errorf("%s is the formula %q (%v)", cell, formula, err)
		}
	}
	about, err := f.GetRows("说明")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"数据序号", "12"}, {"检索", "=cmd"}}, about); diff != "" {
		t.Errorf("about (-want +got):\n%s", diff)
	}
}

// Whatever text stands in a cell, a reader of either file gets it back, but for the apostrophe before a formula.
func TestTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// A carriage return is a line end to CSV and to XML alike, so it does not come back as itself.
		text := strings.ReplaceAll(rapid.StringMatching(`[=+\-@a账（",;\n' 　<&>]{0,12}`).Draw(t, "text"), "\r", "")
		var c, x bytes.Buffer
		cw, err := sheet.CSV(&c, []string{"a", "b"})
		if err != nil {
			t.Fatal(err)
		}
		xw, err := sheet.Workbook(&x, "表", []string{"a", "b"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range []sheet.Writer{cw, xw} {
			if err := w.Row([]any{text, 1}); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(c.String(), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := rows[1][0]; got != text && got != "'"+text {
			t.Errorf("CSV gives %q for %q", got, text)
		}
		f := open(t, x.Bytes())
		defer f.Close()
		if got, err := f.GetCellValue("表", "A2"); err != nil || got != text {
			t.Errorf("the workbook gives %q for %q (%v)", got, text, err)
		}
	})
}
