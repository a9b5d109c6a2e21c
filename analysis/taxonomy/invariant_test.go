package taxonomy_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// check reports whatever is wrong with the categories of an input, whatever it is.
func check(tx *taxonomy.Taxonomy, in taxonomy.Input) string {
	got := tx.Classify(in)
	if len(got) < 1 || len(got) > corpus.MaxCategories {
		return "not one to three categories"
	}
	seen := map[corpus.CategoryCode]bool{}
	for _, c := range got {
		if _, ok := tx.Leaf(c.Code); !ok || seen[c.Code] {
			return "an unknown or repeated category " + string(c.Code)
		}
		seen[c.Code] = true
		if c.Score <= 0 || c.Score > 1 || len(c.Evidence) == 0 || (c.By != corpus.ByRule && c.By != corpus.ByModel) {
			return "a category without a score in range, evidence or origin: " + string(c.Code)
		}
		for _, e := range c.Evidence {
			if !stands(in, e) {
				return "evidence that is not in the text: " + e.Text
			}
		}
	}
	return ""
}

// stands reports whether evidence is the bytes of the part that it names.
func stands(in taxonomy.Input, e corpus.Evidence) bool {
	parts := in.Headings
	switch e.In {
	case corpus.InStatement:
		parts = []string{in.Statement}
	case corpus.InAccount:
		parts = []string{in.Account}
	}
	for _, p := range parts {
		if e.Start >= 0 && e.Start <= e.End && e.End <= len(p) && p[e.Start:e.End] == e.Text {
			return true
		}
	}
	return false
}

// words are pieces that sentences of the kind are put together from, with marks that the matcher passes over.
var words = []string{"采购", "招标", "“三重一大”", "制度", "执行", "不严", "不规范", "，", "、", "和", "上轮巡察指出", "仍未整改", "（", "）",
	"固定资产", "未入账", "党费", "现金", "意识形态", "主体责任", "预算", "编制", " ", "财务", "公车私用", "。", "ＡＰＰ", "笫一议题", "亲属", "承租"}

func TestInvariants(t *testing.T) {
	tx := load(t)
	sentence := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 0, 12), func(w []string) string { return strings.Join(w, "") })
	rapid.Check(t, func(t *rapid.T) {
		in := taxonomy.Input{
			Statement: sentence.Draw(t, "statement"),
			Account:   sentence.Draw(t, "account"),
			Kind:      taxonomy.AccountKind(rapid.IntRange(0, 2).Draw(t, "kind")),
			Headings:  rapid.SliceOfN(sentence, 0, 2).Draw(t, "headings"),
		}
		if wrong := check(tx, in); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

// TestSameAnswerTwice guards against memory of one classification leaking into the next.
func TestSameAnswerTwice(t *testing.T) {
	tx := load(t)
	for _, e := range readExamples(t, "training/decision.txt") {
		first := codesOf(tx.Classify(e.Input))
		if again := codesOf(tx.Classify(e.Input)); !sameSet(first, again) {
			t.Errorf("%s: %v, then %v", e.Statement, first, again)
		}
	}
}

func FuzzClassify(f *testing.F) {
	for _, w := range words {
		f.Add(w+"不到位", "查阅发现"+w, w)
	}
	f.Add("采购\xff\xfe不严", "", "")
	tx := load(f)
	f.Fuzz(func(t *testing.T, statement, account, heading string) {
		in := taxonomy.Input{Statement: statement, Account: account, Headings: []string{heading}}
		if wrong := check(tx, in); wrong != "" {
			t.Error(wrong)
		}
		for _, c := range tx.Classify(in) {
			for _, e := range c.Evidence {
				if utf8.ValidString(statement+account+heading) && !utf8.ValidString(e.Text) {
					t.Errorf("evidence %q cuts a character", e.Text)
				}
			}
		}
	})
}
