package corpus

import "time"

// Correction is a person's word about one value of a document or of one of its findings. It outranks rules and model for
// ever: it is kept beside the parsed document and laid over it whenever that is read, whatever was parsed anew since.
type Correction struct {
	Document DocumentID `json:"document_id"`
	// Finding is the ordinal of the finding that is corrected, 0 for the metadata of the document.
	Finding int `json:"finding,omitempty"`
	// Field is "status" or "categories" for a finding; for a document the JSON name of a metadata field ("region.city").
	Field string `json:"field"`
	// Values is what is right: one status, one to three category codes with the main one first, or one metadata value,
	// "" where the document states none. No values at all withdraw the earlier corrections of the field.
	Values []string `json:"values"`
	Note   string   `json:"note,omitempty"`
	// Statement, By and At are set by the store: the finding's statement when it was corrected, by which the finding is
	// known again after its place has changed; who corrected it; and when.
	Statement string    `json:"statement,omitempty"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
}

// CodeChangedSince is the code of the Conflict with a correction of something that has changed since it was seen.
const CodeChangedSince = "changed_since"

// Doubt is a finding whose categories no person has given, with what can be doubted about them.
type Doubt struct {
	Finding FindingID
	Year    Year
	// Main is the main category, "" where there is none, with its score and who gave it; Second is the score of the next
	// one, 0 where there is none.
	Main   CategoryCode
	Score  float64
	Second float64
	By     LabelSource
	// Alike counts the findings of the same document that carry Main too, this one included.
	Alike int
}
