package compare

import "tongjian/analysis/keyness"

// MaxKeywords is the most keywords of a side.
const MaxKeywords = keyness.MaxWords

// Words cuts a text into its words. The segmenter of the corpus does; this package needs nothing else of it.
type Words func(text string) []string

// Keyword is a word that is more frequent on one side, its focus, than on the others together, its reference.
type Keyword = keyness.Keyword

// Keywords returns for each side the words that set it apart from the other sides together, by log-likelihood, the
// strongest first.
func Keywords(sides []Side, words Words) [][]Keyword {
	lists := make([]keyness.List, len(sides))
	for s, side := range sides {
		for _, f := range side {
			lists[s].Add(words(f.Text))
		}
	}
	out := make([][]Keyword, len(sides))
	for s := range sides {
		out[s], _ = keyness.Compare(lists[s], others(lists, s), keyness.Options{Max: MaxKeywords})
	}
	return out
}

// others puts all lists but one together.
func others(lists []keyness.List, but int) keyness.List {
	all := keyness.List{Counts: map[string]int{}}
	for i, l := range lists {
		if i == but {
			continue
		}
		all.Size += l.Size
		for w, n := range l.Counts {
			all.Counts[w] += n
		}
	}
	return all
}
