package peers

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tongjian/analysis/trend"
	"tongjian/corpus"
)

// What a comparison needs, and what makes a category notable.
const (
	// MinPeers is the least number of other units.
	MinPeers = 5
	// MinFindings is the least number of their findings.
	MinFindings = 50
	// Alpha is the largest q at which a category is notable.
	Alpha = 0.05
)

// Counter counts findings. Every search engine over the corpus can; this package needs nothing else of it.
type Counter interface {
	Tally(ctx context.Context, req corpus.TallyRequest) (*corpus.Tally, error)
}

// Request asks how a unit differs from its peers. Filter narrows the findings of both; it must not name units. Of is
// corpus.FieldCategory or corpus.FieldDomain; FieldCategory where empty.
type Request struct {
	Unit   string
	Filter corpus.Filter
	Of     corpus.Field
}

// Reason says why no comparison was made.
type Reason string

// The reasons.
const (
	UnknownUnit    Reason = "unknown_unit"     // the filter chooses no finding of the unit
	UnknownPeers   Reason = "unknown_peers"    // the unit's sector or level is not known
	TooFewPeers    Reason = "too_few_peers"    // fewer than MinPeers other units
	TooFewFindings Reason = "too_few_findings" // fewer than MinFindings findings of other units
)

// Direction says on which side of the expected a notable category lies.
type Direction string

// The directions. The empty Direction is that of a category that is not notable.
const (
	More Direction = "more"
	Less Direction = "less"
)

// Row is one category.
type Row struct {
	Value    string  `json:"value"`
	Observed int     `json:"observed"` // findings of the unit in the category
	Expected float64 `json:"expected"` // as many as the peers' share of the unit's findings
	// PeersFindings are the peers' findings in the category, PeersUnits how many of them have any.
	PeersFindings int `json:"peers_findings"`
	PeersUnits    int `json:"peers_units"`
	// Ratio is observed to expected shrunk towards 1, with its 95% interval.
	Ratio float64 `json:"ratio"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	P     float64 `json:"p"`
	// Q is P corrected over all rows by Benjamini–Hochberg.
	Q         float64   `json:"q"`
	Direction Direction `json:"direction,omitempty"`
}

// Comparison is a unit beside its peers, the rows with the smallest q first. Reason is set where there are no rows.
type Comparison struct {
	Unit   string       `json:"unit"`
	Sector string       `json:"sector"`
	Level  string       `json:"level"`
	Of     corpus.Field `json:"of"`
	// Findings and Documents are the unit's, the others its peers'.
	Findings       int    `json:"findings"`
	Documents      int    `json:"documents"`
	Peers          int    `json:"peers"`
	PeersFindings  int    `json:"peers_findings"`
	PeersDocuments int    `json:"peers_documents"`
	Reason         Reason `json:"reason,omitempty"`
	Rows           []Row  `json:"rows"`
	Sequence       int64  `json:"sequence"`
}

// UnitFilter returns the filter that chooses exactly the findings that a row observes, and PeersFilter one that chooses the
// peers' findings and the unit's own in the category. A row without a category is that of the zero Row.
func (c *Comparison) UnitFilter(within corpus.Filter, r Row) corpus.Filter {
	return c.filter(within, r).With(corpus.FieldUnit, corpus.Exactly(c.Unit))
}

// PeersFilter is described at UnitFilter.
func (c *Comparison) PeersFilter(within corpus.Filter, r Row) corpus.Filter {
	return c.filter(within, r).With(corpus.FieldSector, corpus.Exactly(c.Sector)).With(corpus.FieldLevel, corpus.Exactly(c.Level))
}

func (c *Comparison) filter(within corpus.Filter, r Row) corpus.Filter {
	f := within.With(corpus.FieldKind, string(corpus.KindFinding))
	if r.Value != "" {
		f = f.With(c.Of, corpus.Exactly(r.Value))
	}
	return f
}

// maxAttempts is how often a comparison is counted before one over two states of the corpus is given.
const maxAttempts = 4

// Compare counts a unit's findings and those of its peers by category. Every figure rests on the same state of the corpus.
func Compare(ctx context.Context, c Counter, req Request) (*Comparison, error) {
	if req.Of == "" {
		req.Of = corpus.FieldCategory
	}
	var out *Comparison
	for range maxAttempts {
		t := &tallies{counter: c}
		var err error
		if out, err = compare(ctx, t, req); err != nil {
			return nil, fmt.Errorf("compare %s with its peers: %w", req.Unit, err)
		}
		if !t.mixed {
			break
		}
	}
	return out, nil
}

// tallies remembers whether its counts rest on different states of the corpus.
type tallies struct {
	counter  Counter
	sequence int64
	counted  bool
	mixed    bool
}

func (t *tallies) tally(ctx context.Context, f corpus.Filter, rows, cols corpus.Field) (*corpus.Tally, error) {
	out, err := t.counter.Tally(ctx, corpus.TallyRequest{Filter: f, Rows: rows, Cols: cols})
	if err != nil {
		return nil, err
	}
	t.mixed = t.mixed || t.counted && out.Sequence != t.sequence
	t.sequence, t.counted = out.Sequence, true
	return out, nil
}

func compare(ctx context.Context, t *tallies, req Request) (*Comparison, error) {
	out := &Comparison{Unit: req.Unit, Of: req.Of, Rows: []Row{}}
	own, err := t.tally(ctx, req.Filter.With(corpus.FieldUnit, corpus.Exactly(req.Unit)), corpus.FieldSector, corpus.FieldLevel)
	if err != nil {
		return nil, err
	}
	out.Sequence = own.Sequence
	out.Sector, out.Level = standing(own.Cells)
	switch {
	case own.Total.Findings == 0:
		out.Reason = UnknownUnit
		return out, nil
	case out.Sector == "" || out.Level == "":
		out.Reason = UnknownPeers
		return out, nil
	}
	among := out.PeersFilter(req.Filter, Row{})
	sizes, err := t.tally(ctx, among, corpus.FieldUnit, "")
	if err != nil {
		return nil, err
	}
	cells, err := t.tally(ctx, among, corpus.FieldUnit, req.Of)
	if err != nil {
		return nil, err
	}
	out.count(sizes.Cells)
	switch {
	case out.Peers < MinPeers:
		out.Reason = TooFewPeers
	case out.PeersFindings < MinFindings:
		out.Reason = TooFewFindings
	default:
		out.Rows = rowsOf(out.Unit, tableOf(sizes.Cells, cells.Cells))
	}
	return out, nil
}

// standing returns sector and level of most of a unit's findings.
func standing(cells []corpus.Cell) (sector, level string) {
	most := 0
	for _, c := range cells {
		if c.Row != "" && c.Col != "" && c.Findings > most {
			sector, level, most = c.Row, c.Col, c.Findings
		}
	}
	return sector, level
}

func (c *Comparison) count(sizes []corpus.Cell) {
	for _, s := range sizes {
		switch s.Row {
		case "":
		case c.Unit:
			c.Findings, c.Documents = s.Findings, s.Documents
		default:
			c.Peers++
			c.PeersFindings += s.Findings
			c.PeersDocuments += s.Documents
		}
	}
}

// Table holds counts by category and unit: the sizes of all units and, by category, the observed counts in the same order.
type Table struct {
	Units  []string
	Sizes  []int
	Counts map[string][]int
}

func tableOf(sizes, cells []corpus.Cell) Table {
	t := Table{Counts: map[string][]int{}}
	at := map[string]int{}
	for _, s := range sizes {
		if s.Row != "" && s.Findings > 0 {
			at[s.Row] = len(t.Units)
			t.Units, t.Sizes = append(t.Units, s.Row), append(t.Sizes, s.Findings)
		}
	}
	for _, c := range cells {
		i, ok := at[c.Row]
		if !ok || c.Col == "" {
			continue
		}
		if t.Counts[c.Col] == nil {
			t.Counts[c.Col] = make([]int, len(t.Units))
		}
		t.Counts[c.Col][i] = c.Findings
	}
	return t
}

func rowsOf(unit string, t Table) []Row {
	at := slices.Index(t.Units, unit)
	if at < 0 {
		return []Row{}
	}
	return Rows(at, t)
}

// Rows compares the unit at a place of a table with all others, the rows with the smallest q first, then by value.
func Rows(unit int, t Table) []Row {
	values := make([]string, 0, len(t.Counts))
	for v := range t.Counts {
		values = append(values, v)
	}
	slices.Sort(values)
	others := make([][]Sample, len(values))
	var above, below float64
	spreads := make([]float64, len(values))
	for i, v := range values {
		for u, size := range t.Sizes {
			if u != unit {
				others[i] = append(others[i], Sample{t.Counts[v][u], size})
			}
		}
		a, b := Spread(others[i])
		spreads[i] = spread(a, b)
		above, below = above+a, below+b
	}
	rows := make([]Row, len(values))
	ps := make([]float64, len(values))
	for i, v := range values {
		rows[i] = row(v, Sample{t.Counts[v][unit], t.Sizes[unit]}, others[i], max(spreads[i], spread(above, below)))
		ps[i] = rows[i].P
	}
	for i, q := range trend.BenjaminiHochberg(ps) {
		rows[i].Q = q
		switch {
		case q > Alpha:
		case float64(rows[i].Observed) > rows[i].Expected:
			rows[i].Direction = More
		default:
			rows[i].Direction = Less
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Q, b.Q), cmp.Compare(a.P, b.P), cmp.Compare(a.Value, b.Value))
	})
	return rows
}

func row(value string, own Sample, others []Sample, spread float64) Row {
	r := Row{Value: value, Observed: own.Observed}
	size := 0
	for _, s := range others {
		r.PeersFindings += s.Observed
		size += s.Size
		if s.Observed > 0 {
			r.PeersUnits++
		}
	}
	r.Expected = float64(own.Size) * (float64(r.PeersFindings) + 0.5) / float64(size)
	shape := Shape(spread, r.PeersFindings)
	r.Ratio, r.Low, r.High = Posterior(r.Observed, r.Expected, shape)
	r.P = twoSided(Tails(r.Observed, r.Expected, shape))
	return r
}
