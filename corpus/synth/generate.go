package synth

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"tongjian/corpus"
)

// Options say what corpus to make. Zero fields mean the defaults.
type Options struct {
	Reports  int    // how many reports; DefaultReports
	Seed     uint64 // another seed gives another corpus; 0 is a seed like any other
	Units    int    // how many units they are about, at most MaxUnits; DefaultUnits, or one for six reports
	Years    int    // how many years they come from, up to 2024; DefaultYears
	Findings int    // about how many problems an inspection finds; DefaultFindings
	Details  int    // how many clauses tell more of each measure, about: more make longer texts; DefaultDetails
	Plants   Plants // what is planted for analyses to find

	// Copies is how many in a hundred rectification notices have a measure copied from an earlier notice, and Totals how
	// many have a paragraph of totals, which may contradict itself. Report.Planted says which have; 0 plants none.
	Copies int
	Totals int
	// Level makes every category as frequent in all years: no trend is planted.
	Level bool
}

// The defaults make the sample corpus.
const (
	DefaultReports  = 72
	DefaultUnits    = 12
	DefaultYears    = 5
	DefaultFindings = 14
	DefaultDetails  = 1
)

// MaxUnits is how many units there are.
const MaxUnits = 4609

// lastYear is the year of the latest inspections.
const lastYear = 2024

// withDefaults fills in what is left out.
func (o Options) withDefaults() Options {
	set := func(field *int, value, most int) {
		if *field <= 0 {
			*field = value
		}
		*field = min(*field, most)
	}
	set(&o.Reports, DefaultReports, 1<<30)
	set(&o.Units, max(DefaultUnits, (o.Reports+5)/6), MaxUnits)
	set(&o.Years, DefaultYears, 50)
	set(&o.Findings, DefaultFindings, 80)
	set(&o.Details, DefaultDetails, 3)
	return o
}

// Report is one made-up document: a file and its truth.
type Report struct {
	Name string // of the file, without folders
	Data []byte
	Gold Gold
	// Inspection names the inspection that it comes from: reports of the same inspection share it.
	Inspection string
	// Truth says, in the order of Gold.Findings, which problem each finding states.
	Truth []FindingTruth
	// Planted says what Options.Copies and Options.Totals put in; nil where they put in nothing.
	Planted *Planted
}

// Gold is what a careful reader takes from a report. Its JSON is the shape of the gold files.
type Gold struct {
	Source          string         `json:"source"`
	DocType         corpus.DocType `json:"doc_type"`
	Title           corpus.Fact    `json:"title"`
	Unit            corpus.Fact    `json:"unit"`
	PartyBody       corpus.Fact    `json:"party_body"`
	Region          corpus.Region  `json:"region"`
	Level           corpus.Level   `json:"level"`
	Inspector       corpus.Fact    `json:"inspector"`
	Round           corpus.Fact    `json:"round"`
	InspectionFrom  corpus.Date    `json:"inspection_from"`
	InspectionTo    corpus.Date    `json:"inspection_to"`
	FeedbackDate    corpus.Date    `json:"feedback_date"`
	PublicationDate corpus.Date    `json:"publication_date"`
	Year            corpus.Year    `json:"year"`
	Declared        Declared       `json:"declared"`
	Findings        []Finding      `json:"findings"`
}

// Declared holds the totals that the text states; nil where it does not.
type Declared struct {
	Problems  *int `json:"problems"`
	Items     *int `json:"items"`
	Aspects   *int `json:"aspects"`
	Rectified *int `json:"rectified"`
}

// Finding is one problem of a report as the gold files have it.
type Finding struct {
	Label      corpus.Fact           `json:"label"`
	Path       []string              `json:"path"`
	Statement  string                `json:"statement"`
	Status     corpus.Status         `json:"status"`
	StatusText corpus.Fact           `json:"status_text"`
	Measures   int                   `json:"measures"`
	Categories []corpus.CategoryCode `json:"categories"`
}

// Generate makes the reports of a corpus one after the other. The sequence may be run again and gives the same reports.
func Generate(o Options) iter.Seq[Report] {
	o = o.withDefaults()
	return func(yield func(Report) bool) {
		p := newPlan(o)
		for i := range o.Reports {
			if !yield(p.report(i)) {
				return
			}
		}
	}
}

// plan says which inspection each report is about.
type plan struct {
	Options
	units  []*Unit
	rounds int // inspections of each unit
	step   int // years between them
}

func newPlan(o Options) *plan {
	p := &plan{Options: o, units: Units(o.Units)}
	p.rounds = min(o.Years, (o.Reports+o.Units-1)/o.Units)
	if o.Plants.Pairs {
		p.rounds = max(1, min(o.Years, (o.Reports/2+o.Units-1)/o.Units))
	}
	p.step = max(1, o.Years/p.rounds)
	return p
}

// report makes the i-th report, counted from 0.
func (p *plan) report(i int) Report {
	if p.Plants.Pairs {
		return p.paired(i)
	}
	u, round, form := p.which(i)
	in := p.inspect(u, round, bankFor(i))
	d := &draft{inspection: in, rng: p.rand("draft", uint64(i)), bank: bankFor(i), flaw: flawOf(i)}
	p.plantAnswers(i, d, form)
	d.write(form)
	return d.report(i, form, u, round)
}

// report returns the finished document as the i-th report.
func (d *draft) report(i int, f form, u, round int) Report {
	name := fmt.Sprintf("synth-%05d%s", i+1, f.extension())
	d.gold.Source = name
	return Report{Name: name, Data: f.encode(d, i), Gold: d.gold, Inspection: fmt.Sprintf("%d/%d", u, round), Truth: d.truth, Planted: d.planted}
}

// which says which inspection of which unit the i-th report is about, and in what form.
func (p *plan) which(i int) (u, round int, f form) {
	u = i % len(p.units)
	turn := i / len(p.units)
	round, copy := turn%p.rounds, turn/p.rounds
	f = forms[(u*5+round*7)%len(forms)]
	switch {
	case copy > len(companions):
		f = forms[(u*5+round*7+copy)%len(forms)]
	case copy > 0:
		f = companions[(u+copy)%len(companions)]
	}
	return u, round, f
}

// bankFor says whether the i-th report is printed in half- or full-width punctuation.
func bankFor(i int) *bank {
	if i%3 == 1 {
		return fullBank()
	}
	return halfBank()
}

// streams keeps the random numbers of different purposes apart.
var streams = map[string]uint64{"inspection": 1, "draft": 2, "unit": 3, "plant": 4}

// rand returns the random numbers for one purpose and one thing.
func (p *plan) rand(purpose string, which uint64) *rand.Rand {
	return rand.New(rand.NewPCG(p.Seed, streams[purpose]<<48|which))
}

// flaw is what is wrong with a document.
type flaw int

const (
	sound       flaw = iota
	countOff         // declares another number of problems than it states
	dateDamaged      // the signs for year and month are lost in the dates of the inspection
	placeAbsent      // names no place but the unit's own
)

// flawOf spreads the flaws over the reports.
func flawOf(i int) flaw {
	switch i % 18 {
	case 4:
		return countOff
	case 8:
		return dateDamaged
	case 13, 16:
		return placeAbsent
	}
	return sound
}
