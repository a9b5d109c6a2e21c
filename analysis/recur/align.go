package recur

import (
	"cmp"
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/similar"
)

// AlignmentKind says what became of a problem between the report or feedback and the notice.
type AlignmentKind string

// What can become of a problem.
const (
	Matched  AlignmentKind = "matched"  // one finding of the notice takes it up
	Softened AlignmentKind = "softened" // one finding takes it up in milder words
	Merged   AlignmentKind = "merged"   // one finding of the notice takes up several of the report
	Split    AlignmentKind = "split"    // several findings of the notice take up one of the report
	Dropped  AlignmentKind = "dropped"  // no finding of the notice takes it up
	Added    AlignmentKind = "added"    // no finding of the report states what the notice takes up
)

// Aligned is one problem, or several that belong together, of a report and of the notice that answers it.
type Aligned struct {
	Kind AlignmentKind
	// Before are the report's findings, After the notice's: one of each where matched or softened; several before where
	// merged, several after where split; none after where dropped, none before where added.
	Before, After []Ref
	// Score is how alike they are, of several the least; 0 where a side is empty. Shared is what they share.
	Score  float64
	Shared []string
	// Softer says which words were put more mildly, where softened.
	Softer []Softening
	// Verdict is what a person decided about the first of each side.
	Verdict corpus.Verdict
}

// Alignment is a report or feedback beside the notice of the same inspection.
type Alignment struct {
	Report, Notice         corpus.DocumentID
	ReportType, NoticeType corpus.DocType
	Unit                   string
	// Rows are in the order of the report, what the notice added last.
	Rows []Aligned
	// Counts says how many rows there are of each kind.
	Counts map[AlignmentKind]int
}

// Align returns the report or feedback of the inspection that a notice answers, beside the notice; given a report it returns
// it beside its notice. A report outranks a feedback. ok is false where the document is not known, or no other of its
// inspection is.
func (m *Model) Align(id corpus.DocumentID) (a Alignment, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	d := m.docs[id]
	if d == nil || d.unit == "" || d.year == 0 {
		return Alignment{}, false
	}
	other := m.counterpart(d)
	if other == nil {
		return Alignment{}, false
	}
	if answers(d.docType) {
		d, other = other, d
	}
	return alignDocuments(d, other, m.decided), true
}

// answers reports whether documents of a kind tell what was done about problems.
func answers(t corpus.DocType) bool {
	return t == corpus.RectificationNotice || t == corpus.AuditRectification
}

// counterpart finds the document of the same inspection that a document is to be aligned with.
func (m *Model) counterpart(d *document) *document {
	var best *document
	for _, f := range m.units[d.unit].facts {
		o := f.doc
		if o == best || answers(o.docType) == answers(d.docType) || rank(o.docType) < 0 || !sameInspection(o, d) {
			continue
		}
		if best == nil || cmp.Or(cmp.Compare(rank(o.docType), rank(best.docType)), cmp.Compare(o.id, best.id)) < 0 {
			best = o
		}
	}
	return best
}

// AlignmentQuery chooses alignments. The zero AlignmentQuery chooses all.
type AlignmentQuery struct {
	// Keep accepts the notices; nil accepts all. It is called while the model is locked and must not ask it.
	Keep func(corpus.DocumentID) bool
	// Unit is the name of a unit, "" for all.
	Unit string
	// Offset is how many to pass over, Limit the most to return: DefaultLimit where 0, MaxLimit at most.
	Offset, Limit int
}

// Alignments returns the alignments that a query chooses, one for each notice with a report or feedback, newest first, and
// how many there are in all.
func (m *Model) Alignments(q AlignmentQuery) (page []Alignment, total int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	type both struct{ report, notice *document }
	var all []both
	for _, d := range m.docs {
		if !answers(d.docType) || d.unit == "" || d.year == 0 || m.units[d.unit] == nil {
			continue
		}
		if q.Unit != "" && d.unit != Identity(q.Unit) && Identity(d.name) != Identity(q.Unit) || q.Keep != nil && !q.Keep(d.id) {
			continue
		}
		if o := m.counterpart(d); o != nil {
			all = append(all, both{o, d})
		}
	}
	slices.SortFunc(all, func(a, b both) int {
		return cmp.Or(cmp.Compare(b.notice.year, a.notice.year), cmp.Compare(b.notice.date, a.notice.date), cmp.Compare(a.notice.id, b.notice.id))
	})
	page = []Alignment{}
	for _, b := range cut(all, q.Offset, q.Limit) {
		page = append(page, alignDocuments(b.report, b.notice, m.decided))
	}
	return page, len(all)
}

// aligning is the work on one alignment: what each finding of either side is matched with.
type aligning struct {
	report, notice []*fact
	after, before  [][]int // by finding, the places on the other side
	score          map[[2]int]likeness
	decided        map[corpus.Link]corpus.Verdict
}

func alignDocuments(report, notice *document, decided map[corpus.Link]corpus.Verdict) Alignment {
	w := &aligning{report: report.facts, notice: notice.facts, score: map[[2]int]likeness{}, decided: decided}
	w.after, w.before = make([][]int, len(report.facts)), make([][]int, len(notice.facts))
	w.match()
	a := Alignment{
		Report: report.id, Notice: notice.id, ReportType: report.docType, NoticeType: notice.docType, Unit: notice.name,
		Rows: w.rows(), Counts: map[AlignmentKind]int{},
	}
	for _, r := range a.Rows {
		a.Counts[r.Kind]++
	}
	return a
}

// match pairs the findings one to one, then joins what was left alone to a finding that holds it as one of its parts.
func (w *aligning) match() {
	var pairs []pair
	for i, a := range w.report {
		for j, b := range w.notice {
			l := alike(a, b)
			switch w.decided[corpus.Link{Kind: corpus.AlignmentLink, Finding: b.id, Prior: a.id}] {
			case corpus.Rejected:
				continue
			case corpus.Confirmed:
				l = likeness{confirmedScore, sameLeaf}
			}
			w.score[[2]int{i, j}] = l
			if l.enough(alignThresholds) {
				pairs = append(pairs, pair{i, j, l})
			}
		}
	}
	for _, p := range oneToOne(pairs, len(w.report), len(w.notice)) {
		w.after[p.a], w.before[p.b] = []int{p.b}, []int{p.a}
	}
	w.joinParts()
}

// joinParts joins findings that were left alone to the finding of the other side of which they are a part.
func (w *aligning) joinParts() {
	for i, a := range w.report {
		if len(w.after[i]) > 0 {
			continue
		}
		if j := w.whole(a, w.notice, func(j int) bool { _, open := w.score[[2]int{i, j}]; return open && len(w.before[j]) > 0 }); j >= 0 {
			w.after[i], w.before[j] = []int{j}, append(w.before[j], i)
		}
	}
	for j, b := range w.notice {
		if len(w.before[j]) > 0 {
			continue
		}
		fits := func(i int) bool {
			_, open := w.score[[2]int{i, j}]
			return open && len(w.after[i]) > 0 && len(w.before[w.after[i][0]]) == 1
		}
		if i := w.whole(b, w.report, fits); i >= 0 {
			w.before[j], w.after[i] = []int{i}, append(w.after[i], j)
		}
	}
}

// partThreshold is how like a clause of a finding another must be to be held to be a part of it.
const partThreshold = 0.4

// whole returns the place of the finding of which a finding is a part, -1 where there is none: of several clauses, one is
// like it.
func (w *aligning) whole(part *fact, among []*fact, fits func(int) bool) int {
	best, most := -1, partThreshold
	for k, f := range among {
		if !fits(k) || agree(part.categories, f.categories) == disagree {
			continue
		}
		if s := partScore(part, f); s > most {
			best, most = k, s
		}
	}
	return best
}

// partScore is how like a finding the likest run of clauses of another is, of those that leave at least a clause over.
func partScore(part, whole *fact) float64 {
	clauses := strings.FieldsFunc(whole.statement, func(r rune) bool { return strings.ContainsRune(",，;；。", r) })
	best := 0.0
	for from := range clauses {
		for to := from + 1; to <= len(clauses) && to-from < len(clauses); to++ {
			best = max(best, similar.Score(part.profile, similar.Of(strings.Join(clauses[from:to], "，"))))
		}
	}
	return best
}

// rows lays out what was found.
func (w *aligning) rows() []Aligned {
	out := []Aligned{}
	told := make([]bool, len(w.report))
	for i := range w.report {
		if told[i] {
			continue
		}
		before, after := []int{i}, w.after[i]
		if len(after) == 1 {
			before = slices.Sorted(slices.Values(w.before[after[0]]))
		}
		for _, b := range before {
			told[b] = true
		}
		out = append(out, w.row(before, after))
	}
	for j := range w.notice {
		if len(w.before[j]) == 0 {
			out = append(out, w.row(nil, []int{j}))
		}
	}
	return out
}

// row tells of findings that belong together.
func (w *aligning) row(before, after []int) Aligned {
	r := Aligned{Before: []Ref{}, After: []Ref{}, Shared: []string{}, Softer: []Softening{}}
	for _, i := range before {
		r.Before = append(r.Before, w.report[i].ref())
	}
	for _, j := range after {
		r.After = append(r.After, w.notice[j].ref())
	}
	switch {
	case len(after) == 0:
		r.Kind = Dropped
		return r
	case len(before) == 0:
		r.Kind = Added
		return r
	case len(before) > 1:
		r.Kind = Merged
	case len(after) > 1:
		r.Kind = Split
	default:
		r.Kind = Matched
		if r.Softer = Softer(r.Before[0].Statement, r.After[0].Statement); len(r.Softer) > 0 {
			r.Kind = Softened
		}
	}
	a, b := w.report[before[0]], w.notice[after[0]]
	r.Score, r.Shared = 1, similar.Shared(a.profile, b.profile)
	for _, i := range before {
		for _, j := range after {
			r.Score = min(r.Score, similar.Score(w.report[i].profile, w.notice[j].profile))
		}
	}
	r.Verdict = w.decided[corpus.Link{Kind: corpus.AlignmentLink, Finding: b.id, Prior: a.id}]
	return r
}
