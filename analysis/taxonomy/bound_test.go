package taxonomy_test

import (
	"strings"
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// A giant paragraph is labelled by its beginning: what follows a bound changes nothing, and megabytes take no longer than
// the bound does. A quadratic reading of these would not end within the test's time.
func TestGiantTextsAreReadToABound(t *testing.T) {
	tax, err := taxonomy.Default()
	if err != nil {
		t.Fatal(err)
	}
	const sentence = "政府采购程序不规范，大额资金使用未经集体研究，固定资产账实不符。"
	giant := strings.Repeat(sentence, 30_000)
	for _, in := range []taxonomy.Input{
		{Statement: giant},
		{Statement: "审核把关不严", Account: giant, Kind: taxonomy.Facts},
		{Statement: "审核把关不严", Headings: []string{giant, "专项资金管理薄弱"}},
	} {
		got := tax.Classify(in)
		if len(got) == 0 || len(got) > corpus.MaxCategories {
			t.Fatalf("%d categories", len(got))
		}
		for _, c := range got {
			for _, e := range c.Evidence {
				part := map[corpus.EvidenceSource]string{corpus.InStatement: in.Statement, corpus.InAccount: in.Account}[e.In]
				if e.In != corpus.InHeading && part[e.Start:e.End] != e.Text {
					t.Errorf("%s: evidence %q is not at %d in its part", c.Code, e.Text, e.Start)
				}
			}
		}
	}
	// Between characters, not within one.
	if got := tax.Classify(taxonomy.Input{Statement: "a" + giant}); len(got) == 0 {
		t.Error("no category for a statement cut within a character")
	}
}
