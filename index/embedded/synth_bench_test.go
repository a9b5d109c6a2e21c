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

// words are what is searched for.
type words struct {
	common, other, word, rare string
	phrase                    string
	bare                      []string // the words of a phrase that bare bleve has to look for instead
}

// benchWords returns words that stand in the texts.
func benchWords() words {
	w := words{
		common: "采购", other: "招标", word: "固定资产", rare: "一言堂",
		phrase: "集体研究决", bare: []string{"未经", "集体研究", "决定"},
	}
	if *synthetic {
		w.other, w.rare, w.phrase, w.bare = "合同", "串标", "未经集体研究", []string{"未经", "集体研究"}
	}
	return w
}

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
