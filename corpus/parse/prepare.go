package parse

import (
	"slices"
	"strings"
)

// prepare marks lines that no number tells: the end of the text proper, units on a line of their own, and headings that
// only the label below them gives away.
func (r *reader) prepare() {
	if !r.isReport() {
		r.cutRunIns()
	}
	for i := range r.t.lines {
		if r.t.lines[i].label == statusLabel {
			r.labelsUsed = true
			break
		}
	}
	if !r.isReport() {
		r.promoteEnumerated()
	}
	r.numberBullets()
	r.markBare()
	r.markWrapped()
	r.markUnits()
	r.markAspects()
	r.markBullets()
	r.markTails()
	r.markAdvice()
	r.markHeadings()
}

// promoteEnumerated reads ① and 一是 as the numbers of problems, where most lines that begin so call themselves one or carry a label of a
// finding right below: elsewhere they number measures.
func (r *reader) promoteEnumerated() {
	lines := r.t.lines
	var used [markKinds]bool
	var all, posed [markKinds]int
	for i := range lines {
		k := lines[i].mark.kind
		used[k] = true
		if k.enumerates() && !lines[i].cell {
			all[k]++
			posed[k] += count(r.posesProblem(i))
		}
	}
	free := []markKind{letter, rightParen, decimal3}
	for k := range markKinds {
		if all[k] < 2 || posed[k]*3 < all[k]*2 {
			continue
		}
		for _, to := range free {
			if used[to] {
				continue
			}
			used[to] = true
			for i := range lines {
				if lines[i].mark.kind == k {
					lines[i].mark.kind = to
				}
			}
			break
		}
	}
}

// posesProblem reports whether line i names a problem in so many words, or a label of a finding follows it directly.
func (r *reader) posesProblem(i int) bool {
	l := &r.t.lines[i]
	if i+1 < len(r.t.lines) {
		if next := &r.t.lines[i+1]; next.label.ofFinding() && next.mark.kind == noMark && !isAction(r.t.of(l.bodyOf())) {
			return true
		}
	}
	w, ok := r.t.wrapperOf(l)
	return ok && w.outer.Start == l.body && w.rest < l.span.End
}

// numberBullets numbers the items of lists without numbers, each list for itself, as if the format had numbered them.
func (r *reader) numberBullets() {
	n := 0
	for i := range r.t.lines {
		l := &r.t.lines[i]
		if !l.bullet || l.mark.kind != noMark || l.label != noLabel || l.cell {
			n = 0
			continue
		}
		n++
		r.t.automatic[l.span.Start] = mark{kind: bullet, number: n}
	}
}

// markBullets makes items of the bullets of a report where most of them say what is wrong.
func (r *reader) markBullets() {
	if !r.isReport() {
		return
	}
	var list []int
	weak := 0
	for i := range r.t.lines {
		if l := &r.t.lines[i]; l.bullet && l.mark.kind == noMark && l.label == noLabel && !l.cell {
			list = append(list, i)
			head := r.t.of(headOf(r.t.all, l.bodyOf()))
			weak += count(saysWrong(head) && !endsList(head))
		}
	}
	if len(list) < 2 || weak*2 < len(list) {
		return
	}
	for _, i := range list {
		r.t.lines[i].mark = r.t.automatic[r.t.lines[i].span.Start]
	}
}

// markBare gives unnumbered findings away by the label below them, where a document has no numbered ones: numbers that
// the format computes are lost in plain copies.
func (r *reader) markBare() {
	lines := r.t.lines
	bare, marked := 0, 0
	headed := r.headedLines()
	opens := func(i int) bool {
		l := &lines[i]
		if i > 0 && lines[i-1].label == otherLabel || headed[i] || lines[min(i+1, len(lines)-1)].label == statusLabel && isAction(r.t.of(l.span)) {
			return false // the heading above is the finding, or the line is what was done about it
		}
		if i+1 >= len(lines) || l.cell || l.label != noLabel || !lines[i+1].label.ofFinding() || lines[i+1].cell {
			return false
		}
		// A label behind the text of another label continues the same finding.
		if i > 0 && lines[i-1].label == lines[i+1].label && lines[i+1].label != accountLabel {
			return false
		}
		return !longer(r.t.of(l.span), 80)
	}
	for i := range lines {
		if opens(i) {
			if lines[i].mark.kind == noMark {
				bare++
			} else {
				marked++
			}
		}
	}
	if bare < 2 || marked*2 > bare {
		return
	}
	for i := range lines {
		if lines[i].mark.kind == noMark && opens(i) {
			lines[i].mark = mark{kind: question, problem: true}
			lines[i].body += posed(r.t.of(lines[i].bodyOf()))
		}
	}
}

// posed returns the length of the words before an unnumbered problem that say who states it: 审计指出：, 【问题】.
func posed(s string) int {
	for _, w := range []string{"审计指出", "巡察指出", "巡视指出", "反馈指出", "审计发现", "巡察发现", "巡察反馈", "巡视反馈", "反馈意见", "指出", "【问题", "【反馈问题", "【存在问题", "[问题", "［问题"} {
		rest, ok := strings.CutPrefix(s, w)
		if r, size := decodeRune(rest); ok && (r == '：' || r == ':' || r == '】' || r == ']' || r == '］') {
			n := len(w) + size
			return n + len(s[n:]) - len(trimLeft(s[n:], closing))
		}
	}
	return 0
}

// headedLines says which lines stand below a heading of the format, of the second level or deeper, that says what is wrong.
func (r *reader) headedLines() []bool {
	headed := make([]bool, len(r.t.lines))
	below := false
	for i := range r.t.lines {
		if l := &r.t.lines[i]; l.level > 0 {
			below = l.level > 1 && saysWrong(r.t.of(l.span))
		} else {
			headed[i] = below
		}
	}
	return headed
}

// markWrapped makes items of unnumbered paragraphs that begin with 针对…问题, where the document numbers none of these.
func (r *reader) markWrapped() {
	if r.isReport() {
		return
	}
	var bare []int
	numbered := 0
	for i := range r.t.lines {
		l := &r.t.lines[i]
		if l.cell || l.label != noLabel || hasPrefix(r.t.all[l.body:l.span.End], wrapperLeads[:3]) == 0 {
			continue
		}
		w, ok := r.t.wrapperOf(l)
		if !ok || isArea(r.t.of(w.outer)) {
			continue
		}
		if l.mark.kind != noMark {
			numbered++
		} else if w.rest < l.span.End || i+1 < len(r.t.lines) && r.t.lines[i+1].label.ofFinding() {
			bare = append(bare, i)
		}
	}
	if len(bare) < 2 || numbered*2 > len(bare) {
		return
	}
	for _, i := range bare {
		r.t.lines[i].mark = mark{kind: question, problem: true}
	}
}

// markUnits makes items of lines that name a unit and nothing else, where findings follow.
func (r *reader) markUnits() {
	lines := r.t.lines
	for i := range lines {
		l := &lines[i]
		if l.mark.kind != noMark || l.label != noLabel || l.cell || i+1 >= len(lines) {
			continue
		}
		next := lines[i+1].mark
		if (next.kind == question || lines[i+1].bullet && r.isReport()) && (unitIn(r.t.of(l.span)) != "" || addressee(r.t.of(l.span)) != "") {
			l.mark = mark{kind: heading, number: 9}
		}
	}
}

// aspectLevel is the heading level of an aspect without a number: it lies inside a chapter.
const aspectLevel = 8

// markAspects makes items of unnumbered lines that head groups of findings, where there are at least two: 党的建设方面, with
// numbered items or findings below.
func (r *reader) markAspects() {
	var aspects []int
	for i := range r.t.lines {
		if r.headsGroup(i) {
			aspects = append(aspects, i)
		}
	}
	if len(aspects) < 2 {
		return
	}
	for _, i := range aspects {
		r.t.lines[i].mark = mark{kind: heading, number: aspectLevel}
	}
}

func (r *reader) headsGroup(i int) bool {
	lines := r.t.lines
	l := &lines[i]
	if i == 0 || i+1 >= len(lines) || l.mark.kind != noMark || l.label != noLabel || l.cell || l.level > 0 || len(l.bodyOf().Of(r.t.all)) > 4*40 {
		return false
	}
	s, next := r.t.of(l.bodyOf()), lines[i+1].mark
	if next.kind == noMark || next.number > 1 && next.kind != question || longer(s, 40) || aspectStops.index(trimmed(s)) >= 0 {
		return false
	}
	return isArea(s) || next.kind == question && next.number > 0 && trimmed(s) == s && !longer(s, 25) && !strings.Contains(s, "问题")
}

// aspectStops stand in sentences, not in headings without a number.
var aspectStops = newRuneSet("。；：:;！？")

// adviceLevel is the heading level of a line that introduces advice: it closes every numbered list above it.
const adviceLevel = 1

// markAdvice makes a heading of the line that introduces the advice of a report, so that the list below it is fenced: 巡察组提出
// 如下整改意见：, 反馈强调，要做到：, 整改建议.
func (r *reader) markAdvice() {
	if !r.isReport() {
		return
	}
	for i := range r.t.lines {
		l := &r.t.lines[i]
		s := r.t.of(l.span)
		if l.mark.kind != noMark || l.cell || l.tail || longer(s, 60) {
			continue
		}
		end := trimRight(s, closing)
		opens := strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":") || strings.HasSuffix(end, "如下")
		named := hasAny(end, []string{"整改意见", "整改建议", "意见建议", "整改要求", "工作建议", "意见和建议"}) && hasAny(end, []string{"提出", "如下", "以下"})
		if l.label == adviceLabel && l.body == l.span.End || l.label == noLabel && opens && (named || endsList(s)) {
			l.mark = mark{kind: heading, number: adviceLevel}
			l.label, l.advice = noLabel, true
			l.body = l.span.Start
		}
	}
}

// tailStarts begin the lines behind the last finding: where to write to, who signed, what else the page offers.
var tailStarts = newLexicon("欢迎广大", "欢迎社会", "欢迎干部", "欢迎对", "欢迎监督", "联系电话", "监督电话", "联系方式", "特此公告", "特此通报", "特此报告", "特此公布", "以上报告",
	"以上整改", "附件：", "附件:", "相关稿件", "相关附件", "分享到", "责任编辑", "上一篇", "下一篇", "打印本页", "扫一扫", "审核：", "编辑：", "来源：", "公示期间", "公示期", "如有意见", "如有异议",
	"通信地址", "通讯地址", "邮政地址", "邮政编码", "电子邮箱", "版权所有", "主办单位", "【打印", "【关闭", "（此件", "(此件", "信息来源", "举报电话", "现将整改情况予以公布")

// markTails finds the lines behind which nothing belongs to the item above.
func (r *reader) markTails() {
	lines := r.t.lines
	last := len(lines) - 1
	for last >= 0 && lines[last].mark.kind == noMark {
		last--
	}
	for i := range lines {
		l := &lines[i]
		if l.mark.kind != noMark || l.label != noLabel || l.cell {
			continue
		}
		s := r.t.of(l.span)
		// A date in the middle of the text may stand there for any reason; one behind the last item signs it.
		l.tail = i > last && hasPrefix(s, []string{"下一步", "下阶段", "接下来", "今后", "下一阶段"}) > 0 || tailStarts.at(s) > 0 || i > last && (isDateLine(s) ||
			isSignature(s) && i+1 < len(lines) && isDateLine(r.t.of(lines[i+1].span)))
	}
}

// isDateLine reports whether a line is nothing but a date.
func isDateLine(s string) bool {
	if len(s) > 60 || !strings.Contains(s, "年") {
		return false
	}
	digits := 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9' || c >= '０' && c <= '９' || digitOf(c) >= 0 || c == '十' || c == '○' || c == 'O':
			digits++
		case c == '年' || c == '月' || c == '日' || blank(c):
		default:
			return false
		}
	}
	return digits >= 4
}

// isSignature reports whether a line may be the signature above a date.
func isSignature(s string) bool {
	r, _ := decodeLast(s)
	return !longer(s, 40) && !closing(r) && !strings.ContainsAny(s, "。；：")
}

// markHeadings makes items of the format's headings that carry no number. The first heading of a page is its title.
func (r *reader) markHeadings() {
	first := true
	for i := range r.t.lines {
		l := &r.t.lines[i]
		if l.level == 0 || l.cell {
			continue
		}
		if first && l.mark.kind == noMark {
			first = false
			continue
		}
		first = false
		if l.mark.kind == noMark && l.label == noLabel {
			l.mark = mark{kind: heading, number: l.level}
		}
	}
}

// unitEnds end the names of units and of their Party bodies.
var unitEnds = []string{"党组", "党委", "党总支", "党支部", "党工委", "工委", "机关党委", "委员会", "局", "委", "办", "办公室", "中心", "公司", "集团", "馆", "院", "站", "所", "队", "中学", "小学", "学校",
	"大学", "学院", "医院", "镇", "乡", "街道", "联合会", "协会", "支队", "大队", "法院", "检察院", "银行", "处", "社", "校", "园", "厂", "林场", "农场", "部", "会", "村", "宫", "台", "室", "库", "基地", "社区", "苗圃", "车站", "剧团", "报社"}

// notInUnits stand in no name of a unit.
var notInUnits = newRuneSet("。；：，,:;“”《》0123456789")

// unitIn returns the unit that a heading names and nothing else: 甲局党组, 甲局：, （一）甲镇党委.
func unitIn(s string) string {
	s = strings.Trim(trimRight(s, closing), "【】[]［］")
	if len(s) > 4*25 {
		return ""
	}
	if n := runes(s); n < 3 || n > 25 || !endsInUnit(s) || notInUnits.index(s) >= 0 {
		return ""
	}
	if !isWeak(s) && !isAction(s) && !hasAny(s, []string{"关于", "情况", "问题", "加强", "方面", "聚焦"}) {
		return s
	}
	return ""
}

// lastOfUnits are the last characters of unitEnds.
var lastOfUnits = newRuneSet(lastRunes(unitEnds))

func lastRunes(words []string) string {
	var b strings.Builder
	for _, w := range words {
		r, _ := decodeLast(w)
		b.WriteRune(r)
	}
	return b.String()
}

// endsInUnit reports whether s ends as names of units do.
func endsInUnit(s string) bool {
	r, _ := decodeLast(s)
	return lastOfUnits.has(r) && slices.ContainsFunc(unitEnds, func(end string) bool { return strings.HasSuffix(s, end) })
}

// headUnit returns the unit that a heading names, by itself or before 存在的主要问题.
func headUnit(head string) string {
	if u := unitIn(head); u != "" {
		return u
	}
	if isProblemHeading(head) {
		return leadUnit(head)
	}
	return addressee(head)
}

// severalUnits reports whether at least two headings of the outline name units.
func (r *reader) severalUnits() bool {
	n := 0
	for i := range r.nodes {
		n += count(headUnit(r.t.of(r.nodes[i].head)) != "")
	}
	return n > 1
}
