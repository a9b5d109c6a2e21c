package trend

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"tongjian/corpus"
)

// MaxYears is the longest run of years that is filled up: a corpus that spans more has a damaged date, and only the
// years that occur are listed.
const MaxYears = 200

// Request asks for the course of findings over time.
type Request struct {
	Filter corpus.Filter
	// By is the unit of time: corpus.FieldYear or corpus.FieldRound.
	By corpus.Field
	// Of is the field whose values are the series; empty for one series of everything.
	Of corpus.Field
	// Accepts says which values of Of are series; nil accepts all. A filter on categories needs it: a finding that the
	// filter chooses for one category may carry others.
	Accepts func(series string) bool
	// Top keeps the series with the most findings; 0 keeps all. The tests are computed over all.
	Top int
}

// Row is one series in one period.
type Row struct {
	Period string `json:"period"`
	Series string `json:"series"`
	Measures
}

// Period is one period over all series.
type Period struct {
	Period string `json:"period"`
	Measures
}

// Trends is the course of findings over time. Every series has a row for every period.
type Trends struct {
	// Periods are complete: years between the first and the last are listed, with documents or without. Rounds are those
	// that occur, in the order of their first year, then of their numbers.
	Periods []Period
	// Series are the values shown, in the order in which the field's values are shown; Omitted counts the others.
	Series  []string
	Omitted int
	Rows    []Row
	Tests   []Test
	// Unplaced counts what belongs to no period: its documents name no year, or no round.
	Unplaced Measures
	// Total counts everything that the filter chooses.
	Total Measures
	// Sequence is the store's sequence number that the figures rest on.
	Sequence int64
}

// Series counts the findings that the filter chooses by period and series and tests each series for a trend.
func Series(ctx context.Context, c Counter, req Request) (*Trends, error) {
	return settled(c, func(s *snapshot) (*Trends, error) { return series(ctx, s, req) })
}

func series(ctx context.Context, c *snapshot, req Request) (*Trends, error) {
	overall, err := cross(ctx, c, req.Filter, req.By, "", nil)
	if err != nil {
		return nil, err
	}
	periods, err := periodsOf(ctx, c, req, overall.pop)
	if err != nil {
		return nil, err
	}
	at := map[string]Measures{}
	for _, cell := range overall.cells {
		at[cell.Row] = cell.Measures
	}
	in := func(period string) Measures {
		if m, counted := at[period]; counted {
			return m
		}
		return measure(corpus.Cell{}, overall.pop.of(period, ""))
	}
	out := &Trends{Total: overall.total, Unplaced: in("")}
	for _, p := range periods {
		out.Periods = append(out.Periods, Period{Period: p, Measures: in(p)})
	}
	if err := out.fill(ctx, c, req, overall.pop); err != nil {
		return nil, err
	}
	out.Sequence = c.sequence
	return out, nil
}

// fill counts the series, adds a row for each in each period, and tests them. pop is the population by period.
func (t *Trends) fill(ctx context.Context, c *snapshot, req Request, pop *population) error {
	if req.Of == "" {
		for _, p := range t.Periods {
			t.Rows = append(t.Rows, Row{Period: p.Period, Measures: p.Measures})
		}
		t.Series = []string{""}
		t.Tests = tests([][]Row{t.Rows}, t.Series, req.By)
		return nil
	}
	if req.Of.OfDocument() {
		pop = nil // the series divide the population
	}
	counted, err := cross(ctx, c, req.Filter, req.By, req.Of, pop)
	if err != nil {
		return err
	}
	cells, findings := make(map[[2]string]Measures, len(counted.cells)), map[string]int{}
	for _, cell := range counted.cells {
		cells[[2]string{cell.Row, cell.Col}] = cell.Measures
		if req.Accepts == nil || req.Accepts(cell.Col) {
			findings[cell.Col] += cell.Findings
		}
	}
	names := inOrder(req.Of, findings)
	family := make([][]Row, len(names))
	for i, name := range names {
		family[i] = make([]Row, 0, len(t.Periods))
		for _, p := range t.Periods {
			m, ok := cells[[2]string{p.Period, name}]
			if !ok {
				m = measure(corpus.Cell{}, counted.pop.of(p.Period, name))
			}
			family[i] = append(family[i], Row{Period: p.Period, Series: name, Measures: m})
		}
	}
	all := tests(family, names, req.By)
	keep := top(names, findings, req.Top)
	t.Omitted = len(names) - len(keep)
	for _, i := range keep {
		t.Series = append(t.Series, names[i])
		t.Rows = append(t.Rows, family[i]...)
		t.Tests = append(t.Tests, all[i])
	}
	return nil
}

// inOrder lists the values of a field as they are shown: levels, types and statuses in their own order, all else by
// text; what has no value comes last.
func inOrder(field corpus.Field, values map[string]int) []string {
	var order []string
	switch field {
	case corpus.FieldLevel:
		order = codes(corpus.Levels)
	case corpus.FieldType:
		order = codes(corpus.DocTypes)
	case corpus.FieldStatus:
		order = codes(corpus.Statuses)
	}
	place := func(v string) int {
		if i := slices.Index(order, v); i >= 0 {
			return i
		}
		if v == "" {
			return len(order) + 1
		}
		return len(order)
	}
	return slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
}

func codes[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// top returns the places of the n names with the most findings, in their own order; all where n is 0.
func top(names []string, findings map[string]int, n int) []int {
	places := make([]int, len(names))
	for i := range places {
		places[i] = i
	}
	if n <= 0 || n >= len(names) {
		return places
	}
	slices.SortStableFunc(places, func(a, b int) int {
		return cmp.Compare(findings[names[b]], findings[names[a]])
	})
	places = places[:n]
	slices.Sort(places)
	return places
}

// periodsOf lists the periods of the population in order.
func periodsOf(ctx context.Context, c *snapshot, req Request, pop *population) ([]string, error) {
	if req.By == corpus.FieldRound {
		return roundsOf(ctx, c, req.Filter)
	}
	var years []int
	for key := range pop.cells {
		if y, err := strconv.Atoi(key[0]); err == nil && y > 0 {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	if n := len(years); n > 0 && years[n-1]-years[0] < MaxYears {
		for y, last := years[0], years[n-1]; y < last; y++ {
			years = append(years, y)
		}
		slices.Sort(years)
		years = slices.Compact(years)
	}
	out := make([]string, len(years))
	for i, y := range years {
		out[i] = strconv.Itoa(y)
	}
	return out, nil
}
