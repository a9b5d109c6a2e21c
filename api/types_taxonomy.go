package api

import "tongjian/corpus"

// TaxonomyAnswer is the whole taxonomy with what it counts in the corpus that the filter chooses.
type TaxonomyAnswer struct {
	Version string         `json:"version"`
	Domains []CategoryNode `json:"domains"`
	Meta    Meta           `json:"meta"`
}

// CategoryNode is a domain or a leaf of the taxonomy with its names and its counts. Is and Not say what belongs there
// and what does not; a domain has Leaves instead.
type CategoryNode struct {
	Code corpus.CategoryCode `json:"code"`
	Zh   string              `json:"zh"`
	En   string              `json:"en"`
	Is   string              `json:"is,omitempty"`
	Not  string              `json:"not,omitempty"`
	Figures
	Leaves []CategoryNode `json:"leaves,omitempty"`
}

// CategoryAnswer is one domain or leaf.
type CategoryAnswer struct {
	CategoryNode
	Meta Meta `json:"meta"`
}
