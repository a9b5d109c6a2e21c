package parse

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
)

// problemLead matches the words that a list of problems follows in running text: 主要是：, 发现的主要问题是：, 存在四类主要问题：.
var problemLead = regexp.MustCompile(`(?:(?:主要|突出)?(?:问题|不足)(?:主要)?(?:是|有|如下|表现在|体现在|表现为|包括)?|主要(?:是|有|表现在|体现在|表现为)|(?:共性|突出)问题)[：:]` +
	`|(?:主要问题|问题主要|不足主要)(?:是|有|表现在|体现在)` +
	`|(?:一些|不少|以下|如下)(?:突出|主要|共性)?(?:问题|不足)(?:和(?:问题|不足))?[，,](?:主要(?:是|有|表现在|体现在)[：:]?)?`)

// foundLead matches the words before problems that are named inside a sentence: 存在A、B等问题.
var foundLead = regexp.MustCompile(`(?:巡察|检查|反馈|审计|同时|此外|还|“回头看”)?(?:发现|指出|认为)|存在|方面`)

// region is a stretch of running text that lists problems.
type region struct {
	span corpus.Span
	unit string
	list bool // a lead stands before it; else problems are named inside its sentences
}

// collectProse reads the findings of a text without an outline of findings: a feedback announcement.
func (r *reader) collectProse() {
	for _, reg := range r.regions() {
		for _, it := range r.t.readRegion(reg) {
			if !namesUnit(string(r.doc.Unit)) && reg.unit == "" && isGeneric(r.t.of(it.statement)) {
				continue
			}
			it.unit, it.node = reg.unit, -1
			r.items = append(r.items, it)
		}
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
	runIns := r.runInUnits()
	for i := range r.t.lines {
		l := &r.t.lines[i]
		if l.cell || l.tail || fencedLine[i] || l.label == adviceLabel {
			pending = false
			continue
		}
		body := l.bodyOf()
		s := r.t.of(body)
		if u := unitIn(s); u != "" && i > 0 {
			unit, pending = u, true
			continue
		}
		if l.mark.kind == question && l.mark.number == 0 {
			list = append(list, region{span: body, unit: unit, list: true})
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
			reg = region{span: r.t.untilFence(body), list: strings.ContainsAny(s, "；;") || enumeration(scanPoints(r.t.all, []corpus.Span{body}, r.t.automatic)) != nil}
		}
		pending = next
		if reg.span.Len() > 0 {
			reg.unit = unit
			list = append(list, reg)
		}
	}
	return list
}

// findArea reads the area that a clause begins with, behind its subject if there is one: 在党的建设方面，…. name is the area,
// end where the text behind it begins.
func findArea(s string) (name corpus.Span, end int, ok bool) {
	at := areaLead.FindStringSubmatchIndex(s)
	if at == nil {
		return name, 0, false
	}
	name = corpus.Span{Start: at[2], End: at[3]}
	if at[2] < 0 {
		name = corpus.Span{Start: at[4], End: at[5]}
	}
	if isCount(s[name.Start:name.End]) || strings.HasSuffix(s[:name.Start], "存") {
		return corpus.Span{}, 0, false
	}
	return name, at[1], true
}

// areaLine reports whether a line names an area and then what is wrong in it: 党的建设方面：换届拖延；记录补写。
func areaLine(s string) bool {
	_, end, ok := findArea(s)
	return ok && end < len(s) && !isScope(s) && !endsList(s) && saysWrong(s[end:])
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
	_, w := utf8.DecodeRuneInString(s[i:])
	return body.Start + i + w
}

// leadIn looks for a lead in one line. next says that the line is nothing but a lead, so that the list is in the next one.
func (r *reader) leadIn(body corpus.Span, unit *string) (reg region, next bool) {
	s := r.t.of(body)
	if !hasAny(s, []string{"问题", "主要", "不足"}) {
		return region{}, isProblemHeading(s)
	}
	if at := problemLead.FindStringIndex(s); at != nil {
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
	return r.inSentence(body), false
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

func lastClause(s string) string {
	if i := strings.LastIndexAny(s, "。；"); i >= 0 {
		return s[i:]
	}
	return s
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
	s = strings.TrimRightFunc(s, closing)
	return runes(s) <= 30 && (strings.HasSuffix(s, "问题") || strings.HasSuffix(s, "不足") || strings.HasSuffix(s, "问题如下")) && hasAny(s, []string{"存在", "发现", "主要问题", "反馈问题", "突出问题"}) && !watchList(s)
}

// inSentence returns the sentences of a line that name problems inside: …存在A、B等问题.
func (r *reader) inSentence(body corpus.Span) region {
	var found corpus.Span
	for at := body.Start; at < body.End; {
		stop := sentenceEnd(r.t.all, at, body.End)
		s := r.t.all[at:stop]
		if hasAny(s, []string{"问题", "现象"}) && hasAny(s, []string{"存在", "发现"}) && !isScope(firstRunes(s, 40)) && !endsList(s) && isWeak(s) {
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
	head := firstRunes(strings.TrimLeftFunc(s, blank), 40)
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
	return hasAny(lead, []string{"提出", "要求", "强调", "表态", "表示", "希望", "指出，要", "作了", "建议"}) && !weakEnd(lead)
}

// readRegion reads the problems of one region.
func (t *text) readRegion(reg region) []item {
	if points := enumeration(scanPoints(t.all, []corpus.Span{reg.span}, t.automatic)); len(points) > 0 {
		return t.readPoints(points, reg.span.End)
	}
	var items []item
	var area []corpus.Span
	parts := t.cutAreas(t.split(reg.span, "；;。"))
	if clauses := t.clauses(parts); reg.list && len(clauses) > 0 {
		return clauses
	}
	for _, p := range parts {
		if !reg.list && !foundLead.MatchString(t.of(p)) {
			continue
		}
		if name, end, ok := findArea(t.of(p)); ok {
			area = []corpus.Span{{Start: p.Start + name.Start, End: p.Start + name.End}}
			if trimStatement(t.all, corpus.Span{Start: p.Start + end, End: p.End}).Len() == 0 {
				continue
			}
		}
		more := t.refine(p, !reg.list)
		for i := range more {
			// What follows an area up to the next one is in it, unless it names its own place.
			if len(more[i].path) == 0 && reg.list && !strings.Contains(t.of(p), "发现") {
				more[i].path = area
			}
		}
		items = append(items, more...)
	}
	return items
}

// cutAreas cuts 在甲方面存在A等问题，在乙方面存在B等问题 between the two.
func (t *text) cutAreas(parts []corpus.Span) []corpus.Span {
	var list []corpus.Span
	for _, p := range parts {
		start := p.Start
		for _, word := range []string{"问题，", "问题,", "现象，", "不足，"} {
			for i := start; ; {
				j := strings.Index(t.all[i:p.End], word)
				if j < 0 {
					break
				}
				i += j + len(word)
				rest := t.all[i:p.End]
				if _, _, ok := findArea(rest); ok && strings.HasPrefix(rest, "在") {
					list = append(list, corpus.Span{Start: start, End: i})
					start = i
				}
			}
		}
		list = append(list, corpus.Span{Start: start, End: p.End})
	}
	return list
}

// clauses reads a list of problems that is one sentence of clauses, each of which says what is wrong by itself: 账目不清，
// 采购不规范，组织生活不严肃等。 Of fewer than three clauses the later ones explain the first.
func (t *text) clauses(parts []corpus.Span) []item {
	if len(parts) != 1 {
		return nil
	}
	if _, _, ok := findArea(t.of(parts[0])); ok {
		return nil
	}
	list := t.split(parts[0], "，,")
	if len(list) < 3 {
		return nil
	}
	var items []item
	weak := 0
	for _, c := range list {
		core := trimStatement(t.all, c)
		core.End -= len(t.of(core)) - len(strings.TrimSuffix(t.of(core), "等"))
		if core.Len() == 0 || isGeneric(t.of(core)) {
			return nil
		}
		weak += count(weakEnd(t.of(core)))
		items = append(items, t.itemsOf(c, t.splitList(core), nil, mark{})...)
	}
	if weak*3 < 2*len(list) {
		return nil
	}
	return items
}

// readPoints reads 一是A；二是B；三是C。D。: the last point ends with its sentence where another problem follows.
func (t *text) readPoints(points []point, end int) []item {
	var items []item
	for i, p := range points {
		stop := end
		if i+1 < len(points) {
			stop = points[i+1].start
		}
		whole := trimSpan(t.all, corpus.Span{Start: p.start, End: stop})
		if i+1 == len(points) {
			whole.End = sentenceEnd(t.all, p.body, whole.End)
		}
		body := corpus.Span{Start: p.body, End: whole.End}
		if more := t.readArea(whole, corpus.Span{Start: p.body, End: stop}, p.mark); len(more) > 0 {
			items = append(items, more...)
			continue
		}
		if head := sentenceEnd(t.all, body.Start, body.End); head < body.End {
			st := leadingClause(t.all, corpus.Span{Start: p.body, End: head}, true)
			items = append(items, item{span: whole, label: p.mark.label, kind: p.mark.kind, number: p.mark.number, statement: st, account: t.after(st, body)})
		} else {
			items = append(items, t.refineIn(whole, body, p.mark)...)
		}
		if i+1 == len(points) {
			for _, rest := range t.split(corpus.Span{Start: whole.End, End: end}, "；;。") {
				items = t.addRest(items, rest)
			}
		}
	}
	return items
}

// readArea reads a point that names an area and then its problems in sentences: 一是党的建设方面。换届拖延；记录补写。
func (t *text) readArea(whole, body corpus.Span, m mark) []item {
	name, end, ok := findArea(t.of(body))
	if !ok || name.End >= body.Len() || !strings.HasPrefix(t.of(body)[name.End:], "。") {
		return nil
	}
	area := corpus.Span{Start: body.Start + name.Start, End: body.Start + name.End}
	rest := trimSpan(t.all, corpus.Span{Start: skipClosing(t.all, body.Start+end, body.End), End: body.End})
	if rest.Len() == 0 {
		return nil
	}
	items := t.readRegion(region{span: rest, list: true})
	for i := range items {
		items[i].path = []corpus.Span{area}
		items[i].label, items[i].kind, items[i].number = m.label, m.kind, m.number
	}
	if len(items) > 0 {
		items[0].span.Start = whole.Start
	}
	return items
}

// addRest reads a sentence behind the last point: a further problem, or facts that belong to the point.
func (t *text) addRest(items []item, rest corpus.Span) []item {
	s := t.of(rest)
	if len(items) > 0 && (hasPrefix(s, instanceWords) > 0 && !strings.HasPrefix(s, "对") || !weakEnd(s)) {
		last := &items[len(items)-1]
		last.span.End = rest.End
		last.account = append(last.account, rest)
		return items
	}
	return append(items, t.refine(rest, false)...)
}

// split cuts a span at marks outside quotes and titles; each part keeps the mark that ends it.
func (t *text) split(s corpus.Span, marks string) []corpus.Span {
	var parts []corpus.Span
	start, depth := s.Start, 0
	for i, r := range t.all[s.Start:s.End] {
		switch {
		case strings.ContainsRune("“《（(", r):
			depth++
		case strings.ContainsRune("”》）)", r):
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune(marks, r):
			stop := s.Start + i + utf8.RuneLen(r)
			parts = appendPart(t.all, parts, corpus.Span{Start: start, End: stop})
			start = stop
		}
	}
	return appendPart(t.all, parts, corpus.Span{Start: start, End: s.End})
}

func appendPart(all string, parts []corpus.Span, p corpus.Span) []corpus.Span {
	p = trimSpan(all, p)
	if trimStatement(all, p).Len() == 0 {
		return parts
	}
	return append(parts, p)
}

// refine reads one part of a region. named says that the part must name problems (存在…等问题) to hold any.
func (t *text) refine(whole corpus.Span, named bool) []item {
	items := t.refineIn(whole, whole, mark{})
	if !named {
		return items
	}
	kept := items[:0]
	for _, it := range items {
		if s := t.of(it.statement); it.statement != trimStatement(t.all, whole) && !isCount(s) && runes(s) <= 60 {
			kept = append(kept, it)
		}
	}
	return kept
}

var (
	// introLead opens a sentence without saying anything: 巡察发现，.
	introLead = regexp.MustCompile(`^[^，,。；：:、]{0,20}(?:发现|指出|认为|显示|来看)[，,：:]`)
	areaLead  = regexp.MustCompile(`^(?:[^，,。；：:、在]{0,25}?)(在[^，,。；：:]{2,40}?方面)[，,：:]?|^([^，,。；：:]{2,40}?方面)[，,：:]?`)
	// foundWords stand before the problems of a clause.
	foundWords = regexp.MustCompile(`^(.*?)(?:还|仍|仍然|主要|也)*(?:存在|发现)(?:了|着|有)?(?:以下|下列)?`)
	// problemTail ends a list of problems: 等3个方面9条具体问题, 的问题.
	problemTail = regexp.MustCompile(`(?:等)?(?:[0-9一二三四五六七八九十]+(?:个|大|类|项|条)(?:方面)?(?:的)?)*(?:[0-9]+[个条项])?(?:方面)?(?:的)?(?:具体|突出|主要)?(?:问题|现象|情况|[等的]不足)(?:较为突出|比较突出|突出)?(?:[，,](?:并|已|现).*)?$`)
)

// refineIn reads one clause: an area before the problem, the words 存在…等问题 around it, a 、 list of problems.
func (t *text) refineIn(whole, body corpus.Span, m mark) []item {
	core := trimStatement(t.all, body)
	var path []corpus.Span
	if at := introLead.FindStringIndex(t.of(core)); at != nil {
		core.Start += at[1]
	}
	if name, end, ok := findArea(t.of(core)); ok && name.End < core.Len() {
		path = append(path, corpus.Span{Start: core.Start + name.Start, End: core.Start + name.End})
		core.Start += end
	}
	found := false
	if at := foundWords.FindStringSubmatchIndex(t.of(core)); at != nil {
		before := trimStatement(t.all, corpus.Span{Start: core.Start, End: core.Start + at[3]})
		rest := corpus.Span{Start: core.Start + at[1], End: core.End}
		if strings.HasPrefix(t.of(rest), "存在") {
			rest.Start += len("存在")
		}
		tail := problemTail.FindStringIndex(t.of(rest))
		heads := weakEnd(t.of(before)) && runes(t.of(before)) <= 40
		switch {
		case tail == nil || tail[0] == 0:
			if before.Len() == 0 {
				core = rest
			}
		case before.Len() == 0 && len(path) == 0 && !strings.Contains(t.of(rest), "、") && strings.HasSuffix(t.of(rest), "现象"):
		case heads && !strings.Contains(t.of(rest), "、"):
			// 学习不系统，存在零敲碎打现象 is one problem; only a list behind the first makes that its heading.
		default:
			found = true
			core = corpus.Span{Start: rest.Start, End: rest.Start + tail[0]}
			if heads {
				path = append(path, before)
			}
		}
	}
	if !found && len(path) > 0 {
		if tail := problemTail.FindStringIndex(t.of(core)); tail != nil && tail[0] > 0 {
			core.End = core.Start + tail[0]
		}
	}
	core = trimStatement(t.all, core)
	if strings.HasSuffix(t.of(core), "等") {
		core.End -= len("等")
	}
	if core.Len() == 0 {
		return nil
	}
	parts := []corpus.Span{core}
	if found || len(path) > 0 {
		parts = t.splitList(core)
	}
	return t.itemsOf(whole, parts, path, m)
}

// splitList cuts A、B、C into problems where each part can stand for itself: all say what is wrong, or none does. Of
// 会议记录、档案管理不规范 only the last part does: the parts share it.
func (t *text) splitList(core corpus.Span) []corpus.Span {
	parts := t.split(core, "、")
	for i := range parts {
		parts[i] = trimStatement(t.all, parts[i])
	}
	if len(parts) < 2 {
		return []corpus.Span{core}
	}
	first, last := false, false
	for i, p := range parts {
		if runes(t.of(p)) < 4 {
			return []corpus.Span{core}
		}
		weak := weakEnd(t.of(p))
		if i == len(parts)-1 {
			last = weak
		} else {
			first = first || weak
		}
	}
	if last && !first {
		return []corpus.Span{core}
	}
	return parts
}

// itemsOf makes findings of the parts of one clause; the first takes what stands before them, the last what follows.
func (t *text) itemsOf(whole corpus.Span, parts, path []corpus.Span, m mark) []item {
	items := make([]item, len(parts))
	for i, p := range parts {
		span := corpus.Span{Start: p.Start, End: p.End}
		if i == 0 {
			span.Start = whole.Start
		}
		if i == len(parts)-1 {
			span.End = whole.End
		} else {
			span.End = parts[i+1].Start
		}
		items[i] = item{span: trimSpan(t.all, span), statement: p, path: path, label: m.label, kind: m.kind, number: m.number}
	}
	return items
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
