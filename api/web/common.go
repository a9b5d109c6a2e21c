package web

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
)

// CommonsPage lists the problems that several units have.
type CommonsPage struct {
	Frame    Frame
	Waiting  *Waiting
	Total    string
	Tabs     []Link
	Tools    []Link
	Rows     []CommonRow
	Earlier  int // years before those that are drawn
	Pager    Pager
	Rejected *RejectedMember
	// Alone is set where there are too few documents for units to have anything in common.
	Alone bool
}

// Status is the status of the page.
func (p CommonsPage) Status() int { return statusOf(p.Waiting) }

// CommonRow is one group: a statement that stands for it, how many units and findings have it, and when.
type CommonRow struct {
	Href      string
	Statement string
	Category  Link
	Units     string
	Findings  string
	Years     chart.Figure
	Spread    string
}

const (
	commonPerPage   = 30
	paramLeastUnits = "least_units"
)

// commons works out the list of groups.
func (s *Site) commons(ctx context.Context, v visit) (CommonsPage, error) {
	v.filter = freed(v.filter, corpus.FieldKind) // findings are all that is grouped
	kept := []Param{{paramLeastUnits, v.param(paramLeastUnits)}}
	frame, err := s.frame(ctx, v, "共性问题", kept...)
	if err != nil {
		return CommonsPage{}, err
	}
	req, err := api.ParseCommon(v.values)
	if err != nil {
		return CommonsPage{}, err
	}
	req.Filter, req.Limit = v.filter, commonPerPage
	page := CommonsPage{
		Frame: frame,
		Tabs:  tabs(v, paramLeastUnits, []Param{{"", "两个单位以上"}, {"3", "三个以上"}, {"5", "五个以上"}, {"10", "十个以上"}}, nil),
		Tools: []Link{
			{Name: "CSV", Href: address("/api/v1/common-problems", v.filter, append(kept[:1:1], Param{"format", "csv"})...)},
			{Name: "API", Href: address("/api/v1/common-problems", v.filter, kept...)},
		},
	}
	list, err := s.service.CommonProblems(ctx, req)
	if w, ok := s.waiting(v, err); ok {
		page.Waiting = w
		return page, nil
	}
	if err != nil {
		return CommonsPage{}, err
	}
	page.Total, page.Pager = thousands(list.Total.Value), pagerOf(v, list.Next, kept)
	page.Alone = s.service.Engine.Counts().Documents < 2
	if page.Rejected, err = s.rejectedMember(ctx, v); err != nil {
		return CommonsPage{}, err
	}
	years, earlier := yearsDrawn(list.Data)
	page.Earlier = earlier
	for _, g := range list.Data {
		page.Rows = append(page.Rows, s.commonRow(v, g, years))
	}
	return page, nil
}

// yearsDrawn returns the years of the groups, without gaps, the last maxYears of them, and how many earlier ones there are.
func yearsDrawn(groups []api.CommonGroup) (years []corpus.Year, earlier int) {
	var all []corpus.Year
	for _, g := range groups {
		all = append(all, g.Years...)
	}
	if len(all) == 0 {
		return nil, 0
	}
	first, last := slices.Min(all), slices.Max(all)
	from := max(first, last-maxYears+1)
	for y := from; y <= last; y++ {
		years = append(years, y)
	}
	return years, int(from - first)
}

func (s *Site) commonRow(v visit, g api.CommonGroup, years []corpus.Year) CommonRow {
	row := CommonRow{
		Href: commonAddress(v.filter, g.ID), Statement: g.Statement, Units: thousands(len(g.Units)), Findings: thousands(g.Findings),
		Category: Link{Name: s.names().path(g.Category), Href: address("/common", and(v.filter, corpus.FieldCategory, string(g.Category)))},
		Years:    commonYears(v, g, years), Spread: spreadWord(g),
	}
	return row
}

// commonAddress leads to the members of a group that a filter chooses.
func commonAddress(f corpus.Filter, id string) string { return address("/common/"+id, f) }

// commonYears draws how many findings of a group there are in each year.
func commonYears(v visit, g api.CommonGroup, years []corpus.Year) chart.Figure {
	counts := map[corpus.Year]api.CommonSpread{}
	for _, sp := range g.Spread {
		counts[sp.Year] = sp
	}
	spark := chart.Spark{Alt: "各年问题数：" + spreadList(g)}
	for _, y := range years {
		word := strconv.Itoa(int(y))
		spark.Periods = append(spark.Periods, word)
		spark.Bars = append(spark.Bars, chart.Bar{
			Present: true, Value: counts[y].Findings, Href: commonAddress(and(v.filter, corpus.FieldYear, word), g.ID),
			Title: fmt.Sprintf("%s 年：%d 个问题，%d 个单位", word, counts[y].Findings, counts[y].Units),
		})
	}
	return chart.Sparked(spark)
}

// spreadList lists the findings of each year.
func spreadList(g api.CommonGroup) string {
	out := ""
	for i, sp := range g.Spread {
		if i > 0 {
			out += "，"
		}
		out += fmt.Sprintf("%d 年 %d", int(sp.Year), sp.Findings)
	}
	return out
}

// spreadWord says where a problem was seen first and how it went on.
func spreadWord(g api.CommonGroup) string {
	if len(g.Spread) == 0 {
		return "年份不明"
	}
	first := g.Spread[0]
	out := fmt.Sprintf("最早见于 %d 年", int(first.Year))
	switch len(first.New) {
	case 0:
	case 1:
		out += "的" + first.New[0]
	default:
		out += fmt.Sprintf("的%s等单位", first.New[0])
	}
	last := g.Spread[len(g.Spread)-1]
	if last.Year == first.Year {
		return out
	}
	if len(last.New) == 0 {
		return out + fmt.Sprintf("，%d 年仍有", int(last.Year))
	}
	return out + fmt.Sprintf("，%d 年又有新的单位", int(last.Year))
}
