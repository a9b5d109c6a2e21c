package trend

import (
	"cmp"
	"context"
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
	overall, total, err := cross(ctx, c, req.Filter, req.By, "")
	if err != nil {
		return nil, err
	}
	pop, err := populationOf(ctx, c, req.Filter, req.By, "")
	if err != nil {
		return nil, err
	}
	periods, err := periodsOf(ctx, c, req, pop)
	if err != nil {
		return nil, err
	}
	out := &Trends{Total: total, Unplaced: measure(corpus.Cell{}, pop.of("", ""))}
	byPeriod := map[string]Measures{}
	for _, cell := range overall {
		byPeriod[cell.Row] = cell.Measures
		if cell.Row == "" {
			out.Unplaced = cell.Measures
		}
	}
	for _, p := range periods {
		m, counted := byPeriod[p]
		if !counted {
			m = measure(corpus.Cell{}, pop.of(p, ""))
		}
		out.Periods = append(out.Periods, Period{Period: p, Measures: m})
	}
	if err := out.fill(ctx, c, req); err != nil {
		return nil, err
	}
	out.Sequence = c.sequence
	return out, nil
}

// fill counts the series, adds a row for each in each period, and tests them.
func (t *Trends) fill(ctx context.Context, c *snapshot, req Request) error {
	if req.Of == "" {
		for _, p := range t.Periods {
			t.Rows = append(t.Rows, Row{Period: p.Period, Measures: p.Measures})
		}
		t.Series = []string{""}
		t.Tests = tests([][]Row{t.Rows}, req.By)
		return nil
	}
	cells, _, err := cross(ctx, c, req.Filter, req.By, req.Of)
	if err != nil {
		return err
	}
	pop, err := populationOf(ctx, c, req.Filter, req.By, req.Of)
	if err != nil {
		return err
	}
	margin, _, err := cross(ctx, c, req.Filter, "", req.Of)
	if err != nil {
		return err
	}
	counted := map[[2]string]Measures{}
	for _, cell := range cells {
		counted[[2]string{cell.Row, cell.Col}] = cell.Measures
	}
	var family [][]Row
	var shown []Cell
	for _, m := range margin {
		if req.Accepts != nil && !req.Accepts(m.Col) {
			continue
		}
		shown = append(shown, m)
		rows := make([]Row, len(t.Periods))
		for i, p := range t.Periods {
			found, ok := counted[[2]string{p.Period, m.Col}]
			if !ok {
				found = measure(corpus.Cell{}, pop.of(p.Period, m.Col))
			}
			rows[i] = Row{Period: p.Period, Series: m.Col, Measures: found}
		}
		family = append(family, rows)
	}
	all := tests(family, req.By)
	keep := top(shown, req.Top)
	t.Omitted = len(shown) - len(keep)
	for _, i := range keep {
		t.Series = append(t.Series, shown[i].Col)
		t.Rows = append(t.Rows, family[i]...)
		t.Tests = append(t.Tests, all[i])
	}
	return nil
}

// top returns the places of the n cells with the most findings, in their own order; all where n is 0.
func top(cells []Cell, n int) []int {
	places := make([]int, len(cells))
	for i := range places {
		places[i] = i
	}
	if n <= 0 || n >= len(cells) {
		return places
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(cells[b].Findings, cells[a].Findings) })
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
