package corpus

import "time"

// Submission is one file on its way into the store: its original bytes and what was read from them.
type Submission struct {
	Name     string // the file's path as the user gave it, for reports
	Original []byte
	Document *Document
}

// Result says what became of a submission.
type Result string

// What can become of a submission.
const (
	Added     Result = "added"
	Unchanged Result = "unchanged" // the same bytes are already in the store
	Replaced  Result = "replaced"
	Failed    Result = "failed"
)

// Outcome reports what became of one submission. Reason is set for a failed one, in the user's language.
type Outcome struct {
	Name     string     `json:"name"`
	Document DocumentID `json:"document_id,omitempty"`
	Result   Result     `json:"result"`
	Findings int        `json:"findings"`
	Warnings int        `json:"warnings"`
	Reason   string     `json:"reason,omitempty"`
}

// Change is one entry of the store's change feed. Sequence numbers start at 1 and have no gaps.
type Change struct {
	Sequence   int64
	DocumentID DocumentID
	// Document is the document as it is now, corrections applied; nil where it was removed.
	Document *Document
	At       time.Time
}

// Stats gives the size of the store.
type Stats struct {
	Documents int
	Findings  int
	Units     int
	// Sequence is the number of the newest change, 0 in an empty store.
	Sequence int64
	// Bytes is the size of all originals before compression.
	Bytes int64
}
