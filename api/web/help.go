package web

import (
	"context"

	"tongjian/corpus"
)

// HelpPage explains the query language by examples that can be tried.
type HelpPage struct {
	Frame    Frame
	Groups   []HelpGroup
	Fields   []HelpField
	Domains  []HelpDomain
	Statuses []StatusWord
}

// HelpGroup is a list of examples under a heading.
type HelpGroup struct {
	Name string
	Rows []HelpExample
}

// HelpExample is a query, what it means, and the way to try it.
type HelpExample struct {
	Query string
	Means string
	Href  string
}

// HelpField is a field of the query language.
type HelpField struct {
	Name    corpus.Field
	Chinese string
	Means   string
}

// HelpDomain is a domain of the taxonomy with its leaves.
type HelpDomain struct {
	Code   corpus.CategoryCode
	Name   string
	Href   string
	Leaves []HelpLeaf
}

// HelpLeaf is one category.
type HelpLeaf struct {
	Code corpus.CategoryCode
	Name string
	Href string
}

// helpExamples are the forms of the query language. The test of the page runs every one.
var helpExamples = []HelpGroup{
	{Name: "词与原文", Rows: []HelpExample{
		{Query: "采购 招标", Means: "两个词都有，位置不限"},
		{Query: `"未经集体研究"`, Means: "引号之内一字不差的原文"},
		{Query: "采购 OR 招标", Means: "有其中一个就可以"},
		{Query: "采购 -培训", Means: "有前一个，没有后一个"},
		{Query: "(采购 OR 招标) 合同", Means: "括号把几个词合成一组"},
	}},
	{Name: "条件", Rows: []HelpExample{
		{Query: "year:2019..2023", Means: "年份范围；2019.. 是 2019 年及以后"},
		{Query: "category:procurement", Means: "一个领域，包括其下所有类别"},
		{Query: "category:招标投标", Means: "一个类别，写名称或代码"},
		{Query: "status:in_progress", Means: "整改状态"},
		{Query: "采购 type:rectification_notice", Means: "词和条件可以合用"},
	}},
}

// helpFields explains the fields in the order in which they are shown.
var helpFields = map[corpus.Field]string{
	corpus.FieldUnit:      "被巡察单位的名称",
	corpus.FieldRegion:    "地区名称，或行政区划代码的开头几位",
	corpus.FieldSector:    "单位所属系统：教育、卫健、住建……",
	corpus.FieldLevel:     "派出巡视巡察的层级：central、provincial、municipal、county，或中央、省级、市级、县级",
	corpus.FieldInspector: "巡察组的名称",
	corpus.FieldRound:     "轮次，如 十三届市委第一轮",
	corpus.FieldYear:      "年份或范围",
	corpus.FieldDate:      "日期或范围，如 2022-01-01..2022-06-30",
	corpus.FieldType:      "inspection_report、feedback、rectification_notice、audit_rectification、other，或中文名",
	corpus.FieldStatus:    "done、done_sustained、partial、in_progress、not_done、unstated，或中文名",
	corpus.FieldAction:    "整改中做了什么：money_recovered、rule_making、study……，或中文名（追缴清退、建章立制、学习传达……）",
	corpus.FieldSubstance: "整改实质：deeds（有实际举措）、words（仅有学习会议等）、none（未见具体举措）",
	corpus.FieldCategory:  "类别或领域的代码或中文名",
	corpus.FieldDomain:    "领域的代码或中文名",
	corpus.FieldDocument:  "文件编号",
	corpus.FieldKind:      "finding（问题）或 section（其他段落）",
}

// help works out the page about the query language.
func (s *Site) help(ctx context.Context, v visit) (HelpPage, error) {
	frame, err := s.frame(ctx, v, "帮助")
	if err != nil {
		return HelpPage{}, err
	}
	page := HelpPage{Frame: frame}
	for _, g := range helpExamples {
		group := HelpGroup{Name: g.Name}
		for _, e := range g.Rows {
			e.Href = address("/search", corpus.Filter{Query: e.Query})
			group.Rows = append(group.Rows, e)
		}
		page.Groups = append(page.Groups, group)
	}
	for _, f := range corpus.Fields {
		page.Fields = append(page.Fields, HelpField{Name: f, Chinese: f.Chinese(), Means: helpFields[f]})
	}
	for _, d := range s.service.Taxonomy.Domains() {
		domain := HelpDomain{Code: d.Code, Name: d.Zh, Href: address("/search", and(corpus.Filter{}, corpus.FieldDomain, string(d.Code)))}
		for _, l := range d.Leaves {
			domain.Leaves = append(domain.Leaves, HelpLeaf{
				Code: l.Code, Name: l.Zh, Href: address("/search", and(corpus.Filter{}, corpus.FieldCategory, string(l.Code))),
			})
		}
		page.Domains = append(page.Domains, domain)
	}
	for _, st := range corpus.Statuses {
		page.Statuses = append(page.Statuses, statusWord(st))
	}
	return page, nil
}
