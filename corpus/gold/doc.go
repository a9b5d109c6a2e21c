// Package gold says how well documents were read: it compares what a parser took from a document with what a careful
// reader takes from it.
//
// A gold file holds one document in the shape of corpus.Document with fewer fields: categories are codes, measures a
// number. Compare matches the findings of both sides one to one by their statements and judges each part on its own:
// metadata by field, findings found, and on matched findings their status, path and number of measures. What the findings
// are about is left to the caller: Comparison.Pairs lists the categories of both sides, of missed and of spurious findings
// too, for an evaluation of labels.
//
//	g, err := gold.Read(file)
//	c := gold.Compare(g, parsed)
//	total.Add(c)
//
// Statements are compared without punctuation, blanks, width and case, by the bigrams that they share; two from Floor up
// may be the same finding.
package gold
