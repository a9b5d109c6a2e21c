package parse

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
)

// Parser reads extracted text into documents. It holds no state of its own and may be used by many goroutines.
type Parser struct {
	// Gazetteer resolves places and units.
	Gazetteer *gazetteer.Gazetteer
}

// New returns a parser that resolves places with g.
func New(g *gazetteer.Gazetteer) *Parser { return &Parser{Gazetteer: g} }

// Parse reads a document. It never fails: what fits nothing becomes sections and a warning.
func (p *Parser) Parse(x *corpus.Extract, id corpus.DocumentID) *corpus.Document {
	x = sound(x)
	doc := &corpus.Document{
		ID: id, Source: x.Source, Format: x.Format, Encoding: x.Encoding, Text: x.Text,
		Findings: []corpus.Finding{}, Sections: []corpus.Section{}, Provenance: map[string]corpus.Provenance{},
		Warnings: append([]corpus.Warning{}, x.Warnings...),
	}
	readMetadata(x, p.Gazetteer, doc)
	readStructure(x, doc)
	return doc
}

// sound returns x, or a copy that keeps what the parser relies on: valid UTF-8, and blocks in order inside the text.
func sound(x *corpus.Extract) *corpus.Extract {
	if utf8.ValidString(x.Text) && soundBlocks(x) {
		return x
	}
	y := *x
	y.Blocks = nil
	if !utf8.ValidString(x.Text) {
		y.Text = string([]rune(x.Text))
		y.Properties = nil
	}
	return &y
}

func soundBlocks(x *corpus.Extract) bool {
	last := 0
	for _, b := range x.Blocks {
		if b.Span.Start < last || b.Span.End < b.Span.Start || b.Span.End > len(x.Text) ||
			b.Span.Start < len(x.Text) && !utf8.RuneStart(x.Text[b.Span.Start]) || b.Span.End < len(x.Text) && !utf8.RuneStart(x.Text[b.Span.End]) {
			return false
		}
		last = b.Span.End
	}
	return true
}

// reader reads the structure of one document.
type reader struct {
	t     *text
	doc   *corpus.Document
	nodes []node
	items []item
	// labelsUsed says that the document labels its statuses, so that prose gives none.
	labelsUsed bool
	// unitAt is where the unit of the finding before is named.
	unitAt corpus.Span
	// answers says by node of a finding which node of another chapter answers it.
	answers map[int]int
	// pasted marks the nodes that repeat an earlier finding word for word.
	pasted map[int]bool
}

// readStructure finds the findings and sections of a document whose metadata is read.
func readStructure(x *corpus.Extract, doc *corpus.Document) {
	tables := findLedgers(x)
	if len(tables) > 0 && doc.DocType == corpus.OtherDocument {
		believeLedger(doc, tables[0])
	}
	r := &reader{t: newText(x, tables), doc: doc}
	r.t.feedback = doc.DocType == corpus.Feedback
	r.t.audit = doc.DocType == corpus.AuditRectification
	r.prepare()
	r.nodes = newOutline(r.t)
	describe(r.t, r.nodes)
	planner := &planner{t: r.t, nodes: r.nodes, report: r.isReport(), audit: doc.DocType == corpus.AuditRectification}
	planner.plan(r.declared())
	r.answers = planner.answers
	if doc.DocType != corpus.OtherDocument {
		r.collect(tables)
	}
	r.finish()
}

func (r *reader) declared() int {
	if n := r.doc.Declared.Problems; n != nil {
		return *n
	}
	return 0
}

func (r *reader) isReport() bool {
	return r.doc.DocType == corpus.InspectionReport || r.doc.DocType == corpus.Feedback
}

// collect reads the findings: from tables, from the outline, and from prose where neither holds any.
func (r *reader) collect(tables []*ledger) {
	for _, table := range tables {
		path := r.headingsAbove(table)
		for _, it := range table.items(r.t.all) {
			if len(it.path) == 0 {
				it.path = path
			}
			r.items = append(r.items, it)
		}
	}
	r.collectNodes(len(r.items) > 0)
	if len(r.items) == 0 && !r.isReport() {
		r.collectPairs()
	}
	if len(r.items) == 0 && (r.isReport() || r.doc.DocType == corpus.AuditRectification) {
		r.collectProse()
	}
	r.separate()
}

// headingsAbove returns the headings that a table of findings stands under, the chapter left out. They hold the table's findings and
// are none themselves.
func (r *reader) headingsAbove(table *ledger) []corpus.Span {
	at := sort.Search(len(r.nodes), func(i int) bool { return r.t.lines[r.nodes[i].line].span.Start >= table.span.Start }) - 1
	if at < 0 {
		return nil
	}
	n := &r.nodes[at]
	if n.role == fenced || n.kind.enumerates() || n.labelled || n.depth == 0 && n.kind == chapter && !n.area || longer(r.t.of(n.head), 40) {
		return nil
	}
	if r.isTitle(r.t.of(n.head)) {
		return nil
	}
	path, _ := r.path(n, false)
	for i := at; i >= 0; i = r.nodes[i].parent {
		if r.nodes[i].role == finding {
			r.nodes[i].role = group
		}
	}
	return append(path, n.head)
}

// isTitle reports whether a heading repeats the title of the document, as the sheets of a workbook do.
func (r *reader) isTitle(head string) bool {
	return r.doc.Title != "" && strings.Contains(plainScript(string(r.doc.Title)), head) && longer(head, 8)
}

// collectNodes reads the findings of the outline. Beside tables of findings only what calls itself a finding is one: the rest are
// instructions for the table and the like.
func (r *reader) collectNodes(tables bool) {
	split, several := true, r.severalUnits()
	if r.isReport() && r.declared() > 0 {
		n := 0
		for i := range r.nodes {
			n += count(r.nodes[i].role == finding)
		}
		split = n != r.declared()
	}
	r.t.headlined = r.isReport() && r.hasHeadlines()
	findings := 0
	for i := range r.nodes {
		findings += count(r.nodes[i].role == finding)
	}
	r.items = slices.Grow(r.items, findings)
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.role != finding || tables && !n.strong && !n.labelled {
			continue
		}
		path, unit := r.path(n, several)
		for _, it := range r.readNode(n, split) {
			it.path = append(append([]corpus.Span{}, path...), it.path...)
			it.unit, it.node = unit, i
			if answer, ok := r.answers[i]; ok {
				r.readAnswer(&it, answer)
			}
			r.applyChapter(n, &it)
			r.items = append(r.items, it)
		}
	}
}

// hasHeadlines reports whether below a heading on a line of its own a paragraph holds several headlines with their facts: then the
// author writes so throughout.
func (r *reader) hasHeadlines() bool {
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.role != finding || n.line+1 >= n.end || trimStatement(r.t.all, r.t.lines[n.line].bodyOf()) != n.head {
			continue
		}
		if len(r.t.headlines(r.t.sentences(r.t.detail(n, corpus.Span{})), false)) > 1 {
			return true
		}
	}
	return false
}

func (r *reader) readNode(n *node, split bool) []item {
	if l := &r.t.lines[n.line]; r.isReport() && l.mark.kind == question && l.mark.number == 0 {
		s := r.t.untilFence(l.bodyOf())
		if s.End == l.span.End {
			s.End = r.continued(n.line, s.End)
		}
		return r.t.readRegion(region{span: s, list: true})
	}
	if r.isReport() || r.doc.DocType == corpus.AuditRectification && r.foundOnly(n) {
		if items := r.t.runInPoints(n); len(items) > 1 {
			return items
		}
		return r.t.readReport(n, split)
	}
	if items := r.t.inlinePairs(n); len(items) > 0 {
		return items
	}
	if l := &r.t.lines[n.line]; n.kind == question && l.mark.number == 0 && n.end == n.line+1 {
		if items := r.t.pairsIn(l.bodyOf()); len(items) > 1 {
			return items
		}
	}
	it := r.t.readNotice(n.line, n.end, r.labelsUsed)
	if items := r.t.splitAnswers(it); len(items) > 1 {
		return items
	}
	return []item{it}
}

// foundOnly reports whether an audit document only says what was found: the chapter of the finding tells findings, not
// what was done; where no chapter says either, the title does.
func (r *reader) foundOnly(n *node) bool {
	if n.labelled || n.strong {
		return false
	}
	for at := n.parent; at >= 0; at = r.nodes[at].parent {
		head := r.t.of(r.nodes[at].head)
		if strings.Contains(head, "整改") {
			return false
		}
		if hasAny(head, []string{"发现", "存在", "主要问题"}) {
			return true
		}
	}
	return r.doc.Title != "" && !strings.Contains(plainScript(string(r.doc.Title)), "整改")
}

// path returns the headings between the chapter and a finding, outermost first, and the unit that one of them names
// where the page reports on several.
func (r *reader) path(n *node, several bool) (path []corpus.Span, unit string) {
	for at := n.parent; at >= 0; at = r.nodes[at].parent {
		a := &r.nodes[at]
		head := a.head
		if several {
			if u := headUnit(r.t.of(head)); u != "" {
				unit = u
				continue
			}
		}
		if a.role == problemPart {
			break
		}
		path = append(path, head)
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path, unit
}

// applyChapter gives a finding without a status of its own the status that its chapter states.
func (r *reader) applyChapter(n *node, it *item) {
	if it.hasStatus || !it.counted {
		return
	}
	for at := n.parent; at >= 0; at = r.nodes[at].parent {
		a := &r.nodes[at]
		if a.depth == 0 && !longer(r.t.of(a.head), 30) {
			if s, words, ok := chapterStatus(r.t.of(a.head)); ok {
				it.setStatus(s, words)
			}
		}
	}
}

// separate puts the items in order and drops those that overlap an earlier one.
func (r *reader) separate() {
	sort.SliceStable(r.items, func(i, j int) bool { return r.items[i].span.Start < r.items[j].span.Start })
	kept := r.items[:0]
	end := 0
	for _, it := range r.items {
		if it.span.Start < end || it.span.Len() <= 0 || it.statement.Len() <= 0 {
			continue
		}
		end = it.span.End
		kept = append(kept, it)
	}
	r.items = kept
}

// finish turns items into findings, drops pasted duplicates, and writes sections and warnings.
func (r *reader) finish() {
	seen := make(map[pasting][]int, len(r.items)) // where items stand in kept
	r.pasted = make(map[int]bool)
	kept := r.items[:0]
	r.doc.Findings = slices.Grow(r.doc.Findings, len(r.items))
	for i := range r.items {
		it := &r.items[i]
		key := r.pasting(it)
		if slices.ContainsFunc(seen[key], func(k int) bool { return r.repeats(it, &kept[k]) }) {
			r.warnDuplicate(it)
			r.pasted[it.node] = true
			continue
		}
		seen[key] = append(seen[key], len(kept))
		f := r.finding(it)
		r.restore(&f)
		r.doc.Findings = append(r.doc.Findings, f)
		kept = append(kept, *it)
	}
	r.items = kept
	r.forgetUnit()
	r.warnNumbering()
	r.doc.Sections = r.sections(r.doc.Findings)
	r.warn()
}

// forgetUnit takes the unit off a document whose findings are those of several units: none of them is inspected alone.
func (r *reader) forgetUnit() {
	units := make(map[string]bool)
	for i := range r.items {
		if r.items[i].unit == "" {
			return
		}
		units[r.items[i].unit] = true
	}
	if len(units) < 2 || !r.isReport() {
		return
	}
	r.doc.Unit, r.doc.PartyBody, r.doc.Sector = "", "", ""
	for _, field := range []string{"unit", "party_body", "sector"} {
		delete(r.doc.Provenance, field)
	}
}

// pasting is what most items that differ differ in, so that few need comparing in full.
type pasting struct{ statement, first, last, heading string }

func (r *reader) pasting(it *item) pasting {
	p := pasting{statement: r.t.of(it.statement)}
	if n := len(it.account); n > 0 {
		p.first, p.last = r.t.of(it.account[0]), r.t.of(it.account[n-1])
	}
	if n := len(it.path); n > 0 {
		p.heading = r.t.of(it.path[n-1])
	}
	return p
}

// repeats reports whether two items with the same statement are two pastings of one finding: of one unit, under the same headings, with
// the same account.
func (r *reader) repeats(a, b *item) bool {
	same := func(s, t corpus.Span) bool { return r.t.of(s) == r.t.of(t) }
	return a.unit == b.unit && slices.EqualFunc(a.path, b.path, same) && slices.EqualFunc(a.account, b.account, same)
}

// unitHeading returns where the unit of a finding is named above it, on a page that reports on several: it is the outermost
// heading of the finding's path.
func (r *reader) unitHeading(it *item) corpus.Span {
	if it.unit == "" {
		return corpus.Span{}
	}
	if before := r.unitAt; before.Len() > 0 && r.t.of(before) == it.unit {
		return before
	}
	r.unitAt = corpus.Span{}
	if i := strings.LastIndex(r.t.all[:it.statement.Start], it.unit); i >= 0 {
		r.unitAt = corpus.Span{Start: i, End: i + len(it.unit)}
	}
	return r.unitAt
}

// finding writes an item out.
func (r *reader) finding(it *item) corpus.Finding {
	all := r.t.all
	ordinal := len(r.doc.Findings) + 1
	f := corpus.Finding{
		ID: corpus.NewFindingID(r.doc.ID, ordinal), Ordinal: ordinal, Label: corpus.Fact(it.label),
		Path: []string{}, PathSpans: []corpus.Span{}, Statement: all[it.statement.Start:it.statement.End],
		Status: corpus.Unstated, StatusText: corpus.Fact(it.statusText), LongTerm: it.status.longTerm, Deemed: it.status.deemed,
		Measures: []corpus.Measure{}, Deadline: it.deadline, Responsible: it.responsible,
		Amounts: amounts(all, it.span), Issued: []string{}, Categories: []corpus.Category{}, Unit: it.unit,
		Span: it.span, StatementSpan: it.statement,
	}
	path := it.path
	if s := r.unitHeading(it); s.Len() > 0 {
		path = append([]corpus.Span{s}, path...)
	}
	for _, p := range path {
		f.Path = append(f.Path, all[p.Start:p.End])
		f.PathSpans = append(f.PathSpans, p)
	}
	if it.hasStatus {
		f.Status = it.status.status
	}
	account := nonEmpty(all, it.account)
	if len(account) > 0 {
		f.AccountSpan = corpus.Span{Start: account[0].Start, End: account[len(account)-1].End}
		f.Account = all[f.AccountSpan.Start:f.AccountSpan.End]
		f.Issued = issued(all, f.AccountSpan)
		switch {
		case !it.counted:
		case it.row:
			for _, cell := range it.actions {
				f.Measures = append(f.Measures, r.t.measures([]corpus.Span{cell})...)
			}
		case it.facts.Len() > 0:
			f.Measures = r.t.measures(it.actions)
		default:
			f.Measures = r.t.measures(account)
		}
	}
	return f
}
