package main

import (
	"fmt"

	"tongjian/analysis/rectify"
	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// labeler says what kind of problem each finding is and what was done about it.
type labeler struct {
	taxonomy *taxonomy.Taxonomy
	actions  *rectify.Rules
}

func newLabeler(tax *taxonomy.Taxonomy) (*labeler, error) {
	actions, err := rectify.Default()
	if err != nil {
		return nil, fmt.Errorf("load rules of actions: %w", err)
	}
	return &labeler{taxonomy: tax, actions: actions}, nil
}

// Label gives every finding its categories, its actions and its substance.
func (l *labeler) Label(doc *corpus.Document) {
	l.taxonomy.Label(doc)
	l.actions.Label(doc)
}

// Relabel labels a document anew and returns the findings whose categories moved.
func (l *labeler) Relabel(doc *corpus.Document) []taxonomy.Move {
	moves := l.taxonomy.Relabel(doc)
	l.actions.Label(doc)
	return moves
}
