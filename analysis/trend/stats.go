package trend

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Confidence is the level of the intervals.
const Confidence = 0.95

// Wilson returns the score interval of a share of x in n at the given level of confidence:
//
//	(x + z²/2 ± z √(x(n−x)/n + z²/4)) / (n + z²)
//
// after E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209–212, in
// the form of R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998)
// 857–872, method 3. It stays within 0 and 1 and is not empty for x = 0 or x = n. For n = 0 it is the whole range.
func Wilson(x, n int, confidence float64) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	z := distuv.UnitNormal.Quantile(1 - (1-confidence)/2)
	hits, size := float64(x), float64(n)
	half := z * math.Sqrt(hits*(size-hits)/size+z*z/4)
	centre, scale := hits+z*z/2, size+z*z
	low, high = (centre-half)/scale, (centre+half)/scale
	// At the ends the bound is exactly 0 or 1; the formula only comes near.
	if x == 0 {
		low = 0
	}
	if x == n {
		high = 1
	}
	return low, high
}

// Difference returns the interval of the difference of two independent shares, x1/n1 − x2/n2, by Newcombe's hybrid
// score method: with Wilson intervals (l1, u1) and (l2, u2) and shares p1 and p2,
//
//	p1 − p2 − √((p1−l1)² + (u2−p2)²)  to  p1 − p2 + √((u1−p1)² + (p2−l2)²)
//
// after R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
// (1998) 873–890, method 10. Where one of the samples is empty it is the whole range.
func Difference(x1, n1, x2, n2 int, confidence float64) (low, high float64) {
	if n1 <= 0 || n2 <= 0 {
		return -1, 1
	}
	p1, p2 := float64(x1)/float64(n1), float64(x2)/float64(n2)
	l1, u1 := Wilson(x1, n1, confidence)
	l2, u2 := Wilson(x2, n2, confidence)
	return p1 - p2 - math.Hypot(p1-l1, u2-p2), p1 - p2 + math.Hypot(u1-p1, p2-l2)
}

// Group is one period of a Cochran–Armitage test: X of N documents, at time Score.
type Group struct {
	Score float64
	X, N  int
}

// CochranArmitage tests whether a share rises or falls in a straight line over groups. It returns the slope of the
// share per unit of score, fitted by weighted least squares, the statistic z, and the two-sided p:
//
//	z = Σ tᵢ(xᵢ − nᵢp̄) / √( p̄(1−p̄) (Σ nᵢtᵢ² − (Σ nᵢtᵢ)²/N) ),   p̄ = Σxᵢ/Σnᵢ
//	slope = Σ (tᵢ−t̄)(xᵢ − nᵢp̄) / Σ nᵢ(tᵢ−t̄)²
//
// after P. Armitage, Tests for linear trends in proportions and frequencies, Biometrics 11 (1955) 375–386, and A. Agresti,
// Categorical Data Analysis, 2nd ed. (2002), section 5.3.5; without correction for continuity. ok is false where the
// test is not defined: all or none of the documents have it, or there are fewer than two scores.
func CochranArmitage(groups []Group) (slope, z, p float64, ok bool) {
	var hits, size, weighted float64
	for _, g := range groups {
		hits += float64(g.X)
		size += float64(g.N)
		weighted += float64(g.N) * g.Score
	}
	if size == 0 {
		return 0, 0, 0, false
	}
	share, mean := hits/size, weighted/size
	var lean, spread float64
	for _, g := range groups {
		n, d := float64(g.N), g.Score-mean
		lean += d * (float64(g.X) - n*share)
		spread += n * d * d
	}
	if spread == 0 || hits == 0 || hits == size {
		return 0, 0, 0, false
	}
	z = lean / math.Sqrt(share*(1-share)*spread)
	return lean / spread, z, 2 * distuv.UnitNormal.Survival(math.Abs(z)), true
}

// BenjaminiHochberg returns for each p of a family its q: the smallest rate of false discoveries at which it would be
// called one,
//
//	q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ m / j
//
// after Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, JRSS B 57 (1995) 289–300.
func BenjaminiHochberg(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	q := make([]float64, len(p))
	least := 1.0
	for rank := len(order); rank > 0; rank-- {
		i := order[rank-1]
		least = min(least, p[i]*float64(len(p))/float64(rank))
		q[i] = least
	}
	return q
}
