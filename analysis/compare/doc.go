// Package compare puts parts of the corpus side by side: which findings they share, which stand alone, and which words
// set one part apart from the others.
//
// A Side is a list of findings, from one document, one unit or any query. Match groups like findings across sides;
// what has no like on another side is only there. Keywords finds the words of a side that the other sides do not use
// as much. All is computed from the findings given, in an order that depends on nothing but them.
//
// # Matching
//
// Two findings are like one another when they share a category (or neither has one) and their statements are at least
// Threshold alike, as package similar says.
package compare

// MaxFindings is the most findings of a side that are matched and searched for keywords. What lies beyond is counted
// elsewhere but not read; a caller states how many were read.
const MaxFindings = 500
