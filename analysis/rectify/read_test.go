package rectify_test

import (
	"testing"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// read returns the document of a file, with its actions.
func read(t testing.TB, name string, data []byte) *corpus.Document {
	t.Helper()
	x, err := extract.File(name, data, extract.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	doc := parse.New(gazetteer.Default()).Parse(x, corpus.NewDocumentID(data))
	rules(t).Label(doc)
	return doc
}
