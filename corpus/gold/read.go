package gold

import (
	"encoding/json"
	"fmt"
	"io"

	"tongjian/corpus"
)

// Document is what a careful reader takes from one file.
type Document struct {
	DocType         corpus.DocType  `json:"doc_type"`
	Title           corpus.Fact     `json:"title"`
	Unit            corpus.Fact     `json:"unit"`
	PartyBody       corpus.Fact     `json:"party_body"`
	Region          corpus.Region   `json:"region"`
	Level           corpus.Level    `json:"level"`
	Inspector       corpus.Fact     `json:"inspector"`
	Round           corpus.Fact     `json:"round"`
	InspectionFrom  corpus.Date     `json:"inspection_from"`
	InspectionTo    corpus.Date     `json:"inspection_to"`
	FeedbackDate    corpus.Date     `json:"feedback_date"`
	PublicationDate corpus.Date     `json:"publication_date"`
	Year            corpus.Year     `json:"year"`
	Declared        corpus.Declared `json:"declared"`
	Findings        []Finding       `json:"findings"`
}

// Finding is one problem as a careful reader sees it. Categories has the main one first.
type Finding struct {
	Label      corpus.Fact           `json:"label"`
	Path       []string              `json:"path"`
	Statement  string                `json:"statement"`
	Status     corpus.Status         `json:"status"`
	StatusText corpus.Fact           `json:"status_text"`
	Measures   int                   `json:"measures"`
	Categories []corpus.CategoryCode `json:"categories"`
}

// Read reads one gold file.
func Read(r io.Reader) (*Document, error) {
	var d Document
	if err := json.NewDecoder(r).Decode(&d); err != nil {
		return nil, fmt.Errorf("read gold file: %w", err)
	}
	return &d, nil
}
