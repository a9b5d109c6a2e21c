package corpus

import (
	"strconv"
	"strings"
)

// FindingID is "DOC-ordinal": the identifier of the document, a hyphen, and the finding's place in it, from 1.
type FindingID string

// NewFindingID returns the identifier of the ordinal-th finding of a document, counted from 1.
func NewFindingID(doc DocumentID, ordinal int) FindingID {
	return FindingID(string(doc) + "-" + strconv.Itoa(ordinal))
}

// Document returns the identifier of the document that the finding stands in.
func (id FindingID) Document() DocumentID {
	doc, _, _ := strings.Cut(string(id), "-")
	return DocumentID(doc)
}

// Status says what the document claims was done about a finding.
type Status string

// The statuses.
const (
	Done          Status = "done"           // 已完成、整改完毕、已整改
	DoneSustained Status = "done_sustained" // 已完成并长期坚持
	Partial       Status = "partial"        // 基本完成、阶段性完成、视同完成
	InProgress    Status = "in_progress"    // 持续整改、正在推进、长期推进
	NotDone       Status = "not_done"       // 未完成、尚未
	Unstated      Status = "unstated"       // the document says nothing
)

// Statuses lists the statuses in the order in which they are shown.
var Statuses = []Status{Done, DoneSustained, Partial, InProgress, NotDone, Unstated}

// Finding is one problem: the finest unit that the document states and treats on its own.
type Finding struct {
	ID      FindingID `json:"id"`
	Ordinal int       `json:"ordinal"` // place in the document, from 1
	// Label is the number printed at the finding, digits only where there are digits.
	Label Fact `json:"label"`
	// Path holds the headings between the chapter and the finding, outermost first, without their numbers.
	Path []string `json:"path"`
	// PathSpans says where each heading of Path stands, in the same order.
	PathSpans []Span `json:"path_spans"`
	// Statement is the problem in the document's words, without its number and without 针对…问题 around it.
	Statement string `json:"statement"`
	// Account is the text after the statement and the status: what was found in detail, or what was done about it.
	Account    string `json:"account"`
	Status     Status `json:"status"`
	StatusText Fact   `json:"status_text"`
	// LongTerm and Deemed are flags beside the status: 长期坚持, and 视同完成.
	LongTerm bool      `json:"long_term,omitempty"`
	Deemed   bool      `json:"deemed,omitempty"`
	Measures []Measure `json:"measures"`
	// Actions is what was done, as analysis/rectify reads it from measures and account, in the order of the text.
	Actions []Action `json:"actions,omitempty"`
	// Substance is what the finding was answered with, as its actions say; empty where the document answers nothing.
	Substance   Substance    `json:"substance,omitempty"`
	Deadline    *Deadline    `json:"deadline,omitempty"`
	Responsible *Responsible `json:"responsible,omitempty"`
	Amounts     []Amount     `json:"amounts"`
	// Issued holds the titles in 《》 that the unit issued or revised, as the account says.
	Issued     []string   `json:"issued"`
	Categories []Category `json:"categories"`
	// Unit is the unit that the finding is about where a page reports on several; empty means the document's unit.
	Unit string `json:"unit,omitempty"`
	// Span covers the whole finding, its number, status and account included.
	Span          Span `json:"span"`
	StatementSpan Span `json:"statement_span"`
	// AccountSpan is the zero Span where there is no account.
	AccountSpan Span `json:"account_span"`
}

// Measure is one enumerated action under a finding, of the top level of its enumeration. Kind is empty until
// analysis/rectify says what kind of action it is.
type Measure struct {
	Text string     `json:"text"`
	Kind ActionKind `json:"kind,omitempty"`
	Span Span       `json:"span"`
}

// Deadline is the time by which a finding is to be put right. Date is empty where the words give no day.
type Deadline struct {
	Text string `json:"text"`
	Date Date   `json:"date"`
}

// Responsible names who answers for putting a finding right.
type Responsible struct {
	Persons     []string `json:"persons,omitempty"`
	Departments []string `json:"departments,omitempty"`
}

// Amount is a sum of money named in a finding. ValueYuan is the figure as printed, in yuan; Bound says how it is meant.
type Amount struct {
	ValueYuan float64 `json:"value_yuan"`
	Text      string  `json:"text"`
	// Bound is "" for an exact figure, "over" for 余 and 多, "about" for 约 and 近.
	Bound string `json:"bound,omitempty"`
	Span  Span   `json:"span"`
}

// CategoryCode is the code of a leaf of the taxonomy ("procurement.tendering") or, where a field may hold either, of a
// domain ("procurement").
type CategoryCode string

// Domain returns the code of the domain that the leaf belongs to.
func (c CategoryCode) Domain() CategoryCode {
	domain, _, _ := strings.Cut(string(c), ".")
	return CategoryCode(domain)
}

// LabelSource says who gave a category.
type LabelSource string

// Who can give a category. A person's word outranks the others for ever.
const (
	ByRule  LabelSource = "rule"
	ByModel LabelSource = "model"
	ByHuman LabelSource = "human"
)

// MaxCategories is the most categories that a finding carries.
const MaxCategories = 3

// Category is one leaf that a finding carries, with what speaks for it. The main category of a finding comes first.
// Evidence is never empty for a category given by a rule.
type Category struct {
	Code     CategoryCode `json:"code"`
	Score    float64      `json:"score"` // 0 to 1
	Evidence []Evidence   `json:"evidence"`
	By       LabelSource  `json:"by"`
}

// EvidenceSource says in which part of a finding a piece of evidence stands.
type EvidenceSource string

// The parts of a finding that evidence can stand in.
const (
	InStatement EvidenceSource = "statement"
	InAccount   EvidenceSource = "account"
	InHeading   EvidenceSource = "heading"
)

// Evidence is a piece of text that speaks for a category: Text is always the bytes Start to End of the text it stands
// in, which is Document.Text for a finding of a document.
type Evidence struct {
	Text  string         `json:"text"`
	Start int            `json:"start"`
	End   int            `json:"end"`
	In    EvidenceSource `json:"in"`
	Rule  string         `json:"rule,omitempty"`
	// Weight is what the piece added to the margin of its category, for evidence that a model gives.
	Weight float64 `json:"weight,omitempty"`
}
