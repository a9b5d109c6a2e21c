package api

import (
	"tongjian/analysis/keyness"
	"tongjian/analysis/peers"
	"tongjian/analysis/rectify"
	"tongjian/analysis/recur"
	"tongjian/corpus"
)

// SimilarAnswer holds the findings most like another, best first. Among counts the findings that were compared.
type SimilarAnswer struct {
	Data  []SimilarFinding `json:"data"`
	Among int              `json:"among"`
	Meta  Meta             `json:"meta"`
}

// SimilarFinding is a finding like another: Score from 0 to 1, Shared what both statements speak of.
type SimilarFinding struct {
	SearchHit
	Shared []string `json:"shared"`
}

// LinkedFinding is what lists of links tell of a finding.
type LinkedFinding struct {
	ID         corpus.FindingID      `json:"id"`
	DocumentID corpus.DocumentID     `json:"document_id"`
	Statement  string                `json:"statement"`
	Span       corpus.Span           `json:"span"` // of the statement, in the document's text
	Unit       corpus.Fact           `json:"unit"`
	Region     corpus.Fact           `json:"region"`
	Sector     corpus.Fact           `json:"sector"`
	Year       corpus.Year           `json:"year"`
	Date       corpus.Date           `json:"date"`
	Round      corpus.Fact           `json:"round"`
	Type       corpus.DocType        `json:"type"`
	Status     corpus.Status         `json:"status"`
	Categories []corpus.CategoryCode `json:"categories"`
}

// RepeatsRequest asks for problems that came back. The filter chooses the later findings.
type RepeatsRequest struct {
	Filter corpus.Filter
	Page
	Evidence recur.Evidence // anything where empty
}

// RepeatPair is a finding that occurs again, with the earlier one, nil where an admission is all that is known.
type RepeatPair struct {
	Unit     corpus.Fact    `json:"unit"`
	Finding  LinkedFinding  `json:"finding"`
	Prior    *LinkedFinding `json:"prior"`
	Evidence recur.Evidence `json:"evidence"`
	// Score is how alike the statements are, Shared what they share, Categories the leaves that both carry.
	Score       float64               `json:"score"`
	Shared      []string              `json:"shared"`
	Categories  []corpus.CategoryCode `json:"categories"`
	PriorStatus corpus.Status         `json:"prior_status"`
	// Admission is the passage in which the text says so itself.
	Admission *rectify.Quote `json:"admission,omitempty"`
	// Rounds counts the inspections that found the problem, this one included.
	Rounds  int            `json:"rounds"`
	Verdict corpus.Verdict `json:"verdict"`
}

// CommonRequest asks for problems that several units have. The filter chooses the findings that are shown and counted; the
// groups are made of all.
type CommonRequest struct {
	Filter corpus.Filter
	Page
	LeastUnits int // 2 where 0
}

// CommonGroup is a problem that units have in common.
type CommonGroup struct {
	ID             string              `json:"id"`
	Statement      string              `json:"statement"`
	Representative LinkedFinding       `json:"representative"`
	Category       corpus.CategoryCode `json:"category"`
	Findings       int                 `json:"findings"`
	Documents      int                 `json:"documents"`
	Units          []string            `json:"units"`
	Years          []corpus.Year       `json:"years"`
	Regions        []string            `json:"regions"`
	Sectors        []string            `json:"sectors"`
	Spread         []CommonSpread      `json:"spread"`
	// Members are the findings, oldest first; only in the answer about one group.
	Members []LinkedFinding `json:"members,omitempty"`
}

// CommonSpread is what a group has in one year; New are the units that had not had the problem before.
type CommonSpread struct {
	Year     corpus.Year `json:"year"`
	Findings int         `json:"findings"`
	Units    int         `json:"units"`
	New      []string    `json:"new"`
}

// CommonAnswer is one group with all its members.
type CommonAnswer struct {
	CommonGroup
	Meta Meta `json:"meta"`
}

// AlignmentAnswer is a report or feedback beside the notice of the same inspection.
type AlignmentAnswer struct {
	Report     corpus.DocumentID           `json:"report"`
	Notice     corpus.DocumentID           `json:"notice"`
	ReportType corpus.DocType              `json:"report_type"`
	NoticeType corpus.DocType              `json:"notice_type"`
	Unit       corpus.Fact                 `json:"unit"`
	Rows       []AlignedRow                `json:"rows"`
	Counts     map[recur.AlignmentKind]int `json:"counts"`
	Meta       Meta                        `json:"meta"`
}

// AlignedRow is one problem, or several that belong together, on both sides.
type AlignedRow struct {
	Kind    recur.AlignmentKind `json:"kind"`
	Before  []LinkedFinding     `json:"before"`
	After   []LinkedFinding     `json:"after"`
	Score   float64             `json:"score"`
	Shared  []string            `json:"shared"`
	Softer  []Softening         `json:"softer"`
	Verdict corpus.Verdict      `json:"verdict"`
}

// Softening is a word of the earlier statement and the milder one in its place; spans are in the statements.
type Softening struct {
	Before     string      `json:"before"`
	After      string      `json:"after"`
	BeforeSpan corpus.Span `json:"before_span"`
	AfterSpan  corpus.Span `json:"after_span"`
}

// RectificationRequest asks what was done about findings, by a field; by nothing where it is empty.
type RectificationRequest struct {
	Filter corpus.Filter
	By     corpus.Field
	Top    int // rows to show, DefaultTop where 0
}

// RectificationAnswer is what was done about the findings that a filter chooses.
type RectificationAnswer struct {
	By    corpus.Field       `json:"by"` // "none" where there is one row of everything
	Total RectificationRow   `json:"total"`
	Rows  []RectificationRow `json:"rows"`
	// RowsOmitted counts the rows that Top left out.
	RowsOmitted int           `json:"rows_omitted"`
	Pace        rectify.Pace  `json:"pace"` // days from feedback to publication
	Sums        []rectify.Sum `json:"sums"`
	// Claims are what does not add up, Reused text that was used before: the first MaxListed of each, of ClaimsTotal and
	// ReusedTotal.
	Claims      []ClaimFound `json:"claims"`
	ClaimsTotal int          `json:"claims_total"`
	Reused      []ReusedText `json:"reused"`
	ReusedTotal int          `json:"reused_total"`
	// ReusedPending says that reused text is still being looked for: Reused is empty then, and says nothing.
	ReusedPending bool `json:"reused_pending"`
	// FactsPending says that documents are still being read: Pace, Sums and Claims say nothing then.
	FactsPending bool `json:"facts_pending"`
	Meta         Meta `json:"meta"`
}

// RectificationRow is what was done about the findings with one value of the field.
type RectificationRow struct {
	Value      string      `json:"value"`
	Label      string      `json:"label"`
	Findings   int         `json:"findings"`
	Documents  int         `json:"documents"`
	Units      int         `json:"units"`
	Statuses   []DoneCount `json:"statuses"`
	Substances []DoneCount `json:"substances"`
	Kinds      []DoneCount `json:"kinds"`
	WordsOnly  DoneCount   `json:"words_only"`
	Drilldown  string      `json:"drilldown"`
}

// DoneCount is how many findings of a row have one value; Share, with its Wilson 95% interval, is of Of.
type DoneCount struct {
	Value     string   `json:"value"`
	Label     string   `json:"label"`
	Findings  int      `json:"findings"`
	Of        int      `json:"of"`
	Share     *float64 `json:"share"`
	ShareLow  *float64 `json:"share_low"`
	ShareHigh *float64 `json:"share_high"`
	Drilldown string   `json:"drilldown"`
}

// ClaimFound is a claim of one document that does not add up.
type ClaimFound struct {
	DocumentID corpus.DocumentID `json:"document_id"`
	Title      corpus.Fact       `json:"title"`
	Unit       corpus.Fact       `json:"unit"`
	Year       corpus.Year       `json:"year"`
	rectify.Claim
}

// ReusedText is an answer that repeats text of an earlier one.
type ReusedText struct {
	DocumentID corpus.DocumentID `json:"document_id"`
	rectify.Reuse
}

// UnitRecord is a unit in a list. Drilldown leads to its findings.
type UnitRecord struct {
	Unit      string `json:"unit"`
	Findings  int    `json:"findings"`
	Documents int    `json:"documents"`
	Drilldown string `json:"drilldown"`
}

// UnitAnswer is what is known of one unit.
type UnitAnswer struct {
	Unit      string           `json:"unit"`
	Sector    corpus.Fact      `json:"sector"`
	Level     corpus.Level     `json:"level"`
	Region    corpus.Region    `json:"region"`
	Documents []DocumentRecord `json:"documents"` // oldest first
	// Matrix has the categories by round.
	Matrix        *MatrixAnswer        `json:"matrix"`
	Repeats       []RepeatPair         `json:"repeats"`
	RepeatsTotal  int                  `json:"repeats_total"`
	Peers         *PeersAnswer         `json:"peers"`
	Rectification *RectificationAnswer `json:"rectification"`
	Meta          Meta                 `json:"meta"`
}

// PeersAnswer is a unit beside the units of its sector and level.
type PeersAnswer struct {
	Unit           string       `json:"unit"`
	Sector         string       `json:"sector"`
	Level          corpus.Level `json:"level"`
	Findings       int          `json:"findings"`
	Documents      int          `json:"documents"`
	Peers          int          `json:"peers"` // other units
	PeersFindings  int          `json:"peers_findings"`
	PeersDocuments int          `json:"peers_documents"`
	// Reason says why there are no rows: see peers.Reason.
	Reason peers.Reason `json:"reason,omitempty"`
	Rows   []PeersRow   `json:"rows"`
}

// PeersRow is one category; see peers.Row. Drilldown leads to the unit's findings in it, PeersDrilldown to those of all
// units of its sector and level.
type PeersRow struct {
	peers.Row
	Label          string `json:"label"`
	Drilldown      string `json:"drilldown"`
	PeersDrilldown string `json:"peers_drilldown"`
}

// KeynessAnswer holds the words that set the focus apart from the reference: those that it uses more, and those that it
// uses less.
type KeynessAnswer struct {
	Focus     KeynessSide       `json:"focus"`
	Reference KeynessSide       `json:"reference"`
	Over      []keyness.Keyword `json:"over"`
	Under     []keyness.Keyword `json:"under"`
	Meta      Meta              `json:"meta"`
}

// KeynessSide is one side. Read is smaller than Passages where a sample was read; Words counts the words read.
type KeynessSide struct {
	Query    string `json:"query"`
	Passages int    `json:"passages"`
	Read     int    `json:"read"`
	Words    int    `json:"words"`
}

// QualityAnswer is one page of warnings, with how often each kind occurs in the whole corpus.
type QualityAnswer struct {
	List[corpus.QualityNote]
	Counts []corpus.QualityCount `json:"counts"`
}

// LinkDecision is what a person says about a link; an empty Prior is that of a repeat that the text alone admits.
type LinkDecision struct {
	corpus.Link
	Verdict corpus.Verdict `json:"verdict"`
	Note    string         `json:"note"`
}
