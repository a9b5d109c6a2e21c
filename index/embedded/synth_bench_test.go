package embedded_test

import (
	"flag"
	"fmt"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
	"tongjian/corpus/synth"
)

// synthetic makes benchmarks run over reports as they are written instead of words drawn at random: fewer different words,
// the same turns again and again, sections beside the findings.
var synthetic = flag.Bool("synth", false, "run benchmarks over synthetic reports")

// synthDocuments reads reports of the corpus that the budgets were set for until they have so many findings.
func synthDocuments(findings int) ([]*corpus.Document, error) {
	parser := parse.New(gazetteer.Default())
	var docs []*corpus.Document
	for r := range synth.Generate(synth.Options{Reports: 6657, Units: 2560, Years: 14, Findings: 34, Details: 3}) {
		if findings <= 0 {
			break
		}
		e, err := extract.File(r.Name, r.Data, extract.Limits{})
		if err != nil {
			return nil, fmt.Errorf("extract %s: %w", r.Name, err)
		}
		d := parser.Parse(e, corpus.NewDocumentID(r.Data))
		for i := range d.Findings {
			code := corpus.CategoryCode(fmt.Sprintf("d%d.leaf%d", i%11, i%4))
			d.Findings[i].Categories = []corpus.Category{{Code: code}}
		}
		findings -= len(d.Findings)
		docs = append(docs, d)
	}
	return docs, nil
}
