package peers

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Sample is one unit's count in a category: Observed of Size findings.
type Sample struct{ Observed, Size int }

// Spread returns by how much the ratios of units to their common rate vary beyond chance: the moments estimator
//
//	τ² = max(0, Σ ((Oᵢ − Eᵢ)² − Eᵢ) / Σ Eᵢ²),   Eᵢ = Nᵢ ΣO/ΣN
//
// after R. J. Marshall, Mapping disease and mortality rates using empirical Bayes estimators, Applied Statistics 40 (1991)
// 283–294. above and below are the two sums, so that categories can be put together.
func Spread(samples []Sample) (above, below float64) {
	observed, size := 0, 0
	for _, s := range samples {
		observed += s.Observed
		size += s.Size
	}
	if size == 0 {
		return 0, 0
	}
	rate := float64(observed) / float64(size)
	for _, s := range samples {
		e := rate * float64(s.Size)
		d := float64(s.Observed) - e
		// The rate is fitted to the same counts, which makes deviations smaller by one unit's part.
		above += d*d - e*(1-float64(s.Size)/float64(size))
		below += e * e
	}
	return above, below
}

func spread(above, below float64) float64 {
	if below <= 0 {
		return 0
	}
	return max(0, above/below)
}

// Shape returns the a of the package comment for a spread and the number of the peers' findings in the category.
func Shape(spread float64, findings int) float64 { return 1 / (spread + 1/(float64(findings)+0.5)) }

// Posterior returns the ratio of observed to expected shrunk towards 1, (O + a)/(E + a), and its 95% interval: the ratio is
// Gamma(O + a) distributed with rate E + a where it came from Gamma(a) with rate a.
func Posterior(observed int, expected, shape float64) (ratio, low, high float64) {
	g := distuv.Gamma{Alpha: float64(observed) + shape, Beta: expected + shape}
	return g.Alpha / g.Beta, g.Quantile(0.025), g.Quantile(0.975)
}

// Tails returns the chances of a count of at least, and of at most, the observed one, where the expected one varies by
// Gamma(a): the negative binomial distribution with mean E and shape a,
//
//	P(X ≥ k) = I(E/(E+a); k, a)   for k ≥ 1
//
// I the regularised incomplete beta function, after N. L. Johnson, A. W. Kemp and S. Kotz, Univariate Discrete Distributions,
// 3rd ed. (2005), equation 5.31.
func Tails(observed int, expected, shape float64) (atLeast, atMost float64) {
	upper := func(k int) float64 {
		if k <= 0 {
			return 1
		}
		return mathext.RegIncBeta(float64(k), shape, expected/(expected+shape))
	}
	return upper(observed), 1 - upper(observed+1)
}

// twoSided returns twice the smaller tail, at most 1.
func twoSided(atLeast, atMost float64) float64 { return math.Min(1, 2*math.Min(atLeast, atMost)) }
