// Package embedded is the search engine that lives in the process: bleve's scorch says which passages match, columns in
// memory count them.
//
// # What is kept
//
// The folder holds four things, all derived from the store:
//
//	scorch/        the inverted index: for each passage its words, and how often where more than once; nothing stored, no
//	               positions
//	chars-*.idx    which passages have which two neighbouring characters
//	columns.log    one entry per change: the document's metadata and the columns of its passages
//	texts.dat      the passages' texts, folded, with what it takes to get the source back
//
// The last two only grow; files of characters never change, and are merged into larger ones. What of all that counts is
// written in the scorch batch that goes with it, beside the sequence number and the versions of format, dictionary, folding
// and taxonomy, so that after a crash the parts agree on some batch. At start all parts are compared with their checksums,
// the columns are read back from the log and compared with the rest; whatever does not fit makes the engine begin empty,
// and index.CatchUp fills it from the store.
//
// A document that is put again leaves its old passages behind as dead room in columns.log and texts.dat. When that is most
// of them they are written anew under other names, and the next record says which names count.
//
// # How a query runs
//
// A set of passages is a bitset over passage numbers. Conditions on fields are tested against the columns. A string,
// quoted or not, is looked up as the conjunction of its pairs of characters; strings of three characters and more are
// then verified against the text, except where the string is known to be a word of the passage. So a string is found
// always, and only where it stands. Text without quotes is cut into words first, each of which must stand.
//
// A word without quotes is also looked up as its synonyms, the more of which only add: see index.Synonyms.
//
// The scores come from the words (see statistics), the facets and tallies from the columns over the hit set. Scorch's
// own searchers and collectors are not used: they work hit by hit, where sets and columns count many at once.
//
// Concordances, lists of words and collocations read the texts of the hit set; beyond index.MaxRead passages the latter two
// read a sample. Neighbours come from package similar, which holds the statements of all findings in memory.
//
// # Concurrency
//
// One Apply at a time, any number of queries. A query works on a view, which never changes, and on the scorch snapshot
// that belongs to it; Apply makes a new view when its batch is durable.
package embedded
