package synth

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// Plants say what is planted for analyses to find: problems that come back in other words, and reports beside the notices
// that answer them. The zero Plants plant nothing.
type Plants struct {
	Repeats int  // how many problems of each unit come back in most of its inspections, in other words each time
	Common  int  // how many problems every other inspection finds, whatever the unit
	Free    bool // take wordings that share hardly a word, in place of such as differ by 40% of their characters or more
	Part    Part // which problems of paraphrases.txt are planted
	// Pairs makes of every inspection a report and the notice that answers it, which leaves some problems out, puts some
	// together or apart, adds some, and puts some mildly.
	Pairs bool
}

// Part is a part of the problems of paraphrases.txt.
type Part int

// The parts. What is tuned is tuned on Tuned; Held is every third problem.
const (
	Whole Part = iota
	Tuned
	Held
)

// planted reports whether anything is planted.
func (s Plants) planted() bool { return s != Plants{} }

// FindingTruth says what a finding of a report is, in the order of Gold.Findings: findings that share a problem state the
// same one.
type FindingTruth struct {
	// Problems are the keys of the problem that it states, or of the two that it puts together.
	Problems []string
	// Admits is set where the text says that the problem was found before.
	Admits bool
	// Mild is set where a notice puts the problem more mildly than the report that it answers.
	Mild bool
}

// family is a problem of paraphrases.txt.
type family struct {
	leaf    int
	key     string
	held    bool
	worded  []statement
	free    []statement
	mild    template
	other   statement // another problem that is easily taken for it
	written []string  // beginnings of statements of statements.txt that state it too
}

// readFamilies reads the lines of paraphrases.txt, whose head says what they mean.
func readFamilies(text string, b *bank, wide bool) []family {
	var out []family
	for line := range strings.Lines(text) {
		mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		said, fact, _ := strings.Cut(rest, " / ")
		if mark == "p" {
			code, key, _ := strings.Cut(rest, " ")
			leaf := slices.IndexFunc(b.leaves, func(l leaf) bool { return l.code == corpus.CategoryCode(code) })
			out = append(out, family{leaf: leaf, key: key, held: len(out)%3 == 2})
			continue
		}
		if len(out) == 0 || mark == "#" {
			continue
		}
		f, s := &out[len(out)-1], statement{text: compile(said, wide), fact: compile(fact, wide)}
		switch mark {
		case "w":
			f.worded = append(f.worded, s)
		case "v":
			f.free = append(f.free, s)
		case "~":
			f.mild = s.text
		case "x":
			f.other = s
		case "o":
			f.written = append(f.written, said)
		}
	}
	return out
}

// wordings returns the wordings that are planted.
func (f *family) wordings(free bool) []statement {
	if free {
		return f.free
	}
	return f.worded
}

// families returns the problems that may be planted.
func (p *plan) families(b *bank) []*family {
	var out []*family
	for i := range b.families {
		if f := &b.families[i]; p.Plants.Part == Whole || f.held == (p.Plants.Part == Held) {
			out = append(out, f)
		}
	}
	return out
}

// plant puts the planted problems of an inspection among the others. Where a problem of the inspection states one that may
// be planted it goes, so that it is known which problems are the same.
func (p *plan) plant(in *inspection, u, round int, b *bank) {
	rng := p.rand("plant", uint64(u)<<16|uint64(round))
	f := &filler{rng: rng, unit: in.unit, year: p.year(u, round), details: p.Details}
	kept := in.problems[:0]
	for _, q := range in.problems {
		if !q.stated {
			kept = append(kept, q)
		}
	}
	in.problems = kept
	for _, c := range p.chosenFamilies(rng, u, round, b) {
		all := c.wordings(p.Plants.Free)
		q := planted(f, b, c.leaf, all[(u+c.leaf+round)%len(all)], c.key)
		q.family = c
		if p.foundBefore(c, u, round, b) && rng.IntN(3) == 0 {
			q.admit(rng, b)
		}
		in.problems = append(in.problems, q)
		if rng.IntN(2) == 0 {
			in.problems = append(in.problems, planted(f, b, c.leaf, c.other, c.key+"-other"))
		}
	}
	slices.SortStableFunc(in.problems, func(a, b problem) int { return a.leaf - b.leaf })
}

// chosenFamilies returns the planted problems that an inspection finds.
func (p *plan) chosenFamilies(rng *rand.Rand, u, round int, b *bank) []*family {
	var out []*family
	for _, c := range p.unitFamilies(u, b) {
		if p.findsFamily(c, u, round) {
			out = append(out, c)
		}
	}
	all := p.families(b)
	for _, i := range p.rand("plant", 1<<40).Perm(len(all))[:min(p.Plants.Common, len(all))] {
		if rng.IntN(2) == 0 && !slices.Contains(out, all[i]) {
			out = append(out, all[i])
		}
	}
	return out
}

// unitFamilies returns the problems of a unit that come back.
func (p *plan) unitFamilies(u int, b *bank) []*family {
	all := p.families(b)
	var out []*family
	for _, i := range p.rand("plant", 1<<41|uint64(u)).Perm(len(all))[:min(p.Plants.Repeats, len(all))] {
		out = append(out, all[i])
	}
	return out
}

// findsFamily reports whether a round finds a problem of a unit that comes back: four of five do.
func (p *plan) findsFamily(c *family, u, round int) bool {
	return p.rand("plant", 1<<42|uint64(u)<<16|uint64(c.leaf)<<8|uint64(round)).IntN(5) > 0
}

// foundBefore reports whether an earlier round of the unit found its problem.
func (p *plan) foundBefore(c *family, u, round int, b *bank) bool {
	if !slices.Contains(p.unitFamilies(u, b), c) {
		return false
	}
	for r := range round {
		if p.findsFamily(c, u, r) {
			return true
		}
	}
	return false
}

// planted makes a problem from a wording.
func planted(f *filler, b *bank, leaf int, s statement, key string) problem {
	l := &b.leaves[leaf]
	q := problem{
		leaf: leaf, statement: f.fill(s.text), fact: f.fill(s.fact), keys: []string{key},
		categories: []corpus.CategoryCode{l.code}, status: statusOf(f.rng),
	}
	q.measures = measures(f, b, l, q.status.code)
	return q
}

// admissions are ways to say that a problem was found before.
var admissions = []string{
	"上一轮巡察指出后仍未整改到位", "上轮巡察反馈后依然存在", "属于屡查屡犯问题", "边改边犯", "上次巡察已经指出,至今没有改正",
}

// admit makes the text say that the problem was found before.
func (q *problem) admit(rng *rand.Rand, b *bank) {
	said := admissions[rng.IntN(len(admissions))]
	if b == fullBank() {
		said = widen.Replace(said)
	}
	q.statement += comma(b) + said
	q.admits = true
}

// workLeaf is the category whose problems are about a line of the unit's work; elsewhere the work is named by the way.
const workLeaf = "politics.duties"

// keyOf returns the key of a statement of statements.txt, with the line of work that it is about.
func (e entry) keyOf(u *Unit, b *bank, said string) string {
	key := string(b.leaves[e.leaf].code) + "/" + strconv.Itoa(e.statement)
	if b.leaves[e.leaf].code == workLeaf && slices.ContainsFunc(b.leaves[e.leaf].statements[e.statement].text, func(p piece) bool { return p.blank == "w" }) {
		for _, w := range u.work {
			if strings.Contains(said, w) {
				key += "/" + w
			}
		}
	}
	return key
}

// statesFamily reports whether a statement of statements.txt states a problem of paraphrases.txt.
func (b *bank) statesFamily(e entry) bool {
	l := &b.leaves[e.leaf]
	return slices.ContainsFunc(b.families, func(f family) bool {
		return f.leaf == e.leaf && slices.ContainsFunc(f.written, func(w string) bool {
			return strings.HasPrefix(l.statements[e.statement].source, w)
		})
	})
}
