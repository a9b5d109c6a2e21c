package rectify

import (
	"cmp"
	"slices"

	"tongjian/corpus"
)

// Label fills the actions, the substance and the kinds of the measures of every finding in a document that answers
// findings: a rectification notice or an audit's. In every other document an account says what was found, and nothing is
// filled.
func (r *Rules) Label(doc *corpus.Document) {
	answers := doc.DocType == corpus.RectificationNotice || doc.DocType == corpus.AuditRectification
	for i := range doc.Findings {
		f := &doc.Findings[i]
		f.Actions, f.Substance = nil, ""
		for j := range f.Measures {
			f.Measures[j].Kind = ""
		}
		if answers {
			r.labelFinding(doc.Text, f)
		}
	}
}

func (r *Rules) labelFinding(text string, f *corpus.Finding) {
	for _, part := range partsOf(f) {
		for _, a := range r.Classify(part.Of(text)) {
			a.Span.Start += part.Start
			a.Span.End += part.Start
			f.Actions = append(f.Actions, a)
		}
	}
	for j := range f.Measures {
		m := &f.Measures[j]
		m.Kind = Main(within(f.Actions, m.Span))
	}
	f.Substance = SubstanceOf(f.Actions)
}

// partsOf returns the parts of a finding that say what was done, in order and without overlap: its measures, and what of
// the account stands outside them.
func partsOf(f *corpus.Finding) []corpus.Span {
	var parts []corpus.Span
	at := f.AccountSpan.Start
	measures := slices.Clone(f.Measures)
	slices.SortFunc(measures, func(a, b corpus.Measure) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	for _, m := range measures {
		if before := (corpus.Span{Start: at, End: min(m.Span.Start, f.AccountSpan.End)}); before.Len() > 0 {
			parts = append(parts, before)
		}
		if m.Span.Len() > 0 && (len(parts) == 0 || parts[len(parts)-1].End <= m.Span.Start) {
			parts = append(parts, m.Span)
		}
		at = max(at, m.Span.End)
	}
	if rest := (corpus.Span{Start: at, End: f.AccountSpan.End}); rest.Len() > 0 {
		parts = append(parts, rest)
	}
	slices.SortFunc(parts, func(a, b corpus.Span) int { return cmp.Compare(a.Start, b.Start) })
	return parts
}

func within(actions []corpus.Action, s corpus.Span) []corpus.Action {
	var out []corpus.Action
	for _, a := range actions {
		if s.Contains(a.Span) {
			out = append(out, a)
		}
	}
	return out
}

// gravity lists the kinds from the one that goes furthest: it names a measure of several.
var gravity = []corpus.ActionKind{
	corpus.MoneyRecovered, corpus.Accountability, corpus.ProcedureRedone, corpus.FaultStopped, corpus.RecordsCorrected,
	corpus.MoneyPaid, corpus.WorksDelivered, corpus.Staffing, corpus.RuleMaking, corpus.SelfCheck, corpus.Supervision,
	corpus.Outreach, corpus.Training, corpus.Study, corpus.Talk, corpus.Pledge, corpus.Plan, corpus.Meeting,
	corpus.Coordination, corpus.Instruction,
}

// Main returns the kind that goes furthest among actions, "" where there are none.
func Main(actions []corpus.Action) corpus.ActionKind {
	for _, k := range gravity {
		if slices.ContainsFunc(actions, func(a corpus.Action) bool { return a.Kind == k }) {
			return k
		}
	}
	return ""
}

// SubstanceOf says what actions amount to.
func SubstanceOf(actions []corpus.Action) corpus.Substance {
	substance := corpus.NoAction
	for _, a := range actions {
		if !a.Kind.WordsOnly() {
			return corpus.Deeds
		}
		substance = corpus.Words
	}
	return substance
}
