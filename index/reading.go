package index

import "tongjian/corpus"

// Limits of readings. Beyond MaxRead passages the words are counted in a sample of them, which the answer says.
const (
	DefaultWidth  = 20
	MaxWidth      = 200
	MaxLines      = 10_000
	MaxWords      = 1000
	MaxVocabulary = 200_000 // of Terms, for who compares whole vocabularies
	MaxRead       = 20_000
	DefaultWindow = 5
	MaxWindow     = 15
)

// LineSort orders the lines of a concordance.
type LineSort string

// The orders. Ties are broken by document and place in it.
const (
	LinesByDate     LineSort = "date"  // oldest first; undated last
	LinesByDateDesc LineSort = "-date" // newest first; undated last; where no order is given
	LinesByLeft     LineSort = "left"  // by what stands before the node, read backwards from it, folded
	LinesByRight    LineSort = "right" // by what stands after the node, folded
)

// ConcordanceRequest asks for the places at which the words and phrases of a query stand, each in its context.
type ConcordanceRequest struct {
	// Filter must have a query with words or phrases that a match may have.
	Filter corpus.Filter
	// Width is how many characters stand on each side: DefaultWidth where 0, at most MaxWidth.
	Width int
	Sort  LineSort
	// Sample draws so many of the lines, each as likely as the other; 0 takes all. The same Seed draws the same lines of
	// the same corpus, and of a corpus that grew mostly the same.
	Sample int
	Seed   uint64
	// Offset skips lines; Limit is the most lines to return, DefaultLimit where 0. Together they reach up to MaxLines.
	Offset, Limit int
}

// Concordance is the answer to a ConcordanceRequest.
type Concordance struct {
	Lines []Line
	// Total counts the places in all that matches, exactly, and Passages the passages; Sampled is how many lines there are
	// to page over: Total, or fewer in a sample.
	Total    int
	Passages int
	Sampled  int
	// Understood, Expanded and Sequence are those of Answer.
	Understood string
	Expanded   []Expansion
	Sequence   int64
}

// Line is one place: Left, Node and Right are source text, one after the other. Strings of a query that overlap make one
// node. The context ends with its passage.
type Line struct {
	Left, Node, Right string
	DocumentID        corpus.DocumentID
	FindingID         corpus.FindingID // empty in a section
	Unit              string
	Year              corpus.Year
	Date              corpus.Date
	// Span is the node in its document's text.
	Span corpus.Span
}

// WordChoice says which words are counted.
type WordChoice struct {
	// KeepStopWords counts the words of segment.StopWords too; Stop leaves out more.
	KeepStopWords bool
	Stop          []string
	// KeepPunctuation counts punctuation too, KeepNumbers what has no letter.
	KeepPunctuation bool
	KeepNumbers     bool
	// MinLength leaves out words with fewer characters.
	MinLength int
}

// TermsRequest asks for the words of the passages that a filter chooses.
type TermsRequest struct {
	Filter corpus.Filter
	Words  WordChoice
	// Limit is the most words to return: 50 where 0, at most MaxVocabulary.
	Limit int
	// Seed draws the sample where there are more than MaxRead passages.
	Seed uint64
}

// Terms is the answer to a TermsRequest: the most frequent words first, then by text. A word is what the segmenter makes of
// the folded text; the words inside words do not count.
type Terms struct {
	Terms []Term
	// Distinct counts the different words that were chosen, Tokens their occurrences, AllTokens those of all words,
	// punctuation aside: frequencies are taken of it.
	Distinct  int
	Tokens    int
	AllTokens int
	// Passages counts the passages that were read, Documents theirs; Total those that the filter chooses. They differ where
	// a sample was read.
	Passages  int
	Documents int
	Total     int
	Sequence  int64
}

// Term is a word with its frequency, and in how many passages and documents it stands.
type Term struct {
	Text      string
	Count     int
	Passages  int
	Documents int
}

// CollocationsRequest asks for the words that stand near the words and phrases of a query.
type CollocationsRequest struct {
	// Filter must have a query with words or phrases that a match may have.
	Filter corpus.Filter
	Words  WordChoice
	// Window is how many words on each side count as near: DefaultWindow where 0, at most MaxWindow. Punctuation is no word.
	Window int
	// MinCount leaves out words that stand near the node fewer times: 2 where 0.
	MinCount int
	// Sort is ByLogLikelihood where empty.
	Sort  CollocateSort
	Limit int // 50 where 0, at most MaxWords
	Seed  uint64
}

// CollocateSort orders collocates.
type CollocateSort string

// The orders, each greatest first, then by text.
const (
	ByLogLikelihood CollocateSort = "log_likelihood"
	ByLogDice       CollocateSort = "log_dice"
	ByCount         CollocateSort = "count"
)

// Collocations is the answer to a CollocationsRequest.
type Collocations struct {
	Collocates []Collocate
	// Nodes counts the places of the node that were read, Window the words near them, Words those of the whole corpus.
	Nodes  int
	Window int
	Words  int
	// Passages counts the passages that were read; Total those that match. They differ where a sample was read.
	Passages int
	Total    int
	Expanded []Expansion
	Sequence int64
}

// Collocate is a word that stands near the node. Near counts how often it does, Count its occurrences in the whole corpus,
// as a word or inside a word.
//
// LogLikelihood is Dunning's G2 (Accurate Methods for the Statistics of Surprise and Coincidence, 1993) over the table of
// words near and far from the node that are and are not this one, negative where the word is rarer near the node than
// elsewhere. LogDice is 14 + log2(2 Near / (Nodes + Count)) (Rychlý, A Lexicographer-Friendly Association Score, 2008).
type Collocate struct {
	Text          string
	Near          int
	Count         int
	LogLikelihood float64
	LogDice       float64
}
