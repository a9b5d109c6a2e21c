package index

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"tongjian/corpus"
	"tongjian/corpus/segment"
)

//go:embed synonyms.txt
var synonymsFile string

// Synonyms says which words stand for one another. It does not change.
type Synonyms struct {
	usual, wide map[string][]string
}

// Expansion says what a word of a query was looked for as, beside itself.
type Expansion struct {
	Word         string
	Alternatives []string
}

// DefaultSynonyms returns the synonyms of synonyms.txt, which says how they are written.
func DefaultSynonyms() (*Synonyms, error) { return defaultSynonyms() }

// defaultSynonyms reads the file once; what comes of it is a constant in all but form.
var defaultSynonyms = sync.OnceValues(func() (*Synonyms, error) { return ParseSynonyms(synonymsFile) })

// ParseSynonyms reads synonyms as synonyms.txt describes them. An error names the line.
func ParseSynonyms(text string) (*Synonyms, error) {
	s := &Synonyms{usual: map[string][]string{}, wide: map[string][]string{}}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := s.add(line); err != nil {
			return nil, fmt.Errorf("synonyms, line %d: %w", n, err)
		}
	}
	return s, nil
}

// add reads one line.
func (s *Synonyms) add(line string) error {
	if word, others, ok := strings.Cut(line, "=>"); ok {
		return put(s.usual, strings.TrimSpace(word), strings.Fields(others))
	}
	table, between := s.usual, "="
	if strings.Contains(line, "~") {
		table, between = s.wide, "~"
	}
	words := strings.Split(line, between)
	for i := range words {
		words[i] = strings.TrimSpace(words[i])
	}
	for i, w := range words {
		others := slices.Concat(words[:i], words[i+1:])
		if err := put(table, w, others); err != nil {
			return err
		}
	}
	return nil
}

func put(table map[string][]string, word string, others []string) error {
	if len(others) == 0 {
		return fmt.Errorf("%q stands for nothing", word)
	}
	if _, ok := table[word]; ok {
		return fmt.Errorf("%q stands for others already", word)
	}
	for _, w := range append([]string{word}, others...) {
		if f := segment.Fold(w); f.Text != w || w == "" || strings.ContainsAny(w, " \t\"") {
			return fmt.Errorf("%q is empty, has a blank, or is not folded", w)
		}
	}
	if slices.Contains(others, word) {
		return fmt.Errorf("%q stands for itself", word)
	}
	table[word] = others
	return nil
}

// Of returns what a folded word stands for beside itself.
func (s *Synonyms) Of(word string, use corpus.SynonymUse) []string {
	switch use {
	case corpus.NoSynonyms:
		return nil
	case corpus.WideSynonyms:
		return slices.Concat(s.usual[word], s.wide[word])
	}
	return s.usual[word]
}

// Words returns the words that stand for others, in the usual or the wider search, by text.
func (s *Synonyms) Words() []string {
	seen := map[string]bool{}
	for _, table := range []map[string][]string{s.usual, s.wide} {
		for w := range table {
			seen[w] = true
		}
	}
	words := make([]string, 0, len(seen))
	for w := range seen {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}
