package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

// sheet is one sheet of a workbook that a test makes: the content of its XML, and its state.
type sheet struct{ name, state, content string }

// xlsx makes a workbook.
func xlsx(t testing.TB, shared []string, formats []string, sheets ...sheet) []byte {
	t.Helper()
	const space = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	var list, links strings.Builder
	parts := []part{{"[Content_Types].xml", xmlHead + `<Types/>`}}
	for i, s := range sheets {
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" state="%s" r:id="rId%d"/>`, s.name, i+1, s.state, i+10)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="http://x/worksheet" Target="worksheets/sheet%d.xml"/>`, i+10, i+1)
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), xmlHead + `<worksheet` + space + `>` + s.content + `</worksheet>`})
	}
	var strs, fmts, xfs strings.Builder
	for _, s := range shared {
		strs.WriteString("<si>" + s + "</si>")
	}
	for i, f := range formats {
		fmt.Fprintf(&fmts, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, strings.ReplaceAll(f, `"`, "&quot;"))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, 164+i)
	}
	parts = append(parts,
		part{"xl/workbook.xml", xmlHead + `<workbook` + space + `><sheets>` + list.String() + `</sheets></workbook>`},
		part{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships>` + links.String() + `</Relationships>`},
		part{"xl/sharedStrings.xml", xmlHead + `<sst` + space + `>` + strs.String() + `</sst>`},
		part{"xl/styles.xml", xmlHead + `<styleSheet` + space + `><numFmts>` + fmts.String() + `</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>` + xfs.String() + `</cellXfs></styleSheet>`},
	)
	return zipOf(t, parts...)
}

// rows makes the rows of a sheet of text cells; an empty text gives no cell.
func rows(lines ...string) string {
	var b strings.Builder
	b.WriteString("<sheetData>")
	for i, line := range lines {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for k, text := range strings.Split(line, "|") {
			if text != "" {
				fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+k, i+1, text)
			}
		}
		b.WriteString("</row>")
	}
	return b.String() + "</sheetData>"
}

func TestXlsxLedger(t *testing.T) {
	ledger := rows("云澜市港务局巡察整改台账", "填报单位：云澜市港务局|||填报日期：2024年3月", "方面|序号|问题|整改措施|完成情况", "党建|1|学习不深|一是集中学\n二是考学|已完成", "|2|记录不全|补记|正在整改", "财务|3|报销不严|清理|", "注：本表一式两份", "填表人：张明远||审核人：李春和") +
		`<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A4:A5"/><mergeCell ref="D6:E6"/></mergeCells>`
	x := wantOutline(t, "台账.xlsx", xlsx(t, nil, nil, sheet{"说明", "", rows("填表说明", "一、如实填写")}, sheet{"台账", "", ledger}, sheet{"字典", "hidden", rows("甲|乙", "丙|丁")}), `
		h1 云澜市港务局巡察整改台账
		p 填报单位：云澜市港务局
		p 填报日期：2024年3月
		c0:0,0 方面
		c0:0,1 序号
		c0:0,2 问题
		c0:0,3 整改措施
		c0:0,4 完成情况
		c0:1,0+2x1 党建
		c0:1,1 1
		c0:1,2 学习不深
		c0:1,3 一是集中学
		c0:1,3 二是考学
		c0:1,4 已完成
		c0:2,1 2
		c0:2,2 记录不全
		c0:2,3 补记
		c0:2,4 正在整改
		c0:3,0 财务
		c0:3,1 3
		c0:3,2 报销不严
		c0:3,3+1x2 清理
		p 注：本表一式两份
		p 填表人：张明远
		p 审核人：李春和
		p 填表说明
		p 一、如实填写
	`)
	if !warned(x, corpus.HiddenContent) {
		t.Error("no warning of the hidden sheet")
	}
}

func TestXlsxHidden(t *testing.T) {
	content := `<cols><col min="2" max="2" hidden="1"/></cols><sheetData>` +
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>` +
		`<row r="2" hidden="1"><c r="A2" t="s"><v>3</v></c><c r="C2" t="s"><v>1</v></c></row>` +
		`<row r="4"><c r="A4"/><c r="C4" t="s"><v>4</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A4"/></mergeCells>`
	shared := []string{"<t>方面</t>", "<t>乙</t>", "<t>问题</t>", "<r><t>党</t></r><r><t>建</t></r><rPh><t>dang</t></rPh>", "<t>学习_x000D_\n不深</t>"}
	x := wantOutline(t, "a.xlsx", xlsx(t, shared, nil, sheet{"甲", "", content}), `
		c0:0,0 方面
		c0:0,2 问题
		c0:1,0 党建
		c0:1,2 学习
		c0:1,2 不深
	`)
	if len(x.Warnings) != 1 || !strings.Contains(x.Warnings[0].Message, "1 行、1 列") {
		t.Errorf("warnings = %+v", x.Warnings)
	}
}

func TestXlsxValues(t *testing.T) {
	cases := []struct{ format, value, want string }{
		{"General", "45473", "45473"}, {"General", "0.1", "0.1"}, {"General", "1234567.891", "1234567.891"}, {"General", "0.30000000000000004", "0.3"},
		{"yyyy/m/d", "45473", "2024-06-30"}, {`yyyy"年"m"月"d"日";@`, "45473", "2024-06-30"}, {`yyyy"年"m"月"`, "45473", "2024年6月"},
		{`[$-804]yyyy"年"m"月"d"日"`, "45473.5", "2024-06-30"}, {"yyyy-mm-dd hh:mm", "45473.5", "2024-06-30 12:00"}, {`m"月"d"日"`, "45473", "2024-06-30"}, {"h:mm", "0.75", "18:00"},
		{"0.00", "3", "3.00"}, {"#,##0.00", "1234567.5", "1,234,567.50"}, {"0%", "0.96", "96%"}, {"0.0#%", "0.9618", "96.18%"}, {`0.00"万元"`, "12.5", "12.50万元"}, {"@", "7", "7"},
		{"0", "2.6", "3"}, {"#,##0", "-1234", "-1,234"}, {"[Red]0.0", "1.25", "1.3"},
	}
	var formats []string
	var content, want strings.Builder
	content.WriteString(`<sheetData>`)
	for i, c := range cases {
		formats = append(formats, c.format)
		fmt.Fprintf(&content, `<row><c t="inlineStr"><is><t>甲</t></is></c><c s="%d"><v>%s</v></c></row>`, i, c.value)
		fmt.Fprintf(&want, "c0:%d,0 甲\nc0:%d,1 %s\n", i, i, c.want)
	}
	content.WriteString(`<row><c t="b"><v>1</v></c><c t="str"><v>甲</v></c><c t="e"><v>#N/A</v></c></row></sheetData>`)
	fmt.Fprintf(&want, "c0:%d,0 TRUE\nc0:%d,1 甲\n", len(cases), len(cases))
	wantOutline(t, "a.xlsx", xlsx(t, nil, formats, sheet{"甲", "", content.String()}), want.String())
}

func TestXlsxErrors(t *testing.T) {
	wantError(t, "空.xlsx", xlsx(t, nil, nil, sheet{"甲", "", rows("")}), extract.Limits{}, corpus.Invalid, "没有可读的文字")
	wantError(t, "多.xlsx", xlsx(t, nil, nil, sheet{"甲", "", rows("甲|乙|丙", "丁|戊|己")}), extract.Limits{Blocks: 4}, corpus.TooLarge, "上限 4")
	wantError(t, "断.xlsx", xlsx(t, nil, nil, sheet{"甲", "", "<sheetData><row"}), extract.Limits{}, corpus.Invalid, "损坏")
}

func FuzzXlsx(f *testing.F) {
	f.Add([]byte(rows("问题|措施", "甲|乙") + `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`))
	f.Add([]byte(`<cols><col min="1" max="99999999" hidden="1"/></cols><sheetData><row r="1048576"><c r="ZZZ9"><v>1e400</v></c><c s="-1"><v>45000</v></c></row></sheetData>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		fuzzOne(t, "a.xlsx", xlsx(t, []string{"<t>甲</t>"}, []string{"yyyy/m/d", "#,##0.0#%"}, sheet{"甲", "", string(content)}))
	})
}
