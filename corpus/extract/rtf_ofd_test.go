package extract_test

import (
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

const rtfHead = `{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset0 Times;}}{\*\generator X;}{\stylesheet{\s1\outlinelevel0 heading;}}{\info{\title a}}{\header \u39029?}`

func TestRTF(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"bytes and numbers of characters", `\f0 \'d5\'fb\'b8\'c4\u36890?\u25253\'3f\par A\'b9\'d8\par`, "p 整改通报\np A关"},
		{"numbers of items", `{\listtext\f0 \u19968?\u12289?\tab}\u32452?\u32455?\par{\listtext\'b7\tab}\u36890?\par`, "p <一、> 组织\np 通"},
		{"hidden and deleted", `\u30002?{\v \u20057?}{\deleted \u19993?}\u19969?\line \u25098?\par`, "p 甲丁\np 戊"},
		{"notes at the end", `\u30002?{\footnote \u27880?\par}\u20057?\par\u19993?\par`, "p 甲乙\np 丙\np 注"},
		{"headings and fields", `\outlinelevel1 \u30002?{\field{\*\fldinst PAGE}{\fldrslt 12}}\par\pard \{\u20057?\~\emdash\}\par`, "h2 甲12\np {乙\u00a0—}"},
		{"headings by style", `\pard\s1 \u30002?\par\pard \u20057?\par`, "h1 甲\np 乙"},
		{"a table", `\trowd\clvmgf\cellx1000\cellx2000\pard\intbl \u30002?\cell \u20057?\cell\row\trowd\clvmrg\cellx1000\cellx2000\pard\intbl\cell \u19969?\par \u25098?\cell\row\pard \u24049?\par`,
			"c0:0,0+2x1 甲\nc0:0,1 乙\nc0:1,1 丁\nc0:1,1 戊\np 己"},
		{"a table in a table", `\trowd\cellx1000\cellx2000\pard\intbl \u30002?\cell\pard\intbl\itap2 \u20057?\nestcell \u19993?\nestcell{\*\nesttableprops\trowd\cellx100\cellx200\nestrow}{\nonesttables\par}` +
			`\pard\intbl\itap1 \u19969?\cell\row\pard\intbl \u25098?\cell \u24049?\cell\row\pard`, "c0:0,0 甲\nc0:0,1 乙\nc0:0,1 丙\nc0:0,1 丁\nc0:1,0 戊\nc0:1,1 己"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { wantOutline(t, "a.doc", []byte(rtfHead+c.body+"}"), c.want) })
	}
	wantError(t, "空.rtf", []byte(rtfHead), extract.Limits{}, corpus.Invalid, "没有可读的文字")
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(rtfHead + `\trowd\clvmgf\cellx1000\intbl \u30002?\cell\row{\footnote{\footnote}}\bin3 }}}`))
	f.Add([]byte(`{\rtf1 \u55360?\u57143?\uc9\u1 \'` + strings.Repeat("{", 2000)))
	fuzz(f, "a.rtf")
}

// ofd makes an OFD file of the objects of its pages.
func ofd(t testing.TB, pages ...string) []byte {
	const space = ` xmlns:ofd="http://www.ofdspec.org/2016"`
	parts := []part{
		{"OFD.xml", xmlHead + `<ofd:OFD` + space + `><ofd:DocBody><ofd:DocInfo><ofd:Title>整改通报</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`},
		{"Doc_0/T/Content.xml", xmlHead + `<ofd:Page` + space + `><ofd:Content><ofd:Layer>` + ofdText("25 12 60 5", "3.5", "0", "云澜市港务局文件") + `</ofd:Layer></ofd:Content></ofd:Page>`},
	}
	list := ""
	for i, content := range pages {
		loc := "Pages/Page_" + string(rune('0'+i)) + "/Content.xml"
		list += `<ofd:Page ID="` + string(rune('1'+i)) + `" BaseLoc="` + loc + `"/>`
		parts = append(parts, part{"Doc_0/" + loc, xmlHead + `<ofd:Page` + space + `><ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer>` + content + `</ofd:Layer></ofd:Content></ofd:Page>`})
	}
	parts = append(parts, part{"Doc_0/Document.xml", xmlHead + `<ofd:Document` + space + `><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>` +
		`<ofd:TemplatePage ID="9" BaseLoc="T/Content.xml"/></ofd:CommonData><ofd:Pages>` + list + `</ofd:Pages></ofd:Document>`})
	return zipOf(t, parts...)
}

func ofdText(box, size, x, text string) string {
	return `<ofd:TextObject Boundary="` + box + `" Size="` + size + `"><ofd:TextCode X="` + x + `" Y="5" DeltaX="g 40 ` + size + `">` + text + `</ofd:TextCode></ofd:TextObject>`
}

func TestOFD(t *testing.T) {
	first := ofdText("74 30 90 10", "7.8", "0", "关于巡察整改情况") + ofdText("93.5 42 90 10", "7.8", "0", "的通报") +
		ofdText("27 60 160 8", "5.6", "11.2", "根据市委统一部署，二〇二三年三月至五月，市委第二巡察组") + ofdText("27 70 160 8", "5.6", "0", "对市港务局党组进行了常规巡察，并反馈了巡察意见，现将整改") +
		ofdText("27 80 160 8", "5.6", "0", "公布如下。") + ofdText("27 90 160 8", "5.6", "11.2", "一、组织领导") +
		ofdText("27 100 160 8", "5.6", "11.2", "局党组高度重视，先后召开会议专题研究整改，逐项明确责任") + ofdText("27 110 160 8", "5.6", "0", "和完成时限，制定整改措施二十三条，确保条条有整改并且件件有")
	second := ofdText("27 60 160 8", "5.6", "0", "着落。") + `<ofd:TextObject Boundary="90 150 90 90" Size="20" CTM="0.7 0.7 -0.7 0.7 0 0"><ofd:TextCode X="0" Y="0">水印</ofd:TextCode></ofd:TextObject>` +
		ofdText("27 70 160 8", "5.6", "11.2", "二、下一步") + ofdText("100 280 90 8", "4", "0", "- 2 -")
	x := wantOutline(t, "通报.ofd", ofd(t, first, second), `
		p 关于巡察整改情况的通报
		p 根据市委统一部署，二〇二三年三月至五月，市委第二巡察组对市港务局党组进行了常规巡察，并反馈了巡察意见，现将整改公布如下。
		p 一、组织领导
		p 局党组高度重视，先后召开会议专题研究整改，逐项明确责任和完成时限，制定整改措施二十三条，确保条条有整改并且件件有着落。
		p 二、下一步
	`)
	if len(x.Properties) != 1 || x.Properties[0].Value != "整改通报" || x.Format != "ofd" {
		t.Errorf("properties = %+v, format %s", x.Properties, x.Format)
	}
	wantError(t, "页.ofd", ofd(t, first, second), extract.Limits{Pages: 1}, corpus.TooLarge, "上限 1 页")
	wantError(t, "扫.ofd", zipOf(t, part{"OFD.xml", "<OFD/>"}), extract.Limits{}, corpus.Unsupported, "OCR")
}

func FuzzOFD(f *testing.F) {
	f.Add([]byte(ofdText("0 0 10 10", "4", "0", "甲乙")))
	f.Add([]byte(`<ofd:TextObject Boundary="1" Size="-1" CTM="0 0 0 0 0 0"><ofd:TextCode X="NaN" DeltaX="g 99999999 1e300 g">甲</ofd:TextCode></ofd:TextObject><ofd:PathObject Boundary="0 0 10 0"/>`))
	f.Fuzz(func(t *testing.T, content []byte) { fuzzOne(t, "a.ofd", ofd(t, string(content))) })
}
