package embedded_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/go-ego/gse"

	"tongjian/corpus"
	"tongjian/corpus/segment"
	"tongjian/index"
	"tongjian/index/embedded"
)

// The benchmarks compare the engine with bare bleve in the same run: the same texts, words by the same segmenter, stored
// text and term vectors, batches of 1,000. Budgets are ratios between the two. The default size takes seconds;
//
//	go test -bench . -findings 200000 -timeout 1h ./index/embedded
//
// is what the budgets were set for. With -synth the texts are synthetic reports.
var findings = flag.Int("findings", 4000, "number of findings that benchmarks run over")

// Words of the domain are put into texts with the probabilities of real reports; the rest is drawn from the general
// dictionary by frequency, so that words and pairs of characters are as many and as unevenly spread as in real texts.
var rates = []struct {
	word string
	rate float64
}{
	{"问题", 0.3}, {"管理", 0.25}, {"整改", 0.2}, {"采购", 0.09}, {"招标", 0.06}, {"政府采购", 0.04}, {"固定资产", 0.03},
	{"未经集体研究决定", 0.02}, {"公务接待", 0.02}, {"会议记录", 0.02}, {"专项资金", 0.02}, {"一言堂", 0.0005},
}

// lexicon draws words by their frequency.
type lexicon struct {
	words []string
	upTo  []float64
}

func newLexicon() (*lexicon, error) {
	dict := gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := dict.LoadDictEmbed("zh_s"); err != nil {
		return nil, err
	}
	l := &lexicon{}
	sum := 0.0
	for i := range dict.Dict.Tokens {
		if t := &dict.Dict.Tokens[i]; t.Freq() >= 50 && utf8.RuneCountInString(t.Text()) > 1 {
			sum += t.Freq()
			l.words, l.upTo = append(l.words, t.Text()), append(l.upTo, sum)
		}
	}
	return l, nil
}

func (l *lexicon) draw(r *rand.Rand) string {
	i, _ := slices.BinarySearch(l.upTo, r.Float64()*l.upTo[len(l.upTo)-1])
	return l.words[i]
}

// benchDocuments makes up documents with 30 findings of about 300 characters each.
var benchDocuments = sync.OnceValues(func() ([]*corpus.Document, error) {
	if *synthetic {
		return synthDocuments(*findings)
	}
	words, err := newLexicon()
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(5, 6))
	var docs []*corpus.Document
	for made := 0; made < *findings; made += 30 {
		docs = append(docs, benchDocument(r, len(docs), min(30, *findings-made), words))
	}
	return docs, nil
})

func documents(b *testing.B) []*corpus.Document {
	b.Helper()
	docs, err := benchDocuments()
	if err != nil {
		b.Fatal(err)
	}
	return docs
}

func benchDocument(r *rand.Rand, number, findings int, words *lexicon) *corpus.Document {
	d := &corpus.Document{
		ID: corpus.NewDocumentID([]byte(strconv.Itoa(number))), Title: "关于巡察整改进展情况的通报",
		Unit: corpus.Fact("单位" + strconv.Itoa(r.IntN(2560))), Year: corpus.Year(2010 + r.IntN(14)), Level: corpus.Municipal,
		DocType: corpus.RectificationNotice, Sector: corpus.Fact("系统" + strconv.Itoa(r.IntN(20))),
	}
	var text strings.Builder
	for i := range findings {
		f := corpus.Finding{Ordinal: i + 1, Status: corpus.Statuses[r.IntN(len(corpus.Statuses))], Span: corpus.Span{Start: text.Len()}}
		text.WriteString(benchText(r, words))
		f.Span.End = text.Len()
		f.StatementSpan = corpus.Span{Start: f.Span.Start, End: f.Span.Start + strings.IndexAny(text.String()[f.Span.Start:], "，。")}
		f.Statement = f.StatementSpan.Of(text.String())
		for c := range 1 + r.IntN(2) {
			f.Categories = append(f.Categories, corpus.Category{Code: corpus.CategoryCode(fmt.Sprintf("d%d.leaf%d", r.IntN(11), c*4+r.IntN(4)))})
		}
		d.Findings = append(d.Findings, f)
	}
	d.Text = text.String()
	return d
}

func benchText(r *rand.Rand, words *lexicon) string {
	var list []string
	for chars := 0; chars < 270; chars += utf8.RuneCountInString(list[len(list)-1]) {
		list = append(list, words.draw(r))
		if r.IntN(5) == 0 {
			list = append(list, []string{"，", "，", "。", "；", "、", "的", "未", "不"}[r.IntN(8)])
		}
	}
	for _, w := range rates {
		if r.Float64() < w.rate {
			list[r.IntN(len(list))] = w.word
		}
	}
	return strings.Join(append(list, "。"), "")
}

// both holds the two indexes over the same documents, made once.
type both struct {
	engine *embedded.Engine
	bare   bleve.Index
	text   int
	dir    string
}

var benchOnce sync.Once
var benchBoth both

func benchmark(b *testing.B) both {
	b.Helper()
	benchOnce.Do(func() {
		docs := documents(b)
		dir, err := os.MkdirTemp("", "tongjian-bench")
		if err != nil {
			b.Fatal(err)
		}
		e, _, err := embedded.Open(filepath.Join(dir, "engine"), options(b))
		if err != nil {
			b.Fatal(err)
		}
		benchBoth = both{engine: e, bare: newBare(b, filepath.Join(dir, "bare")), text: textLen(docs), dir: dir}
		fillEngine(b, e, docs)
		fillBare(b, benchBoth.bare, docs)
	})
	return benchBoth
}

// closeBench removes what benchmark made.
func closeBench() {
	if benchBoth.engine != nil {
		_ = benchBoth.engine.Close()
		_ = benchBoth.bare.Close()
		_ = os.RemoveAll(benchBoth.dir)
	}
}

func textLen(docs []*corpus.Document) int {
	n := 0
	for _, d := range docs {
		n += len(d.Text)
	}
	return n
}

func fillEngine(b *testing.B, e *embedded.Engine, docs []*corpus.Document) {
	b.Helper()
	changes := make([]corpus.Change, len(docs))
	for i, d := range docs {
		changes[i] = corpus.Change{Sequence: e.Applied() + int64(i) + 1, DocumentID: d.ID, Document: d}
	}
	for len(changes) > 0 {
		n := min(index.DefaultBatch, len(changes))
		if err := e.Apply(context.Background(), changes[:n]); err != nil {
			b.Fatal(err)
		}
		changes = changes[n:]
	}
}

// bareTokenizer gives bleve the words of the segmenter.
type bareTokenizer struct{ s *segment.Segmenter }

func (t bareTokenizer) Tokenize(input []byte) analysis.TokenStream {
	var out analysis.TokenStream
	for _, token := range t.s.Segment(string(input)) {
		if token.Word() {
			out = append(out, &analysis.Token{
				Term: []byte(token.Text), Start: token.Span.Start, End: token.Span.End, Position: len(out) + 1, Type: analysis.Ideographic,
			})
		}
	}
	return out
}

var registerBare = sync.OnceValue(func() error {
	return registry.RegisterTokenizer("bare", func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
		s, err := embedded.SharedSegmenter()
		return bareTokenizer{s}, err
	})
})

func newBare(b *testing.B, dir string) bleve.Index {
	b.Helper()
	if err := registerBare(); err != nil {
		b.Fatal(err)
	}
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer("bare", map[string]any{"type": custom.Name, "tokenizer": "bare"}); err != nil {
		b.Fatal(err)
	}
	text := bleve.NewTextFieldMapping()
	text.Analyzer = "bare"
	keyword := bleve.NewKeywordFieldMapping()
	doc := mapping.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", text)
	for _, f := range []string{"category", "unit", "status", "sector", "year", "yearcat"} {
		doc.AddFieldMappingsAt(f, keyword)
	}
	m.DefaultMapping = doc
	m.ScoringModel = "bm25"
	ix, err := bleve.NewUsing(dir, m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	return ix
}

func fillBare(b *testing.B, ix bleve.Index, docs []*corpus.Document) {
	b.Helper()
	batch := ix.NewBatch()
	for _, d := range docs {
		for _, f := range d.Findings {
			cats, pairs := []string{}, []string{}
			for _, c := range f.Categories {
				cats = append(cats, string(c.Code))
				pairs = append(pairs, fmt.Sprint(d.Year, c.Code))
			}
			err := batch.Index(string(d.ID)+"-"+strconv.Itoa(f.Ordinal), map[string]any{
				"text": f.Span.Of(d.Text), "category": cats, "unit": string(d.Unit), "status": string(f.Status),
				"sector": string(d.Sector), "year": fmt.Sprint(d.Year), "yearcat": pairs,
			})
			if err == nil && batch.Size() >= 1000 {
				err = ix.Batch(batch)
				batch.Reset()
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := ix.Batch(batch); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkIndex(b *testing.B) {
	docs := documents(b)
	b.Run("engine", func(b *testing.B) {
		b.SetBytes(int64(textLen(docs)))
		for b.Loop() {
			dir := b.TempDir()
			e, _, err := embedded.Open(dir, options(b))
			if err != nil {
				b.Fatal(err)
			}
			fillEngine(b, e, docs)
			if err := e.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(folderSize(b, dir))/float64(textLen(docs)), "size/text")
		}
	})
	b.Run("bare", func(b *testing.B) {
		b.SetBytes(int64(textLen(docs)))
		for b.Loop() {
			dir := b.TempDir()
			ix := newBare(b, filepath.Join(dir, "bare"))
			fillBare(b, ix, docs)
			if err := ix.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(folderSize(b, dir))/float64(textLen(docs)), "size/text")
		}
	})
}

// folderSize returns the size of the files in a folder, without the room that data files keep ready.
func folderSize(b *testing.B, dir string) int64 {
	b.Helper()
	var size int64
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		size += onDisk(info)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return size
}

// reportTime reports the time that processors spent on an operation since start. On a machine that others use too, ratios of
// it hold where those of the clock do not.
func reportTime(b *testing.B, start time.Duration) {
	b.Helper()
	if spent := processorTime() - start; spent > 0 {
		b.ReportMetric(float64(spent)/float64(b.N), "cpu-ns/op")
	}
}

func (x both) search(b *testing.B, req index.Request) {
	b.Helper()
	b.ReportAllocs()
	total, start := 0, processorTime()
	for b.Loop() {
		a, err := x.engine.Search(context.Background(), req)
		if err != nil {
			b.Fatal(err)
		}
		total = a.Total
	}
	reportTime(b, start)
	b.ReportMetric(float64(total), "hits")
}

func (x both) searchBare(b *testing.B, req *bleve.SearchRequest) {
	b.Helper()
	b.ReportAllocs()
	var total uint64
	start := processorTime()
	for b.Loop() {
		a, err := x.bare.Search(req)
		if err != nil {
			b.Fatal(err)
		}
		total = a.Total
	}
	reportTime(b, start)
	b.ReportMetric(float64(total), "hits")
}

// onField sets the field of a query of bleve.
func onField[Q query.FieldableQuery](q Q) Q {
	q.SetField("text")
	return q
}

func BenchmarkSearch(b *testing.B) {
	x := benchmark(b)
	one := func(q string) index.Request {
		return index.Request{Filter: corpus.Filter{Query: q}, Limit: 10, Snippets: 2}
	}
	q := benchWords()
	term := func(word string) query.Query { return onField(bleve.NewTermQuery(word)) }
	bare := func(q query.Query) func(*testing.B) {
		return func(b *testing.B) { x.searchBare(b, bleve.NewSearchRequest(q)) }
	}
	b.Run("common/engine", func(b *testing.B) { x.search(b, one(q.common)) })
	b.Run("common/bare", bare(term(q.common)))
	b.Run("two/engine", func(b *testing.B) { x.search(b, one(q.common+" "+q.other)) })
	b.Run("two/bare", bare(bleve.NewConjunctionQuery(term(q.common), term(q.other))))
	b.Run("phrase/engine", func(b *testing.B) { x.search(b, one(`"`+q.phrase+`"`)) })
	b.Run("phrase/bare", bare(bleve.NewPhraseQuery(q.bare, "text")))
	b.Run("word/engine", func(b *testing.B) { x.search(b, one(q.word)) })
	b.Run("word/bare", bare(term(q.word)))
	b.Run("rare/engine", func(b *testing.B) { x.search(b, one(q.rare)) })
	b.Run("rare/bare", bare(term(q.rare)))
	b.Run("character/engine", func(b *testing.B) { x.search(b, one(`"采"`)) })
	b.Run("everything/engine", func(b *testing.B) { x.search(b, one("")) })
}

func BenchmarkFacets(b *testing.B) {
	x := benchmark(b)
	b.Run("engine", func(b *testing.B) {
		x.search(b, index.Request{Filter: corpus.Filter{Query: "采购"}, Limit: 10, Snippets: 2, Facets: []corpus.Field{
			corpus.FieldYear, corpus.FieldCategory, corpus.FieldUnit, corpus.FieldStatus, corpus.FieldSector,
		}})
	})
	b.Run("bare", func(b *testing.B) {
		req := bleve.NewSearchRequest(onField(bleve.NewTermQuery("采购")))
		for _, f := range []string{"year", "category", "unit", "status"} {
			req.AddFacet(f, bleve.NewFacetRequest(f, 20))
		}
		x.searchBare(b, req)
	})
}

func BenchmarkTally(b *testing.B) {
	x := benchmark(b)
	tally := func(b *testing.B, q string) {
		b.ReportAllocs()
		start := processorTime()
		for b.Loop() {
			req := corpus.TallyRequest{Filter: corpus.Filter{Query: q}, Rows: corpus.FieldYear, Cols: corpus.FieldCategory}
			if _, err := x.engine.Tally(context.Background(), req); err != nil {
				b.Fatal(err)
			}
		}
		reportTime(b, start)
	}
	b.Run("query/engine", func(b *testing.B) { tally(b, "问题") })
	b.Run("query/bare", func(b *testing.B) {
		req := bleve.NewSearchRequestOptions(onField(bleve.NewTermQuery("问题")), 0, 0, false)
		req.AddFacet("yearcat", bleve.NewFacetRequest("yearcat", 1000))
		x.searchBare(b, req)
	})
	// The one is kept between changes, the other is counted each time.
	b.Run("everything/kept", func(b *testing.B) { tally(b, "") })
	b.Run("everything/counted", func(b *testing.B) { tally(b, "kind:finding") })
}

func BenchmarkSimilar(b *testing.B) {
	x := benchmark(b)
	docs := documents(b)
	ask := func(i int) *index.Neighbours {
		d := docs[i*7919%len(docs)]
		f := d.Findings[i%len(d.Findings)]
		n, err := x.engine.Similar(context.Background(), index.SimilarRequest{Finding: corpus.NewFindingID(d.ID, f.Ordinal)})
		if err != nil {
			b.Fatal(err)
		}
		return n
	}
	ask(0)
	i, start := 0, processorTime()
	for b.Loop() {
		ask(i)
		i++
	}
	reportTime(b, start)
}

func BenchmarkOpen(b *testing.B) {
	docs := documents(b)
	dir := b.TempDir()
	e, _, err := embedded.Open(dir, options(b))
	if err != nil {
		b.Fatal(err)
	}
	fillEngine(b, e, docs)
	for b.Loop() {
		if err := e.Close(); err != nil {
			b.Fatal(err)
		}
		if e, _, err = embedded.Open(dir, options(b)); err != nil {
			b.Fatal(err)
		}
		if _, err := e.Search(context.Background(), index.Request{Filter: corpus.Filter{Query: "采购"}}); err != nil {
			b.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		b.Fatal(err)
	}
}
