package trend

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// roundsOf lists the rounds of the population in the order of time: by the first year in which they occur, then by their
// numbers, then by text. Rounds without any year come last.
func roundsOf(ctx context.Context, c *snapshot, filter corpus.Filter) ([]string, error) {
	t, err := c.Tally(ctx, corpus.TallyRequest{
		Filter: filter, Rows: corpus.FieldRound, Cols: corpus.FieldYear, Denominators: true,
	})
	if err != nil {
		return nil, err
	}
	first := map[string]int{}
	for _, cell := range t.Cells {
		if cell.Row == "" {
			continue
		}
		year, err := strconv.Atoi(cell.Col)
		if err != nil || year == 0 {
			year = math.MaxInt
		}
		if y, seen := first[cell.Row]; !seen || year < y {
			first[cell.Row] = year
		}
	}
	rounds := make([]string, 0, len(first))
	for r := range first {
		rounds = append(rounds, r)
	}
	slices.SortFunc(rounds, func(a, b string) int {
		return cmp.Or(cmp.Compare(first[a], first[b]), slices.Compare(numbers(a), numbers(b)), cmp.Compare(a, b))
	})
	return rounds, nil
}

// numbers reads the whole numbers in a name, Chinese (below one hundred) or Arabic: 十三届市委第十一轮 gives 13, 11.
func numbers(name string) []int {
	var out []int
	for _, run := range strings.FieldsFunc(name, func(r rune) bool { return !strings.ContainsRune(numerals, r) }) {
		out = append(out, number(run))
	}
	return out
}

const (
	digits   = "〇一二三四五六七八九"
	numerals = digits + "零十0123456789"
)

// number reads one run of numerals.
func number(run string) int {
	if n, err := strconv.Atoi(run); err == nil {
		return n
	}
	n, last := 0, 0
	for _, r := range run {
		switch {
		case r == '十':
			n += max(last, 1) * 10
			last = 0
		case r >= '0' && r <= '9':
			last = int(r - '0')
		case r == '零':
			last = 0
		default:
			last = len([]rune(digits[:strings.IndexRune(digits, r)]))
		}
	}
	return n + last
}
