package corpus

import "time"

// LinkKind says in what way two findings are held to belong together.
type LinkKind string

// The kinds of link. Its first finding is the later one, the one for which an earlier or like one was found.
const (
	RepeatLink    LinkKind = "repeat"    // the same problem of the same unit in an earlier round
	CommonLink    LinkKind = "common"    // the same problem of another unit
	AlignmentLink LinkKind = "alignment" // a report's or feedback's problem in the rectification notice of the same inspection
)

// Link joins two findings.
type Link struct {
	Kind    LinkKind  `json:"kind"`
	Finding FindingID `json:"finding"`
	Prior   FindingID `json:"prior"`
}

// Verdict is what a person decided about a link.
type Verdict string

// The verdicts. Undecided withdraws an earlier decision.
const (
	Confirmed Verdict = "confirmed"
	Rejected  Verdict = "rejected"
	Undecided Verdict = ""
)

// Decision is a person's word about a link. It is kept for ever, outranks what is computed, and is audited. FindingText and
// PriorText are the statements as they were decided on, by which the findings are known again when their documents are
// read anew and their places have changed; the store sets them, and Sequence, Missing, By and At.
type Decision struct {
	Link
	// Sequence numbers the decisions from 1 without gaps.
	Sequence int64 `json:"sequence"`
	// Missing is set where one of the findings is not to be found any more; the decision is history then and holds for
	// nothing.
	Missing     bool      `json:"missing,omitempty"`
	Verdict     Verdict   `json:"verdict"`
	Note        string    `json:"note,omitempty"`
	FindingText string    `json:"finding_text,omitempty"`
	PriorText   string    `json:"prior_text,omitempty"`
	By          string    `json:"by"`
	At          time.Time `json:"at"`
}
