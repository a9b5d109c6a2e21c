package taxonomy

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"tongjian/corpus"
)

// ModelRule is the rule named in evidence that the model gives.
const ModelRule = "model"

// Parameters of the model, chosen on batches of statements left out of the training.
const (
	maxGram     = 3    // characters of the longest n-gram
	smoothing   = 0.1  // added to every count
	clearMargin = 5.0  // log-odds by which the best leaf must lead to be believed
	ownBusiness = 10.0 // log-odds that fallbackLeaf has in advance: what no rule knows is mostly the unit's own business
	sureMargin  = 15   // the same against a weak sign of a rule
)

// model is a linear model over character n-grams for statements that no rule speaks for: the log-odds of each n-gram for
// each leaf against all leaves, as counted in the training data (naive Bayes). What speaks for a leaf can be
// shown, n-gram by n-gram.
type model struct {
	grams map[string][]gramWeight
	own   int       // place of fallbackLeaf
	none  []float64 // per leaf, the log-probability of an n-gram never seen with it
}

// gramWeight is what one n-gram adds for one leaf beyond none.
type gramWeight struct {
	leaf   int32
	weight float64
}

// verdict is the model's opinion of a statement.
type verdict struct {
	leaf   int
	margin float64 // lead over the next leaf, in log-odds
}

// train counts the n-grams of the examples that are decided by their statement alone.
func train(examples []Example, index map[corpus.CategoryCode]int) *model {
	totals := make([]float64, len(index))
	counts := map[string]map[int]float64{}
	for _, e := range examples {
		if len(e.Headings) > 0 || e.Account != "" {
			continue
		}
		g := gramsOf(e.Statement)
		for _, code := range e.Want {
			leaf, ok := index[code]
			if !ok {
				continue
			}
			totals[leaf]++
			for gram := range g.all() {
				if counts[gram] == nil {
					counts[gram] = map[int]float64{}
				}
				counts[gram][leaf]++
			}
		}
	}
	m := &model{grams: make(map[string][]gramWeight, len(counts)), none: make([]float64, len(index)), own: index[fallbackLeaf]}
	for leaf, n := range totals {
		m.none[leaf] = math.Log(smoothing / (n + 2*smoothing))
	}
	for gram, byLeaf := range counts {
		for leaf, n := range byLeaf {
			w := math.Log((n+smoothing)/(totals[leaf]+2*smoothing)) - m.none[leaf]
			m.grams[gram] = append(m.grams[gram], gramWeight{int32(leaf), w})
		}
		slices.SortFunc(m.grams[gram], func(a, b gramWeight) int { return cmp.Compare(a.leaf, b.leaf) })
	}
	return m
}

// judge returns the leaf that the n-grams of a statement speak for. ok is false where none is known.
func (m *model) judge(text string) (v verdict, ok bool) {
	scores := make([]float64, len(m.none))
	known := 0.0
	for gram := range gramsOf(text).all() {
		weights := m.grams[gram]
		if len(weights) > 0 {
			known++
		}
		for _, w := range weights {
			scores[w.leaf] += w.weight
		}
	}
	if known == 0 {
		return verdict{}, false
	}
	scores[m.own] += ownBusiness
	best, next := -1, math.Inf(-1)
	for leaf := range scores {
		scores[leaf] += known * m.none[leaf]
		switch {
		case best < 0 || scores[leaf] > scores[best]:
			if best >= 0 {
				next = scores[best]
			}
			best = leaf
		case scores[leaf] > next:
			next = scores[leaf]
		}
	}
	return verdict{leaf: best, margin: scores[best] - next}, true
}

// evidence returns the pieces of the text that spoke most for a leaf, longest n-grams joined where they overlap.
func (m *model) evidence(text string, leaf int) []corpus.Evidence {
	g := gramsOf(text)
	type spoke struct {
		span   corpus.Span
		weight float64
	}
	var list []spoke
	for gram, span := range g.all() {
		if span.Len() == 0 || utf8.RuneCountInString(gram) < 2 {
			continue
		}
		weights := m.grams[gram]
		for _, w := range weights {
			if int(w.leaf) == leaf {
				list = append(list, spoke{span, w.weight / float64(len(weights))})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b spoke) int { return cmp.Compare(b.weight, a.weight) })
	var spans []corpus.Span
	for _, s := range list[:min(len(list), 2*maxEvidence)] {
		spans = join(spans, s.span)
	}
	var out []corpus.Evidence
	for _, s := range spans[:min(len(spans), maxEvidence)] {
		out = append(out, corpus.Evidence{Text: s.Of(text), Start: s.Start, End: s.End, In: corpus.InStatement, Rule: ModelRule})
	}
	return out
}

// join adds a span to a list, merged with those that it touches.
func join(spans []corpus.Span, s corpus.Span) []corpus.Span {
	kept := spans[:0]
	for _, o := range spans {
		if o.Start <= s.End && s.Start <= o.End {
			s = corpus.Span{Start: min(o.Start, s.Start), End: max(o.End, s.End)}
		} else {
			kept = append(kept, o)
		}
	}
	return append(kept, s)
}

// grams is a text as its n-grams: folded characters between marks for beginning and end, and where each stands.
type grams struct {
	folded string
	runes  []int         // byte offset of each character in folded, and its end
	spans  []corpus.Span // of each character in the text; empty for the marks
}

func gramsOf(text string) grams {
	g := grams{runes: []int{0}}
	buf := make([]byte, 0, len(text)+2)
	add := func(r rune, span corpus.Span) {
		buf = utf8.AppendRune(buf, r)
		g.runes = append(g.runes, len(buf))
		g.spans = append(g.spans, span)
	}
	add('^', corpus.Span{})
	for i, n := 0, 0; i < len(text); i += n {
		var r rune
		if r, n = utf8.DecodeRuneInString(text[i:]); !skipped(r) {
			add(foldRune(r), corpus.Span{Start: i, End: i + n})
		}
	}
	add('$', corpus.Span{})
	g.folded = string(buf)
	return g
}

// all yields every n-gram with its place; n-grams do not cross the end of a clause, and one
// with a mark has no place.
func (g grams) all() func(yield func(string, corpus.Span) bool) {
	return func(yield func(string, corpus.Span) bool) {
		for i := range g.spans {
			for n := 1; n <= maxGram && i+n <= len(g.spans); n++ {
				last, _ := utf8.DecodeLastRuneInString(g.folded[:g.runes[i+n]])
				if clauseEnd(last) {
					break
				}
				gram := g.folded[g.runes[i]:g.runes[i+n]]
				var span corpus.Span
				if first, end := g.spans[i], g.spans[i+n-1]; first.Len() > 0 && end.Len() > 0 {
					span = corpus.Span{Start: first.Start, End: end.End}
				}
				if !yield(gram, span) {
					return
				}
			}
		}
	}
}
