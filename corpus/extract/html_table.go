package extract

import (
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"tongjian/corpus"
)

// maxSpan bounds the rows or columns that one cell may claim.
const maxSpan = 1000

// cell is one cell of a table with its place in the grid.
type cell struct {
	node                *html.Node
	row, column         int
	rowSpan, columnSpan int
}

// grid is a table with its cells in reading order.
type grid struct {
	node          *html.Node
	cells         []cell
	rows, columns int
	nested        bool
}

// readGrid places the cells of a table as a browser does, spans included.
func readGrid(table *html.Node) grid {
	g := grid{node: table}
	taken := map[[2]int]bool{}
	for _, tr := range tableRows(table) {
		column := 0
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			if td.Type != html.ElementNode || (td.Data != "td" && td.Data != "th") {
				continue
			}
			for taken[[2]int{g.rows, column}] {
				column++
			}
			c := cell{node: td, row: g.rows, column: column, rowSpan: spanOf(td, "rowspan"), columnSpan: spanOf(td, "colspan")}
			if c.rowSpan > 1 { // only cells that reach into later rows take room there
				for r := 1; r < c.rowSpan; r++ {
					for k := 0; k < c.columnSpan && len(taken) < 1<<20; k++ {
						taken[[2]int{c.row + r, column + k}] = true
					}
				}
			}
			column += c.columnSpan
			g.columns = max(g.columns, column)
			g.cells = append(g.cells, c)
			g.nested = g.nested || hasTable(td)
		}
		g.rows++
	}
	return g
}

func tableRows(table *html.Node) []*html.Node {
	var rows []*html.Node
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode:
		case c.Data == "tr":
			rows = append(rows, c)
		case c.Data == "tbody" || c.Data == "thead" || c.Data == "tfoot":
			rows = append(rows, tableRows(c)...)
		}
	}
	return rows
}

func hasTable(n *html.Node) bool {
	found := false
	each(n, func(m *html.Node) { found = found || m != n && m.Type == html.ElementNode && m.Data == "table" })
	return found
}

func spanOf(n *html.Node, name string) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, name)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, maxSpan)
}

// isData tells a table of data from one that only lays out the page: several rows and columns of text, and no table
// inside.
func (g grid) isData() bool {
	if g.nested || g.rows < 2 || g.columns < 2 {
		return false
	}
	filled := map[int]bool{}
	for _, c := range g.cells {
		if strings.TrimSpace(textOf(c.node, 64)) != "" {
			filled[c.column] = true
		}
	}
	return len(filled) >= 2
}

// writeTable writes every line of every cell as a block that carries the cell's place.
func (w *walker) writeTable(g grid) {
	table := w.tables
	w.tables++
	for _, c := range g.cells {
		before := w.like
		w.like = corpus.Block{
			Kind: corpus.BlockCell, Table: table, Row: c.row, Column: c.column, RowSpan: c.rowSpan, ColSpan: c.columnSpan,
		}
		w.cellText(c.node)
		w.flush()
		w.like = before
	}
}

// cellText writes a cell's text; elements that begin a line do so here too.
func (w *walker) cellText(n *html.Node) {
	each(n, func(m *html.Node) {
		switch {
		case m.Type == html.TextNode:
			w.write(m.Data)
		case m != n && kindOf(m) != inlineElement:
			w.flush()
		}
	})
}

// tableProperties reads the metadata tables inside the main text: a cell that is a known label, then its value.
func tableProperties(x *corpus.Extract) []corpus.Property {
	var out []corpus.Property
	for i, b := range x.Blocks {
		if b.Kind != corpus.BlockCell {
			continue
		}
		text := b.Span.Of(x.Text)
		if i+1 < len(x.Blocks) {
			next := x.Blocks[i+1]
			if name := labelName(text); name != "" && next.Kind == corpus.BlockCell && next.Table == b.Table && next.Row == b.Row {
				span := next.Span
				out = append(out, corpus.Property{Name: name, Value: span.Of(x.Text), Span: &span})
				continue
			}
		}
		if b.Span.Len() <= maxLabelLine && b.Row < 8 {
			for _, p := range labelsOf(text) {
				p.Span.Start += b.Span.Start
				p.Span.End += b.Span.Start
				out = append(out, p)
			}
		}
	}
	return out
}

// labelName returns the property that a cell names, "" where it names none.
func labelName(cell string) string {
	name := strings.Trim(squeeze(cell), "[]【】:：")
	if name != "" && strings.Contains("|"+propertyNames+"|", "|"+name+"|") {
		return name
	}
	return ""
}

// pageTable reads labelled values from anywhere in the page, before furniture and the rest around the main text are
// dropped: tables (索引号 | …), info bars (来源：… 发布日期：…). They stand outside the text and have no span.
func pageTable(page *goquery.Document, sizes map[*html.Node]mass) []corpus.Property {
	var out []corpus.Property
	page.Find("td, th, dt, li, div, p, span, h4, h5").Each(func(_ int, s *goquery.Selection) {
		n := s.Get(0)
		if sizes[n].all > maxLabelLine/3 {
			return
		}
		text := oneLine(spacedText(n, maxLabelLine+1))
		if text == "" || len(text) > maxLabelLine {
			return
		}
		if name := labelName(text); name != "" {
			if value := oneLine(nextText(n)); value != "" && labelName(value) == "" && len(value) <= maxLabelLine {
				out = append(out, corpus.Property{Name: name, Value: value})
			}
			return
		}
		if isContainer(n.Data) && hasBlockChild(n) {
			return
		}
		for _, p := range labelsOf(text) {
			out = append(out, corpus.Property{Name: p.Name, Value: p.Value})
		}
	})
	return out
}

// spacedText is textOf with a blank between elements, which a page sets apart by style.
func spacedText(n *html.Node, limit int) string {
	var b strings.Builder
	each(n, func(m *html.Node) {
		if m.Type == html.TextNode && b.Len() < limit {
			b.WriteString(m.Data + " ")
		}
	})
	return b.String()
}

func hasBlockChild(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if k := kindOf(c); k != inlineElement && k != lineBreak {
			return true
		}
	}
	return false
}

// nextText returns the text of the next element beside n that has any.
func nextText(n *html.Node) string {
	for m := n.NextSibling; m != nil; m = m.NextSibling {
		if t := strings.TrimSpace(textOf(m, maxLabelLine+1)); t != "" {
			return t
		}
	}
	return ""
}
