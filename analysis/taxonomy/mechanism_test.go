package taxonomy_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

const threeLeaves = `version: 1
domains:
  - code: a
    zh: 甲类
    en: A
    leaves:
      - {code: a.purchase, zh: 采购, en: Purchase, is: "采购"}
      - {code: a.budget, zh: 预算, en: Budget, is: "预算"}
  - code: politics
    zh: 政治
    en: Politics
    leaves:
      - {code: politics.duties, zh: 职责, en: Duties, is: "本职"}
`

// TestFields shows what each field of a rule does, on rules made for it.
func TestFields(t *testing.T) {
	tests := []struct {
		name             string
		purchase, budget string
		in               taxonomy.Input
		want             []corpus.CategoryCode
	}{
		{"a gap stays within a clause", "{name: r, terms: [采购…不严]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购较多，把关不严"}, []corpus.CategoryCode{"politics.duties"}},
		{"a wide gap does not", "{name: r, terms: [采购……不严]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购较多，把关不严"}, []corpus.CategoryCode{"a.purchase"}},
		{"marks do not matter", "{name: r, terms: [采购制度]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "“采购”（制度）不严"}, []corpus.CategoryCode{"a.purchase"}},
		{"the longer match wins", "{name: r, terms: [采购]}", "{name: r, terms: [采购预算]}",
			taxonomy.Input{Statement: "采购预算不实"}, []corpus.CategoryCode{"a.budget"}},
		{"unless", "{name: r, terms: [采购], unless: [代办]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "代办采购不严，预算不实"}, []corpus.CategoryCode{"a.budget"}},
		{"unless looks at its clause only", "{name: r, terms: [采购], unless: [代办]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购不严，代办不力"}, []corpus.CategoryCode{"a.purchase"}},
		{"requires", "{name: r, terms: [采购], requires: [违规]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购预算"}, []corpus.CategoryCode{"a.budget"}},
		{"requires met", "{name: r, terms: [采购], requires: [违规]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "违规采购"}, []corpus.CategoryCode{"a.purchase"}},
		{"two topics in one part of a clause", "{name: r, terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购活动预算不实"}, []corpus.CategoryCode{"a.budget"}},
		{"two parts of a clause", "{name: r, terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购、预算管理不严"}, []corpus.CategoryCode{"a.purchase", "a.budget"}},
		{"weight decides in one part", "{name: r, weight: 0.9, terms: [采购]}", "{name: r, weight: 0.7, terms: [预算]}",
			taxonomy.Input{Statement: "采购活动预算不实"}, []corpus.CategoryCode{"a.purchase"}},
		{"over", "{name: r, over: [a.budget], terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购活动预算不实"}, []corpus.CategoryCode{"a.purchase"}},
		{"also", "{name: r, terms: [不存在]}", "{name: r, also: [a.purchase], terms: [采购预算]}",
			taxonomy.Input{Statement: "采购预算不实"}, []corpus.CategoryCode{"a.budget", "a.purchase"}},
		{"second", "{name: r, second: true, terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购不严，预算不实"}, []corpus.CategoryCode{"a.budget", "a.purchase"}},
		{"beside", "{name: r, beside: true, terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购活动预算不实"}, []corpus.CategoryCode{"a.purchase", "a.budget"}},
		{"covers", "{name: r, terms: [采购]}", "{name: r, covers: true, terms: [预算…问题]}",
			taxonomy.Input{Statement: "预算中采购的问题"}, []corpus.CategoryCode{"a.budget"}},
		{"in", "{name: r, in: [heading], terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "采购不严"}, []corpus.CategoryCode{"politics.duties"}},
		{"a heading for a statement without a sign", "{name: r, in: [heading], terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "把关不严", Headings: []string{"预算问题", "采购不严"}}, []corpus.CategoryCode{"a.purchase"}},
		{"a hint yields to the heading", "{name: r, weight: 0.4, terms: [把关]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "把关不严", Headings: []string{"预算问题"}}, []corpus.CategoryCode{"a.budget"}},
		{"a hint stands alone", "{name: r, weight: 0.4, terms: [把关]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "把关不严"}, []corpus.CategoryCode{"a.purchase"}},
		{"measures add nothing", "{name: r, facts: true, terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "预算不实", Account: "修订采购制度", Kind: taxonomy.Measures}, []corpus.CategoryCode{"a.budget"}},
		{"facts add", "{name: r, facts: true, terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "预算不实", Account: "三次采购未招标", Kind: taxonomy.Facts},
			[]corpus.CategoryCode{"a.budget", "a.purchase"}},
		{"topic words in facts do not", "{name: r, terms: [采购]}", "{name: r, terms: [预算]}",
			taxonomy.Input{Statement: "预算不实", Account: "三次采购未招标", Kind: taxonomy.Facts}, []corpus.CategoryCode{"a.budget"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tx, err := taxonomy.Load(fstest.MapFS{
				"taxonomy.yaml":         {Data: []byte(threeLeaves)},
				"rules/a.purchase.yaml": {Data: []byte("rules:\n  - " + tt.purchase + "\n")},
				"rules/a.budget.yaml":   {Data: []byte("rules:\n  - " + tt.budget + "\n")},
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := codesOf(tx.Classify(tt.in)); !slices.Equal(got, tt.want) {
				t.Errorf("%+v: got %v, want %v", tt.in, got, tt.want)
			}
		})
	}
}
