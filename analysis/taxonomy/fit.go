package taxonomy

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
	"path"
	"slices"

	"tongjian/analysis/taxonomy/linear"
	"tongjian/corpus"
)

// folds is the number of parts for cross-validation.
const folds = 5

// keptOf10 of ten statements by other authors are kept: rules are never written against them, so how far rules can be
// trusted, and what a score is worth, is learned from them.
const keptOf10 = 3

// costs and the number of examples that an n-gram must occur in, chosen by cross-validation.
var trainingOptions = linear.Options{Cost: 2, MinCount: 2}

// observation is a labelled finding with the signals that a model trained without it gives.
type observation struct {
	example    Example
	rows       [][signalCount]float64
	fold       int
	surrounded bool
}

// Train learns a model from the labelled findings of training/ and returns the content of model.bin, with the evaluation
// of the kept findings, each judged by a model and weights that have not seen it.
func Train(fsys fs.FS) (file []byte, kept []Labelled, scores []Judged, err error) {
	t, _, err := loadRules(fsys)
	if err != nil {
		return nil, nil, nil, err
	}
	own, others, err := t.trainingData(fsys)
	if err != nil {
		return nil, nil, nil, err
	}
	observed := t.observe(own, others)
	kept, scores = t.crossJudge(observed)
	m := linear.Train(t.modelExamples(slices.Concat(own, others)), len(t.leaves), trainingOptions)
	file, err = t.appendModel(m, t.weigh(observed, func(o observation) bool { return true }))
	return file, kept, scores, err
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

// observe takes the signals of every kept finding from a model trained without its fold.
func (t *Taxonomy) observe(own, others []Example) []observation {
	s := t.scratch.Get().(*scratch)
	defer t.scratch.Put(s)
	var list []observation
	surround := surroundings(others)
	for k := range folds {
		training := slices.Clone(own)
		for _, e := range others {
			if draw("x", e.Statement, folds) != k {
				training = append(training, e)
			}
		}
		m := linear.Train(t.modelExamples(training), len(t.leaves), trainingOptions)
		for _, e := range others {
			if !Kept(e) || draw("x", e.Statement, folds) != k {
				continue
			}
			for i, in := range []Input{e.Input, surround(e)} {
				if i > 0 && draw("surround", in.Statement, 4) > 0 {
					continue
				}
				kind := in.kind()
				found := t.ruled(in, kind, s)
				s.signals.measure(t, m, in, kind, found, s.fired)
				list = append(list, observation{example: Example{Input: in, Want: e.Want}, rows: slices.Clone(s.signals.rows), fold: k, surrounded: i > 0})
			}
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

// crossJudge judges every fold with weights from the other folds.
func (t *Taxonomy) crossJudge(list []observation) (pairs []Labelled, scores []Judged) {
	for k := range folds {
		j := &judge{weights: t.weigh(list, func(o observation) bool { return o.fold != k })}
		for _, o := range list {
			if o.fold != k || o.surrounded {
				continue
			}
			l := Labelled{Gold: o.example.Want}
			for _, x := range j.likeliest(o.rows) {
				l.Found = append(l.Found, t.leaves[x.leaf].Code)
				scores = append(scores, Judged{Score: x.chance, Right: slices.Contains(l.Gold, t.leaves[x.leaf].Code)})
			}
			pairs = append(pairs, l)
		}
	}
	return pairs, scores
}

// weigh fits the weights of the signals to the observations that use accepts.
func (t *Taxonomy) weigh(list []observation, use func(observation) bool) [signalCount]float64 {
	var rows [][signalCount]float64
	var right []bool
	for _, o := range list {
		if !use(o) {
			continue
		}
		for leaf := range o.rows {
			rows = append(rows, o.rows[leaf])
			right = append(right, slices.Contains(o.example.Want, t.leaves[leaf].Code))
		}
	}
	return logistic(rows, right)
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

// ridge keeps the weights of signals small where little speaks for them.
const ridge = 1

// logistic fits a logistic regression by Newton's method.
func logistic(rows [][signalCount]float64, right []bool) (w [signalCount]float64) {
	for range 25 {
		h, g := curvature(&w, rows, right)
		largest := 0.0
		for k, step := range solve(h, g) {
			w[k] += step
			largest = max(largest, math.Abs(step))
		}
		if largest < 1e-6 {
			break
		}
	}
	return w
}

// curvature returns the second and first derivatives of the likelihood.
func curvature(w *[signalCount]float64, rows [][signalCount]float64, right []bool) (h [signalCount][signalCount]float64, g [signalCount]float64) {
	j := judge{weights: *w}
	for i := range rows {
		x := &rows[i]
		p := j.chance(x)
		miss := -p
		if right[i] {
			miss = 1 - p
		}
		for k, v := range x {
			if v == 0 {
				continue
			}
			g[k] += miss * v
			for l := 0; l <= k; l++ {
				h[k][l] += p * (1 - p) * v * x[l]
			}
		}
	}
	for k := range g {
		g[k] -= ridge * w[k]
		h[k][k] += ridge
		for l := range k {
			h[l][k] = h[k][l]
		}
	}
	return h, g
}

// solve solves h x = g for a positive definite h.
func solve(h [signalCount][signalCount]float64, g [signalCount]float64) [signalCount]float64 {
	for k := range g {
		for i := k + 1; i < len(g); i++ {
			f := h[i][k] / h[k][k]
			if f == 0 {
				continue
			}
			for j := k; j < len(g); j++ {
				h[i][j] -= f * h[k][j]
			}
			g[i] -= f * g[k]
		}
	}
	for k := len(g) - 1; k >= 0; k-- {
		for j := k + 1; j < len(g); j++ {
			g[k] -= h[k][j] * g[j]
		}
		g[k] /= h[k][k]
	}
	return g
}

// kind is the kind of the account, guessed where it is not known.
func (in Input) kind() AccountKind {
	if in.Kind == UnknownAccount {
		return guessKind(in.Account)
	}
	return in.Kind
}
