package parse

import (
	"strings"

	"tongjian/corpus"
)

// runInMarks are the first numbers of lists that may run inside the paragraph of the heading above them.
var runInMarks = []string{"（1）", "(1)", "1.", "1．", "1、", "⑴", "（一）", "(一)"}

// cutRunIns makes lines of the numbered problems that run on inside the paragraph of their heading, each with measures of its own:
// 1.药房管理松。（1）药品混放。一是…；二是…。（2）…. Only where all items are answered so are they problems and not measures.
func (r *reader) cutRunIns() {
	var cut []line
	done := 0
	for i := range r.t.lines {
		l := &r.t.lines[i]
		starts := r.t.runIns(l)
		if len(starts) == 0 {
			continue
		}
		cut = append(cut, r.t.lines[done:i]...)
		done = i + 1
		head := *l
		end := head.span.End
		head.span = trimSpan(r.t.all, corpus.Span{Start: head.span.Start, End: starts[0]})
		cut = append(cut, head)
		for k, at := range starts {
			stop := end
			if k+1 < len(starts) {
				stop = starts[k+1]
			}
			span := trimSpan(r.t.all, corpus.Span{Start: at, End: stop})
			cut = append(cut, readLine(r.t, line{span: span, body: span.Start}, nil))
		}
	}
	if done > 0 {
		r.t.lines = append(cut, r.t.lines[done:]...)
	}
}

// runIns returns where the problems that run inside a line begin.
func (t *text) runIns(l *line) []int {
	if l.cell || l.label != noLabel || l.mark.kind == noMark || l.mark.kind.enumerates() {
		return nil
	}
	body := l.bodyOf()
	if !strings.Contains(t.of(body), "一是") || !hasAny(t.of(body), runInMarks) {
		return nil
	}
	points := firstList(scanPoints(t.all, []corpus.Span{body}, nil))
	if len(points) == 0 || points[0].start == body.Start || points[0].mark.kind.enumerates() || longer(t.all[body.Start:points[0].start], 60) {
		return nil
	}
	starts := make([]int, len(points))
	for i, p := range points {
		stop := body.End
		if i+1 < len(points) {
			stop = points[i+1].start
		}
		if !strings.Contains(t.all[p.body:stop], "一是") {
			return nil
		}
		starts[i] = p.start
	}
	return starts
}

// firstList returns the enumeration that opens first among the points; one item by itself is one too.
func firstList(points []point) []point {
	if len(points) == 0 || points[0].mark.number != 1 {
		return nil
	}
	return follow(points, points[0].mark.kind)
}
