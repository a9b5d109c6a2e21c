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
// Of documents that are one and the same (package fingerprint decides) one is shown: it stands in the columns, in the feed
// and in every count. The others are hidden by it, as earlier versions or as copies; their originals and contents stay, and
// [DB.History] lists them. When the shown one is removed, the next takes its place. What people said about links between
// findings is kept for ever, and found again like corrections.
//
//	err := sqlite.Backup(ctx, "data/tongjian.db", "b.db", false)              // from any process, at any time
//	restored, err := sqlite.Restore(ctx, "b.db", "data/tongjian.db", options) // checks everything first
//
// Exported methods open a transaction; what takes a *sql.Tx works inside one. Errors that a user can act on are
// *corpus.Error; driver errors are told apart by their code.
package sqlite
