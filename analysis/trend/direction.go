package trend

import (
	"strconv"

	"tongjian/corpus"
)

// What a series needs to be tested, and the rate of false discoveries that a test may have to be called a trend.
const (
	// MinPeriods is the least number of periods that are not sparse.
	MinPeriods = 3
	// MinDocuments is the least number of units with the problem, and of units without it, counted in each period: below,
	// the normal approximation of the test does not hold.
	MinDocuments = 5
	// Alpha is the largest q at which a series is called emerging or receding.
	Alpha = 0.05
)

// Direction says where a tested series goes.
type Direction string

// The directions. Flat means that no trend is shown, not that there is none.
const (
	Emerging Direction = "emerging"
	Receding Direction = "receding"
	Flat     Direction = "flat"
)

// Reason says why a series was not tested.
type Reason string

// The reasons.
const (
	TooFewPeriods   Reason = "too_few_periods"   // fewer than MinPeriods periods that are not sparse
	TooFewDocuments Reason = "too_few_documents" // fewer than MinDocuments documents with, or without, the problem
)

// Test is the Cochran–Armitage test of one series over the periods that are not sparse: P is that of the share of units,
// which are independent of one another, Slope that of the share of documents, which is shown. A series that was not tested has
// a Reason and nothing else.
type Test struct {
	Series string `json:"series"`
	// Slope is the change of the share from one period to the next: per year, or per round.
	Slope *float64 `json:"slope"`
	P     *float64 `json:"p"`
	// Q is P corrected over all tested series of the request by Benjamini–Hochberg.
	Q         *float64  `json:"q"`
	Direction Direction `json:"direction,omitempty"`
	// Periods and Documents are what the test rests on.
	Periods   int    `json:"periods"`
	Documents int    `json:"documents"`
	Reason    Reason `json:"reason,omitempty"`
}

// tests tests every series of a family, in order. A series is its name and its rows, one a period.
func tests(family [][]Row, names []string, by corpus.Field) []Test {
	out := make([]Test, len(family))
	var tested []int
	var ps []float64
	for i, rows := range family {
		out[i] = test(rows, by)
		out[i].Series = names[i]
		if out[i].P != nil {
			tested = append(tested, i)
			ps = append(ps, *out[i].P)
		}
	}
	for j, q := range BenjaminiHochberg(ps) {
		t := &out[tested[j]]
		t.Q = &q
		t.Direction = Flat
		if q <= Alpha && *t.Slope > 0 {
			t.Direction = Emerging
		}
		if q <= Alpha && *t.Slope < 0 {
			t.Direction = Receding
		}
	}
	return out
}

// test tests one series, uncorrected. Time is the year, or for rounds the place in their order.
func test(rows []Row, by corpus.Field) Test {
	var t Test
	var documents, units []Group
	with, of := 0, 0
	for i, r := range rows {
		if r.Sparse {
			continue
		}
		score := float64(i)
		if year, err := strconv.Atoi(r.Period); err == nil && by == corpus.FieldYear {
			score = float64(year)
		}
		documents = append(documents, Group{Score: score, X: r.Documents, N: r.DocumentsTotal})
		g := independent(r.Measures)
		g.Score = score
		units = append(units, g)
		with, of = with+g.X, of+g.N
		t.Documents += r.DocumentsTotal
	}
	t.Periods = len(documents)
	switch {
	case t.Periods < MinPeriods:
		t.Reason = TooFewPeriods
	case with < MinDocuments, of-with < MinDocuments:
		t.Reason = TooFewDocuments
	default:
		slope, _, _, ok := CochranArmitage(documents)
		if lean, _, p, also := CochranArmitage(units); ok && also {
			if lean*slope < 0 {
				p = 1 // documents and units do not even lean the same way
			}
			t.Slope, t.P = &slope, &p
		}
	}
	return t
}

// independent returns what of a period may be tested as so many independent cases: its units. A report and the notice that
// answers it are two documents and one case; a test over documents would take the one for a confirmation of the other. Where
// no unit is known it is the documents.
func independent(m Measures) Group {
	if m.UnitsTotal == 0 {
		return Group{X: m.Documents, N: m.DocumentsTotal}
	}
	return Group{X: min(m.Units, m.UnitsTotal), N: m.UnitsTotal}
}
