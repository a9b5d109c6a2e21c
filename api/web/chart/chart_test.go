package chart_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongjian/api/web/chart"
)

// TestHeatmapKeepsItsPlace lays out heat maps of many shapes and checks that words stay inside and apart.
func TestHeatmapKeepsItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkPlace(t, chart.Heatmap(anyMatrix(t))) })
}

func TestColumnsKeepTheirPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		years := rapid.IntRange(1, 20).Draw(t, "years")
		var b chart.Bands
		for y := range years {
			b.Periods = append(b.Periods, fmt.Sprint(2005+y))
		}
		for range rapid.IntRange(1, 6).Draw(t, "series") {
			s := chart.Series{Name: name(t)}
			for range years {
				s.Bars = append(s.Bars, chart.Bar{
					Present: rapid.Bool().Draw(t, "present"), Value: rapid.IntRange(0, 200_000).Draw(t, "value"),
				})
			}
			b.Series = append(b.Series, s)
		}
		checkPlace(t, chart.Columns(b))
	})
}

func TestHeatmapColoursFollowShares(t *testing.T) {
	line := func(shares ...float64) []chart.Cell {
		var cells []chart.Cell
		for _, s := range shares {
			cells = append(cells, chart.Cell{Present: true, Share: s, Text: "x"})
		}
		return cells
	}
	fig := chart.Heatmap(chart.Matrix{
		Rows:  []chart.Row{{Name: "财务"}},
		Cols:  make([]chart.Column, 4),
		Cells: [][]chart.Cell{line(0, 0.01, 0.35, 0.7)},
	})
	var got []string
	for _, m := range fig.Marks {
		if len(m.Boxes) == 1 {
			got = append(got, m.Boxes[0].Class)
		}
	}
	want := "q0 q1 q4 q7"
	if strings.Join(got, " ") != want {
		t.Errorf("classes of shares 0, 0.01, 0.35, 0.7 of at most 0.7 = %q, want %q", got, want)
	}
}

func TestSparseColumnsAreHollow(t *testing.T) {
	fig := chart.Heatmap(chart.Matrix{
		Rows:  []chart.Row{{Name: "财务"}},
		Cols:  []chart.Column{{Name: "2020", Sparse: true}},
		Cells: [][]chart.Cell{{{Present: true, Share: 1, Text: "1"}}},
	})
	boxes := 0
	for _, m := range fig.Marks {
		for _, b := range m.Boxes {
			boxes++
			if b.Class != "sparse" {
				t.Errorf("a box of class %q, want no colour and no legend of colours", b.Class)
			}
		}
	}
	if boxes != 1 {
		t.Errorf("%d boxes, want the one cell", boxes)
	}
}

func TestHeatmapGapHasNoMark(t *testing.T) {
	fig := chart.Heatmap(chart.Matrix{
		Rows:  []chart.Row{{Name: "财务"}},
		Cols:  []chart.Column{{Name: "2020"}, {Name: "2021"}},
		Cells: [][]chart.Cell{{{}, {Present: true, Text: "3", Share: 0.5, Href: "/search?year=2021"}}},
	})
	links := 0
	for _, m := range fig.Marks {
		if m.Href != "" {
			links++
		}
	}
	if links != 1 {
		t.Errorf("a gap and a cell give %d links, want 1", links)
	}
}

func TestBarsAreInProportion(t *testing.T) {
	fig := chart.Columns(chart.Bands{
		Periods: []string{"2020", "2021", "2022", "2023"},
		Series: []chart.Series{{Name: "整改通报", Bars: []chart.Bar{
			{Present: true, Value: 36}, {Present: true, Value: 18}, {Present: true, Value: 0}, {},
		}}},
	})
	var heights []int
	for _, m := range fig.Marks {
		for _, b := range m.Boxes {
			if b.Class == "bar" {
				heights = append(heights, b.H)
			}
		}
	}
	if len(heights) != 2 || heights[0] != 2*heights[1] {
		t.Errorf("bars of 36, 18, 0 and a gap have heights %v, want two, the first twice the second", heights)
	}
}

func TestChartsShareAnAxis(t *testing.T) {
	rows := []chart.Row{{Name: "财务管理与资金资产", Mark: "▸"}}
	series := []chart.Series{{Name: "整改进展通报", Bars: []chart.Bar{{Present: true, Value: 3}}}}
	axis := chart.RowAxis(rows, 1).Join(chart.SeriesAxis(series, 1))
	heat := chart.Heatmap(chart.Matrix{Axis: axis, Rows: rows, Cols: []chart.Column{{Name: "2021"}}, Cells: [][]chart.Cell{{{}}}})
	columns := chart.Columns(chart.Bands{Axis: axis, Periods: []string{"2021"}, Series: series})
	if a, b := placeOf(t, heat, "2021"), placeOf(t, columns, "2021"); a != b {
		t.Errorf("2021 stands at %d in one chart and at %d in the other", a, b)
	}
}

func placeOf(t *testing.T, fig chart.Figure, word string) int {
	t.Helper()
	for _, m := range fig.Marks {
		for _, l := range m.Labels {
			if l.Text == word {
				return l.X
			}
		}
	}
	t.Fatalf("no label %q", word)
	return 0
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"财务", 26, "财务"},
		{"财务管理与资金资产", 60, "财务管…"},
		{"", 10, ""},
	} {
		got := chart.Clip(c.in, 13, c.width)
		if got != c.want {
			t.Errorf("Clip(%q, 13, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

// TestFigureIsWellFormed draws names that would break out of markup and reads the result as XML.
func TestFigureIsWellFormed(t *testing.T) {
	tmpl := template.Must(template.New("").ParseFS(chart.Templates, "*.tmpl"))
	const nasty = `</svg><script>alert("1")</script>&'`
	fig := chart.Heatmap(chart.Matrix{
		Alt:   nasty,
		Rows:  []chart.Row{{Name: nasty, Href: "/search?q=" + nasty, Title: nasty}, {Name: "x", Href: "javascript:alert(1)"}},
		Cols:  []chart.Column{{Name: nasty, Note: nasty, Sparse: true}},
		Cells: [][]chart.Cell{{{Present: true, Share: 1, Text: "3", Title: nasty, Href: "/x?a=1&b=2"}}, {{}}},
	})
	var b strings.Builder
	if err := tmpl.ExecuteTemplate(&b, "figure", &fig); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script") || strings.Contains(b.String(), "javascript:") {
		t.Errorf("markup came through:\n%s", b.String())
	}
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, b.String())
		}
	}
}

func anyMatrix(t *rapid.T) chart.Matrix {
	m := chart.Matrix{Alt: "占比"}
	for range rapid.IntRange(0, 16).Draw(t, "cols") {
		m.Cols = append(m.Cols, chart.Column{
			Name: name(t), Note: fmt.Sprint(rapid.IntRange(0, 9_999_999).Draw(t, "note")) + "份", Sparse: rapid.Bool().Draw(t, "sparse"),
		})
	}
	for range rapid.IntRange(0, 30).Draw(t, "rows") {
		m.Rows = append(m.Rows, chart.Row{
			Name: name(t), Depth: rapid.IntRange(0, 2).Draw(t, "depth"), Mark: rapid.SampledFrom([]string{"", "▸", "▾"}).Draw(t, "mark"),
		})
		line := make([]chart.Cell, len(m.Cols))
		for j := range line {
			line[j] = chart.Cell{
				Present: rapid.Bool().Draw(t, "present"), Share: rapid.Float64Range(0, 1).Draw(t, "share"),
				Text: fmt.Sprint(rapid.IntRange(0, 10_000_000).Draw(t, "n")),
			}
		}
		m.Cells = append(m.Cells, line)
	}
	return m
}

func name(t *rapid.T) string {
	return rapid.StringOfN(rapid.SampledFrom([]rune("财务管理“”2019aW年")), 1, 40, -1).Draw(t, "name")
}

// checkPlace fails when a box or word leaves the view box, or two words touch.
func checkPlace(t *rapid.T, fig chart.Figure) {
	view := chart.Box{W: fig.Width, H: fig.Height}
	var words []chart.Label
	for _, m := range fig.Marks {
		for _, b := range m.Boxes {
			if !inside(b, view) {
				t.Fatalf("box %+v leaves the view box %+v", b, view)
			}
		}
		words = append(words, m.Labels...)
	}
	for i, a := range words {
		if !inside(a.Bounds(), view) {
			t.Fatalf("words %q at %+v leave the view box %+v", a.Text, a.Bounds(), view)
		}
		if a.Size < 12 {
			t.Fatalf("words %q are %d px, want at least 12", a.Text, a.Size)
		}
		for _, b := range words[:i] {
			if a.Text != "" && b.Text != "" && overlap(a.Bounds(), b.Bounds()) {
				t.Fatalf("words %q at %+v and %q at %+v overlap", a.Text, a.Bounds(), b.Text, b.Bounds())
			}
		}
	}
}

func inside(b, view chart.Box) bool {
	return b.X >= 0 && b.Y >= 0 && b.X+b.W <= view.W && b.Y+b.H <= view.H
}

func overlap(a, b chart.Box) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}
