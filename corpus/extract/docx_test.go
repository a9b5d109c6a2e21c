package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

// para is a paragraph of runs with the given properties.
func para(properties string, runs ...string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:t xml:space="preserve">` + strings.Join(runs, `</w:t></w:r><w:r><w:t xml:space="preserve">`) + `</w:t></w:r></w:p>`
}

func numbered(list, level int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list)
}

func level(i int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/>%s<w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, i, more, format, text)
}

// chineseLists numbers 一、 （一） 1. (1) ①, as official documents do; list 2 is the same list, list 3 begins it anew at its second level.
var chineseLists = part{"word/numbering.xml", `<w:abstractNum w:abstractNumId="7">` +
	level(0, "chineseCountingThousand", "%1、", "") + level(1, "chineseCounting", "（%2）", "") + level(2, "decimal", "%3.", "") +
	level(3, "decimal", "(%4)", "") + level(4, "decimalEnclosedCircle", "%5", "") + level(5, "bullet", "\uf0b7", "") +
	`</w:abstractNum><w:abstractNum w:abstractNumId="8">` + level(0, "decimal", "%1", "") + level(1, "decimal", "%1.%2", "") +
	level(2, "upperLetter", "%3)", "") + level(3, "ideographDigital", "%4", "") + level(4, "lowerRoman", "%5.", `<w:lvlRestart w:val="0"/>`) +
	`</w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>` +
	`<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>` +
	`<w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>`}

func TestDocxNumbers(t *testing.T) {
	body := para(numbered(1, 0), "组织领导") + para(numbered(1, 0), "整改情况") + para(numbered(1, 1), "党的建设方面") +
		para(numbered(1, 2), "会议记录不全") + para(numbered(2, 2), "请示报告不及时") + para(numbered(1, 3), "细目") + para(numbered(1, 4), "细节") +
		para(numbered(1, 5), "要点") + para(numbered(1, 1), "财务方面") + para(numbered(1, 2), "报销不规范") + para(numbered(3, 1), "重新编号") +
		para(numbered(1, 1), "接着编号") + para(numbered(1, 0), "下一步") + para(numbered(1, 1), "长效") + para(numbered(0, 0), "不编号") +
		para(numbered(4, 1), "多级") + para(numbered(4, 1), "多级") + para(numbered(4, 2), "字母") + para(numbered(4, 3), "数字") +
		para(numbered(4, 4), "罗马") + para(numbered(4, 0), "新节") + para(numbered(4, 1), "子节") + para(numbered(4, 4), "接着")
	wantOutline(t, "a.docx", docx(t, body, chineseLists), `
		p <一、> 组织领导
		p <二、> 整改情况
		p <（一）> 党的建设方面
		p <1.> 会议记录不全
		p <2.> 请示报告不及时
		p <(1)> 细目
		p <①> 细节
		p 要点
		p <（二）> 财务方面
		p <1.> 报销不规范
		p <（五）> 重新编号
		p <（六）> 接着编号
		p <三、> 下一步
		p <（一）> 长效
		p 不编号
		p <1.1> 多级
		p <1.2> 多级
		p <A)> 字母
		p <一> 数字
		p <i.> 罗马
		p <2> 新节
		p <2.1> 子节
		p <ii.> 接着
	`)
}

func TestDocxManyNumbers(t *testing.T) {
	var body, want strings.Builder
	for i, n := range []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十", "二十一"} {
		body.WriteString(para(numbered(1, 0), fmt.Sprintf("甲%d", i)))
		fmt.Fprintf(&want, "p <%s、> 甲%d\n", n, i)
	}
	wantOutline(t, "a.docx", docx(t, body.String(), chineseLists), want.String())
}

func TestDocxStyles(t *testing.T) {
	styles := part{"word/styles.xml", `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>` + numbered(1, 0) + `</w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="x"><w:name w:val="我的标题"/><w:basedOn w:val="y"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="y"><w:name w:val="底"/><w:basedOn w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="h"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>`}
	style := func(id string) string { return `<w:pStyle w:val="` + id + `"/>` }
	body := para(style("t"), "整改通报") + para(style("toc1"), "一、组织领导\t1") + para(style("1"), "组织领导") + para(style("x"), "继承的级别") +
		para(`<w:outlineLvl w:val="1"/>`, "自带级别") + para(style("1")+`<w:outlineLvl w:val="9"/>`+numbered(0, 0), "改为正文") +
		para(style("h"), "隐藏") + para("", "正文")
	wantOutline(t, "a.docx", docx(t, body, styles, chineseLists), `
		h1 整改通报
		h1 <一、> 组织领导
		h3 继承的级别
		h2 自带级别
		p 改为正文
		p 正文
	`)
}

func TestDocxText(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"runs are joined", para("", "一是修订《值班", "制度》，", "明确责任。"), "p 一是修订《值班制度》，明确责任。"},
		{"tab and breaks", `<w:p><w:r><w:t>关于巡察整改</w:t><w:br/><w:t>情况的通报</w:t><w:tab/><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t></w:r></w:p>`, "p 关于巡察整改\np 情况的通报\t甲-乙"},
		{"changes are accepted", `<w:p><w:r><w:t>保留</w:t></w:r><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText><w:t>删去</w:t></w:r></w:del>` +
			`<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>`, "p 保留新增移来"},
		{"a deleted mark joins paragraphs", para(`<w:rPr><w:del/></w:rPr>`, "前一段") + para("", "后一段") + para("", "下一段"), "p 前一段后一段\np 下一段"},
		{"old properties do not count", para(`<w:pPrChange><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>`, "正文"), "p 正文"},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r></w:p>`, "p 显"},
		{"text box once", `<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>` +
			para("", "文件头") + `</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + para("", "文件头") +
			`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>`, "p 前后\np 文件头"},
		{"symbols", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>完成</w:t><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>未完成</w:t><w:sym w:font="X" w:char="F0AA"/></w:r></w:p>`, "p ☑完成□未完成"},
		{"fields show their result", `<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>12</w:t></w:r><w:fldSimple w:instr="X"><w:r><w:t>个</w:t></w:r></w:fldSimple></w:p>`, "p 12个"},
		{"ruby, links, formulas", `<w:p><w:ruby><w:rt><w:r><w:t>zhi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>值</w:t></w:r></w:rubyBase></w:ruby><w:hyperlink><w:r><w:t>班</w:t></w:r></w:hyperlink><m:oMath><m:r><m:t>3</m:t></m:r></m:oMath></w:p>`, "p 值班3"},
		{"contents are left out", `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + para("", "目录") +
			`</w:sdtContent></w:sdt><w:sdt><w:sdtPr/><w:sdtContent>` + para("", "控件") + `</w:sdtContent></w:sdt>`, "p 控件"},
		{"soft hyphens go", para("", "巡\u00ad察"), "p 巡察"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { wantOutline(t, "a.docx", docx(t, c.body), c.want) })
	}
}

func tableCell(properties string, lines ...string) string {
	s := `<w:tc><w:tcPr>` + properties + `</w:tcPr>`
	for _, l := range lines {
		s += para("", l)
	}
	return s + `</w:tc>`
}

func tableRow(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }

func TestDocxTables(t *testing.T) {
	start, on := `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	wide := `<w:gridSpan w:val="2"/>`
	cases := []struct{ name, body, want string }{
		{"merged cells", `<w:tbl>` + tableRow(tableCell("", "方面"), tableCell("", "问题"), tableCell(wide, "整改")) +
			tableRow(tableCell(start, "党建"), tableCell("", "学习不深"), tableCell("", "完成"), tableCell("", "甲科")) +
			tableRow(tableCell(on, ""), tableCell("", "记录不全"), tableCell(wide+start, "一是补记", "二是通报")) +
			tableRow(tableCell("", "财务"), tableCell("", "报销不严"), tableCell(wide+on)) + `</w:tbl>` + para("", "表后"), `
			c0:0,0 方面
			c0:0,1 问题
			c0:0,2+1x2 整改
			c0:1,0+2x1 党建
			c0:1,1 学习不深
			c0:1,2 完成
			c0:1,3 甲科
			c0:2,1 记录不全
			c0:2,2+2x2 一是补记
			c0:2,2+2x2 二是通报
			c0:3,0 财务
			c0:3,1 报销不严
			p 表后`},
		{"numbers in cells", `<w:tbl>` + tableRow(tableCell("", "序号"), tableCell("", "问题")) +
			tableRow(`<w:tc><w:p><w:pPr>`+numbered(1, 2)+`</w:pPr></w:p></w:tc>`, tableCell("", "学习不深")) + `</w:tbl>`, `
			c0:0,0 序号
			c0:0,1 问题
			c0:1,0 1
			c0:1,1 学习不深`},
		{"a table for layout", `<w:tbl>` + tableRow(tableCell("", "云澜市港务局文件")) + tableRow(tableCell("", "第一段", "第二段")) + `</w:tbl>`, `
			p 云澜市港务局文件
			p 第一段
			p 第二段`},
		{"a table in a table", `<w:tbl>` + tableRow(tableCell("", "外"), `<w:tc><w:tbl>`+tableRow(tableCell("", "甲"), tableCell("", "乙"))+
			tableRow(tableCell("", "丙"), tableCell("", "丁"))+`</w:tbl></w:tc>`) + tableRow(tableCell("", "外下"), tableCell("", "又")) + `</w:tbl>`, `
			p 外
			c1:0,0 甲
			c1:0,1 乙
			c1:1,0 丙
			c1:1,1 丁
			p 外下
			p 又`},
		{"a table in a cell of a ledger", `<w:tbl>` + tableRow(tableCell("", "方面"), tableCell("", "问题"), tableCell("", "整改")) + tableRow(tableCell("", "党建"), tableCell("", "学习不深"),
			`<w:tc>`+para("", "措施如下")+`<w:tbl>`+tableRow(tableCell("", "集中学"), tableCell("", "三次"))+`</w:tbl>`+para("", "已完成")+`</w:tc>`) + `</w:tbl>`, `
			c0:0,0 方面
			c0:0,1 问题
			c0:0,2 整改
			c0:1,0 党建
			c0:1,1 学习不深
			c0:1,2 措施如下
			c0:1,2 集中学
			c0:1,2 三次
			c0:1,2 已完成
		`},
		{"a deleted row", `<w:tbl>` + tableRow(tableCell("", "甲"), tableCell("", "乙")) + `<w:tr><w:trPr><w:del/></w:trPr>` + tableCell("", "删") + tableCell("", "去") + `</w:tr>` +
			`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>` + tableCell("", "丁") + `</w:tr></w:tbl>`, `
			c0:0,0 甲
			c0:0,1 乙
			c0:1,1 丁`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { wantOutline(t, "a.docx", docx(t, c.body, chineseLists), c.want) })
	}
}

func TestDocxNotesAndProperties(t *testing.T) {
	body := `<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/><w:t>续</w:t><w:endnoteReference w:id="1"/></w:r></w:p>` + para("", "末段")
	x := wantOutline(t, "a.docx", docx(t, body,
		part{"word/footnotes.xml", `<w:footnote w:id="0">` + para("", "分隔线") + `</w:footnote><w:footnote w:id="2">` + para("", "脚注") + `</w:footnote>`},
		part{"word/endnotes.xml", `<w:endnote w:id="1">` + para("", "尾注") + `</w:endnote>`},
		part{"word/header1.xml", para("", "页眉")},
		part{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>整改通报</dc:title><dcterms:created>2024-07-26T01:02:03Z</dcterms:created></cp:coreProperties>`},
	), `
		p 正文续
		p 末段
		p 脚注
		p 尾注
	`)
	got := map[string]string{}
	for _, p := range x.Properties {
		got[p.Name] = p.Value
	}
	if got["title"] != "整改通报" || got["created"] != "2024-07-26T01:02:03Z" || x.Format != "docx" {
		t.Errorf("properties = %v, format %s", got, x.Format)
	}
}

func TestOfficeErrors(t *testing.T) {
	bomb := docx(t, para("", strings.Repeat("字", 1<<20)))
	wantError(t, "弹.docx", bomb, extract.Limits{Unpacked: 1 << 20}, corpus.TooLarge, "解压后超过上限 1.0 MB")
	wantError(t, "空.docx", docx(t, ""), extract.Limits{}, corpus.Invalid, "没有可读的文字")
	wantError(t, "断.docx", docx(t, `<w:p><w:r`), extract.Limits{}, corpus.Invalid, "损坏")
	wantError(t, "半.docx", bomb[:len(bomb)/2], extract.Limits{}, corpus.Invalid, "损坏")
	wantError(t, "稿.pptx", zipOf(t, part{"[Content_Types].xml", "<Types/>"}, part{"ppt/presentation.xml", "<p/>"}), extract.Limits{}, corpus.Unsupported, "PowerPoint")
	deep := strings.Repeat(`<w:tbl><w:tr><w:tc>`, 5000)
	wantError(t, "深.docx", docx(t, deep), extract.Limits{}, corpus.Invalid, "")
}

func FuzzDocx(f *testing.F) {
	f.Add([]byte(para(numbered(1, 0), "甲")+para(`<w:rPr><w:del/></w:rPr>`, "乙")), []byte(chineseLists.content))
	f.Add([]byte(`<w:tbl>`+tableRow(tableCell(`<w:vMerge w:val="restart"/><w:gridSpan w:val="99999"/>`, "甲"), tableCell(`<w:vMerge/>`, "乙"))+`</w:tbl>`), []byte(`<w:num w:numId="1"/>`))
	f.Add([]byte(`<w:p><w:r><w:pict><w:txbxContent><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:txbxContent></w:pict></w:r></w:p>`), []byte(`<w:abstractNum/>`))
	f.Fuzz(func(t *testing.T, body, lists []byte) {
		fuzzOne(t, "a.docx", docx(t, string(body), part{"word/numbering.xml", string(lists)}))
	})
}
