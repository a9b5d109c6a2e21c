// Package chart works out charts as numbers: where every rectangle and every word stands. A layout function takes what
// is to be shown and returns a Figure; the template in Templates draws a Figure as SVG. Nothing here writes markup, so
// escaping is the template's business and a test can check a layout by its numbers: every word inside the view box, no
// two words over each other.
//
//	fig := chart.Heatmap(chart.Matrix{…})
//	template.Must(template.New("").ParseFS(chart.Templates, "*.tmpl"))   // defines "figure"
//
// Colours and type are classes, defined in the pages' style sheet, so that light, dark and print each have their own.
package chart

import "embed"

// Templates holds the template "figure", which draws a *Figure.
//
//go:embed *.tmpl
var Templates embed.FS
