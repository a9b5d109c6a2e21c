// Package peers compares a unit with the other units of its sector and level: which kinds of problem are more frequent with
// it than with them, and by how much one may say so.
//
// What is compared is what a unit's findings are about. Of N findings with a unit, E = N·p are expected in a category that
// has the share p of its peers' findings; O are observed. With few findings O/E is wild: one finding where 0.2 are expected is
// five times as many and says nothing. So the ratio is taken for one of many ratios that vary by
//
//	1/a = max(τ²_c, τ²) + 1/(T + ½)
//
// around 1: τ²_c is by how much units differ in this category beyond chance, τ² in all categories, and T, the number of the
// peers' findings in the category, says how well p is known. The ratio is then estimated by (O + a) / (E + a), which stays
// near 1 where E is small (Gamma–Poisson shrinkage: D. Clayton and J. Kaldor, Empirical Bayes estimates of age-standardized
// relative risks for use in disease mapping, Biometrics 43 (1987) 671–681; W. DuMouchel, Bayesian data mining in large
// frequency tables, The American Statistician 53 (1999) 177–190).
//
// A category is called notable where counts as far from E as O would be rare among units like these, by the negative binomial
// distribution that goes with the same a, corrected over all categories by Benjamini and Hochberg.
package peers
