package recur_test

import (
	"math/rand/v2"
	"testing"

	"tongjian/analysis/recur"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// groupsOf returns for each finding the group that it is in, "" where it stands alone.
func groupsOf(m *recur.Model, ids map[corpus.FindingID]synth.FindingTruth) map[corpus.FindingID]string {
	out := map[corpus.FindingID]string{}
	for id := range ids {
		if g, _, ok := m.GroupOf(id); ok {
			out[id] = g
		}
	}
	return out
}

// bcubed returns B-cubed precision and recall of groups against the truth: for each finding that only accepts, the share of
// its group that states its problem, and the share of those that state its problem that are in its group (A. Bagga and
// B. Baldwin, Entity-based cross-document coreferencing using the vector space model, COLING-ACL 1998). Findings that state
// two problems are left out.
func (p planted) bcubed(groups map[corpus.FindingID]string, only func(key string) bool) (precision, recall, f1 float64) {
	size, problem, both := map[string]int{}, map[string]int{}, map[string]int{}
	each := func(do func(group, key string)) {
		for id, t := range p.truth {
			if len(t.Problems) != 1 {
				continue
			}
			group := groups[id]
			if group == "" {
				group = "alone " + string(id)
			}
			do(group, t.Problems[0])
		}
	}
	each(func(group, key string) {
		size[group]++
		problem[key]++
		both[group+"\x00"+key]++
	})
	n := 0.0
	each(func(group, key string) {
		if !only(key) {
			return
		}
		n++
		right := float64(both[group+"\x00"+key])
		precision += right / float64(size[group])
		recall += right / float64(problem[key])
	})
	precision, recall = precision/n, recall/n
	return precision, recall, 2 * precision * recall / (precision + recall)
}

func TestCommonProblems(t *testing.T) {
	for _, c := range []struct {
		name string
		synth.Plants
		least float64
	}{
		{"tuned", synth.Plants{Common: 28, Part: synth.Tuned}, 0.85},
		{"held back", synth.Plants{Common: 14, Part: synth.Held}, 0.85},
		{"whole", synth.Plants{Common: 42}, 0.85},
		{"hardly a word in common, tuned", synth.Plants{Common: 28, Part: synth.Tuned, Free: true}, 0.6},
		{"hardly a word in common, held back", synth.Plants{Common: 14, Part: synth.Held, Free: true}, 0.5},
	} {
		p := read(synth.Options{Reports: 120, Units: 60, Years: 8, Seed: 3, Plants: c.Plants})
		m := model(t, p.docs)
		m.Regroup()
		groups := groupsOf(m, p.truth)
		p1, r1, f1 := p.bcubed(groups, reworded)
		p2, r2, f2 := p.bcubed(groups, anyProblem)
		t.Logf("%s: B-cubed precision %.3f recall %.3f F1 %.3f; with all others %.3f %.3f %.3f", c.name, p1, r1, f1, p2, r2, f2)
		if f1 < c.least || f2 < c.least {
			t.Errorf("%s: below %.2f", c.name, c.least)
		}
	}
}

// TestOrderHardlyMatters takes the documents over in other orders: after a regrouping the groups are the same ones, and
// without it nearly.
func TestOrderHardlyMatters(t *testing.T) {
	p := read(synth.Options{Reports: 120, Units: 60, Years: 8, Seed: 3, Plants: synth.Plants{Common: 30}})
	first := model(t, p.docs)
	live := groupsOf(first, p.truth)
	first.Regroup()
	settled := groupsOf(first, p.truth)
	t.Logf("before a regrouping, F1 %.4f of what it is after", p.agree(settled, live))
	for seed := range uint64(2) {
		docs := append([]*corpus.Document{}, p.docs...)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		m := model(t, docs)
		t.Logf("order %d before a regrouping: F1 %.4f", seed, p.agree(live, groupsOf(m, p.truth)))
		m.Regroup()
		if f := p.agree(settled, groupsOf(m, p.truth)); f < 0.9999 {
			t.Errorf("order %d: F1 %.4f against the first", seed, f)
		}
	}
}

// agree returns the B-cubed F1 of one grouping against another.
func (p planted) agree(want, got map[corpus.FindingID]string) float64 {
	q := planted{truth: map[corpus.FindingID]synth.FindingTruth{}}
	for id := range p.truth {
		key := want[id]
		if key == "" {
			key = "alone " + string(id)
		}
		q.truth[id] = synth.FindingTruth{Problems: []string{key}}
	}
	_, _, f := q.bcubed(got, anyProblem)
	return f
}
