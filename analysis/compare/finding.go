package compare

import "tongjian/corpus"

// Finding is what a comparison reads of one finding.
type Finding struct {
	ID         corpus.FindingID
	Statement  string
	Categories []corpus.CategoryCode
	// Text is the statement with its account: what keywords are taken from.
	Text string
}

// Side is one part of the corpus.
type Side []Finding

// place says where a finding stands: its side and its place there.
type place struct{ side, at int }
