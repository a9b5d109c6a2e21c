package parse

import (
	"slices"
	"strings"

	"tongjian/corpus"
)

// column is what a column of a ledger holds.
type column uint8

const (
	noColumn column = iota
	numberColumn
	aspectColumn
	statementColumn
	measureColumn
	progressColumn // 整改情况: a status or what was done, as its cells tell
	statusColumn
	personColumn
	departmentColumn
	deadlineColumn
	otherColumn // what no finding holds: when it was really done, remarks
)

// columnWords say what a header means; they are tried in order, and the first that the header contains counts.
var columnWords = []struct {
	column column
	words  []string
}{
	{numberColumn, []string{"序号", "编号"}}, // 问题编号 holds the word for a problem too
	{otherColumn, []string{"实际完成", "备注", "佐证", "目标", "相关制度", "联系电话", "联系方式", "附件", "问题来源", "问题性质", "问题属性", "问题数", "来源", "原因", "下一步", "下步", "困难", "是否属", "是否为", "是否涉"}},
	{deadlineColumn, []string{"时限", "期限", "完成时间", "整改时间", "完成日期", "时间节点", "时间要求", "截止", "限期"}},
	{departmentColumn, []string{"责任单位", "责任部门", "责任科室", "牵头单位", "牵头部门", "配合单位", "责任股室", "承办单位", "主责单位", "责任处室", "责任部室", "经办部", "责任主体", "整改主体", "牵头科室",
		"牵头处室", "牵头股室", "配合部门", "协办", "主办", "承办", "整改部门", "责任党", "责任机构", "经办科", "责任站", "责任室"}},
	{personColumn, []string{"责任领导", "责任人", "分管领导", "牵头领导", "包抓领导", "负责人", "牵头人", "认领", "领导", "责任同志", "包案", "承办人", "经办人"}},
	{aspectColumn, []string{"类别", "方面", "类型", "板块", "分类", "问题大类", "领域"}},
	{measureColumn, []string{"措施", "举措", "做法", "对策"}},
	{statusColumn, []string{"完成情况", "完成进度", "办理进度", "整改结论", "当前状态", "整改状态", "完成状态", "是否完成", "整改结果", "销号", "整改进度", "办结", "进度", "状态", "完成与否", "完成程度", "整改程度",
		"验收", "整改评价", "评估", "办理结果", "结论"}},
	{progressColumn, []string{"整改情况", "整改成效", "进展", "落实情况", "成效", "整改落实", "办理情况", "整改效果", "推进情况", "现状"}},
	{measureColumn, []string{"整改任务", "任务", "整改内容", "整改方式"}},
	{statementColumn, []string{"问题", "不足", "短板", "差距", "表现", "整改事项", "反馈意见", "反馈内容"}},
	{numberColumn, []string{"No", "序"}},
}

// columns says by kind which columns of a table are of it.
type columns [otherColumn + 1][]int

// readHeader looks for the header among the first rows; it is one row, or two where cells of the first are divided below.
func (l *ledger) readHeader(x *corpus.Extract) bool {
	for row := 0; row < min(l.rows, 6); row++ {
		height := 1
		if l.isDivided(row) {
			height = 2
		}
		columns, known := l.headerColumns(x, row, height)
		if known >= 3 && len(columns[statementColumn]) == 0 {
			l.guessStatement(x, &columns, row+height)
		}
		if known >= 2 && len(columns[statementColumn]) > 0 {
			l.columns, l.first = columns, row+height
			l.chooseStatement(x, row, height)
			l.readTicks(x, row, height)
			return true
		}
	}
	return false
}

// chooseStatement takes the column whose header tells most of several that may hold the problems: 具体问题 before 反馈问题 before 反馈意见.
// The others name their aspects, where no column does and their cells go over several rows.
func (l *ledger) chooseStatement(x *corpus.Extract, row, height int) {
	list := l.columns[statementColumn]
	if len(list) < 2 {
		return
	}
	best, most := 0, -1
	for i, k := range list {
		header := ""
		for r := row; r < row+height; r++ {
			if c := l.at(r, k); c != nil {
				header = c.Span.Of(x.Text)
			}
		}
		worth := 0
		switch {
		case hasAny(header, []string{"具体", "表现", "描述", "细化", "表述"}):
			worth = 2
		case strings.Contains(header, "问题"):
			worth = 1
		}
		if worth > most {
			best, most = i, worth
		}
	}
	if others := slices.Delete(slices.Clone(list), best, best+1); len(l.columns[aspectColumn]) == 0 && l.isMerged(others[0]) {
		l.columns[aspectColumn] = others
	}
	l.columns[statementColumn] = []int{list[best]}
}

// readTicks notes the columns that are headed by a status and hold a tick where it applies: 已完成 | 正在推进 | 未完成.
func (l *ledger) readTicks(x *corpus.Extract, row, height int) {
	ticks := make(map[int]string)
	for k := 0; k < maxColumns; k++ {
		c := l.at(row+height-1, k)
		if c == nil {
			continue
		}
		header := strings.TrimSpace(c.Span.Of(x.Text))
		if _, ok := bareStatus(header); ok && !longer(header, 8) {
			ticks[k] = header
		}
	}
	if len(ticks) < 2 {
		return
	}
	l.ticks = ticks
	l.columns[statusColumn] = slices.DeleteFunc(l.columns[statusColumn], func(k int) bool { return ticks[k] != "" })
	l.columns[progressColumn] = slices.DeleteFunc(l.columns[progressColumn], func(k int) bool { return ticks[k] != "" })
}

// ticked returns the status whose column is ticked in a row, empty where none or several are.
func (l *ledger) ticked(all string, row int) string {
	status, n := "", 0
	for k, header := range l.ticks {
		if c := l.at(row, k); c != nil && isTick(strings.TrimSpace(all[c.Span.Start:c.Span.End])) {
			status = header
			n++
		}
	}
	if n != 1 {
		return ""
	}
	return status
}

func isTick(s string) bool {
	switch s {
	case "√", "✓", "✔", "☑", "●", "■", "是", "v", "V", "1", "○", "＊", "*", "对":
		return true
	}
	return false
}

// minGuessed is how many characters the cells of a column have at least, on average, that is taken for that of the problems without a
// header that says so.
const minGuessed = 6

// guessStatement takes for the problems the unnamed column with the longest texts that stands before the measures or the progress.
func (l *ledger) guessStatement(x *corpus.Extract, columns *columns, first int) {
	bound := -1
	for _, kind := range []column{measureColumn, progressColumn, statusColumn} {
		for _, k := range columns[kind] {
			if bound < 0 || k < bound {
				bound = k
			}
		}
	}
	named := make(map[int]bool)
	for _, list := range columns {
		for _, k := range list {
			named[k] = true
		}
	}
	best, most := -1, minGuessed
	for k := 0; k < bound; k++ {
		sum, cells := 0, 0
		for row := first; row < l.rows; row++ {
			if c := l.at(row, k); c != nil && c.Row == row {
				sum += runes(c.Span.Of(x.Text))
				cells++
			}
		}
		if !named[k] && cells > 0 && sum/cells >= most {
			best, most = k, sum/cells
		}
	}
	if best >= 0 {
		columns[statementColumn] = []int{best}
	}
}

// isMerged reports whether a column has cells that go over several rows of findings.
func (l *ledger) isMerged(k int) bool {
	for row := l.first; row < l.rows; row++ {
		if c := l.at(row, k); c != nil && c.RowSpan > 1 && c.Row >= l.first {
			return true
		}
	}
	return false
}

// isDivided reports whether a row heads groups of columns that the next row names: some of its cells go over several cells
// below, and below the others there is nothing else.
func (l *ledger) isDivided(row int) bool {
	groups, single := 0, 0
	for k := 0; k < maxColumns; k++ {
		c, below := l.at(row, k), l.at(row+1, k)
		switch {
		case c == nil && below == nil:
		case c == nil:
			return false
		case below == nil || below == c:
			single++
		case c.ColSpan > 1 && below.ColSpan < c.ColSpan:
			groups++
		default:
			return false
		}
	}
	return groups > 1 && single > 0
}

// headerColumns reads what the columns hold from a header of one or two rows. In two the lower one counts, where it says
// anything.
func (l *ledger) headerColumns(x *corpus.Extract, row, height int) (columns columns, known int) {
	var before *corpus.Block
	for k := 0; k < maxColumns; k++ {
		c := l.at(row+height-1, k)
		if c == nil {
			c = l.at(row, k)
		}
		if c == nil || c == before {
			continue
		}
		before = c
		kind := columnOf(c.Span.Of(x.Text))
		if above := l.at(row, k); kind == noColumn && above != nil {
			kind = columnOf(above.Span.Of(x.Text))
		}
		if kind != noColumn {
			columns[kind] = append(columns[kind], k)
			known += count(kind != otherColumn)
		}
	}
	return columns, known
}

func columnOf(header string) column {
	header = strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return r
	}, header)
	if header == "" || longer(header, 20) {
		return noColumn
	}
	for _, c := range columnWords {
		if hasAny(header, c.words) {
			return c.column
		}
	}
	return noColumn
}
