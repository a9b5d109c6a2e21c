package api

import (
	"tongjian/analysis/trend"
	"tongjian/corpus"
	"tongjian/index"
)

// Meta says what an answer rests on, so that it can be cited and reproduced: the store's sequence number and the
// versions of what read, labelled and counted the documents.
type Meta struct {
	Sequence   int64  `json:"sequence"`
	Taxonomy   string `json:"taxonomy"`
	Dictionary string `json:"dictionary"`
	Program    string `json:"program"`
}

// Total is the size of a list. Relation is always "eq": totals are exact.
type Total struct {
	Value    int    `json:"value"`
	Relation string `json:"relation"`
}

// exactly returns an exact total.
func exactly(n int) Total { return Total{Value: n, Relation: "eq"} }

// List is one page of a list. Next continues it and is nil at its end.
type List[T any] struct {
	Data  []T     `json:"data"`
	Total Total   `json:"total"`
	Next  *string `json:"next"`
	Meta  Meta    `json:"meta"`
}

// Page chooses a part of a list. Limit is index.DefaultLimit where 0 and at most index.MaxLimit; Cursor is the Next of
// the page before, empty for the first.
type Page struct {
	Limit  int
	Cursor string
}

// SearchRequest asks for passages, or with Group documents, with snippets.
type SearchRequest struct {
	Filter corpus.Filter
	Page
	Sort  index.Sort  // by relevance where empty
	Group index.Group // by passage where empty
	// Facets names fields to count over all hits, FacetSize values each (20 where 0).
	Facets    []corpus.Field
	FacetSize int
	// Snippets is the most snippets a hit gets; 0 means DefaultSnippets, below 0 none.
	Snippets int
}

// DefaultSnippets is the number of snippets that a hit gets unless asked otherwise; MaxSnippets the most it can get.
const (
	DefaultSnippets = 2
	MaxSnippets     = 10
)

// SearchAnswer is one page of hits with facets over all of them.
type SearchAnswer struct {
	List[SearchHit]
	Facets []Facet `json:"facets"`
	// Understood is the query as it was read, in the query language.
	Understood string `json:"understood"`
	// Expanded says for what words of the query stood beside themselves.
	Expanded []Expansion `json:"expanded"`
	// Hint says what to change; only where nothing was found.
	Hint *Hint `json:"hint,omitempty"`
}

// SearchHit is one passage that matches, or the best one of a document. ID is the finding's identifier; for a section it
// is empty.
type SearchHit struct {
	ID         corpus.FindingID      `json:"id,omitempty"`
	DocumentID corpus.DocumentID     `json:"document_id"`
	Kind       corpus.Kind           `json:"kind"`
	Title      corpus.Fact           `json:"title"`
	Statement  string                `json:"statement"`
	Unit       corpus.Fact           `json:"unit"`
	Region     corpus.Fact           `json:"region"`
	Year       corpus.Year           `json:"year"`
	Date       corpus.Date           `json:"date"`
	Type       corpus.DocType        `json:"type"`
	Categories []corpus.CategoryCode `json:"categories"`
	Status     corpus.Status         `json:"status,omitempty"`
	Score      float64               `json:"score"`
	Span       corpus.Span           `json:"span"`
	Snippets   []Snippet             `json:"snippets"`
	// Passages counts the matching passages of the hit's document; only where hits are grouped by document.
	Passages int `json:"passages,omitempty"`
}

// Snippet is a piece of source text with what matched in it. HTML is Text escaped, with <mark> around each match; Spans
// are the matches as byte offsets into Text, and At is where Text begins in the document's text.
type Snippet struct {
	HTML  string        `json:"html"`
	Text  string        `json:"text"`
	Spans []corpus.Span `json:"spans"`
	At    int           `json:"at"`
}

// Facet counts the values of one field over all hits. Others counts the distinct values that are not listed.
type Facet struct {
	Field  corpus.Field `json:"field"`
	Label  string       `json:"label"`
	Values []FacetValue `json:"values"`
	Others int          `json:"others"`
}

// FacetValue is one value of a field, with its name for users and the query string of the same search narrowed to it.
type FacetValue struct {
	Value     string `json:"value"`
	Label     string `json:"label"`
	Count     int    `json:"count"`
	Drilldown string `json:"drilldown"`
}

// ListRequest asks for the documents or findings that match, newest first where Sort is empty.
type ListRequest struct {
	Filter corpus.Filter
	Page
	Sort index.Sort
}

// DocumentRecord is a document in a list: its metadata and sizes, without its findings and its text.
type DocumentRecord struct {
	ID              corpus.DocumentID `json:"id"`
	Source          string            `json:"source"`
	DocType         corpus.DocType    `json:"doc_type"`
	Title           corpus.Fact       `json:"title"`
	Unit            corpus.Fact       `json:"unit"`
	PartyBody       corpus.Fact       `json:"party_body"`
	Region          corpus.Region     `json:"region"`
	Level           corpus.Level      `json:"level"`
	Sector          corpus.Fact       `json:"sector"`
	Inspector       corpus.Fact       `json:"inspector"`
	Round           corpus.Fact       `json:"round"`
	InspectionFrom  corpus.Date       `json:"inspection_from"`
	InspectionTo    corpus.Date       `json:"inspection_to"`
	FeedbackDate    corpus.Date       `json:"feedback_date"`
	PublicationDate corpus.Date       `json:"publication_date"`
	Year            corpus.Year       `json:"year"`
	Declared        corpus.Declared   `json:"declared"`
	Findings        int               `json:"findings"`
	Warnings        int               `json:"warnings"`
	// Passages counts the passages of the document that match the request.
	Passages int `json:"passages"`
}

// DocumentView is one document as it was read, without its text.
type DocumentView struct {
	*corpus.Document
	// Text hides the text of the document, which has an address of its own.
	Text *string `json:"text,omitempty"`
}

// FindingRecord is one finding with the metadata of its document.
type FindingRecord struct {
	corpus.Finding
	DocumentID corpus.DocumentID `json:"document_id"`
	Title      corpus.Fact       `json:"title"`
	// Unit is the unit that the finding is about: its own where it names one, else its document's.
	Unit      corpus.Fact    `json:"unit"`
	Region    corpus.Region  `json:"region"`
	Level     corpus.Level   `json:"level"`
	Sector    corpus.Fact    `json:"sector"`
	Inspector corpus.Fact    `json:"inspector"`
	Round     corpus.Fact    `json:"round"`
	Year      corpus.Year    `json:"year"`
	Date      corpus.Date    `json:"date"`
	Type      corpus.DocType `json:"type"`
}

// TrendsRequest asks for the course of findings over time.
type TrendsRequest struct {
	Filter corpus.Filter
	By     corpus.Field // year where empty; or round
	// Series is the field whose values are the series; empty for one series of everything.
	Series corpus.Field
	// Top keeps the series with the most findings: DefaultTop where 0, at most MaxTop.
	Top  int
	Time TimeForm // whether, and how, rows name their instants
}

// DefaultTop is the number of series, or of rows and columns, that an answer shows unless asked otherwise; MaxTop the
// most it can show.
const (
	DefaultTop = 100
	MaxTop     = 1000
)

// TrendsAnswer is a whole series: complete years, every series in every period, never paged.
type TrendsAnswer struct {
	By      corpus.Field `json:"by"`
	Series  corpus.Field `json:"series"` // "none" where there is one series of everything
	Rows    []TrendRow   `json:"rows"`
	Tests   []TrendTest  `json:"tests"`
	Periods []TrendRow   `json:"periods"` // each period over all series
	// SeriesTotal counts the series, SeriesOmitted those that Top left out.
	SeriesTotal   int `json:"series_total"`
	SeriesOmitted int `json:"series_omitted"`
	// Unplaced counts what belongs to no period because its documents name none.
	Unplaced Figures `json:"unplaced"`
	Total    Figures `json:"total"`
	Meta     Meta    `json:"meta"`

	time TimeForm
}

// Figures are the figures of one row or cell. Drilldown is the query string that leads, at /api/v1/findings and at the
// search page, to exactly the findings that are counted.
type Figures struct {
	trend.Measures
	Drilldown string `json:"drilldown"`
}

// TrendRow is one series in one period.
type TrendRow struct {
	Period string `json:"period"`
	// Time is the beginning of the period as the request wants it: text, or milliseconds since 1970; absent unless asked for.
	Time   any    `json:"time,omitempty"`
	Series string `json:"series"`
	Label  string `json:"label"` // the series as users read it
	Figures
}

// TrendTest is the test of one series for a trend.
type TrendTest struct {
	trend.Test
	Label string `json:"label"`
}

// MatrixRequest asks for a table of two fields. Top is as in TrendsRequest, for rows and for columns.
type MatrixRequest struct {
	Filter corpus.Filter
	Rows   corpus.Field
	Cols   corpus.Field
	Top    int
}

// MatrixAnswer is a table of two fields. Cells that count nothing are left out.
type MatrixAnswer struct {
	RowField corpus.Field   `json:"row_field"`
	ColField corpus.Field   `json:"col_field"`
	Rows     []MatrixMargin `json:"rows"`
	Cols     []MatrixMargin `json:"cols"`
	Cells    []MatrixCell   `json:"cells"`
	// RowsOmitted and ColsOmitted count the values that Top left out.
	RowsOmitted int     `json:"rows_omitted"`
	ColsOmitted int     `json:"cols_omitted"`
	Total       Figures `json:"total"`
	Meta        Meta    `json:"meta"`
}

// MatrixMargin is one row over all columns, or one column over all rows.
type MatrixMargin struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Figures
}

// MatrixCell is one cell of a table of two fields.
type MatrixCell struct {
	Row string `json:"row"`
	Col string `json:"col"`
	Figures
}

// StatsAnswer gives the size of store and index. Lag is how many changes the index is behind the store.
type StatsAnswer struct {
	Documents int        `json:"documents"`
	Findings  int        `json:"findings"`
	Units     int        `json:"units"`
	Bytes     int64      `json:"bytes"`
	Index     IndexStats `json:"index"`
	Lag       int64      `json:"lag"`
	Meta      Meta       `json:"meta"`
}

// IndexStats gives the size of the index and the last change that it has taken over.
type IndexStats struct {
	Documents int   `json:"documents"`
	Findings  int   `json:"findings"`
	Sections  int   `json:"sections"`
	Applied   int64 `json:"applied"`
}
