package api

import (
	"tongjian/corpus"
	"tongjian/index"
)

// Expansion is a word of a query and what it stood for beside itself.
type Expansion struct {
	Word         string   `json:"word"`
	Alternatives []string `json:"alternatives"`
}

// Hint says why a search found nothing: what to leave out, and what may have been meant.
type Hint struct {
	// Without holds the conditions without which there is something to be found, the most promising first.
	Without []HintWithout `json:"without"`
	// Instead holds words that stand nowhere, with words and units of the corpus that are written like them.
	Instead []HintInstead `json:"instead"`
}

// HintWithout is a condition and how many passages there are without it. Clause is in the query language; Field names a
// condition beside the query, and is empty for a clause of it.
type HintWithout struct {
	Clause   string       `json:"clause"`
	Field    corpus.Field `json:"field,omitempty"`
	Passages int          `json:"passages"`
}

// HintInstead is a word that stands nowhere and those that may have been meant, the nearest first.
type HintInstead struct {
	Word string       `json:"word"`
	For  []Suggestion `json:"for"`
}

// Suggestion is a name and in how many passages it stands.
type Suggestion struct {
	Text     string `json:"text"`
	Passages int    `json:"passages"`
}

// SuggestedCategory is a leaf or domain of the taxonomy whose name or code has what was typed.
type SuggestedCategory struct {
	Code corpus.CategoryCode `json:"code"`
	Zh   string              `json:"zh"`
}

// SuggestAnswer is what a text that is being typed may become.
type SuggestAnswer struct {
	Units      []Suggestion        `json:"units"`
	Words      []Suggestion        `json:"words"`
	Categories []SuggestedCategory `json:"categories"`
	Meta       Meta                `json:"meta"`
}

// ConcordanceRequest asks for the places at which the words of a query stand; its fields are those of
// index.ConcordanceRequest, and Page.Cursor is the number of lines to skip.
type ConcordanceRequest struct {
	Filter corpus.Filter
	Page
	Width  int
	Sort   index.LineSort
	Sample int
	Seed   uint64
}

// ConcordanceAnswer is one page of the lines. Total counts the lines to page over.
type ConcordanceAnswer struct {
	List[ConcordanceLine]
	// Places counts the places in all that matches, Passages the passages; a sample has fewer lines than there are places.
	Places     int         `json:"places"`
	Passages   int         `json:"passages"`
	Understood string      `json:"understood"`
	Expanded   []Expansion `json:"expanded"`
}

// ConcordanceLine is one place: Left, Node and Right are source text, one after the other; Span is the node in its
// document's text. FindingID is empty in a section.
type ConcordanceLine struct {
	Left       string            `json:"left"`
	Node       string            `json:"node"`
	Right      string            `json:"right"`
	DocumentID corpus.DocumentID `json:"document_id"`
	FindingID  corpus.FindingID  `json:"finding_id,omitempty"`
	Unit       corpus.Fact       `json:"unit"`
	Year       corpus.Year       `json:"year"`
	Date       corpus.Date       `json:"date"`
	Span       corpus.Span       `json:"span"`
}

// TermsRequest asks for the words of what a filter chooses, Limit of them (50 where 0).
type TermsRequest struct {
	Filter corpus.Filter
	Words  index.WordChoice
	Limit  int
	Seed   uint64
}

// TermsAnswer holds the most frequent words first. Read is smaller than Total where a sample was read.
type TermsAnswer struct {
	Data []Term `json:"data"`
	// Distinct counts the different words chosen, Tokens their occurrences, AllTokens those of all words.
	Distinct  int `json:"distinct"`
	Tokens    int `json:"tokens"`
	AllTokens int `json:"all_tokens"`
	// Read and Documents count what was read, Total the passages that the filter chooses.
	Read      int  `json:"read"`
	Documents int  `json:"documents"`
	Total     int  `json:"total"`
	Meta      Meta `json:"meta"`
}

// Term is a word with its frequency, per thousand words too, and in how many passages and documents it stands.
type Term struct {
	Text        string  `json:"text"`
	Count       int     `json:"count"`
	PerThousand float64 `json:"per_thousand"`
	Passages    int     `json:"passages"`
	Documents   int     `json:"documents"`
}

// CollocationsRequest asks for the words near those of a query; its fields are those of index.CollocationsRequest.
type CollocationsRequest struct {
	Filter   corpus.Filter
	Words    index.WordChoice
	Window   int
	MinCount int
	Sort     index.CollocateSort
	Limit    int
	Seed     uint64
}

// CollocationsAnswer holds the words near the node. Read is smaller than Total where a sample was read.
type CollocationsAnswer struct {
	Data []Collocate `json:"data"`
	// Nodes counts the places of the node that were read, Window the words near them, Words those of the whole corpus.
	Nodes    int         `json:"nodes"`
	Window   int         `json:"window"`
	Words    int         `json:"words"`
	Read     int         `json:"read"`
	Total    int         `json:"total"`
	Expanded []Expansion `json:"expanded"`
	Meta     Meta        `json:"meta"`
}

// Collocate is a word near the node: how often near it, how often at all, and the two measures of index.Collocate.
type Collocate struct {
	Text          string  `json:"text"`
	Near          int     `json:"near"`
	Count         int     `json:"count"`
	LogLikelihood float64 `json:"log_likelihood"`
	LogDice       float64 `json:"log_dice"`
}
