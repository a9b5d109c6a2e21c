package chart_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tongjian/api/web/chart"
)

func TestBarsKeepTheirPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r chart.Ranked
		for range rapid.IntRange(0, 20).Draw(t, "rows") {
			n := rapid.IntRange(0, 200_000).Draw(t, "value")
			r.Rows = append(r.Rows, chart.RankedBar{
				Name: name(t), Text: fmt.Sprintf("%d（%d%%）", n, rapid.IntRange(0, 100).Draw(t, "share")), Value: n, Faint: rapid.Bool().Draw(t, "faint"),
			})
		}
		checkPlace(t, chart.Bars(r))
	})
}

func TestBarsAreInProportionAcross(t *testing.T) {
	fig := chart.Bars(chart.Ranked{Rows: []chart.RankedBar{{Name: "建章立制", Value: 30}, {Name: "学习传达", Value: 15, Faint: true}, {Name: "谈话提醒"}}})
	widths := map[string]int{}
	for _, m := range fig.Marks {
		for _, b := range m.Boxes {
			widths[b.Class] = b.W
		}
	}
	if widths["bar"] != 2*widths["faint"] || widths["bar"] == 0 {
		t.Errorf("bars of 30 and 15 are %d and %d wide", widths["bar"], widths["faint"])
	}
}
