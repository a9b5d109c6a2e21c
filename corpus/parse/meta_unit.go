package parse

import (
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/internal/pattern"
)

// named is one naming of the inspected unit.
type named struct {
	gazetteer.UnitName
	v          view
	start, end int
	rule       string
}

func (n named) empty() bool { return n.Unit == "" }

// namePattern finds the name of the unit as its first group.
type namePattern struct {
	re   *pattern.Pattern
	rule string
}

// titlePatterns read the unit out of a title, the surest first.
var titlePatterns = []namePattern{
	{pattern.MustCompile(`^(?:\[[^\]]*\])?(中共.+?)关于`), "unit in title"},
	{pattern.MustCompile(`^(?:关于对?)?(.+?)原?(?:党委|党组|党工委|党支部|党总支)?(?:副?书记|局长|主任|镇长|乡长|院长|校长|馆长|所长|站长|处长|董事长|总经理|主席)[^。]{0,14}?(?:任期|任职|离任|经济责任)`), "unit in audit title"},
	{pattern.MustCompile(`^((?:中共)?[^向]{4,40})向[\p{Han}]{0,8}(?:[省市县区旗州]委|党[委组])[^反馈]{0,8}组.{0,6}(?:汇报|报告|说明)`), "unit in title"},
	{pattern.MustCompile(`(?:整改|问题).{0,6}(?:台账|台帐|清单|表)\(([\p{Han}]{4,30}(?:党组|党委|支部|总支|局|委|办|院|校|中心|公司|集团|镇|乡|街道|站|所|队|馆|会))\)$`), "unit in title"},
	{pattern.MustCompile(`组关于对(.+?)(?:开展|进行)?的?(?:常规|专项)?巡[察视]`), "unit in report title"},
	{pattern.MustCompile(`^(?:\[[^\]]*\])?(中共.+?)(?:落实|贯彻|巡[察视]|对[^。]{0,12}巡[察视]|[省市县区旗]委第?\S{0,4}巡[察视]|整改)`), "unit in title"},
	{pattern.MustCompile(`向(.+?)(?:反馈|通报)`), "unit in feedback title"},
	{pattern.MustCompile(`组进驻(.+?)(?:开展|进行|召开|并|$)`), "unit in title"},
	{pattern.MustCompile(`(?:^关于|^|组|组关于)(?:开展)?巡[察视](?:“回头看”)?([^工组情反整].{1,60}?)(?:的)?\x00?(?:工作)?(?:情况|反馈|报告|公告)`), "unit in report title"},
	{pattern.MustCompile(`组(?:巡[察视])?反馈([^意问].{1,40}?(?:党组|党委|党总支|党支部|党工委|局|委|办|中心|公司|集团|院|校|镇|乡|街道|村|社区|站|所|馆|会|处|队|大学|室))(?:存在)?的?(?:问题|意见)`), "unit in title"},
	{pattern.MustCompile(`^关于对(.+?)(?:开展|进行)?的?(?:常规|专项)?(?:巡[察视]|审计)`), "unit in report title"},
	{pattern.MustCompile(`对(.+?)的?(?:巡[察视])?(?:工作)?(?:情况)?的?(?:反馈意见|反馈|开展)`), "unit in feedback title"},
	{pattern.MustCompile(`^关于(.+?)(?:\d{4}年度?|[一二〇]{4}年度?)?(?:预算|财务|资产|基金|经济责任)?.{0,12}的?审计(?:结果|报告)`), "unit in audit title"},
	{pattern.MustCompile(`^(.+?)关于`), "unit in title"},
	{pattern.MustCompile(`^(.+?)(?:\d{4}年?[度至]?|原(?:局长|主任|书记)).{0,40}审计`), "unit in audit title"},
	{pattern.MustCompile(`^(.+?)审计(?:发现|查出|结果|整改|反馈)`), "unit in audit title"},
	{pattern.MustCompile(`^(.+?)(?:落实|贯彻)?(?:[省市县区旗]委)?(?:第\S{1,3}轮)?(?:第?` + numeral + `)?巡[察视](?:` + numeral + `?组)?(?:反馈)?(?:意见|问题)?(?:集中)?整改`), "unit in title"},
}

// auditPatterns read the unit out of the introduction of an audit, before introPatterns: its object is the unit's money.
var auditPatterns = []namePattern{
	{pattern.MustCompile(`对((?:[^,。;:、()]|\([^()]*\)){2,40}?)(?:的?\d{4}年|\d{4}至|主要负责人|党政主要|(?:原|前)?(?:党(?:委|组|工委|支部|总支))?副?(?:局长|主任|书记|院长|校长|镇长|乡长|馆长|所长|站长|处长|行长|董事长|总经理)|具体(?:组织|承担|编制)|的?(?:预算|财政(?:收支|资金|管理)|财务|资产|资金|经济责任|专项|基金))[^。;]{0,60}?(?:进行|开展|实施)`), "unit in introduction"},
}

// introPatterns read the unit out of the introduction.
var introPatterns = []namePattern{
	{pattern.MustCompile(`对((?:[^,。;:、()]|\([^()]*\)){2,60}?)(?:、(?:政府|行政|人大|政协|办事处)[^,。;:]{0,12})?(?:进行|开展|实施)(?:了)?[^。;,]{0,40}?(?:巡[察视]|审计|检查)`), "unit in introduction"},
	{pattern.MustCompile(`对((?:[^,。;:、()]|\([^()]*\)){2,60}?)(?:进行|开展|实施)`), "unit in introduction"},
	{pattern.MustCompile(`进驻((?:[^,。;:、()]|\([^()]*\)){2,40}?)(?:情况|开展|进行|召开|,|。|;)`), "unit in introduction"},
	{pattern.MustCompile(`巡[察视]组(?:进驻|巡[察视])((?:[^,。;:、()]|\([^()]*\)){2,40}?)(?:情况|反馈|开展|进行|,|。)`), "unit in introduction"},
	{pattern.MustCompile(`向((?:[^,。;:、()]|\([^()]*\)){2,60}?)(?:反馈|进行了?反馈|通报)`), "unit in introduction"},
	{pattern.MustCompile(`(?:指出|发现)((?:[^,。;:、()]|\([^()]*\)){2,40}?(?:党组|党委|党支部))(?:存在|在)`), "unit in introduction"},
}

// readUnit reads the inspected unit and its Party body. The title gives the fullest name; where the introduction names another
// unit than the title, that is the one that was inspected.
func (m *metadata) readUnit() {
	if m.doc.DocType == corpus.OtherDocument && !m.ofInspection() {
		m.warnUnit()
		return
	}
	title, intro, signed := m.unitInTitle(), m.unitInIntro(), m.unitInSignature()
	if labelled := m.unitByLabel(inspectedLabel, "label of the unit"); !labelled.empty() {
		title, intro = labelled, named{}
	} else if title.empty() && intro.empty() && signed.empty() {
		signed = m.unitByAddressee()
	}
	if m.isBudgetAudit() {
		title, signed = named{}, named{}
	}
	m.namings = []named{title, intro, signed}
	unit := fullest(title, intro, signed)
	if sub := m.unitInSubtitle(); !sub.empty() && (unit.empty() || sameUnit(sub.Unit, unit.Unit) && better(sub, unit)) {
		unit = sub
	}
	if own := m.unitByLabel(ownLabel, "label of who filled it in"); m.doc.DocType == corpus.RectificationNotice && !own.empty() && sameUnit(own.Unit, unit.Unit) && better(own, unit) {
		signed, unit = unit, own
	}
	if unit.empty() && !m.isBudgetAudit() {
		if unit = m.unitInProperties(); unit.empty() {
			unit = m.unitByLabel(ownLabel, "label of who filled it in")
		}
	}
	if unit.empty() {
		m.warnUnit()
		return
	}
	m.doc.Unit = corpus.Fact(unit.Unit)
	m.noteIn("unit", unit.v, unit.start, unit.end, unit.rule, corpus.Stated)
	m.setPartyBody(unit, title, intro, signed)
	if s := gazetteer.Sector(unit.Unit); s != "" {
		m.doc.Sector = corpus.Fact(s)
		p := m.doc.Provenance["unit"]
		p.Rule, p.Confidence = "sector by the unit's name", corpus.Derived
		m.doc.Provenance["sector"] = p
	}
}

// ofInspection reports whether a text that is no inspection document belongs to an inspection nevertheless: an announcement, a report
// to the inspectors. What it says of unit and dates is a fact like any other. Model texts state none.
func (m *metadata) ofInspection() bool {
	return m.doc.Inspector != "" && !modelText.MatchString(m.title.text) || announces.MatchString(m.title.text)
}

var (
	modelText = pattern.MustCompile(`范文|模板|样本|XX|xx|某某|×|\*`)
	announces = pattern.MustCompile(`巡[察视].{2,60}公告$`)
)

var budgetAudit = pattern.MustCompile(`(?:本|市|县|省|区|州|旗|同)级(?:财政)?预算执行`)

// isBudgetAudit reports whether the audit is of the budget of a whole place, which has no unit.
func (m *metadata) isBudgetAudit() bool {
	return m.doc.DocType == corpus.AuditRectification && budgetAudit.MatchString(m.title.text) && !strings.Contains(m.title.text, "部门预算")
}

func (m *metadata) warnUnit() {
	m.doc.Warnings = append(m.doc.Warnings, corpus.Warning{Code: corpus.UnitUnknown, Message: "没有读到被巡察（被审计）单位的名称"})
}

// setPartyBody takes the Party body from the naming that gave the unit, else from another naming of the same unit.
func (m *metadata) setPartyBody(unit named, others ...named) {
	for _, n := range append([]named{unit}, others...) {
		if n.PartyBody != "" && sameUnit(n.Unit, unit.Unit) {
			m.doc.PartyBody = corpus.Fact(n.PartyBody)
			m.noteIn("party_body", n.v, n.start, n.end, n.rule, corpus.Stated)
			return
		}
	}
}

// fullest chooses among the namings. Of one unit the longest name is best, and of equal names one with a Party body.
func fullest(title, intro, signed named) named {
	chosen := title
	switch {
	case chosen.empty():
		chosen = intro
	case !intro.empty() && !sameUnit(title.Unit, intro.Unit):
		return intro
	case !intro.empty() && better(intro, chosen):
		chosen = intro
	}
	if !signed.empty() && (chosen.empty() || sameUnit(chosen.Unit, signed.Unit) && better(signed, chosen)) {
		chosen = signed
	}
	return chosen
}

func better(a, b named) bool {
	if len(a.Unit) != len(b.Unit) {
		return len(a.Unit) > len(b.Unit)
	}
	return len(a.PartyBody) > len(b.PartyBody)
}

// sameUnit reports whether two names can name one unit: without its place one ends in the other or abbreviates it (发改委,
// 发展和改革委员会), or they share most of their characters, as before and after a renaming.
func sameUnit(a, b string) bool {
	a, b = strings.TrimSuffix(withoutPlaceWord(a), "机关"), strings.TrimSuffix(withoutPlaceWord(b), "机关")
	if len(a) < len(b) {
		a, b = b, a
	}
	if b == "" {
		return false
	}
	if strings.HasSuffix(a, b) || abbreviates(b, a) {
		return true
	}
	shared := 0
	for _, r := range b {
		if strings.ContainsRune(a, r) {
			shared++
		}
	}
	short := utf8.RuneCountInString(b)
	return short >= 3 && shared*10 >= 8*short && lastRuneOf(a) == lastRuneOf(b)
}

// abbreviates reports whether all characters of short stand in long in this order.
func abbreviates(short, long string) bool {
	n := 0
	for _, r := range short {
		i := strings.IndexRune(long, r)
		if i < 0 {
			return false
		}
		long = long[i+utf8.RuneLen(r):]
		n++
	}
	return n >= 2
}

func lastRuneOf(s string) rune {
	r, _ := decodeLast(s)
	return r
}

// withoutPlaceWord drops a leading 市, 县, 区 … that stands for the place.
func withoutPlaceWord(unit string) string {
	for _, p := range []string{"市", "县", "区", "省", "州", "旗", "盟", "我"} {
		if rest, ok := strings.CutPrefix(unit, p); ok && len(rest) >= len("某局") {
			return rest
		}
	}
	return unit
}

var (
	selfName = pattern.MustCompile(`^(?:我|该|你|其|照|标准|口|策)|^(?:[省市县区州旗]直)?(?:部门|单位|机关|乡镇|党组织)+$|重点|认真$|^(?:本|贵)(?:局|院|委|办|中心|单位|公司|校|镇|乡|街道|处|站|所|厅|会|市|县|区|集团|部|社|馆|支队|大队|村|社区|分局|系统)|^(?:公司|集团|学校|医院|学院|分局|支队|大队|中队|中心|街道|单位|机关|局机关|景区|管委会|村|社区|镇|乡|站|所|院|局|馆|校)(?:党委|党组|党支部|党总支|党工委|支部)?$|^(?:全[市县区省]|各|有关|相关|部分|\d)|等\S*(?:单位|党组织|部门|地方)|家单位|领域|^(?:各)?被巡|^本轮|\d[家个]|^[一二三四五六七八九十百两]+[家个所]|所辖|所属|[届轮]$|^[省市县区旗州]委$|(?:情况|问题|工作|意见)$`)
	notUnit  = pattern.MustCompile(`审计[局厅]关于|(?:公布|公开|通报|公告)$|巡[察视](?:组|办|工作)|两委|被巡[察视]|部门单位|党组织$|[委第]第?` + numeral + `(?:轮\S*|[联提交专机]\S*)?$|反馈|整改(?:工作|落实)|收悉|》|发现的|存在的|逐[项条个]|^关于$|同志$|某某|习近平|^\d{4}年|预算执行|^人民政府$`)
)

// unitInTitle reads the unit from the title.
func (m *metadata) unitInTitle() named {
	if m.title.text == "" {
		return named{}
	}
	v, from := m.head, m.title.start
	if m.title.end == 0 {
		v, from = newView(string(m.doc.Title), 0, len(m.doc.Title)), 0
	}
	end := m.title.end
	if end == 0 {
		end = len(v.text)
	}

	return m.unitInHeading(v, from, end)
}

// unitInHeading reads the unit from the words of a title, which may be broken over lines.
func (m *metadata) unitInHeading(v view, from, end int) named {
	flat := strings.ReplaceAll(v.text[from:end], "\n", "\x00")
	for _, p := range titlePatterns {
		if i := p.re.FindStringSubmatchIndex(flat); i != nil {
			if n := m.name(v, from+i[2], from+i[3], p.rule); !n.empty() && !m.isAuditor(n) {
				return n
			}
		}
	}
	return named{}
}

// isAuditor reports whether a name in an audit document is that of the office that audited.
func (m *metadata) isAuditor(n named) bool {
	return m.doc.DocType == corpus.AuditRectification && (strings.HasSuffix(n.Unit, "审计局") || strings.HasSuffix(n.Unit, "审计厅"))
}

// unitInSubtitle reads the unit from a heading between the title of a numbered announcement and the introduction.
func (m *metadata) unitInSubtitle() named {
	if m.doc.DocType != corpus.AuditRectification || m.title.end == 0 || m.title.end >= m.parts.intro.Start || m.isBudgetAudit() {
		return named{}
	}
	return m.unitInHeading(m.head, m.title.end, m.parts.intro.Start)
}

// unitInIntro reads the unit from the introduction.
func (m *metadata) unitInIntro() named {
	s := m.parts.intro
	text := m.head.text[s.Start:s.End]
	patterns := introPatterns
	switch {
	case m.isBudgetAudit():
		patterns = auditPatterns
	case m.doc.DocType == corpus.AuditRectification:
		patterns = append(append([]namePattern{}, auditPatterns...), introPatterns...)
	case namesMany(text):
		return named{}
	}
	for _, p := range patterns {
		for _, i := range p.re.FindAllStringSubmatchIndex(text, 6) {
			if n := m.name(m.head, s.Start+i[2], s.Start+i[3], p.rule); !n.empty() {
				return n
			}
		}
	}
	return named{}
}

var signature = pattern.MustCompile(`^(中共[\p{Han}()]{3,40}(?:党组|党委|委员会|工委|支部|总支|委))(?:\d{4}年\d{1,2}月\d{1,2}日)?$`)

// objects matches what was inspected, with lists; unitEnd the end of a unit's name.
var (
	objects = pattern.MustCompile(`对([^,。;:]{2,120}?)(?:开展|进行|实施)`)
	unitEnd = pattern.MustCompile(`(?:局|委|办|办公室|中心|镇|乡|街道|村|社区|院|校|学院|公司|集团|党组|党委|支部|总支|部|会|站|处|所|馆|区|县|\(社区\))$`)
)

// several matches 市水利局等4家单位.
var several = pattern.MustCompile(`等(?:\d{1,3}|[一二两三四五六七八九十]{1,3})[家个](?:[\p{Han}]{0,4})(?:单位|部门|党组织|党组|党委|乡镇|街道|村)`)

// namesMany reports whether the introduction says that several units were inspected: those have no unit in common.
func namesMany(text string) bool {
	i := objects.FindStringSubmatch(text)
	if i == nil {
		return false
	}
	if several.MatchString(i[1]) {
		return true
	}
	first, rest, ok := strings.Cut(i[1], "、")
	second, _, _ := strings.Cut(rest, "、")
	return ok && unitEnd.MatchString(first) && (strings.Contains(rest, "等") || unitEnd.MatchString(second)) && !strings.HasPrefix(rest, "政府")
}

// unitInSignature reads the unit from the signature below the text.
func (m *metadata) unitInSignature() named {
	lines := m.tail.lines()
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-10; i-- {
		s := lines[i]
		if j := signature.FindStringSubmatchIndex(m.tail.text[s.Start:s.End]); j != nil {
			return m.name(m.tail, s.Start+j[2], s.Start+j[3], "signature")
		}
	}
	if n := m.unitBelowTitle(); !n.empty() {
		return n
	}
	return m.signedAboveDate(lines)
}

// unitBelowTitle reads the unit from a line between the title and the introduction of a notice that names a Party body and nothing else.
func (m *metadata) unitBelowTitle() named {
	if m.doc.DocType != corpus.RectificationNotice || m.title.end == 0 {
		return named{}
	}
	for _, s := range m.parts.lines[:min(m.parts.first, len(m.parts.lines))] {
		if s.Start < m.title.end {
			continue
		}
		if j := signature.FindStringSubmatchIndex(m.head.text[s.Start:s.End]); j != nil {
			return m.name(m.head, s.Start+j[2], s.Start+j[3], "line below the title")
		}
	}
	return named{}
}

var signedName = pattern.MustCompile(`^[\p{Han}()]{4,40}(?:局|委|委员会|办|办公室|中心|镇|乡|街道|办事处|政府|村|社区|院|校|学|公司|集团|党组|支部|总支|会|社|站|处|所|馆|行|厅|园|场|队|台)$`)

// signedAboveDate reads the unit from a line above the date that a text ends with. In a notice and in an answer to the auditors that
// is the unit itself.
func (m *metadata) signedAboveDate(lines []corpus.Span) named {
	if m.doc.DocType != corpus.RectificationNotice && m.doc.DocType != corpus.AuditRectification {
		return named{}
	}
	for i := len(lines) - 1; i > 0 && i >= len(lines)-signatureLines; i-- {
		date, name := m.tail.text[lines[i].Start:lines[i].End], lines[i-1]
		if !dateLine.MatchString(date) && !chineseDateLine.MatchString(date) || m.inCell(m.tail, name) || int(m.tail.at[name.Start]) < int(m.head.at[min(m.parts.intro.Start, len(m.head.at)-1)]) {
			continue
		}
		if signedName.MatchString(m.tail.text[name.Start:name.End]) {
			if n := m.name(m.tail, name.Start, name.End, "signature"); !m.isAuditor(n) {
				return n
			}
		}
	}
	return named{}
}

// inspectedLabel matches the label of the unit that was inspected, ownLabel that of the unit that filled in a table.
var (
	inspectedLabel = pattern.MustCompile(`(?:被审计(?:单位|对象)|被巡[察视](?:单位|党组织|对象))(?:名称)?[:\n]([^,。;:\n]{3,40}?)(?:[,。;\n]|$|(?:填[表报]|巡[察视]|反馈|报送|联系|负责|审计)\p{Han}{0,4}:)`)
	ownLabel       = pattern.MustCompile(`(?:^|\n)(?:填报|填表|报送|整改|责任)?单位(?:名称|\(盖章\))?:([^,。;:\n]{3,40}?)(?:\n|$|(?:填[表报]|报送|整改|制表)?(?:日期|时间|人)?:|填[表报])`)
)

// unitByLabel reads the unit behind a label.
func (m *metadata) unitByLabel(label *pattern.Pattern, rule string) named {
	i := label.FindStringSubmatchIndex(m.head.text)
	if i == nil || m.head.text[i[2]-1] == '\n' && !unitEnd.MatchString(m.head.text[i[2]:i[3]]) {
		return named{} // the next cell of a header
	}
	return m.name(m.head, i[2], i[3], rule)
}

// addressedLine matches the line above a letter that names whom it is written to.
var addressedLine = pattern.MustCompile(`^(中共[\p{Han}()]{3,40}(?:党组|党委|委员会|工委|支部|总支|委)|[\p{Han}()]{3,40}(?:党组|党委|党工委|党支部|党总支)):$`)

// unitByAddressee reads the unit to which a feedback or a report is addressed.
func (m *metadata) unitByAddressee() named {
	if m.doc.DocType != corpus.Feedback {
		return named{}
	}
	for _, s := range m.parts.lines[:min(m.parts.first, len(m.parts.lines))] {
		if i := addressedLine.FindStringSubmatchIndex(m.head.text[s.Start:s.End]); i != nil {
			return m.name(m.head, s.Start+i[2], s.Start+i[3], "unit that is addressed")
		}
	}
	return named{}
}

// unitInProperties takes the issuing unit of the page, which in a notice is the unit that was inspected.
func (m *metadata) unitInProperties() named {
	if m.doc.DocType != corpus.RectificationNotice {
		return named{}
	}
	for _, name := range []string{"填报单位", "填表单位", "整改单位", "发文单位", "发布机构", "发布单位", "发文机关"} {
		for _, p := range m.x.Properties {
			if p.Name == name && utf8.RuneCountInString(p.Value) >= 4 {
				v := newView(p.Value, 0, len(p.Value))
				if n := m.name(v, 0, len(v.text), "property "+name); !n.empty() {
					return n
				}
			}
		}
	}
	return named{}
}
