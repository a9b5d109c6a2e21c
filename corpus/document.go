package corpus

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
)

// DocumentID is the first 16 hex digits of the SHA-256 of a document's original bytes.
type DocumentID string

// NewDocumentID returns the identifier of a document with these original bytes.
func NewDocumentID(original []byte) DocumentID {
	sum := sha256.Sum256(original)
	return DocumentID(hex.EncodeToString(sum[:8]))
}

// DocType says what kind of document it is.
type DocType string

// The kinds of document. OtherDocument is a text of another kind, or one that only looks like an inspection document: it
// is kept and searchable and has no findings.
const (
	InspectionReport    DocType = "inspection_report"
	Feedback            DocType = "feedback"
	RectificationNotice DocType = "rectification_notice"
	AuditRectification  DocType = "audit_rectification"
	OtherDocument       DocType = "other"
)

// DocTypes lists the kinds of document in the order in which they are shown.
var DocTypes = []DocType{InspectionReport, Feedback, RectificationNotice, AuditRectification, OtherDocument}

// Level is the level of the committee that sent the inspectors. The empty Level is not known; it is null in JSON.
type Level string

// The levels of committees.
const (
	Central    Level = "central"
	Provincial Level = "provincial"
	Municipal  Level = "municipal"
	County     Level = "county"
)

// Levels lists the levels from the highest down.
var Levels = []Level{Central, Provincial, Municipal, County}

// MarshalJSON writes null for a level that is not known.
func (l Level) MarshalJSON() ([]byte, error) { return nullOr(string(l)) }

// Region is the administrative division of the inspected unit. A level that the document does not state and that does
// not follow from a place name is empty. Code is the GB/T 2260 code of the finest division, six digits.
type Region struct {
	Province Fact   `json:"province"`
	City     Fact   `json:"city"`
	County   Fact   `json:"county"`
	Code     string `json:"code,omitempty"`
}

// Declared holds the totals that the text states outright, never a count of headings. A nil total is not stated.
type Declared struct {
	Problems          *int `json:"problems"`
	Items             *int `json:"items"`
	Aspects           *int `json:"aspects"`
	Rectified         *int `json:"rectified"`
	MeasuresPlanned   *int `json:"measures_planned,omitempty"`
	MeasuresCompleted *int `json:"measures_completed,omitempty"`
	Accountable       *int `json:"accountable,omitempty"` // persons held to account
}

// Document is what a careful reader takes from one file. Its JSON is the shape of the gold files with more fields.
type Document struct {
	ID              DocumentID `json:"id"`
	Source          string     `json:"source"` // file name without folders
	DocType         DocType    `json:"doc_type"`
	Title           Fact       `json:"title"`
	Unit            Fact       `json:"unit"`
	PartyBody       Fact       `json:"party_body"`
	Region          Region     `json:"region"`
	Level           Level      `json:"level"`
	Sector          Fact       `json:"sector"`
	Inspector       Fact       `json:"inspector"`
	Round           Fact       `json:"round"`
	InspectionFrom  Date       `json:"inspection_from"`
	InspectionTo    Date       `json:"inspection_to"`
	FeedbackDate    Date       `json:"feedback_date"`
	PublicationDate Date       `json:"publication_date"`
	// Year is the year in which the inspection began, else of the feedback, else of publication.
	Year     Year      `json:"year"`
	Declared Declared  `json:"declared"`
	Findings []Finding `json:"findings"`
	// Sections are the parts of the text outside all findings, in order.
	Sections []Section `json:"sections"`
	// Provenance says for a metadata field (by its JSON name, "region.city", "declared.problems") where it was read.
	Provenance map[string]Provenance `json:"provenance"`
	Warnings   []Warning             `json:"warnings"`
	// Format and Encoding say how the original was read: as Extract.Format and Extract.Encoding, "docx" and "utf-8".
	Format   string `json:"format"`
	Encoding string `json:"encoding"`
	// Text is the clean UTF-8 text of the document; every Span is an offset into it.
	Text string `json:"text"`
}

// Day returns the day by which documents are ordered and filtered: of publication, else of the feedback, else the end, else
// the beginning of the inspection. It is empty where none of them is known.
func (d *Document) Day() Date {
	return cmp.Or(d.PublicationDate, d.FeedbackDate, d.InspectionTo, d.InspectionFrom)
}

// Section is a part of the text that belongs to no finding. Heading is the heading that it begins with, else the nearest
// one above, empty at the top of the document.
type Section struct {
	Heading string `json:"heading"`
	Span    Span   `json:"span"`
}

// Confidence says how sure a reading is.
type Confidence string

// The grades of confidence: stated outright; follows from other words of the document (a year taken from the sequence, a
// region from a place name); one reading of a damaged text; given by a person, whatever the document says.
const (
	Stated    Confidence = "stated"
	Derived   Confidence = "derived"
	Repaired  Confidence = "repaired"
	Corrected Confidence = "corrected"
)

// Provenance says where a metadata value was read. Span is nil where the value stands outside the text, as in a page's
// <meta> elements; Text is always the words as printed.
type Provenance struct {
	Text       string     `json:"text"`
	Span       *Span      `json:"span,omitempty"`
	Rule       string     `json:"rule"`
	Confidence Confidence `json:"confidence"`
}

// WarningCode names a kind of warning. Codes are part of the interface and do not change.
type WarningCode string

// The warnings that reading a document can give.
const (
	CountDiffers     WarningCode = "count_differs"     // declared number of problems differs from findings found
	NumberingGap     WarningCode = "numbering_gap"     // a number is missing in a list
	NumberingRepeat  WarningCode = "numbering_repeat"  // a number stands twice in a list
	DateRepaired     WarningCode = "date_repaired"     // a damaged date had one possible reading
	DateUnreadable   WarningCode = "date_unreadable"   // a date could not be read
	EncodingGuessed  WarningCode = "encoding_guessed"  // the encoding was not declared
	Redacted         WarningCode = "redacted"          // names or numbers are masked in the text
	DuplicateFinding WarningCode = "duplicate_finding" // a finding is pasted twice and was counted once
	NoFinding        WarningCode = "no_finding"        // no finding was found
	UnitUnknown      WarningCode = "unit_unknown"      // the inspected unit is not named
	YearUnknown      WarningCode = "year_unknown"      // no year could be read
	LookAlike        WarningCode = "look_alike"        // the text only looks like an inspection document
	TextDamaged      WarningCode = "text_damaged"      // characters are lost or could not be decoded
	TextRepaired     WarningCode = "text_repaired"     // damage in a name or number had one possible reading
	ClaimDiffers     WarningCode = "claim_differs"     // two declared totals contradict each other
	HiddenContent    WarningCode = "hidden_content"    // sheets, rows or columns that the file hides were not read
)

// Warning is one entry of the quality report of a document. Message is Chinese, for users. Declared and Found are the
// figures that differ, where the warning is about figures; Text and Span the words it is about, where there are any.
type Warning struct {
	Code     WarningCode `json:"code"`
	Message  string      `json:"message"`
	Declared *int        `json:"declared,omitempty"`
	Found    *int        `json:"found,omitempty"`
	Text     string      `json:"text,omitempty"`
	Span     *Span       `json:"span,omitempty"`
}
