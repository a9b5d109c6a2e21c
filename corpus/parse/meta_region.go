package parse

import (
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// readRegion derives the region from the place that the unit's name begins with, else from other names of the unit or
// of the committee, else from the address that the notice ends with.
func (m *metadata) readRegion() {
	if m.g == nil {
		return
	}
	unit := string(m.doc.Unit)
	var names []regionSource
	if m.doc.DocType == corpus.OtherDocument && !m.ofInspection() {
		if r, at, ok := m.g.Resolve(string(m.doc.Title)); ok && at.Start == 0 && !modelText.MatchString(m.title.text) {
			m.setRegion(r, m.doc.Provenance["title"], "place in title")
			return
		}
	} else {
		names = append(names, regionSource{"unit", unit}, regionSource{"party_body", string(m.doc.PartyBody)}, regionSource{"title", string(m.doc.Title)},
			regionSource{"inspector", string(m.doc.Inspector)}, regionSource{"round", string(m.doc.Round)})
	}
	for _, n := range names {
		if n.text == "" {
			continue
		}
		if r, ok := m.placeIn(n.text); ok {
			m.setRegion(m.completed(r, names), m.doc.Provenance[n.field], "place in "+n.field)
			return
		}
	}
	for _, p := range m.x.Properties {
		switch p.Name {
		case "发文单位", "发布机构", "发布单位", "发文机关", "ContentSource", "SiteName", "信息来源", "来源":
			if r, ok := m.placeIn(p.Value); ok && m.doc.DocType != corpus.OtherDocument {
				m.setRegion(r, corpus.Provenance{Text: p.Value, Span: p.Span}, "place in property "+p.Name)
				return
			}
		}
	}
	if m.doc.DocType == corpus.AuditRectification {
		intro := m.parts.intro
		if r, at, ok := m.g.Resolve(m.head.text[intro.Start:intro.End]); ok {
			span := m.head.source(intro.Start+at.Start, intro.Start+at.End)
			m.setRegion(r, corpus.Provenance{Text: span.Of(m.x.Text), Span: &span}, "place in introduction")
			return
		}
	}
	if unit == "" && m.regionOfMany() {
		return
	}
	if m.regionByDeployment(unit) {
		return
	}
	if m.regionByHeading(unit) {
		return
	}
	m.regionByAddress(unit)
}

// publisher matches what stands before the name of who published a text.
var publisher = pattern.MustCompile(`^(?:\[|\()?(?:信息|文章|稿件)?(?:来源|发布机构|发布单位|发文单位|供稿|主办|主办单位|编发|单位)[:：]`)

// regionByHeading takes the place that a line above the introduction begins with (澄湖县巡察工作简报, 来源：澄湖县纪委监委), else the line of a
// signature, where the unit's name only points to its place.
func (m *metadata) regionByHeading(unit string) bool {
	if unit != "" && !pointsToPlace(unit) || m.doc.DocType == corpus.OtherDocument && !m.ofInspection() {
		return false
	}
	for _, s := range m.parts.lines[:m.parts.first] {
		if m.regionOfLine(m.head, s, unit) {
			return true
		}
	}
	lines := m.tail.lines()
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-signatureLines; i-- {
		if signerLine.MatchString(m.tail.text[lines[i].Start:lines[i].End]) && m.regionOfLine(m.tail, lines[i], unit) {
			return true
		}
	}
	return false
}

// signerLine matches a line that can be the name of who signs.
var signerLine = pattern.MustCompile(`^[\p{Han}()]{4,40}$`)

// placeBeginning returns the place that a phrase begins with, behind 中共.
func (m *metadata) placeBeginning(phrase string) (r corpus.Region, at corpus.Span, ok bool) {
	start := len(phrase) - len(strings.TrimPrefix(phrase, "中共"))
	if r, at, ok = m.g.Resolve(phrase); ok && at.Start <= start {
		return r, at, true
	}
	r, at, ok = m.g.Printed(phrase)
	return r, at, ok && at.Start <= start
}

// pointsToPlace reports whether a unit's name begins with a word for its place instead of the name.
func pointsToPlace(unit string) bool {
	for _, p := range []string{"市", "县", "区", "旗", "州", "盟"} {
		if strings.HasPrefix(unit, p) {
			return true
		}
	}
	return false
}

// regionOfLine takes the place that a line begins with.
func (m *metadata) regionOfLine(v view, s corpus.Span, unit string) bool {
	line := v.text[s.Start:s.End]
	if i := publisher.FindStringIndex(line); i != nil {
		s.Start += i[1]
		line = line[i[1]:]
	}
	if len(line) > 3*maxTitleRunes || m.inCell(v, s) {
		return false
	}
	r, at, ok := m.placeBeginning(line)
	if !ok {
		return false
	}
	if unit != "" && r.Code != "" {
		if r, ok = cutToRank(r, unit); !ok {
			return false
		}
	}
	span := v.source(s.Start, s.Start+at.End)
	m.setRegion(r, corpus.Provenance{Text: span.Of(m.x.Text), Span: &span}, "place of the publisher")
	return true
}

// placeIn returns the region that the table knows of a name, else that which the name prints. Where the name begins with a place
// that the table does not know, one that it knows behind it is in that: 云澜市文峰区.
func (m *metadata) placeIn(name string) (corpus.Region, bool) {
	name = simplify(name)
	known, at, ok := m.g.Resolve(name)
	printed, span, isPrinted := m.g.Printed(name)
	switch {
	case !isPrinted:
		return known, ok
	case !ok, span.Start <= at.Start && span.End > at.End, span.Start < at.Start && span.End == at.End:
		return printed, true
	}
	return known, true
}

// completed adds the divisions above a county that only its own name is printed of, where another name prints them with it:
// 澄湖区 of a unit, 云澜市澄湖区 of the title.
func (m *metadata) completed(r corpus.Region, names []regionSource) corpus.Region {
	for _, n := range m.namings {
		if n.empty() || r.Province != "" {
			continue
		}
		printed := strings.TrimPrefix(simplify(n.v.printed(n.start, n.end)), "中共")
		if other, ok := m.placeIn(printed); ok && other.Province != "" && (other.City != "" && other.City == r.City || other.County != "" && other.County == r.County) {
			return other
		}
	}
	if r.County != "" && r.City == "" && r.Province == "" {
		for _, n := range names {
			if other, ok := m.placeIn(n.text); ok && other.County == r.County && (other.City != "" || other.Province != "") {
				return other
			}
		}
	}
	if r.Province == "" && r.Code == "" {
		return m.speltOut(r)
	}
	return r
}

// speltOut completes a place by the first place in the introduction or the signature that spells out the divisions above it:
// 根据云岭省清澜市委统一部署.
func (m *metadata) speltOut(r corpus.Region) corpus.Region {
	own := string(r.City)
	if own == "" {
		own = string(r.County)
	}
	intro := m.head.text[m.parts.intro.Start:m.parts.intro.End]
	for _, text := range []string{intro, m.tail.text} {
		i := strings.Index(text, own)
		for next := 0; i >= 0 && next >= 0; i += next + len(own) {
			from := runeStart(text, max(0, i-longestSpeltOut))
			if other, _, ok := m.g.Resolve(text[from : i+len(own)]); ok && other.Province != "" && (other.City == r.City && r.City != "" || other.County == r.County && r.County != "") {
				other.County, other.Code = r.County, ""
				return other
			}
			next = strings.Index(text[i+len(own):], own)
		}
	}
	return r
}

// longestSpeltOut is how far before a place the divisions above it are spelt out, in bytes.
const longestSpeltOut = 60

// regionOfMany takes the place of the first of several units that were inspected together: they have it in common.
func (m *metadata) regionOfMany() bool {
	intro := m.parts.intro
	i := objects.FindStringSubmatchIndex(m.head.text[intro.Start:intro.End])
	if i == nil {
		return false
	}
	r, at, ok := m.g.Resolve(m.head.text[intro.Start+i[2] : intro.Start+i[3]])
	if !ok || at.Start != 0 {
		return false
	}
	span := m.head.source(intro.Start+i[2]+at.Start, intro.Start+i[2]+at.End)
	m.setRegion(r, corpus.Provenance{Text: span.Of(m.x.Text), Span: &span}, "place of the first unit")
	return true
}

var deployment = pattern.MustCompile(`(?:根据|按照|依据|经)([^,。;:]{2,40}?)(?:统一|工作|总体)?(?:部署|安排)`)

// regionByDeployment takes the place of the committee that ordered the inspection (根据某省某市某县委统一部署), where the unit's name
// only points to its place.
func (m *metadata) regionByDeployment(unit string) bool {
	intro := m.parts.intro
	i := deployment.FindStringSubmatchIndex(m.head.text[intro.Start:intro.End])
	if i == nil || unit != "" && !pointsToPlace(unit) && !strings.HasPrefix(unit, "省") {
		return false
	}
	phrase := m.head.text[intro.Start+i[2] : intro.Start+i[3]]
	r, at, ok := m.placeBeginning(phrase)
	if !ok {
		return false
	}
	if unit != "" && r.Code != "" {
		if r, ok = cutToRank(r, unit); !ok {
			return false
		}
	}
	span := m.head.source(intro.Start+i[2]+at.Start, intro.Start+i[2]+at.End)
	m.setRegion(r, corpus.Provenance{Text: span.Of(m.x.Text), Span: &span}, "place of the committee")
	return true
}

type regionSource struct{ field, text string }

// branchOffice matches the office of a city in one of its districts: 某市公安局某某分局.
var branchOffice = pattern.MustCompile(`[局行社]([\p{Han}]{2,6}?)(?:区|县)?分[局行社]$`)

// branchRegion adds the district that the name of a branch office holds, where the city has one of that name.
func (m *metadata) branchRegion(r corpus.Region) corpus.Region {
	i := branchOffice.FindStringSubmatch(string(m.doc.Unit))
	if i == nil || r.City == "" || r.County != "" {
		return r
	}
	for _, suffix := range []string{"区", "县", "市", "旗"} {
		for _, d := range m.g.Lookup(i[1] + suffix) {
			if own := m.g.Region(d); own.City == r.City && own.County != "" {
				return own
			}
		}
	}
	return r
}

func (m *metadata) setRegion(r corpus.Region, p corpus.Provenance, rule string) {
	r = m.branchRegion(r)
	m.doc.Region = r
	p.Rule, p.Confidence = rule, corpus.Derived
	for field, name := range map[string]corpus.Fact{"region.province": r.Province, "region.city": r.City, "region.county": r.County} {
		if name != "" {
			m.doc.Provenance[field] = p
		}
	}
}

var address = pattern.MustCompile(`(?:通讯|通信|邮政|联系|办公|邮寄)?地址[:]?([^,。;:]{4,60})`)

// regionByAddress takes the region of the address for comments where the unit's name only points to its place (市某局): cut to
// the rank that the name points to, because an office of a city stands in one of its districts.
func (m *metadata) regionByAddress(unit string) {
	if unit == "" || !strings.Contains(m.tail.text, "地址") {
		return
	}
	i := address.FindStringSubmatchIndex(m.tail.text)
	if i == nil {
		return
	}
	r, _, ok := m.g.Resolve(m.tail.text[i[2]:i[3]])
	if !ok {
		return
	}
	if r, ok = cutToRank(r, unit); !ok {
		return
	}
	span := m.tail.source(i[2], i[3])
	m.setRegion(r, corpus.Provenance{Text: span.Of(m.x.Text), Span: &span}, "place of the address")
}

// cutToRank cuts a place to the rank that a unit's name points to: 市某局 to the city, 县某局 to the county, and a name that begins
// with one of the place's own divisions to that. It fails for names that point to no rank, and where the place does not
// reach so far.
func cutToRank(r corpus.Region, unit string) (corpus.Region, bool) {
	switch {
	case r.County != "" && strings.HasPrefix(unit, string(r.County)):
		return r, true
	case r.City != "" && strings.HasPrefix(unit, string(r.City)):
		r.County, r.Code = "", cityCode(r.Code)
		return r, true
	case strings.HasPrefix(unit, "省"):
		if r.Province == "" {
			return r, false
		}
		if r.City, r.County = "", ""; len(r.Code) == 6 {
			r.Code = r.Code[:2] + "0000"
		}
		return r, true
	case strings.HasPrefix(unit, "市"):
		if !strings.HasSuffix(string(r.County), "市") {
			r.County, r.Code = "", cityCode(r.Code)
		}
		return r, r.City != "" || r.County != ""
	case strings.HasPrefix(unit, "县"), strings.HasPrefix(unit, "区"), strings.HasPrefix(unit, "旗"):
		return r, r.County != ""
	}
	return r, false
}

// cityCode returns the code of the city that a division lies in.
func cityCode(code string) string {
	if len(code) != 6 {
		return ""
	}
	return code[:4] + "00"
}
