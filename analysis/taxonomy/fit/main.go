// Command fit trains the model of package taxonomy on training/ and writes model.bin. It is run by go generate, in the
// folder of the package, and gives the same bytes for the same data. It prints how well each author's findings are
// classified by a model that has read nothing by that author.
//
//	fit             write model.bin
//	fit -try        write nothing
//	fit -wrong F    write the findings that were classified otherwise to F, one JSON object a line
//	fit -eval F     train nothing; print how well the model.bin that is there classifies the findings of F
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

func main() {
	try := flag.Bool("try", false, "write no model.bin")
	wrong := flag.String("wrong", "", "file for the findings that were classified otherwise")
	eval := flag.String("eval", "", "file of labelled findings to classify instead of training")
	flag.Parse()
	if *eval != "" {
		if err := evaluate(*eval); err != nil {
			log.Fatal(err)
		}
		return
	}
	result, err := taxonomy.Train(os.DirFS("."))
	if err != nil {
		log.Fatal(err)
	}
	report(result.Held)
	if *wrong != "" {
		if err := os.WriteFile(*wrong, differing(result.Held), 0o644); err != nil {
			log.Fatal(err)
		}
	}
	if *try {
		return
	}
	if err := os.WriteFile("model.bin", result.File, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("model.bin: %d bytes\n", len(result.File))
}

// evaluate prints how well the findings of a file are classified.
func evaluate(name string) error {
	t, err := taxonomy.Load(os.DirFS("."))
	if err != nil {
		return err
	}
	list, err := taxonomy.ReadExamples(os.DirFS(filepath.Dir(name)), filepath.Base(name))
	if err != nil {
		return err
	}
	var pairs []taxonomy.Labelled
	var scores []taxonomy.Judged
	for _, e := range list {
		found := t.Classify(e.Input)
		pairs = append(pairs, taxonomy.Labelled{Gold: e.Want, Found: codes(found)})
		scores = append(scores, taxonomy.Judged{Score: found[0].Score, Right: found[0].Code == e.Want[0]})
	}
	line(filepath.Base(name), pairs)
	sure(filepath.Base(name), scores)
	return nil
}

func line(name string, pairs []taxonomy.Labelled) {
	e := taxonomy.Evaluate(pairs)
	fmt.Printf("%-34s %5d findings: micro-F1 %.3f (P %.3f R %.3f), macro-F1 %.3f, main %.3f, core %.3f\n", name, e.Findings,
		e.Micro.F1(), e.Micro.Precision(), e.Micro.Recall(), e.MacroF1, e.MainAccuracy(), core(e))
}

// report prints a line for each author and one for all, and how reliable high scores are.
func report(held []taxonomy.Held) {
	groups, names := map[string][]taxonomy.Labelled{}, []string(nil)
	var scores []taxonomy.Judged
	byAuthor := map[string][]taxonomy.Judged{}
	for _, h := range held {
		name := h.Author
		if !taxonomy.Kept(h.Example) {
			name += ", known to the rules' author"
		}
		for _, group := range []string{name, "all", "all, kept"} {
			if group == "all, kept" && !taxonomy.Kept(h.Example) {
				continue
			}
			if _, ok := groups[group]; !ok {
				names = append(names, group)
			}
			groups[group] = append(groups[group], taxonomy.Labelled{Gold: h.Want, Found: codes(h.Found)})
		}
		j := taxonomy.Judged{Score: h.Found[0].Score, Right: h.Found[0].Code == h.Want[0]}
		scores, byAuthor[h.Author] = append(scores, j), append(byAuthor[h.Author], j)
	}
	for _, name := range names {
		line(name, groups[name])
	}
	for _, name := range slices.Sorted(maps.Keys(byAuthor)) {
		sure(name, byAuthor[name])
	}
	sure("all", scores)
}

// sure prints how many of the main categories with a high score are right.
func sure(name string, scores []taxonomy.Judged) {
	b := taxonomy.From(0.9, scores)
	fmt.Printf("%-34s score >= 0.9: %d of %d main categories right (%.1f%%)\n", name, b.Right, b.Findings,
		100*float64(b.Right)/float64(max(b.Findings, 1)))
}

func core(e taxonomy.Evaluation) float64 {
	return e.Within("procurement", "decision", "finance").F1()
}

func codes(list []corpus.Category) []corpus.CategoryCode {
	out := make([]corpus.CategoryCode, len(list))
	for i, c := range list {
		out[i] = c.Code
	}
	return out
}

// differing returns the findings whose categories differ from those of the training data, as JSON Lines.
func differing(held []taxonomy.Held) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, h := range held {
		found := codes(h.Found)
		if e := taxonomy.Evaluate([]taxonomy.Labelled{{Gold: h.Want, Found: found}}); e.Micro.F1() == 1 && e.MainRight == 1 {
			continue
		}
		line := map[string]any{"where": h.Where, "statement": h.Statement, "account": h.Account, "heading": h.Headings,
			"want": h.Want, "found": h.Found, "kept": taxonomy.Kept(h.Example)}
		if err := encoder.Encode(line); err != nil {
			log.Fatal(err)
		}
	}
	return out.Bytes()
}
