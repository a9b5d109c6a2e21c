package taxonomy_test

import (
	"bytes"
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

// TestTrainIsRepeatable trains a small model twice and loads it.
func TestTrainIsRepeatable(t *testing.T) {
	fsys := fstest.MapFS{
		"taxonomy.yaml":         {Data: []byte(threeLeaves)},
		"rules/a.purchase.yaml": {Data: []byte("rules:\n  - {name: 采购, terms: [采购]}\n")},
		"training/own.txt":      {Data: []byte("[a.purchase]\n采购不严\n采购混乱\n[a.budget]\n预算不严\n预算粗放\n")},
		"training/other.jsonl": {Data: []byte(`{"statement":"采购拖延","categories":["a.purchase"]}
{"statement":"预算拖延","heading":"预算管理","categories":["a.budget"]}
{"statement":"预算空转","heading":["财务","预算"],"account":"预算未批。","kind":"report","categories":["a.budget"]}
`)},
	}
	first, err := taxonomy.Train(fsys)
	if err != nil {
		t.Fatal(err)
	}
	again, err := taxonomy.Train(fsys)
	if err != nil || !bytes.Equal(first.File, again.File) {
		t.Fatalf("two trainings differ (%v)", err)
	}
	fsys["model.bin"] = &fstest.MapFile{Data: first.File}
	tx, err := taxonomy.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	delete(fsys, "model.bin")
	rules, err := taxonomy.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if tx.Version() == rules.Version() {
		t.Error("a model makes no difference to the version")
	}
	in := taxonomy.Input{Statement: "采购不严"}
	if a, b := tx.Classify(in)[0], rules.Classify(in)[0]; a.Code != b.Code || a.Score == b.Score {
		t.Errorf("with a model %v %.2f, without %v %.2f: want the same leaf, another score", a.Code, a.Score, b.Code, b.Score)
	}
	for _, broken := range []string{"", "{}", "{}\nxyz", string(first.File[:len(first.File)/2])} {
		fsys["model.bin"] = &fstest.MapFile{Data: []byte(broken)}
		if _, err := taxonomy.Load(fsys); err == nil {
			t.Errorf("a broken model of %d bytes is loaded", len(broken))
		}
	}
}

func TestReadRecordsNamesTheLine(t *testing.T) {
	fsys := fstest.MapFS{"training/x.jsonl": {Data: []byte("{\"statement\":\"采购不严\",\"categories\":[\"a\"]}\n{\"statement\":1}\n")}}
	_, err := taxonomy.ReadExamples(fsys, "training/*.jsonl")
	if err == nil || !strings.Contains(err.Error(), "第 2 行") {
		t.Errorf("got %v, want the line named", err)
	}
}
