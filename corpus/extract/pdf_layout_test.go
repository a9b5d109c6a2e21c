package extract_test

import (
	"fmt"
	"strings"
	"testing"
)

// drawn draws lines of 12 points: "x y text".
func drawn(lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		x, rest, _ := strings.Cut(l, " ")
		y, text, _ := strings.Cut(rest, " ")
		fmt.Fprintf(&b, "BT /F 12 Tf 1 0 0 1 %s %s Tm [%s] Tj ET\n", x, y, text)
	}
	return b.String()
}

// column draws lines one below the other, each 18 points; one that begins with a blank is indented.
func column(x, top int, lines ...string) string {
	var out []string
	for i, l := range lines {
		in := 0
		if strings.HasPrefix(l, " ") {
			in = 24
		}
		out = append(out, fmt.Sprintf("%d %d %s", x+in, top-18*i, strings.TrimSpace(l)))
	}
	return drawn(out...)
}

// TestPDFColumns reads two columns one after the other: the right one lies a little higher, a paragraph runs from the left
// one into it and on over the page, where it ends beside its own beginning.
func TestPDFColumns(t *testing.T) {
	first := "BT /F 20 Tf 1 0 0 1 220 790 Tm [港务局巡察整改简报] Tj ET\n" +
		drawn("98 758 市委第二巡察组对市港务局党组进行了巡察，局党组高度重视反馈意见，逐项研究整", "74 740 改措施，明确责任人员和完成时限，扎实推进整改工作，现将整改情况公布如下，请社", "74 722 会各界予以监督。") +
		column(74, 690, "（一）泊位台账登记不全", " 整改情况：重新登记泊位台账", "，补录缺项四十条，逐月抽查登记", "结果并在局务会上通报。",
			" 吊装设备检修拖延，已督促检", "修单位进场逐台检修，并且应当针") +
		column(320, 696, "对检修记录逐项进行归档以备查", "阅。", "（二）值班制度执行不严", " 整改情况：修订值班制度，对", "脱岗人员进行提醒谈话，建立通", "报制度并按月通报，每次发布的")
	second := column(74, 780, "通报都要写明责任人员和整改时", "限要求。") + column(320, 780, "（三）报销不严", " 整改情况：清理。") +
		drawn("98 700 以上情况如有不实之处，欢迎广大干部群众来电来信反映，联系电话附在文后供参", "74 682 考使用。")
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], first, second), `
		p 港务局巡察整改简报
		p 市委第二巡察组对市港务局党组进行了巡察，局党组高度重视反馈意见，逐项研究整改措施，明确责任人员和完成时限，扎实推进整改工作，现将整改情况公布如下，请社会各界予以监督。
		p （一）泊位台账登记不全
		p 整改情况：重新登记泊位台账，补录缺项四十条，逐月抽查登记结果并在局务会上通报。
		p 吊装设备检修拖延，已督促检修单位进场逐台检修，并且应当针对检修记录逐项进行归档以备查阅。
		p （二）值班制度执行不严
		p 整改情况：修订值班制度，对脱岗人员进行提醒谈话，建立通报制度并按月通报，每次发布的通报都要写明责任人员和整改时限要求。
		p （三）报销不严
		p 整改情况：清理。
		p 以上情况如有不实之处，欢迎广大干部群众来电来信反映，联系电话附在文后供参考使用。
	`)
}

// TestPDFThreeColumns reads three columns, whose rows stand level.
func TestPDFThreeColumns(t *testing.T) {
	col := func(x int, n string) string {
		return column(x, 700, " "+n+"泊位登记不全", " 重新登记台账，补录", "缺项四十条，逐月抽查", "登记结果并且在会上通", "报。", " 督促单位进场检修。")
	}
	want := ""
	for _, n := range []string{"一、", "二、", "三、"} {
		want += "p " + n + "泊位登记不全\np 重新登记台账，补录缺项四十条，逐月抽查登记结果并且在会上通报。\np 督促单位进场检修。\n"
	}
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], col(60, "一、")+col(220, "二、")+col(380, "三、")), want)
}

// looseWant is what the tables below say, however they are drawn.
const looseWant = `
	p 整改台账
	c0:0,0 序号
	c0:0,1 问题
	c0:0,2 整改措施
	c0:0,3 结果
	c0:1,0 1
	c0:1,1 泊位台账登记不全，部分记录缺失
	c0:1,2 一是补录缺项四十条；二是每月抽查一次并通报。
	c0:1,3 已完成
	c0:2,0 2
	c0:2,1 值班不严
	c0:2,2 修订制度。
	c0:2,3 已完成
	c0:3,0 3
	c0:3,1 吊装设备检修拖延，存在隐患
	c0:3,2 督促检修单位进场逐台检修。
	c0:3,3 正在整改
	p 特此公布
`

// TestPDFLooseTable reads tables without upright lines: cells from the top down or in the middle of their rows, rows apart
// or close together, a page break with and without the header repeated, level lines.
func TestPDFLooseTable(t *testing.T) {
	head := []string{"74 740 序号", "120 740 问题", "260 740 整改措施", "440 740 结果"}
	top := append(head, "74 714 1", "120 714 泊位台账登记不全，", "260 714 一是补录缺项四十条；二是", "440 714 已完成", "120 698 部分记录缺失", "260 698 每月抽查一次并通报。",
		"74 672 2", "120 672 值班不严", "260 672 修订制度。", "440 672 已完成")
	last := func(y int) []string {
		return []string{fmt.Sprintf("74 %d 3", y), fmt.Sprintf("120 %d 吊装设备检修拖延，", y), fmt.Sprintf("260 %d 督促检修单位进场逐台检", y), fmt.Sprintf("440 %d 正在整改", y),
			fmt.Sprintf("120 %d 存在隐患", y-16), fmt.Sprintf("260 %d 修。", y-16)}
	}
	middle := append(head, "74 706 1", "120 714 泊位台账登记不全，", "260 714 一是补录缺项四十条；二是", "440 706 已完成", "120 698 部分记录缺失", "260 698 每月抽查一次并通报。",
		"74 676 2", "120 676 值班不严", "260 676 修订制度。", "440 676 已完成",
		"74 646 3", "120 654 吊装设备检修拖延，", "260 654 督促检修单位进场逐台检", "440 646 正在整改", "120 638 存在隐患", "260 638 修。")
	close := append(head, "74 724 1", "120 724 泊位台账登记不全，", "260 724 一是补录缺项四十条；二是", "440 724 已完成", "120 708 部分记录缺失", "260 708 每月抽查一次并通报。",
		"74 692 2", "120 692 值班不严", "260 692 修订制度。", "440 692 已完成")
	rules := ""
	for _, y := range []int{756, 736, 704, 688, 650} {
		rules += fmt.Sprintf("70 %d m 520 %d l S\n", y, y)
	}
	title, end := drawn("260 780 整改台账"), drawn("74 560 特此公布")
	font := pdfFonts()["UniGB-UCS2-H"]
	for name, pages := range map[string][]string{
		"apart":              {title + drawn(append(top, last(646)...)...) + end},
		"in the middle":      {title + drawn(middle...) + end},
		"close, by numbers":  {title + drawn(append(close, last(676)...)...) + end},
		"level lines":        {title + rules + drawn(append(close, last(676)...)...) + end},
		"over the page":      {title + drawn(top...), drawn(last(780)...) + drawn("74 700 特此公布")},
		"header once more":   {title + drawn(top...), drawn("74 800 序号", "120 800 问题", "260 800 整改措施", "440 800 结果") + drawn(last(774)...) + drawn("74 700 特此公布")},
		"numbers of a page":  {title + drawn(top...) + drawn("290 40 - 1 -"), drawn(last(780)...) + drawn("74 700 特此公布") + drawn("290 40 - 2 -")},
		"header of one name": {title + strings.Replace(strings.Replace(drawn(append(top, last(646)...)...), "[序号] Tj", "[序] Tj", 1), "74 740", "74 747", 1) + drawn("74 733 号") + end},
	} {
		t.Run(name, func(t *testing.T) { wantOutline(t, "a.pdf", makePDF(font, pages...), looseWant) })
	}
}

// TestPDFLooseRecords reads a table without numbers, whose rows stand close together, with a row across all columns.
func TestPDFLooseRecords(t *testing.T) {
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], drawn("74 740 存在问题", "260 740 整改情况",
		"74 724 一、党的建设方面存在的问题及其整改落实情况（共计两条）",
		"74 708 泊位台账登记不全，部分记录", "260 708 已完成", "74 692 缺失", "74 676 值班不严", "260 676 修订制度。")), `
		c0:0,0 存在问题
		c0:0,1 整改情况
		c0:1,0+1x2 一、党的建设方面存在的问题及其整改落实情况（共计两条）
		c0:2,0 泊位台账登记不全，部分记录缺失
		c0:2,1 已完成
		c0:3,0 值班不严
		c0:3,1 修订制度。
	`)
}

// TestPDFHanging reads lists whose text hangs to the right of the numbers, and a list of contents of full lines.
func TestPDFHanging(t *testing.T) {
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"], drawn(
		"74 780 1. 泊位调度台账登记不全，部分靠泊记录缺失，管理上存在漏洞，责任没有落实到人，对登",
		"92 762 记的抽查流于形式，长期没有人过问，调度室多次反映，局务会没有研究过，相关制度也", "92 744 没有修订。",
		"74 726 2. 值班不严。",
		"74 708 3. 吊装设备检修拖延，检修单位长期不进场，局机关没有督促，安全隐患没有消除，对检",
		"92 690 修记录没有归档。",
		"74 650 一、总体情况", "524 650 1", "74 632 二、反馈问题整改落实情况", "524 632 3", "74 614 三、下一步", "518 614 12")), `
		p 1. 泊位调度台账登记不全，部分靠泊记录缺失，管理上存在漏洞，责任没有落实到人，对登记的抽查流于形式，长期没有人过问，调度室多次反映，局务会没有研究过，相关制度也没有修订。
		p 2. 值班不严。
		p 3. 吊装设备检修拖延，检修单位长期不进场，局机关没有督促，安全隐患没有消除，对检修记录没有归档。
		p 一、总体情况 1
		p 二、反馈问题整改落实情况 3
		p 三、下一步 12
	`)
}

// TestPDFOneColumn reads what has room inside its lines and is neither columns nor a table: a list of contents, signatures,
// numbers before hanging text, names of a form.
func TestPDFOneColumn(t *testing.T) {
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"],
		drawn("260 780 目录", "74 750 一、总体情况", "480 750 1", "74 730 二、问题整改情况", "480 730 3", "74 710 三、下一步工作", "480 710 8", "74 690 四、联系方式", "480 690 9",
			"74 670 五、附件", "480 670 10")), `
		p 目录
		p 一、总体情况 1
		p 二、问题整改情况 3
		p 三、下一步工作 8
		p 四、联系方式 9
		p 五、附件 10
	`)
	wantOutline(t, "a.pdf", makePDF(pdfFonts()["UniGB-UCS2-H"],
		drawn("74 780 责任单位：港务局", "300 780 整改时限：三月", "74 750 1.", "100 750 泊位台账登记不全", "74 730 2.", "100 730 值班不严", "74 710 3.", "100 710 检修拖延",
			"74 690 4.", "100 690 报销不严", "300 650 中共云澜市港务局党组", "330 630 某年某月")), `
		p 责任单位：港务局 整改时限：三月
		p 1. 泊位台账登记不全
		p 2. 值班不严
		p 3. 检修拖延
		p 4. 报销不严
		p 中共云澜市港务局党组
		p 某年某月
	`)
}
