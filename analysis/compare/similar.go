package compare

import (
	"cmp"
	"slices"

	"tongjian/corpus"
	"tongjian/corpus/similar"
)

// Threshold is the similarity, as package similar has it, from which two findings of the same category are called alike. Of
// the pairs in the tests, statements that say the same in other words lie above 0.6, different faults of one field, and
// the same fault of different work (…工作推进缓慢), below 0.4. A false match costs more than a missed one.
const Threshold = 0.45

// edge is a pair of like findings on different sides.
type edge struct {
	a, b  place
	score float64
}

// collection holds the findings of all sides as they are compared.
type collection struct {
	places   []place
	profiles []similar.Profile
	// byCategory lists the findings that carry a category, under "" those that carry none.
	byCategory map[corpus.CategoryCode][]int
}

func collect(sides []Side) *collection {
	c := &collection{byCategory: map[corpus.CategoryCode][]int{}}
	for s, side := range sides {
		for i, f := range side {
			at := len(c.places)
			c.places, c.profiles = append(c.places, place{s, i}), append(c.profiles, similar.Of(f.Statement))
			if len(f.Categories) == 0 {
				c.byCategory[""] = append(c.byCategory[""], at)
			}
			for k, code := range f.Categories {
				if !slices.Contains(f.Categories[:k], code) {
					c.byCategory[code] = append(c.byCategory[code], at)
				}
			}
		}
	}
	return c
}

// edges returns all pairs of like findings on different sides, the most similar first.
func (c *collection) edges() []edge {
	best := map[[2]int]float64{}
	for _, in := range c.byCategory {
		for k, j := range in {
			for _, i := range in[:k] {
				pair := [2]int{i, j}
				if _, known := best[pair]; known || c.places[i].side == c.places[j].side {
					continue
				}
				if s := similar.Score(c.profiles[i], c.profiles[j]); s >= Threshold {
					best[pair] = s
				}
			}
		}
	}
	out := make([]edge, 0, len(best))
	for pair, score := range best {
		out = append(out, edge{c.places[pair[0]], c.places[pair[1]], score})
	}
	slices.SortFunc(out, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.score, x.score), comparePlaces(x.a, y.a), comparePlaces(x.b, y.b))
	})
	return out
}

func comparePlaces(p, q place) int {
	return cmp.Or(cmp.Compare(p.side, q.side), cmp.Compare(p.at, q.at))
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
