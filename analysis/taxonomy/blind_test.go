package taxonomy_test

import (
	"slices"
	"testing"

	"tongjian/analysis/taxonomy"
)

// TestBlindStatements guards what is reached on statements by two authors who knew neither rules nor training data. They are
// not for reading: whoever reads them can no longer be told by them how good the classifier is. So only figures are
// printed.
func TestBlindStatements(t *testing.T) {
	tests := []struct {
		file                     string
		micro, macro, main, core float64
	}{
		{"testdata/blind/held.jsonl", 0.91, 0.91, 0.89, 0.92},
		{"testdata/blind2/held.jsonl", 0.85, 0.85, 0.86, 0.87},
	}
	tx := load(t)
	for _, tt := range tests {
		list := readExamples(t, tt.file)
		e := classified(tx, list)
		core := e.Within("procurement", "decision", "finance").F1()
		if e.Findings < 600 || e.Micro.F1() < tt.micro || e.MacroF1 < tt.macro || e.MainAccuracy() < tt.main || core < tt.core {
			t.Errorf("%s: micro-F1 %.3f, macro-F1 %.3f, main %.3f, core %.3f over %d statements",
				tt.file, e.Micro.F1(), e.MacroF1, e.MainAccuracy(), core, e.Findings)
		}
		traps := slices.DeleteFunc(list, func(e taxonomy.Example) bool { return !e.Trap })
		if traps := classified(tx, traps); traps.Findings < 150 || traps.Micro.F1() < tt.micro-0.06 {
			t.Errorf("%s: micro-F1 %.3f over %d traps", tt.file, traps.Micro.F1(), traps.Findings)
		}
	}
}

func classified(tx *taxonomy.Taxonomy, list []taxonomy.Example) taxonomy.Evaluation {
	var pairs []taxonomy.Labelled
	for _, e := range list {
		pairs = append(pairs, taxonomy.Labelled{Gold: e.Want, Found: codesOf(tx.Classify(e.Input))})
	}
	return taxonomy.Evaluate(pairs)
}
