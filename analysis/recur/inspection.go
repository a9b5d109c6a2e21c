package recur

import (
	"cmp"
	"slices"

	"tongjian/corpus"
)

// inspection is what the documents of one inspection of a unit say, the documents that belong together.
type inspection struct {
	year     corpus.Year
	date     corpus.Date
	docs     []*document
	problems []*problem
}

// problem is one problem of an inspection, with the findings that state it in the inspection's documents. The first is the
// one that speaks for it.
type problem struct{ facts []*fact }

// lead is the finding that speaks for the problem.
func (p *problem) lead() *fact { return p.facts[0] }

// sameInspection reports whether two documents of a unit come from the same inspection. The first thing that both state
// decides: when it began, its round, when its findings were fed back; where they state nothing in common, the year.
func sameInspection(a, b *document) bool {
	switch {
	case a.from != "" && b.from != "":
		return a.from == b.from || a.to != "" && b.to != "" && a.from <= b.to && b.from <= a.to
	case a.round != "" && b.round != "":
		return a.round == b.round
	case a.feedback != "" && b.feedback != "":
		return a.feedback == b.feedback
	}
	return a.year == b.year
}

// inspectionsOf brings the findings of a unit together by inspection, oldest first. Findings of documents without a year
// have no place in time and are left out.
func inspectionsOf(facts []*fact) []*inspection {
	byDoc := map[*document][]*fact{}
	var docs []*document
	for _, f := range facts {
		if f.doc.year == 0 {
			continue
		}
		if byDoc[f.doc] == nil {
			docs = append(docs, f.doc)
		}
		byDoc[f.doc] = append(byDoc[f.doc], f)
	}
	slices.SortFunc(docs, func(a, b *document) int {
		return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.date, b.date), cmp.Compare(rank(a.docType), rank(b.docType)), cmp.Compare(a.id, b.id))
	})
	var out []*inspection
	for _, d := range docs {
		at := slices.IndexFunc(out, func(in *inspection) bool {
			return slices.ContainsFunc(in.docs, func(o *document) bool { return sameInspection(o, d) })
		})
		if at < 0 {
			at = len(out)
			out = append(out, &inspection{year: d.year, date: d.date})
		}
		out[at].docs = append(out[at].docs, d)
	}
	for _, in := range out {
		slices.SortStableFunc(in.docs, func(a, b *document) int { return cmp.Compare(rank(a.docType), rank(b.docType)) })
		for _, d := range in.docs {
			in.take(byDoc[d])
		}
	}
	return out
}

// rank orders the documents of an inspection: what the inspectors say comes before what the unit says.
func rank(t corpus.DocType) int {
	return slices.Index([]corpus.DocType{corpus.InspectionReport, corpus.Feedback, corpus.RectificationNotice, corpus.AuditRectification}, t)
}

// take adds the findings of a document: those that state a problem of another document of the inspection to it.
func (in *inspection) take(facts []*fact) {
	slices.SortFunc(facts, compareFacts)
	known := in.problems
	var pairs []pair
	for i, p := range known {
		for j, f := range facts {
			if s := alike(p.lead(), f); s.enough(alignThresholds) {
				pairs = append(pairs, pair{i, j, s})
			}
		}
	}
	placed := make([]bool, len(facts))
	for _, p := range oneToOne(pairs, len(known), len(facts)) {
		known[p.a].facts = append(known[p.a].facts, facts[p.b])
		placed[p.b] = true
	}
	for j, f := range facts {
		if !placed[j] {
			in.problems = append(in.problems, &problem{facts: []*fact{f}})
		}
	}
}

// statusOf returns the status that the unit's own words give the problem, and the finding that gives it.
func (p *problem) status() (corpus.Status, *fact) {
	for _, f := range slices.Backward(p.facts) {
		if f.status != corpus.Unstated && f.status != "" {
			return f.status, f
		}
	}
	return corpus.Unstated, p.lead()
}
