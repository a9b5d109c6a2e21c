package parse

import (
	"strings"
)

// role is what an item of the outline is for.
type role uint8

const (
	undecided   role = iota
	fenced           // organisation of the rectification, outlook, advice: no findings here
	problemPart      // a chapter that holds the findings and is no part of their paths
	group            // an aspect or item above findings
	finding
	part // inside a finding
)

var (
	// fenceWords open a chapter before or after the findings, wherever they stand in its heading.
	fenceWords = newLexicon("组织领导", "主要负责人", "主要负责同志", "抓整改工作", "组织落实", "组织实施", "组织推进", "工作组织", "整改组织", "组织整改", "整改工作开展", "工作开展情况", "总体评价", "基本情况",
		"总体情况", "审计评价", "主要成效", "主要成绩", "工作部署", "部署推进", "加强领导", "主体责任情况", "提高认识", "思想认识", "高度重视",
		"政治站位", "政治担当", "强化领导", "责任担当", "工作基本情况", "主要做法", "工作成效", "取得的成效", "下一步", "下步", "下一阶段", "意见建议", "整改建议", "工作建议", "审计建议", "整改意见",
		"努力方向", "整改责任", "整改成果", "巡察成果", "后续整改", "今后", "处理情况及建议", "产生问题的原因", "原因分析", "工作打算", "工作计划", "持续巩固", "长效机制建设", "信访举报", "联系方式", "工作要求", "整改要求", "处理意见", "监督方式")
	// fenceStarts open such a chapter where the heading begins with them.
	fenceStarts = []string{"建议", "意见", "表态", "整改工作情况", "整改工作总体", "整改总体", "加强组织", "工作情况", "前言", "结语", "附件", "成效", "要求", "巡察工作情况", "巡察开展", "巡察基本"}
	// problemWords open the chapter that holds the findings.
	problemWords = newLexicon("主要问题", "突出问题", "发现的问题", "发现问题", "存在的问题", "存在问题", "问题整改", "反馈问题", "反馈意见", "整改落实情况", "整改进展", "整改完成情况",
		"整改事项", "逐条", "逐项", "具体整改", "查出问题", "发现的主要", "存在的主要", "问题及", "具体问题", "整改情况", "落实整改", "整改任务")
)

// fenceRole reads a heading as that of a chapter: fenced, problemPart, or undecided.
func fenceRole(head string) role {
	short := !longer(head, 45)
	if i := fenceWords.index(head); i >= 0 && (short || i < 60) {
		return fenced
	}
	if short && hasPrefix(head, fenceStarts) > 0 {
		return fenced
	}
	if !longer(head, 60) && problemWords.in(head) && (!weakEnd(head) || strings.Contains(head, "问题")) {
		return problemPart
	}
	return undecided
}

// planner decides the role of every item of an outline.
type planner struct {
	t      *text
	nodes  []node
	report bool // an inspection report or feedback: 一是 opens a finding
	audit  bool // an audit document, whose chapters may go by department
	// answers says by node of a problem which node of another chapter answers it.
	answers map[int]int
}

// plan decides which items are findings and which chapters hold none.
func (p *planner) plan(declared int) {
	p.fence()
	p.unfence()
	p.fenceWithoutEvidence()
	if !p.report {
		p.pairChapters()
	}
	levels := p.levels()
	qualified := p.qualify(levels)
	p.settle(levels, qualified, declared)
	if p.countFindings(qualified) == 0 && !p.report {
		p.fallBack(levels, qualified)
	}
	p.assign(qualified)
	p.chapters()
}

// fence marks the chapters that their headings put outside the findings, with everything in them.
func (p *planner) fence() {
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.parent >= 0 && p.nodes[n.parent].role == fenced {
			n.role = fenced
			continue
		}
		head := p.t.of(n.head)
		if p.t.lines[n.line].advice {
			n.role = fenced
			continue
		}
		if n.strong || n.labelled || n.kind.enumerates() || n.area && (n.depth > 0 || !strings.Contains(head, "整改")) {
			continue
		}
		r := fenceRole(head)
		if _, _, ok := chapterStatus(head); ok && r == fenced && hasPrefix(head, []string{"未", "尚未", "正在", "需", "持续", "长期"}) > 0 {
			r = problemPart
		}
		if _, _, ok := chapterStatus(head); ok && n.depth == 0 && r == undecided && !longer(head, 30) {
			r = problemPart
		}
		if r == problemPart && (n.depth > 0 || n.area && !strings.Contains(head, "问题")) {
			r = undecided
		}
		if r == fenced && (n.depth > 0 && (n.weak || !closes(head)) || n.weak && endsWeak(head)) {
			r = undecided
		}
		n.role = r
	}
}

// closes reports whether a heading below the top level still opens the outlook or the advice.
func closes(head string) bool {
	return hasPrefix(head, []string{"下一步", "下步", "今后", "意见建议", "整改建议", "审计建议", "巡察整改组织", "整改组织", "加强组织领导", "组织领导"}) > 0
}

func endsWeak(head string) bool {
	return weakEnd(head) && !strings.Contains(head, "成效")
}

// evidence counts what speaks for findings in the branch of a node, the node included.
func (p *planner) evidence() []int {
	count := make([]int, len(p.nodes))
	for i := len(p.nodes) - 1; i >= 0; i-- {
		n := &p.nodes[i]
		if !n.kind.enumerates() && !n.afterLabel {
			switch {
			case n.strong || n.labelled:
				count[i] += 4
			case n.weak && !n.action:
				count[i]++
			}
		}
		if n.parent >= 0 {
			count[n.parent] += count[i]
		}
	}
	return count
}

// unfence opens the one fenced chapter that holds what looks like findings where no other does: 一、巡察整改工作开展情况 may be the
// chapter of the findings too.
func (p *planner) unfence() {
	count := p.evidence()
	best := -1
	for i := range p.nodes {
		n := &p.nodes[i]
		switch {
		case n.depth != 0:
		case n.role != fenced && count[i] >= 4:
			return
		case n.role == fenced && count[i] >= 8 && (best < 0 || count[i] > count[best]):
			best = i
		}
	}
	if best < 0 {
		return
	}
	p.nodes[best].role = problemPart
	for i := best + 1; i < len(p.nodes) && p.nodes[i].depth > 0; i++ {
		p.nodes[i].role = undecided
	}
}

// fenceWithoutEvidence fences the chapters in which nothing looks like a finding, where others hold clear ones: an opening
// or closing chapter under a slogan. A chapter that says it holds problems is believed.
func (p *planner) fenceWithoutEvidence() {
	count := p.evidence()
	best, top := 0, 0
	for i := range p.nodes {
		if p.nodes[i].depth == 0 {
			top++
			if p.nodes[i].role != fenced {
				best = max(best, count[i])
			}
		}
	}
	if top < 2 || best < 4 {
		return
	}
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.parent >= 0 {
			if p.nodes[n.parent].role == fenced {
				n.role = fenced
			}
			continue
		}
		if n.role == undecided && count[i]*8 < best && !n.strong && !n.labelled && (len(n.children) > 0 || !n.weak) && count[i] < 4 {
			n.role = fenced
		}
	}
}

// countFindings counts the findings that a choice of levels gives.
func (p *planner) countFindings(ok map[uint64]bool) int {
	below, above := p.findingsBelow(ok), levelsAbove(ok)
	n := 0
	for i := range p.nodes {
		if p.isFinding(i, ok, above, below) {
			n++
		}
	}
	return n
}

// findingsBelow says for each node whether a node of a chosen level lies below it.
func (p *planner) findingsBelow(ok map[uint64]bool) []bool {
	below := make([]bool, len(p.nodes))
	for i := len(p.nodes) - 1; i >= 0; i-- {
		n := &p.nodes[i]
		if n.parent >= 0 && (below[i] || n.role != fenced && n.role != problemPart && ok[n.level] && p.plausible(n)) {
			below[n.parent] = true
		}
	}
	return below
}

// plausible keeps single items of a level of findings out that clearly are none.
func (p *planner) plausible(n *node) bool {
	if n.strong || n.labelled {
		return true
	}
	return !n.action && !n.area && n.head.Len() > 0
}

// isFinding reports whether node i is a finding: it is of a chosen level, or a heading above one that has none below it.
func (p *planner) isFinding(i int, ok, above map[uint64]bool, below []bool) bool {
	n := &p.nodes[i]
	if n.role == fenced || n.role == problemPart || below[i] || n.afterLabel || !p.plausible(n) {
		return false
	}
	if ok[n.level] {
		return true
	}
	return (n.strong || n.labelled || n.weak) && above[n.level] && !n.kind.enumerates()
}

// levelsAbove returns the levels that lie above a chosen one.
func levelsAbove(ok map[uint64]bool) map[uint64]bool {
	above := make(map[uint64]bool)
	for sig, chosen := range ok {
		for t := sig >> 4; chosen && t != 0 && !above[t]; t >>= 4 {
			above[t] = true
		}
	}
	return above
}

// assign writes the roles down.
func (p *planner) assign(ok map[uint64]bool) {
	below, above := p.findingsBelow(ok), levelsAbove(ok)
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.role == fenced || n.role == problemPart {
			continue
		}
		switch {
		case n.parent >= 0 && (p.nodes[n.parent].role == finding || p.nodes[n.parent].role == part):
			n.role = part
		case p.isFinding(i, ok, above, below):
			n.role = finding
		case below[i]:
			n.role = group
		}
	}
}

// chapters takes the only top-level item with findings out of their paths where it names neither an area nor a problem:
// 二、坚持挂图作战，推动整改见效.
func (p *planner) chapters() {
	if p.audit && p.byDepartment() {
		return
	}
	only, others := -1, 0
	for i := range p.nodes {
		if p.nodes[i].depth != 0 {
			continue
		}
		switch p.nodes[i].role {
		case group, problemPart:
			if !p.holdsFindings(i) {
				others++
				continue
			}
			if only >= 0 {
				return
			}
			only = i
		case finding:
			return
		default:
			others++
		}
	}
	if only < 0 || others == 0 {
		return
	}
	if n := &p.nodes[only]; !n.area && !n.strong && !(n.weak && !strings.Contains(p.t.of(n.head), "问题")) {
		n.role = problemPart
	}
}

// holdsFindings reports whether a finding lies below node i.
func (p *planner) holdsFindings(i int) bool {
	for j := i + 1; j < len(p.nodes) && p.nodes[j].depth > p.nodes[i].depth; j++ {
		if p.nodes[j].role == finding {
			return true
		}
	}
	return false
}

// byDepartment makes aspects of the chapters of an audit report that hold findings, where there are several: 一、财政部门…问题
// 的整改情况. A chapter that gives a status or tells the kind of rectification stays one.
func (p *planner) byDepartment() bool {
	var holding []int
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.role == finding {
			top := i
			for p.nodes[top].parent >= 0 {
				top = p.nodes[top].parent
			}
			if p.nodes[top].role == problemPart && (len(holding) == 0 || holding[len(holding)-1] != top) {
				holding = append(holding, top)
			}
		}
	}
	if len(holding) < 2 {
		return false
	}
	for _, i := range holding {
		if _, _, ok := chapterStatus(p.t.of(p.nodes[i].head)); !ok {
			p.nodes[i].role = group
		}
	}
	return true
}
