package rectify_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// corpusOf reads the reports of a made-up corpus.
func corpusOf(t testing.TB, o synth.Options) (reports []synth.Report, docs []*corpus.Document) {
	t.Helper()
	for r := range synth.Generate(o) {
		reports = append(reports, r)
		docs = append(docs, read(t, r.Name, r.Data))
	}
	return reports, docs
}

func changesOf(docs []*corpus.Document) []corpus.Change {
	var out []corpus.Change
	for i, d := range docs {
		out = append(out, corpus.Change{Sequence: int64(i + 1), DocumentID: d.ID, Document: d})
	}
	return out
}

func copiesOf(t testing.TB, changes []corpus.Change) *rectify.Copies {
	t.Helper()
	c := rectify.NewCopies()
	if err := c.Apply(context.Background(), changes); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestPlantedCopies asks for 95 of 100 planted copies, whatever was changed in them, and their true source.
func TestPlantedCopies(t *testing.T) {
	reports, docs := corpusOf(t, synth.Options{Reports: 400, Seed: 11, Copies: 70})
	c := copiesOf(t, changesOf(docs))
	byName := map[string]*corpus.Document{}
	for i, r := range reports {
		byName[r.Name] = docs[i]
	}
	found, planted, sourced := map[string]int{}, map[string]int{}, 0
	all, total := 0, 0
	for i, r := range reports {
		if r.Planted == nil {
			continue
		}
		for _, p := range r.Planted.Copies {
			planted[p.Edit]++
			total++
			source := byName[p.Source]
			for _, reuse := range c.Reused(corpus.NewFindingID(docs[i].ID, p.Finding)) {
				if reuse.Scope != rectify.AmongOthers {
					continue
				}
				found[p.Edit]++
				all++
				if reuse.Source.Document == source.ID {
					sourced++
				}
			}
		}
	}
	t.Logf("planted %v, found %v, with their source %d", planted, found, sourced)
	if total < 80 || float64(all) < 0.95*float64(total) || float64(sourced) < 0.95*float64(total) {
		t.Errorf("found %d of %d planted copies, %d with their source", all, total, sourced)
	}
}

// TestPlantedTotals asks for every planted contradiction, and none where nothing is wrong.
func TestPlantedTotals(t *testing.T) {
	kinds := map[string]int{}
	for seed := range uint64(4) {
		reports, docs := corpusOf(t, synth.Options{Reports: 250, Seed: 100 + seed, Totals: 80})
		for i, r := range reports {
			var want string
			if r.Planted != nil && r.Planted.Totals != nil && r.Planted.Totals.False {
				want = r.Planted.Totals.Kind
				kinds[want]++
			}
			got := []string{}
			for _, claim := range rectify.Claims(docs[i]) {
				// The count of problems is a flaw of every eighteenth report, planted or not.
				if claim.Kind != rectify.CountDiffers {
					got = append(got, string(claim.Kind))
				}
				for _, q := range slices.Concat(claim.Said.Quotes, claim.Against.Quotes) {
					if q.Text == "" || q.Span.Of(docs[i].Text) != q.Text {
						t.Errorf("%s: quote %+v", r.Name, q)
					}
				}
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: claims %v, want %q: %+v", r.Name, got, want, r.Planted)
			}
		}
	}
	t.Logf("false totals: %v", kinds)
}

// TestCountsThatDiffer asks for the reports that declare another number of problems than they state, and for no other.
func TestCountsThatDiffer(t *testing.T) {
	reports, docs := corpusOf(t, synth.Options{Reports: 360, Seed: 9})
	flawed := 0
	for i, r := range reports {
		p := r.Gold.Declared.Problems
		want := p != nil && *p != len(r.Gold.Findings)
		got := slices.ContainsFunc(rectify.Claims(docs[i]), func(c rectify.Claim) bool { return c.Kind == rectify.CountDiffers })
		if got != want {
			t.Errorf("%s: count differs %t, want %t", r.Name, got, want)
		}
		if want {
			flawed++
		}
	}
	if flawed == 0 {
		t.Error("no report is flawed")
	}
}

// TestReuseDoesNotDependOnOrder holds that what is reported depends on the documents held, not on how they came.
func TestReuseDoesNotDependOnOrder(t *testing.T) {
	_, docs := corpusOf(t, synth.Options{Reports: 60, Seed: 2, Copies: 50})
	want := copiesOf(t, changesOf(docs)).All()
	if len(want) == 0 {
		t.Fatal("nothing is reused")
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 3 {
		mixed := slices.Clone(docs)
		rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		changes := changesOf(mixed)
		// Some come twice, some are removed and come again.
		for i := range 40 {
			d := mixed[rng.IntN(len(mixed))]
			n := int64(len(changes))
			if i%2 == 0 {
				changes = append(changes, corpus.Change{Sequence: n + 1, DocumentID: d.ID})
				n++
			}
			changes = append(changes, corpus.Change{Sequence: n + 1, DocumentID: d.ID, Document: d})
		}
		c := copiesOf(t, changes)
		if diff := cmp.Diff(want, c.All()); diff != "" {
			t.Fatalf("(-in order +mixed):\n%s", diff)
		}
		for _, r := range want {
			if !slices.ContainsFunc(c.Reused(r.Finding), func(o rectify.Reuse) bool { return cmp.Equal(r, o) }) {
				t.Fatalf("%s alone: not %+v", r.Finding, r)
			}
		}
		if c.Applied() != int64(len(changes)) {
			t.Errorf("applied %d of %d", c.Applied(), len(changes))
		}
	}
}

// TestCompaction holds that a model whose documents were all replaced many times says what a fresh one says.
func TestCompaction(t *testing.T) {
	_, docs := corpusOf(t, synth.Options{Reports: 40, Seed: 4, Copies: 50})
	var changes []corpus.Change
	for range 5 {
		for _, d := range docs {
			changes = append(changes, corpus.Change{Sequence: int64(len(changes) + 1), DocumentID: d.ID, Document: d})
		}
	}
	if diff := cmp.Diff(copiesOf(t, changesOf(docs)).All(), copiesOf(t, changes).All()); diff != "" {
		t.Errorf("(-fresh +replaced):\n%s", diff)
	}
}
