package rectify

import (
	"context"

	"tongjian/analysis/trend"
	"tongjian/corpus"
)

// Counter counts findings. Every search engine over the corpus can; this package needs nothing else of it.
type Counter interface {
	Tally(ctx context.Context, req corpus.TallyRequest) (*corpus.Tally, error)
}

// Count is how many findings have one value of a field, among those of its row. Share and its Wilson 95% interval are of the
// row's findings that have any value that is counted; nil where there is none.
type Count struct {
	Field    corpus.Field `json:"field"`
	Value    string       `json:"value"`
	Findings int          `json:"findings"`
	Of       int          `json:"of"`
	Share    *float64     `json:"share"`
	Low      *float64     `json:"share_low"`
	High     *float64     `json:"share_high"`
}

// Row is what was done about the findings that share one value of the field that a summary is by; Value is "" for all of
// them and for those without a value.
type Row struct {
	Field     corpus.Field `json:"field"` // "" for the row of all
	Value     string       `json:"value"`
	Findings  int          `json:"findings"`
	Documents int          `json:"documents"`
	Units     int          `json:"units"`
	// Statuses, Substances and Kinds list every value, in the order in which it is shown, 0 included. A finding has one status,
	// at most one substance, and any number of kinds of action.
	Statuses   []Count `json:"statuses"`
	Substances []Count `json:"substances"`
	Kinds      []Count `json:"kinds"`
	// WordsOnly is the entry of Substances for answers of words only: its share is of the findings that were answered by a
	// document that answers findings.
	WordsOnly Count `json:"words_only"`
}

// Filter returns the filter that chooses exactly the findings that a count of a row counts, within the filter of the summary.
// That filter must not restrict the row's or the count's field itself: then both must hold, which only a query can say.
func (r Row) Filter(within corpus.Filter, c Count) corpus.Filter {
	f := within.With(corpus.FieldKind, string(corpus.KindFinding))
	if r.Field != "" {
		f = f.With(r.Field, corpus.Exactly(r.Value))
	}
	if c.Field != "" {
		f = f.With(c.Field, corpus.Exactly(c.Value))
	}
	return f
}

// Summary is what was done about findings, by a field.
type Summary struct {
	By       corpus.Field `json:"by"`
	Total    Row          `json:"total"`
	Rows     []Row        `json:"rows"`
	Sequence int64        `json:"sequence"`
}

// Request asks for a summary. By is the field of the rows, "" for none; Accepts says which of its values are rows, nil
// accepts all (as trend.Request.Accepts).
type Request struct {
	Filter  corpus.Filter
	By      corpus.Field
	Accepts func(value string) bool
}

// Summarize counts what was done about the findings that a filter chooses, by the values of a field. Every figure rests on
// the same state of the corpus.
func Summarize(ctx context.Context, c Counter, req Request) (*Summary, error) {
	// Documents may come in between two counts; then all is counted again.
	for range maxAttempts - 1 {
		if s, same, err := summarize(ctx, c, req); err != nil || same {
			return s, err
		}
	}
	s, _, err := summarize(ctx, c, req)
	return s, err
}

// maxAttempts is how often a summary is counted before one over two states is given.
const maxAttempts = 4

// counted are the fields of a row, and where their counts go.
var counted = []corpus.Field{corpus.FieldStatus, corpus.FieldSubstance, corpus.FieldAction}

func summarize(ctx context.Context, c Counter, req Request) (s *Summary, same bool, err error) {
	s = &Summary{By: req.By, Rows: []Row{}}
	t, err := c.Tally(ctx, corpus.TallyRequest{Filter: req.Filter, Rows: req.By})
	if err != nil {
		return nil, false, err
	}
	s.Sequence, same = t.Sequence, true
	s.Total = newRow("", t.Total)
	at := map[string]int{}
	if req.By != "" {
		for _, cell := range t.Cells {
			if req.Accepts == nil || cell.Row == "" || req.Accepts(cell.Row) {
				at[cell.Row] = len(s.Rows)
				s.Rows = append(s.Rows, newRow(req.By, cell))
			}
		}
	}
	for _, field := range counted {
		total, err := c.Tally(ctx, corpus.TallyRequest{Filter: req.Filter, Rows: field})
		if err != nil {
			return nil, false, err
		}
		same = same && total.Sequence == s.Sequence
		for _, cell := range total.Cells {
			s.Total.set(field, cell.Row, cell.Findings)
		}
		if req.By == "" {
			continue
		}
		cross, err := c.Tally(ctx, corpus.TallyRequest{Filter: req.Filter, Rows: req.By, Cols: field})
		if err != nil {
			return nil, false, err
		}
		same = same && cross.Sequence == s.Sequence
		for _, cell := range cross.Cells {
			if i, ok := at[cell.Row]; ok {
				s.Rows[i].set(field, cell.Col, cell.Findings)
			}
		}
	}
	s.Total.finish()
	for i := range s.Rows {
		s.Rows[i].finish()
	}
	return s, same, nil
}

func newRow(by corpus.Field, cell corpus.Cell) Row {
	r := Row{Field: by, Value: cell.Row, Findings: cell.Findings, Documents: cell.Documents, Units: cell.Units}
	for _, v := range corpus.Statuses {
		r.Statuses = append(r.Statuses, Count{Field: corpus.FieldStatus, Value: string(v)})
	}
	for _, v := range corpus.Substances {
		r.Substances = append(r.Substances, Count{Field: corpus.FieldSubstance, Value: string(v)})
	}
	for _, v := range corpus.ActionKinds {
		r.Kinds = append(r.Kinds, Count{Field: corpus.FieldAction, Value: string(v)})
	}
	return r
}

func (r *Row) list(field corpus.Field) []Count {
	switch field {
	case corpus.FieldStatus:
		return r.Statuses
	case corpus.FieldSubstance:
		return r.Substances
	}
	return r.Kinds
}

func (r *Row) set(field corpus.Field, value string, findings int) {
	list := r.list(field)
	for i := range list {
		if list[i].Value == value {
			list[i].Findings = findings
		}
	}
}

// finish adds the shares: of statuses among all findings, of substances and kinds among the findings with a substance.
func (r *Row) finish() {
	answered := 0
	for _, c := range r.Substances {
		answered += c.Findings
	}
	share(r.Statuses, r.Findings)
	share(r.Substances, answered)
	share(r.Kinds, answered)
	for _, c := range r.Substances {
		if c.Value == string(corpus.Words) {
			r.WordsOnly = c
		}
	}
}

func share(list []Count, of int) {
	for i := range list {
		c := &list[i]
		c.Of = of
		if of > 0 && c.Findings <= of {
			p := float64(c.Findings) / float64(of)
			low, high := trend.Wilson(c.Findings, of, trend.Confidence)
			c.Share, c.Low, c.High = &p, &low, &high
		}
	}
}
