package chart_test

import (
	"testing"

	"pgregory.net/rapid"

	"tongjian/api/web/chart"
)

func TestPairsKeepTheirPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := chart.Pairs{Letters: []string{"甲", "乙", "丙"}}
		sides := rapid.IntRange(0, 8).Draw(t, "sides")
		for range rapid.IntRange(0, 12).Draw(t, "rows") {
			row := chart.PairedRow{Name: name(t)}
			for range sides {
				row.Bars = append(row.Bars, chart.PairedBar{Value: rapid.Float64Range(0, 1).Draw(t, "value"), Text: name(t)})
			}
			p.Rows = append(p.Rows, row)
		}
		checkPlace(t, chart.Paired(p))
	})
}

func TestPairedBarsAreInProportion(t *testing.T) {
	fig := chart.Paired(chart.Pairs{Rows: []chart.PairedRow{
		{Bars: []chart.PairedBar{{Value: 0.2}, {Value: 0.4}}}, {Bars: []chart.PairedBar{{Value: 0}, {Value: 0.1}}},
	}})
	var widths []int
	for _, m := range fig.Marks {
		for _, b := range m.Boxes {
			if b.Class != "axis" {
				widths = append(widths, b.W)
			}
		}
	}
	if len(widths) != 3 || widths[1] != 2*widths[0] || widths[0] < 2*widths[2] {
		t.Errorf("bars of 0.2, 0.4, nothing and 0.1 are %v wide", widths)
	}
}
