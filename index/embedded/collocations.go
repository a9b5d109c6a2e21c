package embedded

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// Collocations returns the words that stand near the query's strings.
func (e *Engine) Collocations(ctx context.Context, req index.CollocationsRequest) (*index.Collocations, error) {
	req, err := checkedCollocations(req)
	if err != nil {
		return nil, err
	}
	r, err := e.reading(ctx, req.Filter)
	if err != nil {
		return nil, err
	}
	defer r.close()
	passages := r.sampled(req.Seed)
	parts := r.view.byDocument(passages, e.options.Workers)
	counts := make([]nearCounts, len(parts))
	err = inParallel(len(parts), func(i int) error {
		counts[i] = nearCounts{near: map[string]int{}}
		return r.countNear(parts[i], req.Window, &counts[i])
	})
	if err != nil {
		return nil, fmt.Errorf("collocations of %q: %w", req.Filter.Query, err)
	}
	all := joinNear(counts)
	out := &index.Collocations{
		Nodes: all.nodes, Window: all.window, Words: int(r.view.totalWords), Passages: len(passages), Total: r.hits.count(),
		Expanded: r.expansions(r.chosen), Sequence: r.view.sequence,
	}
	if out.Collocates, err = r.collocates(req, all); err != nil {
		return nil, fmt.Errorf("collocations of %q: %w", req.Filter.Query, err)
	}
	return out, nil
}

func checkedCollocations(req index.CollocationsRequest) (index.CollocationsRequest, error) {
	if req.Limit == 0 {
		req.Limit = defaultWords
	}
	if req.Window == 0 {
		req.Window = index.DefaultWindow
	}
	if req.MinCount == 0 {
		req.MinCount = 2
	}
	if req.Sort == "" {
		req.Sort = index.ByLogLikelihood
	}
	if !slices.Contains([]index.CollocateSort{index.ByLogLikelihood, index.ByLogDice, index.ByCount}, req.Sort) {
		return req, invalidParam("sort", string(req.Sort), "log_likelihood, log_dice, count")
	}
	return req, inLimits(
		limit{"limit", req.Limit, 1, index.MaxWords}, limit{"window", req.Window, 1, index.MaxWindow},
		limit{"min_count", req.MinCount, 1, math.MaxInt32},
	)
}

// nearCounts counts words near the node.
type nearCounts struct {
	near          map[string]int
	nodes, window int
}

func joinNear(parts []nearCounts) nearCounts {
	all := nearCounts{near: map[string]int{}}
	for _, part := range parts {
		all.nodes += part.nodes
		all.window += part.window
		for word, n := range part.near {
			all.near[word] += n
		}
	}
	return all
}

// countNear counts the words near the node in passages. A word that is near two nodes counts once.
func (r *reader) countNear(passages []uint32, window int, out *nearCounts) error {
	var d decoder
	for _, p := range passages {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		t, err := r.view.readText(p)
		if err != nil {
			return err
		}
		nodes := nodesIn(t.units, r.needles)
		out.nodes += len(nodes)
		if len(nodes) > 0 {
			// Without the differences it is folded text, and the nodes are put where they stand in it.
			folded := d.decode(passageText{units: t.units}, nodes)
			r.countWindows(folded, nodes, window, out)
		}
	}
	return nil
}

// foundWord is a word of a text at its place in the row of words; words inside it have the same place.
type foundWord struct {
	corpus.Span
	place int
}

func (r *reader) countWindows(folded string, nodes []corpus.Span, window int, out *nearCounts) {
	var words []foundWord
	var places []corpus.Span
	r.e.options.Segmenter.EachWord(folded, func(start, end int) {
		if n := len(places); n == 0 || start >= places[n-1].End {
			places = append(places, corpus.Span{Start: start, End: end})
		}
		words = append(words, foundWord{corpus.Span{Start: start, End: end}, len(places) - 1})
	})
	near := nearPlaces(places, nodes, window)
	for _, is := range near {
		if is {
			out.window++
		}
	}
	for _, w := range words {
		if near[w.place] {
			out.near[strings.Clone(w.Of(folded))]++
		}
	}
}

// nearPlaces says of each word whether it is near a node and no part of one.
func nearPlaces(places, nodes []corpus.Span, window int) []bool {
	near, own := make([]bool, len(places)), make([]bool, len(places))
	for _, span := range nodes {
		from, _ := slices.BinarySearchFunc(places, span.Start, func(p corpus.Span, at int) int { return cmp.Compare(p.End, at+1) })
		to := from
		for ; to < len(places) && places[to].Start < span.End; to++ {
			own[to] = true
		}
		for i := max(0, from-window); i < min(len(places), to+window); i++ {
			near[i] = true
		}
	}
	for i := range near {
		near[i] = near[i] && !own[i]
	}
	return near
}

// collocates returns the words that were chosen, in the order that was asked for.
func (r *reader) collocates(req index.CollocationsRequest, all nearCounts) ([]index.Collocate, error) {
	choice := newChoice(req.Words)
	var list []index.Collocate
	for word, near := range all.near {
		if near < req.MinCount || !choice.has(word) {
			continue
		}
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		count, err := r.frequency(word)
		if err != nil {
			return nil, err
		}
		list = append(list, index.Collocate{
			Text: word, Near: near, Count: count,
			LogLikelihood: logLikelihood(near, all.window, count, int(r.view.totalWords)),
			LogDice:       14 + math.Log2(2*float64(near)/float64(all.nodes+count)),
		})
	}
	slices.SortFunc(list, func(a, b index.Collocate) int {
		c := 0
		switch req.Sort {
		case index.ByLogDice:
			c = cmp.Compare(b.LogDice, a.LogDice)
		case index.ByCount:
			c = b.Near - a.Near
		default:
			c = cmp.Compare(b.LogLikelihood, a.LogLikelihood)
		}
		return cmp.Or(c, strings.Compare(a.Text, b.Text))
	})
	return list[:min(req.Limit, len(list))], nil
}

// logLikelihood is Dunning's G2 of a word that stands near times among window words, and count times among all words,
// negative where it is rarer near than elsewhere.
func logLikelihood(near, window, count, all int) float64 {
	observed := [4]int{near, window - near, count - near, all - window - count + near}
	rows, cols := [2]int{window, all - window}, [2]int{count, all - count}
	sum := 0.0
	for i, o := range observed {
		expected := float64(rows[i/2]) * float64(cols[i%2]) / float64(all)
		if o > 0 && expected > 0 {
			sum += float64(o) * math.Log(float64(o)/expected)
		}
	}
	if float64(near)*float64(all) < float64(window)*float64(count) {
		return -2 * sum
	}
	return 2 * sum
}
