// Package linear is a linear classifier of short texts: one-vs-rest support vector machines over character n-grams.
//
// A text is a list of parts (a statement, its headings, its account), each a slice of folded characters with their places.
// Every n-gram of one to three characters that does not cross the end of a clause is a feature, and so is every pair of
// characters a little apart; the same n-gram in another part is another feature. Each part is scaled to unit length, so that long parts do not shout down short ones.
//
//	m := linear.Train(examples, classes, linear.Options{})
//	m.Scores(parts, scores)             // one margin a class; above 0 speaks for it
//	m.Contributions(part, text, class)  // what each n-gram adds, with its place
//
// Training is deterministic: the same examples give the same bytes. A model is stored with one byte a weight.
package linear
