package parse

import (
	"strings"

	"tongjian/corpus"
)

// pairChapters finds the documents that list all problems in one chapter and answer them in another, item by item under the same
// numbers. The chapter of answers holds no findings; answers says by node of a problem which node answers it.
func (p *planner) pairChapters() {
	var tops []int
	for i := range p.nodes {
		if p.nodes[i].parent < 0 {
			tops = append(tops, i)
		}
	}
	for _, a := range tops {
		if !p.listsProblems(a) {
			continue
		}
		for _, b := range tops {
			if b > a && strings.Contains(p.t.of(p.nodes[b].head), "整改") {
				if problems, answers := p.leaves(a), p.leaves(b); p.pairs(problems, answers) {
					p.pair(a, b, problems, answers)
					return
				}
			}
		}
	}
}

// listsProblems reports whether a chapter says that it lists problems, and not what became of them.
func (p *planner) listsProblems(i int) bool {
	head := p.t.of(p.nodes[i].head)
	return strings.Contains(head, "问题") && !hasAny(head, []string{"整改情况", "整改落实", "整改进展", "整改完成", "落实整改", "问题整改"}) && len(p.nodes[i].children) > 0
}

// leaves lists the innermost items of a chapter.
func (p *planner) leaves(i int) []int {
	var list []int
	for j := i + 1; j < len(p.nodes) && p.nodes[j].depth > p.nodes[i].depth; j++ {
		if len(p.nodes[j].children) == 0 {
			list = append(list, j)
		}
	}
	return list
}

// pairs reports whether two lists of items carry the same numbers, the first on lines of their own that are not answered there.
func (p *planner) pairs(problems, answers []int) bool {
	if len(problems) < 2 || len(problems) != len(answers) {
		return false
	}
	weak, done := 0, 0
	for k, i := range problems {
		a, b := &p.nodes[i], &p.nodes[answers[k]]
		if a.labelled || a.end > a.line+1 || p.t.lines[a.line].mark.number != p.t.lines[b.line].mark.number {
			return false
		}
		weak += count(a.weak)
		done += count(!b.weak || b.action)
	}
	return weak*2 >= len(problems) && done*2 >= len(answers)
}

func (p *planner) pair(a, b int, problems, answers []int) {
	p.nodes[a].role = problemPart
	for j := a + 1; j < b && p.nodes[j].depth > 0; j++ {
		p.nodes[j].role = undecided
	}
	p.nodes[b].role = fenced
	for j := b + 1; j < len(p.nodes) && p.nodes[j].depth > 0; j++ {
		p.nodes[j].role = fenced
	}
	p.answers = make(map[int]int, len(problems))
	for k, i := range problems {
		p.answers[i] = answers[k]
	}
}

// readAnswer takes the status from the item that answers a problem in another chapter.
func (r *reader) readAnswer(it *item, answer int) {
	n := &r.nodes[answer]
	other := r.t.readNotice(n.line, n.end, true)
	if !other.hasStatus {
		other.account = append([]corpus.Span{other.statement}, other.account...)
		other.readProseStatus(r.t.all)
	}
	if other.hasStatus && !it.hasStatus {
		it.hasStatus, it.status, it.statusText = true, other.status, other.statusText
	}
}

// splitAnswers reads a list of problems that a list of as many answers follows as findings of their own: 问题：1.甲；2.乙。整改：1.…；2.….
// Each takes its status from its answer. The answers stand apart from the problems and are no part of the findings.
func (t *text) splitAnswers(it item) []item {
	if len(it.account) == 0 || it.statement.Len() == 0 {
		return nil
	}
	if _, n := scanMark(t.of(it.statement)); n == 0 {
		return nil // no list of problems begins with the statement
	}
	problems := enumeration(scanPoints(t.all, []corpus.Span{it.statement}, nil))
	answers := enumeration(scanPoints(t.all, it.account, t.automatic))
	if len(problems) < 2 || len(problems) != len(answers) || problems[0].start > it.statement.Start {
		return nil
	}
	items := make([]item, len(problems))
	for k, p := range problems {
		stop, until := it.statement.End, it.account[len(it.account)-1].End
		if k+1 < len(problems) {
			stop, until = problems[k+1].start, answers[k+1].start
		}
		s := trimStatement(t.all, corpus.Span{Start: p.body, End: stop})
		items[k] = item{span: corpus.Span{Start: p.start, End: s.End}, statement: bareProblem(t.all, s), label: p.mark.label, kind: p.mark.kind, number: p.mark.number}
		answer := item{account: []corpus.Span{trimSpan(t.all, corpus.Span{Start: answers[k].body, End: until}), {Start: until, End: until}}}
		answer.readProseStatus(t.all)
		if words := t.lastClauseOf(answer.account[0]); !answer.hasStatus {
			if r, ok := bareStatus(words); ok {
				answer.setStatus(r, words)
			}
		}
		if answer.hasStatus {
			items[k].hasStatus, items[k].status, items[k].statusText = true, answer.status, answer.statusText
		} else if it.hasStatus {
			items[k].hasStatus, items[k].status, items[k].statusText = true, it.status, it.statusText
		}
	}
	return items
}

// lastClauseOf returns the words behind the last comma of a span.
func (t *text) lastClauseOf(s corpus.Span) string {
	words := trimmed(t.of(s))
	if i := lastCommas.last(words); i >= 0 {
		_, w := decodeRune(words[i:])
		words = words[i+w:]
	}
	return words
}

// lastCommas stand before the last clause.
var lastCommas = newRuneSet("，,。；;")
