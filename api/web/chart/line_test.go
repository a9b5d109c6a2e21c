package chart_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongjian/api/web/chart"
)

func TestLinesKeepTheirPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		peak := rapid.OneOf(rapid.Float64Range(0, 1), rapid.Float64Range(0, 300_000)).Draw(t, "peak")
		l := chart.Line{Scale: chart.NewScale(peak, 0.01, func(x float64) string { return fmt.Sprintf("%.2f", x) })}
		for i := range rapid.IntRange(0, 30).Draw(t, "periods") {
			l.Periods = append(l.Periods, rapid.SampledFrom([]string{fmt.Sprint(1995 + i), name(t)}).Draw(t, "period"))
			q := chart.LinePoint{
				Present: rapid.Bool().Draw(t, "present"), Sparse: rapid.Bool().Draw(t, "sparse"), Banded: rapid.Bool().Draw(t, "banded"),
				Value: rapid.Float64Range(0, peak).Draw(t, "value"), Href: "/search?year=1",
			}
			q.Low, q.High = rapid.Float64Range(0, q.Value).Draw(t, "low"), rapid.Float64Range(q.Value, 2*peak+1).Draw(t, "high")
			q.Text = rapid.SampledFrom([]string{fmt.Sprintf("%.2f", q.Value), name(t), ""}).Draw(t, "text")
			l.Points = append(l.Points, q)
		}
		fig := chart.Lined(l)
		checkPlace(t, fig)
		view := chart.Box{W: fig.Width, H: fig.Height}
		links := 0
		for _, m := range fig.Marks {
			for _, p := range m.Paths {
				for _, at := range p.Points {
					if !inside(chart.Box{X: at.X, Y: at.Y}, view) {
						t.Fatalf("a path leaves the view box at %+v", at)
					}
				}
			}
			for _, d := range m.Dots {
				if !inside(chart.Box{X: d.X - d.R, Y: d.Y - d.R, W: 2 * d.R, H: 2 * d.R}, view) {
					t.Fatalf("dot %+v leaves the view box", d)
				}
			}
			if m.Href != "" {
				links++
			}
		}
		present := 0
		for _, q := range l.Points {
			if q.Present {
				present++
			}
		}
		if links != present {
			t.Fatalf("%d links for %d points", links, present)
		}
	})
}

func TestScaleEndsAboveItsPeak(t *testing.T) {
	whole := func(x float64) string { return fmt.Sprint(x) }
	for _, c := range []struct {
		peak, least float64
		want        string
	}{
		{0, 1, "0 1"}, {1, 1, "0 1"}, {3, 1, "0 1 2 3"}, {7, 1, "0 2 4 6 8"}, {0.83, 0.01, "0 0.5 1"}, {41, 1, "0 20 40 60"},
		{100, 1, "0 50 100"}, {1001, 1, "0 500 1000 1500"},
	} {
		var got []string
		s := chart.NewScale(c.peak, c.least, whole)
		for _, tick := range s.Ticks {
			got = append(got, tick.Text)
		}
		if strings.Join(got, " ") != c.want || s.Top < c.peak {
			t.Errorf("NewScale(%v, %v) = %v up to %v, want %s", c.peak, c.least, got, s.Top, c.want)
		}
	}
}

func TestLineHasGapsAndHollowDots(t *testing.T) {
	point := func(value float64, sparse bool) chart.LinePoint {
		return chart.LinePoint{Present: true, Banded: true, Sparse: sparse, Value: value, Low: value - 0.1, High: value + 0.1}
	}
	fig := chart.Lined(chart.Line{
		Scale: chart.NewScale(1, 0.01, func(float64) string { return "" }), Periods: []string{"2018", "2019", "2020", "2021", "2022"},
		Points: []chart.LinePoint{point(0.5, false), point(0.2, false), {}, point(0.6, true), point(0.8, false)},
	})
	var got []string
	for _, m := range fig.Marks {
		for _, b := range m.Boxes {
			if b.Class == "band" {
				got = append(got, "bar")
			}
		}
		for _, p := range m.Paths {
			got = append(got, fmt.Sprintf("%s %d", p.Class, len(p.Points)))
		}
		for _, d := range m.Dots {
			got = append(got, d.Class)
		}
	}
	want := "band 4, bar, line 2, line 2, dot, dot, dot hollow, dot"
	if strings.Join(got, ", ") != want {
		t.Errorf("drawn are %s, want %s", strings.Join(got, ", "), want)
	}
}

func TestLineHeightsAreInProportion(t *testing.T) {
	fig := chart.Lined(chart.Line{
		Scale: chart.Scale{Top: 1}, Periods: []string{"a", "b", "c"},
		Points: []chart.LinePoint{{Present: true}, {Present: true, Value: 0.5}, {Present: true, Value: 1}},
	})
	var y []int
	for _, m := range fig.Marks {
		for _, d := range m.Dots {
			y = append(y, d.Y)
		}
	}
	if len(y) != 3 || y[0]-y[1] != y[1]-y[2] || y[0] <= y[1] {
		t.Errorf("0, 0.5 and 1 stand at %v, want equal steps upwards", y)
	}
}
