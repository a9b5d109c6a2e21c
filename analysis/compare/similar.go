package compare

import (
	"cmp"
	"math"
	"slices"
	"unicode"

	"tongjian/corpus"
)

// Threshold is the similarity from which two findings of the same category are called alike. Of the pairs in the tests,
// statements that say the same in other words lie above 0.44, different faults of one field below 0.28; it stands
// nearer to the former, for a false match costs more than a missed one.
const Threshold = 0.4

// edge is a pair of like findings on different sides.
type edge struct {
	a, b  place
	score float64
}

// bigrams returns the distinct pairs of neighbouring characters of a statement, blanks and punctuation left out. A
// statement of one character is its own only element.
func bigrams(statement string) []string {
	var runes []rune
	for _, r := range statement {
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

// collection holds the findings of all sides as weighted sets of bigrams.
type collection struct {
	places   []place
	grams    [][]string
	weight   map[string]float64
	norm     []float64 // sum of the weights of a finding's bigrams
	postings map[string][]int
}

// collect weighs each bigram by ln(1 + N/n), N findings in all, n of them with the bigram.
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
	for g, in := range c.postings {
		c.weight[g] = math.Log1p(float64(len(c.places)) / float64(len(in)))
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

// edges returns all pairs of like findings on different sides, the most similar first. Similarity is the weighted Dice
// coefficient,
//
//	2 Σ w(g), g in both  /  (Σ w(g), g in a  +  Σ w(g), g in b)
//
// after L. R. Dice, Measures of the amount of ecologic association between species, Ecology 26 (1945) 297–302.
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
