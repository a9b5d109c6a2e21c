package corpus

// ActionKind says what kind of thing was done about a finding. The words for the kinds, and which of them are words only,
// belong to analysis/rectify.
type ActionKind string

// Action is one thing that a finding's measures or account say was done, with the words that say so: Text is always the
// bytes of Document.Text that Span covers.
type Action struct {
	Kind ActionKind `json:"kind"`
	Text string     `json:"text"`
	Span Span       `json:"span"`
}
