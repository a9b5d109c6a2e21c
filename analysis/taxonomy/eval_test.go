package taxonomy_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

func TestEvaluate(t *testing.T) {
	type codes = []corpus.CategoryCode
	e := taxonomy.Evaluate([]taxonomy.Labelled{
		{Gold: codes{"a.x", "a.y"}, Found: codes{"a.x"}},
		{Gold: codes{"a.x"}, Found: codes{"a.z"}},
		{Gold: codes{"a.y"}, Found: codes{"a.y", "a.z"}},
		{Gold: codes{"a.y"}, Found: nil},
	})
	// a.x: 1 right, 1 missed; a.y: 1 right, 2 missed; a.z: 2 wrong.
	want := taxonomy.Evaluation{
		Findings:  4,
		MainRight: 2,
		Micro:     taxonomy.Score{TruePositive: 2, FalsePositive: 2, FalseNegative: 3},
		MacroF1:   (2.0/3 + 0.5) / 2,
		Leaves: []taxonomy.LeafScore{
			{Code: "a.x", Score: taxonomy.Score{TruePositive: 1, FalseNegative: 1}},
			{Code: "a.y", Score: taxonomy.Score{TruePositive: 1, FalseNegative: 2}},
			{Code: "a.z", Score: taxonomy.Score{FalsePositive: 2}},
		},
		Confusions: []taxonomy.Confusion{{Gold: "a.x", Found: "a.z", Count: 1}},
	}
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
	if diff := cmp.Diff(want, e, near); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if p, r, f := e.Micro.Precision(), e.Micro.Recall(), e.Micro.F1(); p != 0.5 || r != 0.4 || math.Abs(f-4.0/9) > 1e-9 {
		t.Errorf("precision %v, recall %v, F1 %v", p, r, f)
	}
	if e.MainAccuracy() != 0.5 {
		t.Errorf("main accuracy %v", e.MainAccuracy())
	}
}

func TestEvaluateNothing(t *testing.T) {
	e := taxonomy.Evaluate(nil)
	if e.Micro.F1() != 0 || e.MacroF1 != 0 || e.MainAccuracy() != 0 {
		t.Errorf("got %+v", e)
	}
}
