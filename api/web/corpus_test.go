package web_test

import (
	"fmt"
	"strings"

	"tongjian/corpus"
)

// builder writes a document's text and remembers where everything stands.
type builder struct {
	doc  corpus.Document
	text strings.Builder
}

func (b *builder) write(s string) corpus.Span {
	start := b.text.Len()
	b.text.WriteString(s)
	return corpus.Span{Start: start, End: b.text.Len()}
}

// section writes text outside findings.
func (b *builder) section(heading, text string) {
	span := b.write(text)
	b.doc.Sections = append(b.doc.Sections, corpus.Section{Heading: heading, Span: span})
}

// problem is a finding to be written: its statement, its account, its status and its categories, each with the words
// that speak for it.
type problem struct {
	statement  string
	account    string
	status     corpus.Status
	categories []string // code=evidence
}

// finding writes one finding on lines of its own.
func (b *builder) finding(path []string, spans []corpus.Span, p problem) {
	n := len(b.doc.Findings) + 1
	f := corpus.Finding{
		ID: corpus.NewFindingID(b.doc.ID, n), Ordinal: n, Path: path, PathSpans: spans,
		Statement: p.statement, Account: p.account, Status: p.status,
	}
	f.Span.Start = b.text.Len()
	b.write(fmt.Sprintf("%d.", n))
	f.StatementSpan = b.write(p.statement)
	b.write("\n整改情况：")
	f.AccountSpan = b.write(p.account)
	b.write("\n")
	f.Span.End = b.text.Len()
	text := b.text.String()
	for _, c := range p.categories {
		code, words, _ := strings.Cut(c, "=")
		at := f.Span.Start + strings.Index(text[f.Span.Start:f.Span.End], words)
		f.Categories = append(f.Categories, corpus.Category{
			Code: corpus.CategoryCode(code), Score: 0.9, By: corpus.ByRule,
			Evidence: []corpus.Evidence{{Text: words, Start: at, End: at + len(words), In: corpus.InStatement}},
		})
	}
	b.doc.Findings = append(b.doc.Findings, f)
}

// done returns the document with its text.
func (b *builder) done() *corpus.Document {
	b.doc.Text = b.text.String()
	return &b.doc
}

// notice builds a rectification notice of an invented unit. Every finding stands under one of two headings.
func notice(unit string, year int, problems ...problem) *corpus.Document {
	b := &builder{}
	b.doc = corpus.Document{
		ID: corpus.NewDocumentID(fmt.Appendf(nil, "%s %d", unit, year)), Source: fmt.Sprintf("%s%d.txt", unit, year),
		DocType: corpus.RectificationNotice, Unit: corpus.Fact(unit), Year: corpus.Year(year), Level: corpus.Municipal,
		Region: corpus.Region{Province: "云岭省", City: "临江市"}, Round: corpus.Fact(fmt.Sprintf("第%d轮", year-2015)),
		Format: "txt", Encoding: "utf-8", Provenance: map[string]corpus.Provenance{},
	}
	title := b.write(unit + "关于巡察整改进展情况的通报")
	b.doc.Title = corpus.Fact(title.Of(b.text.String()))
	b.doc.Provenance["title"] = corpus.Provenance{Text: string(b.doc.Title), Span: &title, Rule: "title", Confidence: corpus.Stated}
	named := corpus.Span{Start: title.Start, End: title.Start + len(unit)}
	b.doc.Provenance["unit"] = corpus.Provenance{Text: unit, Span: &named, Rule: "title", Confidence: corpus.Derived}
	b.write("\n")
	from := b.write(fmt.Sprintf("%d年3月，市委第二巡察组对我局进行了巡察。\n一、整改落实情况\n", year))
	head := b.write("（一）财务与采购方面")
	b.write("\n")
	b.doc.Sections = append(b.doc.Sections, corpus.Section{Heading: "", Span: corpus.Span{Start: 0, End: b.text.Len()}})
	declared := len(problems) + 1
	b.doc.Declared.Problems = &declared
	for _, p := range problems {
		b.finding([]string{"财务与采购方面"}, []corpus.Span{head}, p)
	}
	b.section("下一步", "二、下一步\n持续巩固 <整改> 成果 & 防止反弹。\n")
	found := len(problems)
	b.doc.Warnings = []corpus.Warning{
		{Code: corpus.CountDiffers, Message: fmt.Sprintf("文中称 %d 个问题，读出 %d 个", declared, found), Declared: &declared, Found: &found},
		{Code: corpus.DateRepaired, Message: "巡察日期缺日，按月计", Text: from.Of(b.text.String()), Span: &from},
	}
	return b.done()
}

// Problems that the made-up notices draw on.
var (
	purchasing = problem{
		"办公设备采购未经比价<3家>。", "一是退回重办采购手续；二是修订采购办法，清退12.5万元。", corpus.Done,
		[]string{"procurement.purchasing=采购未经比价", "decision.major=采购"},
	}
	tendering  = problem{"维修工程应招标未招标。", "正在补办有关手续。", corpus.InProgress, []string{"procurement.tendering=应招标未招标"}}
	vouchers   = problem{"报销附件不全 & 审批倒置。", "已补齐。", corpus.Done, []string{"finance.reimbursement=报销附件不全"}}
	meetings   = problem{"会议记录不完整。", "尚未完成。", corpus.NotDone, []string{"decision.meeting=会议记录"}}
	assets     = problem{"固定资产账实不符。", "", corpus.Unstated, []string{"finance.asset=固定资产账实不符"}}
	unlabelled = problem{"其他方面还有不足。", "", corpus.Partial, nil}
)

// sample is a small corpus: years with many and with few documents, one year without any, a document without a year.
func sample() *fakeCorpus {
	f := &fakeCorpus{}
	for i := range 6 {
		unit := fmt.Sprintf("临江市第%d管理局", i+1)
		f.docs = append(f.docs, notice(unit, 2018, purchasing, vouchers))
		if i < 5 {
			f.docs = append(f.docs, notice(unit, 2019, purchasing, tendering, meetings))
		}
		if i < 2 {
			f.docs = append(f.docs, notice(unit, 2021, assets, unlabelled))
		}
		f.docs = append(f.docs, notice(unit, 2022, purchasing, assets, vouchers, tendering))
	}
	long := notice("临江经济技术开发区城乡建设与综合行政执法管理委员会（临江市高新技术产业服务中心）", 2022, tendering)
	undated := notice("临江市第9管理局", 2020, meetings)
	undated.Year = 0
	f.docs = append(f.docs, long, undated)
	return f
}
