package web

import (
	"fmt"
	"slices"

	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
)

// maxYears is the most years that the overview shows across, so that the page stays small; earlier ones stay in the CSV and
// the interface.
const maxYears = 12

// heatRow is one row of the heat map: a domain, or a leaf of the opened one.
type heatRow struct {
	code  string
	label string
	depth int
	field corpus.Field
	cells []api.TrendRow
}

// heatBox draws how problems spread over years: domains down, years across, one domain opened to its leaves.
func (s *Site) heatBox(v visit, domains, leaves *api.TrendsAnswer) *ChartBox {
	years := lastYears(domains.Periods)
	if len(years) == 0 || len(domains.Rows) == 0 {
		return nil
	}
	open := v.param(paramOpen)
	rows := s.heatRows(domains, leaves, years, open)
	box := &ChartBox{
		Rows: "领域",
		Caption: "格中的数字是当年有这类问题的文件数，颜色是它占当年全部文件的比例。点击领域展开类别，点击格子看到它所数的全部问题。" +
			omitted(len(domains.Periods)-len(years)),
	}
	tables := address("/", v.filter, Param{paramOpen, open}, Param{paramTable, "heat"}) + "#heat"
	data := []Param{{"by", "year"}, {"series", "domain"}}
	box.Tools = []Link{
		{Name: "表格", Href: tables},
		{Name: "CSV", Href: address("/api/v1/trends", v.filter, append(slices.Clone(data), Param{"format", "csv"})...)},
		{Name: "API", Href: address("/api/v1/trends", v.filter, data...)},
	}
	if v.param(paramTable) == "heat" {
		box.Tools[0] = Link{Name: "图", Href: address("/", v.filter, Param{paramOpen, open}) + "#heat"}
		box.Caption = "当年有这类问题的文件数 / 当年全部文件数（占比），下面是占比的 95% 置信区间。" + omitted(len(domains.Periods)-len(years))
		box.Table = heatTable(rows, years)
		return box
	}
	m := heatMatrix(v, rows, years, open)
	m.Axis = s.axis(years)
	box.Figure = chart.Heatmap(m)
	return box
}

// heatRows lists the domains in the taxonomy's order with the leaves of the opened one below it.
func (s *Site) heatRows(domains, leaves *api.TrendsAnswer, years []api.TrendRow, open string) []heatRow {
	byDomain := seriesRows(domains.Rows, years, corpus.FieldDomain, 0)
	byLeaf := seriesRows(leaves.Rows, years, corpus.FieldCategory, 1)
	var out []heatRow
	for _, d := range s.service.Taxonomy.Domains() {
		if r, ok := byDomain[d.Code]; ok {
			out = append(out, *r)
		}
		if string(d.Code) != open {
			continue
		}
		for _, l := range d.Leaves {
			if r, ok := byLeaf[l.Code]; ok {
				out = append(out, *r)
			}
		}
	}
	return out
}

// seriesRows gathers the rows of each series over the years shown.
func seriesRows(rows []api.TrendRow, years []api.TrendRow, field corpus.Field, depth int) map[corpus.CategoryCode]*heatRow {
	column := map[string]int{}
	for i, y := range years {
		column[y.Period] = i
	}
	out := map[corpus.CategoryCode]*heatRow{}
	for _, r := range rows {
		i, shown := column[r.Period]
		if !shown {
			continue
		}
		row := out[corpus.CategoryCode(r.Series)]
		if row == nil {
			row = &heatRow{code: r.Series, label: r.Label, depth: depth, field: field, cells: make([]api.TrendRow, len(years))}
			out[corpus.CategoryCode(r.Series)] = row
		}
		row.cells[i] = r
	}
	return out
}

// heatMatrix turns the rows into what the chart shows.
func heatMatrix(v visit, rows []heatRow, years []api.TrendRow, open string) chart.Matrix {
	m := chart.Matrix{Alt: heatAlt(rows, years)}
	for _, y := range years {
		m.Cols = append(m.Cols, chart.Column{
			Name: y.Period, Note: fmt.Sprintf("%d 份", y.DocumentsTotal), Sparse: y.Sparse && y.DocumentsTotal > 0,
			Href:  address("/documents", and(documentFilter(v.filter), corpus.FieldYear, y.Period)),
			Title: fmt.Sprintf("%s 年 %d 份文件，%d 个问题", y.Period, y.DocumentsTotal, y.Findings),
		})
	}
	for _, r := range rows {
		m.Rows = append(m.Rows, heatHead(v, r, open))
		line := make([]chart.Cell, len(years))
		for j, c := range r.cells {
			line[j] = heatCell(r, c)
		}
		m.Cells = append(m.Cells, line)
	}
	return m
}

// heatHead is the name of a row: a domain opens and closes, a leaf leads to its findings.
func heatHead(v visit, r heatRow, open string) chart.Row {
	row := chart.Row{Name: r.label, Depth: r.depth}
	if r.field == corpus.FieldCategory {
		row.Href = address("/search", findingsOnly(and(v.filter, r.field, r.code)))
		row.Title = r.label + "的全部问题"
		return row
	}
	row.Mark, row.Title = "▸", "展开"+r.label
	next := r.code
	if r.code == open {
		row.Mark, row.Title, next = "▾", "收起"+r.label, ""
	}
	row.Href = address("/", v.filter, Param{paramOpen, next}) + "#heat"
	return row
}

func heatCell(r heatRow, c api.TrendRow) chart.Cell {
	if c.DocumentsTotal == 0 {
		return chart.Cell{}
	}
	cell := chart.Cell{Present: true, Title: fmt.Sprintf("%s 年 %s：%s", c.Period, r.label, measuresLine(c.Figures))}
	if c.Documents > 0 {
		cell.Text, cell.Href, cell.Share = fmt.Sprint(c.Documents), "/search?"+c.Drilldown, *c.Share
	}
	return cell
}

// measuresLine writes figures with their denominator and interval.
func measuresLine(m api.Figures) string {
	line := fmt.Sprintf("%s份文件，%d 个问题", shareWord(m), m.Findings)
	if m.Sparse {
		line += "；样本少"
	}
	return line
}

// heatAlt says in words what the heat map shows.
func heatAlt(rows []heatRow, years []api.TrendRow) string {
	var top heatRow
	most := -1
	for _, r := range rows {
		sum := 0
		for _, c := range r.cells {
			sum += c.Findings
		}
		if r.depth == 0 && sum > most {
			most, top = sum, r
		}
	}
	return fmt.Sprintf("问题按领域和年份的分布，%s 至 %s 年；问题最多的领域是%s，%d 个。同样的数据见表格。",
		years[0].Period, years[len(years)-1].Period, top.label, most)
}

// heatTable is the same data as a table.
func heatTable(rows []heatRow, years []api.TrendRow) *Table {
	t := &Table{Caption: "各领域每年有这类问题的文件", Head: []string{"领域"}}
	for _, y := range years {
		name := y.Period
		if y.Sparse && y.DocumentsTotal > 0 {
			name += "（样本少）"
		}
		t.Head = append(t.Head, name)
	}
	for _, r := range rows {
		name := r.label
		if r.depth > 0 {
			name = "　" + name
		}
		line := []TableCell{{Text: name}}
		for _, c := range r.cells {
			line = append(line, shareCell(c.Figures))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// shareCell is a share that leads to the findings behind it.
func shareCell(m api.Figures) TableCell {
	if m.DocumentsTotal == 0 {
		return TableCell{Text: "–"}
	}
	cell := TableCell{
		Text: fmt.Sprintf("%d/%d（%s）", m.Documents, m.DocumentsTotal, percent(m.Share)), Note: intervalWord(m), Sparse: m.Sparse,
	}
	if m.Findings > 0 {
		cell.Href = "/search?" + m.Drilldown
	}
	return cell
}

// axis fits the axis of years that the charts of the overview share: to the names of the kinds of document and of all
// categories, so that it stays in place when a domain is opened.
func (s *Site) axis(years []api.TrendRow) chart.Axis {
	var kinds []chart.Series
	for _, kind := range corpus.DocTypes {
		kinds = append(kinds, chart.Series{Name: kind.Chinese()})
	}
	var rows []chart.Row
	for _, d := range s.service.Taxonomy.Domains() {
		rows = append(rows, chart.Row{Name: d.Zh, Mark: "▸"})
		for _, l := range d.Leaves {
			rows = append(rows, chart.Row{Name: l.Zh, Depth: 1})
		}
	}
	return chart.SeriesAxis(kinds, len(years)).Join(chart.RowAxis(rows, len(years)))
}

// lastYears returns the periods that are shown across.
func lastYears(periods []api.TrendRow) []api.TrendRow {
	return periods[max(0, len(periods)-maxYears):]
}

func omitted(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("更早的 %d 年未显示，见 CSV。", n)
}
