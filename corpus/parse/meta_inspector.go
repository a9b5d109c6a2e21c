package parse

import (
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// numeral is a number as it is printed in the name of a groupNaming, a round or a term.
const numeral = `(?:[一二三四五六七八九十]{1,3}|\d{1,2})`

// committee is the word for a body that sends inspectors.
const committee = `(?:县\(市[、,]?区\)委|自治区党委|兵团党委|省委|市委|县委|区委|旗委|州委|盟委|地委|师市党委|党工委|工委|党委|党组|中央|中纪委|教育部|国资委|[\p{Han}]{1,6}部)`

// groupName matches the name of an inspecting group from its committee on; what stands before the committee is read by
// leftOf. Groups: 1 committee, 2 round, 3 number before the kind, 4 kind, 5 number after. A lost number leaves 第巡察组
// or 第察组.
var groupName = pattern.MustCompile(`(` + committee + `)?((?:第)?` + numeral + `轮(?:第` + numeral + `批)?(?:巡[察视])?)?` +
	`(第?` + numeral + `(?:[-、]第?` + numeral + `)*|第)?((?:\([\p{Han}]{1,4}\)|联动|提级|交叉|专项|机动|常规|授权|延伸|派出|上下联动|[\p{Han}]{2,8}(?:专项|联动))*)` +
	`(巡[察视]|察)(?:审计)?(第?` + numeral + `)?组`)

// groupNaming is one naming of an inspecting group in a view.
type groupNaming struct {
	v          view
	start, end int
	committee  string // the word alone: 市委
	number     string // its digits or numerals, "" where it has none
	lost       bool   // its number is lost
	round      bool   // it names a round: 十二届市委第九轮巡察第四巡察组
	numberAt   int    // where a lost number belongs
	roundAt    corpus.Span
}

// groupBytes is how far before its last word the name of a group or a round begins at most.
const groupBytes = 126

// matchesBefore lists the matches of a pattern that ends in a word, or a few characters behind it, as FindAllStringSubmatchIndex does. It
// looks only at what stands before the places of the word: few sentences hold it.
func matchesBefore(re *pattern.Pattern, text, word string, reach int) [][]int {
	var out [][]int
	floor := 0
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return out
		}
		at += i + len(word)
		if at <= floor || word == "组" && !endsGroup(text[:at]) {
			continue
		}
		end := len(text)
		if at+30 < end {
			end = runeStart(text, at+30)
		}
		from := runeStart(text, max(floor, at-reach))
		if k := strings.LastIndexByte(text[from:at], '\n'); k >= 0 {
			from += k + 1
		}
		if k := strings.IndexByte(text[at:end], '\n'); k >= 0 {
			end = at + k
		}
		for _, m := range re.FindAllStringSubmatchIndex(text[from:end], -1) {
			for k := range m {
				if m[k] >= 0 {
					m[k] += from
				}
			}
			if m[0] >= at {
				break // belongs to the next place of the word
			}
			out = append(out, m)
			floor = m[1]
		}
	}
}

// endsGroup reports whether 组 at the end of s can end the name of a group: 巡察 or 巡视 stands shortly before.
func endsGroup(s string) bool {
	s = s[max(0, len(s)-39):]
	return strings.Contains(s, "察") || strings.Contains(s, "视")
}

// groupsIn lists the namings of groups in a range of a view.
func (m *metadata) groupsIn(v view, s corpus.Span) []groupNaming {
	var out []groupNaming
	text := v.text[s.Start:s.End]
	for _, i := range matchesBefore(groupName, text, "组", groupBytes) {
		part := func(k int) string {
			if i[2*k] < 0 {
				return ""
			}
			return text[i[2*k]:i[2*k+1]]
		}
		g := groupNaming{v: v, start: s.Start + i[0], end: s.Start + i[1], committee: part(1)}
		g.number = strings.TrimPrefix(part(3)+part(6), "第")
		g.lost = part(3) == "第"
		g.round = part(2) != "" && g.committee != "" && !g.lost && g.number != ""
		if g.round {
			g.roundAt = corpus.Span{Start: s.Start + i[4], End: s.Start + i[5]}
		}
		if g.lost {
			g.numberAt = s.Start + i[7]
		}
		if part(5) == "察" && !g.lost {
			continue
		}
		if g.committee == "" && (g.number == "" && !g.lost) && part(4) == "" {
			continue // 巡察组 alone names no groupNaming
		}
		if i := founded.FindStringIndex(v.text[g.start:g.end]); i != nil { // 市委成立…专项巡察组
			g.start, g.committee = g.start+i[1], ""
		}
		if g.committee == "" && part(3) != "" { // 市第三巡察组
			if r, size := decodeLast(text[:g.start-s.Start]); strings.ContainsRune("省市县区旗州", r) {
				g.start -= size
			}
		}
		if g.committee == "" {
			g.start = withoutLeads(v.text, g.start, g.end)
		}
		if g.committee != "" {
			floor := g.start
			g.start = m.leftOf(v.text, s.Start, g.start, g.committee)
			if terms := anyTerm.FindAllStringIndex(v.text[g.start:floor], -1); terms != nil {
				g.start += terms[len(terms)-1][0]
			}
		}
		out = append(out, g)
	}
	return out
}

// founded ends what stands before the name of a group that was made for one inspection.
var founded = pattern.MustCompile(`成立|组建|抽调`)

// boundary are characters that a name does not begin behind within a phrase: connectives, particles, units of time.
const boundary = "由经于向对和与及据照是为受在将了的同请以按期间日月年后前被从据该即并随自本各全表组"

// leftOf moves the start of a committee's name to the left over its place or organisation: 云澜市委, 省交通厅党组,
// 十二届云澜市委. It stops at punctuation and at connectives, except where a place of the gazetteer reaches over them.
func (m *metadata) leftOf(text string, floor, start int, committee string) int {
	at := start
	if placeCommitteeWord(committee) && endsOrganisation(text[floor:start]) {
		return start // 市民政局市委第四巡察组: the unit and the group that came
	}
	for at > floor {
		r, size := decodeLast(text[floor:at])
		if !isHanRune(r) || strings.ContainsRune(boundary, r) || start-at > 60 {
			break
		}
		at -= size
	}
	if p := m.placeBefore(text[floor:start], committee); p > 0 && start-p < at {
		at = start - p
		at = termBefore(text, floor, at)
	}
	return withoutLeads(text, at, start)
}

// placeCommitteeWord reports whether a committee is that of a place, not of an organisation.
func placeCommitteeWord(committee string) bool {
	r, _ := decodeRune(committee)
	return strings.ContainsRune("省市县区旗州盟地", r)
}

// endsOrganisation reports whether a text ends in the name of an organisation that no committee belongs to.
func endsOrganisation(s string) bool {
	for _, end := range []string{"局", "厅", "院", "学校", "中学", "小学", "大学", "学院", "公司", "集团", "中心", "党组", "党委", "办公室", "联合会", "协会", "图书馆", "银行", "支队", "大队", "街道", "合作社"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// withoutLeads moves at over the words of leads that text[at:end] begins with.
func withoutLeads(text string, at, end int) int {
	for before := -1; before != at; {
		before = at
		for _, lead := range leads {
			if rest, ok := strings.CutPrefix(text[at:end], lead); ok {
				at = end - len(rest)
			}
		}
	}
	return at
}

// leads are words before a committee that a name does not begin with.
var leads = []string{
	"统一部署", "工作安排", "近期", "近日", "期间", "组织", "安排", "部署", "成立", "做好", "落实", "贯彻", "抓好", "配合", "迎接", "接受", "针对", "通过",
	"围绕", "收到", "听取", "经过", "列席", "依据", "其中", "目前", "上午", "下午", "第一时间", "认真", "坚持", "严格",
}

var termEnd = pattern.MustCompile(`第?` + numeral + `届$`)

// termBefore moves over a term (十二届) that ends at a place.
func termBefore(text string, floor, at int) int {
	if i := termEnd.FindStringIndex(text[floor:at]); i != nil {
		return floor + i[0]
	}
	return at
}

// placeBefore returns the length of a place's name without its last character, which the committee begins with (云澜+市委),
// that text ends in; 0 where no place of the gazetteer does.
func (m *metadata) placeBefore(text, committee string) int {
	suffix, _ := decodeRune(committee)
	if !strings.ContainsRune("省市县区旗州盟", suffix) || m.g == nil {
		return 0
	}
	longest := 0
	for at, n := len(text), 0; n < longestPlace && at > 0; n++ {
		_, size := decodeLast(text[:at])
		at -= size
		if len(m.g.Lookup(text[at:]+string(suffix))) > 0 {
			longest = len(text) - at
		}
	}
	return longest
}

// longestPlace is the length of the longest name of a place, in characters.
const longestPlace = 12

func isHanRune(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r == '〇' }

// readInspector reads the name of the inspecting group from the introduction, else from the title, else from anywhere in the
// head. A number that is lost in the introduction is taken from the other places where they agree on one.
func (m *metadata) readInspector() {
	intro := m.groupsIn(m.head, m.parts.intro)
	title := m.groupsIn(m.head, titleSpan(m))
	if m.title.end == 0 && m.title.text != "" {
		v := newView(string(m.doc.Title), 0, len(m.doc.Title))
		title = m.groupsIn(v, corpus.Span{End: len(v.text)})
	}
	all := append(append([]groupNaming{}, intro...), title...)
	if len(all) == 0 && inspection.MatchString(m.title.text) && !modelText.MatchString(m.title.text) {
		all = m.addressedGroup()
	}
	if len(all) == 0 && m.doc.DocType != corpus.AuditRectification && m.doc.DocType != corpus.OtherDocument {
		all = m.groupsIn(m.head, corpus.Span{End: len(m.head.text)})
	}
	if len(all) == 0 {
		m.readAuditOffice()
		return
	}
	chosen := all[0]
	for _, g := range all {
		if g.number != "" && !chosen.lost && chosen.number == "" && (chosen.committee == g.committee || chosen.committee == "") {
			chosen = g
			break
		}
	}
	if chosen.lost {
		m.repairInspector(chosen, all)
		return
	}
	m.doc.Inspector = corpus.Fact(simplify(chosen.name()))
	m.noteIn("inspector", chosen.v, chosen.start, chosen.end, "inspecting group", corpus.Stated)
}

// addressedGroup reads the group that a text is addressed to: a report of the unit to its inspectors.
func (m *metadata) addressedGroup() []groupNaming {
	for _, s := range m.parts.lines[:m.parts.first] {
		if line := m.head.text[s.Start:s.End]; strings.HasSuffix(line, "组:") && len(line) <= 3*30 {
			if found := m.groupsIn(m.head, s); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// name returns the name of a group. Its round is a fact of its own and left out, with the term before it: of
// 十二届市委第九轮巡察第四巡察组 that leaves 市委第四巡察组.
func (g groupNaming) name() string {
	if !g.round {
		return g.v.printed(g.start, g.end)
	}
	start := g.start
	if i := termStart.FindStringIndex(g.v.text[g.start:g.end]); i != nil {
		start += i[1]
	}
	return g.v.printed(start, g.roundAt.Start) + g.v.printed(g.roundAt.End, g.end)
}

// auditOffice matches the office that audited: in the introduction as the one that did, above it as addressee or speaker.
var (
	auditOffice = pattern.MustCompile(`([\p{Han}]{0,12}?(?:审计[局厅]|审计署(?:驻[\p{Han}]{2,8}特派员办事处)?))(?:\d|派|组成|组织|受|于|自|对|从|依法|依据|按|:|局长|厅长|审计长|党组书记|$)`)
	officeLead  = pattern.MustCompile(`^.*(?:根据|按照|经|由|及|和|与|向|受|报|送|请|的|[\n。,;:])`)
)

// readAuditOffice takes the office that audited as the inspecting body of an audit document.
func (m *metadata) readAuditOffice() {
	if m.doc.DocType != corpus.AuditRectification {
		return
	}
	for _, part := range []corpus.Span{m.parts.intro, {End: m.parts.intro.Start}} {
		text := m.head.text[part.Start:part.End]
		for _, line := range strings.SplitAfter(text, "\n") {
			at := part.Start + strings.Index(text, line)
			i := auditOffice.FindStringSubmatchIndex(strings.TrimSuffix(line, "\n"))
			if i == nil || isLabelLine(line) || at >= m.title.start && at < m.title.end {
				continue
			}
			start := i[2]
			if lead := officeLead.FindStringIndex(line[i[2]:i[3]]); lead != nil {
				start += lead[1]
			}
			m.doc.Inspector = corpus.Fact(m.head.printed(at+start, at+i[3]))
			m.note("inspector", m.head, at+start, at+i[3], "audit office", corpus.Stated)
			return
		}
	}
	for _, p := range m.x.Properties {
		if hasPrefix(p.Name, []string{"来源", "信息来源", "发布机构", "发布单位", "发文单位"}) > 0 && (strings.HasSuffix(p.Value, "审计局") || strings.HasSuffix(p.Value, "审计厅")) {
			m.doc.Inspector = corpus.Fact(simplify(p.Value))
			m.doc.Provenance["inspector"] = corpus.Provenance{Text: p.Value, Span: p.Span, Rule: "property " + p.Name, Confidence: corpus.Stated}
			return
		}
	}
}

// noteIn is note for a view that may be one of a value outside the text.
func (m *metadata) noteIn(field string, v view, start, end int, rule string, c corpus.Confidence) {
	if v.origin == m.x.Text {
		m.note(field, v, start, end, rule, c)
		return
	}
	m.doc.Provenance[field] = corpus.Provenance{Text: v.printed(start, end), Rule: rule, Confidence: c}
}

// repairInspector completes a name whose number is lost by the number that the title, or everything else in the head,
// gives for the same committee.
func (m *metadata) repairInspector(damaged groupNaming, known []groupNaming) {
	if !hasNumber(known, damaged.committee) {
		known = m.groupsIn(m.head, corpus.Span{End: len(m.head.text)})
	}
	number, agreed := "", false
	var source groupNaming
	for _, g := range known {
		if g.number == "" || g.committee != damaged.committee {
			continue
		}
		agreed = number == "" || number == g.number
		if !agreed {
			break
		}
		number, source = g.number, g
	}
	if !agreed {
		m.doc.Inspector = ""
		m.warn(corpus.TextDamaged, "巡察组的序号缺失，无法补全", damaged.v, damaged.start, damaged.end)
		return
	}
	name := damaged.v.printed(damaged.start, damaged.numberAt) + number + "巡" + afterXun(source)
	m.doc.Inspector = corpus.Fact(name)
	m.noteIn("inspector", damaged.v, damaged.start, damaged.end, "lost number of the groupNaming, from another mention", corpus.Repaired)
	m.warn(corpus.TextRepaired, "巡察组的序号缺失，按文中另一处补为“"+name+"”", damaged.v, damaged.start, damaged.end)
}

// afterXun returns the rest of a group's name behind 巡: 察组 or 视组.
func afterXun(g groupNaming) string {
	if strings.Contains(g.v.text[g.start:g.end], "巡视") {
		return "视组"
	}
	return "察组"
}

func hasNumber(groups []groupNaming, committee string) bool {
	for _, g := range groups {
		if g.number != "" && g.committee == committee {
			return true
		}
	}
	return false
}

// round of inspection: term, committee, number, batch, in the orders in use. The committee's place is read by leftOf.
var (
	roundName = pattern.MustCompile(`(\d{4}-\d{4}年)?(` + committee + `)?((?:第)?` + numeral + `届)?(巡[察视]工作|巡[察视])?((?:第` + numeral + `|首)轮)(第` + numeral + `批)?`)
	roundTail = pattern.MustCompile(`^[\p{Han}“”()]{0,12}?巡[察视]`)
)

// readRound reads the round: the fullest naming in the introduction and the title, the earliest of equals.
func (m *metadata) readRound() {
	best, bestScore := corpus.Span{}, 0
	for _, part := range []corpus.Span{m.parts.intro, titleSpan(m)} {
		text := m.head.text[part.Start:part.End]
		for _, i := range matchesBefore(roundName, text, "轮", groupBytes) {
			start, score := m.roundAt(text, i)
			if own := committeeOf(string(m.doc.Inspector)); score > 0 && own != "" && i[4] >= 0 && text[i[4]:i[5]] == own {
				score += 2 // of two rounds that of the body that came
			}
			if score > bestScore {
				best, bestScore = corpus.Span{Start: part.Start + start, End: part.Start + i[1]}, score
			}
		}
	}
	if bestScore == 0 {
		return
	}
	for _, verb := range []string{"公布", "发布", "通报", "公开", "反馈"} {
		if i := strings.LastIndex(m.head.text[best.Start:best.End], verb); i >= 0 {
			best.Start += i + len(verb)
		}
	}
	m.doc.Round = corpus.Fact(m.head.printed(best.Start, best.End))
	m.note("round", m.head, best.Start, best.End, "round of inspection", corpus.Stated)
}

// roundAt scores one match of roundName by how much of a round it names; 0 is no round of this inspection.
func (m *metadata) roundAt(text string, i []int) (start, score int) {
	start = i[0]
	hasCommittee := i[4] >= 0
	if hasCommittee {
		start = m.leftOf(text, 0, i[4], text[i[4]:i[5]])
		if terms := anyTerm.FindAllStringIndex(text[start:i[4]], -1); terms != nil {
			start += terms[len(terms)-1][0]
		}
		score++
	}
	if i[2] >= 0 { // a period of years numbers the rounds instead of a term
		start = i[2]
		score++
	}
	if i[6] >= 0 || termStart.MatchString(text[start:i[1]]) {
		score++
	} else if loc := termEnd.FindStringIndex(text[:start]); loc != nil {
		start = loc[0]
		score++
	}
	followed := roundTail.MatchString(text[i[1]:]) || i[8] >= 0
	before := text[max(0, start-24):start]
	if earlier.MatchString(before) || (score == 0 || !followed) && score < 2 && !followed {
		return start, 0
	}
	return start, score + 1
}

var (
	anyTerm   = pattern.MustCompile(`第?` + numeral + `届`)
	termStart = pattern.MustCompile(`^(?:第?` + numeral + `届)`)
	// earlier ends in words that make a round one of the past.
	earlier = pattern.MustCompile(`(?:上一?轮|上级|上次|此前|以往|对照|历次|前期|对)[^,，。、;]{0,6}$`)
)
