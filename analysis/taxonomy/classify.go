package taxonomy

import (
	"cmp"
	"slices"
	"strings"

	"tongjian/corpus"
)

// FallbackScore is the score of politics.duties for a finding without any sign; such findings want a second look.
const FallbackScore = 0.3

// FallbackRule is the rule named in the evidence of such a finding.
const FallbackRule = "fallback"

// fallbackLeaf takes what no rule speaks for: a unit's own business has no vocabulary of its own.
const fallbackLeaf corpus.CategoryCode = "politics.duties"

// genericLeaf is what words such as 制度 and 机制 speak for until something says whose.
const genericLeaf corpus.CategoryCode = "governance.institution"

// Thresholds between the kinds of weight.
const (
	sign        = 0.5   // from here a match says what went wrong; below it only hints
	settled     = 0.75  // from here a statement needs no context
	firm        = 0.7   // from here an account or a heading may settle an open question
	clauseSlack = 0.08  // leaves of one part of a clause stay within this of its best
	textSlack   = 0.205 // leaves of the whole statement stay within this of its best
	maxEvidence = 3     // pieces of evidence a category shows
)

// Discounts for signs outside the statement.
const (
	accountDiscount = 0.8
	headingDiscount = 0.85
)

// AccountKind says what the account of a finding holds.
type AccountKind int

// The kinds of account. UnknownAccount is judged by its words.
const (
	UnknownAccount AccountKind = iota
	Facts                      // what was found, as in a report
	Measures                   // what was done about it, as in a rectification notice
)

// Input is a finding as the classifier sees it. Headings stand outermost first.
type Input struct {
	Statement string
	Account   string
	Kind      AccountKind
	Headings  []string
}

// candidate is a leaf that a text speaks for.
type candidate struct {
	leaf     int
	weight   float64
	from     int32 // first symbol, for order
	clause   int32
	second   bool
	follows  bool
	count    int
	facts    bool // a rule that may add from an account fired
	evidence []corpus.Evidence
	by       corpus.LabelSource // ByRule where empty
	origin   corpus.EvidenceSource
	heading  int // index of the heading
}

// Classify returns the categories of a finding, one to three, the main one first. Evidence offsets are relative to the
// part named in Evidence.In; for a heading, to the nearest heading that holds the evidence.
func (t *Taxonomy) Classify(in Input) []corpus.Category {
	found := t.decide(in)
	categories := make([]corpus.Category, len(found))
	for i, c := range found {
		categories[i] = t.category(c)
	}
	return categories
}

func (t *Taxonomy) category(c candidate) corpus.Category {
	return corpus.Category{Code: t.leaves[c.leaf].Code, Score: float64(int(c.weight*100+0.5)) / 100, Evidence: c.evidence, By: cmp.Or(c.by, corpus.ByRule)}
}

// decide weighs statement, account and headings against each other.
func (t *Taxonomy) decide(in Input) []candidate {
	in = in.bounded()
	s := t.scratch.Get().(*scratch)
	defer t.scratch.Put(s)
	kind := in.kind()
	found := t.ruled(in, kind, s)
	if t.judge != nil {
		found = t.combine(in, kind, found, s)
	}
	if len(found) == 0 {
		found = []candidate{t.fallback(in.Statement)}
	}
	return found[:min(len(found), corpus.MaxCategories)]
}

// ruled returns the leaves that the rules give a finding, main one first. It leaves in s.fired which rules fired, whether or
// not they prevailed.
func (t *Taxonomy) ruled(in Input, kind AccountKind, s *scratch) []candidate {
	stated := t.read(in.Statement, inStatement, s)
	s.fired.reset()
	t.program.take(s.matches, s.fired.stated)
	if n := len(in.Headings); n > 0 {
		t.program.take(t.program.scan(in.Headings[n-1], inHeading, s), s.fired.headed)
	}
	found := stated
	if top := best(stated); top < settled {
		context := t.context(in, kind, stated, s)
		switch {
		case len(context) == 0:
		case top < sign:
			found = context
		case !t.refines(context[0].leaf, stated[0].leaf):
		case context[0].origin == corpus.InAccount && kind == Facts:
			if !has(stated, context[:1]) {
				found = append(stated, context[0])
			}
		default:
			found = context
		}
	}
	if kind == Facts {
		found = t.addFacts(found, in.Account, s)
	}
	return found
}

// refines reports whether a leaf that the context names says more closely what a weak sign of the statement means: 资金监管
// under a heading about 专项资金.
func (t *Taxonomy) refines(context, stated int) bool {
	c, s := t.leaves[context].Code, t.leaves[stated].Code
	return c != s && (c.Domain() == s.Domain() || s == genericLeaf)
}

func (t *Taxonomy) fallback(statement string) candidate {
	return candidate{leaf: t.index[fallbackLeaf], weight: FallbackScore, origin: corpus.InStatement,
		evidence: []corpus.Evidence{{Text: statement, End: len(statement), In: corpus.InStatement, Rule: FallbackRule}}}
}

func best(list []candidate) float64 {
	var w float64
	for _, c := range list {
		w = max(w, c.weight)
	}
	return w
}

// read returns the leaves that a statement or heading speaks for, main one first.
func (t *Taxonomy) read(text string, in place, s *scratch) []candidate {
	matches := t.program.scan(text, in, s)
	t.program.compete(matches)
	list := t.gather(text, matches, in, s)
	top := best(list)
	list = slices.DeleteFunc(list, func(c candidate) bool {
		return c.weight < top-textSlack || (c.weight < sign && top >= sign)
	})
	first := slices.Clone(list)
	list = slices.DeleteFunc(list, func(c candidate) bool {
		return c.follows && slices.ContainsFunc(first, func(o candidate) bool { return o.clause < c.clause && o.weight >= firm })
	})
	slices.SortStableFunc(list, func(a, b candidate) int {
		if a.second != b.second {
			if a.second {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.from, b.from)
	})
	return list
}

// compete leaves one leaf in each part of a clause. First yield the leaves that a rule there puts aside, then those of
// lower weight, then those that stand before another: Chinese puts the thing that is wrong behind the field in which it is
// (公务用车费用报销凭证不全 is about vouchers).
func (p *program) compete(matches []match) {
	for _, beats := range []func(over, under *match) bool{p.putsAside, p.outweighs, p.standsBehind} {
		for i := range matches {
			for j := range matches {
				if p.rivals(&matches[j], &matches[i]) && !matches[i].beaten && beats(&matches[j], &matches[i]) {
					matches[i].beaten = true
				}
			}
		}
	}
}

// rivals reports whether two matches are of different leaves and in the same part of a clause.
func (p *program) rivals(over, under *match) bool {
	o, u := &p.rules[over.rule], &p.rules[under.rule]
	if over.hidden || over.beaten || under.hidden || o.leaf == u.leaf || o.leaf == neutral || o.beside || u.beside ||
		slices.Contains(o.also, u.leaf) || slices.Contains(u.also, o.leaf) {
		return false
	}
	return over.clause == under.clause && (over.sub == under.sub || over.whole().contains(under.whole()))
}

func (p *program) putsAside(over, under *match) bool {
	o, u := &p.rules[over.rule], &p.rules[under.rule]
	return slices.Contains(o.over, u.leaf) && !slices.Contains(u.over, o.leaf)
}

func (p *program) outweighs(over, under *match) bool {
	return p.rules[under.rule].weight < p.rules[over.rule].weight-clauseSlack
}

func (p *program) standsBehind(over, under *match) bool { return under.last() < over.last() }

// gather turns matches into candidates, one a leaf.
func (t *Taxonomy) gather(text string, matches []match, in place, s *scratch) []candidate {
	var list []candidate
	for i := range matches {
		m := &matches[i]
		r := &t.program.rules[m.rule]
		if m.hidden || m.beaten || r.leaf == neutral {
			continue
		}
		e := evidence(text, m, r, in, s)
		list = add(list, r.leaf, r, m, e, r.second)
		for _, leaf := range r.also {
			list = add(list, leaf, r, m, e, true)
		}
	}
	return list
}

func add(list []candidate, leaf int, r *rule, m *match, e corpus.Evidence, second bool) []candidate {
	i := slices.IndexFunc(list, func(c candidate) bool { return c.leaf == leaf })
	if i < 0 {
		return append(list, candidate{leaf: leaf, weight: r.weight, from: m.parts[0].from, clause: m.clause, second: second,
			follows: r.follows, count: 1,
			facts: r.facts, evidence: []corpus.Evidence{e}, origin: e.In})
	}
	c := &list[i]
	c.count++
	c.facts = c.facts || r.facts
	c.second = c.second && second
	c.follows = c.follows && r.follows
	if r.weight > c.weight || r.weight == c.weight && len(e.Text) > len(c.evidence[0].Text) {
		c.weight = r.weight
		c.evidence = append([]corpus.Evidence{e}, c.evidence...)
	} else {
		c.evidence = append(c.evidence, e)
	}
	c.evidence = distinct(c.evidence)
	return list
}

// distinct drops evidence that overlaps with earlier, stronger evidence.
func distinct(list []corpus.Evidence) []corpus.Evidence {
	kept := list[:0]
	for _, e := range list {
		overlaps := slices.ContainsFunc(kept, func(k corpus.Evidence) bool { return e.Start < k.End && k.Start < e.End })
		if !overlaps && len(kept) < maxEvidence {
			kept = append(kept, e)
		}
	}
	return kept
}

func evidence(text string, m *match, r *rule, in place, s *scratch) corpus.Evidence {
	whole := m.whole()
	start, end := int(s.symbols[whole.from].start), int(s.symbols[whole.to-1].end)
	e := corpus.Evidence{Text: text[start:end], Start: start, End: end, In: corpus.InStatement, Rule: r.id}
	switch in {
	case inAccount:
		e.In = corpus.InAccount
	case inHeading:
		e.In = corpus.InHeading
	}
	return e
}

// Words that tell measures from facts in an account of unknown kind.
var (
	measureWords = []string{"已", "修订", "制定", "完善", "组织学习", "召开", "开展了", "加强", "建立", "整改", "严格按照", "进一步"}
	factWords    = []string{"发现", "如，", "如,", "例如", "未", "仅", "存在", "万元", "没有", "不"}
)

func guessKind(account string) AccountKind {
	measures, facts := 0, 0
	for _, w := range measureWords {
		measures += strings.Count(account, w)
	}
	for _, w := range factWords {
		facts += strings.Count(account, w)
	}
	if facts > measures {
		return Facts
	}
	return Measures
}

// kind is the kind of the account, guessed where it is not known.
func (in Input) kind() AccountKind {
	if in.Kind == UnknownAccount {
		return guessKind(in.Account)
	}
	return in.Kind
}
