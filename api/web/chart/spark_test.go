package chart_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tongjian/api/web/chart"
)

func TestSparkKeepsItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s chart.Spark
		for y := range rapid.IntRange(0, 15).Draw(t, "years") {
			s.Periods = append(s.Periods, fmt.Sprint(2010+y))
			s.Bars = append(s.Bars, chart.Bar{Present: true, Value: rapid.IntRange(0, 100_000).Draw(t, "value"), Href: "/x"})
		}
		fig := chart.Sparked(s)
		checkPlace(t, fig)
		var bars []chart.Box
		for _, m := range fig.Marks {
			for _, b := range m.Boxes {
				if b.Class == "bar" {
					bars = append(bars, b)
				}
			}
		}
		counts := 0
		for _, b := range s.Bars {
			if b.Value > 0 {
				counts++
			}
		}
		if len(bars) != counts {
			t.Fatalf("%d bars for %d years in which there is something", len(bars), counts)
		}
		for i := 1; i < len(bars); i++ {
			if overlap(bars[i-1], bars[i]) {
				t.Fatalf("bars %+v and %+v overlap", bars[i-1], bars[i])
			}
		}
	})
}
