package parse_test

import (
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// TestLedgerHeaderOfTwoRows reads a table whose columns are named in two rows and whose cells have several lines.
func TestLedgerHeaderOfTwoRows(t *testing.T) {
	const page = `<html><head><meta charset="utf-8"></head><body><h1>云澜市水务局巡察反馈问题整改台账</h1><table>
<tr><td rowspan="2">序号</td><td rowspan="2">存在<br>问题</td><td colspan="2">整改责任</td><td colspan="3">整改情况</td></tr>
<tr><td>责任领导</td><td>责任单位</td><td>整改措施</td><td>完成时限</td><td>完成情况</td></tr>
<tr><td>1</td><td>学习不够深入。<br>表现：重形式。</td><td>张明远<br>李春和</td><td>机关党委</td><td>一是修订制度。<br>二是开展测评。</td><td>2023-09-30</td><td>已完成</td></tr>
<tr><td>2</td><td>会议记录不全，<br>长期无人核对</td><td>李春和</td><td>办公室、财务科</td><td>补齐会议记录。</td><td>2023年10月31日</td><td>正在整改</td></tr>
</table></body></html>`
	x, err := extract.File("a.html", []byte(page), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	doc := parse.New(gazetteer.Default()).Parse(x, "0123456789abcdef")
	if len(doc.Findings) != 2 {
		t.Fatalf("got %d findings, want 2:\n%s", len(doc.Findings), x.Text)
	}
	f := doc.Findings[0]
	if f.Statement != "学习不够深入" || f.Status != corpus.Done || len(f.Measures) != 2 || f.Deadline == nil || string(f.Deadline.Date) != "2023-09-30" {
		t.Errorf("first finding: %q, %s, %d measures, deadline %v", f.Statement, f.Status, len(f.Measures), f.Deadline)
	}
	if f.Responsible == nil || strings.Join(f.Responsible.Persons, " ") != "张明远 李春和" || strings.Join(f.Responsible.Departments, " ") != "机关党委" {
		t.Errorf("first finding: responsible %+v", f.Responsible)
	}
	f = doc.Findings[1]
	if f.Statement != "会议记录不全，\n长期无人核对" || f.Status != corpus.InProgress || len(f.Measures) != 1 {
		t.Errorf("second finding: %q, %s, %d measures", f.Statement, f.Status, len(f.Measures))
	}
}
