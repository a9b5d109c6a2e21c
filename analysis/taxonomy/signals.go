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
	sigPartMargin    // the model's best margin in any part of a statement between commas
	sigPartLead      // the same beyond the best other leaf of the part
	sigPartTop       // the model's first choice in some part of several
	sigWholeOther    // not the model's first choice for a statement of one part
	sigWholeMore     // another leaf of the rules in a statement of one part
	sigTold          // a report tells facts
	sigToldMargin    // the model's best margin in any part of these facts
	sigToldLead      // the same beyond the best other leaf of the part
	sigToldTop       // the model's first choice in some part of them
	sigToldWhole     // margin of all of them
	sigToldFired     // the highest weight of the rules that fired in them
	sigToldShare     // share of the leaf in all such rules
	sigHeading       // margin of the nearest heading
	sigHeadingFired  // the highest weight of the rules that fired in it
	sigUnasked       // margin of the nearest heading where a rule says what the statement is about
	sigUnaskedFired  // the highest weight of the rules that fired in it, likewise
	signalCount
)

// signals are the signals of all leaves for one finding, one row a leaf.
type signals struct {
	rows    [][signalCount]float64
	margins []float64 // of the statement
	heading []float64
	account []float64
	clauses clauses // of the statement
	facts   clauses // of the account, where it states facts
	buffer  linear.Buffer
	parts   [1]linear.Part
	text    linear.Text
}

func newSignals(leaves int) *signals {
	return &signals{rows: make([][signalCount]float64, leaves), margins: make([]float64, leaves),
		heading: make([]float64, leaves), account: make([]float64, leaves), clauses: newClauses(leaves), facts: newClauses(leaves)}
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

// measure fills the signals of a finding. ruled are the leaves that the rules give, main one first, fired what ruled left
// there: the weights of all rules that fired.
func (g *signals) measure(t *Taxonomy, m *linear.Model, in Input, kind AccountKind, ruled []candidate, fired *fired) {
	clear(g.rows)
	g.clauses.read(m, in.Statement, len(in.Statement), everything, g.margins, &g.buffer)
	doubt := open(g.margins)
	still := slices.ContainsFunc(ruled, func(c candidate) bool { return c.origin == corpus.InStatement && c.weight >= settled })
	first, second := topTwo(g.margins)
	hasHeading := len(in.Headings) > 0
	if hasHeading {
		g.margin(m, in.Headings[len(in.Headings)-1], g.heading)
	}
	told := in.Account != "" && kind == Facts
	hasAccount := in.Account != "" && (doubt > negligible || told)
	switch {
	case told:
		g.facts.read(m, clipped(in.Account), factsEnd(in.Account), isMeasure, g.account, &g.buffer)
		told = g.facts.count > 0
	case hasAccount:
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
		r[sigBeaten] = fired.stated[leaf]
		g.clauses.stated(r, leaf)
		if leaf == first && len(ruled) == 0 {
			r[sigAlone] = 1
		}
		if hasHeading {
			at := sigHeading
			if still {
				at = sigUnasked
			}
			r[at], r[at+1] = g.heading[leaf]+1, fired.headed[leaf]
			r[sigHeadingOpen] = (g.heading[leaf] + 1) * doubt
			if still {
				r[sigHeadingOpen], r[sigHeadingStill] = 0, r[sigHeadingOpen]
			}
		}
		if told {
			r[sigTold], r[sigToldWhole] = 1, g.account[leaf]+1
			r[sigToldFired], r[sigToldShare] = fired.told[leaf], fired.share[leaf]
			g.facts.told(r, leaf)
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
			if g.clauses.count < 2 {
				r[sigWholeMore] = 1
			}
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

// told returns the part of the account that speaks for a leaf; ok is false where the statement or a heading does so more or
// the account tells no facts.
func (g *signals) told(leaf int) (from, to int, ok bool) {
	r := &g.rows[leaf]
	least := max(g.clauses.best[leaf], r[sigHeading]+r[sigUnasked]-1, -0.9)
	if r[sigTold] == 0 || r[sigTop] > 0 || g.facts.best[leaf] <= least {
		return 0, 0, false
	}
	return int(g.facts.from[leaf]), int(g.facts.to[leaf]), true
}

// headed reports whether the heading speaks for a leaf, and more so than the statement.
func (g *signals) headed(leaf int) bool {
	r := &g.rows[leaf]
	return r[sigTop] == 0 && r[sigHeading]+r[sigUnasked]-1 > max(g.margins[leaf], -0.5)
}
