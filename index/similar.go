package index

import "tongjian/corpus"

// SimilarRequest asks for the findings whose statements are most like that of a finding, or like a text.
type SimilarRequest struct {
	// Finding is the finding that others are compared with; it is no neighbour of itself. Text is used where it is empty.
	Finding corpus.FindingID
	Text    string
	// Filter chooses the findings to be compared.
	Filter corpus.Filter
	// Limit is the most neighbours to return: 10 where 0, at most MaxNeighbours.
	Limit int
}

// MaxNeighbours bounds the neighbours of a finding.
const MaxNeighbours = 200

// Neighbours is the answer to a SimilarRequest.
type Neighbours struct {
	// Neighbours holds the nearest findings, best first. What shares nothing is no neighbour, so there may be fewer than
	// were asked for.
	Neighbours []Neighbour
	// Among counts the findings that the filter chose, but for the one that others are compared with.
	Among    int
	Sequence int64
}

// Neighbour is a finding that is like another. Its Score, from 0 to 1, is that of package similar.
type Neighbour struct {
	Hit
	// Shared says what both statements speak of, the weightiest first; it may be empty where the score is faint.
	Shared []string
}
