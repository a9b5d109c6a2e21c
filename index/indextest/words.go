package indextest

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tongjian/corpus"
	"tongjian/index"
)

// plainWords are words that are cut in no other way when commas stand between them; 一个 and 进行 are stop words.
var plainWords = []string{"采购", "招标", "合同", "会议", "制度", "整改", "进行", "一个", "群众", "学习"}

// plainDocuments returns documents of one finding each, of words with commas between them, and the words.
func plainDocuments(n int) ([]*corpus.Document, [][]string) {
	r := rand.New(rand.NewPCG(13, 14))
	docs, texts := make([]*corpus.Document, n), make([][]string, n)
	for i := range docs {
		for range 5 + r.IntN(30) {
			texts[i] = append(texts[i], plainWords[min(r.IntN(10), r.IntN(10))])
		}
		docs[i] = whole(strings.Join(texts[i], "，"))
		docs[i].ID = corpus.NewDocumentID(fmt.Appendf(nil, "plain %d", i))
		docs[i].Year = corpus.Year(2018 + i%5)
	}
	return docs, texts
}

// testTerms checks frequencies against a recount.
func testTerms(t *testing.T, open Open) {
	docs, texts := plainDocuments(50)
	e := filled(t, open, docs)
	terms := func(req index.TermsRequest) *index.Terms {
		t.Helper()
		out, err := e.Terms(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, keep := range []bool{false, true} {
		want := map[string]index.Term{}
		tokens, passages := 0, 0
		for i, words := range texts {
			if docs[i].Year != 2020 || !slices.Contains(words, "会议") {
				continue
			}
			passages, tokens = passages+1, tokens+len(words)
			for k, w := range words {
				c := want[w]
				c.Text, c.Count = w, c.Count+1
				if !slices.Contains(words[:k], w) {
					c.Passages, c.Documents = c.Passages+1, c.Documents+1
				}
				want[w] = c
			}
		}
		if !keep {
			delete(want, "进行")
			delete(want, "一个")
		}
		out := terms(index.TermsRequest{Filter: corpus.Filter{Query: "会议 year:2020"}, Words: index.WordChoice{KeepStopWords: keep}})
		got := map[string]index.Term{}
		chosen := 0
		for i, c := range out.Terms {
			got[c.Text] = c
			chosen += c.Count
			if i > 0 && c.Count > out.Terms[i-1].Count {
				t.Errorf("terms: %v after %v", c, out.Terms[i-1])
			}
		}
		if !maps.Equal(got, want) || out.Distinct != len(want) || out.Tokens != chosen {
			t.Errorf("terms, stop words %t: %v, want %v; %d distinct, %d tokens", keep, got, want, out.Distinct, out.Tokens)
		}
		if out.AllTokens != tokens || out.Passages != passages || out.Documents != passages || out.Total != passages {
			t.Errorf("terms: %+v, want %d tokens in %d passages", out, tokens, passages)
		}
	}
	if out := terms(index.TermsRequest{Words: index.WordChoice{Stop: []string{"採購"}}}); slices.ContainsFunc(out.Terms, func(c index.Term) bool { return c.Text == "采购" || c.Text == "," }) {
		t.Errorf("terms have what was left out: %v", out.Terms)
	}
	if out := terms(index.TermsRequest{Limit: 1, Words: index.WordChoice{KeepPunctuation: true}}); len(out.Terms) != 1 || out.Terms[0].Text != "," || out.Distinct != 9 {
		t.Errorf("terms with punctuation: %+v, want the comma first of 9", out)
	}
	if out := terms(index.TermsRequest{Filter: corpus.Filter{Query: "不在文中"}}); len(out.Terms) != 0 || out.Passages != 0 {
		t.Errorf("terms of nothing: %+v", out)
	}
	numbers := filled(t, open, []*corpus.Document{whole("追缴资金12.5万元，共3项，ABC2021")})
	out, err := numbers.Terms(context.Background(), index.TermsRequest{Words: index.WordChoice{MinLength: 2}})
	if err != nil || slices.ContainsFunc(out.Terms, func(c index.Term) bool { return len([]rune(c.Text)) < 2 || c.Text == "12" }) {
		t.Errorf("terms without numbers and single characters: %+v, error %v", out, err)
	}
	if _, err := e.Terms(context.Background(), index.TermsRequest{Limit: index.MaxVocabulary + 1}); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("terms beyond the limit: error %v, want one of kind invalid", err)
	}
}

// testCollocations checks the counts against a recount, and the measures against their formulas.
func testCollocations(t *testing.T, open Open) {
	docs, texts := plainDocuments(50)
	e := filled(t, open, docs)
	for _, window := range []int{0, 1, 3, index.MaxWindow} {
		req := index.CollocationsRequest{Filter: corpus.Filter{Query: "会议 year:2019.."}, Window: window, MinCount: 1, Words: index.WordChoice{KeepStopWords: true}}
		out, err := e.Collocations(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		width := window
		if width == 0 {
			width = index.DefaultWindow
		}
		near, count := map[string]int{}, map[string]int{}
		nodes, size, words := 0, 0, 0
		for i, text := range texts {
			for k, w := range text {
				words++
				count[w]++
				if docs[i].Year < 2019 {
					continue
				}
				if w == "会议" {
					nodes++
				} else if slices.Contains(text[max(0, k-width):min(len(text), k+width+1)], "会议") {
					near[w]++
					size++
				}
			}
		}
		if out.Nodes != nodes || out.Window != size || out.Words != words || len(out.Collocates) != len(near) {
			t.Errorf("window %d: %d nodes, %d of %d words, %d collocates; want %d, %d, %d, %d",
				width, out.Nodes, out.Window, out.Words, len(out.Collocates), nodes, size, words, len(near))
		}
		for i, c := range out.Collocates {
			if c.Near != near[c.Text] || c.Count != count[c.Text] {
				t.Errorf("window %d: %+v, want %d near of %d", width, c, near[c.Text], count[c.Text])
			}
			checkMeasures(t, c, nodes, size, words)
			if i > 0 && c.LogLikelihood > out.Collocates[i-1].LogLikelihood {
				t.Errorf("window %d: %+v after %+v", width, c, out.Collocates[i-1])
			}
		}
	}
	// A word that stands by the node and nowhere else comes first, one that never does stands at the end.
	docs = append(docs, whole("询价，比选，学习，学习，学习，学习"), whole("询价，比选，学习"), whole("制度，制度，比选，询价"))
	e = filled(t, open, docs)
	for _, sort := range []index.CollocateSort{index.ByLogLikelihood, index.ByLogDice} {
		out, err := e.Collocations(context.Background(), index.CollocationsRequest{Filter: corpus.Filter{Query: "询价"}, Window: 1, Sort: sort})
		if err != nil || len(out.Collocates) == 0 || out.Collocates[0].Text != "比选" || out.Collocates[0].LogDice != 14 {
			t.Errorf("collocates of 询价 by %s: %+v, error %v; want 比选 with 14", sort, out, err)
		}
	}
	for name, req := range map[string]index.CollocationsRequest{
		"no query": {}, "window": {Filter: corpus.Filter{Query: "会议"}, Window: index.MaxWindow + 1}, "sort": {Filter: corpus.Filter{Query: "会议"}, Sort: "foo"},
	} {
		if _, err := e.Collocations(context.Background(), req); corpus.KindOf(err) != corpus.Invalid {
			t.Errorf("collocations, %s: error %v, want one of kind invalid", name, err)
		}
	}
}

// checkMeasures works the measures out by their definitions: G2 as twice the sum of o ln(o/e) over the four cells, here by
// way of entropies, and log-Dice.
func checkMeasures(t *testing.T, c index.Collocate, nodes, window, words int) {
	t.Helper()
	h := func(counts ...int) float64 {
		sum := 0.0
		for _, n := range counts {
			if n > 0 {
				sum += float64(n) * math.Log(float64(n))
			}
		}
		return sum
	}
	g2 := 2 * (h(c.Near, window-c.Near, c.Count-c.Near, words-window-c.Count+c.Near) - h(window, words-window) - h(c.Count, words-c.Count) + h(words))
	if float64(c.Near)/float64(window) < float64(c.Count)/float64(words) {
		g2 = -g2
	}
	if math.Abs(g2-c.LogLikelihood) > 1e-6 {
		t.Errorf("%+v: log-likelihood %v, want %v", c, c.LogLikelihood, g2)
	}
	if dice := 14 + math.Log2(2*float64(c.Near)/float64(nodes+c.Count)); math.Abs(dice-c.LogDice) > 1e-9 {
		t.Errorf("%+v: log-Dice %v, want %v", c, c.LogDice, dice)
	}
}
