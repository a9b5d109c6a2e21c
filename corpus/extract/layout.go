package extract

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"tongjian/corpus"
)

// placed is a piece of text with its place on a page, y going up.
type placed struct {
	text      string
	x, end, y float64
	size      float64
}

// textLine is one line of a page.
type textLine struct {
	text      string
	x, end, y float64
	size      float64
	head      float64 // the width of its first word, which could not stand on the line before
	furniture bool
}

// pagePart is what stands on one page: columns of lines, and tables, from the top down.
type pagePart struct {
	columns []pageColumn
	tables  []ruledTable
	height  float64
}

// lines returns the lines of all columns.
func (p *pagePart) lines() []*textLine {
	var out []*textLine
	for i := range p.columns {
		for k := range p.columns[i].lines {
			out = append(out, &p.columns[i].lines[k])
		}
	}
	return out
}

// radicals are characters of the block of radical forms that stand for ideographs in running text, each followed by the
// ideograph. Normalisation does not know them.
const radicals = "⺠民⺩王⺫目⺬示⺮竹⺶羊⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⺌小⺍小⺎兀⺑尣⺒巳⺛旡⺜日⺝月⺟母⺁厂⺇几⺈刀⺊卜"

// foldRadicals writes the ideographs that fonts name by the look-alikes among the radicals.
func foldRadicals(s string) string {
	for _, r := range s {
		switch {
		case r >= 0x2E80 && r <= 0x2EFF:
			if _, after, ok := strings.Cut(radicals, s); ok {
				return string(firstRune(after))
			}
			return s
		case r >= 0x2F00 && r <= 0x2FDF, r >= 0xFB00 && r <= 0xFB06:
			return norm.NFKC.String(s)
		}
	}
	return s
}

// flow is what goes on from one page to the next: a table without upright lines, and where the page is divided into columns.
type flow struct {
	table *looseTable
	at    float64
}

// layPage puts the text of a page into lines and tables.
func layPage(glyphs []placed, rules []rule, height float64, on *flow) pagePart {
	p := pagePart{height: height}
	p.tables, glyphs = findTables(glyphs, rules)
	if len(p.tables) > 0 {
		on.table = nil
	}
	loose, rest, last := findLoose(rowsOf(glyphs), rules, on.table)
	if len(loose) > 0 {
		p.tables = append(p.tables, loose...)
		slices.SortStableFunc(p.tables, func(a, b ruledTable) int { return cmpFloat(b.top, a.top) })
	}
	on.table = last
	p.columns = columnsOf(rest, &on.at, 0)
	return p
}

// linesOf puts characters into lines, from the top down.
func linesOf(glyphs []placed) []textLine {
	slices.SortStableFunc(glyphs, func(a, b placed) int { return cmpFloat(b.y, a.y) })
	var lines []textLine
	for start := 0; start < len(glyphs); {
		end := endOfRow(glyphs, start)
		if l, ok := lineOf(glyphs[start:end]); ok {
			lines = append(lines, l)
		}
		start = end
	}
	return lines
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// lineOf writes the characters of one line from left to right. Gaps that are too wide for justified text are blanks.
func lineOf(glyphs []placed) (textLine, bool) {
	slices.SortStableFunc(glyphs, func(a, b placed) int { return cmpFloat(a.x, b.x) })
	var l textLine
	var b strings.Builder
	var last placed
	stretch := stretched(glyphs)
	base, size := mainText(glyphs)
	for _, g := range glyphs {
		text := dropMeaningless(g.text)
		if trimBlanks(text) == "" {
			if b.Len() > 0 && text != "" && !isBlank(lastRune(b.String())) {
				b.WriteString(text)
			}
			continue
		}
		if text == last.text && g.x-last.x < math.Max(0.5*(last.end-last.x), 0.05*g.size) { // drawn twice to look bold
			continue
		}
		if g.size < 0.75*size && g.y > base+0.15*size && strings.Trim(text, "0123456789[]①②③④⑤⑥⑦⑧⑨⑩") == "" && isWide(lastRune(last.text)) {
			continue // the mark of a note
		}
		if b.Len() == 0 {
			l.x, l.y = g.x, g.y
		} else if isGap(last, g, stretch) && !isBlank(lastRune(b.String())) {
			b.WriteByte(' ')
		}
		if head := b.String(); strings.IndexFunc(head+text, func(r rune) bool { return r >= 0x2E80 || isBlank(r) }) < 0 {
			l.head = g.end - l.x
		}
		b.WriteString(text)
		l.end = math.Max(l.end, g.end)
		last = g
	}
	l.text = trimBlanks(unspace(b.String()))
	if l.text == "" {
		return l, false
	}
	l.size = size
	return l, true
}

// mainText returns the baseline and the size of most of the characters of a line.
func mainText(glyphs []placed) (base, size float64) {
	ys, sizes := make([]float64, len(glyphs)), make([]float64, len(glyphs))
	for i, g := range glyphs {
		ys[i], sizes[i] = g.y, g.size
	}
	return percentile(ys, 50), percentile(sizes, 50)
}

// stretched returns how far the Chinese characters of a line stand apart, in parts of their size: justified lines are
// stretched where a long word did not fit.
func stretched(glyphs []placed) float64 {
	var gaps []float64
	for i, g := range glyphs[1:] {
		if a := glyphs[i]; isWide(lastRune(a.text)) && isWide(firstRune(g.text)) {
			gaps = append(gaps, (g.x-a.end)/math.Max(a.size, g.size))
		}
	}
	if len(gaps) < 3 {
		return 0
	}
	return math.Max(0, percentile(gaps, 50))
}

// isGap reports whether the room between two characters is a blank.
func isGap(a, b placed, stretch float64) bool {
	gap := (b.x - a.end) / math.Max(a.size, b.size)
	left, right := isWide(lastRune(a.text)), isWide(firstRune(b.text))
	switch {
	case left && right:
		return gap > math.Max(0.8, 2.5*stretch)
	case left || right:
		return gap > math.Max(0.5, 2.5*stretch)
	}
	return gap > 0.22
}

// pageNumber matches a line that is nothing but the number of a page; bareNumber one without any ornament.
var (
	pageNumber = regexp.MustCompile(`^(?:[-—–－―~·•\s]*[-—–－―~·•]\s*\d{1,4}\s*[-—–－―~·•][-—–－―~·•\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*[/／]\s*\d{1,4}|(?i:page)\s*\d{1,4}(?:\s*of\s*\d{1,4})?)$`)
	bareNumber = regexp.MustCompile(`^\d{1,4}$`)
	digitRuns  = regexp.MustCompile(`\d+`)
)

// markFurniture finds the page numbers and what stands at the same place of several pages: running headers and footers.
func markFurniture(pages []pagePart) {
	type place struct {
		text string
		y    int
	}
	const edge = 2 // so many lines at the top and at the bottom can be furniture
	count := map[place]int{}
	placeOf := func(l *textLine) place {
		return place{digitRuns.ReplaceAllString(l.text, "#"), int(math.Round(l.y / 3))}
	}
	visit := func(f func(l *textLine)) {
		for i := range pages {
			lines := pages[i].lines()
			slices.SortStableFunc(lines, func(a, b *textLine) int { return cmpFloat(b.y, a.y) })
			for k, l := range lines {
				if outer := l.y > 0.86*pages[i].height || l.y < 0.14*pages[i].height; outer && (k < edge || k >= len(lines)-edge) {
					f(l)
				}
			}
		}
	}
	visit(func(l *textLine) { count[placeOf(l)]++ })
	visit(func(l *textLine) {
		at := placeOf(l)
		n := max(count[at], count[place{at.text, at.y - 1}]+count[at], count[place{at.text, at.y + 1}]+count[at])
		repeated := n >= 2 && n*3 > len(pages) && !endsSentence(l.text)
		l.furniture = repeated || pageNumber.MatchString(l.text) || bareNumber.MatchString(l.text)
	})
}

// textColumn is the measure of running text: where its lines begin and end, how far they stand apart, how large they are.
type textColumn struct {
	left, right, leading, size float64
	indented                   bool // paragraphs begin with an indent
	strict                     bool // and no paragraph without
}

// runningLine is the length in bytes from which a line of a page is taken for running text. In a narrow column it is half of
// the longest line, if that is shorter.
const runningLine = 45

// measureLines finds the measure from lines that are long enough to be running text.
func measureLines(lines []textLine, narrow bool) (textColumn, bool) {
	var lefts, rights, steps, sizes []float64
	least := runningLine
	if narrow {
		longest := 0
		for _, l := range lines {
			longest = max(longest, len(l.text))
		}
		least = min(least, longest/2)
	}
	for i, l := range lines {
		if len(l.text) < least || l.furniture {
			continue
		}
		lefts, rights, sizes = append(lefts, l.x), append(rights, l.end), append(sizes, l.size)
		if i > 0 && lines[i-1].y > l.y {
			steps = append(steps, lines[i-1].y-l.y)
		}
	}
	if len(lefts) < 2 {
		return textColumn{}, false
	}
	c := textColumn{left: percentile(lefts, 10), right: percentile(rights, 85), size: percentile(sizes, 50)}
	if len(steps) > 0 {
		c.leading = percentile(steps, 40)
	}
	indents := 0
	for _, l := range lines {
		if c.isIndented(l) {
			indents++
		}
	}
	c.indented = indents*10 > len(lefts)
	return c, true
}

// isFlush and isIndented report whether a line begins at the margin, or where paragraphs begin.
func (c textColumn) isFlush(l textLine) bool { return math.Abs(l.x-c.left) <= 0.9*l.size }

func (c textColumn) isIndented(l textLine) bool {
	in := (l.x - c.left) / l.size
	return in > 1.3 && in < 3.2
}

// isStrict reports whether every paragraph begins with an indent: lines at the margin go on with the line before, as that
// one is never short.
func (c textColumn) isStrict(lines []textLine) bool {
	indents, flush, starts := 0, 0, 0
	var last textLine
	for _, l := range lines {
		if l.furniture {
			continue
		}
		switch {
		case c.isIndented(l):
			indents++
		case c.isFlush(l) && c.roomAfter(last):
			if indents > 0 { // what stands before is a title, or whom it is addressed to
				starts++
			}
		case c.isFlush(l):
			flush++
		}
		last = l
	}
	return indents >= 3 && flush >= 3 && starts*10 <= flush
}

// roomAfter reports whether a line ends so early that a paragraph must end there.
func (c textColumn) roomAfter(l textLine) bool { return l.end < c.right-0.3*(c.right-c.left) }

func percentile(v []float64, n int) float64 {
	slices.Sort(v)
	return v[min(len(v)-1, len(v)*n/100)]
}

// continues reports whether line b goes on with the paragraph of line a.
func (c textColumn) continues(a, b textLine, samePage bool) bool {
	size := math.Max(a.size, b.size)
	if samePage && c.isTitle(a) && c.isTitle(b) && math.Abs(a.size-b.size) < 0.05*size && a.y-b.y < 2.2*size {
		return true
	}
	switch {
	case math.Abs(a.size-b.size) > 0.15*size:
		return false
	case pageReference.MatchString(a.text) && numbered.MatchString(b.text): // a list of contents
		return false
	case samePage && c.leading > 0 && a.y-b.y > 1.6*c.leading:
		return false
	case c.strict && c.isFlush(b) && (c.isFlush(a) || c.isIndented(a)): // lines of so many characters differ in width
		return !c.roomAfter(a)
	case a.end < c.right-1.7*size-b.head: // it had room for more
		return false
	case !c.isFlush(b):
		return false
	case endsSentence(a.text) && (!c.indented || numbered.MatchString(b.text)):
		return false
	}
	return true
}

// joined writes one line behind another. Digits on both sides are a number that was broken.
func joined(a, b string) string {
	if isDigit(lastRune(a)) && isDigit(firstRune(b)) {
		return a + b
	}
	if !isWide(lastRune(a)) && !isWide(firstRune(b)) && lastRune(a) != '-' && firstRune(b) > ' ' {
		return a + " " + b
	}
	return a + b
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// measures are the measures of a file's text: of pages and of narrow columns.
type measures struct {
	of    [2]textColumn
	known [2]bool
}

func kindOfColumn(narrow bool) int {
	if narrow {
		return 1
	}
	return 0
}

func measurePages(pages []pagePart) measures {
	var all [2][]textLine
	for _, p := range pages {
		for _, c := range p.columns {
			k := kindOfColumn(c.narrow)
			all[k] = append(all[k], c.lines...)
		}
	}
	var m measures
	for k := range all {
		m.of[k], m.known[k] = measureLines(all[k], k == 1)
		m.of[k].strict = m.known[k] && m.of[k].indented && m.of[k].isStrict(all[k])
	}
	return m
}

// column returns the measure of one column.
func (m *measures) column(lines []textLine, narrow bool) (textColumn, bool) {
	k := kindOfColumn(narrow)
	whole := m.of[k]
	c, ok := measureLines(lines, narrow)
	if !ok {
		c = whole
	}
	if whole.indented && math.Abs(c.left-whole.left) < 3.2*whole.size { // a page of few lines that are all indented
		c.left = math.Min(c.left, whole.left)
	}
	c.indented, c.strict = whole.indented, whole.strict
	return c, m.known[k]
}

// writePages writes paragraphs and tables in their order.
func writePages(b *builder, pages []pagePart) {
	markFurniture(pages)
	m := measurePages(pages)
	w := &pageWriter{b: b}
	for _, p := range pages {
		w.page(p, &m)
	}
	w.flush()
}

// pageWriter writes what stands on pages.
type pageWriter struct {
	b      *builder
	text   string   // the paragraph being joined
	begun  bool     // there is a paragraph before it
	last   textLine // its last line
	fresh  bool     // no line of this page was written yet
	narrow bool     // it stands in a narrow column
	hung   bool     // its last line hangs under the number of its first
	tables int
	table  *ruledTable // the table that ended the page before, which may go on
	rows   int         // that it has so far
	held   []heldCell  // its last row, which may go on
}

func (w *pageWriter) flush() {
	w.writeHeld()
	w.b.add(unspace(w.text), corpus.Block{Kind: corpus.BlockParagraph})
	w.begun = w.begun || w.text != ""
	w.text = ""
}

func (w *pageWriter) page(p pagePart, m *measures) {
	w.fresh = true
	written := make([]bool, len(p.tables))
	tablesAbove := func(c *pageColumn, y float64) {
		for i := range p.tables {
			t := &p.tables[i]
			if middle := (t.xs[0] + t.xs[len(t.xs)-1]) / 2; !written[i] && t.top > y && (!c.narrow || middle > c.left && middle < c.right) {
				w.writeTable(t)
				written[i] = true
			}
		}
	}
	for i := range p.columns {
		c := &p.columns[i]
		measure, join := m.column(c.lines, c.narrow)
		top := true // of this column: what stands before is no line above
		for _, l := range c.lines {
			if l.furniture {
				continue
			}
			tablesAbove(c, l.y)
			if c.narrow != w.narrow {
				w.flush()
				w.narrow = c.narrow
			}
			below := !w.fresh && !top
			hangs := join && w.text != "" && measure.hangs(w.last, l, w.hung)
			if w.text != "" && join && (hangs || measure.continues(w.last, l, below) || !w.begun && below && measure.wrapsTitle(w.last, l)) {
				w.text = joined(w.text, l.text)
			} else {
				w.flush()
				w.text = l.text
			}
			w.hung = hangs
			w.last, w.fresh, w.table, top = l, false, nil, false
		}
		tablesAbove(c, c.bottom)
	}
	tablesAbove(&pageColumn{}, math.Inf(-1))
}
