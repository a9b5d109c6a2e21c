package extract

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// headerWord matches what the columns of the tables in question are called.
var headerWord = regexp.MustCompile(`^(?:序号?|编号|号)$|类别|类型|方面|问题|表现|措施|做法|举措|情况|结果|进展|进度|成效|状态|责任|单位|部门|领导|人员|负责|牵头|配合|时限|期限|时间|日期|` +
	`备注|事项|内容|任务|目标|要求|项目|金额|建议|整改|完成|说明|依据|清单|销号`)

// What a table without upright lines must have: rows under its header, room between columns in parts of the size of its
// characters, and the longest name of a column.
const (
	looseRows       = 2
	looseGap        = 0.35
	looseHeaderName = 14
	looseHeaderGap  = 1.2 // between the names of only two columns
	looseBands      = 2   // so many rows in turn may run across the columns
)

// gutter is the room between two columns of a table: what is still free of text in every row.
type gutter []segment

// without takes the room that a row fills out of a gutter.
func (g gutter) without(segments []segment) gutter {
	out := slices.Clone(g)
	for _, s := range segments {
		var left gutter
		for _, free := range out {
			if s.end <= free.x || s.x >= free.end {
				left = append(left, free)
				continue
			}
			if s.x > free.x {
				left = append(left, segment{x: free.x, end: s.x})
			}
			if s.end < free.end {
				left = append(left, segment{x: s.end, end: free.end})
			}
		}
		out = left
	}
	return out
}

// widest returns the widest free room of a gutter.
func (g gutter) widest() segment {
	var best segment
	for _, free := range g {
		if free.end-free.x > best.end-best.x {
			best = free
		}
	}
	return best
}

// looseTable is a table that nothing but the places of its text draws.
type looseTable struct {
	gutters []gutter
	rows    []textRow
	across  []bool // which rows run across the columns
	rules   []rule
	xs      []float64 // the edges of the columns
	header  int       // how many rows stand above the first of its records; 0 where it goes on from the page before
}

// headerOf returns the names of columns in a row, nil where it is no header.
func headerOf(r *textRow) []segment {
	names := joinSpaced(r.segments, r.size)
	if len(names) < 2 || len(names) > 16 {
		return nil
	}
	known, seen := 0, map[string]bool{}
	for i, n := range names {
		text := squeeze(n.text)
		if seen[text] {
			return nil
		}
		seen[text] = true
		if utf8.RuneCountInString(text) > looseHeaderName || strings.ContainsAny(text, "，。；：:0123456789") || numbered.MatchString(text) {
			return nil
		}
		if headerWord.MatchString(text) {
			known++
		}
		if len(names) == 2 && i > 0 && n.x-names[0].end < looseHeaderGap*r.size {
			return nil
		}
	}
	if known < 2 || known*2 < len(names) {
		return nil
	}
	return names
}

// joinSpaced puts names together whose characters are set apart: 问　题.
func joinSpaced(segments []segment, size float64) []segment {
	var out []segment
	for _, s := range segments {
		if n := len(out) - 1; n >= 0 && s.x-out[n].end < 2.2*size && utf8.RuneCountInString(s.text) == 1 && utf8.RuneCountInString(out[n].text) <= 2 &&
			!headerWord.MatchString(out[n].text) {
			out[n].text += s.text
			out[n].end = s.end
			continue
		}
		out = append(out, s)
	}
	return out
}

// looseFrom reads a table that begins with a row: under the header there, or with the columns of the table that ended the
// page before. n is how many rows it has.
func looseFrom(rows []textRow, before *looseTable, rules []rule) (t *looseTable, n int) {
	t = &looseTable{rules: rules}
	names, first := headerAt(rows)
	switch {
	case names != nil:
		t.header = first + 1
		for i := range len(names) - 1 {
			t.gutters = append(t.gutters, gutter{{x: (names[i].x + names[i].end) / 2, end: (names[i+1].x + names[i+1].end) / 2}})
		}
		if before != nil && t.fits(before) {
			t.gutters, t.xs = before.gutters, before.xs
		}
	case before != nil:
		t.gutters, t.xs = before.gutters, before.xs
	default:
		return nil, 0
	}
	n = t.extend(rows)
	n = t.trim(rows, n)
	full := 0
	for i := t.header; i < n; i++ {
		if !t.across[i] && t.columnsIn(&rows[i]) > 1 {
			full++
		}
	}
	if full < looseRows && (before == nil || full == 0) {
		return nil, 0
	}
	t.rows, t.across = rows[:n], t.across[:n]
	return t, n
}

// headerAt returns the names of columns of a header that begins with a row, and which row has most of them: a name of one
// narrow column may stand over several lines, around the others.
func headerAt(rows []textRow) (names []segment, first int) {
	for first < min(2, len(rows)) {
		if names = headerOf(&rows[first]); names != nil {
			break
		}
		if !isStub(&rows[first]) || first+1 < len(rows) && rows[first].y-rows[first+1].y > rows[first].size {
			return nil, 0
		}
		first++
	}
	if names == nil {
		return nil, 0
	}
	for _, i := range []int{first - 1, first + 1} {
		if i < 0 || i >= len(rows) || !isStub(&rows[i]) || math.Abs(rows[i].y-rows[first].y) > rows[first].size {
			continue
		}
		for _, s := range rows[i].segments {
			beside := func(n segment) bool { return s.end < n.x || s.x > n.end }
			if !slices.ContainsFunc(names, func(n segment) bool { return !beside(n) }) {
				names = append(names, s)
			}
		}
	}
	slices.SortFunc(names, func(a, b segment) int { return cmpFloat(a.x, b.x) })
	return names, first
}

// isStub reports whether a row is a part of names that are broken into single characters.
func isStub(r *textRow) bool {
	for _, s := range r.segments {
		if utf8.RuneCountInString(s.text) > 2 || !isHan(firstRune(s.text)) {
			return false
		}
	}
	return true
}

// fits reports whether the columns of the table before can be those of a header.
func (t *looseTable) fits(before *looseTable) bool {
	if len(before.gutters) != len(t.gutters) {
		return false
	}
	for i, g := range before.gutters {
		w := g.widest()
		if w.end <= t.gutters[i][0].x || w.x >= t.gutters[i][0].end {
			return false
		}
	}
	return true
}

// narrowed returns the gutters that are left beside a row; ok is false where it leaves none of one.
func (t *looseTable) narrowed(r *textRow) (left []gutter, ok bool) {
	left = make([]gutter, len(t.gutters))
	for i, g := range t.gutters {
		left[i] = g.without(fineSegments(r.glyphs))
		if w := left[i].widest(); w.end-w.x < looseGap*r.size {
			return t.gutters, false
		}
	}
	return left, true
}

// fineSegments returns where a row has text, to the width of a blank.
func fineSegments(glyphs []placed) []segment {
	var out []segment
	for _, g := range glyphs {
		if trimBlanks(dropMeaningless(g.text)) == "" {
			continue
		}
		if n := len(out) - 1; n >= 0 && g.x-out[n].end < 0.5*looseGap*g.size {
			out[n].end = math.Max(out[n].end, g.end)
			continue
		}
		out = append(out, segment{x: g.x, end: g.end})
	}
	return out
}

// extend takes the rows that leave the gutters free; a few rows may run across them where the table goes on below.
func (t *looseTable) extend(rows []textRow) int {
	n, pending := 0, 0
	for i := range rows {
		if rows[i].isPageNumber() && (t.columnsIn(&rows[i]) != 1 || i == len(rows)-1) {
			break
		}
		left, ok := t.narrowed(&rows[i])
		t.across = append(t.across, !ok)
		switch {
		case ok:
			t.gutters = left
			if pending == 0 || t.columnsIn(&rows[i]) > 1 {
				n, pending = i+1, 0
			}
		case i < t.header:
			return 0
		default:
			if pending++; pending > looseBands {
				return n
			}
		}
	}
	return n
}

// trim leaves out rows at the end that are no part of the table: they stand in one column only, and further off than the
// lines of a cell do.
func (t *looseTable) trim(rows []textRow, n int) int {
	last := n - 1
	for last > t.header && (t.across[last] || t.columnsIn(&rows[last]) < 2) {
		last--
	}
	step := stepOf(rows[:n])
	for i := last + 1; i < n; i++ {
		if rows[i-1].y-rows[i].y > 1.3*step {
			return i
		}
	}
	return n
}

// stepOf returns how far the lines of a cell stand apart.
func stepOf(rows []textRow) float64 {
	var steps []float64
	for i := 1; i < len(rows); i++ {
		if step := rows[i-1].y - rows[i].y; step > 0.9*rows[i].size {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return math.Inf(1)
	}
	return percentile(steps, 10)
}

// bounds returns where the columns are divided.
func (t *looseTable) bounds() []float64 {
	out := make([]float64, len(t.gutters))
	for i, g := range t.gutters {
		w := g.widest()
		out[i] = (w.x + w.end) / 2
	}
	return out
}

// columnAt returns the column of a place.
func columnAt(bounds []float64, x float64) int {
	k := 0
	for k < len(bounds) && x > bounds[k] {
		k++
	}
	return k
}

// columnsIn counts the columns in which a row has text.
func (t *looseTable) columnsIn(r *textRow) int {
	bounds, n, last := t.bounds(), 0, -1
	for _, g := range r.glyphs {
		if k := columnAt(bounds, g.x); k != last && trimBlanks(g.text) != "" {
			n, last = n+1, k
		}
	}
	return n
}

// findLoose takes the tables without upright lines out of the rows of a page, and returns the other rows. open is the table
// that ended the page before, and that which ends this one.
func findLoose(rows []textRow, rules []rule, open *looseTable) (tables []ruledTable, rest []textRow, last *looseTable) {
	const first = 2 // so many rows above a table that goes on are a running header
	for i := 0; i < len(rows); {
		before := open
		if i > first || len(tables) > 0 {
			before = nil
		}
		t, n := looseFrom(rows[i:], before, rules)
		if t == nil {
			rest = append(rest, rows[i])
			i++
			continue
		}
		made, ok := t.ruled()
		if !ok {
			rest = append(rest, rows[i:i+n]...)
			i += n
			continue
		}
		tables, last = append(tables, made), nil
		if i += n; isFoot(rows[i:]) {
			last = t
		}
	}
	return tables, rest, last
}

// isFoot reports whether rows are nothing but the foot of a page.
func isFoot(rows []textRow) bool {
	return len(rows) == 0 || len(rows) == 1 || len(rows) == 2 && rows[1].isPageNumber()
}
