// Package corpus holds the words of the domain: what an inspection or rectification document is made of, how a part of
// the corpus is chosen, and how it is counted. It imports the standard library only; every other package imports it.
//
// A Document is what a careful reader takes from one file: its metadata, its findings and everything else as sections.
// Every part keeps its Span, half-open byte offsets into Document.Text, so that what is said about a document can be
// shown in it:
//
//	doc.Text[f.Span.Start:f.Span.End]     // the finding with its account and its measures
//
// Findings and sections together cover the text once: their spans are ordered and do not overlap, so an exact string
// is found in exactly one of them.
//
// # Glossary
//
//	报告、通报  Document      one inspection or rectification document
//	问题       Finding       one problem: the finest unit that the document states and treats on its own
//	问题表述    Statement     the problem in the document's words
//	整改措施    Measure       one enumerated action under a finding
//	整改状态    Status        done, done_sustained, partial, in_progress, not_done, unstated
//	被巡察单位  Unit          inspected organisation
//	党组、党委  PartyBody     the Party body named as addressee
//	巡察组     Inspector     the inspecting group
//	轮次       Round         十三届市委第一轮
//	类别       Category      leaf of the taxonomy; Domain is its parent
//	佐证       Evidence      the span of text that made a rule fire
//	系统       Sector        the line of work of a unit
//	台账       ledger        a table of findings with persons and deadlines
package corpus
