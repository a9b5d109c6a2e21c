package corpus

import "time"

// Standing says whether a stored document is counted and, where it is not, why another one is counted in its place.
type Standing string

// The standings. Of all stored documents that are one and the same, one is shown; the others are kept, can be read, and are
// in no count.
const (
	Shown   Standing = "shown"
	Earlier Standing = "earlier" // a version that a newer one has replaced
	Copy    Standing = "copy"    // the same text in other bytes, from another site or in another format
)

// Summary is what lists show of a stored document, read without its text.
type Summary struct {
	ID              DocumentID
	Source          string
	DocType         DocType
	Title           Fact
	Unit            Fact
	PartyBody       Fact
	Region          Region
	Level           Level
	Sector          Fact
	Inspector       Fact
	Round           Fact
	InspectionFrom  Date
	InspectionTo    Date
	FeedbackDate    Date
	PublicationDate Date
	Year            Year
	Declared        Declared
	Findings        int
	Warnings        int
}

// Related is one of the stored documents that are one and the same.
type Related struct {
	ID       DocumentID `json:"id"`
	Standing Standing   `json:"standing"`
	// By is the document that this one is an earlier version or a copy of, "" for the one that is shown. It may itself be
	// hidden: a copy of an earlier version.
	By DocumentID `json:"by,omitempty"`
	// Name is the file's name as it arrived, and AddedAt when it did.
	Name            string    `json:"name"`
	AddedAt         time.Time `json:"added_at"`
	Bytes           int64     `json:"bytes"`
	Format          string    `json:"format"`
	Title           Fact      `json:"title"`
	Unit            Fact      `json:"unit"`
	PublicationDate Date      `json:"publication_date"`
	Findings        int       `json:"findings"`
}

// QualityNote is one warning of a shown document, with what a list says about that document.
type QualityNote struct {
	Document DocumentID `json:"document_id"`
	Ordinal  int        `json:"ordinal"` // place among the document's warnings, from 1
	Source   string     `json:"source"`
	DocType  DocType    `json:"doc_type"`
	Title    Fact       `json:"title"`
	Unit     Fact       `json:"unit"`
	Year     Year       `json:"year"`
	Warning
}

// WarningPlace is where a warning stands: its document and its place there, from 1. Pages of warnings go on after one.
type WarningPlace struct {
	Document DocumentID
	Ordinal  int
}

// QualityCount says of how many shown documents, and how often, one kind of warning was given.
type QualityCount struct {
	Code      WarningCode `json:"code"`
	Documents int         `json:"documents"`
	Warnings  int         `json:"warnings"`
}
