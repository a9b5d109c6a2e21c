package parse

import (
	"strings"

	"tongjian/corpus"
)

// item is a finding while it is being read: everything as spans of the text.
type item struct {
	span      corpus.Span // the whole, number included
	node      int         // of the outline, -1 where it is none
	row       bool        // a row of a ledger
	label     string
	kind      markKind
	number    int
	path      []corpus.Span
	statement corpus.Span
	account   []corpus.Span
	// actions are the cells of a ledger that measures are counted in; nil means the account.
	actions []corpus.Span
	// counted says that the account describes what was done, so that measures are counted in it.
	counted bool
	// facts is what an audit tells about a problem on its own line, behind its first sentence: part of the account, and no action.
	facts corpus.Span

	status      reading
	hasStatus   bool
	statusText  string
	deadline    *corpus.Deadline
	responsible *corpus.Responsible
	unit        string
}

// piece is a part of an item's text behind a label, or behind none.
type piece struct {
	label label
	span  corpus.Span
}

// pieces cuts the lines of a finding at its labels. The first piece is what stands on the finding's own line.
func (t *text) pieces(from, to int) []piece {
	var list []piece
	pending := noLabel
	for i := from; i < to; i++ {
		l := &t.lines[i]
		if isNoise(t.of(l.span)) {
			continue
		}
		p := piece{label: l.label, span: l.span}
		if i == from || l.label != noLabel {
			p.span = l.bodyOf()
		}
		if p.label == noLabel && i > from {
			p.label = pending
		}
		pending = noLabel
		for {
			found, word, body := findLabel(t.all, p.span.Start, p.span.End)
			if found == noLabel {
				break
			}
			list = append(list, piece{p.label, trimSpan(t.all, corpus.Span{Start: p.span.Start, End: word})})
			p = piece{found, corpus.Span{Start: body, End: p.span.End}}
		}
		if p.span.Len() == 0 && p.label >= statusLabel && p.label <= departmentLabel && p.label != accountLabel {
			pending = p.label
		}
		list = append(list, p)
	}
	return list
}

// isNoise reports whether a line is a mark of the machinery that published the text.
func isNoise(s string) bool {
	return strings.HasPrefix(s, "##") && strings.HasSuffix(s, "##") && len(s) < 60 || strings.HasPrefix(s, "[bookmark") || strings.Trim(s, "#*=-~_.·•?") == ""
}

// brokenEntities are what is left of characters that a publishing system spelt out: rdquo;.
var brokenEntities = []string{"rdquo;", "ldquo;", "nbsp;", "mdash;", "hellip;", "middot;", "lsquo;", "rsquo;", "ensp;", "emsp;", "amp;"}

// readNotice reads a finding of a rectification notice from its lines.
func (t *text) readNotice(from, to int, labelsUsed bool) item {
	l := &t.lines[from]
	it := item{label: l.mark.label, kind: l.mark.kind, number: l.mark.number, counted: true,
		span: corpus.Span{Start: l.span.Start, End: t.lines[to-1].span.End}}
	list := t.pieces(from, to)
	if len(list) == 0 {
		it.statement = l.span
		return it
	}
	labelled := false
	for _, p := range list[1:] {
		labelled = labelled || p.label.ofFinding()
	}
	own := list[0].span
	if stop := sentenceEnd(t.all, own.Start, own.End); t.audit && labelled && stop < own.End {
		it.facts = trimSpan(t.all, corpus.Span{Start: stop, End: own.End})
		own.End = stop
	}
	it.readStatement(t.all, own, labelled)
	for i, p := range list[1:] {
		it.readPiece(t.all, p, i+2 < len(list))
	}
	if !it.hasStatus && !labelsUsed {
		it.readProseStatus(t.all)
	}
	if it.facts.Len() > 0 {
		it.actions = it.account
		it.account = append([]corpus.Span{it.facts}, it.account...)
	}
	return it
}

// readStatement finds the statement on a finding's own line. Where labels follow, the whole line is the statement;
// else it is the first sentence and the account begins behind it.
func (it *item) readStatement(all string, line corpus.Span, labelled bool) {
	line = it.readBrackets(all, line)
	if w, ok := findWrapper(all, line.Start, line.End); ok {
		it.statement = w.inner
		rest := corpus.Span{Start: w.rest, End: line.End}
		rest = it.readBrackets(all, rest)
		it.addAccount(all, rest)
		return
	}
	stop := line.End
	if !labelled {
		stop = sentenceEnd(all, line.Start, line.End)
	}
	if points := enumeration(scanPoints(all, []corpus.Span{line}, nil)); len(points) > 0 && points[0].start > line.Start {
		stop = min(stop, points[0].start, sentenceEnd(all, line.Start, line.End))
	}
	if labelled {
		stop = it.readOwnStatus(all, corpus.Span{Start: line.Start, End: stop})
	}
	it.statement = bareProblem(all, unquote(all, trimStatement(all, it.readBrackets(all, trimStatement(all, corpus.Span{Start: line.Start, End: stop})))))
	it.addAccount(all, corpus.Span{Start: stop, End: line.End})
}

// readOwnStatus takes the last sentence of a finding's own line where it is nothing but a status (问题1：账目不清。已完成。), and returns where
// the statement before it ends.
func (it *item) readOwnStatus(all string, line corpus.Span) int {
	last := trimStatement(all, lastSentence(all, line))
	words := all[last.Start:last.End]
	if last.Start <= line.Start || longer(words, 14) || it.hasStatus {
		return line.End
	}
	r, ok := bareStatus(words)
	if !ok {
		return line.End
	}
	it.setStatus(r, words)
	return last.Start
}

// bareProblem drops 的问题 behind a statement, and 解决 before it: 任务一：解决演练走过场的问题.
func bareProblem(all string, s corpus.Span) corpus.Span {
	words := all[s.Start:s.End]
	inner := strings.TrimSuffix(words, "的问题")
	if inner == words || !longer(inner, 3) || strings.ContainsAny(inner, "。；") {
		return s
	}
	s.End -= len(words) - len(inner)
	if n := hasPrefix(inner, []string{"着力解决", "重点解决", "解决", "整改", "纠正", "整治"}); n > 0 && saysWrong(inner[n:]) {
		s.Start += n
	}
	return s
}

func (it *item) addAccount(all string, s corpus.Span) {
	s = trimSpan(all, s)
	if trimStatement(all, s).Len() > 0 && strings.IndexFunc(all[s.Start:s.End], func(r rune) bool { return !closing(r) && r != '）' && r != ')' }) >= 0 {
		it.account = append(it.account, s)
	}
}

// readBrackets takes brackets at the end of a statement that say who answers for it, until when, or how it stands:
// （牵头单位：养护科；责任单位：各站）, （已完成）.
func (it *item) readBrackets(all string, s corpus.Span) corpus.Span {
	for {
		s = trimSpan(all, s)
		body := trimRight(all[s.Start:s.End], closing)
		if !strings.HasSuffix(body, "）") && !strings.HasSuffix(body, ")") {
			return s
		}
		open := openBracket(body)
		if open < 0 {
			return s
		}
		_, w := decodeRune(body[open:])
		_, v := decodeLast(body)
		inner := corpus.Span{Start: s.Start + open + w, End: s.Start + len(body) - v}
		if !it.readBracket(all, inner) {
			return s
		}
		s.End = s.Start + open
	}
}

// openBracket returns where the bracket opens that the last character of s closes, -1 where it does not.
func openBracket(s string) int {
	depth := 0
	for i := len(s); i > 0; {
		r, w := decodeLast(s[:i])
		i -= w
		switch r {
		case '）', ')':
			depth++
		case '（', '(':
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

func (it *item) readBracket(all string, inner corpus.Span) bool {
	text := all[inner.Start:inner.End]
	if r, ok := bareStatus(text); ok && !it.hasStatus {
		it.setStatus(r, text)
		return true
	}
	known := false
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return r == '；' || r == ';' || r == '。' }) {
		l, body := scanLabel(field, skipBlanks(field), len(field))
		if l != deadlineLabel && l != personLabel && l != departmentLabel {
			continue
		}
		known = true
		it.readField(l, field[body:])
	}
	return known
}

func (it *item) readField(l label, value string) {
	switch l {
	case deadlineLabel:
		if it.deadline == nil {
			it.deadline = newDeadline(value)
		}
	case personLabel, departmentLabel:
		it.responsible = addResponsible(it.responsible, l, value)
	}
}

// readPiece reads what stands behind a label of the finding.
func (it *item) readPiece(all string, p piece, more bool) {
	switch p.label {
	case statusLabel:
		it.readStatus(all, p.span)
	case deadlineLabel, personLabel, departmentLabel:
		it.readField(p.label, all[p.span.Start:p.span.End])
	case accountLabel:
		first := corpus.Span{Start: p.span.Start, End: sentenceEnd(all, p.span.Start, p.span.End)}
		text := trimStatement(all, first)
		if r, ok := bareStatus(all[text.Start:text.End]); ok && !it.hasStatus && (more || first.End < p.span.End) {
			it.setStatus(r, all[text.Start:text.End])
			it.addAccount(all, corpus.Span{Start: first.End, End: p.span.End})
			return
		}
		it.addAccount(all, p.span)
	default:
		it.addAccount(all, p.span)
	}
}

// readStatus reads the value of a status label; what stands behind its first sentence is part of the account.
func (it *item) readStatus(all string, s corpus.Span) {
	value := trimStatement(all, s)
	if value.Len() == 0 {
		return
	}
	first := corpus.Span{Start: s.Start, End: sentenceEnd(all, s.Start, s.End)}
	if points := enumeration(scanPoints(all, []corpus.Span{s}, nil)); len(points) > 0 {
		first.End = max(s.Start, min(first.End, points[0].start))
	}
	rest := corpus.Span{Start: first.End, End: s.End}
	first = trimStatement(all, first)
	text := all[first.Start:first.End]
	if end := statusEnd(text); end < len(text) { // 已整改，补缴财政专户18.6万元: what was done goes on behind the status
		first.End = first.Start + end
		text, rest.Start = text[:end], first.End
	}
	r, ok := readStatus(text)
	if it.hasStatus || longer(text, 60) {
		it.addAccount(all, s)
		return
	}
	if !ok {
		if text != "" && !longer(text, 30) {
			// The label is there and its words are not known: they are shown, and nothing is claimed.
			it.hasStatus, it.statusText = true, text
			it.status = reading{status: corpus.Unstated}
			it.addAccount(all, rest)
			return
		}
		it.addAccount(all, s)
		return
	}
	it.setStatus(r, text)
	it.addAccount(all, rest)
}

// statusEnd returns where the words of a status end in the value behind a label: behind the clauses that tell how the problem stands
// or what is planned, before the first that tells what was done.
func statusEnd(value string) int {
	end := clauseEnd(value, 0, len(value))
	if _, ok := bareStatus(value[:end]); !ok {
		return len(value)
	}
	for end < len(value) {
		_, w := decodeRune(value[end:])
		next := clauseEnd(value, end+w, len(value))
		clause := value[end+w : next]
		if _, ok := readStatus(clause); ok && !longer(clause, 8) { // 正在整改，已落实两项
			end = next
			continue
		}
		if _, bare := bareStatus(clause); !bare && !hasAny(clause, planWords) && hasPrefix(clause, goesOnWords) == 0 {
			break
		}
		end = next
	}
	return end
}

// goesOnWords begin a clause that says how a problem will stand: 基本完成，持续压降.
var goesOnWords = []string{"持续", "继续", "长期", "正在", "仍在", "并", "拟", "计划", "预计", "将", "坚持", "剩余", "其余", "余", "还", "待", "巩固", "常态"}

func (it *item) setStatus(r reading, text string) {
	it.hasStatus, it.status, it.statusText = true, r, text
	if it.deadline == nil {
		if phrase := timePhrase(text); phrase != "" {
			it.deadline = newDeadline(phrase)
		}
	}
}

// readProseStatus reads a status from the sentence that opens or closes the account and speaks of the whole finding.
func (it *item) readProseStatus(all string) {
	if len(it.account) == 0 {
		return
	}
	first := it.account[0]
	stop := sentenceEnd(all, first.Start, first.End)
	s := trimStatement(all, corpus.Span{Start: first.Start, End: stop})
	r, ok := sentenceStatus(all[s.Start:s.End], false)
	if !ok && stop < first.End {
		r, ok = bareStatus(all[s.Start:s.End])
	}
	if ok {
		it.setStatus(r, all[s.Start:s.End])
		it.account[0] = trimSpan(all, corpus.Span{Start: stop, End: first.End})
		if it.account[0].Len() == 0 {
			it.account = it.account[1:]
		}
		return
	}
	last := it.account[len(it.account)-1]
	s = trimStatement(all, lastSentence(all, last))
	s.Start += hasPrefix(all[s.Start:s.End], brokenEntities)
	sentence := all[s.Start:s.End]
	lead := hasPrefix(sentence, []string{"目前", "现", "截至目前", "至此", "截止目前"})
	if lead == 0 {
		if r, ok := closingStatus(sentence); ok && (s.Start > last.Start || len(it.account) > 1) {
			it.setStatus(r, sentence)
		}
		return
	}
	if r, ok := wholeStatus(sentence[lead:]); ok {
		it.setStatus(r, trimLeft(sentence[lead:], closing))
		return
	}
	// Of 目前，余款已清，该问题已完成整改 the last clause is the status.
	clause := s
	for {
		i := clauseEnd(all, clause.Start, clause.End)
		if i >= clause.End {
			break
		}
		_, w := decodeRune(all[i:clause.End])
		clause.Start = i + w
	}
	clause = trimSpan(all, clause)
	if r, ok := sentenceStatus(all[clause.Start:clause.End], true); ok {
		it.setStatus(r, all[clause.Start:clause.End])
	}
}

// sentenceMarks end sentences.
var sentenceMarks = newRuneSet("。！？；")

// lastSentence returns the last sentence of a span.
func lastSentence(all string, s corpus.Span) corpus.Span {
	body := trimRight(all[s.Start:s.End], closing)
	if i := sentenceMarks.last(body); i >= 0 {
		_, w := decodeRune(body[i:])
		s.Start += i + w
	}
	return s
}
