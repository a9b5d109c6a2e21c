package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongjian/analysis/trend"
	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
)

// TrendsPage shows how often problems were found over the years, one panel for each series, all on one scale.
type TrendsPage struct {
	Frame    Frame
	Empty    bool // no document is chosen
	Series   []Link
	Measures []Link
	Tools    []Link
	Caption  string
	// Tested says how many series were tested and how many go which way; Rising and Receding lead to them.
	Tested           string
	Rising, Receding []Link
	Panels           []TrendPanel
	Table            *Table
	Shown            string // which of the series are shown
	Pager            Pager
	Unplaced         *Notice
}

// TrendPanel is one series: its name, which leads to all its findings, its test in words, its chart.
type TrendPanel struct {
	ID      string
	Name    string
	Href    string
	Total   string
	Test    string
	Moving  bool // the test shows a trend
	Figure  chart.Figure
	Nothing bool // there is no year to draw
}

// Parameters of the page beside the filter.
const (
	paramSeries  = "series"
	paramMeasure = "measure"
	paramFrom    = "from" // number of series before the first that is shown
)

// trendSeries are the fields that a reader may divide findings by.
var trendSeries = []corpus.Field{
	corpus.FieldDomain, corpus.FieldCategory, corpus.FieldSector, corpus.FieldRegion, corpus.FieldLevel, corpus.FieldStatus,
	corpus.FieldType, api.NoSeries,
}

// trendMeasure is a figure that can be drawn over time.
type trendMeasure struct {
	name    string // in the address, where it is not the usual one
	word    string
	caption string
	least   float64 // smallest step of the scale
	value   func(api.Figures) *float64
	tick    func(float64) string
	banded  bool
}

// trendMeasures lists the measures.
var trendMeasures = []trendMeasure{
	{
		name: "share", word: "出现该类问题的文件占比", caption: "当年有这类问题的文件占当年全部文件的比例；色带是 95% 置信区间。", least: 0.01,
		value: func(m api.Figures) *float64 { return m.Share }, tick: func(x float64) string { return percent(&x) }, banded: true,
	},
	{
		name: "findings", word: "问题数", caption: "当年的问题数，一个问题属于几类的在各类中各计一次。文件多的年份问题也多，比较年份请看占比。", least: 1,
		value: func(m api.Figures) *float64 { n := float64(m.Findings); return &n }, tick: func(x float64) string { return thousands(int(x)) },
	},
	{
		name: "rate", word: "每份文件问题数", caption: "当年这类问题的数目除以当年全部文件的份数。", least: 0.01,
		value: func(m api.Figures) *float64 { return m.FindingsPerDocument }, tick: rateWord,
	},
}

// rateWord writes a number of problems for each document.
func rateWord(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// How much of the course of things is shown on one page. trendBytes is what marks and table may take up.
const (
	maxTrendYears = 30
	trendBytes    = 78_000
	panelBytes    = 2_000 // of a panel and its row, without points
	pointBytes    = 440   // of a mark and a cell, without their addresses
)

// trends works out the page.
func (s *Site) trends(ctx context.Context, v visit) (TrendsPage, error) {
	v.filter = freed(v.filter, corpus.FieldKind) // findings are all that it counts
	keep := []Param{{paramSeries, v.param(paramSeries)}, {paramMeasure, v.param(paramMeasure)}}
	frame, err := s.frame(ctx, v, "趋势", keep...)
	if err != nil {
		return TrendsPage{}, err
	}
	page := TrendsPage{Frame: frame}
	series := corpus.Field(cmp.Or(v.param(paramSeries), string(trendSeries[0])))
	measure, err := measureOf(cmp.Or(v.param(paramMeasure), usualMeasure(series)))
	if err != nil {
		return TrendsPage{}, err
	}
	answer, err := s.service.Trends(ctx, api.TrendsRequest{Filter: v.filter, By: corpus.FieldYear, Series: series, Top: api.MaxTop})
	if err != nil {
		return TrendsPage{}, err
	}
	if answer.Total.DocumentsTotal == 0 {
		page.Empty = true
		return page, nil
	}
	page.Series = tabs(v, paramSeries, seriesNames(), keep)
	page.Measures = tabs(v, paramMeasure, measureNames(usualMeasure(series)), keep)
	data := []Param{{"by", "year"}, {paramSeries, string(series)}}
	page.Tools = []Link{
		{Name: "表格", Href: "#table"},
		{Name: "CSV", Href: address("/api/v1/trends", v.filter, append(data[:2:2], Param{"format", "csv"})...)},
		{Name: "API", Href: address("/api/v1/trends", v.filter, data...)},
	}
	if n := answer.Unplaced.DocumentsTotal; n > 0 {
		page.Unplaced = &Notice{
			Text: "年份不明、不在图中的文件", Count: fmt.Sprintf("%d 份", n),
			Href: address("/documents", and(documentFilter(v.filter), corpus.FieldYear, "")),
		}
	}
	err = s.drawTrends(&page, trendDrawing{visit: v, answer: answer, measure: measure, keep: keep})
	if len(page.Panels) == 0 {
		page.Tools = page.Tools[1:] // there is no table
	}
	return page, err
}

// trendDrawing is what the panels are drawn from.
type trendDrawing struct {
	visit   visit
	answer  *api.TrendsAnswer
	measure trendMeasure
	keep    []Param
	years   []api.TrendRow
	scale   chart.Scale
}

// drawTrends fills the page with as many panels as it has room for.
func (s *Site) drawTrends(page *TrendsPage, d trendDrawing) error {
	all := inOrderOfTrend(coursesOf(d.answer))
	from, err := skipped(d.visit.param(paramFrom), len(all))
	if err != nil {
		return err
	}
	d.years = d.answer.Periods[max(0, len(d.answer.Periods)-maxTrendYears):]
	page.Caption = d.measure.caption
	if n := len(d.answer.Periods) - len(d.years); n > 0 {
		page.Caption += omitted(n)
	}
	page.Tested = testedWord(all)
	shown := all[from : from+d.room(all[from:])]
	for i, c := range all {
		link := Link{Name: c.label, Href: fmt.Sprintf("#s%d", i)}
		if i < from || i >= from+len(shown) {
			link.Href = d.page(i)
		}
		switch c.test.Direction {
		case trend.Emerging:
			page.Rising = append(page.Rising, link)
		case trend.Receding:
			page.Receding = append(page.Receding, link)
		}
	}
	d.scale = d.scaleOf(all)
	for i, c := range shown {
		page.Panels = append(page.Panels, s.trendPanel(d, c, fmt.Sprintf("s%d", from+i)))
	}
	page.Table = trendTable(d, shown)
	if len(shown) < len(all) {
		page.Shown = fmt.Sprintf("共 %d 条，这里是第 %d–%d 条，有显著变化的在前，其余按问题数。", len(all), from+1, from+len(shown))
	}
	if from > 0 {
		page.Pager.First = address(d.visit.path, d.visit.filter, d.keep...)
	}
	if next := from + len(shown); next < len(all) {
		page.Pager.Next = d.page(next)
	}
	return nil
}

// room is how many series a page has room for, at least one where there is any.
func (d trendDrawing) room(all []course) int {
	size := 0
	for i, c := range all {
		size += panelBytes
		for _, r := range d.last(c) {
			size += pointBytes + len(c.label) + 2*len(r.Drilldown)
		}
		if i > 0 && size > trendBytes {
			return i
		}
	}
	return len(all)
}

// page is the address of the page that begins with a series.
func (d trendDrawing) page(from int) string {
	return address(d.visit.path, d.visit.filter, append(slices.Clone(d.keep), Param{paramFrom, strconv.Itoa(from)})...)
}

// usualMeasure is what is drawn unless something else is asked for: shares, or where they would be those of documents with
// any problem at all, which nearly all have, rates.
func usualMeasure(series corpus.Field) string {
	if series == api.NoSeries || series.OfDocument() {
		return "rate"
	}
	return "share"
}

func measureOf(name string) (trendMeasure, error) {
	var accepted []string
	for _, m := range trendMeasures {
		if m.name == name {
			return m, nil
		}
		accepted = append(accepted, m.name)
	}
	return trendMeasure{}, &corpus.Error{
		Kind: corpus.Invalid, Code: "bad_value", Param: paramMeasure, Value: name, Position: -1,
		Message: "没有指标 " + clip(name, 40), Expected: strings.Join(accepted, "、"),
	}
}

// skipped reads how many series come before the first that is shown.
func skipped(from string, n int) (int, error) {
	if from == "" {
		return 0, nil
	}
	i, err := strconv.Atoi(from)
	if err != nil || i < 0 || i > 0 && i >= n {
		return 0, &corpus.Error{
			Kind: corpus.Invalid, Code: "bad_value", Param: paramFrom, Value: from, Position: -1,
			Message: "没有这一页", Expected: fmt.Sprintf("0 至 %d 的整数", max(0, n-1)),
		}
	}
	return i, nil
}

func measureNames(usual string) []Param {
	var out []Param
	for _, m := range trendMeasures {
		name := m.name
		if name == usual {
			name = ""
		}
		out = append(out, Param{name, m.word})
	}
	return out
}

func seriesNames() []Param {
	var out []Param
	for i, f := range trendSeries {
		name, word := string(f), f.Chinese()
		if f == api.NoSeries {
			word = "不分"
		}
		if i == 0 {
			name = ""
		}
		out = append(out, Param{name, word})
	}
	return out
}
