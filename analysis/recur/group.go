package recur

import (
	"cmp"
	"fmt"
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
	key := f.key
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
