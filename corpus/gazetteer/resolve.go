package gazetteer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
)

// Resolve returns the region that a unit's name begins with (江门鹤山市…, 宽甸满族自治县…, 珠海商务局), or else the first that
// the text states by a full name, with the span of its name. A name that several divisions share is resolved by a parent
// before it or elsewhere in the text; where none is named, the name resolves to nothing. A place that is not in the table
// resolves only where the text spells out its levels, province first, to a Region without Code.
func (g *Gazetteer) Resolve(text string) (corpus.Region, corpus.Span, bool) {
	start := nameStart(text)
	if c := g.chainAt(text, start, true); c.known() {
		return c.region(g)
	}
	explicit, span, isExplicit := explicitRegion(text)
	if _, inTable := g.byName[string(explicit.Province)]; inTable {
		isExplicit = false
	}
	for _, m := range g.Mentions(text) {
		if isExplicit && span.Start <= m.Span.Start {
			break
		}
		if c := g.chainAt(text, m.Span.Start, false); c.known() {
			return c.region(g)
		}
	}
	if !isExplicit {
		return corpus.Region{}, corpus.Span{}, false
	}
	return explicit, span, true
}

// prefixes are words before a unit's name that do not belong to it.
var prefixes = []string{"中国共产党", "中共", "关于巡察", "关于"}

// nameStart returns where the name of a unit begins: behind blanks and what is printed before it.
func nameStart(text string) int {
	rest := strings.TrimLeft(text, " \t\r\n\u00a0\u3000")
	for _, p := range prefixes {
		rest = strings.TrimPrefix(rest, p)
	}
	return len(text) - len(rest)
}

// chain is a run of names, each in the division before it: 广东省 珠海市 香洲区.
type chain struct {
	divisions  []int // what its last name can mean
	start, end int
}

// known reports whether the chain means one division.
func (c chain) known() bool { return len(c.divisions) == 1 }

// region returns the region of a known chain.
func (c chain) region(g *Gazetteer) (corpus.Region, corpus.Span, bool) {
	return g.Region(g.divisions[c.divisions[0]]), corpus.Span{Start: c.start, End: c.end}, true
}

// chainAt reads the longest chain of names at a place. Short names count only where the caller says that a unit's name begins
// there.
func (g *Gazetteer) chainAt(text string, start int, short bool) chain {
	c := chain{start: start, end: start}
	for c.end < len(text) {
		length, within := g.link(text, c, short)
		if length == 0 {
			break
		}
		c.divisions, c.end = within, c.end+length
	}
	c.divisions = g.outranking(c.divisions)
	if len(c.divisions) == 1 && !isGeneric(g.divisions[c.divisions[0]], text[c.start:c.end]) {
		return c
	}
	c.divisions = g.narrowed(c.divisions, text)
	return c
}

// link reads the next name of a chain: its length and what it can mean within the chain; length 0 where there is none.
func (g *Gazetteer) link(text string, c chain, short bool) (length int, within []int) {
	length, means := g.nameAt(text[c.end:])
	if length == 0 && c.end > c.start && strings.HasSuffix(text[:c.end], "市") {
		// The city and its district share a character: 济南市中区.
		if overlapping, m := g.nameAt(text[c.end-len("市"):]); overlapping > 0 {
			length, means = overlapping-len("市"), m
		}
	}
	if length == 0 && short {
		length, means = g.shortAt(text[c.end:])
	}
	if c.end == c.start {
		return length, means
	}
	if within = g.within(means, c.divisions); len(within) == 0 {
		return 0, nil
	}
	return length, within
}

// within returns those meanings that lie in one of the divisions before.
func (g *Gazetteer) within(means, before []int) []int {
	var in []int
	for _, m := range means {
		if slices.ContainsFunc(before, func(b int) bool { return g.contains(b, m) }) {
			in = append(in, m)
		}
	}
	return in
}

// isGeneric reports whether a name that stands alone is a common word (城区, 郊区, 矿区), which needs a parent even where
// only one division is called so.
func isGeneric(d Division, named string) bool {
	return named == d.Name && strings.HasSuffix(named, "区") && utf8.RuneCountInString(named) == 2
}

// narrowed chooses among divisions that share a name by a parent that the text names elsewhere. Without such a parent
// nothing is chosen.
func (g *Gazetteer) narrowed(means []int, text string) []int {
	if len(means) == 0 {
		return nil
	}
	var chosen []int
	for _, other := range g.Mentions(text) {
		if len(other.Divisions) != 1 {
			continue
		}
		parent := g.byCode[other.Divisions[0].Code]
		for _, m := range means {
			if g.contains(parent, m) && !slices.Contains(chosen, m) {
				chosen = append(chosen, m)
			}
		}
	}
	if len(chosen) != 1 {
		return nil
	}
	return chosen
}
