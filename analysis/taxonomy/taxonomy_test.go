package taxonomy_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

func TestDefaultHoldsEveryLeaf(t *testing.T) {
	tx := load(t)
	leaves := 0
	ruled := map[string]bool{}
	for _, name := range tx.Rules() {
		leaf, _, _ := strings.Cut(name, "/")
		ruled[leaf] = true
	}
	for _, d := range tx.Domains() {
		for _, l := range d.Leaves {
			leaves++
			if l.Zh == "" || l.En == "" || l.Is == "" {
				t.Errorf("%s lacks a name or a description", l.Code)
			}
			if got, ok := tx.Leaf(l.Code); !ok || got != l {
				t.Errorf("Leaf(%s) = %v, %v", l.Code, got, ok)
			}
			if !ruled[string(l.Code)] {
				t.Errorf("%s has no rule", l.Code)
			}
		}
	}
	if len(tx.Domains()) != 11 || leaves != 46 {
		t.Errorf("%d domains and %d leaves, want 11 and 46", len(tx.Domains()), leaves)
	}
	if _, ok := tx.Leaf("procurement"); ok {
		t.Error("a domain is no leaf")
	}
}

func TestResolve(t *testing.T) {
	tests := []struct {
		name string
		want []corpus.CategoryCode
	}{
		{"procurement.tendering", []corpus.CategoryCode{"procurement.tendering"}},
		{"招标投标", []corpus.CategoryCode{"procurement.tendering"}},
		{"tendering", []corpus.CategoryCode{"procurement.tendering"}},
		{"conduct", []corpus.CategoryCode{"conduct.hospitality", "conduct.vehicle", "conduct.formalism", "conduct.commitment"}},
		{"作风建设", []corpus.CategoryCode{"conduct.hospitality", "conduct.vehicle", "conduct.formalism", "conduct.commitment"}},
		{"民主决策与三重一大", []corpus.CategoryCode{"decision.major", "decision.meeting", "decision.leadership"}},
		{" 党费 ", []corpus.CategoryCode{"party.fees"}},
		{"采购", nil},
		{"", nil},
	}
	tx := load(t)
	for _, tt := range tests {
		if got := tx.Resolve(tt.name); !slices.Equal(got, tt.want) {
			t.Errorf("Resolve(%q) = %v, want %v", tt.name, got, tt.want)
		}
	}
}

const smallTaxonomy = `version: 7
domains:
  - code: politics
    zh: 政治
    en: Politics
    leaves:
      - {code: politics.duties, zh: 职责, en: Duties, is: "本职"}
      - {code: politics.study, zh: 学习, en: Study, is: "学习"}
`

func small(rules string) fstest.MapFS {
	return fstest.MapFS{
		"taxonomy.yaml":             {Data: []byte(smallTaxonomy)},
		"rules/politics.study.yaml": {Data: []byte(rules)},
	}
}

func TestLoadReplacesTheTaxonomy(t *testing.T) {
	rules := "rules:\n  - name: 学习\n    terms: [学习]\n"
	tx, err := taxonomy.Load(small(rules))
	if err != nil {
		t.Fatal(err)
	}
	got := tx.Classify(taxonomy.Input{Statement: "学习不够"})
	if len(got) != 1 || got[0].Code != "politics.study" || got[0].Evidence[0].Rule != "politics.study/学习" {
		t.Errorf("got %+v", got)
	}
	other, err := taxonomy.Load(small(rules + "    # 注释\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(tx.Version(), "7-") || tx.Version() == other.Version() {
		t.Errorf("versions %q and %q: want the number of taxonomy.yaml and a hash over all files", tx.Version(), other.Version())
	}
}

func TestLoadNamesFileAndLine(t *testing.T) {
	tests := []struct {
		name, rules, want string
	}{
		{"unknown field", "rules:\n  - name: 甲\n    term: [学习]\n", "rules/politics.study.yaml 第 3 行：未知的字段 \"term\""},
		{"no name", "rules:\n  - terms: [学习]\n", "第 2 行：规则没有 name"},
		{"no terms", "rules:\n  - name: 甲\n", "没有 terms"},
		{"twice", "rules:\n  - name: 甲\n    terms: [学]\n  - name: 甲\n    terms: [习]\n", "第 4 行：规则名 \"甲\" 重复"},
		{"weight", "rules:\n  - name: 甲\n    weight: 2\n    terms: [学]\n", "第 3 行：weight"},
		{"bracket", "rules:\n  - name: 甲\n    terms:\n      - 学习\n      - 学(习\n", "第 5 行：\"学(习\" 括号不成对"},
		{"bar", "rules:\n  - name: 甲\n    terms: [学|习]\n", "第 3 行：\"学|习\" 括号不成对"},
		{"empty part", "rules:\n  - name: 甲\n    terms: [学…(习|)]\n", "有一段是空的"},
		{"too many gaps", "rules:\n  - name: 甲\n    terms: [一…二…三…四…五]\n", "间隔太多"},
		{"comma", "rules:\n  - name: 甲\n    terms: [\"学，习\"]\n", "含有标点"},
		{"place", "rules:\n  - name: 甲\n    in: [body]\n    terms: [学]\n", "第 3 行：未知的位置 \"body\""},
		{"leaf", "rules:\n  - name: 甲\n    also: [a.b]\n    terms: [学]\n", "第 3 行：未知的类别 \"a.b\""},
		{"not a list", "rules:\n  - name: 甲\n    terms: 学\n", "第 3 行：这里应为列表"},
		{"truth", "rules:\n  - name: 甲\n    facts: 是\n    terms: [学]\n", "第 3 行：这里应为 true 或 false"},
		{"yaml", "rules:\n  - name: [\n", "规则文件格式有误"},
		{"empty", "", "规则文件是空的"},
		{"no rules", "rules: []\n", "没有任何规则"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := taxonomy.Load(small(tt.rules))
			var e *corpus.Error
			if !errors.As(err, &e) || e.Kind != corpus.Invalid || !strings.Contains(e.Message, tt.want) {
				t.Errorf("got %v, want a message with %q", err, tt.want)
			}
		})
	}
}

func TestLoadChecksTheFiles(t *testing.T) {
	fsys := small("rules:\n  - name: 甲\n    terms: [学]\n")
	fsys["rules/politics.other.yaml"] = fsys["rules/politics.study.yaml"]
	if _, err := taxonomy.Load(fsys); err == nil || !strings.Contains(err.Error(), "不是类别代码") {
		t.Errorf("a rule file for no leaf: got %v", err)
	}
	if _, err := taxonomy.Load(fstest.MapFS{}); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("no taxonomy.yaml: got %v", err)
	}
	without := strings.Replace(smallTaxonomy, "politics.duties", "politics.other", 1)
	if _, err := taxonomy.Load(fstest.MapFS{"taxonomy.yaml": {Data: []byte(without)}}); err == nil || !strings.Contains(err.Error(), "兜底") {
		t.Errorf("no leaf to fall back to: got %v", err)
	}
}
