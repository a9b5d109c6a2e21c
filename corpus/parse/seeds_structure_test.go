package parse_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// goldFinding is a finding of a gold file, as far as the structure goes.
type goldFinding struct {
	Path      []string      `json:"path"`
	Statement string        `json:"statement"`
	Status    corpus.Status `json:"status"`
	Measures  int           `json:"measures"`
}

// score counts how a document was read against its gold file.
type score struct{ gold, got, matched, status, path, measures int }

// TestSeedStructure compares findings with the gold files, where they are at hand.
func TestSeedStructure(t *testing.T) {
	const shared = "../../../shared"
	golds, _ := filepath.Glob(shared + "/gold/*.json")
	if len(golds) == 0 {
		t.Skip("no gold files beside the repository")
	}
	var sum score
	for _, path := range golds {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			Source   string        `json:"source"`
			Findings []goldFinding `json:"findings"`
		}
		if err := json.Unmarshal(data, &gold); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(shared + "/corpus/seeds/" + gold.Source)
		if err != nil {
			t.Fatal(err)
		}
		x, err := extract.File(gold.Source, text, extract.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		doc := parse.New(gazetteer.Default()).Parse(x, corpus.NewDocumentID(text))
		checkInvariants(t, doc)
		s := compare(t, gold.Findings, doc.Findings)
		t.Logf("%s: %+v", gold.Source, s)
		sum.add(s)
	}
	f1 := 2 * float64(sum.matched) / float64(sum.gold+sum.got)
	n := float64(sum.matched)
	t.Logf("findings F1 %.4f, status %.4f, path %.4f, measures %.4f", f1, float64(sum.status)/n, float64(sum.path)/n, float64(sum.measures)/n)
	if f1 < 0.99 || float64(sum.status) < 0.98*n || float64(sum.path) < 0.98*n || float64(sum.measures) < 0.98*n {
		t.Error("below the targets: findings 0.99, status, path and measures 0.98")
	}
}

func (s *score) add(o score) {
	s.gold += o.gold
	s.got += o.got
	s.matched += o.matched
	s.status += o.status
	s.path += o.path
	s.measures += o.measures
}

// compare matches findings in order by their statements.
func compare(t *testing.T, gold []goldFinding, got []corpus.Finding) score {
	s := score{gold: len(gold), got: len(got)}
	used := make([]bool, len(got))
	for _, g := range gold {
		i := slices.IndexFunc(got, func(f corpus.Finding) bool { return letters(f.Statement) == letters(g.Statement) })
		for i >= 0 && used[i] {
			j := slices.IndexFunc(got[i+1:], func(f corpus.Finding) bool { return letters(f.Statement) == letters(g.Statement) })
			if j < 0 {
				i = -1
				break
			}
			i += j + 1
		}
		if i < 0 {
			t.Logf("missed: %s", g.Statement)
			continue
		}
		used[i] = true
		f := got[i]
		s.matched++
		s.status += one(f.Status == g.Status)
		s.path += one(slices.EqualFunc(f.Path, g.Path, func(a, b string) bool { return letters(a) == letters(b) }))
		s.measures += one(len(f.Measures) == g.Measures)
		if f.Status != g.Status || len(f.Measures) != g.Measures {
			t.Logf("%s: status %s, want %s; %d measures, want %d", g.Statement, f.Status, g.Status, len(f.Measures), g.Measures)
		}
	}
	for i, f := range got {
		if !used[i] {
			t.Logf("spurious: %s", f.Statement)
		}
	}
	return s
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// letters folds a text to what a comparison should see.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
