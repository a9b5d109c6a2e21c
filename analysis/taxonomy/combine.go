package taxonomy

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"slices"

	"tongjian/analysis/taxonomy/linear"
	"tongjian/corpus"
)

// ModelRule is the rule named in evidence that the model gives.
const ModelRule = "model"

// modelFile holds what Train learned: a line of JSON (modelHead), then the linear model.
const modelFile = "model.bin"

// Bounds of what is made of probabilities.
const (
	secondAt    = 0.5  // from here a leaf is given beside the main one
	ruledAt     = 0.4  // the same for a leaf that a rule gives
	mainSlack   = 0.15 // and while it is no less probable than another by this much
	mainAt      = 0.3  // from here the main leaf of the rules stays the main one
	factScore   = 0.5  // least score of a leaf that the facts of a report name beyond doubt
	silentBelow = 0.12 // below it no leaf is believed where no rule speaks
	strange     = -0.7 // margin below which a statement does not speak for a leaf at all
	readAtMost  = 900  // bytes of an account that the model reads; longer ones only blur the picture
)

// modelHead says which leaves a model knows and how signals are weighed.
type modelHead struct {
	Leaves  []corpus.CategoryCode `json:"leaves"`
	Signals []float64             `json:"signals"`
	Scores  scale                 `json:"scores"`
}

// judge is the model with the weights of the signals.
type judge struct {
	linear  *linear.Model
	weights [signalCount]float64
	scores  scale
}

// readModel reads the model beside the rules, or the built-in one where the categories are the same. A taxonomy with other
// categories and no model of its own is classified by its rules alone.
func (t *Taxonomy) readModel(fsys fs.FS) ([]byte, error) {
	data, err := fs.ReadFile(fsys, modelFile)
	own := err == nil
	if !own {
		if data, err = embedded.ReadFile(modelFile); err != nil {
			return nil, fmt.Errorf("read built-in model: %w", err)
		}
	}
	line, rest, _ := bytes.Cut(data, []byte{'\n'})
	var head modelHead
	if err := json.Unmarshal(line, &head); err != nil {
		return nil, invalid(modelFile, 0, "模型文件格式有误", err)
	}
	same := slices.EqualFunc(head.Leaves, t.leaves, func(c corpus.CategoryCode, l Leaf) bool { return c == l.Code })
	if !same && !own {
		return nil, nil
	}
	if !same || len(head.Signals) != int(signalCount) {
		return nil, invalid(modelFile, 0, "模型文件与类别不符，需重新训练", nil)
	}
	m, err := linear.Read(rest)
	if err != nil || m.Classes() != len(t.leaves) {
		return nil, invalid(modelFile, 0, "模型文件格式有误", err)
	}
	t.judge = &judge{linear: m, scores: head.Scores}
	copy(t.judge.weights[:], head.Signals)
	return data, nil
}

// appendModel returns the content of a model file.
func (t *Taxonomy) appendModel(j *judge) ([]byte, error) {
	head := modelHead{Signals: j.weights[:], Scores: j.scores.rounded()}
	for _, l := range t.leaves {
		head.Leaves = append(head.Leaves, l.Code)
	}
	for i, w := range head.Signals {
		head.Signals[i] = math.Round(w*1e4) / 1e4
	}
	line, err := json.Marshal(head)
	if err != nil {
		return nil, fmt.Errorf("write model head: %w", err)
	}
	return j.linear.AppendBinary(append(line, '\n')), nil
}

// chance is the probability that a leaf with these signals is right.
func (j *judge) chance(x *[signalCount]float64) float64 {
	z := 0.0
	for k, v := range x {
		z += j.weights[k] * v
	}
	return 1 / (1 + math.Exp(-z))
}

// likely is a leaf with its probability.
type likely struct {
	leaf   int
	chance float64
}

// likeliest returns the leaves to give, most probable first.
func (j *judge) likeliest(rows [][signalCount]float64) []likely {
	var list []likely
	main, ruled := likely{leaf: -1}, likely{leaf: -1}
	for leaf := range rows {
		p := j.chance(&rows[leaf])
		if rows[leaf][sigMain] > 0 {
			ruled = likely{leaf, p}
		}
		if main.leaf < 0 || p > main.chance {
			main = likely{leaf, p}
		}
		if p >= needed(&rows[leaf]) {
			list = append(list, likely{leaf, p})
		}
	}
	if len(list) == 0 {
		return []likely{main}
	}
	slices.SortStableFunc(list, func(a, b likely) int { return cmp.Compare(b.chance, a.chance) })
	if i := slices.Index(list, ruled); i > 0 && ruled.chance >= max(mainAt, list[0].chance-mainSlack) {
		copy(list[1:i+1], list[:i])
		list[0] = ruled
	}
	return list[:min(len(list), corpus.MaxCategories)]
}

// needed is the probability from which a leaf is given beside the main one. What a rule says beyond the main leaf is worth
// showing although it is less sure.
func needed(x *[signalCount]float64) float64 {
	switch {
	case x[sigMain] > 0 || x[sigMore] > 0:
		return ruledAt
	case x[sigOwn] > 0 && x[sigTop] == 0 && x[sigPartTop] == 0:
		return math.Inf(1) // almost every account tells something of the unit's own business
	case x[sigMargin] < strange && x[sigToldTop] == 0:
		return math.Inf(1) // the heading or account alone: it may name the main leaf, not a further one
	}
	return secondAt
}

// combine weighs what rules and model say of a finding.
func (t *Taxonomy) combine(in Input, kind AccountKind, found []candidate, s *scratch) []candidate {
	g := s.signals
	g.measure(t, t.judge.linear, in, kind, found, s.fired)
	var list []candidate
	for _, l := range t.judge.likeliest(g.rows) {
		if l.chance < silentBelow && best(found) < sign {
			break
		}
		c, ok := t.explained(in, l.leaf, found, s)
		if !ok || len(list) > 0 && c.origin == corpus.InHeading {
			continue // a heading may name the main leaf, not a further one
		}
		c.weight = t.judge.scores.shown(l.chance)
		list = append(list, c)
	}
	inOrder(in.Statement, list)
	return t.withFacts(list, found, g)
}

// inOrder puts what the statement says before the facts that illustrate it and what its earlier clauses say before the rest:
// the first fault that is named is the main one. A heading stays in front only where it is the surer sign.
func inOrder(statement string, list []candidate) {
	surest := 0.0
	for _, c := range list {
		if c.origin == corpus.InStatement {
			surest = max(surest, c.weight)
		}
	}
	place := func(c candidate) int {
		switch {
		case c.origin == corpus.InHeading && c.weight >= surest:
			return -1
		case c.origin != corpus.InStatement:
			return math.MaxInt
		case c.second:
			return len(statement)
		}
		return clausesBefore(statement[:c.evidence[0].Start])
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(place(a), place(b)) })
}

func clausesBefore(text string) int {
	n := 0
	for _, r := range text {
		if clauseEnd(foldRune(r)) {
			n++
		}
	}
	return n
}

// withFacts adds the leaves that rules for facts found in the account: the words of the statement cannot deny them.
func (t *Taxonomy) withFacts(list, found []candidate, g *signals) []candidate {
	for _, c := range found {
		if c.facts && c.origin == corpus.InAccount && !has(list, []candidate{c}) {
			c.weight = max(t.judge.scores.shown(t.judge.chance(&g.rows[c.leaf])), factScore)
			list = append(list, c)
		}
	}
	return list
}

// explained returns a leaf with the evidence for it: what the rules found, or else the n-grams that spoke for it. ok is
// false where nothing in the text does.
func (t *Taxonomy) explained(in Input, leaf int, found []candidate, s *scratch) (c candidate, ok bool) {
	for _, f := range found {
		if f.leaf == leaf {
			return f, true
		}
	}
	c = candidate{leaf: leaf, by: corpus.ByModel, origin: corpus.InStatement}
	text, base := in.Statement, 0
	if from, to, ok := s.signals.told(leaf); ok {
		text, base, c.origin = in.Account[from:to], from, corpus.InAccount
	} else if n := len(in.Headings); n > 0 && s.signals.headed(leaf) {
		text, c.origin, c.heading = in.Headings[n-1], corpus.InHeading, n-1
	}
	c.evidence = t.judge.evidence(text, leaf, c.origin)
	for i := range c.evidence {
		c.evidence[i].Start += base
		c.evidence[i].End += base
	}
	return c, len(c.evidence) > 0
}

// clipped is the beginning of an account that the model reads.
func clipped(account string) string {
	if len(account) <= readAtMost {
		return account
	}
	end := readAtMost
	for end > 0 && account[end]&0xC0 == 0x80 {
		end--
	}
	return account[:end]
}
