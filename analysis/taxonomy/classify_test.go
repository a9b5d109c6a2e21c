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

// TestTrainingStatements keeps what the rules were written against.
func TestTrainingStatements(t *testing.T) {
	ev := evaluate(t, readExamples(t, "training/*.txt"))
	if ev.Findings < 900 || ev.Micro.F1() < 0.98 || ev.MacroF1 < 0.98 {
		t.Errorf("micro-F1 %.3f, macro-F1 %.3f over %d statements", ev.Micro.F1(), ev.MacroF1, ev.Findings)
	}
}

// TestHeldBackStatements gives the honest figures: these statements were written before the rules and nothing is tuned on
// them.
func TestHeldBackStatements(t *testing.T) {
	list := readExamples(t, "testdata/held/*.txt")
	ev := evaluate(t, list)
	if ev.Findings < 300 || ev.Micro.F1() < 0.85 || ev.MacroF1 < 0.85 {
		t.Errorf("micro-F1 %.3f, macro-F1 %.3f over %d statements", ev.Micro.F1(), ev.MacroF1, ev.Findings)
	}
	traps := slices.DeleteFunc(slices.Clone(list), func(e taxonomy.Example) bool { return !e.Trap })
	evaluate(t, traps)
}
