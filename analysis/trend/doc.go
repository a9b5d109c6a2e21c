// Package trend turns counts of findings into figures that may be compared: each with its denominator, its unit of
// counting and an interval that says how little a small number means.
//
// The model has three steps. A Counter (the engine) says how many findings, documents and units fall on each pair of
// values of two fields, and how many documents there are that could have fallen there. Measure puts the two together:
// the share of documents with a Wilson interval, findings per document, and a mark on cells that rest on fewer than
// SparseBelow documents. Series orders the cells along time, makes empty periods explicit and tests each series for a
// rise or a fall.
//
//	rows, err := trend.Series(ctx, engine, trend.Request{By: corpus.FieldYear, Of: corpus.FieldCategory})
//
// # Denominators
//
// The population of a cell is the documents that the filter's document fields choose, whatever they found. Where the
// cell's own row or column is a property of documents (a year, a sector, a region), the population is the documents
// with that property: the share of a sector is the share of that sector's documents. Where it is a property of
// findings (a category, a status), the population is not narrowed by it.
package trend
