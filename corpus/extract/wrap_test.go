package extract_test

import (
	"strings"
	"testing"

	"tongjian/corpus/extract"
)

// TestUnwrapAmongShortLines joins broken lines in a text of which most lines are short headings and labels.
func TestUnwrapAmongShortLines(t *testing.T) {
	const paragraph = "　　一是修订值班制度并且明确各个科室的责任，二是对脱岗人员进行批评教\n育。三是由市委\n第十三巡察组复核。\n"
	wrapped := "　　根据县委统一部署，二〇二三年三月至五月，县委第二巡察组对县水务局\n党组进行了巡察。\n"
	var b strings.Builder
	b.WriteString(wrapped)
	for range 8 {
		b.WriteString("1.针对记录不全的问题\n整改完成情况：已完成。\n" + paragraph)
	}
	x, err := extract.File("a.txt", []byte(b.String()), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(x.Text, "批评教育。") || !strings.Contains(x.Text, "县水务局党组进行了巡察。") {
		t.Errorf("broken lines were not joined:\n%s", x.Text)
	}
	if !strings.Contains(x.Text, "的问题\n整改完成情况：已完成。\n") {
		t.Errorf("lines of their own were joined:\n%s", x.Text)
	}
}
