package parse_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
	"tongjian/corpus/synth"
)

// notice is an invented notice with a body of about 30 KB.
var notice = `中共云澜市港务局党组关于市委第二巡察组反馈意见整改情况的通报
发布日期：2022-01-18 来源：市港务局
根据市委统一部署，2021年3月1日至5月20日，市委第二巡察组对市港务局党组进行了巡察。2021年7月6日，市委第二巡察组反馈了巡察意见，指出4个方面31个具体问题。
一、组织领导情况
局党组高度重视，制定整改措施86条，已完成整改29个。
二、问题整改情况
（一）关于学习不深方面的问题
` + strings.Repeat("1.关于值班制度执行不严的问题。\n整改情况：一是修订《值班制度》，明确各科室责任。二是开展专项检查，对脱岗人员进行批评教育，2021年8月底前完成。\n", 150) +
	"欢迎监督。联系电话：0000-1234567。\n中共云澜市港务局党组\n2022年1月15日\n"

func BenchmarkReadMetadata(b *testing.B) {
	x, err := extract.File("a.txt", []byte(notice), extract.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	g := gazetteer.Default()
	b.SetBytes(int64(len(notice)))
	for b.Loop() {
		parse.ReadMetadata(x, g, &corpus.Document{Text: x.Text})
	}
}

// BenchmarkParseNotice reads a whole notice of 30 KB, the size that they usually have.
func BenchmarkParseNotice(b *testing.B) {
	x, err := extract.File("a.txt", []byte(notice), extract.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	p := parse.New(gazetteer.Default())
	b.SetBytes(int64(len(x.Text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Parse(x, "0000000000000000")
	}
}

// BenchmarkTenMegabytes reads a text of 10 MB: thousands of findings in one file.
func BenchmarkTenMegabytes(b *testing.B) {
	item := "%s的问题。\n整改情况：一是修订《值班制度》，明确各科室责任。二是开展专项检查，对脱岗人员进行批评教育，退回资金1.2万元。\n"
	text := notice + strings.Repeat("1.关于值班制度执行不严"+item[2:], 10<<20/len(item))
	x := &corpus.Extract{Source: "a.txt", Text: text}
	p := parse.New(gazetteer.Default())
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		p.Parse(x, "0000000000000000")
	}
}

// BenchmarkLedger reads a table of 5,000 rows.
func BenchmarkLedger(b *testing.B) {
	var page strings.Builder
	page.WriteString("<html><head><meta charset=\"utf-8\"></head><body><h1>云澜市港务局巡察反馈问题整改台账</h1><table><tr><td>序号</td><td>反馈问题</td><td>整改措施</td><td>责任人</td><td>整改时限</td><td>完成情况</td></tr>")
	for i := range 5000 {
		fmt.Fprintf(&page, "<tr><td>%d</td><td>第%d处码头巡查记录不完整</td><td>一是补录。二是抽查。</td><td>李春和</td><td>2023年9月30日</td><td>已完成</td></tr>", i+1, i+1)
	}
	page.WriteString("</table></body></html>")
	x, err := extract.File("a.html", []byte(page.String()), extract.Limits{Bytes: 50 << 20})
	if err != nil {
		b.Fatal(err)
	}
	p := parse.New(gazetteer.Default())
	b.SetBytes(int64(len(x.Text)))
	for b.Loop() {
		if doc := p.Parse(x, "0000000000000000"); len(doc.Findings) != 5000 {
			b.Fatalf("got %d findings", len(doc.Findings))
		}
	}
}

// BenchmarkLayouts reads other layouts than the notice: announcements in running prose, one long paragraph, a report of headlines and
// facts, made-up documents of all kinds and of the size that they usually have.
func BenchmarkLayouts(b *testing.B) {
	prose := "市委第二巡察组向市港务局党组反馈巡察情况\n根据市委统一部署，2021年3月1日至5月20日，市委第二巡察组对市港务局党组进行了巡察。2021年7月6日反馈了巡察意见。\n"
	report := "关于对市港务局党组巡察的情况报告\n2021年3月1日至5月20日，市委第二巡察组对市港务局党组进行了巡察。现将情况报告如下。\n二、发现的主要问题\n"
	layouts := map[string]string{
		"feedback":  prose + strings.Repeat("巡察发现的主要问题：一是学习贯彻决策部署不深入，结合港口实际不够；二是值班制度执行不严，脱岗现象时有发生；三是采购程序不规范。\n", 150),
		"sentence":  prose + strings.Repeat("巡察发现，在港口建设方面，存在项目前期论证不充分、资金使用效益不高、安全监管不到位等问题。\n", 200),
		"paragraph": prose + "主要问题是：" + strings.Repeat("值班制度执行不严，脱岗现象时有发生；采购程序不规范，合同管理混乱；", 3000) + "。\n",
		"report":    report + strings.Repeat("1.港口安全监管不到位。一是隐患排查走过场。2020年抽查12次，其中9次没有记录。二是应急演练流于形式。例如，2020年演练脚本照抄上年。\n", 150),
	}
	p := parse.New(gazetteer.Default())
	for _, name := range slices.Sorted(maps.Keys(layouts)) {
		x := &corpus.Extract{Source: "a.txt", Text: layouts[name]}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(x.Text)))
			for b.Loop() {
				p.Parse(x, "0000000000000000")
			}
		})
	}
	var reports []*corpus.Extract
	size := 0
	for r := range synth.Generate(synth.Options{Reports: 60}) {
		x, err := extract.File(r.Name, r.Data, extract.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		reports = append(reports, x)
		size += len(x.Text)
	}
	b.Run("reports", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, x := range reports {
				p.Parse(x, "0000000000000000")
			}
		}
	})
}
