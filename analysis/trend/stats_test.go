package trend_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"tongjian/analysis/trend"
)

// near fails unless got is want to the given number of decimals.
func near(t *testing.T, what string, got, want float64, decimals int) {
	t.Helper()
	if math.Abs(got-want) > 0.5*math.Pow10(-decimals)+1e-12 || math.IsNaN(got) {
		t.Errorf("%s = %.8f, want %.*f", what, got, decimals, want)
	}
}

// Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
func TestWilsonPublished(t *testing.T) {
	for _, c := range []struct {
		x, n      int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		low, high := trend.Wilson(c.x, c.n, 0.95)
		near(t, "low", low, c.low, 4)
		near(t, "high", high, c.high, 4)
	}
	if low, high := trend.Wilson(0, 0, 0.95); low != 0 || high != 1 {
		t.Errorf("Wilson of nothing = %v, %v, want 0, 1", low, high)
	}
}

// Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10.
func TestDifferencePublished(t *testing.T) {
	for _, c := range []struct {
		x1, n1, x2, n2 int
		low, high      float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339},
		{9, 10, 3, 10, 0.1705, 0.8090},
		{6, 7, 2, 7, 0.0582, 0.8062},
		{5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775},
		{0, 10, 0, 10, -0.2775, 0.2775},
		{10, 10, 0, 20, 0.6791, 1.0000},
		{10, 10, 0, 10, 0.6075, 1.0000},
	} {
		low, high := trend.Difference(c.x1, c.n1, c.x2, c.n2, 0.95)
		near(t, "low", low, c.low, 4)
		near(t, "high", high, c.high, 4)
	}
	if low, high := trend.Difference(1, 2, 0, 0, 0.95); low != -1 || high != 1 {
		t.Errorf("difference to nothing = %v, %v, want -1, 1", low, high)
	}
}

// Agresti, Categorical Data Analysis, 2nd ed., section 5.3.5: malformations by the mother's alcohol consumption, z² = 6.57,
// P = 0.010.
func TestCochranArmitagePublished(t *testing.T) {
	_, z, p, ok := trend.CochranArmitage([]trend.Group{
		{Score: 0, X: 48, N: 17066 + 48}, {Score: 0.5, X: 38, N: 14464 + 38}, {Score: 1.5, X: 5, N: 788 + 5},
		{Score: 4, X: 1, N: 126 + 1}, {Score: 7, X: 1, N: 37 + 1},
	})
	if !ok {
		t.Fatal("not tested")
	}
	near(t, "z²", z*z, 6.57, 2)
	near(t, "p", p, 0.010, 3)
}

// The statistic is √N times the correlation of outcome and score, and the slope that of the regression, computed here by
// gonum from single observations.
func TestCochranArmitageIsCorrelation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var groups []trend.Group
		var xs, ys []float64
		for i := range rapid.IntRange(2, 8).Draw(t, "groups") {
			g := trend.Group{Score: float64(2000 + i*rapid.IntRange(1, 3).Draw(t, "step")), N: rapid.IntRange(0, 30).Draw(t, "n")}
			g.X = rapid.IntRange(0, g.N).Draw(t, "x")
			groups = append(groups, g)
			for k := range g.N {
				xs = append(xs, g.Score)
				ys = append(ys, map[bool]float64{true: 1}[k < g.X])
			}
		}
		slope, z, p, ok := trend.CochranArmitage(groups)
		if len(xs) < 2 || stat.Variance(xs, nil) == 0 || stat.Variance(ys, nil) == 0 {
			if ok {
				t.Fatalf("tested %v, which has no variation", groups)
			}
			return
		}
		if !ok {
			t.Fatalf("not tested: %v", groups)
		}
		wantZ := math.Sqrt(float64(len(xs))) * stat.Correlation(xs, ys, nil)
		_, wantSlope := stat.LinearRegression(xs, ys, nil, false)
		wantP := 2 * distuv.UnitNormal.CDF(-math.Abs(wantZ))
		if math.Abs(z-wantZ) > 1e-6 || math.Abs(slope-wantSlope) > 1e-8 || math.Abs(p-wantP) > 1e-8 {
			t.Fatalf("%v: slope %v z %v p %v, want %v %v %v", groups, slope, z, p, wantSlope, wantZ, wantP)
		}
	})
}

// Benjamini and Hochberg, JRSS B 57 (1995), section 3.2: of fifteen p-values, four are discoveries at q = 0.05.
func TestBenjaminiHochbergPublished(t *testing.T) {
	p := []float64{
		.0344, .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0459, .3240, .4262, .5719, .6528, .7590, 1,
	}
	want := []float64{.0645, .0015, .0030, .0095, .0356, .0603, .0639, .0639, .0765, .4860, .5812, .7149, .7532, .8132, 1}
	found := 0
	for i, q := range trend.BenjaminiHochberg(p) {
		near(t, "q", q, want[i], 4)
		if q <= 0.05 {
			found++
		}
	}
	if found != 4 {
		t.Errorf("%d discoveries, want 4", found)
	}
}

func TestIntervalsHoldTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 500).Draw(t, "n")
		x := rapid.IntRange(0, n).Draw(t, "x")
		low, high := trend.Wilson(x, n, trend.Confidence)
		if share := float64(x) / float64(n); low < 0 || low > share || high < share || high > 1 || low == high {
			t.Fatalf("Wilson(%d, %d) = %v, %v", x, n, low, high)
		}
	})
}
