package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tongjian/analysis/trend"
	"tongjian/api"
	"tongjian/api/web/chart"
)

// course is one series over all periods with its test.
type course struct {
	series   string
	label    string
	rows     []api.TrendRow
	test     api.TrendTest
	findings int
}

// coursesOf gathers the rows of each series.
func coursesOf(t *api.TrendsAnswer) []course {
	tests := map[string]api.TrendTest{}
	for _, test := range t.Tests {
		tests[test.Series] = test
	}
	at := map[string]int{}
	var out []course
	for _, r := range t.Rows {
		i, known := at[r.Series]
		if !known {
			i = len(out)
			at[r.Series] = i
			out = append(out, course{series: r.Series, label: r.Label, test: tests[r.Series]})
		}
		out[i].rows = append(out[i].rows, r)
		out[i].findings += r.Findings
	}
	return out
}

// inOrderOfTrend puts what grows first, then what recedes, the surest first, then the rest by the number of findings.
func inOrderOfTrend(all []course) []course {
	rank := func(c course) int {
		switch c.test.Direction {
		case trend.Emerging:
			return 0
		case trend.Receding:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b course) int {
		if r := cmp.Compare(rank(a), rank(b)); r != 0 || rank(a) == 2 {
			return cmp.Or(r, cmp.Compare(b.findings, a.findings))
		}
		return cmp.Or(cmp.Compare(*a.test.Q, *b.test.Q), cmp.Compare(b.findings, a.findings))
	})
	return all
}

// testedWord sums up the tests.
func testedWord(all []course) string {
	tested, up, down := 0, 0, 0
	for _, c := range all {
		if c.test.Q != nil {
			tested++
		}
		switch c.test.Direction {
		case trend.Emerging:
			up++
		case trend.Receding:
			down++
		}
	}
	if tested == 0 {
		return fmt.Sprintf("样本少，未检验：至少要有 %d 个年份各不少于 %d 份文件，且有、没有这类问题的文件各不少于 %d 份。",
			trend.MinPeriods, trend.SparseBelow, trend.MinDocuments)
	}
	return fmt.Sprintf("检验了 %d 条的文件占比（Cochran–Armitage，q 已作多重校正，q ≤ %.2f 为显著）：上升 %d，下降 %d，其余 %d 条未见显著变化。",
		tested, trend.Alpha, up, down, tested-up-down)
}

// testWord puts the test of one series into words.
func testWord(c course) string {
	switch c.test.Reason {
	case trend.TooFewPeriods:
		return fmt.Sprintf("样本少，未检验：不足 %d 个年份各有 %d 份文件", trend.MinPeriods, trend.SparseBelow)
	case trend.TooFewDocuments:
		return fmt.Sprintf("样本少，未检验：有或没有这类问题的文件不足 %d 份", trend.MinDocuments)
	}
	if c.test.Q == nil {
		return "未检验"
	}
	first, last := "", ""
	for _, r := range c.rows {
		if !r.Sparse {
			first, last = cmp.Or(first, r.Period), r.Period
		}
	}
	word := map[trend.Direction]string{trend.Emerging: "上升", trend.Receding: "下降"}[c.test.Direction]
	if word == "" {
		return fmt.Sprintf("%s–%s 未见显著变化，%s", first, last, qWord(*c.test.Q))
	}
	how := "总体"
	if c.steady() {
		how = "逐年"
	}
	out := fmt.Sprintf("%s–%s %s%s，%s", first, last, how, word, qWord(*c.test.Q))
	if c.test.Slope != nil {
		out += "，每年 " + strings.ReplaceAll(fmt.Sprintf("%+.1f", *c.test.Slope*100), "-", "−") + " 个百分点"
	}
	return out
}

// steady reports whether the shares go one way from each tested year to the next: what rises on the whole need not.
func (c course) steady() bool {
	up, down := false, false
	var before *float64
	for _, r := range c.rows {
		if r.Sparse || r.Share == nil {
			continue
		}
		if before != nil {
			up, down = up || *r.Share > *before, down || *r.Share < *before
		}
		before = r.Share
	}
	return !(up && down)
}

// scaleOf is the one scale of all panels: up to the largest value, and the largest end of an interval that is drawn.
func (d trendDrawing) scaleOf(all []course) chart.Scale {
	peak := 0.0
	for _, c := range all {
		for _, r := range c.rows {
			if value := d.measure.value(r.Figures); value != nil && r.DocumentsTotal > 0 {
				peak = max(peak, *value)
				if d.measure.banded && !r.Sparse {
					peak = max(peak, *r.ShareHigh)
				}
			}
		}
	}
	return chart.NewScale(peak, d.measure.least, d.measure.tick)
}

// trendPanel draws one series.
func (s *Site) trendPanel(d trendDrawing, c course, id string) TrendPanel {
	p := TrendPanel{
		ID: id, Name: c.label, Test: testWord(c), Moving: c.test.Direction == trend.Emerging || c.test.Direction == trend.Receding,
		Nothing: len(d.years) == 0, Total: thousands(c.findings), Href: address("/search", findingsOnly(d.visit.filter)),
	}
	if d.answer.Series != api.NoSeries {
		p.Href = address("/search", findingsOnly(and(d.visit.filter, d.answer.Series, c.series)))
	}
	line := chart.Line{Scale: d.scale, Alt: fmt.Sprintf("%s：%s，按年；%s。同样的数据见下面的表格。", c.label, d.measure.word, p.Test)}
	for _, y := range d.years {
		line.Periods = append(line.Periods, y.Period)
	}
	for _, r := range d.last(c) {
		line.Points = append(line.Points, d.point(c, r))
	}
	p.Figure = chart.Lined(line)
	return p
}

// last returns the rows of a series in the years that are shown.
func (d trendDrawing) last(c course) []api.TrendRow {
	return c.rows[max(0, len(c.rows)-len(d.years)):]
}

func (d trendDrawing) point(c course, r api.TrendRow) chart.LinePoint {
	value := d.measure.value(r.Figures)
	if value == nil || r.DocumentsTotal == 0 {
		return chart.LinePoint{}
	}
	q := chart.LinePoint{
		Present: true, Sparse: r.Sparse, Banded: d.measure.banded, Value: *value, Text: d.measure.tick(*value),
		Title: fmt.Sprintf("%s 年 %s：%s", r.Period, c.label, measuresLine(r.Figures)),
	}
	if d.measure.banded {
		q.Low, q.High = *r.ShareLow, *r.ShareHigh
	}
	if r.Findings > 0 {
		q.Href = "/search?" + r.Drilldown
	}
	return q
}

// trendTable is the same data as a table.
func trendTable(d trendDrawing, shown []course) *Table {
	t := &Table{Caption: d.measure.word + "，按年", Head: []string{""}}
	for _, y := range d.years {
		name := y.Period
		if y.Sparse && y.DocumentsTotal > 0 {
			name += "（样本少）"
		}
		t.Head = append(t.Head, name)
	}
	for _, c := range shown {
		line := []TableCell{{Text: c.label}}
		for _, r := range d.last(c) {
			line = append(line, d.cell(r))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// cell writes a figure of the table: a share with its denominator and its interval, a rate with what it was made of.
func (d trendDrawing) cell(r api.TrendRow) TableCell {
	if d.measure.banded {
		return shareCell(r.Figures)
	}
	if r.DocumentsTotal == 0 {
		return TableCell{Text: "–"}
	}
	cell := TableCell{Text: d.measure.tick(*d.measure.value(r.Figures)), Sparse: r.Sparse}
	if d.measure.name == "rate" {
		cell.Note = fmt.Sprintf("%d/%d", r.Findings, r.DocumentsTotal)
	}
	if r.Findings > 0 {
		cell.Href = "/search?" + r.Drilldown
	}
	return cell
}
