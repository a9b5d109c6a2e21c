package recur_test

import (
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
	"tongjian/corpus/synth"
)

// parsed reads reports as the program does: files extracted, parsed and classified. Truth is that of the gold finding with
// the same statement; what was read otherwise has none and counts as no problem of its own.
func parsed(t *testing.T, o synth.Options) planted {
	t.Helper()
	tax, err := taxonomy.Default()
	if err != nil {
		t.Fatal(err)
	}
	parser := parse.New(gazetteer.Default())
	p := planted{truth: map[corpus.FindingID]synth.FindingTruth{}, from: map[corpus.FindingID]string{}}
	for r := range synth.Generate(o) {
		e, err := extract.File(r.Name, r.Data, extract.Limits{})
		if err != nil {
			t.Fatalf("extract %s: %v", r.Name, err)
		}
		d := parser.Parse(e, corpus.NewDocumentID(r.Data))
		tax.Label(d)
		by := map[string]synth.FindingTruth{}
		for i, f := range r.Gold.Findings {
			by[f.Statement] = r.Truth[i]
		}
		for _, f := range d.Findings {
			p.truth[f.ID], p.from[f.ID] = by[f.Statement], r.Inspection
		}
		p.docs = append(p.docs, d)
	}
	return p
}

// TestRepeatsReadFromFiles asks the same of what the program reads from files, its own categories included.
func TestRepeatsReadFromFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some hundred files")
	}
	p := parsed(t, synth.Options{Reports: 160, Units: 40, Years: 8, Seed: 5, Plants: synth.Plants{Repeats: 5}})
	found := repeats(model(t, p.docs))
	r, all := p.judge(found, reworded), p.judge(found, anyProblem)
	t.Logf("precision %.3f, recall %.3f; with all others %.3f, %.3f (%+v %+v)", r.precision(), r.recall(), all.precision(), all.recall(), r, all)
	if r.precision() < 0.90 || r.recall() < 0.85 {
		t.Errorf("precision %.3f, recall %.3f", r.precision(), r.recall())
	}
}
