package fingerprint_test

import (
	"fmt"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/fingerprint"
)

// Invented statements and accounts; the n-th of a document is made up from them.
var (
	statements = []string{
		"党组理论学习中心组学习不够经常", "林场管护经费拨付不及时", "公务用车维修未经审批", "苗木采购未按规定比选",
		"重大事项议事记录不完整", "护林员补助发放公示不规范", "下属站所廉政谈话流于形式", "档案室多年未作消防检查",
		"项目验收资料缺失", "干部选拔档案材料不全", "工会经费列支范围偏宽", "群众来信答复超过期限",
	}
	accounts = []string{
		"修订了学习制度，按月列出篇目并由专人登记。全年组织集中研讨%d次，撰写心得%d篇。",
		"与财政部门对账，补拨历年结欠%d万元，今后按季度拨付，逾期报告原因。已对%d个站点走访核实。",
		"清理近三年单据%d份，退回不符合规定的费用%d元，对经办人批评教育。",
		"重新制定比选办法，明确询价不少于%d家，对已完成的%d个项目逐一复核。",
	}
)

// notice makes up a rectification notice with findings from to to.
func notice(unit string, from, to int) *corpus.Document {
	doc := &corpus.Document{
		DocType: corpus.RectificationNotice, Unit: corpus.Fact(unit), Title: corpus.Fact("中共" + unit + "党组关于巡察整改进展情况的通报"),
		Round: "十三届市委第二轮", Year: 2021, FeedbackDate: "2021-09-10", PublicationDate: "2022-01-20",
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n根据统一部署，市委第二巡察组对%s党组进行了巡察。现将整改进展情况予以公布。\n", doc.Title, unit)
	for i := from; i < to; i++ {
		f := corpus.Finding{
			Ordinal: i - from + 1, Path: []string{"反馈问题整改情况", fmt.Sprintf("第%d方面", i/4)}, Statement: statements[i%len(statements)] + strings.Repeat("且", i/len(statements)),
			Account: fmt.Sprintf("整改情况：局党组召开会议，由分管领导牵头落实。"+accounts[i%len(accounts)], 3+i, 11+7*i), Status: corpus.Done,
		}
		doc.Findings = append(doc.Findings, f)
		fmt.Fprintf(&text, "%d.关于%s的问题。\n%s\n", f.Ordinal, f.Statement, f.Account)
	}
	text.WriteString("下一步，局党组将持续巩固整改成果。欢迎干部群众监督。\n")
	doc.Text = text.String()
	return doc
}

// bare makes up a text without findings.
func bare(unit, title string, more string) *corpus.Document {
	text := title + "\n"
	for i := range 30 {
		text += fmt.Sprintf("%s第%d项工作按计划推进，责任科室为%c科，时限为%d天。", unit, i, rune('甲'+i), 10+i)
	}
	return &corpus.Document{DocType: corpus.Feedback, Unit: corpus.Fact(unit), Title: corpus.Fact(title), Text: text + more}
}

func edit(doc *corpus.Document, f func(*corpus.Document)) *corpus.Document {
	f(doc)
	return doc
}

func TestCompare(t *testing.T) {
	const unit = "清澜市林业局"
	tests := []struct {
		name string
		a, b *corpus.Document
		want fingerprint.Relation
	}{
		{"itself", notice(unit, 0, 12), notice(unit, 0, 12), fingerprint.Same},
		{"other page around it", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) {
			d.Text = "首页 > 公示公告 字体：大 中 小\n" + d.Text + "\n打印 关闭 浏览次数：235"
			d.PublicationDate = "2022-01-25"
		}), fingerprint.Same},
		{"page bottom in the last finding", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) {
			d.Findings[11].Account += "扫一扫在手机打开当前页 阅读2317"
		}), fingerprint.Same},
		{"widths and blanks", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) {
			for i := range d.Findings {
				d.Findings[i].Statement = strings.ReplaceAll(d.Findings[i].Statement, "不", " 不")
				d.Findings[i].Account = strings.NewReplacer("3", "３", "。", ". ", "，", ",").Replace(d.Findings[i].Account)
			}
		}), fingerprint.Same},
		{"nothing stated but the unit", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) {
			d.Round, d.Year, d.FeedbackDate, d.PublicationDate = "", 0, "", ""
		}), fingerprint.Same},
		{"short name of the round", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.Round = "第二轮" }), fingerprint.Same},
		{"short name of the unit", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.Unit = "林业局" }), fingerprint.Same},
		{"unit not read", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.Unit = "" }), fingerprint.Same},

		{"a status is new", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.Findings[4].Status = corpus.InProgress }), fingerprint.Version},
		{"a figure is new", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) {
			d.Findings[1].Account = strings.Replace(d.Findings[1].Account, "4万元", "5万元", 1)
		}), fingerprint.Version},
		{"two findings more", notice(unit, 0, 12), notice(unit, 0, 14), fingerprint.Version},
		{"cut differently", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) {
			for i := range d.Findings {
				d.Findings[i].Statement += "整改情况"
				d.Findings[i].Account = strings.TrimPrefix(d.Findings[i].Account, "整改情况：")
			}
		}), fingerprint.Version},

		{"other unit", notice(unit, 0, 12), notice("清澜市商务局", 0, 12), fingerprint.Different},
		{"other unit, in all findings alike and not read", edit(notice(unit, 0, 12), func(d *corpus.Document) { d.Unit = "" }), edit(notice("清澜市商务局", 0, 12), func(d *corpus.Document) { d.Unit = "" }), fingerprint.Different},
		{"other kind", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.DocType = corpus.Feedback }), fingerprint.Different},
		{"other round", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.Round = "十三届市委第六轮" }), fingerprint.Different},
		{"other feedback", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.FeedbackDate = "2023-03-01" }), fingerprint.Different},
		{"other year", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.Year, d.FeedbackDate = 2024, "" }), fingerprint.Different},
		{"same inspection, other findings", notice(unit, 0, 6), notice(unit, 6, 12), fingerprint.Different},
		{"same inspection, accounts written anew", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) {
			for i := range d.Findings {
				d.Findings[i].Account = fmt.Sprintf("半年来持续推进，又新建制度%d项，复查发现%d处不足已经改正，长期坚持。", i, i+40)
			}
		}), fingerprint.Different},
		{"the same findings in another order of things", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) {
			for i := range d.Findings {
				d.Findings[i].Path = []string{fmt.Sprintf("对照检查第%d题", i)}
			}
			d.Text = strings.ReplaceAll(d.Text, "1.", "（一）履行主责主业方面存在的短板弱项")
			d.Findings[0].Span = corpus.Span{Start: 100, End: 101}
			d.Findings[11].Span = corpus.Span{Start: len(d.Text) - 1000, End: len(d.Text)}
		}), fingerprint.Different},
		{"one without findings", notice(unit, 0, 12), edit(notice(unit, 0, 12), func(d *corpus.Document) { d.Findings = nil }), fingerprint.Different},

		{"bare", bare(unit, "反馈会召开", ""), bare(unit, "反馈会召开", "责任编辑：某某"), fingerprint.Same},
		{"bare, a passage more", bare(unit, "反馈会召开", ""), bare(unit, "反馈会召开", "会上，局党组主要负责人作了表态发言，要求照单全收、逐条整改、按期销号，并对后续工作提出四点要求。"), fingerprint.Version},
		{"bare, other title", bare(unit, "反馈会召开", ""), bare(unit, "动员会召开", ""), fingerprint.Different},
		{"a form that is filled in", edit(bare(unit, "公告", ""), func(d *corpus.Document) { d.Text = "公告：进驻时间为两个月，电话见附件。" }),
			edit(bare(unit, "公告", ""), func(d *corpus.Document) { d.Text = "公告：进驻时间为两个月，电话见附件。" }), fingerprint.Different},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fingerprint.Compare(tt.a, tt.b); got != tt.want {
				t.Errorf("Compare = %q, want %q", got, tt.want)
			}
			if got := fingerprint.Compare(tt.b, tt.a); got != tt.want {
				t.Errorf("Compare the other way = %q, want %q", got, tt.want)
			}
			// What is the same must be found: the two share a key and are near.
			if p, q := fingerprint.Of(tt.a), fingerprint.Of(tt.b); tt.want != fingerprint.Different && (!p.Near(q) || !shareKey(p, q)) {
				t.Errorf("similarity %.2f, shared key %t: the pair would not be compared", p.Sketch.Similarity(q.Sketch), shareKey(p, q))
			}
		})
	}
}

func shareKey(p, q fingerprint.Print) bool {
	for _, k := range p.Keys() {
		for _, l := range q.Keys() {
			if k == l {
				return true
			}
		}
	}
	return false
}

func TestFuller(t *testing.T) {
	full, cut := fingerprint.Of(notice("清澜市林业局", 0, 21)), fingerprint.Of(notice("清澜市林业局", 0, 20))
	longer := cut
	longer.Length += longer.Length/10 + 1
	tests := []struct {
		name string
		p, q fingerprint.Print
		want bool
	}{
		{"a finding more", full, cut, true},
		{"a finding less", cut, full, false},
		{"alike", full, full, false},
		{"a tenth more text", longer, cut, true},
		{"more findings in less text", fingerprint.Print{Findings: 3, Length: 100}, fingerprint.Print{Findings: 2, Length: 101}, false},
	}
	for _, tt := range tests {
		if got := tt.p.Fuller(tt.q); got != tt.want {
			t.Errorf("%s: %t, want %t", tt.name, got, tt.want)
		}
	}
}
