package parse

import (
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/internal/pattern"
)

// findArea reads the area that a clause begins with, behind its subject if there is one: 在党的建设方面，…. name is the area,
// end where the text behind it begins.
func findArea(s string) (name corpus.Span, end int, ok bool) {
	at := areaLead.FindStringSubmatchIndex(s)
	if at == nil {
		return name, 0, false
	}
	name = corpus.Span{Start: at[2], End: at[3]}
	if at[2] < 0 {
		name = corpus.Span{Start: at[4], End: at[5]}
	}
	if isCount(s[name.Start:name.End]) || strings.HasSuffix(s[:name.Start], "存") {
		return corpus.Span{}, 0, false
	}
	return name, at[1], true
}

// areaLine reports whether a line names an area and then what is wrong in it: 党的建设方面：换届拖延；记录补写。
func areaLine(s string) bool {
	if at := introLead.FindStringIndex(s); at != nil {
		s = s[at[1]:]
	}
	_, end, ok := findArea(s)
	return ok && end < len(s) && !isScope(s) && !endsList(s) && saysWrong(s[end:])
}

// splitSigns are the characters that split looks at: all marks that it is asked to cut at, and what holds text together.
var splitSigns = newRuneSet("“《（(”》）)；;。、，,")

// split cuts a span at marks outside quotes and titles; each part keeps the mark that ends it.
func (t *text) split(s corpus.Span, marks string) []corpus.Span {
	var parts []corpus.Span
	start, depth := s.Start, 0
	for i, w := 0, 0; s.Start+i < s.End; i += w {
		var r rune
		if r, w = decodeRune(t.all[s.Start+i : s.End]); !splitSigns.has(r) {
			continue
		}
		switch {
		case strings.ContainsRune("“《（(", r):
			depth++
		case strings.ContainsRune("”》）)", r):
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune(marks, r):
			stop := s.Start + i + w
			parts = appendPart(t.all, parts, corpus.Span{Start: start, End: stop})
			start = stop
		}
	}
	return appendPart(t.all, parts, corpus.Span{Start: start, End: s.End})
}

func appendPart(all string, parts []corpus.Span, p corpus.Span) []corpus.Span {
	p = trimSpan(all, p)
	if trimStatement(all, p).Len() == 0 {
		return parts
	}
	return append(parts, p)
}

// refine reads one part of a region. named says that the part must name problems (存在…等问题) to hold any.
func (t *text) refine(whole corpus.Span, named bool) []item {
	items := t.refineIn(whole, whole, mark{})
	if !named {
		return items
	}
	kept := items[:0]
	for _, it := range items {
		if s := t.of(it.statement); it.statement != trimStatement(t.all, whole) && !isCount(s) && !longer(s, 60) {
			kept = append(kept, it)
		}
	}
	return kept
}

var (
	// introLead opens a sentence without saying anything: 巡察发现，.
	introLead = pattern.MustCompile(`^[^，,。；：:、]{0,20}(?:发现|指出|认为|显示|来看|反馈|通报|反映|表明)[，,：:]`)
	areaLead  = pattern.MustCompile(`^(?:[^，,。；：:、在]{0,25}?)(在[^，,。；：:]{2,40}?方面)[，,：:]?|^([^，,。；：:]{2,40}?方面)[，,：:]?`)
	// foundWords stand before the problems of a clause.
	foundWords = pattern.MustCompile(`^(.*?)(?:还|仍|仍然|主要|也)*(?:存在|发现)(?:了|着|有)?(?:以下|下列)?`)
	// problemTail ends a list of problems: 等3个方面9条具体问题, 的问题.
	problemTail = pattern.MustCompile(`(?:等)?(?:[0-9一二三四五六七八九十]+(?:个|大|类|项|条)(?:方面)?(?:的)?)*(?:[0-9]+[个条项])?(?:方面)?(?:的)?(?:具体|突出|主要)?(?:问题|现象|情况|[等的]不足)(?:较为突出|比较突出|突出)?(?:[，,](?:并|已|现).*)?$`)
)

// refineIn reads one clause: an area before the problem, the words 存在…等问题 around it, a 、 list of problems.
func (t *text) refineIn(whole, body corpus.Span, m mark) []item {
	core := trimStatement(t.all, body)
	var path []corpus.Span
	if at := introLead.FindStringIndex(t.of(core)); at != nil {
		core.Start += at[1]
	}
	if name, end, ok := findArea(t.of(core)); ok && name.End < core.Len() {
		path = append(path, corpus.Span{Start: core.Start + name.Start, End: core.Start + name.End})
		core.Start += end
	}
	core, head, found := t.unwrapFound(core, len(path) > 0)
	if head.Len() > 0 && !strings.Contains(t.of(head), "整改") {
		path = append(path, head) // 对上轮反馈问题整改不到位 tells where the problems are from and is no heading
	}
	if len(path) > 0 {
		m = mark{kind: m.kind} // the number is that of the area, not of a problem in it
	}
	if !found && len(path) > 0 {
		core = t.withoutTail(core)
	}
	core = trimStatement(t.all, core)
	if strings.HasSuffix(t.of(core), "等") {
		core.End -= len("等")
	}
	if core.Len() == 0 || vague[t.of(core)] {
		return nil
	}
	parts := []corpus.Span{core}
	if found || len(path) > 0 {
		parts = t.splitList(core)
	}
	if len(path) > 0 && len(parts) == 1 {
		parts = t.splitClauses(core)
	}
	return t.itemsOf(whole, parts, path, m)
}

// splitClauses cuts the problems in an area that commas alone divide: at least three clauses, each of which says what is wrong. Of two the
// second explains the first.
func (t *text) splitClauses(core corpus.Span) []corpus.Span {
	parts := t.split(core, "，,")
	if len(parts) < 3 {
		return []corpus.Span{core}
	}
	for i := range parts {
		if parts[i] = trimStatement(t.all, parts[i]); !weakEnd(t.of(parts[i])) || isGeneric(t.of(parts[i])) {
			return []corpus.Span{core}
		}
	}
	return parts
}

// unwrapFound takes 存在…等问题 off a clause. head is what stands before it where that is a problem with the others below it:
// 整改不到位，存在甲、乙的问题. Where nothing is to be taken off the clause comes back as it was.
func (t *text) unwrapFound(core corpus.Span, inArea bool) (inner, head corpus.Span, found bool) {
	at := foundWords.FindStringSubmatchIndex(t.of(core))
	if at == nil {
		return core, head, false
	}
	before := trimStatement(t.all, corpus.Span{Start: core.Start, End: core.Start + at[3]})
	rest := corpus.Span{Start: core.Start + at[1], End: core.End}
	if strings.HasPrefix(t.of(rest), "存在") {
		rest.Start += len("存在")
	}
	isHead := weakEnd(t.of(before)) && !longer(t.of(before), 40)
	list := strings.Contains(t.of(rest), "、")
	inner = t.withoutTail(rest)
	if inner == rest && list && t.listsAll(rest) && (before.Len() == 0 && inArea || isHead || goesOnFinding(t.of(before))) {
		if isHead {
			return rest, before, true
		}
		return rest, head, true
	}
	switch {
	case inner == rest && before.Len() == 0:
		return rest, head, false
	case inner == rest, isHead && !list:
		// 学习不系统，存在零敲碎打现象 is one problem; only a list behind the first makes that its heading.
		return core, head, false
	case before.Len() == 0 && !inArea && !list && strings.HasSuffix(t.of(rest), "现象"):
		return core, head, false
	case isHead:
		return inner, before, true
	}
	return inner, head, true
}

// vague words name no problem: 在选人用人方面还存在差距.
var vague = makeSet("差距 不足 短板 问题 弱项 薄弱环节 一些差距 一定差距 一些不足 一些问题 较大差距 明显差距 不小差距 短板弱项 差距和不足 短板和不足 问题和不足")

// listsAll reports whether every part of a 、 list is long enough to stand for itself.
func (t *text) listsAll(s corpus.Span) bool {
	parts := t.split(trimStatement(t.all, s), "、")
	for _, p := range parts {
		if !longer(t.of(trimStatement(t.all, p)), 5) {
			return false
		}
	}
	return len(parts) > 1
}

// goesOnFinding reports whether what stands before 发现 goes on with what was found: 此外，还, 同时.
func goesOnFinding(s string) bool {
	return s == "" || hasPrefix(s, []string{"此外", "同时", "另外", "还", "另"}) > 0 && !longer(s, 6)
}

// withoutTail drops 等问题, 的问题, 等3个方面9条具体问题 at the end of a clause.
func (t *text) withoutTail(s corpus.Span) corpus.Span {
	if tail := problemTail.FindStringIndex(t.of(s)); tail != nil && tail[0] > 0 {
		s.End = s.Start + tail[0]
	}
	return s
}

// splitList cuts A、B、C into problems where each part can stand for itself: all say what is wrong, or none does. Of
// 会议记录、档案管理不规范 only the last part does: the parts share it.
func (t *text) splitList(core corpus.Span) []corpus.Span {
	parts := t.split(core, "、")
	for i := range parts {
		parts[i] = trimStatement(t.all, parts[i])
	}
	if len(parts) < 2 {
		return []corpus.Span{core}
	}
	first, last := false, false
	for i, p := range parts {
		if !longer(t.of(p), 3) {
			return []corpus.Span{core}
		}
		weak := weakEnd(t.of(p))
		if i == len(parts)-1 {
			last = weak
		} else {
			first = first || weak
		}
	}
	if last && !first {
		return []corpus.Span{core}
	}
	return parts
}

// itemsOf makes findings of the parts of one clause; the first takes what stands before them, the last what follows.
func (t *text) itemsOf(whole corpus.Span, parts, path []corpus.Span, m mark) []item {
	items := make([]item, len(parts))
	for i, p := range parts {
		span := corpus.Span{Start: p.Start, End: p.End}
		if i == 0 {
			span.Start = whole.Start
		}
		if i == len(parts)-1 {
			span.End = whole.End
		} else {
			span.End = parts[i+1].Start
		}
		items[i] = item{span: trimSpan(t.all, span), statement: p, path: path, label: m.label, kind: m.kind, number: m.number}
	}
	return items
}
