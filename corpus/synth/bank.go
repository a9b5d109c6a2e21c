package synth

import (
	_ "embed" // for the texts
	"strings"
	"sync"

	"tongjian/corpus"
)

//go:embed statements.txt
var statementsText string

//go:embed paraphrases.txt
var paraphrasesText string

// bank holds the texts that problems are made of, compiled.
type bank struct {
	domains  []domain
	leaves   []leaf
	heads    []template // beginnings of measures
	details  []template // clauses in their middle
	tails    []template // ends of measures
	extra    []template // measures that fit any problem
	families []family   // problems that come back in other words
}

// domain is one aspect under which problems are grouped.
type domain struct {
	code    string
	aspects []template
	focus   template
	leaves  []int // into bank.leaves
}

// leaf holds what can be said of one category.
type leaf struct {
	code       corpus.CategoryCode
	domain     int
	items      []template
	statements []statement
	measures   []template
}

// statement is one problem as it can be stated, and what was found of it.
type statement struct {
	text, fact template
	source     string // of the text
	further    []corpus.CategoryCode
}

// halfBank and fullBank return the texts with half- and full-width punctuation.
var (
	halfBank = sync.OnceValue(func() *bank { return readBank(statementsText, false) })
	fullBank = sync.OnceValue(func() *bank { return readBank(statementsText, true) })
)

// readBank reads the lines of statements.txt, whose head says what they mean.
func readBank(text string, wide bool) *bank {
	b := &bank{
		heads: compileAll(measureHeads, wide), details: compileAll(measureDetails, wide),
		tails: compileAll(measureTails, wide), extra: compileAll(extraMeasures, wide),
	}
	for line := range strings.Lines(text) {
		mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		parts := strings.Split(rest, " / ")
		switch mark {
		case "==":
			b.domains = append(b.domains, domain{code: parts[0], aspects: compileAll(parts[1:], wide)})
		case "f":
			b.domains[len(b.domains)-1].focus = compile(rest, wide)
		case "=":
			d := len(b.domains) - 1
			b.domains[d].leaves = append(b.domains[d].leaves, len(b.leaves))
			b.leaves = append(b.leaves, leaf{code: corpus.CategoryCode(parts[0]), domain: d, items: compileAll(parts[1:], wide)})
		case "s":
			l := &b.leaves[len(b.leaves)-1]
			s := statement{text: compile(parts[0], wide), fact: compile(parts[1], wide), source: parts[0]}
			for _, code := range parts[2:] {
				s.further = append(s.further, corpus.CategoryCode(code))
			}
			l.statements = append(l.statements, s)
		case "m":
			l := &b.leaves[len(b.leaves)-1]
			l.measures = append(l.measures, compile(rest, wide))
		}
	}
	b.families = readFamilies(paraphrasesText, b, wide)
	return b
}

// compileAll compiles several templates.
func compileAll(texts []string, wide bool) []template {
	all := make([]template, len(texts))
	for i, t := range texts {
		all[i] = compile(t, wide)
	}
	return all
}

// measureHeads are sentences that a measure can begin with.
var measureHeads = []string{
	"压实工作责任", "狠抓工作落实", "细化整改措施", "明确整改要求", "强化跟踪问效", "严格标准要求", "持续推进整改", "坚持举一反三", "注重建章立制",
}

// measureTails are clauses that a measure can end with. The last closedTails say that all is done.
var measureTails = []string{
	"由分管领导牵头抓落实,每月向{pb}报告进展",
	"相关股室已制定具体工作方案并组织实施",
	"纳入年度目标考核,考核结果与评先评优挂钩",
	"确保同类问题不再发生",
	"并组织相关人员{N}人次学习有关规定",
	"同时对责任人员进行了批评教育",
	"推动{w}工作规范化水平提升",
	"做到事前有审核、事中有监督、事后有检查",
	"形成工作清单{N}项并逐项对账销号",
	"目前相关工作已按时间节点推进到位",
	"已于{m}月底前全部落实到位",
	"相关资料已整理归档备查",
}

// closedTails is how many of the measureTails do not fit a problem that is still open.
const closedTails = 3

// measureDetails are clauses in the middle of a measure.
var measureDetails = []string{
	"先后梳理资料{N}份、核对数据{N}条,形成情况说明{n}份",
	"自{m}月起实行月报制度,累计报送进展情况{n}期",
	"到{n}个基层单位实地走访,听取干部职工意见建议{N}条,采纳{<}条",
	"结合{w}实际修订工作流程{n}项,明确各环节办理时限和责任岗位",
	"组织股室负责人和经办人员集中培训{n}场次,现场答疑{N}个问题",
	"聘请专业人员协助核查,逐笔逐项建立底稿,形成核查报告{n}份",
	"把相关要求纳入{w}工作规程,统一文书格式{n}种、台账{n}类",
	"安排专人负责,实行日登记、周汇总、月分析,已汇总分析{n}次",
	"与财政、审计、人社等部门沟通会商{n}次,取得业务指导意见{n}份",
	"在机关公开栏公示相关情况{n}次,接受干部群众监督",
	"分管负责同志带队开展现场检查{n}次,下发整改提示{n}份",
	"通过以会代训、案例讲解等方式组织学习{n}次,测试合格率达到{p}以上",
	"对历史资料按年度分类整理归档{N}卷,补齐缺失要件{n}份",
	"将整改事项细化为{N}项具体任务,逐项明确时间表和路线图",
}

// extraMeasures fit any problem.
var extraMeasures = []string{
	"召开{pb}会议专题研究,剖析问题原因,明确整改责任人和整改时限",
	"举一反三开展自查自纠,对所属{n}个单位同类问题一并排查,发现并整改问题{n}个",
	"由机关纪委对整改情况开展跟踪检查{n}次,对进展缓慢的{n}个股室发出督办通知",
	"组织相关人员学习有关法律法规和制度规定{n}次,参加{N}人次",
	"修订完善《{sn}机关工作规则》等制度{n}项,堵塞管理漏洞",
	"对负有责任的{n}名同志进行提醒谈话,责令作出书面检查",
}
