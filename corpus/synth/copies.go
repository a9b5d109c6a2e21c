package synth

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"tongjian/corpus"
)

// Planted is the truth about what Options.Copies and Options.Totals put into a report.
type Planted struct {
	// Originals are the texts of measures that later reports may have copied, by the ordinal of their finding.
	Originals []Original
	// Copies are the measures that were copied from an earlier report.
	Copies []Copy
	// Totals is the paragraph of totals.
	Totals *Totals
}

// Original is a measure made to be copied.
type Original struct {
	Finding int // its ordinal, from 1
	Text    string
}

// Copy is a measure that repeats one of another report.
type Copy struct {
	Finding int // its ordinal, from 1
	Text    string
	Source  string // the report it was copied from
	// Edit says what was changed: "" for nothing, "number", "name" or "words".
	Edit string
}

// Totals is a paragraph of totals: a false one contradicts itself in the way that Kind says, a true one only looks as if it
// did.
type Totals struct {
	Kind  string
	False bool
	Text  string
}

// plantStream keeps the random numbers of planting apart from all others.
const plantStream = 21

// plantRand returns the random numbers for one purpose of planting in one report.
func (p *plan) plantRand(purpose, i int) *rand.Rand {
	return rand.New(rand.NewPCG(p.Seed^uint64(purpose)<<32, plantStream<<48|uint64(i)))
}

const (
	plantingOriginal = iota + 1
	plantingCopy
	plantingTotals
)

// plantAnswers puts originals, copies and totals into the draft of the i-th report, as the options ask for.
func (p *plan) plantAnswers(i int, d *draft, f form) {
	if f.docType != corpus.RectificationNotice || len(d.problems) == 0 {
		return
	}
	if p.Copies > 0 {
		p.plantText(i, d)
	}
	if rng := p.plantRand(plantingTotals, i); rng.IntN(100) < p.Totals {
		d.totals = makeTotals(rng)
	}
}

// originalsEvery is the distance between reports whose measures others copy.
const originalsEvery = 4

// plantText gives every fourth report measures of its own words, and some of the others a copy of one.
func (p *plan) plantText(i int, d *draft) {
	if i%originalsEvery == 0 {
		at, text := p.original(i, len(d.problems))
		d.replace(at, text)
		d.puts().Originals = []Original{{Finding: at + 1, Text: text}}
		return
	}
	rng := p.plantRand(plantingCopy, i)
	if rng.IntN(100) >= p.Copies {
		return
	}
	for range 12 {
		source := rng.IntN(i/originalsEvery+1) * originalsEvery
		n, ok := p.sourceFor(source, d.inspection)
		if !ok {
			continue
		}
		_, text := p.original(source, n)
		edit := edits[rng.IntN(len(edits))]
		at := rng.IntN(len(d.problems))
		copied := edit.change(rng, text)
		d.replace(at, copied)
		d.puts().Copies = []Copy{{Finding: at + 1, Text: copied, Source: p.name(source), Edit: edit.name}}
		return
	}
}

// sourceFor returns how many problems the notice has that an inspection's notice may copy from; ok is false where it is no
// notice, is of the same unit, or was not out when the inspection's problems were fed back.
func (p *plan) sourceFor(source int, to *inspection) (n int, ok bool) {
	u, round, f := p.which(source)
	in := p.inspect(u, round, bankFor(source))
	earlier := in.published.iso() < to.feedback.iso()
	return len(in.problems), f.docType == corpus.RectificationNotice && len(in.problems) > 0 && in.unit != to.unit && earlier
}

func (p *plan) name(i int) string {
	_, _, f := p.which(i)
	return fmt.Sprintf("synth-%05d%s", i+1, f.extension())
}

// original makes the measure of the i-th report that others copy, and says under which of its n problems it stands.
func (p *plan) original(i, n int) (at int, text string) {
	rng := p.plantRand(plantingOriginal, i)
	at = rng.IntN(n)
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	text = fmt.Sprintf("由%s牵头对%s的%s逐一%s，共%s%d%s，%s形成%s%d份并报%s审定",
		pick(plantWho), pick(plantPlaces), pick(plantObjects), pick(plantVerbs), pick(plantFinds), 12+rng.IntN(80), pick(plantUnits),
		pick(plantThen), pick(plantPapers), 2+rng.IntN(8), pick(plantTo))
	return at, text
}

var (
	plantWho     = []string{"离任交接小组", "后勤保障专员", "老干部活动站", "驻点联络员", "历史遗留问题清理组", "借阅登记员", "退休会计顾问组", "夜间值守班组", "器材库看护队", "外聘测绘小队", "流动服务车组", "信息录入志愿队"}
	plantPlaces  = []string{"老粮站院内", "轮渡码头以东", "林区三号哨卡", "废弃砖厂北坡", "水文站观测井", "旧电影院后台", "高速收费口", "滨湖栈道沿线", "供销社货栈", "山顶雷达站", "集镇农贸棚", "河口排涝闸", "老城隍庙街", "果树苗圃园", "机务段扳道房", "盐场晒坪", "采石场宕口", "牧场围栏", "桥头岗亭", "灯塔底层"}
	plantObjects = []string{"纸质底单", "停用门禁卡与备用钥匙", "代管堆存物品", "食堂冷柜与留样箱", "地下车库闲置的充电桩", "露天堆场的护栏网片", "退役打印机和硒鼓", "职工阅览室的旧期刊", "山区基站的备用电池", "档案楼北侧的消防水箱", "轮渡码头的救生衣", "苗圃大棚的滴灌管线"}
	plantVerbs   = []string{"拍照编号并张贴二维码", "称重计量后重新上架", "拆封比对原始签收单", "按颜色标签分类摆放", "登门核实使用人签名", "抽样送往检测站化验", "逐页翻拍存入移动硬盘", "对照老图纸实地丈量", "请当年经手人现场辨认", "按保管年限分批移交"}
	plantFinds   = []string{"更换破损标牌", "找回遗失卷册", "剔除重复条目", "补贴防伪封条", "更正错写年份", "清出过期耗材", "还原缺失页码", "合并零散账页"}
	plantUnits   = []string{"件", "册", "处", "箱", "条", "套"}
	plantThen    = []string{"经双人交叉复看后", "利用周末集中攻坚", "邀请村民代表旁观", "在雨季到来之前", "借助邻县同行力量", "参照博物馆入库做法"}
	plantPapers  = []string{"带插图的交接清册", "手写备忘录", "可检索的影像目录", "分年度的对照表", "逐户签字的确认单", "附照片的处置报告"}
	plantTo      = []string{"轮值保管人", "片区联席会", "移交监督员", "老账清理办", "后勤例会"}
)

// edits are what is done to a text that is copied.
var edits = []struct {
	name   string
	change func(*rand.Rand, string) string
}{
	{"", func(_ *rand.Rand, text string) string { return text }},
	{"number", func(rng *rand.Rand, text string) string { return renumbered(rng, text) }},
	{"name", func(rng *rand.Rand, text string) string { return renamed(rng, text) }},
	{"words", func(rng *rand.Rand, text string) string {
		return strings.NewReplacer("共", "累计", "并报", "报请", "逐一", "逐个").Replace(renumbered(rng, text))
	}},
}

// renumbered puts other figures in place of those of a text.
func renumbered(rng *rand.Rand, text string) string {
	var b strings.Builder
	inside := false
	for _, r := range text {
		digit := r >= '0' && r <= '9'
		if digit && !inside {
			fmt.Fprint(&b, 10+rng.IntN(80))
		}
		if inside = digit; !digit {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// renamed puts another body in place of the one that a text begins with.
func renamed(rng *rand.Rand, text string) string {
	for _, who := range plantWho {
		if rest, ok := strings.CutPrefix(text, "由"+who); ok {
			return "由" + plantWho[(slices.Index(plantWho, who)+1+rng.IntN(len(plantWho)-1))%len(plantWho)] + rest
		}
	}
	return text
}

// replace puts a text in place of the measures of a problem.
func (d *draft) replace(at int, text string) {
	text = d.w(strings.NewReplacer("，", ",").Replace(text))
	d.problems[at].measures = []string{text}
}

// puts returns the record of what is put in.
func (d *draft) puts() *Planted {
	if d.planted == nil {
		d.planted = &Planted{}
	}
	return d.planted
}

// sayTotals writes the paragraph of totals, where one was planted.
func (d *draft) sayTotals() {
	if d.totals == nil {
		return
	}
	d.totals.Text = d.w(d.totals.Text)
	d.line(d.w("(四)"), "强化结果运用。", d.totals.Text)
	d.puts().Totals = d.totals
}
