package taxonomy

import (
	"math"
	"slices"

	"tongjian/analysis/taxonomy/linear"
	"tongjian/corpus"
)

// The signals that a leaf's probability is computed from. Their weights are learned (fit.go) and stored with the model.
const (
	sigConstant      = iota
	sigMargin        // the model's margin for the statement
	sigLead          // the same beyond the best other leaf
	sigTop           // the model's first choice
	sigNext          // the model's second choice
	sigMain          // the rules' main leaf
	sigMainWeight    // its weight
	sigMore          // another leaf of the rules
	sigMoreWeight    // its weight
	sigContext       // a leaf that account or heading gave
	sigBeaten        // the weight of a rule that fired and did not prevail
	sigAgreed        // main leaf of rules and model
	sigAlone         // the model's first choice where no rule speaks
	sigDenied        // the rules' main leaf which the model would not give
	sigWeak          // the rules' main leaf by a weak rule
	sigHeadingOpen   // margin of the heading where the statement is open
	sigHeadingStill  // the same where a rule says what the statement is about
	sigFactsOpen     // margin of a report's account, likewise
	sigFactsStill    // the same where a rule says it
	sigMeasuresOpen  // margin of measures, likewise
	sigMeasuresStill // the same where a rule says it
	sigOwn           // the leaf is the unit's own business
	sigOwnSilent     // the same where no rule speaks
	sigFactRule      // a rule for facts fired in the account
	signalCount
)

// signals are the signals of all leaves for one finding, one row a leaf.
type signals struct {
	rows    [][signalCount]float64
	margins []float64 // of the statement
	heading []float64
	account []float64
	buffer  linear.Buffer
	parts   [1]linear.Part
	text    linear.Text
}

func newSignals(leaves int) *signals {
	return &signals{rows: make([][signalCount]float64, leaves), margins: make([]float64, leaves),
		heading: make([]float64, leaves), account: make([]float64, leaves)}
}

// foldText folds a text for the model.
func foldText(text string, into linear.Text) linear.Text {
	into = into[:0]
	for i, r := range text {
		if skipped(r) {
			continue
		}
		n := len(string(r))
		f := foldRune(r)
		if clauseEnd(f) || f == '.' {
			f = 0
		} else if f >= '0' && f <= '9' {
			f = '0'
		}
		if r == '\uFFFD' {
			n = 1
		}
		into = append(into, linear.Char{Rune: f, Start: int32(i), End: int32(i + n)})
	}
	return into
}

func (g *signals) margin(m *linear.Model, text string, out []float64) {
	g.text = foldText(text, g.text)
	g.parts[0] = linear.Part{Text: g.text}
	m.Scores(g.parts[:], out, &g.buffer)
}

// negligible is the openness below which headings and accounts are not read.
const negligible = 0.02

// open is how little a text says by itself, 0 to 1: its best margin is low.
func open(margins []float64) float64 {
	top := math.Inf(-1)
	for _, x := range margins {
		top = max(top, x)
	}
	return 1 / (1 + math.Exp(8*(top+0.3)))
}

func topTwo(margins []float64) (first, second int) {
	first, second = 0, -1
	for i := range margins {
		switch {
		case i == 0:
		case margins[i] > margins[first]:
			first, second = i, first
		case second < 0 || margins[i] > margins[second]:
			second = i
		}
	}
	return first, second
}

// measure fills the signals of a finding. ruled are the leaves that the rules give, main one first, beaten the weights of
// all rules that fired in the statement by leaf.
func (g *signals) measure(t *Taxonomy, m *linear.Model, in Input, kind AccountKind, ruled []candidate, beaten []float64) {
	clear(g.rows)
	g.margin(m, in.Statement, g.margins)
	doubt := open(g.margins)
	still := slices.ContainsFunc(ruled, func(c candidate) bool { return c.origin == corpus.InStatement && c.weight >= settled })
	first, second := topTwo(g.margins)
	hasHeading := len(in.Headings) > 0 && doubt > negligible
	if hasHeading {
		g.margin(m, in.Headings[len(in.Headings)-1], g.heading)
	}
	hasAccount := in.Account != "" && doubt > negligible
	if hasAccount {
		g.margin(m, clipped(in.Account), g.account)
	}
	for leaf := range g.rows {
		r := &g.rows[leaf]
		r[sigConstant] = 1
		z := g.margins[leaf]
		r[sigMargin] = z
		other := g.margins[first]
		if leaf == first {
			other = g.margins[second]
			r[sigTop] = 1
		}
		r[sigLead] = max(z-other, -1)
		if leaf == second {
			r[sigNext] = 1
		}
		r[sigBeaten] = beaten[leaf]
		if leaf == first && len(ruled) == 0 {
			r[sigAlone] = 1
		}
		if hasHeading {
			r[sigHeadingOpen] = (g.heading[leaf] + 1) * doubt
			if still {
				r[sigHeadingOpen], r[sigHeadingStill] = 0, r[sigHeadingOpen]
			}
		}
		if hasAccount {
			at := sigFactsOpen
			if kind == Measures {
				at = sigMeasuresOpen
			}
			if still {
				at++
			}
			r[at] = (g.account[leaf] + 1) * doubt
		}
	}
	own := t.index[fallbackLeaf]
	g.rows[own][sigOwn] = 1
	if len(ruled) == 0 {
		g.rows[own][sigOwnSilent] = 1
	}
	for i, c := range ruled {
		r := &g.rows[c.leaf]
		r[sigBeaten] = 0
		if c.facts && c.origin == corpus.InAccount {
			r[sigFactRule] = 1
		}
		if c.origin != corpus.InStatement {
			r[sigContext] = 1
		}
		if i > 0 {
			r[sigMore], r[sigMoreWeight] = 1, c.weight
			continue
		}
		r[sigMain], r[sigMainWeight] = 1, c.weight
		if c.leaf == first {
			r[sigAgreed] = 1
		}
		if g.margins[c.leaf] < -0.7 {
			r[sigDenied] = 1
		}
		if c.weight < settled {
			r[sigWeak] = 1
		}
	}
}
