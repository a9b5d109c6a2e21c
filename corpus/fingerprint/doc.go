// Package fingerprint tells whether two documents are one and the same: the same text that arrived twice, from two sites or
// in two formats, or an earlier and a later version of it.
//
//	p := fingerprint.Of(doc)              // small; computed once, when a document comes in
//	p.Keys()                              // documents that share a key may be the same; look only at those
//	p.Sketch.Similarity(q.Sketch)         // estimates how much text they share
//	fingerprint.Compare(doc, other)       // decides, by the documents themselves
//
// What is compared is what the findings say, statement and account, so that what a site prints around a document makes no
// difference; of a document without findings, its text. Letters and digits count, widths, cases, blanks and punctuation
// do not.
//
// The promise is never to take two documents for one: that would lose findings from every count. Two units' notices share
// their phrases, and so do one unit's notices of two inspections; therefore kind, unit, round and dates must agree before
// the text is looked at, most statements must be equal and stand under the same headings, and a text of which nobody knows the unit must be the same
// throughout. Two that are in truth one and are not recognised count twice, which a person can see and mend.
package fingerprint
