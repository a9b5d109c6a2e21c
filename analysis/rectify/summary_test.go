package rectify_test

import (
	"context"
	"slices"
	"testing"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// shelf counts the findings of documents in the plainest way. It knows the fields of a summary only.
type shelf struct{ docs []*corpus.Document }

// values returns the values that a finding has of a field, "" where it has none.
func (shelf) values(doc *corpus.Document, f *corpus.Finding, field corpus.Field) []string {
	var out []string
	switch field {
	case "":
	case corpus.FieldUnit:
		out = []string{string(doc.Unit)}
	case corpus.FieldStatus:
		out = []string{string(f.Status)}
	case corpus.FieldSubstance:
		out = []string{string(f.Substance)}
	case corpus.FieldAction:
		for _, a := range f.Actions {
			if !slices.Contains(out, string(a.Kind)) {
				out = append(out, string(a.Kind))
			}
		}
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}

func (s shelf) Tally(_ context.Context, req corpus.TallyRequest) (*corpus.Tally, error) {
	t := &corpus.Tally{Sequence: 3}
	at := map[[2]string]int{}
	for _, doc := range s.docs {
		for i := range doc.Findings {
			f := &doc.Findings[i]
			chosen := true
			for field, accepted := range req.Filter.Values {
				chosen = chosen && (field == corpus.FieldKind || slices.ContainsFunc(s.values(doc, f, field), func(v string) bool {
					return slices.Contains(accepted, corpus.Exactly(v))
				}))
			}
			if !chosen {
				continue
			}
			t.Total.Findings++
			for _, row := range s.values(doc, f, req.Rows) {
				for _, col := range s.values(doc, f, req.Cols) {
					key := [2]string{row, col}
					if _, ok := at[key]; !ok {
						at[key] = len(t.Cells)
						t.Cells = append(t.Cells, corpus.Cell{Row: row, Col: col})
					}
					t.Cells[at[key]].Findings++
				}
			}
		}
	}
	return t, nil
}

// TestSummaryLeadsToItsFindings holds that every figure of a summary is the length of the list behind it, and that the parts
// make the whole.
func TestSummaryLeadsToItsFindings(t *testing.T) {
	_, docs := corpusOf(t, synth.Options{Reports: 30, Seed: 6})
	s := shelf{docs}
	ctx := context.Background()
	for _, by := range []corpus.Field{"", corpus.FieldUnit} {
		got, err := rectify.Summarize(ctx, s, rectify.Request{By: by})
		if err != nil {
			t.Fatal(err)
		}
		if by != "" && len(got.Rows) < 5 || got.Total.Findings == 0 || got.Sequence != 3 {
			t.Fatalf("by %q: %d rows, %+v", by, len(got.Rows), got.Total)
		}
		for _, row := range append([]rectify.Row{got.Total}, got.Rows...) {
			statuses, answered := 0, 0
			for _, c := range slices.Concat(row.Statuses, row.Substances, row.Kinds) {
				behind, err := s.Tally(ctx, corpus.TallyRequest{Filter: row.Filter(corpus.Filter{}, c)})
				if err != nil || behind.Total.Findings != c.Findings {
					t.Fatalf("%s %s: %d findings behind %d", row.Value, c.Value, behind.Total.Findings, c.Findings)
				}
				if c.Of > 0 && (*c.Low > *c.Share || *c.Share > *c.High) {
					t.Fatalf("interval of %+v", c)
				}
				switch c.Field {
				case corpus.FieldStatus:
					statuses += c.Findings
				case corpus.FieldSubstance:
					answered += c.Findings
				}
			}
			if statuses != row.Findings || answered > row.Findings || row.WordsOnly.Of != answered {
				t.Errorf("%s: %d statuses, %d answered of %d", row.Value, statuses, answered, row.Findings)
			}
		}
	}
}

// TestModel holds that what is kept of documents is what the documents say, and goes with them.
func TestModel(t *testing.T) {
	reports, docs := corpusOf(t, synth.Options{Reports: 40, Seed: 8, Totals: 60, Copies: 60})
	m := rectify.NewModel()
	changes := changesOf(docs)
	if err := m.Apply(context.Background(), changes); err != nil {
		t.Fatal(err)
	}
	facts := m.Facts(nil)
	if len(facts) != len(reports) || m.Applied() != int64(len(reports)) {
		t.Fatalf("%d facts after %d of %d changes", len(facts), m.Applied(), len(reports))
	}
	pace := rectify.PaceOfFacts(facts)
	if pace.Documents == 0 || pace.Documents+pace.Unknown != len(facts) || pace.Median < 30 || pace.Median > 500 {
		t.Errorf("pace %+v", pace)
	}
	all := m.Reuses(nil)
	if len(all) == 0 {
		t.Fatal("nothing is reused")
	}
	one := all[0].Finding.Document()
	only := m.Reuses(func(id corpus.DocumentID) bool { return id == one })
	for _, r := range only {
		if r.Finding.Document() != one {
			t.Errorf("%s is of another document", r.Finding)
		}
	}
	if len(only) == 0 || len(only) >= len(all) {
		t.Errorf("%d of %d are of one document", len(only), len(all))
	}
	gone := []corpus.Change{{Sequence: int64(len(docs) + 1), DocumentID: one}}
	if err := m.Apply(context.Background(), append(changes, gone...)); err != nil {
		t.Fatal(err)
	}
	if got := m.Facts(nil); len(got) != len(docs)-1 || m.Reused(all[0].Finding) != nil {
		t.Errorf("after a removal: %d facts, %v", len(got), m.Reused(all[0].Finding))
	}
}
