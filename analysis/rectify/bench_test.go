package rectify_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"tongjian/analysis/rectify"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// BenchmarkLabel measures the labelling of answers in bytes of text, beside the plain walk over the same characters.
func BenchmarkLabel(b *testing.B) {
	_, docs := corpusOf(b, synth.Options{Reports: 60})
	size := 0
	for _, d := range docs {
		size += len(d.Text)
	}
	b.Run("label", func(b *testing.B) {
		b.SetBytes(int64(size))
		r := rules(b)
		for b.Loop() {
			for _, d := range docs {
				r.Label(d)
			}
		}
	})
	b.Run("baseline", func(b *testing.B) {
		b.SetBytes(int64(size))
		n := 0
		for b.Loop() {
			for _, d := range docs {
				n += strings.Count(d.Text, "整改")
				for range d.Text {
					n++
				}
			}
		}
		_ = n
	})
}

// manyAnswers makes the documents of a large corpus from those of a small one: the same clauses, their words in another order
// of their own for every copy, so that most are new.
func manyAnswers(b *testing.B, reports int) []corpus.Change {
	_, docs := corpusOf(b, synth.Options{Reports: 300, Seed: 1, Details: 2})
	var out []corpus.Change
	for n := 0; len(out) < reports; n++ {
		for _, d := range docs {
			if d.DocType != corpus.RectificationNotice {
				continue
			}
			doc := *d
			doc.ID = corpus.NewDocumentID(fmt.Append(nil, d.ID, n))
			doc.Unit = corpus.Fact(fmt.Sprintf("%s%d", d.Unit, n))
			doc.Text = scrambled(d.Text, n)
			out = append(out, corpus.Change{Sequence: int64(len(out) + 1), DocumentID: doc.ID, Document: &doc})
		}
	}
	return out[:reports]
}

// scrambled puts other characters of the same length in place of two in three Han characters.
func scrambled(text string, n int) string {
	if n == 0 {
		return text
	}
	h := uint32(n) * 2654435761
	return strings.Map(func(r rune) rune {
		h = h*1664525 + 1013904223
		if r >= 0x4E00 && r < 0x9000 && h>>30 > 0 {
			return 0x4E00 + (r-0x4E00+rune(n*97)+rune(h>>29))%0x4000
		}
		return r
	}, text)
}

// BenchmarkCopies measures, for about 200,000 findings, how long the model takes to take them in, to answer for one finding and
// to answer for all, and what memory it holds.
func BenchmarkCopies(b *testing.B) {
	if testing.Short() {
		b.Skip("200,000 findings")
	}
	changes := manyAnswers(b, 14500)
	findings, bytes := 0, 0
	for _, c := range changes {
		findings += len(c.Document.Findings)
		for _, f := range c.Document.Findings {
			bytes += f.AccountSpan.Len()
		}
	}
	b.Run("apply", func(b *testing.B) {
		for b.Loop() {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			m := rectify.NewCopies()
			if err := m.Apply(context.Background(), changes); err != nil {
				b.Fatal(err)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-held")
			b.ReportMetric(float64(bytes)/1e6, "MB-answers")
			b.ReportMetric(float64(findings), "findings")
			runtime.KeepAlive(m)
		}
	})
	m := rectify.NewCopies()
	if err := m.Apply(context.Background(), changes); err != nil {
		b.Fatal(err)
	}
	b.Run("one", func(b *testing.B) {
		i := 0
		for b.Loop() {
			d := changes[i*7919%len(changes)].Document
			i++
			m.Reused(corpus.NewFindingID(d.ID, 1+i%len(d.Findings)))
		}
	})
	b.Run("all", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n = len(m.All())
		}
		b.ReportMetric(float64(n), "reuses")
	})
}
