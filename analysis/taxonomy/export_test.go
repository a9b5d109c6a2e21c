package taxonomy

import "slices"

// Rules returns the names of all rules, for tests that every rule is exercised.
func (t *Taxonomy) Rules() []string {
	names := make([]string, len(t.program.rules))
	for i, r := range t.program.rules {
		names[i] = r.id
	}
	return names
}

// Fired returns the names of the rules whose patterns occur in any part of a finding, whether or not they decide.
func (t *Taxonomy) Fired(in Input) []string {
	s := t.scratch.Get().(*scratch)
	defer t.scratch.Put(s)
	var names []string
	scan := func(text string, in place) {
		for _, m := range t.program.scan(text, in, s) {
			if id := t.program.rules[m.rule].id; !slices.Contains(names, id) {
				names = append(names, id)
			}
		}
	}
	scan(in.Statement, inStatement)
	scan(in.Account, inAccount)
	for _, h := range in.Headings {
		scan(h, inHeading)
	}
	return names
}

// WithoutModel is the taxonomy with its rules alone.
func (t *Taxonomy) WithoutModel() *Taxonomy {
	rules := &Taxonomy{domains: t.domains, leaves: t.leaves, index: t.index, program: t.program, version: t.version}
	rules.scratch.New = t.scratch.New
	return rules
}

// Embedded is the built-in taxonomy as files, for measuring how long it takes to compile.
var Embedded = embedded

// FitScale fits a scale to judged scores and returns how it shows a probability.
func FitScale(list []Judged) func(float64) float64 { return fitScale(list).shown }
