// Package index says what a search engine over the corpus owes: it follows the store's change feed, finds passages by
// words, exact phrases and fields, and counts them. The query language is defined here, once for API, command line and
// pages; the contract tests here run against every engine.
//
// What is indexed is the passage: each finding and each other section of every document, with its document's metadata.
// Everything an engine holds is derived from the store and can be rebuilt from it.
package index

import (
	"context"

	"tongjian/corpus"
)

// Engine finds and counts passages. All methods are safe for use by many goroutines; Apply and Close wait for each
// other. Answers rest on the state after the last Apply that returned.
type Engine interface {
	// Apply takes over changes in the order of their sequence numbers. Changes at or below Applied are skipped, so a
	// batch may be given again after a crash. When Apply returns nil the changes are searchable and durable.
	Apply(ctx context.Context, changes []corpus.Change) error
	// Applied returns the sequence number of the last change taken over, 0 for an empty engine.
	Applied() int64
	// Search returns the passages that match, best or newest first, with snippets.
	Search(ctx context.Context, req Request) (*Answer, error)
	// Tally counts passages by the values of one or two fields.
	Tally(ctx context.Context, req corpus.TallyRequest) (*corpus.Tally, error)
	// Choose returns the findings that a filter chooses.
	Choose(ctx context.Context, f corpus.Filter) (*Chosen, error)
	// Concordance returns the places at which a query's words stand, in their context.
	Concordance(ctx context.Context, req ConcordanceRequest) (*Concordance, error)
	// Terms returns the words of what a filter chooses.
	Terms(ctx context.Context, req TermsRequest) (*Terms, error)
	// Collocations returns the words that stand near a query's words.
	Collocations(ctx context.Context, req CollocationsRequest) (*Collocations, error)
	// Similar returns the findings whose statements are most like that of a finding, or like a text.
	Similar(ctx context.Context, req SimilarRequest) (*Neighbours, error)
	// Suggest returns units and words that begin with, or have in them, what is being typed.
	Suggest(ctx context.Context, req SuggestRequest) (*Suggestions, error)
	// Hint says which conditions of a filter leave nothing to be found, and which words may be misspelt.
	Hint(ctx context.Context, f corpus.Filter) (*Hint, error)
	// Counts returns the size of what is held, for comparison with the store.
	Counts() Counts
	Close() error
}

// Counts is the size of what an engine holds. Postings counts the passages in the inverted index, Columns those in the
// columns; the two are equal in a sound engine, and Findings equals the store's.
type Counts struct {
	Documents int
	Findings  int
	Sections  int
	Postings  int
	Columns   int
}

// Sort orders the hits of a search.
type Sort string

// The orders. Ties are broken by document and place in it, so that every order is total.
const (
	ByRelevance Sort = "relevance"
	ByDate      Sort = "date"  // oldest first; undated last
	ByDateDesc  Sort = "-date" // newest first; undated last
)

// Group says what one hit stands for.
type Group string

// The groupings.
const (
	ByPassage  Group = "finding"  // every passage is a hit
	ByDocument Group = "document" // the best passage of each document stands for it
)

// Limits of a request. A request beyond them is refused with an error that names the limit.
const (
	DefaultLimit  = 20
	MaxLimit      = 200
	MaxQueryBytes = 4096
	MaxClauses    = 256
	MaxFacetSize  = 1000
)

// Request asks for the passages that a filter chooses.
type Request struct {
	Filter corpus.Filter
	Sort   Sort  // ByRelevance where empty; without words to rank by, that is ByDateDesc
	Group  Group // ByPassage where empty
	// Limit is the most hits to return: DefaultLimit where 0, at most MaxLimit.
	Limit int
	// Cursor continues after the last hit of an earlier answer to the same request; empty starts at the top. New documents
	// between two pages cause neither duplicates nor gaps among the passages that were there before.
	Cursor string
	// Facets names fields whose values are to be counted over all that matches, FacetSize values each (20 where 0),
	// most frequent first, then by text.
	Facets    []corpus.Field
	FacetSize int
	// Snippets is the most snippets a hit gets; 0 means none.
	Snippets int
}

// Answer is the outcome of a search.
type Answer struct {
	Hits []Hit
	// Total counts all that matches, in passages, or in documents under ByDocument. It is exact.
	Total int
	// Next continues after the last hit; empty at the end.
	Next   string
	Facets []Facet
	// Understood is the query as it was read, in the query language.
	Understood string
	// Expanded says which words of the query were looked for as others too, in the order of the query.
	Expanded []Expansion
	// Sequence is the store's sequence number that the answer rests on.
	Sequence int64
}

// Hit is one passage, or under ByDocument the best passage of one document.
type Hit struct {
	DocumentID corpus.DocumentID
	FindingID  corpus.FindingID // empty for a section
	Kind       corpus.Kind
	Title      string // of the document
	// Statement is the finding's statement; for a section its heading.
	Statement string
	Unit      string // the finding's own where it has one, else the document's
	Region    string // 省/市/县, as far as known
	Year      corpus.Year
	// Date is the day by which hits are sorted and filtered: of publication, else of the feedback, else of the
	// inspection's end or beginning.
	Date       corpus.Date
	Type       corpus.DocType
	Status     corpus.Status // empty for a section
	Categories []corpus.CategoryCode
	Score      float64
	// Span is the passage in its document's text.
	Span     corpus.Span
	Snippets []Snippet
	// Passages counts the matching passages of the hit's document; 0 unless grouped by document.
	Passages int
}

// Snippet is a piece of a passage cut at sentence ends. Text is source text, unchanged; At is where it begins in the
// document's text; Marks are the matches, as spans in Text.
type Snippet struct {
	Text  string
	At    int
	Marks []corpus.Span
}

// Facet counts the values of a field over all that matches. Under ByDocument it counts documents, else passages. For a
// field with one value a passage, the counts of all values and Missing add up to the total.
type Facet struct {
	Field  corpus.Field
	Values []FacetValue
	// Others counts the distinct values beyond those listed.
	Others int
	// Missing counts what has no value of the field: a section has no category, a document may have no year.
	Missing int
}

// FacetValue is one value of a field and how often it occurs.
type FacetValue struct {
	Value string
	Count int
}

// Vocabulary resolves the names that users write for categories, types, statuses and levels into the values that are
// stored. The engine asks it so that category:采购 and category:procurement are the same, and so that a misspelt name is
// an error instead of an empty answer.
type Vocabulary interface {
	// Resolve returns the stored values that a name stands for in a field: a leaf's code for its code or Chinese name,
	// all leaves of a domain for a domain's. ok is false where the field is controlled and the name is unknown; expected
	// then says in words what would be accepted.
	Resolve(field corpus.Field, name string) (values []string, expected string, ok bool)
}
