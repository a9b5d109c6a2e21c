package taxonomy_test

import (
	"flag"
	"slices"
	"strings"
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

var show = flag.Bool("show", false, "print the labelled statements that are classified otherwise")

func load(t testing.TB) *taxonomy.Taxonomy {
	t.Helper()
	tx, err := taxonomy.Default()
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

func codesOf(list []corpus.Category) []corpus.CategoryCode {
	out := make([]corpus.CategoryCode, len(list))
	for i, c := range list {
		out[i] = c.Code
	}
	return out
}

// evaluate classifies labelled statements and returns the figures.
func evaluate(t *testing.T, list []taxonomy.Example) taxonomy.Evaluation {
	t.Helper()
	tx := load(t)
	var pairs []taxonomy.Labelled
	sure, sureRight := 0, 0
	for _, e := range list {
		got := tx.Classify(e.Input)
		pairs = append(pairs, taxonomy.Labelled{Gold: e.Want, Found: codesOf(got)})
		for _, c := range got {
			if c.Score >= 0.9 {
				sure++
				if slices.Contains(e.Want, c.Code) {
					sureRight++
				}
			}
		}
		if *show && !sameSet(e.Want, codesOf(got)) {
			var why []string
			for _, c := range got {
				why = append(why, c.Evidence[0].Text+"<"+c.Evidence[0].Rule+">")
			}
			t.Logf("%s %s @%v\n    want %v got %v %s", e.Where, e.Statement, e.Headings, e.Want, codesOf(got), strings.Join(why, " "))
		}
	}
	ev := taxonomy.Evaluate(pairs)
	t.Logf("%d statements: micro-F1 %.3f (P %.3f R %.3f), macro-F1 %.3f, main %.3f; score >= 0.9: %d of %d right",
		ev.Findings, ev.Micro.F1(), ev.Micro.Precision(), ev.Micro.Recall(), ev.MacroF1, ev.MainAccuracy(), sureRight, sure)
	return ev
}

func sameSet(a, b []corpus.CategoryCode) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

func TestDevelopmentStatements(t *testing.T) {
	evaluate(t, readExamples(t, "training/*.txt"))
}
