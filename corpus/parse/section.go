package parse

import "tongjian/corpus"

// sections covers everything outside the findings, so that findings and sections together hold every line once. A
// chapter begins a section of its own.
func (r *reader) sections(findings []corpus.Finding) []corpus.Section {
	starts := make([]bool, len(r.t.lines))
	heads := r.headings()
	for i := range r.nodes {
		if n := &r.nodes[i]; n.depth == 0 || n.role == fenced && n.depth == 1 {
			starts[n.line] = true
		}
	}
	list := []corpus.Section{}
	open := false
	add := func(span corpus.Span, at int, begin bool) {
		if span = trimSpan(r.t.all, span); span.Len() == 0 {
			return
		}
		if open && !begin {
			list[len(list)-1].Span.End = span.End
			return
		}
		list = append(list, corpus.Section{Heading: heads[at], Span: span})
		open = true
	}
	next := 0
	for i := range r.t.lines {
		rest := r.t.lines[i].span
		begin := starts[i]
		for next < len(findings) && findings[next].Span.Start < rest.End {
			f := findings[next].Span
			if f.Start > rest.Start {
				add(corpus.Span{Start: rest.Start, End: f.Start}, i, begin)
			}
			open, begin = false, true
			if f.End > rest.End {
				rest.Start = rest.End
				break
			}
			rest.Start = max(rest.Start, f.End)
			next++
		}
		if rest.Len() > 0 {
			add(rest, i, begin)
		}
	}
	return list
}

// headings returns for each line the heading that it is, or the nearest one above it.
func (r *reader) headings() []string {
	heads := make([]string, len(r.t.lines))
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.role == finding || n.role == part || n.kind.enumerates() {
			continue
		}
		head := n.head.Of(r.doc.Text)
		if runes(head) > maxHeading {
			head = firstRunes(head, maxHeading)
		}
		// Inner items come later and overwrite; each line is written at most once a level.
		for j := n.line; j < n.end; j++ {
			heads[j] = head
		}
	}
	return heads
}

// maxHeading bounds a heading, in characters: a numbered paragraph without a full stop is no heading as a whole.
const maxHeading = 120
