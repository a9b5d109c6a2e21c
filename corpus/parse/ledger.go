package parse

import (
	"slices"
	"strings"

	"tongjian/corpus"
)

// ledger is a table of findings.
type ledger struct {
	span    corpus.Span
	grid    [][]*corpus.Block // by row and column, merged cells at each place that they cover; rows end with their last cell
	columns columns
	ticks   map[int]string // the statuses that head columns of ticks, by column
	first   int            // the first row below the header
	rows    int
	pairs   []pair // of a table of labels and values, which has no header
}

// at returns the cell at a place, nil where there is none.
func (l *ledger) at(row, k int) *corpus.Block {
	if row < 0 || row >= len(l.grid) || k >= len(l.grid[row]) {
		return nil
	}
	return l.grid[row][k]
}

// maxColumns bounds the width of a table; wider ones are not read as ledgers.
const maxColumns = 64

// findLedgers finds the tables whose header says that they list findings.
func findLedgers(x *corpus.Extract) []*ledger {
	var list []*ledger
	for i := 0; i < len(x.Blocks); {
		if x.Blocks[i].Kind != corpus.BlockCell {
			i++
			continue
		}
		j := i
		for j < len(x.Blocks) && x.Blocks[j].Kind == corpus.BlockCell && x.Blocks[j].Table == x.Blocks[i].Table {
			j++
		}
		if l := readLedger(x, x.Blocks[i:j]); l != nil {
			list = append(list, l)
		}
		i = j
	}
	return list
}

// wholeCells makes one block of the lines of each cell.
func wholeCells(lines []corpus.Block) []corpus.Block {
	cells := make([]corpus.Block, 0, len(lines))
	for _, b := range lines {
		if n := len(cells); n > 0 && cells[n-1].Row == b.Row && cells[n-1].Column == b.Column {
			cells[n-1].Span.End = b.Span.End
		} else {
			cells = append(cells, b)
		}
	}
	return cells
}

func readLedger(x *corpus.Extract, cells []corpus.Block) *ledger {
	cells = wholeCells(cells)
	if pairs, ok := readCard(x, cells); ok {
		return &ledger{span: corpus.Span{Start: cells[0].Span.Start, End: cells[len(cells)-1].Span.End}, pairs: pairs}
	}
	l := &ledger{span: corpus.Span{Start: cells[0].Span.Start, End: cells[len(cells)-1].Span.End}}
	covered := 0
	for i := range cells {
		height, width := extent(&cells[i], len(cells))
		if covered += height * width; covered > 8*len(cells)+1024 {
			return nil
		}
		l.rows = max(l.rows, cells[i].Row+height)
	}
	if l.rows > 4*len(cells)+16 {
		return nil
	}
	l.grid = make([][]*corpus.Block, l.rows)
	for i := range cells {
		l.put(&cells[i], len(cells))
	}
	if !l.readHeader(x) {
		return nil
	}
	return l
}

// extent returns over how many rows and columns a cell goes. A span that claims more than the table has is damage; it counts
// as one cell.
func extent(c *corpus.Block, cells int) (height, width int) {
	height, width = max(1, c.RowSpan), max(1, c.ColSpan)
	if height > cells || width > maxColumns || c.Row < 0 || c.Column < 0 || c.Column >= maxColumns {
		return 1, 1
	}
	return height, width
}

// put enters a cell at the places that it covers and no other does.
func (l *ledger) put(c *corpus.Block, cells int) {
	if c.Row < 0 || c.Column < 0 {
		return
	}
	height, width := extent(c, cells)
	for r := c.Row; r < c.Row+height; r++ {
		for k := c.Column; k < min(c.Column+width, maxColumns); k++ {
			for len(l.grid[r]) <= k {
				l.grid[r] = append(l.grid[r], nil)
			}
			if l.grid[r][k] == nil {
				l.grid[r][k] = c
			}
		}
	}
}

// believeLedger makes a rectification notice of a document that nothing but its table of findings tells.
func believeLedger(doc *corpus.Document, l *ledger) {
	span, ok := l.heading()
	if !ok {
		return
	}
	doc.DocType = corpus.RectificationNotice
	doc.Provenance["doc_type"] = corpus.Provenance{Text: span.Of(doc.Text), Span: &span, Rule: "table of findings", Confidence: corpus.Derived}
	doc.Warnings = slices.DeleteFunc(doc.Warnings, func(w corpus.Warning) bool { return w.Code == corpus.LookAlike })
}

// heading returns the header of the problems, where the table also says what is done about them.
func (l *ledger) heading() (corpus.Span, bool) {
	for _, p := range l.pairs {
		if p.column == statementColumn {
			return p.label, slices.ContainsFunc(l.pairs, func(q pair) bool {
				return q.column > statementColumn && q.column != personColumn && q.column != departmentColumn
			})
		}
	}
	if len(l.columns[measureColumn])+len(l.columns[progressColumn])+len(l.columns[statusColumn])+len(l.columns[deadlineColumn]) == 0 {
		return corpus.Span{}, false
	}
	row, k := l.first-1, l.columns[statementColumn][0]
	if l.at(row, k) == nil { // the upper row of the header holds it
		row--
	}
	return l.at(row, k).Span, true
}

// cell returns the trimmed span of the first cell of a kind in a row that holds text.
func (l *ledger) cell(all string, row int, kind column) (corpus.Span, bool) {
	for _, k := range l.columns[kind] {
		// A header cell that reaches down into the rows says nothing about them.
		if c := l.at(row, k); c != nil && c.Row >= l.first {
			if s := trimSpan(all, c.Span); s.Len() > 0 {
				return s, true
			}
		}
	}
	return corpus.Span{}, false
}

// items reads the findings of a ledger. Rows that share a merged statement, or continue it with an empty one, are one
// finding.
func (l *ledger) items(all string) []item {
	if l.pairs != nil {
		return l.cardItems(all)
	}
	var list []item
	var aspect corpus.Span
	progress := l.progressIsStatus(all)
	for row := l.first; row < l.rows; row++ {
		if a, ok := l.cell(all, row, aspectColumn); ok {
			aspect = a
		}
		span := l.rowSpan(all, row)
		if span.Len() == 0 {
			continue
		}
		st, ok := l.cell(all, row, statementColumn)
		if !ok || columnOf(all[st.Start:st.End]) == statementColumn && l.isHeader(all, row) {
			if ok || len(list) == 0 {
				continue
			}
			l.readRow(all, row, &list[len(list)-1], progress)
			list[len(list)-1].span.End = max(list[len(list)-1].span.End, span.End)
			continue
		}
		if len(list) > 0 && list[len(list)-1].span.Contains(st) {
			l.readRow(all, row, &list[len(list)-1], progress)
			list[len(list)-1].span.End = max(list[len(list)-1].span.End, span.End)
			continue
		}
		if isSum(all[st.Start:st.End]) {
			continue
		}
		if l.isTitleRow(row) {
			if isBand(all[st.Start:st.End]) && len(l.columns[aspectColumn]) == 0 {
				aspect = st
			}
			continue
		}
		list = append(list, l.newItem(all, row, span, st, aspect))
		l.readRow(all, row, &list[len(list)-1], progress)
	}
	return list
}

// isSum reports whether a row counts the rows above it, or explains the table.
func isSum(s string) bool {
	switch strings.Trim(s, " 　：:") {
	case "合计", "总计", "小计", "共计", "合 计", "总 计", "合　计", "总　计", "累计":
		return true
	}
	return hasPrefix(s, []string{"合计：", "合计:", "注：", "注:", "备注：", "备注:", "说明：", "说明:", "填表说明", "填报说明"}) > 0
}

// newItem begins a finding at a row.
func (l *ledger) newItem(all string, row int, span, st, aspect corpus.Span) item {
	it := item{counted: true, row: true, node: -1, span: corpus.Span{Start: min(span.Start, st.Start), End: max(span.End, st.End)}}
	if aspect.Len() > 0 {
		it.path = []corpus.Span{withoutMark(all, aspect)}
		if aspect.Start >= it.span.Start && aspect.Start < st.Start {
			it.span.Start = l.startAfter(all, row, aspect)
		}
	}
	if n, ok := l.cell(all, row, numberColumn); ok {
		it.readNumber(all, n)
		if n.Start >= aspect.Start && n.Start < it.span.Start && n.End <= aspect.Start {
			it.span.Start = n.Start
		}
	}
	it.readProblem(all, st)
	return it
}

// statementEnd returns where the statement in a cell of several lines ends: behind its first line, where that ends a
// sentence or the next one begins an item; else the lines are one sentence that was broken.
func statementEnd(all string, s corpus.Span) int {
	line, rest, more := strings.Cut(all[s.Start:s.End], "\n")
	if !more || strings.TrimSpace(line) == "" {
		return s.End
	}
	last, _ := decodeLast(line)
	if _, n := scanMark(rest); n > 0 || strings.ContainsRune("。；;：:！", last) {
		return s.Start + len(line)
	}
	return s.End
}

// startAfter returns where the row's first cell behind the aspect begins.
func (l *ledger) startAfter(all string, row int, aspect corpus.Span) int {
	start := -1
	for k := range l.grid[row] {
		c := l.at(row, k)
		if c == nil {
			continue
		}
		if s := trimSpan(all, c.Span); s.Len() > 0 && s.Start >= aspect.End && (start < 0 || s.Start < start) {
			start = s.Start
		}
	}
	return start
}

// readRow adds what a row says about its finding.
func (l *ledger) readRow(all string, row int, it *item, progressIsStatus bool) {
	before := len(it.account)
	if s, ok := l.cell(all, row, measureColumn); ok {
		it.account = append(it.account, s)
	}
	if s, ok := l.cell(all, row, progressColumn); ok {
		if progressIsStatus || l.tellsStatus(all[s.Start:s.End]) {
			it.readStatus(all, s)
		} else {
			it.account = append(it.account, s)
		}
	}
	if s, ok := l.cell(all, row, statusColumn); ok && !it.hasStatus {
		it.readStatus(all, s)
	}
	if status := l.ticked(all, row); status != "" && !it.hasStatus {
		if r, ok := readStatus(status); ok {
			it.setStatus(r, status)
		}
	}
	// A merged cell belongs to the finding in whose row it begins, so that no text is counted twice.
	own, floor := l.rowSpan(all, row), max(it.statement.End, it.span.Start)
	more := slices.DeleteFunc(it.account[before:], func(s corpus.Span) bool { return !own.Contains(s) || s.Start < floor })
	it.account = it.account[:before+len(more)]
	for _, k := range []column{measureColumn, progressColumn} {
		if s, ok := l.cell(all, row, k); ok && slices.Contains(more, s) {
			it.actions = append(it.actions, s)
			break
		}
	}
	slices.SortFunc(it.account, func(a, b corpus.Span) int { return a.Start - b.Start })
	it.account = slices.Compact(it.account)
	if s, ok := l.cell(all, row, deadlineColumn); ok {
		it.readDeadline(all[s.Start:s.End])
	}
	for _, k := range l.columns[personColumn] {
		l.addNames(all, row, k, personLabel, it)
	}
	for _, k := range l.columns[departmentColumn] {
		l.addNames(all, row, k, departmentLabel, it)
	}
}

// readDeadline takes the deadline in a row. A finding over several rows is due when the last of them is.
func (it *item) readDeadline(cell string) {
	d := newDeadline(cell)
	if it.deadline == nil || d != nil && it.deadline.Date != "" && d.Date > it.deadline.Date {
		it.deadline = d
	}
}

func (l *ledger) addNames(all string, row, k int, kind label, it *item) {
	if c := l.at(row, k); c != nil {
		it.readField(kind, all[c.Span.Start:c.Span.End])
	}
}

// rowSpan covers the cells that begin in a row.
func (l *ledger) rowSpan(all string, row int) corpus.Span {
	var span corpus.Span
	for k := range l.grid[row] {
		c := l.at(row, k)
		if c == nil || c.Row != row {
			continue
		}
		s := trimSpan(all, c.Span)
		if s.Len() == 0 {
			continue
		}
		if span.Len() == 0 {
			span = s
		}
		span.Start, span.End = min(span.Start, s.Start), max(span.End, s.End)
	}
	return span
}

// isHeader reports whether a row repeats the header, as printed tables do on every page.
func (l *ledger) isHeader(all string, row int) bool {
	n := 0
	for kind := range l.columns {
		if s, ok := l.cell(all, row, column(kind)); ok && columnOf(all[s.Start:s.End]) == column(kind) {
			n++
		}
	}
	return n >= 2
}

// isTitleRow reports whether one cell goes over the whole row: a heading inside the table.
func (l *ledger) isTitleRow(row int) bool {
	var only *corpus.Block
	for k := range l.grid[row] {
		c := l.at(row, k)
		if c == nil {
			continue
		}
		if only != nil && only != c {
			return false
		}
		only = c
	}
	return only != nil && only.ColSpan > 1
}

// isBand reports whether a title row names the aspect of the rows below it: it is numbered, or speaks of an area.
func isBand(s string) bool {
	m, n := scanMark(s)
	return n > 0 && m.kind != noMark && !longer(s, 60) || isArea(s)
}

// tellsStatus reports whether a cell of the progress column is a status, in a ledger that has its measures in a column of
// their own and no column for the status.
func (l *ledger) tellsStatus(cell string) bool {
	if len(l.columns[measureColumn]) == 0 || len(l.columns[statusColumn]) > 0 || longer(cell, 30) {
		return false
	}
	_, ok := readStatus(cell)
	return ok
}

// progressIsStatus reports whether the cells of the progress column are statuses rather than accounts.
func (l *ledger) progressIsStatus(all string) bool {
	yes, cells := 0, 0
	for row := l.first; row < l.rows; row++ {
		if s, ok := l.cell(all, row, progressColumn); ok {
			cells++
			_, bare := bareStatus(all[s.Start:s.End])
			yes += count(bare)
		}
	}
	return yes*2 > cells
}
