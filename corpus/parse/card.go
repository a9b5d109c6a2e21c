package parse

import (
	"strings"

	"tongjian/corpus"
)

// pair is a label and its value in a table that goes downwards: 整改措施 | 补录台账.
type pair struct {
	column column
	label  corpus.Span
	value  corpus.Span
}

// minPairs is the fewest labels that make a table one of labels and values.
const minPairs = 2

// readCard reads a table as labels and values side by side: 反馈问题 | …, 整改措施 | …, one table for each finding or several below
// one another. ok is false where the table does not have that shape.
func readCard(x *corpus.Extract, cells []corpus.Block) (pairs []pair, ok bool) {
	known, statements, odd := 0, 0, 0
	for i := 0; i < len(cells); {
		j := i
		for j < len(cells) && cells[j].Row == cells[i].Row {
			j++
		}
		row := cells[i:j]
		i = j
		if len(row) > 6 {
			return nil, false
		}
		if len(row)%2 != 0 {
			if odd++; len(row) > 1 {
				return nil, false
			}
			continue
		}
		for k := 0; k+1 < len(row); k += 2 {
			label, value := trimSpan(x.Text, row[k].Span), trimSpan(x.Text, row[k+1].Span)
			kind := columnOf(x.Text[label.Start:label.End])
			if kind == noColumn {
				return nil, false
			}
			if k == 0 && isHeaderCell(x.Text[value.Start:value.End]) {
				return nil, false // a header: 问题 | 整改措施
			}
			known++
			statements += count(kind == statementColumn)
			pairs = append(pairs, pair{kind, label, value})
		}
	}
	return pairs, known >= minPairs && statements > 0 && statements < known && odd <= known
}

// isHeaderCell reports whether a cell holds nothing but the header of a column.
func isHeaderCell(s string) bool {
	return columnOf(s) != noColumn && !longer(s, 8) && !isWeak(s)
}

// cardItems reads the findings of a table of labels and values. What stands before the first problem belongs to it.
func (l *ledger) cardItems(all string) []item {
	var list []item
	var before []pair
	var current *item
	for _, p := range l.pairs {
		if p.column == statementColumn && p.value.Len() > 0 {
			list = append(list, newCard(all, p, before))
			current, before = &list[len(list)-1], nil
			continue
		}
		if current == nil || p.column == numberColumn || p.column == aspectColumn {
			before = append(before, p)
			continue
		}
		current.readPair(all, p)
		current.span.End = max(current.span.End, p.value.End, p.label.End)
	}
	return list
}

// newCard begins a finding at its problem; before holds its number and what else stands above.
func newCard(all string, p pair, before []pair) item {
	it := item{counted: true, row: true, node: -1, span: corpus.Span{Start: p.label.Start, End: p.value.End}}
	if m, n := scanMark(all[p.label.Start:p.label.End] + "："); n > 0 {
		it.label, it.kind, it.number = m.label, m.kind, m.number
	}
	for _, b := range before {
		switch b.column {
		case numberColumn:
			it.readNumber(all, b.value)
		case aspectColumn:
			if b.value.Len() > 0 {
				it.path = []corpus.Span{withoutMark(all, b.value)}
			}
		default:
			it.readPair(all, b)
		}
		it.span.Start = min(it.span.Start, b.label.Start)
	}
	it.readProblem(all, p.value)
	return it
}

// readPair adds what one label says about the finding.
func (it *item) readPair(all string, p pair) {
	if p.value.Len() == 0 {
		return
	}
	text := all[p.value.Start:p.value.End]
	switch p.column {
	case measureColumn:
		it.account = append(it.account, p.value)
		it.actions = append(it.actions, p.value)
	case progressColumn:
		if _, ok := bareStatus(text); ok && !it.hasStatus {
			it.readStatus(all, p.value)
			return
		}
		it.account = append(it.account, p.value)
		if len(it.actions) == 0 {
			it.actions = append(it.actions, p.value)
		}
	case statusColumn:
		if !it.hasStatus {
			it.readStatus(all, p.value)
		}
	case deadlineColumn:
		it.readField(deadlineLabel, text)
	case personColumn:
		it.readField(personLabel, text)
	case departmentColumn:
		it.readField(departmentLabel, text)
	}
}

// readNumber takes the number in a cell as the finding's label.
func (it *item) readNumber(all string, cell corpus.Span) {
	s := trimStatement(all, cell)
	it.label = strings.TrimSpace(all[s.Start:s.End])
	if m, size := scanMark(it.label + "、"); size > 0 && m.label != "" {
		it.label, it.kind, it.number = m.label, m.kind, m.number
	}
}

// withoutMark drops the number that a heading in a cell begins with.
func withoutMark(all string, cell corpus.Span) corpus.Span {
	s := trimStatement(all, cell)
	if m, n := scanMark(all[s.Start:s.End]); n > 0 && n < s.Len() && !m.doubtful {
		s.Start += n
	}
	return s
}

// readProblem takes the problem out of a cell, without its number and without 针对…问题 around it.
func (it *item) readProblem(all string, cell corpus.Span) {
	body := cell
	if m, n := scanMark(all[cell.Start:cell.End]); n > 0 && n < cell.Len() {
		body.Start += n
		if it.label == "" {
			it.label, it.kind, it.number = m.label, m.kind, m.number
		}
	}
	body.End = statementEnd(all, body)
	it.statement = trimStatement(all, body)
	if w, ok := findWrapper(all, body.Start, body.End); ok && skipClosing(all, w.rest, body.End) == body.End {
		it.statement = w.inner
	}
}
