package parse

import (
	"strings"

	"tongjian/corpus"
)

// listLeads stand before a list of problems that no word announces: 巡察组组长指出，甲不实；乙不严.
var listLeads = []string{"指出，", "指出：", "发现，", "发现：", "认为，", "认为：", "反馈，", "表明，", "显示，", "来看，"}

// collectListings reads the sentences of a feedback that say in several clauses what is wrong, where nothing announces them as problems
// and nothing else was found.
func (r *reader) collectListings() {
	fenced := r.fencedLines()
	for i := range r.t.lines {
		l := &r.t.lines[i]
		if l.cell || l.tail || fenced[i] || l.label == adviceLabel || l.advice {
			continue
		}
		for _, s := range r.t.sentences([]corpus.Span{l.bodyOf()}) {
			if reg, ok := r.t.listing(s); ok {
				for _, it := range r.t.readRegion(reg) {
					it.node = -1
					r.items = append(r.items, it)
				}
			}
		}
	}
}

// listing cuts what leads to a list off a sentence, and reports whether the rest is one: at least two parts, most of which say what is wrong.
func (t *text) listing(s corpus.Span) (region, bool) {
	if endsList(t.of(s)) || isScope(firstRunes(t.of(s), 60)) {
		return region{}, false
	}
	for _, lead := range listLeads {
		if i := strings.Index(t.of(s), lead); i >= 0 && !longer(t.of(s)[:i], 40) {
			s.Start += i + len(lead)
			break
		}
	}
	parts := t.split(s, "；;")
	weak := 0
	for _, p := range parts {
		if isAction(t.of(p)) || hasPrefix(t.of(p), []string{"要", "一要", "二要", "三要"}) > 0 {
			return region{}, false
		}
		weak += count(saysWrong(t.of(p)))
	}
	return region{span: s, list: true}, len(parts) > 1 && weak*3 >= len(parts)*2
}
