package extract_test

import (
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

// biff makes one record of an old workbook.
func biff(kind int, parts ...[]byte) []byte {
	var data []byte
	for _, p := range parts {
		data = append(data, p...)
	}
	out := le.AppendUint16(nil, uint16(kind))
	return append(le.AppendUint16(out, uint16(len(data))), data...)
}

func u16(v ...int) []byte {
	var out []byte
	for _, n := range v {
		out = le.AppendUint16(out, uint16(n))
	}
	return out
}

func u32(v uint32) []byte { return le.AppendUint32(nil, v) }

func f64(v float64) []byte { return le.AppendUint64(nil, math.Float64bits(v)) }

// wide writes the characters of a string in two bytes each, with the mark before them that says so.
func wide(s string) []byte { return append([]byte{1}, u16(units(s)...)...) }

func units(s string) []int {
	var out []int
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, int(u))
	}
	return out
}

// label makes a cell of version 8 that holds its text.
func label(row, column int, s string) []byte {
	return biff(0x0204, u16(row, column, 0, len(units(s))), wide(s))
}

// oldSheet is one sheet of an old workbook; state 1 hides it.
type oldSheet struct {
	name    string
	state   byte
	records [][]byte
}

// xls makes an old workbook of version 8: global records, then the sheets.
func xls(global [][]byte, sheets ...oldSheet) []byte {
	return oldWorkbook("Workbook", 0x0600, global, func(s string) []byte { return append([]byte{byte(len(units(s)))}, wide(s)...) }, sheets)
}

func oldWorkbook(stream string, version int, global [][]byte, name func(string) []byte, sheets []oldSheet) []byte {
	head := biff(0x0809, u16(version, 5, 0, 0), make([]byte, 8))
	for _, r := range global {
		head = append(head, r...)
	}
	size := len(head) + 4
	for _, s := range sheets {
		size += 4 + 6 + len(name(s.name))
	}
	var bodies []byte
	for _, s := range sheets {
		head = append(head, biff(0x0085, u32(uint32(size+len(bodies))), []byte{s.state, 0}, name(s.name))...)
		bodies = append(bodies, biff(0x0809, u16(version, 0x10, 0, 0), make([]byte, 8))...)
		for _, r := range s.records {
			bodies = append(bodies, r...)
		}
		bodies = append(bodies, biff(0x000A)...)
	}
	return oleFile([]string{stream}, map[string][]byte{stream: append(append(head, biff(0x000A)...), bodies...)})
}

// oldLedger has cells of every kind, strings that run over records, merged cells, hidden rows, columns and sheets.
func oldLedger() []byte {
	shared := append(u32(3), u32(3)...)
	shared = append(append(shared, u16(4)...), wide("整改措施")...)
	shared = append(append(append(shared, u16(6)...), 8|4|1), append(u16(1), u32(3)...)...) // six characters, a run of format, three bytes more
	shared = append(shared, u16(units("学习不")...)...)
	rest := append([]byte{1}, u16(units("够深入")...)...) // the string goes on in the next record
	rest = append(rest, 0, 0, 0, 0, 9, 9, 9)
	rest = append(append(rest, u16(2)...), 0, 'A') // and the last one in the third, from one byte a character to two
	global := [][]byte{
		biff(0x0042, u16(1200)), biff(0x041E, u16(164, 12), wide(`yyyy"年"m"月"`)), biff(0x041E, u16(165, 8), append([]byte{0}, "#,##0.00"...)),
		biff(0x00E0, u16(0, 0)), biff(0x00E0, u16(0, 14)), biff(0x00E0, u16(0, 164)), biff(0x00E0, u16(0, 165)),
		biff(0x00FC, shared), biff(0x003C, rest), biff(0x003C, []byte{1}, u16(units("甲")...)),
	}
	chart := append(append(biff(0x0809, u16(0x0600, 0x20), make([]byte, 12)), label(9, 9, "图中的字")...), biff(0x000A)...)
	records := [][]byte{
		biff(0x007D, u16(6, 6, 2000, 0, 1, 0)), biff(0x0208, u16(4, 0, 6, 0, 0, 0, 0x20, 0)),
		label(0, 0, "整改台账"),
		label(1, 0, "方面"), label(1, 1, "问题"), biff(0x00FD, u16(1, 2, 0), u32(0)), label(1, 3, "完成时间"), label(1, 4, "金额"), label(1, 5, "结果"), label(1, 6, "藏"),
		label(2, 0, "党建"), biff(0x00FD, u16(2, 1, 0), u32(1)), biff(0x00FD, u16(2, 2, 0), u32(2)), biff(0x0203, u16(2, 3, 1), f64(45473)),
		biff(0x027E, u16(2, 4, 3), u32(123450<<2|3)), biff(0x0006, u16(2, 5, 0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}), biff(0x0207, u16(3), wide("已完成")), label(2, 6, "藏"),
		label(3, 1, "记录不全"), label(3, 2, "一是补\n二是记"), biff(0x00BD, u16(3, 3, 2), u32(uint32(math.Float64bits(45474)>>32)), u16(3), u32(7<<2|2), u16(4)),
		biff(0x0205, u16(3, 5, 0), []byte{1, 0}), label(4, 1, "隐藏的行"), chart,
		label(5, 1, "值班不严"), biff(0x0006, u16(5, 4, 0), f64(0.5)), biff(0x0006, u16(5, 5, 0), []byte{1, 0, 0, 0, 0, 0, 0xFF, 0xFF}), biff(0x0205, u16(5, 3, 0), []byte{7, 1}),
		biff(0x00E5, u16(2, 0, 0, 0, 5, 2, 3, 0, 0)),
	}
	return xls(global, oldSheet{"填表说明", 0, [][]byte{label(0, 0, "如实填写")}}, oldSheet{"台账", 0, records}, oldSheet{"字典", 1, [][]byte{label(0, 0, "甲")}})
}

func TestXls(t *testing.T) {
	x := wantOutline(t, "台账.xls", oldLedger(), `
		h1 整改台账
		c0:0,0 方面
		c0:0,1 问题
		c0:0,2 整改措施
		c0:0,3 完成时间
		c0:0,4 金额
		c0:0,5 结果
		c0:1,0+2x1 党建
		c0:1,1 学习不够深入
		c0:1,2 A甲
		c0:1,3 2024-06-30
		c0:1,4 1,234.50
		c0:1,5 已完成
		c0:2,1 记录不全
		c0:2,2 一是补
		c0:2,2 二是记
		c0:2,3 2024年7月
		c0:2,4 7.00
		c0:2,5 TRUE
		c0:3,1 值班不严
		c0:3,4 0.5
		c0:3,5 FALSE
		p 如实填写
	`)
	if x.Format != "xls" || len(x.Warnings) != 1 || !strings.Contains(x.Warnings[0].Message, "1 个工作表、1 行、1 列") {
		t.Errorf("format %s, warnings %+v", x.Format, x.Warnings)
	}
}

// TestXlsLibreOffice reads a workbook that LibreOffice wrote, whose strings run over many records.
func TestXlsLibreOffice(t *testing.T) {
	data, err := os.ReadFile("testdata/ledger.xls")
	if err != nil {
		t.Fatal(err)
	}
	x, err := extract.File("ledger.xls", data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := check(x); err != nil {
		t.Error(err)
	}
	got := strings.Split(strings.TrimSpace(outline(x)), "\n")
	if got[0] != "h1 云澜市港务局巡察整改台账" || got[1] != "p 填报单位：云澜市港务局" {
		t.Errorf("begins with %q", got[:2])
	}
	// Every row of the ledger, whichever record its string stands in.
	for i := range 120 {
		want := strings.Repeat("学习不深入、不经常，联系实际不紧密第"+string(rune('一'+i))+"条", 3)
		if !strings.Contains(x.Text, "\n"+want+"\n") {
			t.Fatalf("row %d: %q is missing", i, want)
		}
	}
	if n := strings.Count(x.Text, "2024-06-30\n"); n != 120 {
		t.Errorf("%d dates, want 120", n)
	}
}

// TestXlsVersion5 reads a workbook of before Excel 97, whose strings are in its code page.
func TestXlsVersion5(t *testing.T) {
	gb := func(s string) []byte {
		out, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(out)
	}
	cell := func(row, column int, s string) []byte {
		return biff(0x0204, u16(row, column, 0, len(gb(s))), gb(s))
	}
	name := func(s string) []byte { return append([]byte{byte(len(gb(s)))}, gb(s)...) }
	data := oldWorkbook("Book", 0x0500, [][]byte{biff(0x0042, u16(936))}, name, []oldSheet{{"台账", 0, [][]byte{
		cell(0, 0, "问题"), cell(0, 1, "情况"), cell(1, 0, "学习不深"), biff(0x00D6, u16(1, 1, 0, 6), gb("已完成"), []byte{1, 0, 0}),
	}}})
	wantOutline(t, "a.xls", data, `
		c0:0,0 问题
		c0:0,1 情况
		c0:1,0 学习不深
		c0:1,1 已完成
	`)
}

// xmlBook is a workbook in the XML of Excel 2003.
const xmlBook = `<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="Percent"/></Style></Styles>
<Worksheet ss:Name="填表说明"><Table><Row><Cell><Data ss:Type="String">如实填写</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="台账"><Table ss:ExpandedColumnCount="4"><Column ss:Width="60"/><Column ss:Index="4" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">整改台账</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">方面</Data></Cell><Cell><Data ss:Type="String">问题</Data></Cell><Cell><Data ss:Type="String">时间</Data></Cell><Cell><Data ss:Type="String">藏</Data></Cell></Row>
<Row><Cell ss:MergeDown="1"><Data ss:Type="String">党建</Data></Cell><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">学习<B>不深</B></ss:Data></Cell><Cell><Data ss:Type="DateTime">2024-06-30T00:00:00.000</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="String">记录不全&#10;两处</Data></Cell><Cell ss:StyleID="s1"><Data ss:Type="Number">0.96</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">藏</Data></Cell></Row>
</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Selected/></WorksheetOptions></Worksheet>
<Worksheet ss:Name="字典"><Table><Row><Cell><Data ss:Type="String">甲</Data></Cell></Row></Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`

func TestXlsXML(t *testing.T) {
	x := wantOutline(t, "台账.xls", []byte(xmlBook), `
		h1 整改台账
		c0:0,0 方面
		c0:0,1 问题
		c0:0,2 时间
		c0:1,0+2x1 党建
		c0:1,1 学习不深
		c0:1,2 2024-06-30
		c0:2,1 记录不全
		c0:2,1 两处
		c0:2,2 96.00%
		p 如实填写
	`)
	if len(x.Warnings) != 1 || !strings.Contains(x.Warnings[0].Message, "1 个工作表、1 行、1 列") {
		t.Errorf("warnings %+v", x.Warnings)
	}
	wantError(t, "断.xls", []byte(xmlBook[:strings.Index(xmlBook, "<Row ss:Hidden")]), extract.Limits{}, corpus.Invalid, "损坏")
}

func TestXlsErrors(t *testing.T) {
	one := oldSheet{"台账", 0, [][]byte{label(0, 0, "甲"), label(0, 1, "乙"), label(1, 0, "丙"), label(1, 1, "丁")}}
	wantError(t, "密.xls", xls([][]byte{biff(0x002F, u16(1, 1, 1))}, one), extract.Limits{}, corpus.Unsupported, "已加密")
	wantError(t, "多.xls", xls(nil, one), extract.Limits{Blocks: 3}, corpus.TooLarge, "单元格超过上限 3")
	wantError(t, "空.xls", xls(nil, oldSheet{"台账", 0, nil}), extract.Limits{}, corpus.Invalid, "没有可读的文字")
	old := oldWorkbook("Workbook", 0x0400, nil, func(string) []byte { return nil }, nil)
	wantError(t, "旧.xls", old, extract.Limits{}, corpus.Unsupported, "Excel 4.0")
	stream := append(biff(0x0809, u16(0x0600, 5), make([]byte, 12)), biff(0x0085, u32(1<<30), []byte{0, 0, 1, 0, 'A'})...)
	wantError(t, "远.xls", oleFile([]string{"Workbook"}, map[string][]byte{"Workbook": stream}), extract.Limits{}, corpus.Invalid, "损坏")
}

func FuzzXls(f *testing.F) {
	f.Add(oldLedger())
	f.Add(xls([][]byte{biff(0x00FC, u32(9), u32(9), u16(9), wide("甲乙")), biff(0x003C, []byte{0, 'A'})}, oldSheet{"台账", 0, [][]byte{biff(0x00FD, u16(0, 0, 0), u32(0))}}))
	f.Add([]byte(xmlBook))
	fuzz(f, "a.xls")
}
