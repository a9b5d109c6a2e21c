package taxonomy_test

import (
	"strings"
	"testing"

	"tongjian/analysis/taxonomy"
)

// BenchmarkClassify measures findings as they stand in reports: a short statement, an account of some hundred characters,
// a heading.
func BenchmarkClassify(b *testing.B) {
	tx := load(b)
	examples := readExamples(b, "training/*.txt")
	account := strings.Repeat("一是召开会议专题研究，修订采购管理办法，组织学习财务制度；二是开展自查，清理往来款项，规范合同签订。", 4)
	bytes := 0
	for i := range examples {
		if examples[i].Account == "" {
			examples[i].Account, examples[i].Kind = account, taxonomy.Measures
		}
		examples[i].Headings = []string{"关于内部管理不规范方面问题"}
		bytes += len(examples[i].Statement) + len(examples[i].Account)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, e := range examples {
			tx.Classify(e.Input)
		}
	}
}

// BenchmarkClassifyFacts measures the dearest case: long accounts that are read for facts.
func BenchmarkClassifyFacts(b *testing.B) {
	tx := load(b)
	account := strings.Repeat("抽查发现，部分报销单据无经办人签字，存在超标准报销差旅费的问题；往来款长期挂账，固定资产未入账。", 8)
	in := taxonomy.Input{Statement: "财务管理不规范", Account: account, Kind: taxonomy.Facts}
	b.SetBytes(int64(len(in.Statement) + len(in.Account)))
	b.ReportAllocs()
	for b.Loop() {
		tx.Classify(in)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := taxonomy.Load(taxonomy.Embedded); err != nil {
			b.Fatal(err)
		}
	}
}
