package extract

import (
	"math"
	"slices"
	"strings"
)

// textRow is what stands at one height of a page, which may belong to several columns.
type textRow struct {
	glyphs   []placed // from left to right
	segments []segment
	y, size  float64
}

// segment is a part of a row that is set off by more room than stands between words.
type segment struct {
	x, end float64
	text   string
}

// segmentGap is how much room sets off a segment, in parts of the size of its characters.
const segmentGap = 0.8

// rowsOf puts characters into rows, from the top down. Rows of blanks are left out.
func rowsOf(glyphs []placed) []textRow {
	slices.SortStableFunc(glyphs, func(a, b placed) int { return cmpFloat(b.y, a.y) })
	var rows []textRow
	for start := 0; start < len(glyphs); {
		end := endOfRow(glyphs, start)
		r := textRow{glyphs: slices.Clone(glyphs[start:end])}
		slices.SortStableFunc(r.glyphs, func(a, b placed) int { return cmpFloat(a.x, b.x) })
		r.y, r.size = mainText(r.glyphs)
		if r.segments = segmentsOf(r.glyphs); len(r.segments) > 0 {
			rows = append(rows, r)
		}
		start = end
	}
	return rows
}

// endOfRow returns the end of the row that begins with a character; characters are sorted from the top down.
func endOfRow(glyphs []placed, start int) int {
	end := start + 1
	for end < len(glyphs) && glyphs[start].y-glyphs[end].y < 0.45*math.Max(glyphs[start].size, glyphs[end].size) {
		end++
	}
	return end
}

func segmentsOf(glyphs []placed) []segment {
	var out []segment
	for _, g := range glyphs {
		if trimBlanks(dropMeaningless(g.text)) == "" {
			continue
		}
		if n := len(out) - 1; n >= 0 && g.x-out[n].end < segmentGap*g.size {
			out[n].text += g.text
			out[n].end = math.Max(out[n].end, g.end)
			continue
		}
		out = append(out, segment{g.x, g.end, g.text})
	}
	return out
}

func (r *textRow) text() string {
	var b strings.Builder
	for _, s := range r.segments {
		b.WriteString(s.text)
	}
	return b.String()
}

// isPageNumber reports whether a row is nothing but the number of the page.
func (r *textRow) isPageNumber() bool {
	if len(r.segments) > 3 {
		return false
	}
	text := trimBlanks(r.text())
	return pageNumber.MatchString(text) || bareNumber.MatchString(text)
}

// crosses reports whether a row has text within a band of the page.
func (r *textRow) crosses(left, right float64) bool {
	for _, s := range r.segments {
		if s.x < right && s.end > left {
			return true
		}
	}
	return false
}

// glyphsOf collects the characters of rows.
func glyphsOf(rows []textRow) []placed {
	var out []placed
	for _, r := range rows {
		out = append(out, r.glyphs...)
	}
	return out
}
