package web

import (
	"context"
	"fmt"

	"tongjian/analysis/trend"
	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
)

// OverviewPage shows the corpus at a glance: its size, how problems spread over years and categories, which of them grow,
// and what is to be watched in the figures.
type OverviewPage struct {
	Frame   Frame
	Empty   bool // no document is chosen
	Size    []Figure
	Heat    *ChartBox
	Years   *ChartBox
	Trends  []TrendBox
	Repeats *RepeatBox // nil where repeats are not known
	Notices []Notice
	Scope   string // which documents the notices are about
}

// Figure is a number with what it counts and the way to it.
type Figure struct {
	Name  string
	Value string
	Href  string
}

// ChartBox is a chart with its caption and its other shapes; with a Table the table stands in the chart's place.
type ChartBox struct {
	Rows    string
	Caption string
	Tools   []Link
	Figure  chart.Figure
	Table   *Table
}

// Table is a table of figures. The first cell of a row names the row.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]TableCell
}

// TableCell is one cell; Note stands below its text, Sparse greys what rests on too few documents.
type TableCell struct {
	Text   string
	Note   string
	Href   string
	Sparse bool
}

// TrendBox lists the series that go one way.
type TrendBox struct {
	Name  string
	Lines []TrendLine
	Note  string
	Tools []Link
}

// TrendLine is one series with its test in words and its first and last share.
type TrendLine struct {
	Name   string
	Href   string
	Test   string
	FromTo string
}

// Parameters of the overview beside the filter: the domain that is opened, and the chart that is shown as a table.
const (
	paramOpen  = "open"
	paramTable = "table"
)

// overview works out the first page.
func (s *Site) overview(ctx context.Context, v visit) (OverviewPage, error) {
	v.filter = freed(v.filter, corpus.FieldKind) // findings are all that it counts
	keep := []Param{{paramOpen, v.param(paramOpen)}, {paramTable, v.param(paramTable)}}
	frame, err := s.frame(ctx, v, "总览", keep...)
	if err != nil {
		return OverviewPage{}, err
	}
	page := OverviewPage{Frame: frame}
	domains, err := s.service.Trends(ctx, api.TrendsRequest{Filter: v.filter, By: corpus.FieldYear, Series: corpus.FieldDomain})
	if err != nil {
		return OverviewPage{}, err
	}
	if domains.Total.DocumentsTotal == 0 {
		page.Empty = true
		return page, nil
	}
	leaves, err := s.service.Trends(ctx, api.TrendsRequest{Filter: v.filter, By: corpus.FieldYear, Series: corpus.FieldCategory})
	if err != nil {
		return OverviewPage{}, err
	}
	types, err := s.service.Engine.Tally(ctx, corpus.TallyRequest{
		Filter: documentFilter(v.filter), Rows: corpus.FieldType, Cols: corpus.FieldYear, Denominators: true,
	})
	if err != nil {
		return OverviewPage{}, err
	}
	page.Size = sizeOf(v, domains)
	page.Heat = s.heatBox(v, domains, leaves)
	page.Years = s.yearsBox(v, types, domains.Periods)
	page.Trends = trendBoxes(v, leaves)
	page.Scope = noticeScope(domains)
	if page.Repeats, err = s.repeatBox(ctx, v); err != nil {
		return OverviewPage{}, err
	}
	if page.Notices, err = s.notices(ctx, v, domains); err != nil {
		return OverviewPage{}, err
	}
	return page, nil
}

// sizeOf gives the size of what is chosen. Where only some of the documents' findings are chosen, it says so: the
// documents and units that have them, and the documents they are taken from.
func sizeOf(v visit, t *api.TrendsAnswer) []Figure {
	documents := address("/documents", documentFilter(v.filter))
	out := []Figure{
		{Name: "份文件", Value: thousands(t.Total.DocumentsTotal), Href: documents},
		{Name: "个问题", Value: thousands(t.Total.Findings), Href: "/search?" + t.Total.Drilldown},
		{Name: "个单位", Value: thousands(t.Total.UnitsTotal), Href: documents},
	}
	if ofFindings(v.filter) {
		out = []Figure{
			{Name: "个问题", Value: thousands(t.Total.Findings), Href: "/search?" + t.Total.Drilldown},
			{Name: fmt.Sprintf("份文件中（共 %s 份）", thousands(t.Total.DocumentsTotal)), Value: thousands(t.Total.Documents), Href: "/search?" + t.Total.Drilldown},
			{Name: fmt.Sprintf("个单位（共 %s 个）", thousands(t.Total.UnitsTotal)), Value: thousands(t.Total.Units), Href: "/search?" + t.Total.Drilldown},
		}
	}
	if n := len(t.Periods); n > 0 {
		span := t.Periods[0].Period + "–" + t.Periods[n-1].Period
		if n == 1 {
			span = t.Periods[0].Period
		}
		out = append(out, Figure{Name: "年", Value: span, Href: "#years"})
	}
	return out
}

// ofFindings reports whether a filter chooses among the findings of a document.
func ofFindings(f corpus.Filter) bool { return len(paramsOf(f)) > len(paramsOf(documentFilter(f))) }

// documentFilter keeps of a filter what chooses documents: it is what denominators are counted by.
func documentFilter(f corpus.Filter) corpus.Filter {
	out := corpus.Filter{}
	for _, field := range corpus.Fields {
		if values := f.Values[field]; len(values) > 0 && field.OfDocument() {
			out = out.With(field, values...)
		}
	}
	return out
}

// trendBoxes says in words which categories grow and which shrink.
func trendBoxes(v visit, t *api.TrendsAnswer) []TrendBox {
	tested := 0
	lines := map[trend.Direction][]TrendLine{}
	for _, test := range t.Tests {
		if test.Q == nil {
			continue
		}
		tested++
		if line, ok := trendLine(v, t, test); ok {
			lines[test.Direction] = append(lines[test.Direction], line)
		}
	}
	tools := []Link{{Name: "API", Href: address("/api/v1/trends", v.filter, Param{"series", "category"})}}
	note := fmt.Sprintf("检验了 %d 个类别的文件占比（Cochran–Armitage，q ≤ %.2f 才列出，已作多重校正）。", tested, trend.Alpha)
	if tested == 0 {
		note = fmt.Sprintf("没有可检验的类别：至少要有 %d 个年份各不少于 %d 份文件。", trend.MinPeriods, trend.SparseBelow)
	}
	up := TrendBox{Name: "正在上升的问题", Lines: lines[trend.Emerging], Note: note, Tools: tools}
	if tested > 0 && len(up.Lines) == 0 {
		up.Note = "没有显著上升的类别。" + note
	}
	boxes := []TrendBox{up}
	if down := lines[trend.Receding]; len(down) > 0 {
		boxes = append(boxes, TrendBox{Name: "正在下降的问题", Lines: down})
	}
	return boxes
}

// trendLine puts one test into words; ok is false where the series shows no trend.
func trendLine(v visit, t *api.TrendsAnswer, test api.TrendTest) (TrendLine, bool) {
	word, ok := map[trend.Direction]string{trend.Emerging: "逐年上升", trend.Receding: "逐年下降"}[test.Direction]
	if !ok {
		return TrendLine{}, false
	}
	var firm []api.TrendRow
	for _, r := range t.Rows {
		if r.Series == test.Series && !r.Sparse {
			firm = append(firm, r)
		}
	}
	if len(firm) < 2 {
		return TrendLine{}, false
	}
	first, last := firm[0], firm[len(firm)-1]
	return TrendLine{
		Name:   test.Label,
		Href:   address("/search", findingsOnly(and(v.filter, corpus.FieldCategory, test.Series))),
		Test:   fmt.Sprintf("%s–%s %s，%s", first.Period, last.Period, word, qWord(*test.Q)),
		FromTo: fmt.Sprintf("%s 年 %s → %s 年 %s", first.Period, shareWord(first.Figures), last.Period, shareWord(last.Figures)),
	}, true
}

// qWord writes a corrected p-value.
func qWord(q float64) string {
	if q < 0.001 {
		return "q < 0.001"
	}
	return fmt.Sprintf("q = %.2g", q)
}

// findingsOnly narrows a filter to findings.
func findingsOnly(f corpus.Filter) corpus.Filter {
	return f.With(corpus.FieldKind, string(corpus.KindFinding))
}
