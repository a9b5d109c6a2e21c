package web

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"tongjian/analysis/rectify"
	"tongjian/analysis/trend"
	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
)

// RectificationPage shows what was done about the findings that the filter chooses.
type RectificationPage struct {
	Frame    Frame
	None     bool // no finding is chosen
	Sizes    []Figure
	Switch   []Link
	Notices  string // the page about notices only, "" where the filter chooses kinds of document
	Tools    []Link
	Statuses []StatusWord // the columns of the table
	Rows     []DoneRow
	Omitted  int
	Kinds    *ChartBox
	Answers  []DoneShare // deeds, words only, none
	Pace     []Figure
	Unknown  int // documents of which the days are not known
	Sums     []SumRow
	// Behind is set where claims, reused text, days and sums are still being read.
	Behind      *Waiting
	Claims      []ClaimRow
	ClaimsTotal string
	Reused      []ReusedRow
	Reusing     bool // reused text is still being looked for
	ReusedTotal string
	ReusedPager Pager
	Aligned     []AlignedDocuments
}

// DoneRow is one row of the table of statuses: the findings of one value, by status, and those answered with words only.
type DoneRow struct {
	Name      string
	Findings  DoneCell
	Cells     []DoneCell
	WordsOnly DoneCell
	Sparse    bool
	Total     bool
}

// DoneCell is a figure with its share and the way to what it counts.
type DoneCell struct {
	Count string
	Share string
	Href  string
}

// DoneShare is a part of the findings answered at all.
type DoneShare struct {
	Name  string
	Share string
	Href  string
}

// SumRow is the sum of money of one kind.
type SumRow struct {
	Kind    string
	Amounts string
	Yuan    string
	Bounds  string
}

// Parameters of the page: what rows are told apart by.
const (
	paramBy  = "by"
	topRows  = 40
	kindsBox = "kinds"
)

// doneBy are the fields by which the page tells rows apart, the first where the address names none.
var doneBy = []corpus.Field{
	corpus.FieldDomain, corpus.FieldCategory, corpus.FieldUnit, corpus.FieldYear, corpus.FieldRegion, corpus.FieldSector, corpus.FieldRound, corpus.FieldType,
}

// rectification works out the page.
func (s *Site) rectification(ctx context.Context, v visit) (RectificationPage, error) {
	v.filter = freed(v.filter, corpus.FieldKind) // findings are all that is rectified
	kept := []Param{{paramBy, v.param(paramBy)}}
	frame, err := s.frame(ctx, v, "整改", kept...)
	if err != nil {
		return RectificationPage{}, err
	}
	by := cmp.Or(corpus.Field(v.param(paramBy)), doneBy[0])
	answer, err := s.service.Rectification(ctx, api.RectificationRequest{Filter: v.filter, By: by, Top: topRows})
	if err != nil {
		return RectificationPage{}, err
	}
	page := RectificationPage{Frame: frame, None: answer.Total.Findings == 0, Omitted: answer.RowsOmitted}
	for _, f := range doneBy {
		link := Link{Name: f.Chinese(), Href: address(v.path, v.filter, Param{paramBy, string(f)}), Current: f == by}
		if f == doneBy[0] {
			link.Href = address(v.path, v.filter)
		}
		page.Switch = append(page.Switch, link)
	}
	data := []Param{{paramBy, string(by)}}
	page.Tools = []Link{
		{Name: "CSV", Href: address("/api/v1/rectification", v.filter, append(data, Param{"format", "csv"})...)},
		{Name: "API", Href: address("/api/v1/rectification", v.filter, data...)},
	}
	if page.None {
		return page, nil
	}
	if len(v.filter.Values[corpus.FieldType]) == 0 {
		only := v.filter.With(corpus.FieldType, string(corpus.RectificationNotice), string(corpus.AuditRectification))
		page.Notices = address(v.path, only, kept...)
	}
	page.Sizes = []Figure{
		{Name: "个问题", Value: thousands(answer.Total.Findings), Href: drill(answer.Total.Drilldown)},
		{Name: "份文件", Value: thousands(answer.Total.Documents), Href: drill(answer.Total.Drilldown)},
		{Name: "个单位", Value: thousands(answer.Total.Units), Href: drill(answer.Total.Drilldown)},
	}
	for _, status := range corpus.Statuses {
		page.Statuses = append(page.Statuses, statusWord(status))
	}
	total := doneRow(answer.Total)
	total.Total = true
	page.Rows = append(page.Rows, total)
	for _, r := range answer.Rows {
		page.Rows = append(page.Rows, doneRow(r))
	}
	page.Kinds, page.Answers = kindsChart(v, answer.Total), answersOf(answer.Total)
	return page, s.addRectified(ctx, v, &page, answer)
}

// drill leads to the findings that a figure counts.
func drill(query string) string { return "/search?" + query }

func doneRow(r api.RectificationRow) DoneRow {
	row := DoneRow{
		Name: r.Label, Findings: DoneCell{Count: thousands(r.Findings), Href: drill(r.Drilldown)},
		WordsOnly: doneCell(r.WordsOnly), Sparse: r.Documents < trend.SparseBelow,
	}
	if row.WordsOnly.Count != "" {
		row.WordsOnly.Share = doneShare(r.WordsOnly)
	}
	counts := map[string]api.DoneCount{}
	for _, c := range r.Statuses {
		counts[c.Value] = c
	}
	for _, status := range corpus.Statuses {
		row.Cells = append(row.Cells, doneCell(counts[string(status)]))
	}
	return row
}

// doneCell is a count with its share; one of nothing is empty.
func doneCell(c api.DoneCount) DoneCell {
	if c.Findings == 0 {
		return DoneCell{}
	}
	return DoneCell{Count: thousands(c.Findings), Share: percent(c.Share), Href: drill(c.Drilldown)}
}

// doneShare writes a count with its denominator, its share and the interval of that: 12/40（30%，18–46%）.
func doneShare(c api.DoneCount) string {
	return shareWord(api.Figures{Measures: trend.Measures{
		Documents: c.Findings, DocumentsTotal: c.Of, Share: c.Share, ShareLow: c.ShareLow, ShareHigh: c.ShareHigh,
	}})
}

// answersOf lists what findings were answered with.
func answersOf(r api.RectificationRow) []DoneShare {
	var out []DoneShare
	for _, c := range r.Substances {
		share := DoneShare{Name: corpus.Substance(c.Value).Chinese(), Share: doneShare(c)}
		if c.Of == 0 {
			continue
		}
		if c.Findings > 0 {
			share.Href = drill(c.Drilldown)
		}
		out = append(out, share)
	}
	return out
}

// kindsChart draws how many findings each kind of action was taken about, deeds first.
func kindsChart(v visit, r api.RectificationRow) *ChartBox {
	deeds, words := kindsOf(r)
	if len(deeds)+len(words) == 0 {
		return nil
	}
	rows := append(deeds, words...)
	by := Param{paramBy, v.param(paramBy)}
	box := &ChartBox{
		Caption: fmt.Sprintf("采取了该类举措的问题数，占说明了整改情况的 %s 个问题的比例；一个问题可以有几类举措。空心的是学习、会议、方案等只说未做的举措。", thousands(rows[0].Of)),
		Tools:   []Link{{Name: "表格", Href: address(v.path, v.filter, by, Param{paramTable, kindsBox}) + "#kinds"}},
	}
	if v.param(paramTable) == kindsBox {
		box.Tools[0] = Link{Name: "图", Href: address(v.path, v.filter, by) + "#kinds"}
		box.Table = &Table{Caption: "各类举措", Head: []string{"举措", "问题", "占比"}}
		for _, c := range rows {
			box.Table.Rows = append(box.Table.Rows, []TableCell{
				{Text: corpus.ActionKind(c.Value).Chinese()}, {Text: thousands(c.Findings), Href: drill(c.Drilldown)}, {Text: doneShare(c)},
			})
		}
		return box
	}
	ranked := chart.Ranked{Alt: kindsAlt(rows)}
	for _, c := range rows {
		kind := corpus.ActionKind(c.Value)
		ranked.Rows = append(ranked.Rows, chart.RankedBar{
			Name: kind.Chinese(), Value: c.Findings, Text: fmt.Sprintf("%s（%s）", thousands(c.Findings), percent(c.Share)), Faint: kind.WordsOnly(),
			Href: drill(c.Drilldown), Title: kind.Chinese() + "：" + doneShare(c),
		})
	}
	box.Figure = chart.Bars(ranked)
	return box
}

// kindsOf lists the kinds of action that there are, the most frequent first.
func kindsOf(r api.RectificationRow) (deeds, words []api.DoneCount) {
	for _, c := range r.Kinds {
		switch {
		case c.Findings == 0:
		case corpus.ActionKind(c.Value).WordsOnly():
			words = append(words, c)
		default:
			deeds = append(deeds, c)
		}
	}
	mostFirst(deeds)
	mostFirst(words)
	return deeds, words
}

func kindsAlt(rows []api.DoneCount) string {
	top := rows[0]
	for _, c := range rows {
		if c.Findings > top.Findings {
			top = c
		}
	}
	return fmt.Sprintf("整改举措的类型；最多的是%s，%d 个问题。同样的数据见表格。", corpus.ActionKind(top.Value).Chinese(), top.Findings)
}

// sumRows writes sums of money with how far they may lie from the printed figures.
func sumRows(sums []rectify.Sum) []SumRow {
	var out []SumRow
	for _, s := range sums {
		row := SumRow{Kind: s.Kind.Chinese(), Amounts: thousands(s.Amounts), Yuan: yuanWord(s.Yuan)}
		switch {
		case s.Open:
			row.Bounds = yuanWord(s.Low) + "以上"
		case s.Low != s.High:
			row.Bounds = yuanWord(s.Low) + "–" + yuanWord(s.High)
		}
		out = append(out, row)
	}
	return out
}

// yuanWord writes a sum of money in 万元 or 亿元, with four digits at least.
func yuanWord(yuan float64) string {
	switch {
	case yuan >= 1e8:
		return decimal(yuan/1e8, 4) + " 亿元"
	case yuan >= 1e4:
		return decimal(yuan/1e4, 2) + " 万元"
	}
	return decimal(yuan, 2) + " 元"
}

// decimal writes a number with its thousands set apart and no zeros at its end.
func decimal(x float64, places int) string {
	whole, part, _ := strings.Cut(strconv.FormatFloat(x, 'f', places, 64), ".")
	n, _ := strconv.Atoi(whole)
	if part = strings.TrimRight(part, "0"); part != "" {
		return thousands(n) + "." + part
	}
	return thousands(n)
}
