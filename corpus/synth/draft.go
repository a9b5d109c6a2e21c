package synth

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"tongjian/corpus"
)

// draft is one document while it is written: its lines and its gold.
type draft struct {
	*inspection
	bank  *bank
	rng   *rand.Rand
	flaw  flaw
	fill  *filler
	web   bool // printed from a web page, with the page's furniture
	body  strings.Builder
	gold  Gold
	truth []FindingTruth
	// totals is a paragraph of totals to write, planted what was put in beside what the inspection found.
	totals  *Totals
	planted *Planted
	date    corpus.Date // the 发布日期 of the page, "" where there is none
	lead    []string    // lines between furniture and body: the title
}

// write writes the document in a form.
func (d *draft) write(f form) {
	d.fill = &filler{rng: d.rng, unit: d.unit, year: d.from.y}
	d.web = f.html || d.rng.IntN(2) == 0
	d.gold = Gold{
		DocType: f.docType, Unit: corpus.Fact(d.unit.Name), Level: d.level(), Inspector: corpus.Fact(d.inspector),
		InspectionFrom: d.from.iso(), InspectionTo: d.to.iso(), FeedbackDate: d.feedback.iso(), Year: corpus.Year(d.from.y),
	}
	d.setRegion()
	f.write(d)
}

// setRegion states the region. The unit's name alone does not say at which level a place lies that nobody knows.
func (d *draft) setRegion() {
	p := d.unit.place
	if d.placeAbsent() {
		return
	}
	d.gold.Region = corpus.Region{Province: corpus.Fact(p.Province), City: corpus.Fact(p.City), County: corpus.Fact(p.County)}
}

// placeAbsent reports whether the text names no place but in the unit's name.
func (d *draft) placeAbsent() bool {
	return d.flaw == placeAbsent && d.unit.place.City != "" && d.unit.place.County == ""
}

// sender names the committee that sent the inspectors, with its place where the document says it.
func (d *draft) sender() string {
	if d.placeAbsent() {
		return d.committee
	}
	return d.unit.place.full() + "委"
}

// w returns a text of the program in the document's punctuation.
func (d *draft) w(text string) string {
	if d.bank == fullBank() {
		return widen.Replace(text)
	}
	return text
}

// line writes one line of the body.
func (d *draft) line(parts ...string) {
	for _, p := range parts {
		d.body.WriteString(p)
	}
	d.body.WriteByte('\n')
}

// say writes one line of the program's own words: a format in half-width punctuation.
func (d *draft) say(format string, args ...any) { d.line(d.w(fmt.Sprintf(format, args...))) }

// one draws one of several texts.
func (d *draft) one(texts ...string) string { return texts[d.rng.IntN(len(texts))] }

// template draws one of several templates and fills it.
func (d *draft) template(texts []template) string { return d.fill.fill(texts[d.rng.IntN(len(texts))]) }

// title sets the document's title.
func (d *draft) title(text string) {
	d.lead = append(d.lead, text)
	d.gold.Title = corpus.Fact(text)
}

// publish dates the document: by the page where it is one, else by the signature.
func (d *draft) publish(signature string) {
	switch {
	case d.web:
		d.date = d.published.iso()
		d.gold.PublicationDate = d.date
		d.line("")
		d.line(signature)
	case d.rng.IntN(4) > 0:
		d.gold.PublicationDate = d.published.iso()
		d.line("")
		d.line(signature)
		d.line(d.published.full())
	}
}

// period writes the time of the inspection, damaged where the document is.
func (d *draft) period() string {
	if d.flaw == dateDamaged {
		return fmt.Sprintf("%d%d%d日至%d%d日", d.from.y, d.from.m, d.from.d, d.to.m, d.to.d)
	}
	return d.from.full() + "至" + d.to.short()
}

// group is a run of problems under one heading.
type group struct {
	heading  string
	problems []problem
	groups   []group
}

// aspects groups the problems by domain, under headings that name writes.
func (d *draft) aspects(name func(*domain) string) []group {
	var groups []group
	last := -1
	for _, p := range d.problems {
		if at := d.bank.leaves[p.leaf].domain; at != last {
			last = at
			groups = append(groups, group{heading: name(&d.bank.domains[at])})
		}
		g := &groups[len(groups)-1]
		g.problems = append(g.problems, p)
	}
	return groups
}

// items groups the problems of an aspect by leaf, under the leaf's headings.
func (d *draft) items(problems []problem) []group {
	var groups []group
	last := -1
	for _, p := range problems {
		if p.leaf != last {
			last = p.leaf
			groups = append(groups, group{heading: d.template(d.bank.leaves[p.leaf].items)})
		}
		g := &groups[len(groups)-1]
		g.problems = append(g.problems, p)
	}
	return groups
}

// aspectName and focusName are the two ways to name an aspect.
func (d *draft) aspectName(m *domain) string { return d.template(m.aspects) }
func (d *draft) focusName(m *domain) string  { return d.fill.fill(m.focus) }

// found adds a finding to the gold, with the status that the document prints for it; "" where it prints none.
func (d *draft) found(p problem, label string, path []string, statusText string, measures int) {
	f := Finding{
		Label: corpus.Fact(label), Path: append([]string{}, path...), Statement: p.statement, Status: corpus.Unstated,
		StatusText: corpus.Fact(statusText), Measures: measures, Categories: p.categories,
	}
	if statusText != "" {
		f.Status = p.status.code
	}
	d.gold.Findings = append(d.gold.Findings, f)
	d.truth = append(d.truth, FindingTruth{Problems: p.keys, Admits: p.admits, Mild: p.mild})
}

// declare returns how many problems the document declares, and records it.
func (d *draft) declare() int {
	n := len(d.problems)
	if d.flaw == countOff {
		n += 2
	}
	d.gold.Declared.Problems = &n
	return n
}

// rectified counts the problems that the inspection's unit calls done, and records it.
func (d *draft) rectified() int {
	n := 0
	for _, p := range d.problems {
		if p.status.code == corpus.Done || p.status.code == corpus.DoneSustained {
			n++
		}
	}
	d.gold.Declared.Rectified = &n
	return n
}
