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
	Replaced  Result = "replaced"  // it is shown now in the place of Outcome.Other
	Folded    Result = "folded"    // it says the same as Outcome.Other, which stays shown and counts once
	Outdated  Result = "outdated"  // it is an earlier version of Outcome.Other, which stays shown
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
	// Other is the document that a replaced, folded or outdated one is a version or copy of.
	Other DocumentID `json:"other_id,omitempty"`
	// Carried counts the corrections of Other that hold for a replacement too. Left are those that do not, because what
	// they correct is not in it any more or reads otherwise; they stay with Other.
	Carried int          `json:"corrections_carried,omitempty"`
	Left    []Correction `json:"corrections_left,omitempty"`
}

// Change is one entry of the store's change feed. Sequence numbers start at 1 and have no gaps.
type Change struct {
	Sequence   int64
	DocumentID DocumentID
	// Document is the document as it is now, corrections applied; nil where it is not counted: it was removed, or another
	// one is shown in its place.
	Document *Document
	At       time.Time
}

// Stats gives the size of the store. Documents, Findings and Units count what is shown; Hidden counts the earlier versions
// and copies beside it.
type Stats struct {
	Documents int
	Hidden    int
	Findings  int
	Units     int
	// Sequence is the number of the newest change, 0 in an empty store.
	Sequence int64
	// Bytes is the size of all originals before compression.
	Bytes int64
}
