package extract

import (
	"math"
	"slices"
)

// pageColumn is a column of lines, from the top down; a page of one column is one. Lines of narrow columns are moved to
// where the first column of their page begins, so that a paragraph goes on from one column to the next as it does from
// one page to the next.
type pageColumn struct {
	lines       []textLine
	left, right float64 // what tables it holds: those whose middle lies between
	bottom      float64 // and above
	narrow      bool
}

// What columns of running text are: the least lines of each, how wide they are in parts of their characters' size, how
// unequal, and how many of their lines end at the right edge, in percent.
const (
	columnLines     = 4
	columnWidth     = 8
	columnRatio     = 1.5
	columnFull      = 33
	columnsAligned  = 70
	columnDepth     = 2 // how often a part of a page is divided again
	columnSegments  = 3000
	columnGlyphs    = 30_000 // a page with more is no page of columns that are read
	columnWholeSide = 5      // the longer side has at least so many lines
)

// columnsOf divides a page at bands without text that run beside lines of text on both sides, and returns the parts in
// the order of reading: what stands above, each column from the top down, what stands below.
//
// at is where the page before was divided: what goes on there may be short. It becomes where this one is.
func columnsOf(rows []textRow, at *float64, depth int) []pageColumn {
	if len(rows) == 0 {
		return nil
	}
	d, ok := bestDivision(rows, *at)
	if !ok || depth > columnDepth {
		return []pageColumn{{lines: linesOf(glyphsOf(rows)), left: math.Inf(-1), right: math.Inf(1), bottom: math.Inf(-1)}}
	}
	*at = d.x
	out := columnsOf(rows[:d.from], at, depth+1)
	if n := len(out); n > 0 {
		out[n-1].bottom = math.Max(out[n-1].bottom, rows[d.from].y)
	}
	left, right := splitRows(rows[d.from:d.to], d.x)
	inner := append(columnsOf(left, new(float64), depth+1), columnsOf(right, new(float64), depth+1)...)
	first := math.Inf(1)
	for _, r := range left {
		first = math.Min(first, r.segments[0].x)
	}
	for i := range inner {
		c := &inner[i]
		if len(c.lines) == 0 {
			continue
		}
		left, right := edgesOf(c.lines)
		if !c.narrow { // else it was divided again
			c.left, c.right, c.narrow = left, right, true
		}
		for k := range c.lines {
			c.lines[k].x -= left - first
			c.lines[k].end -= left - first
		}
	}
	return append(append(out, inner...), columnsOf(rows[d.to:], at, depth+1)...)
}

func edgesOf(lines []textLine) (left, right float64) {
	left, right = math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		left, right = math.Min(left, l.x), math.Max(right, l.end)
	}
	return left, right
}

// division is a run of rows that are divided at x.
type division struct {
	x        float64
	from, to int
	lines    int
}

// bestDivision finds the division with the most lines.
func bestDivision(rows []textRow, at float64) (division, bool) {
	var best division
	segments, glyphs := 0, 0
	for _, r := range rows {
		segments, glyphs = segments+len(r.segments), glyphs+len(r.glyphs)
	}
	if segments > columnSegments || glyphs > columnGlyphs {
		return best, false
	}
	places := candidates(rows)
	if at > 0 {
		places = append(places, at)
	}
	for _, x := range places {
		from := 0
		for i := 0; i <= len(rows); i++ {
			if i < len(rows) && !rows[i].crosses(x-0.2*rows[i].size, x+0.2*rows[i].size) {
				continue
			}
			if i > from {
				if d, ok := divide(rows, x, from, i, x == at); ok && d.lines > best.lines {
					best = d
				}
			}
			from = i + 1
		}
	}
	return best, best.lines > 0
}

// candidates returns where a page may be divided: beside the ends of segments, away from the edges.
func candidates(rows []textRow) []float64 {
	const grain = 2
	left, right := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		left, right = math.Min(left, r.segments[0].x), math.Max(right, r.segments[len(r.segments)-1].end)
	}
	seen := map[int]bool{}
	for _, r := range rows {
		for _, s := range r.segments {
			for _, x := range []float64{s.end + 0.4*r.size, s.x - 0.4*r.size} {
				if x > left+0.15*(right-left) && x < right-0.15*(right-left) {
					seen[int(x/grain)] = true
				}
			}
		}
	}
	var out []float64
	for k := range seen {
		out = append(out, float64(k)*grain+grain/2)
	}
	slices.Sort(out)
	return out
}

// divide says whether rows are two columns of running text, and where they begin and end. Rows at the ends that have one
// side only are left to what stands above; below, the longer column is followed to its end.
func divide(rows []textRow, x float64, from, to int, again bool) (division, bool) {
	d := division{x: x, from: from, to: to}
	for d.from < d.to && !rows[d.from].has(x) && (d.from+1 == d.to || !beside(&rows[d.from], &rows[d.from+1], x)) {
		d.from++
	}
	if d.from == d.to {
		return d, false
	}
	left, right := splitRows(rows[d.from:d.to], x)
	d.lines = len(left) + len(right)
	least, most := min(len(left), len(right)), max(len(left), len(right))
	if least == 0 || !again && (least < columnLines || most < columnWholeSide) {
		return d, false
	}
	a, b := columnShape(left), columnShape(right)
	wide, slim := math.Max(a.width(), b.width()), math.Min(a.width(), b.width())
	d.x = (a.right + b.left) / 2
	return d, b.left-a.right >= segmentGap*a.size && slim >= columnWidth*a.size &&
		(wide <= columnRatio*slim || wide <= 2*columnRatio*slim && (a.halved(left) || b.halved(right))) &&
		(a.full+b.full)*100 >= columnFull*d.lines && a.aligned*100 >= columnsAligned*len(left) && b.aligned*100 >= columnsAligned*len(right)
}

// has reports whether a row has text on the right of x, where columns begin beside one another.
func (r *textRow) has(x float64) bool {
	return r.segments[len(r.segments)-1].x > x && r.segments[0].end < x
}

// beside reports whether two rows stand next to one another, on the two sides of x.
func beside(a, b *textRow, x float64) bool {
	return a.y-b.y < 1.25*a.size && (a.segments[0].x > x) != (b.segments[0].x > x)
}

// splitRows divides rows at x.
func splitRows(rows []textRow, x float64) (left, right []textRow) {
	for _, r := range rows {
		var a, b []placed
		for _, g := range r.glyphs {
			if g.x < x {
				a = append(a, g)
			} else {
				b = append(b, g)
			}
		}
		left, right = appendRow(left, r, a), appendRow(right, r, b)
	}
	return left, right
}

func appendRow(rows []textRow, like textRow, glyphs []placed) []textRow {
	if segments := segmentsOf(glyphs); len(segments) > 0 {
		return append(rows, textRow{glyphs: glyphs, segments: segments, y: like.y, size: like.size})
	}
	return rows
}

// shape is what the lines of a column look like: how many end at its right edge, and how many begin where lines and
// paragraphs do.
type shape struct {
	left, right, size float64
	full, aligned     int
}

func (s shape) width() float64 { return s.right - s.left }

// halved reports whether rows are two columns themselves: there is no text in their middle.
func (s shape) halved(rows []textRow) bool {
	middle, both := (s.left+s.right)/2, 0
	for i := range rows {
		if rows[i].crosses(middle-0.3*s.size, middle+0.3*s.size) {
			return false
		}
		if rows[i].has(middle) {
			both++
		}
	}
	return both >= columnLines
}

func columnShape(rows []textRow) shape {
	s := shape{left: math.Inf(1), right: math.Inf(-1)}
	var sizes []float64
	for _, r := range rows {
		s.left, s.right = math.Min(s.left, r.segments[0].x), math.Max(s.right, r.segments[len(r.segments)-1].end)
		sizes = append(sizes, r.size)
	}
	s.size = percentile(sizes, 50)
	for _, r := range rows {
		if r.segments[len(r.segments)-1].end > s.right-1.9*s.size {
			s.full++
		}
		if in := (r.segments[0].x - s.left) / s.size; in < 0.6 || in > 1.5 && in < 2.6 {
			s.aligned++
		}
	}
	return s
}
