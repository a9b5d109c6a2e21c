package web

import (
	"fmt"

	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
)

// typeRow is one kind of document with the number of documents in each year shown.
type typeRow struct {
	code   string
	label  string
	counts []int
}

// yearsBox draws how many documents there are of each kind in each year. The axis of years is that of the heat map.
func (s *Site) yearsBox(v visit, t *corpus.Tally, periods []api.TrendRow) *ChartBox {
	years := lastYears(periods)
	rows := s.typeRows(t, years)
	if len(years) == 0 || len(rows) == 0 {
		return nil
	}
	data := []Param{{"rows", "type"}, {"cols", "year"}}
	here := []Param{{paramOpen, v.param(paramOpen)}}
	box := &ChartBox{
		Caption: "文件数，按年份和文件类型；各行同一比例。" + omitted(len(periods)-len(years)),
		Tools: []Link{
			{Name: "表格", Href: address("/", v.filter, append(here[:1:1], Param{paramTable, "years"})...) + "#years"},
			{Name: "CSV", Href: address("/api/v1/matrix", v.filter, append(data[:2:2], Param{"format", "csv"})...)},
			{Name: "API", Href: address("/api/v1/matrix", v.filter, data...)},
		},
	}
	if ofFindings(v.filter) {
		box.Caption += "只看文件的条件，不看检索词和对问题的条件。"
	}
	if v.param(paramTable) == "years" {
		box.Tools[0] = Link{Name: "图", Href: address("/", v.filter, here...) + "#years"}
		box.Table = yearsTable(v, rows, years)
		return box
	}
	bands := yearsBands(v, rows, years)
	bands.Axis = s.axis(years)
	box.Figure = chart.Columns(bands)
	return box
}

// typeRows gathers the counts by kind of document, in the order in which the kinds are shown.
func (s *Site) typeRows(t *corpus.Tally, years []api.TrendRow) []typeRow {
	counts := map[[2]string]int{}
	for _, c := range t.Cells {
		counts[[2]string{c.Row, c.Col}] = c.Documents
	}
	var out []typeRow
	for _, kind := range corpus.DocTypes {
		row := typeRow{code: string(kind), label: s.names().value(corpus.FieldType, string(kind)), counts: make([]int, len(years))}
		sum := 0
		for i, y := range years {
			row.counts[i] = counts[[2]string{row.code, y.Period}]
			sum += row.counts[i]
		}
		if sum > 0 {
			out = append(out, row)
		}
	}
	return out
}

// yearsBands turns the rows into what the chart shows.
func yearsBands(v visit, rows []typeRow, years []api.TrendRow) chart.Bands {
	b := chart.Bands{Alt: fmt.Sprintf("文件数按年份和类型，%s 至 %s 年。同样的数据见表格。", years[0].Period, years[len(years)-1].Period)}
	for _, y := range years {
		b.Periods = append(b.Periods, y.Period)
	}
	for _, row := range rows {
		band := chart.Series{
			Name: row.label, Title: "全部" + row.label,
			Href: address("/documents", and(documentFilter(v.filter), corpus.FieldType, row.code)),
		}
		for i, y := range years {
			band.Bars = append(band.Bars, chart.Bar{
				Present: y.DocumentsTotal > 0, Value: row.counts[i], Href: typeYear(v, row, y),
				Title: fmt.Sprintf("%s 年 %s：%d 份文件", y.Period, row.label, row.counts[i]),
			})
		}
		b.Series = append(b.Series, band)
	}
	return b
}

// typeYear is the address of the documents of one kind and year.
func typeYear(v visit, row typeRow, y api.TrendRow) string {
	return address("/documents", and(and(documentFilter(v.filter), corpus.FieldType, row.code), corpus.FieldYear, y.Period))
}

// yearsTable is the same data as a table.
func yearsTable(v visit, rows []typeRow, years []api.TrendRow) *Table {
	t := &Table{Caption: "各类文件每年的数目", Head: []string{"文件类型"}}
	for _, y := range years {
		t.Head = append(t.Head, y.Period)
	}
	for _, row := range rows {
		line := []TableCell{{Text: row.label}}
		for i, y := range years {
			cell := TableCell{Text: "–"}
			if row.counts[i] > 0 {
				cell = TableCell{Text: thousands(row.counts[i]), Href: typeYear(v, row, y)}
			}
			line = append(line, cell)
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}
