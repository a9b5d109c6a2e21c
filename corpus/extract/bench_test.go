package extract_test

import (
	"strings"
	"testing"

	"tongjian/corpus/extract"
)

func benchmarkFile(b *testing.B, name, data string) {
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := extract.File(name, []byte(data), extract.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkText(b *testing.B) {
	benchmarkFile(b, "a.txt", strings.Repeat("一是修订《值班制度》，明确各科室责任。二是开展专项检查，对脱岗人员进行批评教育。\n", 300))
}

func BenchmarkHTML(b *testing.B) {
	body := strings.Repeat("<p>　　<span>一是修订《值班制度》，</span><span>明确各科室责任。</span></p>\n", 400)
	benchmarkFile(b, "a.html", strings.Replace(page, "</p>", "</p>"+body, 1))
}
