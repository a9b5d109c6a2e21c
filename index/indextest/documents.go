// Package indextest is what every engine owes, as tests: Run holds an engine to the contract of package index. It
// compares the engine with a scan of invented documents that shares no code with any engine.
package indextest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"tongjian/corpus"
)

// Documents are made of phrases like those of real reports; places and units are invented.
var (
	places   = []string{"海州市", "云岭县", "青川区", "北渡市"}
	bodies   = []string{"商务局", "教育局", "卫生健康局", "住房和城乡建设局", "水务局"}
	problems = []string{
		"“三重一大”事项未经集体研究", "政府采购管理不规范", "公务接待超标准", "固定资产账实不符", "专项資金撥付不及时", "先实施后招标",
		"党费收缴不及时", "第一议题制度落实不到位", "選人用人程序不规范", "合同签订把关不严", "待处理款项长期挂账", "ＡＢＣ项目验收走过场",
	}
	details = []string{
		"2021年3月，某项目未履行招标程序，涉及金额23.12万元", "会议记录不完整，议题未提前通知；班子成员末位表态执行不严",
		"采购计划编制随意，询价比选流于形式", "《采购管理办法》未及时修订", "存在“一言堂”现象！监督责任缺失",
		"報銷憑證附件不全，审批把关不严", "已修订制度3项，追缴资金１２.５万元", "对照问题清单，逐项销号管理", "整改责任人：分管领导；整改时限：长期坚持",
	}
	headings   = []string{"落实主体责任方面", "财务管理方面", "选人用人方面"}
	leaves     = []corpus.CategoryCode{"decision.major", "procurement.purchasing", "procurement.tendering", "finance.asset", "conduct.hospitality", "party.fees"}
	inspectors = []string{"第一巡察组", "第四巡察组", ""}
	sectors    = map[string]string{"商务局": "商务", "教育局": "教育", "卫生健康局": "卫健"}
)

// Document makes an invented document from a seed. The same seed gives the same document.
func Document(seed uint64) *corpus.Document {
	return generate(seed, fmt.Appendf(nil, "document %d", seed), false)
}

// Damaged makes an invented document like Document whose text is written in every way that real texts are: traditional and
// full-width forms, radicals and compatibility characters in place of common ones, characters lost, replaced by U+FFFD or
// by rare ones, and blanks and line ends between them.
func Damaged(seed uint64) *corpus.Document {
	return generate(seed, fmt.Appendf(nil, "damaged document %d", seed), true)
}

func generate(seed uint64, name []byte, damaged bool) *corpus.Document {
	r := rand.New(rand.NewPCG(seed, 17))
	g := generator{r: r, doc: &corpus.Document{ID: corpus.NewDocumentID(name)}, damaged: damaged}
	g.metadata()
	g.section("关于巡察整改情况的通报\n" + pick(r, details) + "。\n")
	for range r.IntN(6) {
		if r.IntN(4) == 0 {
			g.section("（二）" + pick(r, headings) + "\n")
		}
		g.finding()
	}
	if r.IntN(3) > 0 {
		g.section("联系电话：0000-1234567　邮政编码：000000\n")
	}
	if r.IntN(12) == 0 {
		// A document of which nothing could be read.
		g.doc.Findings, g.doc.Sections = nil, nil
		g.text.Reset()
	}
	g.doc.Text = g.text.String()
	return g.doc
}

// Documents makes the documents of the seeds from 1 to n.
func Documents(n int) []*corpus.Document {
	docs := make([]*corpus.Document, n)
	for i := range docs {
		docs[i] = Document(uint64(i + 1))
	}
	return docs
}

type generator struct {
	r       *rand.Rand
	doc     *corpus.Document
	text    strings.Builder
	damaged bool
}

// otherForms are other ways to write characters, damage among them.
var otherForms = map[rune][]string{
	'一': {"⼀", "壹"}, '大': {"⼤"}, '行': {"\uFA08", "⾏"}, '采': {"採"}, '购': {"購"}, '务': {"務"}, '财': {"財"}, '资': {"資"},
	'题': {"題"}, '项': {"項"}, '会': {"會"}, '议': {"議"}, '录': {"錄"}, '整': {"\uFFFD"}, '未': {"未\uFFFD"}, '管': {"𠮷"},
	'理': {"\uF9E4"}, '制': {"製"}, '1': {"１", "l"}, '2': {"２"}, '。': {"．", " 。", ""}, '，': {",", "， "}, '“': {"\"", "「"},
	'”': {"\"", "」"}, 'Ａ': {"A", "a"}, '：': {":"}, '（': {"("}, '）': {")"},
}

// write adds text, damaged where the document is to be.
func (g *generator) write(text string) {
	for _, r := range text {
		forms := otherForms[r]
		switch n := g.r.IntN(100); {
		case !g.damaged || n >= 40:
			g.text.WriteRune(r)
		case n < 30 && forms != nil:
			g.text.WriteString(pick(g.r, forms))
		case n == 30:
			g.text.WriteString(pick(g.r, []string{" ", "\n", "\u3000", "\u200B"}))
			g.text.WriteRune(r)
		case n == 31: // lost
		default:
			g.text.WriteRune(r)
		}
	}
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (g *generator) metadata() {
	place, body := pick(g.r, places), pick(g.r, bodies)
	d := g.doc
	d.Title = corpus.Fact("关于" + place + body + "党组巡察整改进展情况的通报")
	d.Unit = corpus.Fact(place + body)
	d.Sector = corpus.Fact(sectors[body])
	d.Inspector = corpus.Fact(pick(g.r, inspectors))
	d.Level = pick(g.r, append([]corpus.Level{""}, corpus.Levels...))
	d.DocType = pick(g.r, corpus.DocTypes)
	d.Round = corpus.Fact(fmt.Sprintf("第%d轮", g.r.IntN(4)+1))
	d.Region = corpus.Region{Province: "东江省", City: "海州市", Code: "990100"}
	if place != "海州市" {
		d.Region.County, d.Region.Code = corpus.Fact(place), fmt.Sprintf("99010%d", g.r.IntN(3)+1)
	}
	if g.r.IntN(8) > 0 {
		d.Year = corpus.Year(2018 + g.r.IntN(6))
		d.PublicationDate = corpus.Date(fmt.Sprintf("%d-%02d-%02d", d.Year, g.r.IntN(12)+1, g.r.IntN(28)+1))
	}
}

func (g *generator) section(text string) {
	start := g.text.Len()
	g.write(text)
	g.doc.Sections = append(g.doc.Sections, corpus.Section{Heading: pick(g.r, headings), Span: corpus.Span{Start: start, End: g.text.Len()}})
}

func (g *generator) finding() {
	d := g.doc
	f := corpus.Finding{Ordinal: len(d.Findings) + 1, Statement: pick(g.r, problems), Status: pick(g.r, corpus.Statuses)}
	f.ID = corpus.NewFindingID(d.ID, f.Ordinal)
	f.Span.Start = g.text.Len()
	g.write(fmt.Sprintf("%d．针对", f.Ordinal))
	f.StatementSpan.Start = g.text.Len()
	g.write(f.Statement)
	f.StatementSpan.End = g.text.Len()
	f.Statement = f.StatementSpan.Of(g.text.String())
	g.write("问题。")
	for range g.r.IntN(4) {
		g.write(pick(g.r, details) + pick(g.r, []string{"。", "；", "，", ",", "\n"}))
	}
	g.write("\n")
	f.Span.End = g.text.Len()
	for range g.r.IntN(corpus.MaxCategories + 1) {
		f.Categories = append(f.Categories, corpus.Category{Code: pick(g.r, leaves), Score: 1, By: corpus.ByRule})
	}
	f.Categories = distinct(f.Categories)
	for range g.r.IntN(5) {
		f.Actions = append(f.Actions, corpus.Action{Kind: pick(g.r, corpus.ActionKinds)})
	}
	f.Substance = pick(g.r, append([]corpus.Substance{""}, corpus.Substances...))
	if g.r.IntN(9) == 0 {
		f.Unit = pick(g.r, places) + pick(g.r, bodies)
	}
	d.Findings = append(d.Findings, f)
}

func distinct(list []corpus.Category) []corpus.Category {
	var out []corpus.Category
	seen := map[corpus.CategoryCode]bool{}
	for _, c := range list {
		if !seen[c.Code] {
			seen[c.Code] = true
			out = append(out, c)
		}
	}
	return out
}
