package parse

import (
	"fmt"
	"strconv"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// countOf is a whole number as it is printed in a total.
const countOf = `(\d{1,4}|[一二三四五六七八九十百]{1,5})`

// total is one declared figure: where it stands and what it says.
type total struct {
	value, start, end int
	rule              string
}

// readDeclared reads the totals that the introduction and the opening state outright. Of several statements of one total
// the first counts; statements that contradict it give a warning.
func (m *metadata) readDeclared() {
	switch m.doc.DocType {
	case corpus.OtherDocument:
		return
	}
	s := m.parts.opening
	d := &m.doc.Declared
	for _, part := range []corpus.Span{m.parts.intro, s} {
		m.readTiers(part)
		m.firstTotal("declared.problems", &d.Problems, part, "问题", problemTotals)
	}
	m.refineProblems(s)
	m.warnTotals(s)
	for _, part := range []corpus.Span{m.parts.intro, s} {
		m.firstTotal("declared.rectified", &d.Rectified, part, "", rectifiedTotals)
		m.firstTotal("declared.measures_planned", &d.MeasuresPlanned, part, "措施", plannedTotals)
		m.firstTotal("declared.measures_completed", &d.MeasuresCompleted, part, "措施", completedTotals)
		m.firstTotal("declared.accountable", &d.Accountable, part, "责", accountableTotals)
	}
	m.readAllRectified(s)
}

var otherTotal = pattern.MustCompile(`(?:反馈|指出|提出)(?:了|的|我[\p{Han}])?(?:[\p{Han}]{0,6}?)(\d{1,3})[个项条](?:具体|主要)?(?:问题|的问题)`)

// warnTotals reports that the text gives two totals of what the inspectors fed back.
func (m *metadata) warnTotals(part corpus.Span) {
	d := &m.doc.Declared
	text := m.head.text[part.Start:part.End]
	if d.Problems == nil || strings.Count(text, "问题") < 2 {
		return
	}
	for _, i := range matchesIn(otherTotal, text, counting(text, "问题")) {
		n := whole(text[i[2]:i[3]])
		known := n == *d.Problems || d.Items != nil && n == *d.Items || d.Aspects != nil && n == *d.Aspects || d.Rectified != nil && n == *d.Rectified
		if known || skipsTotal(text, i[0]) {
			continue
		}
		span := m.head.source(part.Start+i[0], part.Start+i[1])
		declared := *d.Problems
		m.doc.Warnings = append(m.doc.Warnings, corpus.Warning{
			Code: corpus.ClaimDiffers, Message: fmt.Sprintf("文中所称的问题总数前后不一：%d个与%d个", declared, n),
			Declared: &declared, Found: &n, Text: span.Of(m.x.Text), Span: &span,
		})
		return
	}
}

var refined = pattern.MustCompile(`(?:细化|分解|梳理|细分|归纳|拆分|量化)[^。;]{0,16}?` + countOf + `[个项条](?:具体)?问题`)

// refineProblems takes the number of 具体问题 that the unit broke the problems down into: those are what it treats one by one.
// The number given before then counts the items.
func (m *metadata) refineProblems(part corpus.Span) {
	d := &m.doc.Declared
	text := m.head.text[part.Start:part.End]
	i := refined.FindStringSubmatchIndex(text)
	if i == nil || d.Problems == nil || skipsTotal(text, i[2]) {
		return
	}
	n := whole(text[i[2]:i[3]])
	if before := otherTotal.FindStringSubmatchIndex(text[:i[0]]); n == *d.Problems && d.Items == nil && before != nil {
		if given := whole(text[before[2]:before[3]]); given < n && !skipsTotal(text, before[2]) {
			m.setTotal("declared.items", &d.Items, total{value: given, start: part.Start + before[2], end: part.Start + before[1], rule: "problems as fed back"})
		}
	}
	if n <= *d.Problems {
		return
	}
	if d.Items == nil {
		d.Items = d.Problems
		m.doc.Provenance["declared.items"] = m.doc.Provenance["declared.problems"]
	}
	d.Problems = nil
	m.setTotal("declared.problems", &d.Problems, total{value: n, start: part.Start + i[2], end: part.Start + i[1], rule: "problems broken down"})
}

const unitOf = `(?:个|项|条|类|件)`

// tier matches one step of a graded total: 四大方面, 15个分项问题, 39个具体问题. Groups: 1 number, 2 what is counted.
var tier = pattern.MustCompile(countOf + `(大方面|个?大类(?:问题)?|个?大项|个?小项|个方面(?:的)?(?:问题)?|方面(?:的)?(?:问题)?|个?类(?:主要|突出)?问题|个?分项问题|[个项条](?:主要|突出|共性)?问题|[个项条]具体(?:问题(?:表现)?|表现|事项)|个?类|[项条])`)

// between steps of one graded total stands nothing but these.
var tierJoin = pattern.MustCompile(`^(?:[,、和及共,]|涉及|的|细分为|细化为|分解为|共计|合计|具体|,涉及|,共|共涉及){0,3}$`)

// readTiers reads graded totals of two steps or more: the broadest are the aspects, the finest the problems, what lies between
// the items.
func (m *metadata) readTiers(part corpus.Span) {
	text := m.head.text[part.Start:part.End]
	found := matchesIn(tier, text, counting(text, ""))
	for i := 0; i < len(found); {
		j := i + 1
		for j < len(found) && tierJoin.MatchString(text[found[j-1][1]:found[j][0]]) {
			j++
		}
		m.setTiers(text, part.Start, found[i:j])
		i = j
	}
}

func (m *metadata) setTiers(text string, offset int, steps [][]int) {
	kind := func(i int) string { return text[steps[i][4]:steps[i][5]] }
	last := len(steps) - 1
	for last >= 0 && isBare(kind(last)) { // 12类问题和4条意见建议: what the last step counts is not said, or is no problem
		last--
	}
	if last < 0 || skipsTotal(text, steps[0][0]) || !strings.Contains(kind(last), "问题") && !strings.Contains(kind(last), "具体") && advice.MatchString(text[steps[last][1]:]) {
		return
	}
	d := &m.doc.Declared
	for i, s := range steps[:last+1] {
		t := total{value: whole(text[s[2]:s[3]]), start: offset + s[0], end: offset + s[1], rule: "graded total"}
		k := kind(i)
		broad := strings.Contains(k, "方面") || strings.Contains(k, "大类") || strings.Contains(k, "大项")
		switch {
		case strings.Contains(k, "具体"), i == last && last > 0 && !broad && !strings.Contains(k, "类"):
			m.setTotal("declared.problems", &d.Problems, t)
		case i == 0 && broad:
			m.setTotal("declared.aspects", &d.Aspects, t)
		case last > 0 || strings.Contains(k, "类") || strings.Contains(k, "分项"):
			m.setTotal("declared.items", &d.Items, t)
		}
	}
}

// isBare reports whether a step does not say what it counts.
func isBare(kind string) bool { return kind == "项" || kind == "条" || kind == "类" }

// advice follows a number of aspects that are those of recommendations.
var advice = pattern.MustCompile(`^(?:\d{1,3}[个条项])?[^,。;]{0,4}(?:意见|建议|措施|要求|任务)`)

// notTotals end what stands before a number that is no total of the findings.
var notTotals = pattern.MustCompile(`(?:立行立改|移交|线索|其余|正在整改|持续整改|未完成|阶段性完成|视同完成|尚未|以下|了解|着力发现|\d号)[^,。;、]{0,8}$|第$`)

// notProblems stand inside what looks like a total of the problems and make it one of something else.
var notProblems = pattern.MustCompile(`立行立改|移交|线索|信访|已?整改`)

func skipsTotal(text string, at int) bool {
	return notTotals.MatchString(text[max(0, runeStart(text, max(0, at-36))):at])
}

// totalPattern finds a figure as its first group.
type totalPattern struct {
	re   *pattern.Pattern
	rule string
}

var problemTotals = []totalPattern{
	{pattern.MustCompile(countOf + unitOf + `具体问题`), "具体问题"},
	{pattern.MustCompile(`具体(?:问题|表现)` + countOf + unitOf), "具体问题"},
	{pattern.MustCompile(`方面的?问题,?(?:共|共计|合计|总计)` + countOf + unitOf), "方面问题"},
	{pattern.MustCompile(`(?:发现|反馈|指出|提出|存在|梳理|查出|查找|涉及|共有|共)(?:了|的|出|我[局县市区院])?[\p{Han}]{0,5}?问题(?:共有|共计|共|总数|总计)?` + countOf + `[个项条]`), "发现问题"},
	{pattern.MustCompile(`(?:发现|反馈|指出|提出|存在|梳理|查出|查找|等|共|共计|涉及)(?:了|的|出)?` + countOf + `[个项条](?:主要|突出|共性|审计)?的?问题`), "个问题"},
	{pattern.MustCompile(countOf + `[个项条]“?问题(?:清单|,|。|;|已|全部|均|、|中)`), "个问题"},
}

var rectifiedTotals = []totalPattern{
	{pattern.MustCompile(`除[^,。;]{1,20}外,(?:其余|其他|其它)` + countOf + `[个项条](?:具体)?问题(?:目前)?(?:均|全部|都)已`), "其余已完成"},
	{pattern.MustCompile(`(?:已|已经|现已)(?:全部)?(?:完成整改|整改完成|整改到位|整改销号|整改|完成)(?:并申请销号|并销号|销号|到位)?(?:的)?(?:问题|事项|具体问题|反馈问题)?(?:共|共计)?` + countOf + `[个项条]`), "已完成整改"},
	{pattern.MustCompile(`(?:^|[,。;、:])(?:目前|截至目前|其中|现)?,?(?:全部)?(?:整改完成|完成整改|整改到位|完成整改销号)(?:的)?(?:问题|事项)?(?:共|共计)?` + countOf + `[个项条]`), "整改完成"},
	{pattern.MustCompile(countOf + `[个项条](?:问题|具体问题)?[“"]?(?:已完成|已整改|已办结|完成整改|整改完成|整改到位)`), "个已完成"},
	{pattern.MustCompile(`销号` + countOf + `[个项条]`), "销号"},
	{pattern.MustCompile(`问题(?:中|已|,)(?:目前|现|其中)?,?(?:已经?)?(?:办结|解决|完成|整改完成|完成整改|整改到位|销号|整改)` + countOf + `[个项条]`), "问题已办结"},
}

var plannedTotals = []totalPattern{
	{pattern.MustCompile(`(?:制定|提出|细化|形成|明确|确定)(?:了|出|具体)?(?:[^,。;]{0,24}[、和])?(?:整改)?措施(?:共|共计)?` + countOf + `[个项条]`), "制定整改措施"},
	{pattern.MustCompile(`(?:制定|提出|细化|形成|明确|确定|分解)(?:了|出|为)?(?:[^,。;]{0,24}[、和])?` + countOf + `[个项条](?:具体)?(?:整改)?措施`), "项整改措施"},
	{pattern.MustCompile(countOf + `[个项条]整改措施`), "项整改措施"},
}

var completedTotals = []totalPattern{
	{pattern.MustCompile(`(?:完成|落实|已完成)整改措施` + countOf + `[个项条]`), "完成整改措施"},
	{pattern.MustCompile(`(?:完成|落实|已完成)` + countOf + `[个项条](?:整改)?措施`), "完成整改措施"},
	{pattern.MustCompile(`措施\d{1,4}[个项条],(?:其中|目前|现)?已?(?:经)?(?:完成|落实)` + countOf + `[个项条]`), "措施已落实"},
	{pattern.MustCompile(`措施,?(?:已|现已|目前已)(?:全部)?(?:完成|落实)` + countOf + `[个项条]`), "措施已完成"},
	{pattern.MustCompile(`措施[^。;]{0,20}?` + countOf + `[个项条](?:措施)?(?:已|均已|均)(?:如期|全部)?(?:完成|落实)`), "措施已完成"},
}

var accountableTotals = []totalPattern{
	{pattern.MustCompile(`(?:追责问责|问责追责|追责|问责|追究责任)(?:处理)?(?:相关|有关)?(?:责任)?(?:人员|人)?(?:共|共计)?` + countOf + `人(?:次)?`), "追责问责"},
	{pattern.MustCompile(countOf + `人(?:次)?(?:被|受到|予以|给予)?(?:追责|问责)`), "追责问责"},
}

// firstTotal sets a total that is not known yet from the first statement of it. No pattern matches without the word.
func (m *metadata) firstTotal(field string, out **int, part corpus.Span, word string, patterns []totalPattern) {
	text := m.head.text[part.Start:part.End]
	if *out != nil || !strings.Contains(text, word) {
		return
	}
	sentences := counting(text, word)
	for _, p := range patterns {
		for _, i := range matchesIn(p.re, text, sentences) {
			if field == "declared.problems" && (notProblems.MatchString(text[i[0]:i[1]]) || !m.aboutFeedback(part.Start+i[0], part.Start+i[3])) {
				continue
			}
			if text[i[2]:i[3]] == "一" {
				continue // 完成一项、验收一项、销号一项 says how the work goes, and no total is one
			}
			if field != "declared.measures_completed" && field != "declared.accountable" && skipsTotal(text, i[0]) || field == "declared.rectified" && (m.byMeasures(text, i) || m.ofOwnCheck(part.Start+i[0])) {
				continue
			}
			m.setTotal(field, out, total{value: whole(text[i[2]:i[3]]), start: part.Start + i[0], end: part.Start + i[1], rule: "total " + p.rule})
			return
		}
	}
}

// counting returns the sentences of a text that count something and hold the word.
func counting(text, word string) []corpus.Span {
	var out []corpus.Span
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.Index(text[at:], "。"); i >= 0 {
			end = at + i + len("。")
		}
		s := text[at:end]
		if (strings.Contains(s, "个") || strings.Contains(s, "项") || strings.Contains(s, "条") || strings.Contains(s, "人") || strings.Contains(s, "类") || strings.Contains(s, "件")) &&
			strings.Contains(s, word) {
			out = append(out, corpus.Span{Start: at, End: end})
		}
		at = end
	}
	return out
}

// matchesIn lists the matches of a pattern in the spans, as FindAllStringSubmatchIndex does.
func matchesIn(re *pattern.Pattern, text string, spans []corpus.Span) [][]int {
	var out [][]int
	for _, s := range spans {
		for _, m := range re.FindAllStringSubmatchIndex(text[s.Start:s.End], 8) {
			for k := range m {
				if m[k] >= 0 {
					m[k] += s.Start
				}
			}
			out = append(out, m)
		}
	}
	return out
}

var (
	measureTotal = pattern.MustCompile(`措施[^,。;\d]{0,6}\d+([个项条])|\d+([个项条])[^,。;\d]{0,6}措施|(?:任务|制度|线索|信访)[^。;]{0,12}$`)
	figureUnit   = pattern.MustCompile(`\d([个项条])`)
)

// ownCheck matches the beginning of a sentence about what the unit itself looked into.
var ownCheck = pattern.MustCompile(`对\d+[个家所名处]|(?:开展|组织|进行)[^,。;]{0,16}(?:检查|排查|自查|抽查|督查|核查|清查|走访|调研|答疑|培训)`)

// ofOwnCheck reports whether the sentence up to at is about what the unit itself looked into.
func (m *metadata) ofOwnCheck(at int) bool {
	from, _ := sentenceAround(m.head.text, at, at)
	return at >= m.parts.intro.End && ownCheck.MatchString(m.head.text[from:at])
}

// aboutFeedback reports whether a figure below the introduction stands in a sentence about the inspectors' findings: the unit's
// own meetings find problems too.
func (m *metadata) aboutFeedback(start, end int) bool {
	if start < m.parts.intro.End {
		return true
	}
	from, to := sentenceAround(m.head.text, start, end)
	s := m.head.text[from:to]
	if m.ofOwnCheck(start) {
		return false
	}
	return strings.Contains(s, "反馈") || strings.Contains(s, "巡察") || strings.Contains(s, "巡视") || strings.Contains(s, "审计")
}

// byMeasures reports whether a figure of completion counts measures or tasks instead of problems: such a total stands before
// it in the sentence and is counted in the same unit, or the figure is larger than that of the problems.
func (m *metadata) byMeasures(text string, i []int) bool {
	if p := m.doc.Declared.Problems; p != nil && whole(text[i[2]:i[3]]) > *p {
		return true
	}
	after := text[i[1]:]
	if strings.HasPrefix(after, "措施") || strings.HasPrefix(after, "制度") || strings.HasPrefix(after, "任务") || strings.HasPrefix(after, "整改措施") {
		return true
	}
	before := text[runeStart(text, max(0, i[0]-60)):i[0]]
	if k := strings.LastIndexAny(before, "。;"); k >= 0 {
		before = before[k+1:]
	}
	found := measureTotal.FindAllStringSubmatch(before, -1)
	if found == nil {
		return false
	}
	last := found[len(found)-1]
	own := figureUnit.FindStringSubmatch(text[i[2]:i[1]])
	return last[1]+last[2] == "" || own == nil || own[1] == last[1]+last[2]
}

// setTotal sets a total once; a later statement that differs gives a warning.
func (m *metadata) setTotal(field string, out **int, t total) {
	if t.value < 0 {
		return
	}
	if *out == nil {
		*out = &t.value
		m.note(field, m.head, t.start, t.end, t.rule, corpus.Stated)
	}
}

var allRectified = pattern.MustCompile(`问题,?(?:目前|截至目前|现)?,?(?:已经?|均已|现已|目前已)?(?:全部|均)(?:已)?(?:完成整改|整改完成|整改到位|整改完毕|办结|销号|得到整改)`)

// readAllRectified takes the statement that all problems are rectified as their number, where it names it.
func (m *metadata) readAllRectified(part corpus.Span) {
	d := &m.doc.Declared
	if d.Rectified != nil || d.Problems == nil {
		return
	}
	text := m.head.text[part.Start:part.End]
	i := allRectified.FindStringIndex(text)
	if i == nil || !namedBefore.MatchString(text[:i[0]]) {
		if i = m.allBehindTotal(text); i == nil {
			return
		}
	}
	n := *d.Problems
	m.setTotal("declared.rectified", &d.Rectified, total{value: n, start: part.Start + i[0], end: part.Start + i[1], rule: "all problems rectified"})
}

var allDone = pattern.MustCompile(`(?:均已|已全部|已经全部|现已全部|全部已|目前已全部|全部)(?:完成整改|整改完成|整改到位|整改完毕|办结|销号|得到整改)`)

// allBehindTotal finds the statement that all is rectified in the sentence that gives the number of problems.
func (m *metadata) allBehindTotal(text string) []int {
	for _, i := range allDone.FindAllStringIndex(text, -1) {
		from, _ := sentenceAround(text, i[0], i[1])
		before := text[from:i[0]]
		if problemsNamed.MatchString(before) && !strings.Contains(before, "措施") && !strings.Contains(before, "任务") {
			return i
		}
	}
	return nil
}

var (
	problemsNamed = pattern.MustCompile(`\d+[个项条](?:具体|主要|反馈)?问题|问题(?:共有|共计|共)?\d+[个项条]`)
	namedBefore   = pattern.MustCompile(countOf + `[个项条](?:具体|反馈|的)?$`)
)

// whole reads a count; -1 where it cannot be read.
func whole(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	hundreds, rest, ok := strings.Cut(s, "百")
	if !ok {
		return number(s)
	}
	n := number(strings.TrimPrefix(rest, "〇"))
	return max(1, number(hundreds))*100 + n
}

// masks are the marks that stand for a name or a number taken out.
var masks = []string{"×", "＊", "**", "XX", "xx", "某某", "*同志", "*人", "*元", "*月", "*日", "____"}

// warnRedacted reports that names or numbers are masked in the text.
func (m *metadata) warnRedacted() {
	n, first := 0, -1
	for _, mask := range masks {
		if k := strings.Count(m.head.text, mask); k > 0 {
			n += k
			if i := strings.Index(m.head.text, mask); first < 0 || i < first {
				first = i
			}
		}
	}
	if n == 0 {
		return
	}
	_, size := decodeRune(m.head.text[first:])
	span := m.head.source(first, first+size)
	m.doc.Warnings = append(m.doc.Warnings, corpus.Warning{
		Code: corpus.Redacted, Message: "文中有被隐去的姓名或数字", Found: &n, Text: span.Of(m.x.Text), Span: &span,
	})
}
