package parse

import (
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/internal/pattern"
)

var (
	sender     = pattern.MustCompile(committee)
	sentBy     = pattern.MustCompile(`(?:根据|按照|经)[^。,，]{0,30}?(` + committee + `)`)
	sends      = pattern.MustCompile(`(省委|市委|县委|区委|旗委|州委|盟委)[^。;]{0,12}巡[察视]`)
	auditLevel = pattern.MustCompile(`审计署|(?:省|自治区)审计厅|([市县区旗州])审计局|(省|市|县|区)(?:本)?级(?:预算|财政)|(省|市|县|区)人民政府`)
	// countyWords are how a county-level place speaks of itself where its name is left out.
	countyWords = []string{"县域示范", "县域样板", "县域标杆", "县域典范", "全国百强县", "全省百强县"}
)

// readLevel derives the level of the committee that sent the inspectors from the group's name, else from the committee whose
// decision the introduction names.
func (m *metadata) readLevel() {
	if m.doc.DocType == corpus.AuditRectification {
		m.auditLevel()
		return
	}
	name, rule := string(m.doc.Inspector), "committee of the inspecting group"
	body := committeeOf(name)
	if name == "" || body == "" {
		intro := m.head.text[m.parts.intro.Start:m.parts.intro.End]
		found := sentBy.FindStringSubmatchIndex(intro)
		if found == nil {
			found = sends.FindStringSubmatchIndex(intro)
		}
		if found == nil {
			if found = sender.FindStringIndex(m.title.text); found == nil || m.doc.DocType == corpus.OtherDocument {
				return
			}
			body, name, rule = m.title.text[found[0]:found[1]], m.title.text, "committee in title"
		} else {
			body, rule = intro[found[2]:found[3]], "committee that decided the inspection"
			name = intro[m.leftOf(intro, 0, found[2], body):found[3]]
		}
	}
	level, why := m.levelOf(body, name)
	if level == "" {
		return
	}
	m.doc.Level = level
	p := m.doc.Provenance["inspector"]
	if p.Text == "" {
		p.Text = body
	}
	p.Rule, p.Confidence = rule+why, corpus.Derived
	m.doc.Provenance["level"] = p
}

// committeeOf returns the word for the committee in the name of a group.
func committeeOf(name string) string {
	v := newView(name, 0, len(name))
	return sender.FindString(v.text)
}

// municipalities are the cities directly under the central authorities, whose 市委 is provincial and whose districts are
// of the rank of a city.
var municipalities = []string{"北京市", "天津市", "上海市", "重庆市"}

func isMunicipality(province corpus.Fact) bool {
	for _, m := range municipalities {
		if string(province) == m {
			return true
		}
	}
	return false
}

// levelOf gives the level of a committee; why tells what besides its name decided.
func (m *metadata) levelOf(body, name string) (level corpus.Level, why string) {
	direct := isMunicipality(m.doc.Region.Province)
	switch body {
	case "中央", "中纪委", "教育部":
		return corpus.Central, ""
	case "省委", "自治区党委", "兵团党委":
		return corpus.Provincial, ""
	case "州委", "盟委", "地委", "师市党委":
		return corpus.Municipal, ""
	case "县委", "旗委", "区委", "县(市、区)委", "县(市,区)委", "县(市区)委":
		if direct {
			return corpus.Municipal, ", under a municipality"
		}
		return corpus.County, ""
	case "市委":
		return m.cityLevel(name, direct)
	}
	if ministry.MatchString(body) {
		return corpus.Central, ", a ministry"
	}
	return "", ""
}

// ministry matches the ministries, whose Party groups send inspectors of their own.
var ministry = pattern.MustCompile(`^(?:国家)?(?:外交|国防|教育|科技|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和社会保障|人社|自然资源|生态环境|环境保护|住房和城乡建设|住建|交通运输|水利|农业|农业农村|商务|文化|文化和旅游|应急管理|退役军人事务|国土资源|铁道)部$`)

// cityLevel tells whose 市委 it is: that of a municipality, a city or a county-level city.
func (m *metadata) cityLevel(name string, direct bool) (corpus.Level, string) {
	if own, ok := m.placeOf(name); ok {
		switch own.Level {
		case gazetteer.County:
			return corpus.County, ", a county-level city"
		case gazetteer.Province:
			return corpus.Provincial, ", a municipality"
		}
		return corpus.Municipal, ""
	}
	county := string(m.doc.Region.County)
	intro := m.head.text[m.parts.intro.Start:m.parts.intro.End]
	switch {
	case strings.Contains(name, "巡视"):
		return corpus.Provincial, ", 巡视 by a city is that of a municipality"
	case direct:
		return corpus.Provincial, ", a municipality"
	case strings.HasSuffix(county, "市") && !strings.Contains(intro, "提级") && !strings.Contains(intro, "联动"):
		return corpus.County, ", the unit is in a county-level city"
	case m.doc.Region.Province == "" && m.doc.Region.City == "" && saysCounty(m.x.Text):
		return corpus.County, ", the text speaks of a county"
	}
	return corpus.Municipal, ""
}

// saysCounty looks at the places where 县 stands, which are few in the text of a city.
func saysCounty(text string) bool {
	for i := strings.Index(text, "县"); i >= 0; {
		around := text[runeStart(text, max(0, i-12)):min(len(text), i+12)]
		for _, w := range countyWords {
			if strings.Contains(around, w) {
				return true
			}
		}
		next := strings.Index(text[i+3:], "县")
		if next < 0 {
			return false
		}
		i += 3 + next
	}
	return false
}

// placeOf returns the division that a committee's name begins with: 鹤山市 of 鹤山市委第一巡察组.
func (m *metadata) placeOf(name string) (gazetteer.Division, bool) {
	place, _, ok := strings.Cut(name, "市委")
	if !ok || m.g == nil {
		return gazetteer.Division{}, false
	}
	place = strings.TrimPrefix(place, "中共")
	for utf8.RuneCountInString(place) >= 2 {
		if d := m.g.Lookup(place + "市"); len(d) == 1 {
			return d[0], true
		}
		_, size := decodeRune(place)
		place = place[size:]
	}
	return gazetteer.Division{}, false
}

// auditLevel derives the level of an audit from the office or the budget that the title, else the introduction, names.
func (m *metadata) auditLevel() {
	for _, part := range []corpus.Span{titleSpan(m), m.parts.intro, {End: m.parts.intro.Start}} {
		text := m.head.text[part.Start:part.End]
		i := auditLevel.FindStringSubmatchIndex(text)
		if i == nil {
			continue
		}
		word := text[i[0]:i[1]]
		body := ""
		for k := 2; k < len(i); k += 2 {
			if i[k] >= 0 {
				body = text[i[k]:i[k+1]] + "委"
			}
		}
		switch {
		case strings.HasPrefix(word, "审计署"):
			m.doc.Level = corpus.Central
		case strings.Contains(word, "审计厅"):
			m.doc.Level = corpus.Provincial
		default:
			m.doc.Level, _ = m.levelOf(body, body)
		}
		if m.doc.Level != "" {
			m.note("level", m.head, part.Start+i[0], part.Start+i[1], "audit office", corpus.Derived)
			return
		}
	}
}
