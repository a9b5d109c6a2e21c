package segment

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"

	"tongjian/corpus"
)

// Segmenter cuts text into words. It is safe for use by many goroutines.
type Segmenter struct {
	gse     gse.Segmenter
	version string
}

// Token is one word, or a stretch between words: a mark of punctuation, a blank.
type Token struct {
	// Text is folded.
	Text string
	// Span is where the token stands in the text that was given.
	Span corpus.Span
}

// Word reports whether the token has a letter or a digit.
func (t Token) Word() bool {
	for _, r := range t.Text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}

// New loads the dictionaries.
func New() (*Segmenter, error) {
	words, err := domainWords()
	if err != nil {
		return nil, err
	}
	s := &Segmenter{version: version()}
	s.gse.SkipLog = true
	s.gse.NotLoadHMM = true
	// A word that is there already is not added again, so the dictionary that comes first decides its frequency.
	if err := s.gse.LoadDictStr(dictionaryText(words)); err != nil {
		return nil, fmt.Errorf("load domain dictionary: %w", err)
	}
	if err := s.gse.LoadDictEmbed("zh_s"); err != nil {
		return nil, fmt.Errorf("load general dictionary: %w", err)
	}
	return s, nil
}

// Version identifies the dictionaries and the folding: texts cut under different versions do not compare.
func (s *Segmenter) Version() string { return s.version }

func version() string {
	const generalDictionary = "gse v0.80.3 zh_s"
	sum := sha256.Sum256([]byte(generalDictionary + "\n" + foldingHash() + "\n" + domainFile))
	return hex.EncodeToString(sum[:6])
}

// Segment returns the tokens of the text, in order and without gaps.
func (s *Segmenter) Segment(text string) []Token {
	f := Fold(text)
	segments := s.gse.Segment([]byte(f.Text))
	tokens := make([]Token, len(segments))
	for i := range segments {
		span := corpus.Span{Start: segments[i].Start(), End: segments[i].End()}
		tokens[i] = Token{Text: span.Of(f.Text), Span: f.SourceSpan(span)}
	}
	return tokens
}

// EachWord calls yield for the words of folded text, each followed by the words inside it of two characters and more. A
// word is a stretch of the text itself: start and end are offsets into it.
func (s *Segmenter) EachWord(folded string, yield func(start, end int)) {
	for _, seg := range s.gse.Segment([]byte(folded)) {
		start, end := seg.Start(), seg.End()
		if !(Token{Text: folded[start:end]}).Word() {
			continue
		}
		yield(start, end)
		eachPart(seg.Token(), start, yield)
	}
}

// eachPart calls yield for the words inside a word, at their places in the text.
func eachPart(t *gse.Token, at int, yield func(start, end int)) {
	for _, part := range t.Segments() {
		start, end := at+part.Start(), at+part.End()
		if utf8.RuneCountInString(part.Token().Text()) < 2 {
			continue
		}
		yield(start, end)
		eachPart(part.Token(), start, yield)
	}
}
