package keyness_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"tongjian/analysis/keyness"
)

func list(text string) keyness.List {
	var l keyness.List
	l.Add(strings.Fields(text))
	return l
}

func names(words []keyness.Keyword) []string {
	out := []string{}
	for _, k := range words {
		out = append(out, k.Word)
	}
	return out
}

func TestLogLikelihood(t *testing.T) {
	for _, c := range []struct {
		n, size, m, rest int
		likelihood       float64
		ratio            float64
	}{
		// E = 15 on both sides: 2 (20 ln(20/15) + 10 ln(10/15)).
		{20, 100, 10, 100, 3.39798, 1},
		{10, 1000, 10, 1000, 0, 0},
		// E = 8: 2 × 8 ln 2, and half an occurrence stands for none.
		{8, 500, 0, 500, 11.09035, 4},
		// E = 10/3 and 20/3: 2 (8 ln 2.4 + 2 ln 0.3).
		{8, 500, 2, 1000, 9.19161, 3},
	} {
		if got := keyness.LogLikelihood(c.n, c.size, c.m, c.rest); math.Abs(got-c.likelihood) > 1e-5 {
			t.Errorf("log-likelihood of %d in %d against %d in %d = %.5f, want %.5f", c.n, c.size, c.m, c.rest, got, c.likelihood)
		}
		if got := keyness.LogRatio(c.n, c.size, c.m, c.rest); math.Abs(got-c.ratio) > 1e-9 {
			t.Errorf("log ratio of %d in %d against %d in %d = %v, want %v", c.n, c.size, c.m, c.rest, got, c.ratio)
		}
	}
	if p := (distuv.ChiSquared{K: 1}).Survival(keyness.MinLogLikelihood); math.Abs(p-1e-4) > 2e-6 {
		t.Errorf("the bound is exceeded by chance in %v", p)
	}
}

// TestSource compares the statistic with an independent form of it: twice the size times the divergence of the observed
// from the expected distribution.
func TestSource(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 500).Draw(t, "n"), rapid.IntRange(1, 500).Draw(t, "m")
		size, rest := rapid.IntRange(600, 9000).Draw(t, "size"), rapid.IntRange(600, 9000).Draw(t, "rest")
		total := float64(n + m)
		observed := []float64{float64(n) / total, float64(m) / total}
		expected := []float64{float64(size) / float64(size+rest), float64(rest) / float64(size+rest)}
		want := 2 * total * stat.KullbackLeibler(observed, expected)
		if got := keyness.LogLikelihood(n, size, m, rest); math.Abs(got-want) > 1e-6*(1+want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestCompare(t *testing.T) {
	focus := list(strings.Repeat("采购 管理 的 2023 ", 20) + "制度")
	reference := list(strings.Repeat("会议 管理 的 ", 20) + strings.Repeat("记录 ", 2))
	over, under := keyness.Compare(focus, reference, keyness.Options{})
	// 记录 occurs too rarely, 的 is one character, 2023 is a number, 管理 is everywhere.
	if diff := cmp.Diff([][]string{{"采购"}, {"会议"}}, [][]string{names(over), names(under)}); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	k := over[0]
	if k.Count != 20 || k.Reference != 0 || math.Abs(k.PerThousand-1000*20.0/81) > 1e-9 || k.ReferencePerThousand != 0 {
		t.Errorf("keyword %+v", k)
	}
	if over, under := keyness.Compare(focus, keyness.List{}, keyness.Options{}); len(over)+len(under) > 0 {
		t.Errorf("against nothing: %v, %v", over, under)
	}
}

// TestSigns holds that the sides are never mistaken: over is used more in the focus, under less, each other way round when
// the lists change places.
func TestSigns(t *testing.T) {
	words := []string{"采购", "会议", "记录", "制度", "合同", "管理"}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) keyness.List {
			var l keyness.List
			for _, w := range words {
				for range rapid.IntRange(0, 60).Draw(t, name+w) {
					l.Add([]string{w})
				}
			}
			return l
		}
		a, b := draw("a"), draw("b")
		over, under := keyness.Compare(a, b, keyness.Options{})
		for _, k := range over {
			if k.LogRatio <= 0 || k.PerThousand <= k.ReferencePerThousand || k.Count != a.Counts[k.Word] || k.Reference != b.Counts[k.Word] {
				t.Fatalf("over %+v", k)
			}
		}
		for _, k := range under {
			if k.LogRatio >= 0 || k.PerThousand >= k.ReferencePerThousand {
				t.Fatalf("under %+v", k)
			}
		}
		back, forth := keyness.Compare(b, a, keyness.Options{})
		if !cmp.Equal(names(over), names(forth)) || !cmp.Equal(names(under), names(back)) {
			t.Fatalf("%v, %v and the other way round %v, %v", names(over), names(under), names(back), names(forth))
		}
	})
}
