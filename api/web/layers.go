package web

import (
	"fmt"
	"slices"
	"strconv"

	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

// layersOf lists everything that is shown in a document's text: statements, measures, evidence, amounts, what the
// warnings are about, and where metadata was read.
func layersOf(doc *corpus.Document, n names) []highlight.Layer {
	var out []highlight.Layer
	for i := range doc.Findings {
		out = append(out, findingLayers(&doc.Findings[i], n)...)
	}
	for _, w := range doc.Warnings {
		if w.Span != nil && w.Span.Len() > 0 {
			out = append(out, highlight.Layer{Span: *w.Span, Class: "doubt", Title: w.Message, ID: placeAnchor(*w.Span)})
		}
	}
	for _, m := range metaFields {
		if p, ok := doc.Provenance[m.key]; ok && p.Span != nil && p.Span.Len() > 0 {
			out = append(out, highlight.Layer{Span: *p.Span, Class: "read", ID: placeAnchor(*p.Span)})
		}
	}
	return distinct(out)
}

func findingLayers(f *corpus.Finding, n names) []highlight.Layer {
	out := []highlight.Layer{{Span: f.StatementSpan, Class: "st"}}
	for _, span := range f.PathSpans {
		out = append(out, highlight.Layer{Span: span, Class: "above", ID: placeAnchor(span)})
	}
	for i, m := range f.Measures {
		out = append(out, highlight.Layer{Span: m.Span, Class: "ms", Title: fmt.Sprintf("措施 %d/%d", i+1, len(f.Measures))})
	}
	for i, c := range f.Categories {
		for _, e := range c.Evidence {
			l := highlight.Layer{Span: corpus.Span{Start: e.Start, End: e.End}, Class: evidenceClass(i), Title: "佐证：" + n.category(c.Code)}
			if e.In == corpus.InHeading {
				l.Class = "ev" // one heading speaks for many findings, whose categories differ in rank
			}
			out = append(out, l)
		}
	}
	for _, a := range f.Amounts {
		out = append(out, highlight.Layer{Span: a.Span, Class: "amount", Title: "金额：" + amountWord(a)})
	}
	return out
}

// evidenceClass is the look of the evidence for the i-th category of a finding.
func evidenceClass(i int) string { return fmt.Sprintf("ev c%d", i+1) }

// amountWord writes a sum in yuan.
func amountWord(a corpus.Amount) string {
	s := thousands(int(a.ValueYuan)) + " 元"
	if a.ValueYuan != float64(int(a.ValueYuan)) {
		s = strconv.FormatFloat(a.ValueYuan, 'f', 2, 64) + " 元"
	}
	switch a.Bound {
	case "over":
		return s + "以上"
	case "about":
		return "约 " + s
	}
	return s
}

// placeAnchor is the anchor of a place in a document's text. What begins at the same place has the same anchor.
func placeAnchor(span corpus.Span) string { return fmt.Sprintf("a%d", span.Start) }

// distinct drops layers that say the same of the same words.
func distinct(layers []highlight.Layer) []highlight.Layer {
	seen := map[highlight.Layer]bool{}
	return slices.DeleteFunc(layers, func(l highlight.Layer) bool {
		again := seen[l]
		seen[l] = true
		return again
	})
}
