package parse_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// scraps are the pieces that documents are shuffled from: numbers, labels, marks and words in every combination.
var scraps = []string{"一、", "二、", "三、", "（一）", "（二）", "(三)", "1.", "2.", "3．", "4、", "(1)", "（2）", "1)", "①", "②", "⑴", "一是", "二是", "；三是", "第一，", "问题1：", "反馈问题二：", "问题：",
	"整改情况：", "整改完成情况:", "完成状态：", "责任单位：", "整改时限：", "整改措施", "针对", "关于“", "”的问题", "问题", "的整改", "。", "；", "，", "、", "\n", "\n\n", "　", " ", "“", "”", "《", "》", "（", "）", "：",
	"库房管理不到位", "议题酝酿不充分", "加强学习", "已完成整改并长期坚持", "正在推进", "主要是：", "存在", "等问题", "在党的建设方面", "县商务局党组", "巡察发现的主要问题", "下一步工作", "意见建议",
	"128.5万元", "三万二千元", "2023年6月30日前", "1 129元", "##x##", "欢迎广大干部群众", "2024年3月22日", "如", "例如，", "提出", "印发《办法》", "a", "é", "\u3000", "\ufeff", "𠀀", "\x80", "\xe4\xb8"}

// titles make the metadata choose each kind of document.
var titles = []string{"中共青禾市甲局党组关于巡察整改情况的通报\n现将巡察整改情况予以公布。\n", "市委第一巡察组向市甲局党组反馈巡察情况\n反馈了巡察意见。\n",
	"关于巡察市甲局党组的情况报告\n现将巡察情况报告如下。\n", "2022年度县甲局审计结果公告\n审计发现：\n", ""}

func TestAnyTextKeepsTheInvariants(t *testing.T) {
	p := parse.New(gazetteer.Default())
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SampledFrom(titles).Draw(rt, "title") + strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 120).Draw(rt, "scraps"), "")
		doc := p.Parse(&corpus.Extract{Text: text}, "0000000000000000")
		checkInvariants(rt, doc)
		again := p.Parse(&corpus.Extract{Text: text}, "0000000000000000")
		if diff := cmp.Diff(doc, again); diff != "" {
			rt.Fatalf("two readings differ:\n%s", diff)
		}
	})
}

func TestAnyTableKeepsTheInvariants(t *testing.T) {
	p := parse.New(gazetteer.Default())
	headers := []string{"序号", "问题类别", "具体问题", "整改措施", "整改情况", "责任人", "责任单位", "整改时限", "完成情况", "备注", ""}
	rapid.Check(t, func(rt *rapid.T) {
		x := &corpus.Extract{Text: "县甲馆党支部巡察整改台账\n"}
		rows, columns := rapid.IntRange(1, 6).Draw(rt, "rows"), rapid.IntRange(1, 6).Draw(rt, "columns")
		for row := range rows {
			for column := range columns {
				cell := rapid.SampledFrom(headers).Draw(rt, "header")
				if row > 0 {
					cell = strings.ReplaceAll(strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps[:60]), 0, 6).Draw(rt, "cell"), ""), "\n", "")
				}
				start := len(x.Text)
				x.Text += cell + "\n"
				x.Blocks = append(x.Blocks, corpus.Block{Kind: corpus.BlockCell, Span: corpus.Span{Start: start, End: start + len(cell)}, Row: row, Column: column,
					RowSpan: rapid.IntRange(0, 3).Draw(rt, "rowspan"), ColSpan: rapid.IntRange(0, 3).Draw(rt, "colspan")})
			}
		}
		checkInvariants(rt, p.Parse(x, "0000000000000000"))
	})
}

func FuzzParse(f *testing.F) {
	for _, path := range documents(f) {
		for _, file := range readArchive(f, path).Files {
			if file.Name == "input" {
				f.Add(string(file.Data))
			}
		}
	}
	p := parse.New(gazetteer.Default())
	f.Fuzz(func(t *testing.T, text string) {
		checkInvariants(t, p.Parse(&corpus.Extract{Text: text}, "0000000000000000"))
	})
}

// FuzzStructure reads one text as each kind of document in turn, whatever its metadata.
func FuzzStructure(f *testing.F) {
	for _, path := range documents(f) {
		for _, file := range readArchive(f, path).Files {
			if file.Name == "input" {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		for _, kind := range corpus.DocTypes {
			doc := &corpus.Document{ID: "0000000000000000", DocType: kind, Text: text, Provenance: map[string]corpus.Provenance{}}
			parse.ReadStructure(&corpus.Extract{Text: text}, doc)
			checkInvariants(t, doc)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var texts []*corpus.Extract
	size := 0
	for _, path := range documents(b) {
		x := extractOf(b, readArchive(b, path))
		texts = append(texts, x)
		size += len(x.Text)
	}
	p := parse.New(gazetteer.Default())
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, x := range texts {
			p.Parse(x, "0000000000000000")
		}
	}
}

// BenchmarkStructure leaves the metadata out: what this measures grows with the text, what that does with its head.
func BenchmarkStructure(b *testing.B) {
	var texts []*corpus.Extract
	var docs []*corpus.Document
	size := 0
	p := parse.New(gazetteer.Default())
	for _, path := range documents(b) {
		x := extractOf(b, readArchive(b, path))
		texts = append(texts, x)
		docs = append(docs, p.Parse(x, "0000000000000000"))
		size += len(x.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i, x := range texts {
			doc := *docs[i]
			doc.Findings, doc.Sections, doc.Warnings = nil, nil, nil
			parse.ReadStructure(x, &doc)
		}
	}
}

// TestLongLinesTakeLinearTime reads texts that would take hours if any step looked back over what it has read.
func TestLongLinesTakeLinearTime(t *testing.T) {
	p := parse.New(gazetteer.Default())
	for _, unit := range []string{"（", "“", "《", "一是", "（一）", "1.", "①", "关于", "问题", "元", "万元", "12,", "。", "“不到位。", "整改情况：", "对甲问题，", "存在", "a", "1 ", "库房管理不到位。", "（（。", "一、甲\n", "1.甲不足\n一、甲不足\n", "甲\n整改情况：\n", "主要问题：一是不足；二是不足。", "巡察也发现：甲不足；", "县水务局党组\n主要问题：学习不足；用得不足。\n", "学习不深入。如，2022年3次。", "1.甲不足。\n学习不深入。如，2022年3次。\n", "市委第三巡察组", "十二届市委第九轮", "反馈3个问题。", "2022年3月，\n"} {
		for _, title := range titles {
			text := title + strings.Repeat(unit, 120_000/len(unit))
			checkInvariants(t, p.Parse(&corpus.Extract{Text: text}, "0000000000000000"))
		}
	}
}
