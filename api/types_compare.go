package api

import (
	"tongjian/analysis/compare"
	"tongjian/corpus"
)

// MinSides and MaxSides bound a comparison.
const (
	MinSides = 2
	MaxSides = 8
)

// CompareRequest asks for two to eight parts of the corpus side by side. A side is a query, mostly "doc:ID" or
// "unit:NAME"; the filter restricts all of them.
type CompareRequest struct {
	Filter corpus.Filter
	Sides  []string
}

// CompareAnswer is a comparison. Lists by side are in the order of Sides.
type CompareAnswer struct {
	Sides      []CompareSide       `json:"sides"`
	Domains    []ComparedRow       `json:"domains"`
	Categories []ComparedRow       `json:"categories"`
	Statuses   []ComparedRow       `json:"statuses"`
	Actions    []ComparedRow       `json:"actions"` // what was done, by kind
	Matched    []MatchedRow        `json:"matched"`
	OnlyHere   [][]ComparedOne     `json:"only_here"` // by side
	Keywords   [][]compare.Keyword `json:"keywords"`  // by side
	// Threshold is the similarity from which two findings count as matched.
	Threshold float64 `json:"threshold"`
	Meta      Meta    `json:"meta"`
}

// CompareSide is one side: how it was asked for, what it is called, and how large it is. Read is the number of its
// findings that matching and keywords rest on, at most compare.MaxFindings; counts always rest on all of them.
type CompareSide struct {
	Side      string `json:"side"`
	Label     string `json:"label"`
	Findings  int    `json:"findings"`
	Documents int    `json:"documents"`
	Units     int    `json:"units"`
	Read      int    `json:"read"`
	Shared    int    `json:"shared"` // findings that the first side has too
	Drilldown string `json:"drilldown"`
}

// ComparedRow is one category, status or kind of action on all sides.
type ComparedRow struct {
	Value string         `json:"value"`
	Label string         `json:"label"`
	Cells []ComparedCell `json:"cells"` // by side
}

// ComparedCell is one category, status or kind of action on one side. Share is of the side's findings; Difference is that share less
// the first side's, with its Newcombe 95% interval, nil for the first side itself and where a side is empty. The interval
// takes the sides as independent: it is nil where the two have findings in common.
type ComparedCell struct {
	Findings       int      `json:"findings"`
	Documents      int      `json:"documents"`
	Share          *float64 `json:"share"`
	Difference     *float64 `json:"difference"`
	DifferenceLow  *float64 `json:"difference_low"`
	DifferenceHigh *float64 `json:"difference_high"`
	Drilldown      string   `json:"drilldown"`
}

// MatchedRow is a group of like findings on two sides or more.
type MatchedRow struct {
	Score      float64               `json:"score"`      // of the best pair
	Categories []corpus.CategoryCode `json:"categories"` // what the best pair shares
	Cells      [][]ComparedOne       `json:"cells"`      // by side; empty where the side has none
}

// ComparedOne is one finding on one side.
type ComparedOne struct {
	ID         corpus.FindingID      `json:"id"`
	DocumentID corpus.DocumentID     `json:"document_id"`
	Statement  string                `json:"statement"`
	Unit       corpus.Fact           `json:"unit"`
	Year       corpus.Year           `json:"year"`
	Status     corpus.Status         `json:"status"`
	Categories []corpus.CategoryCode `json:"categories"`
	// Score is its similarity to the nearest finding on another side, 0 where there is none in reach.
	Score float64 `json:"score"`
}
