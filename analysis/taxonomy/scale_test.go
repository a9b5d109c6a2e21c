package taxonomy_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"tongjian/analysis/taxonomy"
)

// TestScaleMakesScoresMeanWhatTheySay fits a scale to scores that promise too much.
func TestScaleMakesScoresMeanWhatTheySay(t *testing.T) {
	var list []taxonomy.Judged
	for _, g := range []struct {
		score        float64
		right, wrong int
	}{{0.99, 90, 10}, {0.9, 70, 30}, {0.5, 30, 70}} {
		for i := range g.right + g.wrong {
			list = append(list, taxonomy.Judged{Score: g.score, Right: i < g.right})
		}
	}
	shown := taxonomy.FitScale(list)
	for score, want := range map[float64]float64{0.99: 0.9, 0.9: 0.7, 0.5: 0.3} {
		if got := shown(score); math.Abs(got-want) > 0.06 {
			t.Errorf("score %.2f is shown as %.2f, want about %.2f", score, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0, 1).Draw(t, "a"), rapid.Float64Range(0, 1).Draw(t, "b")
		if a < b && shown(a) > shown(b) || shown(a) < 0 || shown(a) > 1 {
			t.Fatalf("%f is shown as %f, %f as %f", a, shown(a), b, shown(b))
		}
	})
}

func TestNoScaleChangesNothing(t *testing.T) {
	if got := taxonomy.FitScale(nil)(0.37); got != 0.37 {
		t.Errorf("got %f", got)
	}
}
