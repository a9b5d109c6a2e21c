package segment

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed domain.txt
var domainFile string

// domainFrequency is given to every word of the domain dictionary. It beats any split into two words (two common
// words together are rarer than this), and is low enough that a longer word of the general dictionary still wins.
const domainFrequency = 3000

// maxWordRunes bounds the words of the domain dictionary: the longest word sets how far every call looks ahead.
const maxWordRunes = 16

// domainWords reads the domain dictionary. A word that would ruin the segmenter, or that could never be found because
// folding changes it, is an error.
func domainWords() ([]string, error) {
	var words []string
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(domainFile) {
		n++
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		for _, word := range strings.Fields(line) {
			if err := checkWord(word, seen); err != nil {
				return nil, fmt.Errorf("domain.txt:%d: %w", n, err)
			}
			seen[word] = true
			words = append(words, word)
		}
	}
	return words, nil
}

func checkWord(word string, seen map[string]bool) error {
	if n := utf8.RuneCountInString(word); n < 2 || n > maxWordRunes {
		return fmt.Errorf("word %q has %d characters, want 2 to %d", word, n, maxWordRunes)
	}
	if seen[word] {
		return fmt.Errorf("word %q stands twice", word)
	}
	if f := Fold(word); f.Text != word {
		return fmt.Errorf("word %q is not folded: want %q", word, f.Text)
	}
	for _, r := range word {
		if !unicode.Is(unicode.Han, r) {
			return fmt.Errorf("word %q has a character that is not Chinese", word)
		}
	}
	return nil
}

// dictionaryText writes the words as gse reads them.
func dictionaryText(words []string) string {
	var b strings.Builder
	for _, w := range words {
		fmt.Fprintf(&b, "%s %d n\n", w, domainFrequency)
	}
	return b.String()
}

// DomainWords returns the words of the domain dictionary, in the order of the file.
func DomainWords() ([]string, error) { return domainWords() }

//go:embed stopwords.txt
var stopFile string

// StopWords returns the words that say nothing by themselves.
func StopWords() map[string]bool {
	stop := map[string]bool{}
	for line := range strings.Lines(stopFile) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		for _, word := range strings.Fields(line) {
			stop[word] = true
		}
	}
	return stop
}
