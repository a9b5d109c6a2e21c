package parse_test

import (
	"testing"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/corpus/extract"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

// FuzzReadMetadata verifies that any text gives metadata whose evidence stands in the text, in valid UTF-8.
func FuzzReadMetadata(f *testing.F) {
	f.Add(notice)
	f.Add("202361日至831日,市委第察组对我局党组(zǔ)进行了巡察,2025210反馈了意见。")
	f.Add("二〇二〇年十月十二日至次年1月5日 市委 第三 巡察组")
	f.Fuzz(func(t *testing.T, text string) {
		x, err := extract.File("a.txt", []byte(text), extract.Limits{})
		if err != nil || x.Format != "txt" {
			return
		}
		doc := &corpus.Document{Text: x.Text}
		parse.ReadMetadata(x, gazetteer.Default(), doc)
		checkSpans(t, doc)
		for _, s := range []corpus.Fact{doc.Title, doc.Unit, doc.PartyBody, doc.Inspector, doc.Round} {
			if !utf8.ValidString(string(s)) {
				t.Errorf("invalid UTF-8 in %q", s)
			}
		}
		if doc.DocType == "" {
			t.Error("no kind of document")
		}
	})
}
