package parse

import (
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// problemLead matches the words that a list of problems follows in running text: 主要是：, 发现的主要问题是：, 存在四类主要问题：.
var problemLead = pattern.MustCompile(`(?:(?:主要|突出)?(?:问题|不足)(?:主要)?(?:是|有|如下|表现在|体现在|表现为|包括)?|主要(?:是|有|表现在|体现在|表现为)|(?:共性|突出)问题)[：:]` +
	`|(?:主要问题|问题主要|不足主要)(?:是|有|表现在|体现在)` +
	`|(?:巡察|检查|也|还|中|巡察组)发现[：:]` +
	`|(?:一些|不少|以下|如下)(?:突出|主要|共性)?(?:问题|不足)(?:和(?:问题|不足))?[，,](?:主要(?:是|有|表现在|体现在)[：:]?)?`)

// foundLead matches the words before problems that are named inside a sentence: 存在A、B等问题.
var foundLead = pattern.MustCompile(`(?:巡察|检查|反馈|审计|同时|此外|还|“回头看”)?(?:发现|指出|认为)|存在|方面`)

// region is a stretch of running text that lists problems.
type region struct {
	span corpus.Span
	unit string
	list bool        // a lead stands before it; else problems are named inside its sentences
	area corpus.Span // the heading that names the area, where it stands on a line of its own
}

// collectProse reads the findings of a text without an outline of findings: a feedback announcement.
func (r *reader) collectProse() {
	for _, reg := range r.regions() {
		for _, it := range r.t.readRegion(reg) {
			if len(it.path) == 0 && reg.area.Len() > 0 {
				it.path = []corpus.Span{reg.area}
			}
			if !namesUnit(string(r.doc.Unit)) && reg.unit == "" && isGeneric(r.t.of(it.statement)) {
				continue
			}
			it.unit, it.node = reg.unit, -1
			r.items = append(r.items, it)
		}
	}
	if len(r.items) == 0 && r.doc.DocType == corpus.Feedback {
		r.collectListings()
	}
	r.settleUnits()
}

// isGeneric reports whether a sentence speaks of some of many units: 有的…. Where no unit is named it can be put down to
// none.
func isGeneric(s string) bool {
	return hasPrefix(s, []string{"有的", "部分", "少数", "个别", "一些"}) > 0
}

// namesUnit reports whether a unit is one, and not 被巡察单位 or 各部门单位.
func namesUnit(unit string) bool {
	return unit != "" && !hasAny(unit, []string{"被巡察", "被巡视", "各单位", "部门单位"})
}

// regions finds where the text lists problems.
func (r *reader) regions() []region {
	var list []region
	unit := ""
	fencedLine := r.fencedLines()
	pending := false
	var area corpus.Span
	runIns := r.runInUnits()
	for i := range r.t.lines {
		l := &r.t.lines[i]
		if l.cell || l.tail || fencedLine[i] || l.label == adviceLabel {
			pending, area = false, corpus.Span{}
			continue
		}
		body := l.bodyOf()
		s := r.t.of(body)
		if isAreaHeading(s) && i+1 < len(r.t.lines) && r.t.lines[i+1].mark.kind == noMark && tellsWrong(r.t.of(r.t.lines[i+1].span)) {
			area, pending = trimStatement(r.t.all, body), true
			continue
		}
		if u := unitIn(s); u != "" && i > 0 {
			unit, pending = u, true
			continue
		}
		if u := addressee(s); u != "" && i > 0 {
			unit, pending = u, true
			continue
		}
		if l.mark.kind == question && l.mark.number == 0 {
			list = append(list, region{span: corpus.Span{Start: body.Start, End: r.continued(i, body.End)}, unit: unit, list: true})
			pending = false
			continue
		}
		reg, next := r.leadIn(body, &unit)
		if u := runIns[i]; u != "" && reg.span.Len() == 0 {
			unit, next = u, false
			reg = region{span: r.t.untilFence(corpus.Span{Start: r.runIn(body), End: body.End}), list: true}
		}
		if reg.span.Len() == 0 && !next && areaLine(s) {
			reg = region{span: r.t.untilFence(body), list: true}
		}
		if reg.span.Len() == 0 && pending && s != "" && !next {
			if at := r.runIn(body); at > 0 {
				body.Start = at
			}
			list := r.t.untilFence(body)
			reg = region{span: list, list: area.Len() > 0 || strings.ContainsAny(s, "；;") || r.t.listsProblems(list) || enumeration(scanPoints(r.t.all, []corpus.Span{body}, r.t.automatic)) != nil}
		}
		if reg.span.Len() > 0 && reg.span.End == body.End {
			reg.span.End = r.continued(i, body.End)
		}
		if reg.span.Len() > 0 {
			reg.unit, reg.area = unit, area
			list = append(list, reg)
		} else {
			area = corpus.Span{}
		}
		pending = next || area.Len() > 0
	}
	return list
}

// tellsWrong reports whether a paragraph says what is wrong, or with whom.
func tellsWrong(s string) bool { return saysWrong(s) || isGeneric(s) }

// continued returns the end of a list of problems that line i ends in the middle of: its last mark is no full stop, and the next line
// goes on without a number.
func (r *reader) continued(i, end int) int {
	for ; i+1 < len(r.t.lines); i++ {
		last, _ := decodeLast(r.t.all[:end])
		next := &r.t.lines[i+1]
		if last != '；' && last != ';' && last != '，' && last != '、' || next.mark.kind != noMark || next.label != noLabel || next.cell || next.tail ||
			isAreaHeading(r.t.of(next.span)) || endsList(r.t.of(next.span)) {
			break
		}
		end = r.t.untilFence(next.span).End
		if end < next.span.End {
			break
		}
	}
	return end
}

// isAreaHeading reports whether a line is a heading that names an area: （一）在贯彻教育方针方面.
func isAreaHeading(s string) bool {
	_, end, ok := findArea(s)
	return ok && trimmed(s[end:]) == "" && !longer(s, 40)
}

// runInUnits returns by line the units that open their lines (甲局：学习不深入；…), where at least two do.
func (r *reader) runInUnits() map[int]string {
	units := make(map[int]string)
	for i := range r.t.lines {
		l := &r.t.lines[i]
		if l.cell || l.tail || l.label != noLabel || l.mark.kind.enumerates() {
			continue
		}
		body := l.bodyOf()
		if at := r.runIn(body); at > 0 && at < body.End && saysWrong(r.t.all[at:body.End]) {
			units[i] = unitIn(r.t.all[body.Start:at])
		}
	}
	if len(units) < 2 {
		return nil
	}
	return units
}

// runIn returns where the text behind 甲局： begins, 0 where no unit opens the line.
func (r *reader) runIn(body corpus.Span) int {
	s := r.t.of(body)
	i := strings.IndexAny(s, "：:")
	if i < 0 || unitIn(s[:i]) == "" {
		return 0
	}
	_, w := decodeRune(s[i:])
	return body.Start + i + w
}

// leadIn looks for a lead in one line. next says that the line is nothing but a lead, so that the list is in the next one.
func (r *reader) leadIn(body corpus.Span, unit *string) (reg region, next bool) {
	s := r.t.of(body)
	if !hasAny(s, []string{"问题", "主要", "不足", "发现：", "发现:"}) && !furtherFound(s) {
		return region{}, isProblemHeading(s)
	}
	if at := lastLead(s); at != nil {
		before := s[:at[0]]
		if u := leadUnit(before); u != "" {
			*unit = u
		}
		if !watchList(lastClause(before)) {
			rest := trimSpan(r.t.all, corpus.Span{Start: body.Start + at[1], End: body.End})
			if rest.Len() == 0 {
				return region{}, true
			}
			return region{span: r.t.untilFence(rest), list: true}, false
		}
	}
	if isProblemHeading(s) {
		if u := leadUnit(s); u != "" {
			*unit = u
		}
		return region{}, true
	}
	if reg := r.inSentence(body); reg.span.Len() > 0 {
		return reg, false
	}
	last := trimRight(r.t.of(lastSentence(r.t.all, body)), closing)
	return region{}, spokenLead.MatchString(last) && !strings.Contains(last, "等") && !watchList(last)
}

// spokenLead matches the end of a sentence that says that problems were named, which then follow on the next line.
var spokenLead = pattern.MustCompile(`(?:指出|点出|通报|反馈|列出|提出|查摆|揭示|归纳|梳理)(?:了|出)?[^，。；：]{0,16}(?:问题|不足)(?:和不足|如下)?$`)

// listsProblems reports whether a paragraph without marks is a list of problems: several sentences, of which none says
// something else and a third say outright what is wrong.
func (t *text) listsProblems(s corpus.Span) bool {
	parts := t.split(s, "。；;")
	if len(parts) < 2 {
		return false
	}
	weak := 0
	for _, p := range parts {
		words := t.of(p)
		if endsList(words) || startsSpeech(words) || isAction(trimmed(words)) {
			return false
		}
		weak += count(isWeak(words))
	}
	return weak*3 >= len(parts)
}

func trimmed(s string) string { return trimRight(s, closing) }

// startsSpeech reports whether a sentence says who spoke or met, not what is wrong.
func startsSpeech(s string) bool {
	return hasPrefix(s, []string{"会议强调", "会议要求", "会议指出", "会议由", "会议认为", "会议召开", "会议听取", "会上", "反馈会", "巡察组", "巡视组", "市委", "县委", "区委", "省委", "巡察办", "出席", "参加", "据悉", "下一步", "同时，巡察组", "目前，", "现将"}) > 0
}

// lastLead returns where the lead before a list of problems stands. Two may follow each other: 存在一些问题，需要重视。主要是：.
func lastLead(s string) []int {
	at := problemLead.FindStringIndex(s)
	for at != nil {
		next := problemLead.FindStringIndex(s[at[1]:])
		if next == nil {
			break
		}
		between := s[at[1] : at[1]+next[0]]
		if longer(between, 20) || isWeak(between) || strings.ContainsAny(between, "；;、") {
			break
		}
		at = []int{at[1] + next[0], at[1] + next[1]}
	}
	return at
}

// watchList reports whether the words before a list say what the inspectors will look for, or what is to be done,
// instead of what they found.
func watchList(s string) bool {
	return (isScope(s) || hasAny(s, []string{"聚焦", "意见", "建议", "整改"})) && !strings.Contains(s, "巡察发现")
}

// isScope reports whether a sentence says what the inspectors will look for.
func isScope(s string) bool {
	return hasAny(s, []string{"着力发现", "重点发现", "重点检查", "重点查找", "着力查找", "监督检查", "重点了解", "受理"})
}

// isCount reports whether a phrase only counts problems: 三个方面25个问题.
func isCount(s string) bool {
	return hasAny(s, []string{"个方面", "个问题", "条问题", "项问题", "类问题", "大方面", "还存在差距", "存在一定差距", "反馈"})
}

// lastMarks end what stands before the last clause.
var lastMarks = newRuneSet("。；")

func lastClause(s string) string {
	if i := lastMarks.last(s); i >= 0 {
		return s[i:]
	}
	return s
}

var addressed = pattern.MustCompile(`^[^，。；：]{0,24}组(?:向|对)([^，。；：]{3,25}?)(?:进行)?(?:反馈|通报)(?:了)?(?:巡察)?(?:情况|意见)?$`)

// addressee reads the unit in a heading that says to whom something was fed back: 县委第一巡察组向县林业局党组反馈.
func addressee(s string) string {
	s = trimmed(s)
	if len(s) > 4*45 || !strings.Contains(s, "反馈") && !strings.Contains(s, "通报") || longer(s, 45) {
		return ""
	}
	if at := addressed.FindStringSubmatch(s); at != nil {
		return unitIn(at[1])
	}
	return ""
}

// leadUnit reads the unit in 县商务局党组存在的主要问题：.
func leadUnit(s string) string {
	s = lastClause(s)
	s = strings.TrimLeft(s, "。；")
	for _, cut := range []string{"存在", "发现", "的", "方面", "主要", "：", ":"} {
		if i := strings.Index(s, cut); i >= 0 {
			s = s[:i]
		}
	}
	return unitIn(s)
}

// isProblemHeading reports whether a line is a heading over a list of problems.
func isProblemHeading(s string) bool {
	s = trimRight(s, closing)
	return len(s) <= 4*30 && !longer(s, 30) && (strings.HasSuffix(s, "问题") || strings.HasSuffix(s, "不足") || strings.HasSuffix(s, "问题如下")) && hasAny(s, []string{"存在", "发现", "主要问题", "反馈问题", "突出问题"}) && !watchList(s)
}

// inSentence returns the sentences of a line that name problems inside: …存在A、B等问题.
func (r *reader) inSentence(body corpus.Span) region {
	var found corpus.Span
	for at := body.Start; at < body.End; {
		stop := sentenceEnd(r.t.all, at, body.End)
		s := r.t.all[at:stop]
		named := hasAny(s, []string{"问题", "现象"}) || furtherFound(s) || strings.Contains(s, "、") && (found.Len() > 0 && goesOnFinding(firstClause(s)) || strings.Contains(s, "，存在"))
		if named && hasAny(s, []string{"存在", "发现"}) && !isScope(firstRunes(s, 40)) && !endsList(s) && isWeak(s) {
			if found.Len() == 0 {
				found.Start = at
			}
			found.End = stop
		} else if found.Len() > 0 {
			break
		}
		at = stop
	}
	return region{span: found}
}

// furtherFound reports whether a sentence goes on with what was found besides: 此外，巡察还发现甲、乙.
func furtherFound(s string) bool {
	first := trimmed(firstClause(s))
	return first != "" && len(first) < len(trimmed(s)) && goesOnFinding(first) && strings.Contains(s, "发现") && weakEnd(s)
}

func firstClause(s string) string {
	if i := strings.IndexAny(s, "，,"); i >= 0 {
		return s[:i]
	}
	return s
}

// fencedLines says which lines stand in a fenced chapter.
func (r *reader) fencedLines() []bool {
	in := make([]bool, len(r.t.lines))
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.role == fenced && (n.parent < 0 || r.nodes[n.parent].role != fenced) {
			for j := n.line; j < n.end; j++ {
				in[j] = true
			}
		}
	}
	return in
}

// untilFence cuts a list of problems at the sentence with which something else begins: advice, clues, promises.
func (t *text) untilFence(s corpus.Span) corpus.Span {
	for at := s.Start; at < s.End; {
		stop := sentenceEnd(t.all, at, s.End)
		if endsList(t.all[at:stop]) {
			return trimSpan(t.all, corpus.Span{Start: s.Start, End: at})
		}
		at = stop
	}
	return trimSpan(t.all, s)
}

// endsList reports whether a sentence says something else than a problem, behind a list of problems.
func endsList(s string) bool {
	head := firstRunes(trimLeft(s, blank), 40)
	if hasPrefix(head, []string{"建议：", "建议:", "针对上述", "针对以上", "针对存在", "针对这些", "针对巡察", "对此", "下一步", "会议强调", "会议要求", "以上问题", "对以上", "对上述"}) > 0 {
		return true
	}
	if strings.Contains(head, "线索") {
		return true
	}
	lead := head
	if i := strings.IndexAny(lead, "；;："); i >= 0 {
		lead = lead[:i]
	}
	for _, measure := range []string{"对照要求", "上级要求", "部署要求", "有关要求", "标准要求", "新要求"} {
		lead = strings.ReplaceAll(lead, measure, "") // what the work is measured by, and no demand
	}
	return hasAny(lead, []string{"提出", "要求", "强调", "表态", "表示", "希望", "指出，要", "作了", "建议"}) && !weakEnd(lead)
}

// settleUnits forgets the units of a page that reports on one only.
func (r *reader) settleUnits() {
	units := make(map[string]bool)
	for _, it := range r.items {
		units[it.unit] = true
	}
	if len(units) > 1 && !units[""] || len(units) > 2 {
		return
	}
	for i := range r.items {
		r.items[i].unit = ""
	}
}
