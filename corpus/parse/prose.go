package parse

import (
	"strings"

	"tongjian/corpus"
)

// readRegion reads the problems of one region.
func (t *text) readRegion(reg region) []item {
	if items := t.readAreas(reg.span); len(items) > 0 {
		return items
	}
	if points := enumeration(scanPoints(t.all, []corpus.Span{reg.span}, t.automatic)); len(points) > 0 {
		return t.readPoints(points, reg.span.End)
	}
	var items []item
	var area []corpus.Span
	parts := t.cutAreas(t.split(reg.span, "；;。"))
	if clauses := t.clauses(parts); reg.list && len(clauses) > 0 {
		return clauses
	}
	for _, p := range parts {
		if !reg.list && !foundLead.MatchString(t.of(p)) {
			continue
		}
		clause := p
		if at := introLead.FindStringIndex(t.of(p)); at != nil {
			clause.Start += at[1]
		}
		if name, end, ok := findArea(t.of(clause)); ok {
			area = []corpus.Span{{Start: clause.Start + name.Start, End: clause.Start + name.End}}
			if trimStatement(t.all, corpus.Span{Start: clause.Start + end, End: p.End}).Len() == 0 {
				continue
			}
		}
		more := t.refine(p, !reg.list)
		for i := range more {
			// What follows an area up to the next one is in it, unless it names its own place.
			if len(more[i].path) == 0 && reg.list && !strings.Contains(t.of(p), "发现") {
				more[i].path = area
			}
		}
		items = append(items, more...)
	}
	return items
}

// readAreas reads areas with enumerated problems: 在甲方面：1.…；2.…。在乙方面：1.….
func (t *text) readAreas(s corpus.Span) []item {
	type run struct {
		area corpus.Span
		from int // where its first number begins
	}
	var runs []run
	for at := s.Start; at < s.End; {
		if name, end, ok := findArea(t.all[at:s.End]); ok {
			from := at + end + skipBlanks(t.all[at+end:s.End])
			if m, n := scanMark(t.all[from:s.End]); n > 0 && m.number == 1 && !m.doubtful && m.kind != chapter {
				runs = append(runs, run{corpus.Span{Start: at + name.Start, End: at + name.End}, from})
			}
		}
		next := areaStops.index(t.all[at:s.End])
		if next < 0 {
			break
		}
		_, w := decodeRune(t.all[at+next:])
		at += next + w
		at += skipBlanks(t.all[at:s.End])
	}
	var items []item
	for i, r := range runs {
		end := s.End
		if i+1 < len(runs) {
			end = runs[i+1].area.Start
		}
		more := t.readRegion(region{span: trimSpan(t.all, corpus.Span{Start: r.from, End: end}), list: true})
		for k := range more {
			if len(more[k].path) == 0 {
				more[k].path = []corpus.Span{r.area}
			}
		}
		items = append(items, more...)
	}
	return items
}

// areaStops stand before the next area.
var areaStops = newRuneSet("。；;，,\n")

// cutAreas cuts 在甲方面存在A等问题，在乙方面存在B等问题 between the two.
func (t *text) cutAreas(parts []corpus.Span) []corpus.Span {
	var list []corpus.Span
	for _, p := range parts {
		start := p.Start
		for _, word := range []string{"问题，", "问题,", "现象，", "不足，"} {
			for i := start; ; {
				j := strings.Index(t.all[i:p.End], word)
				if j < 0 {
					break
				}
				i += j + len(word)
				rest := t.all[i:p.End]
				if _, _, ok := findArea(rest); ok && strings.HasPrefix(rest, "在") {
					list = append(list, corpus.Span{Start: start, End: i})
					start = i
				}
			}
		}
		list = append(list, corpus.Span{Start: start, End: p.End})
	}
	return list
}

// clauses reads a list of problems that is one sentence of clauses, each of which says what is wrong by itself: 账目不清，
// 采购不规范，组织生活不严肃等。 Of fewer than three clauses the later ones explain the first.
func (t *text) clauses(parts []corpus.Span) []item {
	if len(parts) != 1 {
		return nil
	}
	if _, _, ok := findArea(t.of(parts[0])); ok {
		return nil
	}
	list := t.split(parts[0], "，,")
	if len(list) < 3 {
		return nil
	}
	var items []item
	weak := 0
	for _, c := range list {
		core := trimStatement(t.all, c)
		core.End -= len(t.of(core)) - len(strings.TrimSuffix(t.of(core), "等"))
		if core.Len() == 0 || isGeneric(t.of(core)) {
			return nil
		}
		weak += count(weakEnd(t.of(core)))
		items = append(items, t.itemsOf(c, t.splitList(core), nil, mark{})...)
	}
	if weak*3 < 2*len(list) {
		return nil
	}
	return items
}

// readPoints reads 一是A；二是B；三是C。D。: the last point ends with its sentence where another problem follows.
func (t *text) readPoints(points []point, end int) []item {
	var items []item
	for i, p := range points {
		stop := end
		if i+1 < len(points) {
			stop = points[i+1].start
		}
		whole := trimSpan(t.all, corpus.Span{Start: p.start, End: stop})
		if i+1 == len(points) {
			whole.End = sentenceEnd(t.all, p.body, whole.End)
		}
		body := corpus.Span{Start: p.body, End: whole.End}
		if more := t.readArea(whole, corpus.Span{Start: p.body, End: stop}, p.mark); len(more) > 0 {
			items = append(items, more...)
			continue
		}
		if head := sentenceEnd(t.all, body.Start, body.End); head < body.End {
			if more := t.genericClauses([]corpus.Span{trimSpan(t.all, corpus.Span{Start: head, End: body.End})}); t.feedback && len(more) > 1 {
				items = append(items, under(more, trimStatement(t.all, corpus.Span{Start: p.body, End: head}))...)
				continue
			}
			st := leadingClause(t.all, corpus.Span{Start: p.body, End: head}, true)
			items = append(items, item{span: whole, label: p.mark.label, kind: p.mark.kind, number: p.mark.number, statement: st, account: t.after(st, body)})
		} else {
			items = append(items, t.refineIn(whole, body, p.mark)...)
		}
		if i+1 == len(points) {
			if more := t.secondList(corpus.Span{Start: whole.End, End: end}); len(more) > 0 {
				items = append(items, more...)
				continue
			}
			for _, rest := range t.split(corpus.Span{Start: whole.End, End: end}, "；;。") {
				items = t.addRest(items, rest)
			}
		}
	}
	return items
}

// maxSecondList bounds the text that is looked at for a further list, in bytes, so that lists behind lists take linear time.
const maxSecondList = 6 << 10

// secondList reads a further list with a lead of its own behind the first: 此外，还发现以下新问题：一是….
func (t *text) secondList(rest corpus.Span) []item {
	if rest.Len() > maxSecondList {
		return nil
	}
	at := problemLead.FindStringIndex(t.of(rest))
	if at == nil || watchList(lastClause(t.of(rest)[:at[0]])) {
		return nil
	}
	return t.readRegion(region{span: t.untilFence(corpus.Span{Start: rest.Start + at[1], End: rest.End}), list: true})
}

// readArea reads a point that names an area and then its problems in sentences: 一是党的建设方面。换届拖延；记录补写。
func (t *text) readArea(whole, body corpus.Span, m mark) []item {
	name, end, ok := findArea(t.of(body))
	if !ok || name.End >= body.Len() || !strings.HasPrefix(t.of(body)[name.End:], "。") {
		return nil
	}
	area := corpus.Span{Start: body.Start + name.Start, End: body.Start + name.End}
	rest := trimSpan(t.all, corpus.Span{Start: skipClosing(t.all, body.Start+end, body.End), End: body.End})
	if rest.Len() == 0 {
		return nil
	}
	items := t.readRegion(region{span: rest, list: true})
	for i := range items {
		items[i].path = []corpus.Span{area}
		items[i].label, items[i].kind, items[i].number = m.label, m.kind, m.number
	}
	if len(items) > 0 {
		items[0].span.Start = whole.Start
	}
	return items
}

// oneMore reports whether a sentence behind the last point of a list of bare problems goes on with one: it is short, tells no
// figure, and says that something is still wrong or has come back.
func oneMore(items []item, s string) bool {
	for i := range items {
		if len(items[i].account) > 0 {
			return false
		}
	}
	return len(items) > 1 && !longer(s, 45) && hasPrefix(s, instanceWords) == 0 && !startsSpeech(s) &&
		hasAny(s, []string{"仍", "依然", "依旧", "回潮", "反弹", "重现", "延续", "屡", "老问题", "旧问题", "再次", "反复"})
}

// addRest reads a sentence behind the last point: a further problem, or facts that belong to the point.
func (t *text) addRest(items []item, rest corpus.Span) []item {
	s := t.of(rest)
	if oneMore(items, s) {
		return append(items, t.refine(rest, false)...)
	}
	if len(items) > 0 && (hasPrefix(s, instanceWords) > 0 && !strings.HasPrefix(s, "对") || !weakEnd(s)) {
		last := &items[len(items)-1]
		last.span.End = rest.End
		last.account = append(last.account, rest)
		return items
	}
	return append(items, t.refine(rest, false)...)
}
