package index

import "tongjian/corpus"

// SuggestRequest asks for what a text that is being typed may become.
type SuggestRequest struct {
	// Text is what was typed: characters from anywhere in a name, or first letters of their readings in pinyin (hzsswj), or
	// both mixed.
	Text string
	// Limit is the most suggestions of each kind: 10 where 0, at most MaxSuggestions.
	Limit int
}

// MaxSuggestions bounds the suggestions of a kind.
const MaxSuggestions = 100

// Suggestions is the answer to a SuggestRequest: names that begin with what was typed before those that have it further
// back, the frequent before the rare, then by text.
type Suggestions struct {
	// Units are units of the corpus.
	Units []Suggestion
	// Words are words of the domain dictionary that stand in the corpus.
	Words    []Suggestion
	Sequence int64
}

// Suggestion is a name and in how many passages it stands: of the unit, or with the word as a word.
type Suggestion struct {
	Text     string
	Passages int
}

// Hint says why a search found nothing, or little.
type Hint struct {
	// Without holds the clauses of the query, and the conditions beside it, without which there is something to be found,
	// the most promising first.
	Without []WithoutClause
	// Instead holds words of the query that stand nowhere, with words and units of the corpus that are written like them.
	Instead  []Spelling
	Sequence int64
}

// WithoutClause is a condition and how many passages there are without it.
type WithoutClause struct {
	// Clause is in the query language; Field is the field of a condition beside the query, else empty.
	Clause   string
	Field    corpus.Field
	Passages int
}

// Spelling is a word that stands nowhere and those that may have been meant, the nearest first.
type Spelling struct {
	Word string
	For  []Suggestion
}
