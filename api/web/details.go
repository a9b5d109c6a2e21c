package web

import (
	"fmt"
	"strings"

	"tongjian/corpus"
)

// DetailFact is one metadata value of a document with where it was read.
type DetailFact struct {
	Name  string
	Value string
	Href  string
	From  *Origin
}

// Origin says where a value was read; Href leads to the words in the text where they stand in it.
type Origin struct {
	Text string
	Href string
}

// StatusCount counts a document's findings of one status.
type StatusCount struct {
	Status StatusWord
	Count  int
	Href   string
}

// WarningLine is one entry of a document's quality report.
type WarningLine struct {
	Text string
	Href string
}

// metaField is one line of the details: the JSON name of the field, its name for users, its value in a document, and the
// field by which documents that share the value are found.
type metaField struct {
	key   string
	name  string
	value func(*corpus.Document) string
	by    corpus.Field
	// always shows the line even where the document states nothing.
	always bool
}

// metaFields lists the details in the order in which they are shown.
var metaFields = []metaField{
	{"unit", "单位", func(d *corpus.Document) string { return string(d.Unit) }, corpus.FieldUnit, true},
	{"party_body", "党组织", func(d *corpus.Document) string { return string(d.PartyBody) }, "", false},
	{"region.province", "省", func(d *corpus.Document) string { return string(d.Region.Province) }, corpus.FieldRegion, false},
	{"region.city", "市", func(d *corpus.Document) string { return string(d.Region.City) }, corpus.FieldRegion, false},
	{"region.county", "县（区）", func(d *corpus.Document) string { return string(d.Region.County) }, corpus.FieldRegion, false},
	{"sector", "系统", func(d *corpus.Document) string { return string(d.Sector) }, corpus.FieldSector, false},
	{"level", "巡察层级", func(d *corpus.Document) string { return levelWord(d.Level) }, "", false},
	{"inspector", "巡察组", func(d *corpus.Document) string { return string(d.Inspector) }, corpus.FieldInspector, false},
	{"round", "轮次", func(d *corpus.Document) string { return string(d.Round) }, corpus.FieldRound, false},
	{"inspection_from", "巡察开始", func(d *corpus.Document) string { return string(d.InspectionFrom) }, "", false},
	{"inspection_to", "巡察结束", func(d *corpus.Document) string { return string(d.InspectionTo) }, "", false},
	{"feedback_date", "反馈日期", func(d *corpus.Document) string { return string(d.FeedbackDate) }, "", false},
	{"publication_date", "公布日期", func(d *corpus.Document) string { return string(d.PublicationDate) }, "", false},
	{"year", "年份", func(d *corpus.Document) string { return yearValue(d.Year) }, corpus.FieldYear, true},
	{"declared.problems", "声明的问题数", func(d *corpus.Document) string { return numberWord(d.Declared.Problems) }, "", false},
	{"declared.rectified", "声明已整改", func(d *corpus.Document) string { return numberWord(d.Declared.Rectified) }, "", false},
	{"declared.measures_planned", "声明计划措施", func(d *corpus.Document) string { return numberWord(d.Declared.MeasuresPlanned) }, "", false},
	{"declared.measures_completed", "声明完成措施", func(d *corpus.Document) string { return numberWord(d.Declared.MeasuresCompleted) }, "", false},
	{"declared.accountable", "声明问责人数", func(d *corpus.Document) string { return numberWord(d.Declared.Accountable) }, "", false},
}

// factsOf lists what the document says about itself.
func factsOf(doc *corpus.Document) []DetailFact {
	out := []DetailFact{{Name: "文件类型", Value: doc.DocType.Chinese(), Href: address("/documents", and(corpus.Filter{}, corpus.FieldType, string(doc.DocType)))}}
	for _, m := range metaFields {
		value := m.value(doc)
		if value == "" && !m.always {
			continue
		}
		fact := DetailFact{Name: m.name, Value: value, From: originOf(doc, m.key)}
		if value == "" {
			fact.Value = none
		} else if m.by != "" {
			// Not exact: a region covers what lies within it.
			fact.Href = address("/documents", corpus.Filter{}.With(m.by, value))
		}
		out = append(out, fact)
	}
	reading := strings.ToUpper(doc.Format)
	if doc.Encoding != "" {
		reading += "，" + strings.ToUpper(doc.Encoding)
	}
	return append(out, DetailFact{Name: "来源", Value: doc.Source, From: &Origin{Text: reading}})
}

// originOf says where a metadata value was read, nil where nothing is known of it.
func originOf(doc *corpus.Document, key string) *Origin {
	p, ok := doc.Provenance[key]
	if !ok || p.Text == "" {
		return nil
	}
	o := Origin{Text: "据“" + clip(strings.Join(strings.Fields(p.Text), " "), 30) + "”"}
	switch p.Confidence {
	case corpus.Derived:
		o.Text += "推得"
	case corpus.Repaired:
		o.Text += "修复"
	}
	if p.Span != nil && p.Span.Len() > 0 {
		o.Href = "#" + placeAnchor(*p.Span)
	} else {
		o.Text += "（正文之外）"
	}
	return &o
}

// statusesOf counts the findings of a document by status, in the order in which statuses are shown.
func statusesOf(doc *corpus.Document) []StatusCount {
	counts := map[corpus.Status]int{}
	for _, f := range doc.Findings {
		counts[f.Status]++
	}
	var out []StatusCount
	for _, s := range corpus.Statuses {
		if counts[s] == 0 {
			continue
		}
		filter := and(and(corpus.Filter{}, corpus.FieldDocument, string(doc.ID)), corpus.FieldStatus, string(s))
		out = append(out, StatusCount{Status: statusWord(s), Count: counts[s], Href: address("/search", filter)})
	}
	return out
}

// measuresWord says how many measures were read.
func measuresWord(doc *corpus.Document) string {
	measures, with := 0, 0
	for _, f := range doc.Findings {
		measures += len(f.Measures)
		if len(f.Measures) > 0 {
			with++
		}
	}
	if measures == 0 {
		return ""
	}
	return fmt.Sprintf("%d 个问题（共 %d 个）下读出 %d 项措施", with, len(doc.Findings), measures)
}

// warningsOf lists the quality report.
func warningsOf(doc *corpus.Document) []WarningLine {
	var out []WarningLine
	for _, w := range doc.Warnings {
		line := WarningLine{Text: w.Message}
		if w.Span != nil && w.Span.Len() > 0 {
			line.Href = "#" + placeAnchor(*w.Span)
		}
		out = append(out, line)
	}
	return out
}

func levelWord(l corpus.Level) string {
	if l == "" {
		return ""
	}
	return l.Chinese()
}

func yearValue(y corpus.Year) string {
	if y == 0 {
		return ""
	}
	return fmt.Sprint(int(y))
}

func numberWord(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

// clip shortens a text to a number of characters, with an ellipsis where something is cut.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
