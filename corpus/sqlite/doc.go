// Package sqlite is the store: the system of record, in one SQLite file. It keeps the original bytes, the parsed
// documents, what people corrected, the audit trail, and the feed of changes that index and figures follow.
//
//	db, err := sqlite.Open("data/tongjian.db", sqlite.Options{})
//	outcomes, err := db.Commit(ctx, submissions)     // all of them or none; on disk when it returns
//	changes, err := db.Changes(ctx, applied, 100)    // what happened since, without gaps
//
// What Commit acknowledged survives the death of the process and the loss of power: the journal is a write-ahead log,
// synchronised to disk at every commit. One process at a time opens a store; a second one is told which process holds it.
// Within the process there is one writing connection and a pool of reading ones, so that readers never wait for a writer.
//
// A document is stored once as the rules read it. Corrections are kept beside it and laid over it whenever it is read;
// they are found again by the document's bytes and the finding's statement, so that they outlast parsing anew and even
// removal. The tables documents, findings and finding_categories repeat the corrected documents in columns: every figure
// that the product shows can be counted again there in SQL, and [DB.Check] proves that they agree.
//
// Exported methods open a transaction; what takes a *sql.Tx works inside one. Errors that a user can act on are
// *corpus.Error; driver errors are told apart by their code.
package sqlite
