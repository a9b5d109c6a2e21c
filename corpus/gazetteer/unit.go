package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// UnitName is the name of an inspected organisation, taken apart.
type UnitName struct {
	// Unit is the organisation without 中共 and without its Party body: 珠海市商务局. For a committee of a place or a school
	// it is the place or the school: 中共某县某镇委员会 is 某县某镇.
	Unit string
	// PartyBody is the Party body as it is named, 中共 included where it is printed; "" where none is named.
	PartyBody string
	// Alias is what stands in brackets behind the name (科协), and of 含…,以下简称市商务局 only the short name; "" where there are
	// no brackets.
	Alias string
}

// partyBodies are the endings that name a Party body, longer ones first where one ends another.
var partyBodies = []string{
	"党组织", "分党组", "党组", "机关党委", "党工委", "党委", "机关党总支", "党总支部委员会", "党总支委员会", "党总支部", "党总支", "机关党支部", "党支部委员会", "党支部",
	"总支部委员会", "总支委员会", "支部委员会", "总支部", "总支", "工作委员会", "工委", "部务会", "室务会", "委员会", "党委会",
}

// governmentCommittees are organs of government whose names end in 委员会 themselves.
var governmentCommittees = []string{
	"发展和改革", "发展改革", "卫生健康", "监督管理", "管理", "教育", "农业农村", "住房和城乡建设", "住房城乡建设", "交通", "经济和信息化",
	"科学技术", "科技", "商务", "体育", "民族事务", "民族宗教", "民族宗教事务", "村民", "居民", "社区居民", "仲裁", "行政", "监察", "规划", "水务",
	"城市管理", "国有资产", "社会工作", "地方史志编纂", "机构编制",
}

// organs of a Party committee that are themselves called 工委: the committee is the unit.
var workingOrgans = []string{"直属机关", "直机关", "机关", "教育", "教育卫生", "政法", "卫健", "老干部", "企业", "国资", "互联网企业", "社会"}

// ParseUnit takes the name of a unit apart. Blanks inside the name are dropped; it is otherwise kept as printed.
func ParseUnit(raw string) UnitName {
	bare, alias := cutBrackets(withoutBlanks(raw))
	bare = strings.Trim(bare, "，,。；;：:、“”\"")
	bare = trimAny(bare, "领导班子", "班子")
	n := UnitName{Unit: bare, Alias: alias}
	party := strings.HasPrefix(bare, "中共") || strings.HasPrefix(bare, "中国共产党")
	n.Unit = strings.TrimPrefix(strings.TrimPrefix(bare, "中国共产党"), "中共")
	unit, body := cutPartyBody(n.Unit, party)
	if body != "" || party {
		n.Unit, n.PartyBody = unit, bare
	}
	return n
}

// cutPartyBody cuts the ending that names the Party body off a name. A bare 委员会 or 委 is one only behind 中共.
func cutPartyBody(unit string, party bool) (name, body string) {
	for _, ending := range partyBodies {
		rest, ok := strings.CutSuffix(unit, ending)
		if !ok || rest == "" {
			continue
		}
		switch ending {
		case "委员会":
			if !party || endsAny(rest, governmentCommittees) {
				return unit, ""
			}
		case "工作委员会", "工委":
			if endsAny(rest, workingOrgans) {
				return unit, ending
			}
			return behindCommittee(rest), ending
		}
		return rest, ending
	}
	if rest, ok := strings.CutSuffix(unit, "委"); ok && party && endsAny(rest, []string{"省", "市", "县", "区", "旗", "州", "盟", "镇", "乡"}) {
		return rest, "委"
	}
	return unit, ""
}

// behindCommittee returns what stands behind the committee that sent a working committee: of 某市委某某开发区 the zone.
func behindCommittee(name string) string {
	for _, c := range []string{"省委", "市委", "县委", "区委", "旗委", "州委"} {
		if _, rest, ok := strings.Cut(name, c); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return name
}

// cutBrackets takes the brackets out of a name and returns what the first pair holds as the alias.
func cutBrackets(name string) (bare, alias string) {
	var out strings.Builder
	for {
		open := strings.IndexAny(name, "（(【[〔")
		if open < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(name[open:])
		inside, after, ok := cutAny(name[open+size:], "）)】]〕")
		if !ok {
			break
		}
		if alias == "" && !endsAny(inside, partyBodies) && !endsAny(inside, []string{"公开稿"}) {
			alias = shortForm(inside)
		}
		out.WriteString(name[:open])
		name = after
	}
	out.WriteString(name)
	return out.String(), alias
}

// shortForm returns the short name that a bracket introduces, else all it holds.
func shortForm(inside string) string {
	for _, lead := range []string{"以下简称", "下称", "简称"} {
		if _, short, ok := strings.Cut(inside, lead); ok {
			return strings.Trim(short, "：:“”\"为")
		}
	}
	return inside
}

// cutAny cuts a text around the first of the characters.
func cutAny(text, characters string) (before, after string, found bool) {
	i := strings.IndexAny(text, characters)
	if i < 0 {
		return text, "", false
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return text[:i], text[i+size:], true
}

// withoutBlanks drops blanks of every kind.
func withoutBlanks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' {
			return -1
		}
		return r
	}, text)
}

// trimAny cuts the first of the endings that the text has.
func trimAny(text string, endings ...string) string {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(text, e); ok && rest != "" {
			return rest
		}
	}
	return text
}

// endsAny reports whether the text ends in one of the endings.
func endsAny(text string, endings []string) bool {
	for _, e := range endings {
		if strings.HasSuffix(text, e) {
			return true
		}
	}
	return false
}
