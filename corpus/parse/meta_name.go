package parse

import (
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/internal/pattern"
)

// trailing words that patterns may take along behind a name.
var trailing = pattern.MustCompile(`(?:的\x00?|领导班子|班子|集中|现场|书面|当面|正式|分别|的(?:党组织|领导)[^,。]*|(?:及|以及|和|与)(?:其|所属|下属|下辖|部分|\d)[^,。]*|等\S{0,6}|组织|\d{4}年度?)$`)

// meeting matches what was held about a unit, behind its name: 水利局党组工作动员会召开.
var meeting = pattern.MustCompile(`(?:巡[察视])?(?:工作|情况)?(?:动员|见面|反馈|部署|推进)(?:部署|沟通|情况)?会.*$|(?:召开|举行).*$`)

// leading matches what a pattern may take along before a name: a column of the site, 关于.
var leading = pattern.MustCompile(`^(?:[^丨|:]{0,30}[丨|:])?(?:[^-]{6,60}--?)?(?:关于)?`)

// bodyAtWork matches a Party body with what it was inspected for: 党委落实脱贫攻坚.
var bodyAtWork = pattern.MustCompile(`^(.+?(?:党组|党委|党工委|党支部|党总支))(?:落实|履行|贯彻|推进|执行|主要|书记)`)

// officer matches the office of a person behind the name of the unit, accounts what was audited of a unit.
var (
	officer  = pattern.MustCompile(`(?:原|前)?(?:党(?:委|组|工委|支部|总支))?(?:副?书记|副?(?:局长|主任|镇长|乡长|县长|区长|市长|院长|校长|馆长|所长|站长|处长|行长|会长|社长|台长|园长|部长)|主席|董事长|总经理|经理)`)
	accounts = pattern.MustCompile(`(?:\d{4}(?:年|至|-).{0,16})?(?:财政|财务|部门|预算|经济责任|资产负债|专项资金|任期)(?:及|和)?(?:财政|财务)?(?:收支|预算|执行|责任|管理|损益|情况|任期|经济).*$`)
)

// inCharge matches what a unit had in charge, behind its name: 指挥部负责的灌区工程.
var inCharge = pattern.MustCompile(`(?:负责|承担|实施|组织实施|主管|承建|建设管理|管理)的`)

// branch matches a Party branch behind the name of its unit.
var branch = pattern.MustCompile(`^(.{2,}?)(?:党)?支部(?:委员会)?$`)

// partyOrgan matches organs of a Party committee that are called 委员会 themselves: they are units.
var partyOrgan = pattern.MustCompile(`(?:政法|纪律检查|机构编制)委员会$`)

// placeCommittee matches the committee of a named place: the place is the unit.
var placeCommittee = pattern.MustCompile(`^[\p{Han}]{2,}[省市县区旗州镇乡]委$`)

// severalUnits matches a list of units, which have no unit in common.
var severalUnits = pattern.MustCompile(`^[^()]*(?:党组|党委|党支部|党总支|局|院|校|中心|公司|镇|乡|街道|村)、[^、()]{2,}(?:党组|党委|党支部|党总支|局|院|校|中心|公司|镇|乡|街道|村)`)

// otherParty begins the name of a league or party that is a unit of its own.
var otherParty = pattern.MustCompile(`^(?:共青)?团|^民[革盟建进]|^农工|^致公|^九三|^台盟`)

// name makes a naming of a range of a view; empty where the words name no unit.
func (m *metadata) name(v view, start, end int, rule string) named {
	for start < end && v.text[start] == 0 || strings.HasPrefix(v.text[start:end], "\n") {
		start++
	}
	if i := leading.FindStringIndex(v.text[start:end]); i != nil && i[1] < end-start {
		start += i[1]
	}
	if i := strings.LastIndex(v.text[start:end], "中共"); i > 0 {
		start += i
	}
	if i := meeting.FindStringIndex(v.text[start:end]); i != nil && i[0] > 0 {
		end = start + i[0]
	}
	if i := trailing.FindStringIndex(v.text[start:end]); i != nil && i[0] > 0 && !strings.HasSuffix(v.text[start:end], "党组织") {
		end = start + i[0]
	}
	if m.doc.DocType == corpus.AuditRectification {
		if i := officer.FindStringIndex(v.text[start:end]); i != nil && i[0] > 0 {
			end = start + i[0]
		}
		if i := accounts.FindStringIndex(v.text[start:end]); i != nil && i[0] > 0 {
			end = start + i[0]
		}
	}
	if i := inCharge.FindStringIndex(v.text[start:end]); i != nil && i[0] > 0 {
		end = start + i[0]
	}
	if i := bodyAtWork.FindStringSubmatchIndex(v.text[start:end]); i != nil {
		end = start + i[3]
	}
	folded := strings.ReplaceAll(v.text[start:end], "\n", "")
	if strings.HasPrefix(folded, "中共") && hasPrefix(v.text[end:], []string{"省委", "市委", "县委", "区委", "旗委", "州委"}) > 0 {
		return named{} // the committee that sent the inspectors: 中共某 of 中共某市委第四巡察组
	}
	if hasPrefix(v.text[end:], []string{"省委", "市委", "县委", "区委", "旗委", "州委"}) > 0 && !endsInUnit(folded) {
		return named{} // the place of the committee: 某 of 某县委巡察反馈问题整改台账
	}
	if selfName.MatchString(folded) || notUnit.MatchString(folded) && !strings.Contains(folded, "党组") || utf8.RuneCountInString(folded) < 2 {
		return named{}
	}
	if m.doc.DocType == corpus.AuditRectification && hasPrefix(v.text[end:], []string{"资金", "专项", "基金"}) > 0 && !unitEnd.MatchString(folded) {
		return named{} // what the money was for: 乡村道路养护 of 乡村道路养护资金
	}
	if severalUnits.MatchString(folded) {
		return named{}
	}
	n := gazetteer.ParseUnit(simplify(v.printed(start, end)))
	if i := partyOrgan.FindStringIndex(strings.TrimPrefix(folded, "中共")); i != nil {
		n.PartyBody = simplify(v.printed(start, end))
		n.Unit = strings.TrimPrefix(n.PartyBody, "中共")
	}
	if i := branch.FindStringSubmatch(n.Unit); i != nil {
		if n.PartyBody == "" {
			n.PartyBody = n.Unit
		}
		n.Unit = i[1]
	}
	if n.PartyBody == "" && m.doc.DocType != corpus.AuditRectification { // a government reports for its place
		for _, g := range []string{"人民政府", "办事处"} {
			if place, ok := strings.CutSuffix(n.Unit, g); ok && place != "" {
				n.Unit = place
			}
		}
	}
	if n.PartyBody == "" && placeCommittee.MatchString(n.Unit) && !otherParty.MatchString(n.Unit) {
		n.Unit, n.PartyBody = strings.TrimSuffix(n.Unit, "委"), n.Unit
	}
	n.Unit = m.withoutProvince(n.Unit)
	if rest, ok := strings.CutPrefix(n.PartyBody, "中共"); ok {
		n.PartyBody = "中共" + m.withoutProvince(rest)
	} else {
		n.PartyBody = m.withoutProvince(n.PartyBody)
	}
	return named{UnitName: n, v: v, start: start, end: end, rule: rule}
}

// provinceLead matches the province that a full name begins with.
var provinceLead = pattern.MustCompile(`^[\p{Han}]{2,6}?(?:省|自治区)`)

// withoutProvince drops the province before the city or county that a name goes on with: it says where the unit is, and names it not.
func (m *metadata) withoutProvince(name string) string {
	i := provinceLead.FindStringIndex(name)
	if i == nil || m.g == nil {
		return name
	}
	rest := name[i[1]:]
	if r, at, ok := m.placeBeginning(rest); ok && (r.City != "" || r.County != "") && at.End < len(rest) && (strings.HasPrefix(rest, string(r.City)) && r.City != "" || strings.HasPrefix(rest, string(r.County)) && r.County != "") {
		return rest
	}
	return name
}
