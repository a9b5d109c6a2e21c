package parse

import "tongjian/corpus"

// collectPairs reads the findings of a notice in running prose: 一是针对甲的问题，…。二是针对乙的问题，….
func (r *reader) collectPairs() {
	var items []item
	fenced := r.fencedLines()
	for i := range r.t.lines {
		if l := &r.t.lines[i]; !l.cell && !l.tail && !fenced[i] && l.label == noLabel {
			items = append(items, r.t.pairsIn(l.span)...)
		}
	}
	if len(items) < 2 {
		return
	}
	for i := range items {
		items[i].node = -1
	}
	r.items = items
}

// pairsIn reads the sentences of a paragraph that name a problem and go on with what was done about it. What follows such a sentence
// up to the next one belongs to it.
func (t *text) pairsIn(s corpus.Span) []item {
	var items []item
	boundary := true
	for i := s.Start; i < s.End; {
		if boundary {
			if it, ok := t.pairAt(i, s.End); ok {
				items = append(items, it)
				i, boundary = it.account[0].Start, false
				continue
			}
		}
		r, w := decodeRune(t.all[i:s.End])
		boundary = r == '。' || r == '；' || r == ';' || boundary && blank(r)
		i += w
	}
	for i := range items {
		stop := s.End
		if i+1 < len(items) {
			stop = items[i+1].span.Start
		}
		items[i].span = trimSpan(t.all, corpus.Span{Start: items[i].span.Start, End: stop})
		items[i].account[0].End = items[i].span.End
	}
	return items
}

// pairAt reads the beginning of such a sentence: a number, 针对…问题, and a comma.
func (t *text) pairAt(at, end int) (item, bool) {
	m, n := scanMark(t.all[at:end])
	w, ok := findPair(t.all, at+n, end)
	if !ok || w.rest >= end || !saysWrong(t.of(w.inner)) {
		return item{}, false
	}
	if r, _ := decodeRune(t.all[w.outer.End:end]); r != '，' && r != ',' && r != '：' && r != ':' && (r != '。' || m.kind == noMark) {
		return item{}, false
	}
	return item{span: corpus.Span{Start: at, End: w.rest}, statement: w.inner, account: []corpus.Span{{Start: w.rest}}, counted: true,
		label: m.label, kind: m.kind, number: m.number}, true
}
