package parse

import (
	"strings"

	"tongjian/corpus"
)

// readReport reads the findings under one heading of an inspection report: the points that it enumerates (一是…), the
// lead clauses of its sentences (议题酝酿不充分。如…), or the heading itself with the text as its account. split is false
// where lead clauses are not to be looked for.
func (t *text) readReport(n *node, split bool) []item {
	l := &t.lines[n.line]
	whole := corpus.Span{Start: l.span.Start, End: t.lines[n.end-1].span.End}
	self := item{label: l.mark.label, kind: l.mark.kind, number: l.mark.number, span: whole}
	first := l.bodyOf()
	if items := t.titledList(n); len(items) > 0 {
		return items
	}
	if w, ok := findWrapper(t.all, first.Start, first.End); ok {
		self.statement = w.inner
		first.Start = w.rest
	} else {
		head := sentenceEnd(t.all, first.Start, first.End)
		points := enumeration(scanPoints(t.all, []corpus.Span{first}, t.automatic))
		if len(points) > 0 && points[0].start > first.Start {
			head = min(head, points[0].start)
		}
		self.statement = leadingClause(t.all, corpus.Span{Start: first.Start, End: head}, head < first.End || n.line+1 < n.end)
		first.Start = head
		if self.statement.End < head {
			first.Start = skipClosing(t.all, self.statement.End, first.End)
		}
	}
	detail := t.detail(n, first)
	path := self.statement
	if items := t.enumerated(detail, whole.End); len(items) > 0 {
		return under(items, path)
	}
	if t.feedback {
		if items := t.genericClauses(detail); len(items) > 1 {
			return under(items, path)
		}
	}
	if split && len(detail) > 0 {
		below := t.headlined && detail[0].Start > l.span.End
		if items := t.leads(detail, whole.End, below); len(items) > 0 {
			return under(items, path)
		}
	}
	self.account = detail
	return []item{self}
}

// maxListTitle is the longest title of a list of problems on its own line, in characters.
const maxListTitle = 16

// areaVerbs begin the names of areas, which may hold a word of weakness: 聚焦廉政风险.
var areaVerbs = []string{"聚焦", "落实", "围绕", "贯彻"}

// titledList reads 1.聚焦主责主业：甲不到位；乙缺失。, a line whose title says nothing wrong and of whose parts at least half do.
func (t *text) titledList(n *node) []item {
	l := &t.lines[n.line]
	body := l.bodyOf()
	i := strings.IndexAny(t.of(body), "：:")
	if n.end > n.line+1 || i <= 0 || longer(t.of(body)[:i], maxListTitle) {
		return nil
	}
	title := corpus.Span{Start: body.Start, End: body.Start + i}
	if words := t.of(title); saysWrong(words) && hasPrefix(words, areaVerbs) == 0 || strings.ContainsAny(words, "，。；、“”0123456789") || hasAny(words, []string{"问题", "不足", "表现", "指出", "发现"}) || unitIn(words) != "" || isAction(words) && hasPrefix(words, areaVerbs) == 0 {
		return nil
	}
	_, w := decodeRune(t.all[title.End:])
	parts := t.split(trimSpan(t.all, corpus.Span{Start: title.End + w, End: body.End}), "；;。")
	weak := 0
	for _, p := range parts {
		if words := trimmed(t.of(p)); isAction(words) || isExample(words) {
			return nil
		} else if saysWrong(words) {
			weak++
		}
	}
	if weak*2 < len(parts) {
		return nil
	}
	items := make([]item, len(parts))
	for k, p := range parts {
		items[k] = item{span: p, statement: trimStatement(t.all, p)}
	}
	if len(items) > 0 {
		items[0].span.Start = l.span.Start
	}
	return under(items, title)
}

// runInPoints reads 一是…；二是…；三是…, a paragraph that begins with the first point and holds the others.
func (t *text) runInPoints(n *node) []item {
	l := &t.lines[n.line]
	if l.mark.kind != isList || l.mark.number != 1 {
		return nil
	}
	points := enumeration(scanPoints(t.all, []corpus.Span{l.span}, nil))
	if len(points) < 2 || points[0].start != l.span.Start {
		return nil
	}
	return t.readPoints(points, t.untilFence(corpus.Span{Start: l.span.Start, End: t.lines[n.end-1].span.End}).End)
}

// detail lists the pieces of text below a heading; the rest of its own line comes first.
func (t *text) detail(n *node, rest corpus.Span) []corpus.Span {
	var list []corpus.Span
	rest = trimSpan(t.all, rest)
	if trimStatement(t.all, rest).Len() > 0 {
		list = append(list, rest)
	}
	for i := n.line + 1; i < n.end; i++ {
		if !isNoise(t.of(t.lines[i].span)) {
			list = append(list, t.lines[i].span)
		}
	}
	return list
}

// genericClauses reads the text below a heading of a feedback as findings where each of its clauses says of some what is wrong:
// 有的…；有的…；个别….
func (t *text) genericClauses(detail []corpus.Span) []item {
	var items []item
	for _, d := range detail {
		for _, part := range t.split(d, "；;。") {
			if len(items) > 0 && endsList(t.of(part)) {
				return items
			}
			for _, c := range t.genericParts(part) {
				if !isGeneric(t.of(c)) {
					return nil
				}
				items = append(items, item{span: c, statement: trimStatement(t.all, c)})
			}
		}
	}
	return items
}

// genericParts cuts 有的甲，有的乙 before 有的.
func (t *text) genericParts(s corpus.Span) []corpus.Span {
	var parts []corpus.Span
	start := s.Start
	for _, c := range t.split(s, "，,") {
		if c.Start > start && strings.HasPrefix(t.of(c), "有的") {
			parts = appendPart(t.all, parts, corpus.Span{Start: start, End: c.Start})
			start = c.Start
		}
	}
	return appendPart(t.all, parts, corpus.Span{Start: start, End: s.End})
}

func under(items []item, path corpus.Span) []item {
	for i := range items {
		items[i].path = append([]corpus.Span{path}, items[i].path...)
	}
	return items
}

// enumerated reads the points of an enumeration as findings: 一是F。facts. Facts in the same point belong to it.
func (t *text) enumerated(pieces []corpus.Span, end int) []item {
	points := enumeration(scanPoints(t.all, pieces, t.automatic))
	if len(points) > 0 && points[0].mark.kind != isList && t.areFacts(points, end) {
		return nil
	}
	var items []item
	for i, p := range points {
		stop := end
		if i+1 < len(points) {
			stop = points[i+1].start
		}
		whole := trimSpan(t.all, corpus.Span{Start: p.start, End: stop})
		body := corpus.Span{Start: p.body, End: whole.End}
		head := corpus.Span{Start: p.body, End: sentenceEnd(t.all, body.Start, body.End)}
		st := leadingClause(t.all, head, head.End < body.End)
		items = append(items, item{span: whole, label: p.mark.label, kind: p.mark.kind, number: p.mark.number,
			statement: st, account: t.after(st, body)})
	}
	return items
}

// areFacts reports whether numbered points tell facts of one finding: most begin with a date or a figure, or neither say
// what is wrong nor carry a short title. Points 一是 are findings in whatever words.
func (t *text) areFacts(points []point, end int) bool {
	facts := 0
	for i, p := range points {
		stop := end
		if i+1 < len(points) {
			stop = points[i+1].start
		}
		after := sentenceEnd(t.all, p.body, stop)
		head := t.all[p.body:after]
		titled := !longer(head, 17) && after < stop
		facts += count(startsWithDigit(head) || !saysWrong(head) && !titled)
	}
	return facts*2 > len(points)
}

func startsWithDigit(s string) bool {
	_, digits, _ := digitRun(s)
	return digits > 0
}

// after returns what stands in body behind the statement.
func (t *text) after(statement, body corpus.Span) []corpus.Span {
	rest := trimSpan(t.all, corpus.Span{Start: min(skipClosing(t.all, statement.End, body.End), body.End), End: body.End})
	if rest.Len() == 0 {
		return nil
	}
	return []corpus.Span{rest}
}

// maxStatement is the longest sentence, in characters, that is a statement as a whole where it goes on behind a lead clause.
const maxStatement = 30

// leadingClause shortens a first sentence that runs on into facts to the clause that states the problem: of
// 库房管理不到位，仅有“纸面盘点”，… that is 库房管理不到位.
func leadingClause(all string, s corpus.Span, detailed bool) corpus.Span {
	s = trimStatement(all, s)
	sentence := all[s.Start:s.End]
	for _, example := range []string{"，如，", "，如：", "，例如", "，比如", "，如20"} {
		if i := strings.Index(sentence, example); i > 0 {
			s = trimStatement(all, corpus.Span{Start: s.Start, End: s.Start + i})
			return s
		}
	}
	if i := strings.IndexAny(sentence, "；;"); i > 0 && longer(sentence, maxStatement) {
		s = trimStatement(all, corpus.Span{Start: s.Start, End: s.Start + i})
		sentence = all[s.Start:s.End]
	}
	hasDigit := strings.ContainsAny(sentence, "0123456789")
	c := corpus.Span{Start: s.Start, End: clauseEnd(all, s.Start, s.End)}
	if c.End == s.End || !weakEnd(all[c.Start:c.End]) || longer(all[c.Start:c.End], 25) {
		return s
	}
	if !longer(sentence, maxStatement) && (detailed || !hasDigit && !runsIntoFacts(all[c.End:s.End])) {
		return s
	}
	return trimStatement(all, c)
}

// runsIntoFacts reports whether what follows a lead clause tells facts instead of going on with the problem: it turns to
// another subject or time, or does not end in what is wrong.
func runsIntoFacts(rest string) bool {
	rest = trimLeft(rest, closing)
	return hasPrefix(rest, []string{"近", "截至", "至今", "仅", "学生", "群众", "家长", "职工", "个别", "有的"}) > 0
}

// instance words begin a sentence of facts: an example, or a subject that is only some of the people.
var instanceWords = []string{"如", "例如", "比如", "再如", "又如", "但", "其中", "另", "同时", "目前", "个别", "部分", "有的", "少数", "一些", "对", "在", "查看", "查阅",
	"现场", "经", "据", "特别", "仅", "截至", "至今", "甚至", "致使", "导致", "造成", "由于", "因", "该", "且", "并", "也", "还", "只", "尤其", "巡察", "抽查", "走访", "谈话", "多数", "大多", "大量", "不少", "许多", "某", "班子成员", "存在"}

// isLead reports whether the first clause of a sentence states a problem of its own, as a heading would: short, without
// figures, ending in what is wrong.
func isLead(clause string) bool {
	n := runes(clause)
	return n >= 4 && n <= 16 && !strings.ContainsAny(clause, "0123456789《》、：:") && hasPrefix(clause, instanceWords) == 0 && weakEnd(clause)
}

// isHeadline reports whether a whole sentence reads as a heading written into the text: short, without figures and examples.
func isHeadline(sentence string) bool {
	s := trimmed(sentence)
	n := runes(s)
	return n >= 4 && n <= 22 && !strings.ContainsAny(s, "0123456789０１２３４５６７８９《》：:；;") && !countsThings(s) && !startsSpeech(s) && !isAction(s) &&
		(hasPrefix(s, instanceWords) == 0 || weakEnd(s) && hasPrefix(s, []string{"对", "班子成员", "在"}) > 0)
}

// countsThings reports whether a sentence counts things in words, as facts do: 两个分管领域, 多次会议.
func countsThings(s string) bool {
	before := rune(0)
	for i, r := range s {
		if strings.ContainsRune("个名次家份起项人年月处笔", r) && strings.ContainsRune("一二两三四五六七八九十多数几", before) && longer(s[i:], 4) {
			return true
		}
		before = r
	}
	return false
}

// leads reads sentences as findings that state a problem, and what follows them up to the next one as their accounts. There must be at
// least two, and the text must begin with one: then the author has written headings into the text. A lead is a sentence whose
// first clause says shortly what is wrong; between such sentences and their facts a headline in any words is one too. below says
// that the document puts headlines with their facts below its headings: then one is enough.
func (t *text) leads(pieces []corpus.Span, end int, below bool) []item {
	sentences := t.sentences(pieces)
	if len(sentences) < 2 || isExample(t.of(sentences[0])) {
		return nil
	}
	var starts []corpus.Span
	for _, s := range sentences {
		clause := corpus.Span{Start: s.Start, End: clauseEnd(t.all, s.Start, s.End)}
		if isLead(t.of(clause)) {
			starts = append(starts, clause)
		} else if len(starts) == 0 {
			starts = nil
			break
		}
	}
	if more := t.headlines(sentences, below); len(more) > len(starts) {
		starts = more
	}
	if len(starts) < 2 && !below || len(starts) == 0 {
		return nil
	}
	items := make([]item, len(starts))
	for i, s := range starts {
		stop := end
		if i+1 < len(starts) {
			stop = starts[i+1].Start
		}
		whole := trimSpan(t.all, corpus.Span{Start: s.Start, End: stop})
		items[i] = item{span: whole, statement: s, account: t.after(s, whole)}
	}
	return items
}

// headlines returns the sentences that read as headings, where the text begins with one, at least half of them say what is
// wrong, and sentences of facts stand between them. known says that the document writes so: then the words do not matter.
func (t *text) headlines(sentences []corpus.Span, known bool) []corpus.Span {
	var starts []corpus.Span
	weak, facts, fact := 0, 0, false
	for i, s := range sentences {
		words := t.of(s)
		wrong := weakEnd(words) || isWeak(words)
		// Behind a headline one that does not say what is wrong goes on with it.
		if !isHeadline(words) || !wrong && i > 0 && !fact {
			if i == 0 {
				return nil
			}
			if !fact {
				facts++
			}
			fact = true
			continue
		}
		fact = false
		starts = append(starts, trimStatement(t.all, s))
		weak += count(wrong)
	}
	if known && facts > 0 && facts >= len(starts)-1 {
		return starts
	}
	if len(starts) < 2 || weak*2 < len(starts) || facts*2 < len(starts) {
		return nil
	}
	return starts
}

// isExample reports whether a sentence begins with an example.
func isExample(s string) bool {
	return hasPrefix(s, []string{"如，", "如：", "例如", "比如", "如20", "如某"}) > 0
}

// sentences cuts pieces of text into sentences.
func (t *text) sentences(pieces []corpus.Span) []corpus.Span {
	var list []corpus.Span
	for _, p := range pieces {
		for at := p.Start; at < p.End; {
			stop := sentenceEnd(t.all, at, p.End)
			if s := trimSpan(t.all, corpus.Span{Start: at, End: stop}); trimStatement(t.all, s).Len() > 0 {
				list = append(list, s)
			}
			at = stop
		}
	}
	return list
}

// inlinePairs reads 对A问题，…；对B问题，… behind a heading as findings of their own, each with its account.
func (t *text) inlinePairs(n *node) []item {
	l := &t.lines[n.line]
	w, ok := t.wrapperOf(l)
	if !ok {
		return nil
	}
	var items []item
	end := t.lines[n.end-1].span.End
	boundary := true
	for i := w.rest; i < l.span.End; {
		r, size := decodeRune(t.all[i:l.span.End])
		if boundary && (r == '对' || r == '针') {
			if sub, ok := findPair(t.all, i, l.span.End); ok && sub.rest < l.span.End && hasPrefix(t.all[sub.outer.End:], []string{"，", ","}) > 0 {
				items = append(items, item{span: corpus.Span{Start: i}, statement: sub.inner, account: []corpus.Span{{Start: sub.rest}}, counted: true})
				i = sub.rest
				boundary = false
				continue
			}
		}
		boundary = r == '。' || r == '；' || r == ';'
		i += size
	}
	if len(items) < 2 || items[0].span.Start != w.rest {
		return nil
	}
	for i := range items {
		stop := end
		if i+1 < len(items) {
			stop = items[i+1].span.Start
		}
		items[i].span = trimSpan(t.all, corpus.Span{Start: items[i].span.Start, End: stop})
		items[i].account[0].End = items[i].span.End
	}
	return under(items, trimStatement(t.all, w.outer))
}
