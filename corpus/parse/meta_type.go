package parse

import (
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// The words of titles and introductions that tell the kind of document. Titles and texts are folded, so 巡查 is 巡察.
var (
	inspection = pattern.MustCompile(`巡[察视]`)
	// alike matches titles of texts that speak of inspection or rectification and are no inspection documents: they open
	// an inspection, report to the inspectors, examine oneself, teach or tell a story.
	alike = pattern.MustCompile(`动员|进驻|启动|部署会|推进会|培训|巡[察视](?:进驻)?公告|将对|民主生活会|对照检查|剖析|讲话|发言|致辞|范文|模板|样本|心得|体会|征文|清单|` +
		`工作汇报|汇报工作|情况汇报|自查|自评|生态环境保护督[察查]|环保督[察查]|督[察查]反馈|专项检查|工作方案|实施方案|工作要点|工作总结|小说|故事`)
	// alikeNames match what in the names of units reads like a word of such titles.
	alikeNames = pattern.MustCompile(`国防动员|动员(?:办|中心|委员会)|培训\p{Han}{0,6}(?:学校|中心|学院|基地|院|站|公司)|(?:教师|干部|党员|农民|技能)培训|督[察查](?:室|局|支队|大队)|故事(?:会|学会)|清单(?:管理)?公司|督[察查]办`)
	// ownReport matches the title of an account of a rectification, which is also called 汇报.
	ownReport = pattern.MustCompile(`(?:反馈|巡[察视]).*整改.*情况的?汇报$`)
	// planSigns stand in a plan of rectification that names the findings and who answers for them.
	planSigns = pattern.MustCompile(`牵头(?:单位|领导|科室|处室|部门|人)|责任(?:单位|领导|科室|处室|股室|部门|部室|人)|配合单位|整改措施:|(?:整改|完成)时限`)
	// planTitle matches the title of a plan.
	planTitle   = pattern.MustCompile(`方案|任务|分工|清单|计划`)
	noticeTitle = pattern.MustCompile(`整改`)
	// tellsOfWork matches what the title of a notice calls itself, or what it is of: others speak of rectification in general.
	tellsOfWork = pattern.MustCompile(`情况|进展|通报|公告|公示|公开|报告|汇报|台账|台帐|方案|计划|安排|表|清单|反馈|结果|落实|意见|函|事项|整改$`)
	// outcome stands in the title of an announcement of what an inspection came to.
	outcome       = pattern.MustCompile(`情况|反馈|整改|结果|发现|问题|完成`)
	feedbackTitle = pattern.MustCompile(`反馈|巡[察视](?:工作)?情况(?:的)?(?:通报|公告)|通报巡[察视]情况`)
	reportTitle   = pattern.MustCompile(`巡[察视].*报告`)
	auditTitle    = pattern.MustCompile(`审计.*(?:整改|查出|结果|问题|报告|公告|函)|预算执行.*审计`)

	// accountOfWork matches a label or a chapter of an account of what was done.
	accountOfWork = pattern.MustCompile(`(?m)^(?:整改(?:完成)?(?:情况|结果|状态|成效):|[一二三四五六七八九十]{1,2}、[^。\n]{0,30}整改(?:情况|落实|进展|完成|任务))`)
	// essay matches what texts about inspections in general say of themselves.
	essay         = pattern.MustCompile(`本文|揭秘|支持细节`)
	groupWord     = pattern.MustCompile(`巡[察视](?:第?` + numeral + `)?组`)
	introNotice   = pattern.MustCompile(`整改[^。]{0,20}(?:情况|进展|结果|工作)[^。]{0,20}(?:公布|公开|公告|通报|公示|报告|汇报|如下)|(?:公布|公开|通报)[^。]{0,10}整改|针对[^。,;]{0,14}反馈[^。,;]{0,20}问题[^。]{0,12}(?:制定|提出|采取)[^。,;]{0,10}措施`)
	introReport   = pattern.MustCompile(`(?:将|把)[^。]{0,12}巡[察视](?:工作)?(?:的)?情况报告如下`)
	introFeedback = pattern.MustCompile(`(?:向|与)[^。;]{2,80}反馈|反馈(?:大)?会|反馈了|反馈指出|巡[察视](?:组)?(?:发现|指出|认为)|巡[察视]情况反馈如下`)
	introOpening  = pattern.MustCompile(`将(?:于|对)|动员(?:部署)?会|受理(?:群众)?(?:信访|来信|来电|反映)|进驻(?:动员|见面|工作)|巡[察视]进驻|完成进驻|全部进驻|值班电话`)
	introAudit    = pattern.MustCompile(`审计(?:署|厅|局|组|办)?[^。]{0,80}(?:审计|整改)|对[^。]{2,60}进行了?[^。]{0,10}审计`)
	auditContent  = pattern.MustCompile(`整改|审计发现|查出|审计评价|审计建议`)
)

// readType decides what kind of document it is, by the title first and by the introduction where the title leaves it open.
// What speaks of inspections without being the outcome of one is OtherDocument with a warning.
func (m *metadata) readType() {
	intro := m.head.text[m.parts.intro.Start:m.parts.intro.End]
	kind, rule := typeByTitle(m.title.text, intro, m.head.text)
	from := titleSpan(m)
	if kind == "" {
		kind, rule = typeByIntro(m.title.text, intro)
		if kind == corpus.Feedback && !strings.Contains(m.title.text, "反馈") && accountOfWork.MatchString(m.head.text) {
			kind, rule = corpus.RectificationNotice, "account of rectification in text"
		}
		from = corpus.Span{Start: m.parts.intro.Start, End: min(m.parts.intro.End, m.parts.intro.Start+1)}
	}
	if kind == "" {
		kind, rule = corpus.OtherDocument, "no sign of an inspection"
	}
	m.doc.DocType = kind
	if kind != corpus.OtherDocument {
		if from.Len() > 0 {
			m.note("doc_type", m.head, from.Start, from.End, rule, corpus.Stated)
		} else {
			m.doc.Provenance["doc_type"] = corpus.Provenance{Text: string(m.doc.Title), Rule: rule, Confidence: corpus.Stated}
		}
		return
	}
	head := m.title.text + "\n" + m.head.text[:min(len(m.head.text), introBytes)]
	if inspection.MatchString(head) || alike.MatchString(m.title.text) || strings.Contains(head, "整改") || strings.Contains(head, "审计") {
		m.doc.Warnings = append(m.doc.Warnings, corpus.Warning{
			Code: corpus.LookAlike, Text: string(m.doc.Title),
			Message: "文中提到巡视巡察或整改，但不是巡视巡察报告、反馈、整改通报或审计整改报告，未从中提取问题",
		})
	}
}

func titleSpan(m *metadata) corpus.Span {
	return corpus.Span{Start: m.title.start, End: m.title.end}
}

// typeByTitle returns "" where the title does not decide.
func typeByTitle(title, intro, text string) (corpus.DocType, string) {
	if title == "" {
		return "", ""
	}
	inspected := inspection.MatchString(title)
	switch {
	case inspected && ownReport.MatchString(title):
		return corpus.RectificationNotice, "rectification in title"
	case (strings.Contains(title, "整改") || inspected && strings.Contains(title, "反馈")) && planTitle.MatchString(title) && planSigns.MatchString(text):
		return corpus.RectificationNotice, "plan of rectification"
	case announces.MatchString(title) && !outcome.MatchString(title):
		return corpus.OtherDocument, "an inspection is announced"
	case alike.MatchString(alikeNames.ReplaceAllString(title, "")), strings.Contains(title, "方案"):
		return corpus.OtherDocument, "title of another kind"
	case !inspected && auditTitle.MatchString(title):
		return corpus.AuditRectification, "audit in title"
	case noticeTitle.MatchString(title) && tellsOfWork.MatchString(title) && (inspected || inspection.MatchString(intro)):
		return corpus.RectificationNotice, "rectification in title"
	case feedbackTitle.MatchString(title) && (inspected || inspection.MatchString(intro)):
		return corpus.Feedback, "feedback in title"
	case inspected && reportTitle.MatchString(title):
		return corpus.InspectionReport, "report in title"
	}
	return "", ""
}

// typeByIntro decides by the introduction. An announcement that an inspection begins is none.
func typeByIntro(title, intro string) (corpus.DocType, string) {
	inspected := inspection.MatchString(intro)
	switch {
	case essay.MatchString(intro):
		return corpus.OtherDocument, "an essay"
	case inspected && introReport.MatchString(intro):
		return corpus.InspectionReport, "report in introduction"
	case inspected && introNotice.MatchString(intro):
		return corpus.RectificationNotice, "rectification in introduction"
	case inspected && introOpening.MatchString(intro) && !strings.Contains(intro, "反馈"):
		return corpus.OtherDocument, "an inspection begins"
	case inspected && inspectsUnit.MatchString(intro) && strings.Contains(intro, "整改") && !strings.Contains(title, "反馈"):
		return corpus.RectificationNotice, "rectification in introduction"
	case inspected && introFeedback.MatchString(intro):
		return corpus.Feedback, "feedback in introduction"
	case inspected && inspectsUnit.MatchString(intro) && groupWord.MatchString(intro):
		return corpus.Feedback, "inspection in introduction"
	case !inspected && introAudit.MatchString(intro) && auditContent.MatchString(intro):
		return corpus.AuditRectification, "audit in introduction"
	}
	return "", ""
}

// inspectsUnit matches the statement that someone was inspected.
var inspectsUnit = pattern.MustCompile(`对[^。;]{2,80}(?:开展|进行|实施)了?[^。;]{0,30}巡[察视]|巡[察视]组[^。;]{0,40}对[^。;]{2,60}(?:开展|进行)`)
