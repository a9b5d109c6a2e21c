package parse_test

import (
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// TestCards reads findings from tables of labels and values, one small table for each.
func TestCards(t *testing.T) {
	const page = `<html><head><meta charset="utf-8"></head><body><h1>中共白溪县苗圃党总支关于巡察反馈意见整改情况的通报</h1>
<p>2023年3月1日至5月20日，县委第二巡察组对白溪县苗圃党总支进行了巡察，7月3日反馈了意见。现将整改情况公布如下。</p>
<table><tr><td>问题1</td><td>巡护记录不完整</td></tr><tr><td>整改措施</td><td>1.补齐记录。2.定期检查。</td></tr>
<tr><td>责任单位</td><td>资源股</td></tr><tr><td>整改时限</td><td>2023年9月30日</td></tr><tr><td>完成情况</td><td>已完成</td></tr></table>
<p>以下一项仍在推进。</p>
<table><tr><td>序号</td><td>2</td></tr><tr><td>反馈问题</td><td>防火物资闲置</td></tr><tr><td>整改措施</td><td>清点物资，调剂使用。</td></tr>
<tr><td>责任人</td><td>李春和</td></tr><tr><td>整改情况</td><td>正在推进</td></tr></table></body></html>`
	x, err := extract.File("a.html", []byte(page), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	doc := parse.New(gazetteer.Default()).Parse(x, "0123456789abcdef")
	if len(doc.Findings) != 2 {
		t.Fatalf("got %d findings, want 2:\n%s", len(doc.Findings), x.Text)
	}
	a, b := doc.Findings[0], doc.Findings[1]
	if a.Label != "1" || a.Statement != "巡护记录不完整" || a.Status != corpus.Done || len(a.Measures) != 2 || a.Deadline == nil || a.Deadline.Date != "2023-09-30" {
		t.Errorf("first card: %+v", a)
	}
	if b.Label != "2" || b.Statement != "防火物资闲置" || b.Status != corpus.InProgress || len(b.Measures) != 1 || b.Responsible == nil || len(b.Responsible.Persons) != 1 {
		t.Errorf("second card: %+v", b)
	}
}
