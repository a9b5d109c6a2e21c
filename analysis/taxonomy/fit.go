package taxonomy

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"slices"
	"strings"

	"tongjian/analysis/taxonomy/linear"
	"tongjian/corpus"
)

// keptOf10 of ten statements by other authors are kept: rules are never written against them, so how far rules can be
// trusted, and what a score is worth, is learned from them.
const keptOf10 = 3

// trainingOptions were chosen by what they do for statements by authors left out.
var trainingOptions = linear.Options{Cost: 2, MinCount: 2, Least: 5}

// observation is a labelled finding with the signals that a model gives which has read nothing by its author.
type observation struct {
	example Example
	author  int
	rows    [][signalCount]float64
}

// Training is what Train learned, with what tells how good it is.
type Training struct {
	File []byte // the content of model.bin
	Held []Held
}

// Held is a labelled finding of the training data with the categories that it gets when nothing by its author has been
// read: neither by the model nor when the signals were weighed.
type Held struct {
	Example
	Author string // name of the author's file without its ending
	Found  []corpus.Category
}

// Train learns a model from the labelled findings of training/. Every other author's findings are also judged by a model
// trained without them, which shows what to expect of statements by authors not yet known.
func Train(fsys fs.FS) (Training, error) {
	t, _, err := loadRules(fsys)
	if err != nil {
		return Training{}, err
	}
	own, others, err := t.trainingData(fsys)
	if err != nil {
		return Training{}, err
	}
	authors := authorsOf(others)
	judges := make([]*judge, len(authors))
	var observed []observation
	for k, name := range authors {
		judges[k] = &judge{linear: t.learn(own, others, func(e Example) bool { return author(e) != name })}
		observed = append(observed, t.observe(judges[k].linear, others, k, name)...)
	}
	final := &judge{linear: t.learn(own, others, func(Example) bool { return true })}
	final.weights = t.weigh(observed, func(observation) bool { return true })
	for k := range judges {
		judges[k].weights = t.weigh(observed, func(o observation) bool { return o.author != k })
	}
	result := Training{Held: t.scaled(judges, final, others, authors)}
	result.File, err = t.appendModel(final)
	return result, err
}

// scaled fits what turns probabilities into scores, for every judge to the findings that it has not seen and that are not
// those it is going to judge, and returns the findings as they are judged then.
func (t *Taxonomy) scaled(judges []*judge, final *judge, others []Example, authors []string) []Held {
	raw := make([][]Judged, len(judges))
	for k, name := range authors {
		for _, h := range t.judgedBy(judges[k], others, name) {
			raw[k] = append(raw[k], Judged{Score: h.Found[0].Score, Right: h.Found[0].Code == h.Want[0]})
		}
	}
	final.scores = fitScale(slices.Concat(raw...))
	var held []Held
	for k, name := range authors {
		judges[k].scores = fitScale(slices.Concat(slices.Concat(raw[:k]...), slices.Concat(raw[k+1:]...)))
		held = append(held, t.judgedBy(judges[k], others, name)...)
	}
	return held
}

// author is the name of the file that an example stands in.
func author(e Example) string {
	name, _, _ := strings.Cut(path.Base(e.Where), ".")
	return name
}

func authorsOf(list []Example) []string {
	var names []string
	for _, e := range list {
		if name := author(e); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// learn trains a linear model on all of the rules' author's findings and those of others that use accepts.
func (t *Taxonomy) learn(own, others []Example, use func(Example) bool) *linear.Model {
	training := slices.Clone(own)
	for _, e := range others {
		if use(e) {
			training = append(training, e)
		}
	}
	return linear.Train(t.modelExamples(training), len(t.leaves), trainingOptions)
}

// judgedBy classifies the findings of one author.
func (t *Taxonomy) judgedBy(j *judge, others []Example, name string) []Held {
	with := &Taxonomy{domains: t.domains, leaves: t.leaves, index: t.index, program: t.program, version: t.version, judge: j}
	with.scratch.New = t.scratch.New
	var list []Held
	for _, e := range others {
		if author(e) == name {
			list = append(list, Held{Example: e, Author: name, Found: with.Classify(e.Input)})
		}
	}
	return list
}

// trainingData returns the findings of the rules' author (*.txt) and those of others (*.jsonl).
func (t *Taxonomy) trainingData(fsys fs.FS) (own, others []Example, err error) {
	for _, pattern := range []string{"training/*.txt", "training/*.jsonl"} {
		list, err := ReadExamples(fsys, pattern)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range list {
			for _, code := range e.Want {
				if _, ok := t.index[code]; !ok {
					return nil, nil, invalid(e.Where, 0, fmt.Sprintf("未知的类别 %q", code), nil)
				}
			}
			if path.Ext(pattern) == ".jsonl" {
				others = append(others, e)
			} else {
				own = append(own, e)
			}
		}
	}
	return own, others, nil
}

// draw gives every statement a number below n that depends on nothing but its words and the purpose.
func draw(purpose, statement string, n uint32) int {
	h := fnv.New32a()
	h.Write([]byte(statement + purpose))
	return int(h.Sum32() % n)
}

// Kept reports whether a finding is kept from those who write rules.
func Kept(e Example) bool { return draw("", e.Statement, 10) < keptOf10 }

// observe takes the signals of an author's findings from a model: of those that are kept, and of all that have a heading or
// an account, which are few.
func (t *Taxonomy) observe(m *linear.Model, others []Example, k int, name string) []observation {
	s := t.scratch.Get().(*scratch)
	defer t.scratch.Put(s)
	var list []observation
	surround := surroundings(others)
	for _, e := range others {
		if author(e) != name || !Kept(e) && len(e.Headings) == 0 && e.Account == "" {
			continue
		}
		for i, in := range []Input{e.Input, surround(e)} {
			if i > 0 && draw("surround", in.Statement, 4) > 0 {
				continue
			}
			kind := in.kind()
			found := t.ruled(in, kind, s)
			s.signals.measure(t, m, in, kind, found, s.fired)
			list = append(list, observation{example: Example{Input: in, Want: e.Want}, author: k, rows: slices.Clone(s.signals.rows)})
		}
	}
	return list
}

// surroundings returns a function that puts a finding that stands alone under a heading and over measures, as every finding
// of a document is. They are those of another finding: of the same leaf or of the same domain, about as often.
func surroundings(list []Example) func(Example) Input {
	headings, accounts := map[corpus.CategoryCode][][]string{}, map[corpus.CategoryCode][]string{}
	for _, e := range list {
		for _, group := range []corpus.CategoryCode{e.Want[0], e.Want[0].Domain()} {
			if len(e.Headings) > 0 {
				headings[group] = append(headings[group], e.Headings)
			}
			if e.Account != "" && e.kind() == Measures {
				accounts[group] = append(accounts[group], e.Account)
			}
		}
	}
	return func(e Example) Input {
		in := e.Input
		group := []corpus.CategoryCode{e.Want[0], e.Want[0], e.Want[0].Domain()}[draw("group", in.Statement, 3)]
		if from := headings[group]; len(in.Headings) == 0 && len(from) > 0 {
			in.Headings = from[draw("heading", in.Statement, uint32(len(from)))]
		}
		if from := accounts[group]; in.Account == "" && len(from) > 0 {
			in.Account, in.Kind = from[draw("account", in.Statement, uint32(len(from)))], Measures
		}
		return in
	}
}

// modelExamples turns labelled findings into examples for the linear model: the statement, the nearest heading, and the
// account where it states facts.
func (t *Taxonomy) modelExamples(list []Example) []linear.Example {
	var out []linear.Example
	for _, e := range list {
		x := linear.Example{Parts: []linear.Part{{Text: foldText(e.Statement, nil)}}}
		if n := len(e.Headings); n > 0 {
			x.Parts = append(x.Parts, linear.Part{Text: foldText(e.Headings[n-1], nil)})
		}
		if e.Account != "" && e.kind() == Facts {
			x.Parts = append(x.Parts, linear.Part{Text: foldText(clipped(e.Account), nil)})
		}
		for _, c := range e.Want {
			x.Classes = append(x.Classes, t.index[c])
		}
		out = append(out, x)
	}
	return out
}
