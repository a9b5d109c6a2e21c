package taxonomy_test

import (
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

func TestReliability(t *testing.T) {
	list := []taxonomy.Judged{{0, false}, {0.3, true}, {0.29, false}, {0.57, true}, {0.9, true}, {0.95, false}, {1, true}, {1, true}}
	bins := taxonomy.Reliability(list)
	want := map[int][2]int{0: {1, 0}, 2: {1, 0}, 3: {1, 1}, 5: {1, 1}, 9: {4, 3}}
	for i, b := range bins {
		if got := [2]int{b.Findings, b.Right}; got != want[i] {
			t.Errorf("%.1f to %.1f: %v, want %v", b.From, b.To, got, want[i])
		}
	}
	if got := bins[9].Share(); got != 0.75 {
		t.Errorf("share %v, want 0.75", got)
	}
	if got := taxonomy.From(0.9, list); got.Findings != 4 || got.Right != 3 {
		t.Errorf("from 0.9: %+v", got)
	}
}

func TestBootstrap(t *testing.T) {
	type codes = []corpus.CategoryCode
	right := []taxonomy.Labelled{{Gold: codes{"finance.cash"}, Found: codes{"finance.cash"}}}
	wrong := []taxonomy.Labelled{{Gold: codes{"finance.cash"}, Found: codes{"party.fees"}}, {Gold: codes{"finance.cash"}}}
	if got := taxonomy.Bootstrap([][]taxonomy.Labelled{right, right, right}, 1); got.MicroF1 != (taxonomy.Interval{Low: 1, High: 1}) {
		t.Errorf("all right: %+v", got)
	}
	if got := taxonomy.Bootstrap(nil, 1); got != (taxonomy.Intervals{}) {
		t.Errorf("nothing: %+v", got)
	}
	groups := make([][]taxonomy.Labelled, 0, 100)
	for range 20 {
		groups = append(groups, right, right, right, right, wrong)
	}
	got := taxonomy.Bootstrap(groups, 1)
	// 80 of 100 main categories are right: the normal approximation gives 0.8 ± 1.96*0.04.
	if l, h := got.MainAccuracy.Low, got.MainAccuracy.High; l < 0.70 || l > 0.75 || h < 0.85 || h > 0.90 {
		t.Errorf("interval of 0.8 over 100: %.3f to %.3f", l, h)
	}
	var all []taxonomy.Labelled
	for _, g := range groups {
		all = append(all, g...)
	}
	e := taxonomy.Evaluate(all)
	for name, c := range map[string]struct {
		value float64
		taxonomy.Interval
	}{
		"micro": {e.Micro.F1(), got.MicroF1}, "macro": {e.MacroF1, got.MacroF1}, "core": {e.Core().F1(), got.CoreF1},
	} {
		if c.value <= c.Low || c.value >= c.High {
			t.Errorf("%s F1 %.3f is outside %.3f to %.3f", name, c.value, c.Low, c.High)
		}
	}
	if again := taxonomy.Bootstrap(groups, 1); again != got {
		t.Errorf("the same seed gives %+v and %+v", got, again)
	}
	if other := taxonomy.Bootstrap(groups, 2); other == got {
		t.Error("another seed gives the same intervals")
	}
}
