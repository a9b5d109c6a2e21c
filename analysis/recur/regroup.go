package recur

import (
	"cmp"
	"math"
	"slices"

	"tongjian/corpus/similar"
)

// leastPending is how many forms must have come or gone before a block is regrouped, and dueShare which share of its forms.
const (
	leastPending = 24
	dueShare     = 12
)

// regroupWhereDue regroups the blocks that have changed much.
func (g *grouping) regroupWhereDue() {
	for _, b := range g.blocks {
		if b.pending >= leastPending && b.pending*dueShare >= len(b.forms) {
			b.regroup()
		}
	}
}

// regroupAll regroups every block that has changed.
func (g *grouping) regroupAll() {
	for _, b := range g.blocks {
		if b.pending > 0 {
			b.regroup()
		}
	}
}

// edge is a pair of neighbours.
type edge struct {
	a, b  *form
	score float32
}

// regroup makes the groups of a block anew from its forms. The result depends on the forms alone.
func (b *block) regroup() {
	b.pending = 0
	var edges []edge
	for _, s := range b.forms {
		s.cluster = &cluster{forms: []*form{s}}
		for _, n := range s.near {
			// Where each is the other's neighbour the pair is taken once.
			if s.key < n.form.key || !slices.ContainsFunc(n.form.near, func(o near) bool { return o.form == s }) {
				edges = append(edges, edge{s, n.form, n.score})
			}
		}
	}
	for i, e := range edges {
		if e.a.key > e.b.key {
			edges[i].a, edges[i].b = e.b, e.a
		}
	}
	slices.SortFunc(edges, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.a.key, y.a.key), cmp.Compare(x.b.key, y.b.key))
	})
	refused := map[[2]*cluster]int{}
	for _, e := range edges {
		unite(e.a.cluster, e.b.cluster, refused)
	}
	b.gather()
}

// unite makes two groups one where their members are alike on average. Two that were refused are not asked again until one
// of them has grown by half.
func unite(x, y *cluster, refused map[[2]*cluster]int) {
	if x == y {
		return
	}
	if compareForms(x.forms[0], y.forms[0]) > 0 {
		x, y = y, x
	}
	size := len(x.forms) + len(y.forms)
	if last, known := refused[[2]*cluster{x, y}]; known && size*2 < last*3 {
		return
	}
	if linkage(x, y) < groupThresholds[sameLeaf] {
		refused[[2]*cluster{x, y}] = size
		return
	}
	if len(x.forms) < len(y.forms) {
		x, y = y, x
	}
	x.forms = append(x.forms, y.forms...)
	slices.SortFunc(x.forms, compareForms)
	for _, s := range y.forms {
		s.cluster = x
	}
}

// gather lists the block's groups by their first form.
func (b *block) gather() {
	b.clusters = b.clusters[:0]
	for _, s := range b.forms {
		if s.cluster.forms[0] == s {
			b.clusters = append(b.clusters, s.cluster)
		}
	}
	slices.SortFunc(b.clusters, func(x, y *cluster) int { return compareForms(x.forms[0], y.forms[0]) })
}

// founder is the finding of the group that came first.
func (c *cluster) founder() *fact {
	var first *fact
	for _, s := range c.forms {
		if first == nil || compareFacts(s.facts[0], first) < 0 {
			first = s.facts[0]
		}
	}
	return first
}

// medoid is the form that is most like all others of the group, each counting as often as it is stated; of large groups the
// most stated forms are compared.
func (c *cluster) medoid() *form {
	forms := slices.Clone(c.forms)
	slices.SortFunc(forms, func(a, b *form) int {
		return cmp.Or(cmp.Compare(len(b.facts), len(a.facts)), compareForms(a, b))
	})
	forms = forms[:min(len(forms), 48)]
	best, most := forms[0], math.Inf(-1)
	for _, a := range forms {
		sum := 0.0
		for _, b := range forms {
			sum += similar.Score(a.profile, b.profile) * float64(len(b.facts))
		}
		if sum > most {
			best, most = a, sum
		}
	}
	return best
}
