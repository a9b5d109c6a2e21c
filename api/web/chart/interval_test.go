package chart_test

import (
	"testing"

	"pgregory.net/rapid"

	"tongjian/api/web/chart"
)

func TestRatiosKeepTheirPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c chart.Intervals
		for range rapid.IntRange(0, 12).Draw(t, "rows") {
			low := rapid.Float64Range(0, 20).Draw(t, "low")
			value := low + rapid.Float64Range(0, 20).Draw(t, "more")
			c.Rows = append(c.Rows, chart.Interval{
				Name: name(t), Text: name(t), Low: low, Value: value, High: value + rapid.Float64Range(0, 20).Draw(t, "high"), Faint: rapid.Bool().Draw(t, "faint"),
			})
		}
		checkPlace(t, chart.Ratios(c))
	})
}

func TestRatioOfOneStandsInTheMiddle(t *testing.T) {
	fig := chart.Ratios(chart.Intervals{Rows: []chart.Interval{{Low: 0.5, Value: 1, High: 2}}})
	for _, m := range fig.Marks {
		for _, d := range m.Dots {
			for _, b := range m.Boxes {
				if b.Class == "span" && (d.X-b.X != b.X+b.W-d.X) {
					t.Errorf("1 stands at %d, half and twice as much at %d and %d", d.X, b.X, b.X+b.W)
				}
			}
		}
	}
}
