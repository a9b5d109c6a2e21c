package taxonomy

import (
	"slices"
	"strings"

	"tongjian/analysis/taxonomy/linear"
)

// clauseLeast is the number of characters from which a part of a statement is read by itself.
const clauseLeast = 3

// clauses is what the model says of each part of a text between commas. A statement with two faults has two such parts
// (凭证不全，审批人未签); two leaves that one part suggests are mostly one fault (厕所改造工程虚报数量). The facts of a report
// name further faults likewise.
type clauses struct {
	count    int
	text     linear.Text
	pieces   []piece
	rows     []int32   // the n-grams of the pieces, one after another
	distinct []int32   // each of them once
	margins  []float64 // of the part being read
	best     []float64 // the best margin of a leaf in any part
	from     []int32   // where that part begins in the text
	to       []int32   // and ends
	lead     []float64 // the best margin of a leaf beyond that of the best other leaf
	top      []bool    // the leaf is the first choice in some part
}

func newClauses(leaves int) clauses {
	return clauses{margins: make([]float64, leaves), best: make([]float64, leaves),
		from: make([]int32, leaves), to: make([]int32, leaves), lead: make([]float64, leaves), top: make([]bool, leaves)}
}

// piece is a text between commas: where it stands among the characters, and its n-grams.
type piece struct {
	from, to int
	rows     reach
}

// read takes the margins of every part of a text that begins before until, but of those that skip refuses, and sets whole to
// those of the text.
func (c *clauses) read(m *linear.Model, source string, until int, skip func(part string) bool, whole []float64, buffer *linear.Buffer) {
	c.text = foldText(source, c.text)
	c.split(m, buffer)
	c.distinct = m.Distinct(c.rows, c.distinct[:0], buffer)
	m.ScoreRows(c.distinct, 0, whole, buffer)
	c.count = 0
	for _, p := range c.pieces {
		start, end := c.text[p.from].Start, c.text[p.to-1].End
		if p.to-p.from < clauseLeast || int(start) >= until || skip(source[start:end]) {
			continue
		}
		if len(c.pieces) == 1 {
			copy(c.margins, whole)
		} else {
			m.ScoreRows(c.rows[p.rows.from:p.rows.to], 0, c.margins, buffer)
		}
		c.take(start, end)
		c.count++
	}
	if c.count == 0 {
		for leaf := range c.best {
			c.best[leaf], c.lead[leaf], c.top[leaf] = -1, -1, false
		}
	}
}

// split finds the parts of the text and their n-grams.
func (c *clauses) split(m *linear.Model, buffer *linear.Buffer) {
	text := c.text
	c.pieces, c.rows = c.pieces[:0], c.rows[:0]
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && text[to].Rune != 0 {
			to++
		}
		if to > from {
			first := int32(len(c.rows))
			c.rows = m.Rows(linear.Part{Text: text[from:to]}, c.rows, buffer)
			c.pieces = append(c.pieces, piece{from, to, reach{first, int32(len(c.rows))}})
		}
		from = to + 1
	}
}

// everything skips nothing.
func everything(string) bool { return false }

// measureStarts begin a part that tells what was done, not what was found.
var measureStarts = []string{"修订", "制定", "完善", "召开", "组织", "开展", "加强", "建立", "健全", "印发", "出台", "整改", "已", "严格"}

// isMeasure reports whether a part of an account tells what was done. Reports sometimes do so behind their facts.
func isMeasure(part string) bool {
	if rest, ok := cutOrdinal(part); ok {
		part = rest
	}
	return slices.ContainsFunc(measureStarts, func(w string) bool { return strings.HasPrefix(part, w) })
}

// cutOrdinal cuts 一是 and the like.
func cutOrdinal(part string) (string, bool) {
	for _, n := range []string{"一", "二", "三", "四", "五", "六"} {
		if rest, ok := strings.CutPrefix(part, n+"是"); ok {
			return rest, true
		}
	}
	return part, false
}

// factsEnd is the end of what an account says was found: behind it stands 整改情况.
func factsEnd(account string) int {
	found, _, _ := strings.Cut(account, "整改情况")
	return len(found)
}

// take compares the margins of a part with those of the parts before it.
func (c *clauses) take(from, to int32) {
	first, second := topTwo(c.margins)
	for leaf, z := range c.margins {
		other := c.margins[first]
		if leaf == first {
			other = c.margins[second]
		}
		lead := max(z-other, -1)
		if c.count == 0 || z > c.best[leaf] {
			c.best[leaf], c.from[leaf], c.to[leaf] = z, from, to
		}
		if c.count == 0 {
			c.lead[leaf], c.top[leaf] = lead, leaf == first
			continue
		}
		c.lead[leaf], c.top[leaf] = max(c.lead[leaf], lead), c.top[leaf] || leaf == first
	}
}

// stated fills the signals that a leaf has from the parts of the statement.
func (c *clauses) stated(r *[signalCount]float64, leaf int) {
	r[sigPartMargin], r[sigPartLead] = c.best[leaf], c.lead[leaf]
	switch {
	case c.count > 1 && c.top[leaf]:
		r[sigPartTop] = 1
	case c.count < 2 && !c.top[leaf]:
		r[sigWholeOther] = 1
	}
}

// told fills the signals that a leaf has from the facts of a report.
func (c *clauses) told(r *[signalCount]float64, leaf int) {
	r[sigToldMargin] = max(c.best[leaf]+1, 0)
	r[sigToldLead] = c.lead[leaf]
	if c.top[leaf] {
		r[sigToldTop] = 1
	}
}
