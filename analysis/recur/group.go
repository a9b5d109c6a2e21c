package recur

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"tongjian/corpus"
	"tongjian/corpus/similar"
)

const (
	// neighbours is how many of its nearest a statement keeps, and so how many pairs grouping starts from.
	neighbours = 12
	// spokesmen is how many members of each group are compared where it is asked whether two groups are one.
	spokesmen = 6
)

// form is a statement as findings of one category state it: findings whose statements have the same features share one.
type form struct {
	key     uint64
	id      corpus.FindingID // the key as an identifier, for the index
	profile similar.Profile
	facts   []*fact // in the order in which they came
	near    []near  // nearest first
	cluster *cluster
}

// group is the group that the form is in; a statement without features has no form and no group.
func (s *form) group() *cluster {
	if s == nil {
		return nil
	}
	return s.cluster
}

// near is a neighbour of a form.
type near struct {
	form  *form
	score float32
}

func compareNear(a, b near) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.form.key, b.form.key))
}

// cluster is a group of forms.
type cluster struct {
	forms []*form // by key
}

// block is the forms of one category. Groups never reach over blocks.
type block struct {
	index    *similar.Index
	forms    map[uint64]*form
	clusters []*cluster // those that a regrouping made, then those that came since; emptied ones stay until the next
	pending  int        // forms that came or went since
}

// grouping is the groups of all findings.
type grouping struct {
	blocks map[corpus.CategoryCode]*block
}

func newGrouping() *grouping { return &grouping{blocks: map[corpus.CategoryCode]*block{}} }

// add enters a finding. One whose statement is known joins it; a new statement joins the nearest group or begins one.
func (g *grouping) add(f *fact) {
	if f.profile.Empty() {
		return
	}
	b := g.blocks[f.main()]
	if b == nil {
		b = &block{index: similar.NewIndex(), forms: map[uint64]*form{}}
		g.blocks[f.main()] = b
	}
	key := f.profile.Key()
	s := b.forms[key]
	if s == nil {
		s = &form{key: key, id: corpus.FindingID(fmt.Sprintf("%016x", key)), profile: f.profile}
		b.enter(s)
	}
	f.form, f.profile = s, s.profile
	at, _ := slices.BinarySearchFunc(s.facts, f, compareFacts)
	s.facts = slices.Insert(s.facts, at, f)
}

// remove takes a finding out.
func (g *grouping) remove(f *fact) {
	s := f.form
	if s == nil {
		return
	}
	f.form = nil
	s.facts = slices.DeleteFunc(s.facts, func(o *fact) bool { return o == f })
	if len(s.facts) == 0 {
		g.blocks[f.main()].leave(s)
	}
}

// enter takes up a new form: it finds its neighbours, becomes theirs, and joins a group.
func (b *block) enter(s *form) {
	s.near = b.nearest(s)
	b.forms[s.key] = s
	b.index.Add(s.id, s.profile)
	for _, n := range s.near {
		n.form.meet(near{s, n.score})
	}
	b.join(s)
	b.pending++
}

// nearest returns the neighbours of a form.
func (b *block) nearest(s *form) []near {
	var out []near
	for _, m := range b.index.Search(s.profile, neighbours+1, nil) {
		other := b.forms[keyOf(m.ID)]
		if other != nil && other != s && m.Score >= groupThresholds[sameLeaf] {
			out = append(out, near{other, float32(m.Score)})
		}
	}
	slices.SortFunc(out, compareNear)
	return out[:min(len(out), neighbours)]
}

// keyOf reads the identifier of a form.
func keyOf(id corpus.FindingID) uint64 {
	var key uint64
	for _, c := range []byte(id) {
		digit := uint64(c - '0')
		if c >= 'a' {
			digit = uint64(c-'a') + 10
		}
		key = key<<4 | digit
	}
	return key
}

// meet takes up a neighbour, in place of the furthest where there are too many.
func (s *form) meet(n near) {
	at, _ := slices.BinarySearchFunc(s.near, n, compareNear)
	if at < neighbours {
		s.near = slices.Insert(s.near, at, n)
		s.near = s.near[:min(len(s.near), neighbours)]
	}
}

// join puts a form into the group that it is most like on average, or into one of its own.
func (b *block) join(s *form) {
	alone := &cluster{forms: []*form{s}}
	best, most := (*cluster)(nil), -1.0
	tried := map[*cluster]bool{}
	for _, n := range s.near {
		c := n.form.cluster
		if c == nil || tried[c] {
			continue
		}
		tried[c] = true
		if l := linkage(alone, c); l >= groupThresholds[sameLeaf] && l > most {
			best, most = c, l
		}
	}
	if best == nil {
		b.clusters = append(b.clusters, alone)
		s.cluster = alone
		return
	}
	best.take(s)
}

func (c *cluster) take(s *form) {
	at, _ := slices.BinarySearchFunc(c.forms, s, compareForms)
	c.forms = slices.Insert(c.forms, at, s)
	s.cluster = c
}

func compareForms(a, b *form) int { return cmp.Compare(a.key, b.key) }

// leave takes a form out that no finding states any more.
func (b *block) leave(s *form) {
	delete(b.forms, s.key)
	b.index.Remove(s.id)
	c := s.cluster
	c.forms = slices.DeleteFunc(c.forms, func(o *form) bool { return o == s })
	for _, o := range b.forms {
		if slices.ContainsFunc(o.near, func(n near) bool { return n.form == s }) {
			o.near = b.nearest(o)
		}
	}
	b.pending++
}

// linkage is the average likeness of the members of two groups, of spokesmen where they are large.
func linkage(a, b *cluster) float64 {
	sum, n := 0.0, 0
	for _, x := range a.spokesmen() {
		for _, y := range b.spokesmen() {
			sum += similar.Score(x.profile, y.profile)
			n++
		}
	}
	return sum / float64(n)
}

// spokesmen returns members spread evenly over the group.
func (c *cluster) spokesmen() []*form {
	if len(c.forms) <= spokesmen {
		return c.forms
	}
	out := make([]*form, spokesmen)
	for i := range out {
		out[i] = c.forms[i*len(c.forms)/spokesmen]
	}
	return out
}

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
