package extract_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

// pdfFont is a font of a test's PDF: its object, with %d for the number of the next object, and how it writes text.
type pdfFont struct {
	object string
	more   []string // objects that it needs, from the next number on
	encode func(s string) string
}

func hexUnits(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

const cidFont = "<< /Type /Font /Subtype /CIDFontType2 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500] >>"

// pdfFonts are the ways in which Chinese text is written, by the name of the encoding.
func pdfFonts() map[string]pdfFont {
	composite := func(encoding string) string {
		return "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /" + encoding + " /DescendantFonts [%d 0 R] >>"
	}
	toUnicode := "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n" +
		"1 beginbfchar <0001> <0041> endbfchar\n2 beginbfrange <4E00> <9FA5> <4E01> <3000> <303F> [<3001>] endbfrange\n1 beginbfrange <F000> <FFFE> <F001> endbfrange endcmap"
	gb := func(s string) string {
		out, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			panic(err)
		}
		return fmt.Sprintf("%X", out)
	}
	shifted := func(s string) string { // every code is one less than the character that the table says
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, "%04X", r-1)
		}
		return b.String()
	}
	all := strings.Replace(toUnicode, "2 beginbfrange <4E00> <9FA5> <4E01> <3000> <303F> [<3001>] endbfrange\n1 beginbfrange <F000> <FFFE> <F001> endbfrange",
		"1 beginbfrange <0000> <FFFE> <0001> endbfrange", 1)
	all = strings.Replace(all, "1 beginbfchar <0001> <0041> endbfchar\n", "", 1)
	return map[string]pdfFont{
		"GBK-EUC-H":        {composite("GBK-EUC-H"), []string{cidFont}, gb},
		"UniGB-UCS2-H":     {composite("UniGB-UCS2-H"), []string{cidFont}, hexUnits},
		"UniGB-UTF16-H":    {composite("UniGB-UTF16-H"), []string{cidFont}, hexUnits},
		"with ToUnicode":   {strings.Replace(composite("Identity-H"), "] >>", "] /ToUnicode 6 0 R >>", 1), []string{cidFont, stream("", all)}, shifted},
		"packed ToUnicode": {strings.Replace(composite("Identity-H"), "] >>", "] /ToUnicode 6 0 R >>", 1), []string{cidFont, flate("", all)}, shifted},
	}
}

func stream(entries, data string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(data), entries, data)
}

func flate(entries, data string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(data))
	_ = w.Close()
	return stream("/Filter /FlateDecode "+entries, b.String())
}

// makePDF makes a file of pages of drawing operators, in which [text] stands for a string in the font /F.
func makePDF(f pdfFont, pages ...string) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Title (\xFE\xFF\x90\x1A\x62\xA5) /CreationDate (D:20240726010203+08'00') >>", strings.Replace(f.object, "%d", "5", 1)}
	objects = append(objects, f.more...)
	var kids []string
	for _, content := range pages {
		var b strings.Builder
		for len(content) > 0 {
			before, rest, ok := strings.Cut(content, "[")
			b.WriteString(before)
			if !ok {
				break
			}
			text, after, _ := strings.Cut(rest, "]")
			b.WriteString("<" + f.encode(text) + ">")
			content = after
		}
		n := len(objects) + 1
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>", n+1), flate("", b.String()))
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> >>", strings.Join(kids, " "), len(kids))
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer << /Root 1 0 R /Info 3 0 R >>\nstartxref\n0\n%%EOF\n")
	return b.Bytes()
}

// pdfLines draws lines of 16 points from a height downwards, each after its left edge: "106 text".
func pdfLines(top float64, lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		x, text, _ := strings.Cut(l, " ")
		fmt.Fprintf(&b, "BT /F 16 Tf 1 0 0 1 %s %g Tm [%s] Tj ET\n", x, top-28*float64(i), text)
	}
	return b.String()
}

// twoPages are two pages with a running header and page numbers; the first paragraph runs over the page.
var twoPages = []string{
	"BT /F 10 Tf 1 0 0 1 74 800 Tm [云澜市港务局文件] Tj ET BT /F 10 Tf 1 0 0 1 280 40 Tm [- 1 -] Tj ET\n" +
		"BT /F 22 Tf 1 0 0 1 204 740 Tm [关于巡察整改进展情况] Tj ET BT /F 22 Tf 1 0 0 1 281 706 Tm [的通报] Tj ET\n" +
		pdfLines(650, "106 根据市委统一部署，二〇二三年三月至五月，市委第二巡察组对市", "74 港务局党组进行了常规巡察，并反馈了巡察意见，现将有关整改情况",
			"74 公布如下。", "106 一、组织整改落实情况", "106 局党组高度重视，先后召开会议专题研究整改工作，逐项明确责任", "74 人和完成时限，制定整改措施二十三条，确保条条有整改并且件件有"),
	"BT /F 10 Tf 1 0 0 1 74 800 Tm [云澜市港务局文件] Tj ET BT /F 10 Tf 1 0 0 1 280 40 Tm [- 2 -] Tj ET\n" +
		pdfLines(740, "74 着落。", "106 二、反馈问题整改情况", "106 （一）学习不够深入", "106 一是修订学习制度。"),
}

const twoPagesWant = `
	p 关于巡察整改进展情况的通报
	p 根据市委统一部署，二〇二三年三月至五月，市委第二巡察组对市港务局党组进行了常规巡察，并反馈了巡察意见，现将有关整改情况公布如下。
	p 一、组织整改落实情况
	p 局党组高度重视，先后召开会议专题研究整改工作，逐项明确责任人和完成时限，制定整改措施二十三条，确保条条有整改并且件件有着落。
	p 二、反馈问题整改情况
	p （一）学习不够深入
	p 一是修订学习制度。
`

func TestPDF(t *testing.T) {
	for name, font := range pdfFonts() {
		t.Run(name, func(t *testing.T) {
			x := wantOutline(t, "a.pdf", makePDF(font, twoPages...), twoPagesWant)
			got := map[string]string{}
			for _, p := range x.Properties {
				got[p.Name] = p.Value
			}
			if got["title"] != "通报" || got["created"] != "2024-07-26" || len(x.Warnings) > 0 {
				t.Errorf("properties = %v, warnings %v", got, x.Warnings)
			}
		})
	}
}

// TestPDFTable reads a ruled table that goes on over the page with its header repeated.
func TestPDFTable(t *testing.T) {
	ruling := func(top float64, rows int, spanning bool) string {
		var b strings.Builder
		bottom := top - 60*float64(rows)
		for i := range rows + 1 {
			left := 74
			if spanning && i == 2 {
				left = 134 // the first column is one cell over two rows
			}
			fmt.Fprintf(&b, "%d %g m 514 %g l S\n", left, top-60*float64(i), top-60*float64(i))
		}
		for _, x := range []int{74, 134, 334, 514} {
			fmt.Fprintf(&b, "%d %g 0.5 %g re f\n", x, bottom, top-bottom)
		}
		return b.String()
	}
	text := func(x, y int, s string) string {
		return fmt.Sprintf("BT /F 12 Tf 1 0 0 1 %d %d Tm [%s] Tj ET\n", x, y, s)
	}
	head := func(y int) string {
		return text(80, y, "方面") + text(140, y, "问题") + text(340, y, "整改情况")
	}
	first := text(74, 760, "整改台账") + ruling(740, 3, true) + head(710) + text(80, 630, "党建") + text(140, 660, "学习不够深入不够经常联系实际不") + text(140, 640, "紧密") +
		text(340, 660, "已完成") + text(140, 600, "记录不全") + text(340, 600, "正在整改")
	second := ruling(780, 2, false) + head(750) + text(80, 690, "财务") + text(140, 690, "报销不严") + text(340, 690, "已完成") + text(74, 600, "表后")
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], first, second), `
		p 整改台账
		c0:0,0 方面
		c0:0,1 问题
		c0:0,2 整改情况
		c0:1,0+2x1 党建
		c0:1,1 学习不够深入不够经常联系实际不紧密
		c0:1,2 已完成
		c0:2,1 记录不全
		c0:2,2 正在整改
		c0:3,0 财务
		c0:3,1 报销不严
		c0:3,2 已完成
		p 表后
	`)
}

// TestPDFTableRow reads a table with a row that the page breaks, and one whose next row belongs to the finding above.
func TestPDFTableRow(t *testing.T) {
	ruling := func(top int) string {
		var b strings.Builder
		for i := range 3 {
			fmt.Fprintf(&b, "74 %d m 514 %d l S\n", top-60*i, top-60*i)
		}
		for _, x := range []int{74, 134, 334, 514} {
			fmt.Fprintf(&b, "%d %d m %d %d l S\n", x, top, x, top-120)
		}
		return b.String()
	}
	text := func(x, y int, s string) string {
		return fmt.Sprintf("BT /F 12 Tf 1 0 0 1 %d %d Tm [%s] Tj ET\n", x, y, s)
	}
	first := ruling(240) + text(80, 210, "序号") + text(140, 210, "问题") + text(340, 210, "措施") +
		text(80, 150, "1") + text(140, 150, "泊位租金减免没有书面依据，十七笔") + text(340, 150, "补办手续。")
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], first,
		ruling(780)+text(140, 750, "只有口头请示")+text(80, 690, "2")+text(140, 690, "值班表漏排")+text(340, 690, "重排。")), `
		c0:0,0 序号
		c0:0,1 问题
		c0:0,2 措施
		c0:1,0 1
		c0:1,1 泊位租金减免没有书面依据，十七笔只有口头请示
		c0:1,2 补办手续。
		c0:2,0 2
		c0:2,1 值班表漏排
		c0:2,2 重排。
	`)
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], first,
		ruling(780)+text(340, 750, "追缴租金。")+text(80, 690, "2")+text(140, 690, "值班表漏排")+text(340, 690, "重排。")), `
		c0:0,0 序号
		c0:0,1 问题
		c0:0,2 措施
		c0:1,0 1
		c0:1,1 泊位租金减免没有书面依据，十七笔
		c0:1,2 补办手续。
		c0:2,2 追缴租金。
		c0:3,0 2
		c0:3,1 值班表漏排
		c0:3,2 重排。
	`)
}

// TestPDFLines reads characters as they lie: drawn twice, raised, stretched, aslant, in any order.
func TestPDFLines(t *testing.T) {
	page := "BT /F 16 Tf 1 0 0 1 74 700 Tm [关于] Tj ET BT /F 16 Tf 1 0 0 1 74.4 700 Tm [关于] Tj ET BT /F 16 Tf 1 0 0 1 106 700 Tm [整改11个] Tj ET\n" +
		"BT /F 9 Tf 1 0 0 1 186 706 Tm [1] Tj ET BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm [水印] Tj ET\n" +
		"BT /F 16 Tf 6 Tc 1 0 0 1 74 660 Tm [联系电话和邮箱] Tj ET BT /F 16 Tf 1 0 0 1 106 620 Tm [后画] Tj 1 0 0 1 74 620 Tm [先读] Tj ET\n" +
		"BT /F 16 Tf 1 0 0 1 74 580 Tm [甲] Tj 1 0 0 1 150 580 Tm [乙] Tj ET\n" +
		"BT /F 16 Tf 1 0 0 1 74 540 Tm [⻓期⻅⾏ﬁ] Tj ET"
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], page), `
		p 关于整改11个
		p 联系电话和邮箱
		p 先读后画
		p 甲 乙
		p 长期见行fi
	`)
}

// TestPDFIndents reads pages by where their paragraphs begin: lines at the margin go on with the line before, however long
// that is, unless paragraphs begin at the margin too.
func TestPDFIndents(t *testing.T) {
	indented := pdfLines(740, "74 云澜市港务局党组关于落实市委第二巡察组巡察反馈意见整改情况", "282 的通报",
		"106 市委第二巡察组于某年十月十七日至十二月十六日，", "74 对市港务局党组进行了巡察，此后反馈了巡察意见。现将整改情况公",
		"74 布。", "106 （一）泊位调度台账登记不全", "106 整改情况：一是重新登记泊位调度台账，补录缺项四十条。",
		"74 二是每月抽查泊位调度台账，抽查结果在局务会上通报。三是对登记", "74 员进行培训，增配人员两名。", "106 （二）吊装设备检修拖延")
	second := pdfLines(740, "106 整改情况：督促检修单位进场，对全部吊装设备逐台进行一次检修，", "106 二、下一步工作")
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], indented, second), `
		p 云澜市港务局党组关于落实市委第二巡察组巡察反馈意见整改情况的通报
		p 市委第二巡察组于某年十月十七日至十二月十六日，对市港务局党组进行了巡察，此后反馈了巡察意见。现将整改情况公布。
		p （一）泊位调度台账登记不全
		p 整改情况：一是重新登记泊位调度台账，补录缺项四十条。二是每月抽查泊位调度台账，抽查结果在局务会上通报。三是对登记员进行培训，增配人员两名。
		p （二）吊装设备检修拖延
		p 整改情况：督促检修单位进场，对全部吊装设备逐台进行一次检修，
		p 二、下一步工作
	`)
	labels := pdfLines(740, "106 市委第二巡察组对市港务局党组进行了巡察，此后反馈了巡察意", "74 见。现将整改情况公布。",
		"74 泊位调度台账", "106 对泊位调度台账重新进行登记，补录缺项四十条，按月进行抽查", "74 并通报结果。",
		"74 吊装设备检修", "106 督促检修单位进场，对全部吊装设备逐台进行一次检修并记录", "74 归档备查。",
		"74 航道疏浚任务分解表格没有及时更新", "74 已经更新表格并按月核对。")
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], labels), `
		p 市委第二巡察组对市港务局党组进行了巡察，此后反馈了巡察意见。现将整改情况公布。
		p 泊位调度台账
		p 对泊位调度台账重新进行登记，补录缺项四十条，按月进行抽查并通报结果。
		p 吊装设备检修
		p 督促检修单位进场，对全部吊装设备逐台进行一次检修并记录归档备查。
		p 航道疏浚任务分解表格没有及时更新
		p 已经更新表格并按月核对。
	`)
}

func TestPDFErrors(t *testing.T) {
	font := pdfFonts()["GBK-EUC-H"]
	whole := makePDF(font, twoPages...)
	wantError(t, "扫.pdf", makePDF(font, "q 100 0 0 100 0 0 cm /Im Do Q"), extract.Limits{}, corpus.Unsupported, "需要先做文字识别（OCR）")
	if _, err := extract.File("扫.pdf", makePDF(font, ""), extract.Limits{}); err != nil {
		if e, ok := errors.AsType[*corpus.Error](err); !ok || e.Code != extract.CodeNeedsOCR {
			t.Errorf("got %v, want the code %s", err, extract.CodeNeedsOCR)
		}
	}
	bare := pdfFonts()["with ToUnicode"]
	bare.object = strings.Replace(bare.object, "/ToUnicode 6 0 R", "", 1)
	wantError(t, "码.pdf", makePDF(bare, twoPages...), extract.Limits{}, corpus.Unsupported, "没有说明文字编码")
	wantError(t, "密.pdf", bytes.Replace(whole, []byte("/Info"), []byte("/Encrypt 9 0 R /Info"), 1), extract.Limits{}, corpus.Unsupported, "已加密")
	wantError(t, "页.pdf", whole, extract.Limits{Pages: 1}, corpus.TooLarge, "上限 1 页")
	wantError(t, "空.pdf", []byte("%PDF-1.7\n%âã"), extract.Limits{}, corpus.Invalid, "损坏")
	// A file whose end is lost is read as far as it goes.
	cut := whole[:bytes.Index(whole, []byte("trailer"))]
	wantOutline(t, "断.pdf", cut, twoPagesWant)
}

func FuzzPDF(f *testing.F) {
	for _, font := range pdfFonts() {
		f.Add(makePDF(font, twoPages...))
	}
	f.Add([]byte("%PDF-1.4 1 0 obj<</Type/Catalog/Pages 2 0 R>>2 0 obj<</Kids[2 0 R 3 0 R]>>3 0 obj<</Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>4 0 obj<</Subtype/Form>>stream /X Do endstream"))
	fuzz(f, "a.pdf")
}
