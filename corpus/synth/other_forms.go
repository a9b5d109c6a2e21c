package synth

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// maxSpoken is how many problems a feedback names.
const maxSpoken = 8

// reportPlain is the inspectors' report, each problem with what was found of it: (一)… / 1.…。如,….
func reportPlain(d *draft) {
	d.openReport()
	for i, g := range d.aspects(d.aspectName) {
		d.line(d.w("("), chinese(i+1), d.w(")"), g.heading)
		for j, p := range g.problems {
			d.line(strconv.Itoa(j+1), ".", p.statement, "。", d.w("如,"), p.fact, "。")
			d.found(p, strconv.Itoa(j+1), []string{g.heading}, "", 0)
		}
	}
	d.closeReport()
}

// reportEnumerated gathers two or three problems under an item: (一)… / 1.…。一是…。如,…。二是….
func reportEnumerated(d *draft) {
	d.openReport()
	for i, g := range d.aspects(d.aspectName) {
		d.line(d.w("("), chinese(i+1), d.w(")"), g.heading)
		number := 0
		for few := range slices.Chunk(g.problems, 3) {
			number++
			label := strconv.Itoa(number)
			if len(few) == 1 {
				d.line(label, ".", few[0].statement, "。", few[0].fact, "。")
				d.found(few[0], label, []string{g.heading}, "", 0)
				continue
			}
			item := d.template(d.bank.leaves[few[0].leaf].items)
			parts := []string{label, ".", item, "。"}
			for k, p := range few {
				parts = append(parts, chinese(k+1), "是", p.statement, "。", d.w(d.one("如,", "", "例如,")), p.fact, "。")
				d.found(p, chinese(k+1), []string{g.heading, item}, "", 0)
			}
			d.line(parts...)
		}
	}
	d.closeReport()
}

// openReport writes what stands before the problems in a report.
func (d *draft) openReport() {
	d.web = false
	d.gold.FeedbackDate = ""
	party := d.unit.Name + d.unit.body
	d.gold.PartyBody = corpus.Fact(party)
	d.gold.Round = corpus.Fact(d.round)
	d.title("关于" + d.verb + party + "的情况报告")
	d.say("%s%s工作领导小组:", d.committee, d.verb)
	d.say("按照%s统一部署,%s,%s对%s开展了%s%s。其间,听取工作汇报%d次,个别谈话%d人次,调阅资料%d份,发现问题%d个。现将有关情况报告如下:",
		d.sender(), d.period(), d.inspector, party, d.round, d.verb, 2+d.rng.IntN(5), 20+d.rng.IntN(60), 100+d.rng.IntN(400), d.declare())
	d.say("一、总体评价")
	d.say("近年来,%s能够围绕中心工作履行职责,在%s等方面取得一定成效,干部队伍总体稳定。但对照新形势新任务的要求,仍然存在一些差距和不足。", party, strings.Join(d.unit.work, "、"))
	d.say("二、%s发现的主要问题", d.verb)
}

// closeReport writes what stands after the problems in a report.
func (d *draft) closeReport() {
	d.say("三、意见建议")
	d.say("(一)提高政治站位。持续深化理论武装,把学习成果转化为推动工作的具体举措。")
	d.say("(二)扛牢主体责任。把全面从严治党各项要求落实到%s全过程,管好重点岗位和关键环节。", d.unit.work[0])
	d.say("(三)抓好问题整改。建立台账,逐项销号,以整改成果推动工作提升。")
	d.line("")
	d.line(d.inspector)
	if d.rng.IntN(2) == 0 {
		d.gold.PublicationDate = d.feedback.iso()
		d.line(d.feedback.full())
	}
}

// feedbackSpoken is the announcement of a feedback meeting, its problems in one sentence: 主要是:一是…;二是….
func feedbackSpoken(d *draft) {
	d.problems = d.problems[:min(len(d.problems), maxSpoken)]
	d.published = d.feedback
	party := d.unit.Name + d.unit.body
	d.gold.PartyBody = corpus.Fact(party)
	d.title(d.inspector + "向" + party + "反馈" + d.verb + "情况")
	d.say("根据%s统一部署,%s,%s对%s开展了常规%s。%s,%s向%s反馈了%s情况。",
		d.sender(), d.period(), d.inspector, party, d.verb, d.feedback.full(), d.inspector, party, d.verb)
	parts := []string{d.w(fmt.Sprintf("%s指出,近年来,%s认真履行职责,%s等工作取得新的进展。%s也发现一些问题,主要是:", d.inspector, party, d.unit.work[0], d.verb))}
	for i, p := range d.problems {
		if i > 0 {
			parts = append(parts, d.w(";"))
		}
		parts = append(parts, chinese(i+1), "是", p.statement)
		d.found(p, chinese(i+1), nil, "", 0)
	}
	d.line(append(parts, "。")...)
	d.say("同时,%s还收到反映一些领导干部的问题线索,已按有关规定转有关方面处理。", d.inspector)
	d.say("%s提出三点意见建议:一是提高政治站位,强化理论武装;二是压实管党治党责任,加强重点领域监管;三是建强干部队伍,夯实基层基础。", d.inspector)
	d.say("%s主要负责同志表示,对反馈意见照单全收、诚恳接受,将以高度的政治责任感抓好整改落实。", party)
	d.publish(d.inspector)
}

// auditReply is a unit's report on what an audit found: (一)…。 / 该问题已完成整改。一是….
func auditReply(d *draft) {
	d.gold.Inspector, d.gold.Level, d.gold.FeedbackDate = "", "", ""
	audited := slices.DeleteFunc(slices.Clone(d.problems), func(p problem) bool {
		return !slices.Contains([]string{"finance", "procurement", "governance"}, d.bank.domains[d.bank.leaves[p.leaf].domain].code)
	})
	if len(audited) > 0 {
		d.problems = audited
	}
	d.title(fmt.Sprintf("%s关于%d年度预算执行和其他财政收支审计查出问题整改情况的报告", d.unit.Name, d.from.y-1))
	place := ""
	if !d.placeAbsent() {
		place = d.unit.place.full()
	}
	d.say("按照%s年度审计计划安排,%s,%s接受了%d年度预算执行和其他财政收支情况审计。审计指出问题%d个,我%s高度重视,逐项研究落实整改措施。现将整改情况报告如下:",
		place, d.period(), d.unit.Name, d.from.y-1, d.declare(), d.unit.word)
	d.say("一、审计查出问题的整改情况")
	for i, p := range d.problems {
		d.line(d.w("("), chinese(i+1), d.w(")"), p.statement, "。")
		words := p.status.words
		if words != "" {
			d.line("该问题", words, "。", d.measureLine(p.measures, "。"), "。")
		} else {
			d.line(d.measureLine(p.measures, "。"), "。")
		}
		d.found(p, chinese(i+1), nil, words, len(p.measures))
	}
	d.say("二、下一步工作安排")
	d.say("我%s将继续抓好后续整改,健全长效机制,防止类似问题再次发生。", d.unit.word)
	d.publish(d.unit.Name)
}
