// Package similar says how alike two statements of problems are, and finds the statements most like a given one.
//
//	a, b := similar.Of("公务用车管理混乱，存在公车私用现象"), similar.Of("机关车辆节假日被开去走亲访友")
//	similar.Score(a, b)    // 0 to 1
//	similar.Shared(a, b)   // what both speak of: 公车, 公车私用
//
// # One definition
//
// A statement is a set of weighted features: the characters and the pairs of neighbouring characters of its folded text,
// and the notions of lexicon.txt that its words name. Notions are what makes statements comparable that say the same in
// other words; characters make comparable what no lexicon foresees. Characters inside a word that names a notion count less,
// since the notion stands for them. Figures, punctuation, and clauses that only say that a problem is an old one count
// nothing; formulas (不规范, 不到位, 的问题), in which half of all problems end, count almost nothing.
//
// A feature's weight is its inverse document frequency among the statements that weights.txt was counted on. Weights are
// constants: a score does not depend on what else is in the corpus, and never changes as documents are added.
//
// Score is the symmetric Tversky index of the two sets,
//
//	S / (α·min(A,B) + (1-α)·max(A,B)),  S the weight shared, A and B the weights of the two statements
//
// after A. Tversky, Features of similarity, Psychological Review 84 (1977) 327–352, and S. Jimenez, C. Becerra and
// A. Gelbukh, Softcardinality-core, *SEM (2013), who make it symmetric. With α = 1/2 it is the Dice coefficient; the α used
// forgives the longer statement some of what it says besides.
//
// # Finding the nearest
//
// An Index keeps statements in memory, equal ones once, with an inverted list of each statement's strongest features.
// Search collects candidates by them and scores the best candidates in full; Exact scores all.
package similar

//go:generate go run ./internal/weigh -o weights.txt ../../analysis/taxonomy/training
