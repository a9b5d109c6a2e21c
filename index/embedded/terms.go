package embedded

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus/segment"
	"tongjian/index"
)

// defaultWords is how many words a list has where nothing is said.
const defaultWords = 50

// Terms returns the words of what a filter chooses.
func (e *Engine) Terms(ctx context.Context, req index.TermsRequest) (*index.Terms, error) {
	if req.Limit == 0 {
		req.Limit = defaultWords
	}
	if err := inLimits(limit{"limit", req.Limit, 1, index.MaxVocabulary}); err != nil {
		return nil, err
	}
	r, err := e.textReader(ctx, req.Filter)
	if err != nil {
		return nil, err
	}
	defer r.close()
	passages := r.sampled(req.Seed)
	parts := r.view.byDocument(passages, e.options.Workers)
	counts := make([]termCounts, len(parts))
	err = inParallel(len(parts), func(i int) error {
		counts[i] = termCounts{terms: map[string]*termCount{}}
		return r.countTerms(parts[i], req.Words.KeepPunctuation, &counts[i])
	})
	if err != nil {
		return nil, fmt.Errorf("count words of %q: %w", req.Filter.Query, err)
	}
	out := &index.Terms{Passages: len(passages), Total: r.hits.count(), Sequence: r.view.sequence}
	joinTerms(counts).list(out, newChoice(req.Words), req.Limit)
	return out, nil
}

// termCounts counts words.
type termCounts struct {
	terms     map[string]*termCount
	documents int
	tokens    int // punctuation aside
}

type termCount struct {
	count, passages, documents int
	lastPassage, lastDocument  uint32 // one more than the number
}

// countTerms counts the words of passages, which are in order.
func (r *reader) countTerms(passages []uint32, punctuation bool, out *termCounts) error {
	last := uint32(0)
	for _, p := range passages {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		t, err := r.view.readText(p)
		if err != nil {
			return err
		}
		doc := r.view.doc[p] + 1
		if doc != last {
			out.documents, last = out.documents+1, doc
		}
		for _, token := range r.e.options.Segmenter.Segment(t.folded()) {
			word := token.Word()
			if word {
				out.tokens++
			} else if !punctuation || strings.TrimSpace(token.Text) == "" {
				continue
			}
			c := out.terms[token.Text]
			if c == nil {
				c = &termCount{}
				out.terms[strings.Clone(token.Text)] = c
			}
			c.add(p, doc)
		}
	}
	return nil
}

func (c *termCount) add(p, doc uint32) {
	c.count++
	if c.lastPassage != p+1 {
		c.passages, c.lastPassage = c.passages+1, p+1
	}
	if c.lastDocument != doc {
		c.documents, c.lastDocument = c.documents+1, doc
	}
}

// joinTerms adds up what was counted over different documents.
func joinTerms(parts []termCounts) termCounts {
	all := termCounts{terms: map[string]*termCount{}}
	for _, part := range parts {
		all.documents += part.documents
		all.tokens += part.tokens
		for word, c := range part.terms {
			sum := all.terms[word]
			if sum == nil {
				sum = &termCount{}
				all.terms[word] = sum
			}
			sum.count += c.count
			sum.passages += c.passages
			sum.documents += c.documents
		}
	}
	return all
}

// list fills in the words that were chosen.
func (t termCounts) list(out *index.Terms, choice choice, limit int) {
	out.Documents, out.AllTokens = t.documents, t.tokens
	for word, c := range t.terms {
		if choice.has(word) {
			out.Distinct++
			out.Tokens += c.count
			out.Terms = append(out.Terms, index.Term{Text: word, Count: c.count, Passages: c.passages, Documents: c.documents})
		}
	}
	slices.SortFunc(out.Terms, func(a, b index.Term) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Text, b.Text))
	})
	out.Terms = out.Terms[:min(limit, len(out.Terms))]
}

// choice says which words are counted.
type choice struct {
	index.WordChoice
	stop map[string]bool
}

func newChoice(w index.WordChoice) choice {
	c := choice{w, map[string]bool{}}
	if !w.KeepStopWords {
		c.stop = segment.StopWords()
	}
	for _, s := range w.Stop {
		c.stop[foldedText(s)] = true
	}
	return c
}

// has reports whether a word is counted. What has neither letter nor digit was left out before, unless it is to be kept.
func (c choice) has(word string) bool {
	if c.stop[word] || utf8.RuneCountInString(word) < c.MinLength {
		return false
	}
	return c.KeepNumbers || !strings.ContainsFunc(word, unicode.IsNumber) || strings.ContainsFunc(word, unicode.IsLetter)
}
