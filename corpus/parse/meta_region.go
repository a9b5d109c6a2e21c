package parse

import (
	"regexp"
	"strings"

	"tongjian/corpus"
)

// readRegion derives the region from the place that the unit's name begins with, else from other names of the unit or
// of the committee, else from the address that the notice ends with.
func (m *metadata) readRegion() {
	if m.g == nil {
		return
	}
	unit := string(m.doc.Unit)
	var names []regionSource
	if m.doc.DocType != corpus.OtherDocument {
		names = append(names, regionSource{"unit", unit}, regionSource{"party_body", string(m.doc.PartyBody)}, regionSource{"title", string(m.doc.Title)},
			regionSource{"inspector", string(m.doc.Inspector)}, regionSource{"round", string(m.doc.Round)})
	}
	for _, n := range names {
		if n.text == "" {
			continue
		}
		if r, _, ok := m.g.Resolve(n.text); ok {
			m.setRegion(r, m.doc.Provenance[n.field], "place in "+n.field)
			return
		}
	}
	for _, p := range m.x.Properties {
		switch p.Name {
		case "发文单位", "发布机构", "发布单位", "发文机关", "ContentSource", "SiteName", "信息来源", "来源":
			if r, _, ok := m.g.Resolve(p.Value); ok && m.doc.DocType != corpus.OtherDocument {
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
	m.regionByAddress(unit)
}

type regionSource struct{ field, text string }

func (m *metadata) setRegion(r corpus.Region, p corpus.Provenance, rule string) {
	m.doc.Region = r
	p.Rule, p.Confidence = rule, corpus.Derived
	for field, name := range map[string]corpus.Fact{"region.province": r.Province, "region.city": r.City, "region.county": r.County} {
		if name != "" {
			m.doc.Provenance[field] = p
		}
	}
}

var address = regexp.MustCompile(`(?:通讯|通信|邮政|联系|办公|邮寄)?地址[:]?([^,。;:]{4,60})`)

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
	switch {
	case strings.HasPrefix(unit, "市"):
		if !strings.HasSuffix(string(r.County), "市") {
			r.County, r.Code = "", cityCode(r.Code)
		}
	case strings.HasPrefix(unit, "县"), strings.HasPrefix(unit, "区"), strings.HasPrefix(unit, "旗"):
		if r.County == "" {
			return
		}
	default:
		return
	}
	span := m.tail.source(i[2], i[3])
	m.setRegion(r, corpus.Provenance{Text: span.Of(m.x.Text), Span: &span}, "place of the address")
}

// cityCode returns the code of the city that a division lies in.
func cityCode(code string) string {
	if len(code) != 6 {
		return ""
	}
	return code[:4] + "00"
}
