package compare

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tongjian/corpus"
)

// Threshold is the similarity from which two findings of the same category are called alike. Of the pairs in the tests,
// most statements that say the same in other words lie above 0.45, different faults of one field, and the same fault of
// different work (…工作推进缓慢), below 0.35. A false match costs more than a missed one.
const Threshold = 0.42

// background is added to the number of findings, so that among few findings what two share is not already common.
const background = 100

// edge is a pair of like findings on different sides.
type edge struct {
	a, b  place
	score float64
}

// bigrams returns the distinct pairs of neighbouring characters of a statement, blanks and punctuation left out. A
// statement of one character is its own only element.
func bigrams(statement string) []string {
	var runes []rune
	for _, r := range withoutAdmission(statement) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			runes = append(runes, unicode.ToLower(r))
		}
	}
	if len(runes) == 1 {
		return []string{string(runes)}
	}
	var out []string
	for i := 1; i < len(runes); i++ {
		out = append(out, string(runes[i-1:i+1]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// withoutAdmission leaves out the clauses that say that a problem is old (上轮巡察指出后仍未改正): two old problems are not
// the same one. A statement that says nothing else stays whole.
func withoutAdmission(statement string) string {
	var kept strings.Builder
	for clause := range strings.FieldsFuncSeq(statement, func(r rune) bool { return strings.ContainsRune("，,；;。", r) }) {
		if !admission.MatchString(clause) {
			kept.WriteString(clause)
		}
	}
	if kept.Len() == 0 {
		return statement
	}
	return kept.String()
}

// admission is a clause about an earlier inspection or audit.
var admission = regexp.MustCompile(`(上一?轮|上一?次|前[一几]?轮|以往).*(巡|审计|检查|指出|反馈|反映|整改)`)

// collection holds the findings of all sides as weighted sets of bigrams.
type collection struct {
	places   []place
	grams    [][]string
	weight   map[string]float64 // squared
	norm     []float64          // sum of the weights of a finding's bigrams
	postings map[string][]int
}

// collect weighs each bigram by the square of w = ln(1 + (N + background)/n), N findings in all, n of them with the
// bigram; those of formulas by less.
func collect(sides []Side) *collection {
	c := &collection{weight: map[string]float64{}, postings: map[string][]int{}}
	for s, side := range sides {
		for i, f := range side {
			grams := bigrams(f.Statement)
			for _, g := range grams {
				c.postings[g] = append(c.postings[g], len(c.places))
			}
			c.places, c.grams = append(c.places, place{s, i}), append(c.grams, grams)
		}
	}
	formula := formulaBigrams()
	for g, in := range c.postings {
		w := math.Log1p(float64(len(c.places)+background) / float64(len(in)))
		c.weight[g] = w * w
		if formula[g] {
			c.weight[g] *= formulaWeight
		}
	}
	for _, grams := range c.grams {
		sum := 0.0
		for _, g := range grams {
			sum += c.weight[g]
		}
		c.norm = append(c.norm, sum)
	}
	return c
}

// edges returns all pairs of like findings on different sides, the most similar first. Similarity is the Dice
// coefficient of the statements as vectors of weights,
//
//	2 a·b / (a·a + b·b)  =  2 Σ w(g)², g in both  /  (Σ w(g)², g in a  +  Σ w(g)², g in b)
//
// after L. R. Dice, Measures of the amount of ecologic association between species, Ecology 26 (1945) 297–302, and
// G. Salton and M. J. McGill, Introduction to Modern Information Retrieval (1983), section 6.1.
func (c *collection) edges(sides []Side) []edge {
	var out []edge
	shared := make([]float64, len(c.places))
	for i, grams := range c.grams {
		var touched []int
		for _, g := range grams {
			// Postings ascend, and a pair is looked at from its first finding only.
			in := c.postings[g]
			from, _ := slices.BinarySearch(in, i+1)
			for _, j := range in[from:] {
				if shared[j] == 0 {
					touched = append(touched, j)
				}
				shared[j] += c.weight[g]
			}
		}
		a := c.places[i]
		for _, j := range touched {
			b, score := c.places[j], 2*shared[j]/(c.norm[i]+c.norm[j])
			shared[j] = 0
			if a.side != b.side && score >= Threshold && alike(sides[a.side][a.at], sides[b.side][b.at]) {
				out = append(out, edge{a, b, score})
			}
		}
	}
	slices.SortFunc(out, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.score, x.score), comparePlaces(x.a, y.a), comparePlaces(x.b, y.b))
	})
	return out
}

func comparePlaces(p, q place) int {
	return cmp.Or(cmp.Compare(p.side, q.side), cmp.Compare(p.at, q.at))
}

// alike reports whether two findings share a category, or both have none.
func alike(a, b Finding) bool {
	return len(common(a, b)) > 0 || len(a.Categories) == 0 && len(b.Categories) == 0
}

// common returns the categories that two findings share, in the order of the first.
func common(a, b Finding) []corpus.CategoryCode {
	var out []corpus.CategoryCode
	for _, c := range a.Categories {
		if slices.Contains(b.Categories, c) {
			out = append(out, c)
		}
	}
	return out
}
