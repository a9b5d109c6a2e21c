package gold_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/corpus/gold"
)

// scorer is the script that judges the project from outside, where it stands beside the repository.
var scorer = filepath.Join("..", "..", "..", "shared", "tools", "score.py")

// scored is what the script prints.
type scored struct {
	Metadata     map[string]float64
	MetadataMean float64 `json:"metadata_mean"`
	Findings     struct{ Precision, Recall, F1 float64 }
	Matched      struct{ Status, Measures, Path, Main float64 }
	Categories   struct {
		Precision, Recall float64
		Micro             float64 `json:"micro_f1"`
		Macro             float64 `json:"macro_f1"`
		Core              float64 `json:"core_f1"`
	}
	Leaves map[corpus.CategoryCode][3]int
}

// TestAgreesWithScorer makes up documents and readings of them with every kind of mistake, and holds our figures to the
// script's. The readings are what the "documents" hold, so that the command that reads them is cat.
func TestAgreesWithScorer(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run the scorer with")
	}
	if _, err := os.Stat(scorer); err != nil {
		t.Skip("no scorer beside the repository")
	}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			dir := t.TempDir()
			var total gold.Comparison
			m := maker{rand.New(rand.NewPCG(seed, 1))}
			for i := range 12 {
				g, got := m.document()
				total.Add(gold.Compare(g, got))
				name := filepath.Join(dir, fmt.Sprintf("%02d", i))
				writeJSON(t, name+".json", g)
				writeJSON(t, name+".txt", got)
			}
			out, err := exec.Command(python, scorer, "--gold", dir, "--docs", dir, "--cmd", "cat", "--json").Output()
			if err != nil {
				t.Fatalf("score: %v", err)
			}
			var want scored
			if err := json.Unmarshal(out, &want); err != nil {
				t.Fatal(err)
			}
			agree(t, total, want)
		})
	}
}

func agree(t *testing.T, c gold.Comparison, want scored) {
	t.Helper()
	var list []taxonomy.Labelled
	for _, p := range c.Pairs {
		l := taxonomy.Labelled{Gold: p.Gold}
		for _, f := range p.Found {
			l.Found = append(l.Found, f.Code)
		}
		list = append(list, l)
	}
	e := taxonomy.Evaluate(list)
	matched := float64(c.Matched)
	for name, pair := range map[string][2]float64{
		"metadata":             {c.MetadataMean(), want.MetadataMean},
		"findings precision":   {c.Precision(), want.Findings.Precision},
		"findings recall":      {c.Recall(), want.Findings.Recall},
		"findings F1":          {c.F1(), want.Findings.F1},
		"status":               {float64(c.Status) / matched, want.Matched.Status},
		"path":                 {float64(c.Path) / matched, want.Matched.Path},
		"measures":             {float64(c.Measures) / matched, want.Matched.Measures},
		"main category":        {float64(e.MainRight) / matched, want.Matched.Main},
		"categories precision": {e.Micro.Precision(), want.Categories.Precision},
		"categories recall":    {e.Micro.Recall(), want.Categories.Recall},
		"categories micro F1":  {e.Micro.F1(), want.Categories.Micro},
		"categories macro F1":  {e.MacroF1, want.Categories.Macro},
		"core F1":              {e.Core().F1(), want.Categories.Core},
	} {
		if math.Abs(pair[0]-pair[1]) > 0.0001 {
			t.Errorf("%s: %.4f, the scorer says %.4f", name, pair[0], pair[1])
		}
	}
	for _, field := range gold.Fields {
		if got := float64(c.Metadata[field]) / float64(c.Documents); math.Abs(got-want.Metadata[field]) > 0.001 {
			t.Errorf("%s: %.3f, the scorer says %.3f", field, got, want.Metadata[field])
		}
	}
	if len(e.Leaves) != len(want.Leaves) {
		t.Errorf("%d leaves, the scorer has %d", len(e.Leaves), len(want.Leaves))
	}
	for _, l := range e.Leaves {
		if got := [3]int{l.TruePositive, l.FalsePositive, l.FalseNegative}; got != want.Leaves[l.Code] {
			t.Errorf("%s: %v, the scorer says %v", l.Code, got, want.Leaves[l.Code])
		}
	}
	if c.Matched == c.Gold || c.Matched == 0 || c.Status == c.Matched || c.Path == c.Matched || e.MainRight == c.Matched {
		t.Errorf("the made-up readings have too few mistakes: %+v", c)
	}
}

func writeJSON(t *testing.T, name string, v any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err == nil {
		err = os.WriteFile(name, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// maker makes up documents and readings of them.
type maker struct{ *rand.Rand }

var (
	topics = []string{
		"采购程序不规范", "会议记录不完整", "固定资产账实不符，盘点流于形式", "报销附件不全", "值班制度没有落实", "公车使用管理松散",
		"ＡＢ项目“三重一大”未经集体研究", "党费收缴不及时", "合同超期未签", "专项资金拨付慢", "干部轮岗不到位", "惠企政策兑现不及时",
	}
	leaves = []corpus.CategoryCode{
		"procurement.purchasing", "decision.meeting", "finance.asset", "finance.control", "governance.institution",
		"conduct.vehicle", "decision.major", "party.fees",
	}
)

// damage changes a text as a parser in trouble would: not at all, by its punctuation, its end, or altogether.
func (m maker) damage(s string) string {
	runes := []rune(s)
	switch m.IntN(8) {
	case 0:
		return "《" + s + "》。"
	case 1:
		return string(runes[:max(1, len(runes)-m.IntN(len(runes)))])
	case 2:
		return s + "，" + topics[m.IntN(len(topics))]
	case 3:
		return topics[m.IntN(len(topics))]
	}
	return s
}

func (m maker) codes() []corpus.CategoryCode {
	list := slices.Clone(leaves)
	m.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:1+m.IntN(3)]
}

// fact is a metadata value, sometimes none.
func (m maker) fact(s string) corpus.Fact {
	if m.IntN(5) == 0 {
		return ""
	}
	return corpus.Fact(s)
}

func (m maker) document() (*gold.Document, *corpus.Document) {
	three, four := 3, 4
	g := &gold.Document{
		DocType: corpus.Feedback, Title: m.fact("关于云岭市档案馆的反馈意见"), Unit: m.fact("云岭市档案馆"), PartyBody: m.fact("中共云岭市档案馆党组"),
		Region: corpus.Region{Province: m.fact("云岭省"), City: m.fact("云岭市")}, Year: corpus.Year(2018 + m.IntN(3)), Level: corpus.Municipal,
		InspectionFrom: corpus.Date("2020-01-0" + fmt.Sprint(1+m.IntN(3))), Declared: corpus.Declared{Problems: &three},
	}
	got := &corpus.Document{
		DocType: corpus.Feedback, Title: corpus.Fact(m.damage("关于云岭市档案馆的反馈意见")), Unit: m.fact("云岭市档案馆 "), PartyBody: m.fact("中共云岭市档案馆党组"),
		Region: corpus.Region{Province: m.fact("云岭省"), County: m.fact("甲县")}, Year: corpus.Year(2018 + m.IntN(3)),
		InspectionFrom: "2020-01-02", Declared: corpus.Declared{Problems: &four},
	}
	if m.IntN(2) == 0 {
		got.Declared.Problems, got.Level = &three, corpus.Municipal
	}
	for range 3 + m.IntN(8) {
		topic := topics[m.IntN(len(topics))]
		f := gold.Finding{Statement: topic, Status: corpus.Statuses[m.IntN(3)], Measures: m.IntN(3), Categories: m.codes(), Path: []string{"财务管理方面"}}
		g.Findings = append(g.Findings, f)
		if m.IntN(6) == 0 {
			continue
		}
		r := corpus.Finding{Statement: m.damage(topic), Status: corpus.Statuses[m.IntN(3)], Measures: make([]corpus.Measure, m.IntN(3)), Path: []string{m.damage("财务管理方面")}}
		codes := f.Categories
		if m.IntN(3) == 0 {
			codes = m.codes()
		}
		for _, c := range codes {
			r.Categories = append(r.Categories, corpus.Category{Code: c, Score: 0.5})
		}
		got.Findings = append(got.Findings, r)
		if m.IntN(6) == 0 {
			got.Findings = append(got.Findings, corpus.Finding{Statement: "下一步打算", Status: corpus.Unstated, Categories: r.Categories})
		}
	}
	m.Shuffle(len(got.Findings), func(i, j int) { got.Findings[i], got.Findings[j] = got.Findings[j], got.Findings[i] })
	return g, got
}
