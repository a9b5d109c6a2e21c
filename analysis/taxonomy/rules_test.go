package taxonomy_test

import (
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
)

// TestEveryRuleIsHit fails on a rule that no labelled statement exercises: nobody would notice when it breaks.
func TestEveryRuleIsHit(t *testing.T) {
	tx := load(t)
	hit := map[string]bool{}
	for _, e := range readExamples(t, "training/*.txt") {
		for _, name := range tx.Fired(e.Input) {
			hit[name] = true
		}
	}
	for _, name := range tx.Rules() {
		if !hit[name] {
			t.Errorf("rule %s is hit by no labelled statement", name)
		}
	}
}

// TestEveryLeafHasNearMisses fails on a leaf without a statement that tempts its rules and is labelled otherwise.
func TestEveryLeafHasNearMisses(t *testing.T) {
	tx := load(t)
	misses := map[string]int{}
	for _, e := range readExamples(t, "training/*.txt") {
		got := codesOf(tx.Classify(e.Input))
		if !sameSet(got, e.Want) {
			continue
		}
		for _, name := range tx.Fired(e.Input) {
			leaf, _, _ := strings.Cut(name, "/")
			if !slices.ContainsFunc(e.Want, func(c corpus.CategoryCode) bool { return string(c) == leaf }) {
				misses[leaf]++
			}
		}
	}
	for _, d := range tx.Domains() {
		for _, l := range d.Leaves {
			if misses[string(l.Code)] == 0 {
				t.Errorf("%s has no near miss", l.Code)
			}
		}
	}
}
