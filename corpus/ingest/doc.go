// Package ingest brings files into the store: it walks folders, extracts, parses and labels on all cores, and commits in
// batches.
//
//	in := &ingest.Ingester{Store: db, Extract: extractFile, Parser: parser, Labeler: taxonomy, Report: printLine}
//	summary, err := in.Paths(ctx, []string{"材料"})
//
// What it promises:
//
//   - Every file gives exactly one outcome, in sorted order of the paths, whatever the number of cores. A file that cannot
//     be read, is of an unknown kind, or makes the parser panic is a failed outcome with its reason; the others go on.
//   - An outcome is reported after its batch is on disk, so "added" holds through a crash. Running again over the same
//     files reports the same bytes as unchanged.
//   - When the context ends or the store cannot be written, nothing is left half done: what was reported is in the store,
//     the rest is not, and the error says how many files were not reached.
//
// Of a folder everything is read but entries whose name begins with "." or "~$", the marks of hidden files and of the
// shadows that office programs leave; a path that is named outright is always read. Links are followed; a folder that
// is reached a second time, by a link that leads back or by two ways, is not walked again. Pipes, sockets and devices
// fail. A zip archive gives one outcome for each file inside, under the archive's name and its own: 材料.zip/通报.docx.
package ingest
