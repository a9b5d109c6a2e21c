package taxonomy_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// without loads the built-in taxonomy with fewer training files.
func without(t *testing.T, drop func(name string) bool) *taxonomy.Taxonomy {
	t.Helper()
	fsys := fstest.MapFS{}
	err := fs.WalkDir(taxonomy.Embedded, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || drop(name) {
			return err
		}
		data, err := fs.ReadFile(taxonomy.Embedded, name)
		fsys[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := taxonomy.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

// TestModelHelps compares rules alone with rules and model on statements by other authors. Their figures are not honest
// ones, since the model has seen the statements; Train prints those. It must help here all the same.
func TestModelHelps(t *testing.T) {
	both := load(t)
	rules := both.WithoutModel()
	var alone, helped []taxonomy.Labelled
	for _, e := range readExamples(t, "training/*.jsonl") {
		alone = append(alone, taxonomy.Labelled{Gold: e.Want, Found: codesOf(rules.Classify(e.Input))})
		helped = append(helped, taxonomy.Labelled{Gold: e.Want, Found: codesOf(both.Classify(e.Input))})
	}
	a, h := taxonomy.Evaluate(alone).Micro.F1(), taxonomy.Evaluate(helped).Micro.F1()
	t.Logf("micro-F1 of rules alone %.3f, with the model %.3f", a, h)
	if h < a+0.05 {
		t.Error("the model does not help")
	}
}

func TestModelShowsItsEvidence(t *testing.T) {
	tx := without(t, func(name string) bool {
		return strings.HasPrefix(name, "rules/") && !strings.HasSuffix(name, "/party.fees.yaml")
	})
	got := tx.Classify(taxonomy.Input{Statement: "“大额”现金管理不规范"})
	if len(got) != 1 || got[0].Code != "finance.cash" || got[0].By != corpus.ByModel {
		t.Fatalf("got %+v", got)
	}
	for _, e := range got[0].Evidence {
		if e.Weight <= 0 {
			t.Errorf("evidence without a contribution: %+v", e)
		}
		if e.Rule != taxonomy.ModelRule || !strings.Contains("“大额”现金管理不规范", e.Text) {
			t.Errorf("evidence %+v", e)
		}
	}
}
