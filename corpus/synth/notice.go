package synth

import (
	"fmt"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// circled are the numbers ① to ⑨.
var circled = []string{"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"}

// openNotice writes title, introduction and the section on the organisation of the work, which declares the totals where
// asked for.
func (d *draft) openNotice(declares bool) {
	d.gold.PartyBody = corpus.Fact(d.unit.PartyBody())
	subject := d.one(
		fmt.Sprintf("关于%s整改进展情况的通报", d.verb),
		fmt.Sprintf("关于落实%s%s反馈意见整改情况的通报", d.inspector, d.verb),
		fmt.Sprintf("关于%s反馈意见整改落实情况的通报", d.verb),
	)
	d.title(d.unit.PartyBody() + subject)
	d.say("根据%s统一部署,%s,%s对%s%s进行了%s%s。%s,%s向%s%s反馈了%s意见。按照《中国共产党巡视工作条例》有关规定,现将%s整改进展情况予以公布。",
		d.sender(), d.period(), d.inspector, d.unit.Short, d.unit.body, d.one("", "常规"), d.verb,
		d.feedback.full(), d.inspector, d.unit.Short, d.unit.body, d.verb, d.verb)
	d.say("一、%s", d.one("整改工作基本情况", "组织整改落实情况", "整改工作组织领导情况"))
	d.organisation(declares)
}

// organisation writes what the unit did to organise its rectification.
func (d *draft) organisation(declares bool) {
	pb := d.unit.word + d.unit.body
	d.say("(一)加强组织领导。%s反馈会后,%s第一时间召开专题会议传达学习%s反馈意见,成立由主要负责同志任组长的整改工作领导小组,下设办公室负责日常调度,先后召开会议%d次研究整改工作。",
		d.verb, pb, d.inspector, 3+d.rng.IntN(9))
	if declares {
		n, done := d.declare(), d.rectified()
		d.say("(二)细化任务分工。针对%s反馈的%d个具体问题,逐项制定整改措施,明确责任领导、责任股室和整改时限,建立整改台账。目前,已完成整改问题%d个,其余问题正在按计划推进。", d.verb, n, done)
	} else {
		d.say("(二)细化任务分工。对照反馈意见逐项制定整改措施,明确责任领导、责任股室和整改时限,建立整改台账,实行销号管理,完成一项、验收一项、销号一项。")
	}
	d.say("(三)强化督促检查。坚持每半月调度一次整改进度,由机关纪委全程跟踪监督,对工作滞后的股室及时提醒,确保条条有整改、件件有着落。")
	d.sayTotals()
}

// closeNotice writes the section on what comes next, and the signature.
func (d *draft) closeNotice(chapter string) {
	if chapter != "" {
		d.say("%s、下一步工作打算", chapter)
	}
	d.say("下一步,%s%s将持续巩固整改成果,对已完成的事项适时开展回头看,对需要长期坚持的事项紧盯不放,把整改工作与%s结合起来,以整改实效推动各项工作高质量发展。",
		d.unit.word, d.unit.body, d.unit.work[0])
	d.say("欢迎广大干部群众对%s整改落实情况进行监督。如有意见建议,请及时向我们反映。", d.verb)
	d.publish(d.unit.PartyBody())
}

// measureLine joins measures behind 一是, 二是; a single one stands alone.
func (d *draft) measureLine(measures []string, between string) string {
	if len(measures) == 1 {
		return measures[0]
	}
	var b strings.Builder
	for i, m := range measures {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(chinese(i+1) + "是" + m)
	}
	return b.String()
}

// checked returns the sentence on what was found, for some of the problems.
func (d *draft) checked(p problem) string {
	if d.rng.IntN(3) > 0 {
		return ""
	}
	return d.w("经核实,") + p.fact + "。"
}

// noticeRunning numbers problems through the document, with a status line, each measure a paragraph:
// (一)关于…方面问题 / 1.针对…问题 / 整改完成情况:… / 一是…
func noticeRunning(d *draft) {
	d.openNotice(false)
	d.say("二、巡察反馈问题整改落实情况")
	n := 0
	for i, g := range d.aspects(d.aspectName) {
		heading := "关于" + g.heading + "方面问题"
		d.line(d.w("("), chinese(i+1), d.w(")"), heading)
		for _, p := range g.problems {
			n++
			d.line(strconv.Itoa(n), ".针对", p.statement, "问题")
			d.statusLine("整改完成情况:", p)
			if c := d.checked(p); c != "" {
				d.line(c)
			}
			d.measureParagraphs(p.measures)
			d.found(p, strconv.Itoa(n), []string{heading}, p.status.words, len(p.measures))
		}
	}
	d.closeNotice("三")
}

// statusLine writes the line that gives a problem's status, if it has one.
func (d *draft) statusLine(label string, p problem) {
	if p.status.words != "" {
		d.line(d.w(label), p.status.words, "。")
	}
}

// measureParagraphs writes each measure as a paragraph.
func (d *draft) measureParagraphs(measures []string) {
	if len(measures) == 1 {
		d.line(measures[0], "。")
		return
	}
	for i, m := range measures {
		d.line(chinese(i+1), "是", d.template(d.bank.heads), "。", m, "。")
	}
}

// noticeLabelled writes 问题N:… / 整改结果:… / 整改情况:一是….
func noticeLabelled(d *draft) {
	d.openNotice(true)
	d.say("二、问题整改落实情况")
	n := 0
	for i, g := range d.aspects(d.focusName) {
		heading := "在" + g.heading + "方面"
		d.line(d.w("("), chinese(i+1), d.w(")"), heading)
		for _, p := range g.problems {
			n++
			d.line("问题", strconv.Itoa(n), d.w(":"), p.statement, "。")
			d.statusLine("整改结果:", p)
			d.line(d.w("整改情况:"), d.checked(p), d.measureLine(p.measures, "。"), "。")
			d.found(p, strconv.Itoa(n), []string{heading}, p.status.words, len(p.measures))
		}
	}
	d.closeNotice("三")
}

// noticeNested has three levels, numbers running on across the second, and circled measures:
// (一)… / 1.… / (1)… / 完成状态:… / 整改情况: / ①…
func noticeNested(d *draft) {
	d.gold.PartyBody = corpus.Fact(d.unit.PartyBody())
	d.title(d.unit.PartyBody() + "关于" + d.round + d.verb + "整改进展情况的通报")
	d.gold.Round = corpus.Fact(d.round)
	aspects := d.aspects(d.aspectName)
	items := 0
	for i := range aspects {
		aspects[i].groups = d.items(aspects[i].problems)
		items += len(aspects[i].groups)
	}
	n, done, count := d.declare(), d.rectified(), len(aspects)
	d.gold.Declared.Items, d.gold.Declared.Aspects = &items, &count
	d.say("根据%s%s工作统一部署,%s,%s对%s%s开展了%s%s,并于%s进行了%s意见反馈,指出我%s存在%d个方面%d个分项问题%d个具体问题,现已完成整改事项%d个。%s整改进展情况如下:",
		d.sender(), d.verb, d.period(), d.inspector, d.unit.Name, d.unit.body, d.round, d.verb, d.feedback.short(), d.verb, d.unit.word,
		count, items, n, done, d.verb)
	d.say("一、%s组织落实%s整改总体情况", d.unit.body, d.verb)
	d.organisation(false)
	d.say("二、%s反馈问题整改情况", d.verb)
	d.nested(aspects)
	d.closeNotice("三")
}

// nested writes the problems of a noticeNested.
func (d *draft) nested(aspects []group) {
	n := 0
	for i, a := range aspects {
		d.line(d.w("("), chinese(i+1), d.w(")"), a.heading)
		for j, item := range a.groups {
			d.line(strconv.Itoa(j+1), ".", item.heading, "。")
			for _, p := range item.problems {
				n++
				d.line(d.w("("), strconv.Itoa(n), d.w(")"), p.statement, "。")
				d.statusLine("完成状态:", p)
				if len(p.measures) == 1 {
					d.line(d.w("整改情况:"), p.measures[0], "。")
				} else {
					d.line(d.w("整改情况:"))
					for k, m := range p.measures {
						d.line(circled[k], m, "。")
					}
				}
				d.found(p, strconv.Itoa(n), []string{a.heading, item.heading}, p.status.words, len(p.measures))
			}
		}
	}
}

// noticeCompact writes each problem with its measures in one paragraph and states no status: 1.… / （3）…。一是…;二是….
func noticeCompact(d *draft) {
	d.gold.PartyBody = corpus.Fact(d.unit.PartyBody())
	d.title(d.unit.PartyBody() + "关于" + d.committee + d.verb + "整改进展情况的通报")
	d.say("根据%s和%s%s工作领导小组统一部署,%s,%s对%s%s进行了常规%s。%s,%s向%s%s反馈了%s意见。现将%s整改情况予以公布。",
		d.sender(), d.committee, d.verb, d.period(), d.inspector, d.unit.Short, d.unit.body, d.verb, d.feedback.short(), d.inspector,
		d.unit.Short, d.unit.body, d.verb, d.verb)
	n := 0
	for i, g := range d.aspects(d.aspectName) {
		d.line(strconv.Itoa(i+1), ".", g.heading, "。")
		for _, p := range g.problems {
			n++
			d.line("（", strconv.Itoa(n), "）", p.statement, "。", d.measureLine(p.measures, d.w(";")), "。")
			d.found(p, strconv.Itoa(n), []string{g.heading}, "", len(p.measures))
		}
	}
	d.publish(d.unit.PartyBody())
}

// noticeQuoted names each problem in quotation marks, without status: 1.关于“…”问题的整改。 / 一是….
func noticeQuoted(d *draft) {
	d.openNotice(false)
	d.say("二、%s反馈问题整改进展情况", d.verb)
	for i, g := range d.aspects(d.focusName) {
		heading := "聚焦" + g.heading + "方面"
		d.line(d.w("("), chinese(i+1), d.w(")"), heading)
		for j, p := range g.problems {
			p.statement = innerQuotes.Replace(p.statement)
			d.line(strconv.Itoa(j+1), ".关于“", p.statement, "”问题的整改。")
			d.line(d.measureLine(p.measures, "。"), "。")
			d.found(p, strconv.Itoa(j+1), []string{heading}, "", len(p.measures))
		}
	}
	d.closeNotice("三")
}

// innerQuotes are the quotation marks inside a quotation.
var innerQuotes = strings.NewReplacer("“", "‘", "”", "’")

// noticeArabic has problems at the level of (一) and measures at the level of 1.:
// 二、“…”方面 / (一)针对“…”的问题。 / 整改情况: / 1.…。…
func noticeArabic(d *draft) {
	d.openNotice(true)
	aspects := d.aspects(d.focusName)
	for i, g := range aspects {
		heading := "“" + g.heading + "”方面"
		d.line(chinese(i+2), "、", heading)
		for j, p := range g.problems {
			p.statement = innerQuotes.Replace(p.statement)
			d.line(d.w("("), chinese(j+1), d.w(")"), "针对“", p.statement, "”的问题。")
			d.statusLine("整改状态:", p)
			d.line(d.w("整改情况:"))
			for k, m := range p.measures {
				d.line(strconv.Itoa(k+1), ".", d.template(d.bank.heads), "。", m, "。")
			}
			d.found(p, chinese(j+1), []string{heading}, p.status.words, len(p.measures))
		}
	}
	d.closeNotice(chinese(len(aspects) + 2))
}
