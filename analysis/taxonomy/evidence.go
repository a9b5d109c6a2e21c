package taxonomy

import (
	"cmp"
	"math"
	"slices"

	"tongjian/analysis/taxonomy/linear"
	"tongjian/corpus"
)

// Bounds of the pieces that are shown as evidence of the model.
const (
	pieceLeast = 2    // characters
	pieceShare = 0.35 // of what the strongest piece adds
	trimmed    = 0.1  // of what the strongest character adds is taken from each, so that pieces end where little is added
)

// evidence returns the pieces of a text that spoke most for a leaf, strongest first. What every n-gram adds is shared by its
// characters; a piece is a run of characters, within a clause, that adds up to most.
func (j *judge) evidence(text string, leaf int, in corpus.EvidenceSource) []corpus.Evidence {
	folded := foldText(text, nil)
	adds, largest := j.adds(folded, leaf)
	if largest <= 0 {
		return nil
	}
	var pieces []corpus.Evidence
	for len(pieces) < maxEvidence {
		from, to, sum := strongest(folded, adds, trimmed*largest)
		if sum <= 0 || len(pieces) > 0 && (to-from < pieceLeast || sum < pieceShare*pieces[0].Weight) {
			break
		}
		from, to = widened(folded, adds, from, to)
		start, end := int(folded[from].Start), int(folded[to-1].End)
		pieces = append(pieces, corpus.Evidence{Text: text[start:end], Start: start, End: end, In: in, Rule: ModelRule, Weight: sum})
		for i := from; i < to; i++ {
			adds[i] = math.Inf(-1)
		}
	}
	for i := range pieces {
		pieces[i].Weight = math.Round(pieces[i].Weight*1000) / 1000
	}
	slices.SortStableFunc(pieces, func(a, b corpus.Evidence) int { return cmp.Compare(b.Weight, a.Weight) })
	return pieces
}

// adds returns what each character of a text adds to the margin of a leaf, and the most that one adds.
func (j *judge) adds(text linear.Text, leaf int) (adds []float64, largest float64) {
	at := make(map[int32]int, len(text))
	for i, c := range text {
		at[c.Start] = i
	}
	adds = make([]float64, len(text))
	for _, c := range j.linear.Contributions(linear.Part{Text: text}, leaf) {
		from := at[c.Start]
		to := from
		for to < len(text) && text[to].Start < c.End {
			to++
		}
		for i := from; i < to; i++ {
			adds[i] += c.Weight / float64(to-from)
		}
	}
	for i, x := range adds {
		if text[i].Rune != 0 {
			largest = max(largest, x)
		}
	}
	return adds, largest
}

// strongest returns the run of characters within a clause that adds most, less a cost for each.
func strongest(text linear.Text, adds []float64, cost float64) (from, to int, sum float64) {
	start, running := 0, 0.0
	for i, c := range text {
		if c.Rune == 0 || math.IsInf(adds[i], -1) {
			start, running = i+1, 0
			continue
		}
		if running <= 0 {
			start, running = i, 0
		}
		if running += adds[i] - cost; running > sum {
			from, to, sum = start, i+1, running
		}
	}
	return from, to, sum
}

// widened makes a single character a pair with the neighbour that adds more, and completes numbers: a character alone says
// nothing to a reader.
func widened(text linear.Text, adds []float64, from, to int) (int, int) {
	for to < len(text) && text[to].Rune == '0' && text[to-1].Rune == '0' {
		to++ // a number is not cut
	}
	if to-from >= pieceLeast {
		return from, to
	}
	free := func(i int) bool { return i >= 0 && i < len(text) && text[i].Rune != 0 && !math.IsInf(adds[i], -1) }
	left, right := free(from-1), free(to)
	switch {
	case left && (!right || adds[from-1] > adds[to]):
		return from - 1, to
	case right:
		return from, to + 1
	}
	return from, to
}
