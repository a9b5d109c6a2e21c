package synth

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"tongjian/corpus"
)

// inspection is one inspection of a unit and what it found.
type inspection struct {
	unit                 *Unit
	from, to             day
	feedback, published  day
	inspector, committee string // 市委第三巡察组, 市委
	round                string // 六届市委第四轮
	verb                 string // 巡察, or 巡视 by a province
	problems             []problem
}

// problem is one problem that an inspection found.
type problem struct {
	leaf       int // into bank.leaves
	statement  string
	fact       string
	categories []corpus.CategoryCode
	status     status
	measures   []string
	keys       []string // which problem it is, or which two
	admits     bool     // says that it was found before
	mild       bool     // is put more mildly than before
	family     *family  // that it was planted from, nil for others
	stated     bool     // states a problem that may be planted
}

// day is a date.
type day struct{ y, m, d int }

func (d day) iso() corpus.Date { return corpus.Date(fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)) }
func (d day) full() string     { return fmt.Sprintf("%d年%d月%d日", d.y, d.m, d.d) }
func (d day) short() string    { return fmt.Sprintf("%d月%d日", d.m, d.d) }

// inspect makes the round-th inspection of a unit, counted from 0.
func (p *plan) inspect(u, round int, b *bank) *inspection {
	in := &inspection{unit: p.units[u]}
	year := p.year(u, round)
	rng := p.rand("inspection", uint64(u)<<16|uint64(round))
	in.schedule(rng, year)
	f := &filler{rng: rng, unit: in.unit, year: year, details: p.Details}
	n := p.Findings - p.Findings/4 + rng.IntN(p.Findings/2+1)
	for _, e := range p.choose(rng, u, round, n, b) {
		in.problems = append(in.problems, e.fill(f, b))
	}
	if p.Plants.planted() {
		p.plant(in, u, round, b)
	}
	return in
}

// year returns the year of an inspection. Units start in different years, so that every year has inspections.
func (p *plan) year(u, round int) int {
	first := lastYear - p.Years + 1
	spare := p.Years - (p.rounds-1)*p.step
	return first + u*7%spare + round*p.step
}

// schedule sets the dates, the inspectors and the round. The dates of the inspection have one reading even when their signs
// are lost: months of one digit and days of two.
func (in *inspection) schedule(rng *rand.Rand, year int) {
	in.from = day{year, 3 + rng.IntN(3), 13 + rng.IntN(15)}
	in.to = day{year, in.from.m + 2 + rng.IntN(2), 13 + rng.IntN(15)}
	in.feedback = day{year, in.to.m + 1 + rng.IntN(2), 1 + rng.IntN(27)}
	in.published = day{year + 1, 1 + rng.IntN(6), 1 + rng.IntN(27)}
	if in.feedback.m <= 8 && rng.IntN(2) == 0 {
		in.published = day{year, in.feedback.m + 3, 1 + rng.IntN(27)}
	}
	in.verb = "巡察"
	team := numerals[1+rng.IntN(9)]
	in.committee = in.unit.place.word() + "委"
	if in.unit.place.City == "" {
		in.verb = "巡视"
	}
	in.inspector = in.committee + "第" + team + in.verb + "组"
	// Committees sit for five years: 2016, 2021, 2026.
	term := (year - 1) / 5
	in.round = chinese(term-398) + "届" + in.committee + "第" + chinese(((year-1)%5)*2+1+rng.IntN(2)) + "轮"
}

// level returns the level of the committee that sent the inspectors.
func (in *inspection) level() corpus.Level {
	switch {
	case in.unit.place.County != "":
		return corpus.County
	case in.unit.place.City != "":
		return corpus.Municipal
	}
	return corpus.Provincial
}

// entry is a statement that an inspection makes.
type entry struct {
	leaf, statement int
	persists        bool // says itself that the last inspection found it
}

// fill makes the problem that an entry states.
func (e entry) fill(f *filler, b *bank) problem {
	l := &b.leaves[e.leaf]
	s := &l.statements[e.statement]
	p := problem{leaf: e.leaf, statement: f.fill(s.text), fact: f.fill(s.fact)}
	p.categories = append([]corpus.CategoryCode{l.code}, s.further...)
	p.keys, p.stated = []string{e.keyOf(f.unit, b, p.statement)}, b.statesFamily(e)
	if e.persists {
		p.admits = true
		p.statement += comma(b) + "上轮巡察指出后仍未改正"
		p.categories = slices.Insert(p.categories, 1, corpus.CategoryCode("rectification.inspection"))
	}
	p.status = statusOf(f.rng)
	p.measures = measures(f, b, l, p.status.code)
	return p
}

// measures makes what the unit did about a problem of a leaf, up to its status.
func measures(f *filler, b *bank, l *leaf, s corpus.Status) []string {
	var all []string
	for _, m := range f.rng.Perm(len(l.measures))[:1+f.rng.IntN(len(l.measures))] {
		all = append(all, f.fill(l.measures[m]))
	}
	if f.rng.IntN(2) == 0 {
		all = append(all, f.fill(b.extra[f.rng.IntN(len(b.extra))]))
	}
	tails := b.tails
	if s == corpus.InProgress || s == corpus.NotDone {
		tails = tails[:len(tails)-closedTails]
	}
	details, ends := f.rng.Perm(len(b.details)), f.rng.Perm(len(tails))
	for i := range all {
		for range f.details {
			if f.rng.IntN(10) < 8 {
				all[i] += comma(b) + f.fill(b.details[details[0]])
			}
			details = append(details[1:], details[0])
		}
		if f.rng.IntN(10) < 6 {
			all[i] += comma(b) + f.fill(tails[ends[i]])
		}
	}
	return all
}

// comma is the comma of a bank's punctuation.
func comma(b *bank) string {
	if b == fullBank() {
		return "，"
	}
	return ","
}

// status is a status and the words for it.
type status struct {
	code  corpus.Status
	words string
}

// statuses are what documents say of their problems, as often as they say it.
var statuses = []struct {
	share int
	code  corpus.Status
	words []string
}{
	{44, corpus.Done, []string{"已完成", "已完成整改", "已整改到位", "{}月底前已整改完毕", "整改完成"}},
	{24, corpus.DoneSustained, []string{"已完成整改并长期坚持", "立行立改并长期坚持", "已完成并长期坚持"}},
	{16, corpus.Partial, []string{"阶段性完成", "基本完成", "{}月底前已阶段性完成并将长期坚持", "取得阶段性成效"}},
	{11, corpus.InProgress, []string{"正在整改", "持续推进", "正在推进"}},
	{2, corpus.NotDone, []string{"未完成", "尚未完成整改"}},
	{3, corpus.Unstated, []string{""}},
}

// statusOf draws a status.
func statusOf(rng *rand.Rand) status {
	at := rng.IntN(100)
	for _, s := range statuses {
		if at -= s.share; at < 0 {
			words := s.words[rng.IntN(len(s.words))]
			return status{s.code, strings.Replace(words, "{}", fmt.Sprint(9+rng.IntN(4)), 1)}
		}
	}
	return status{corpus.Unstated, ""}
}
