package recur_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"tongjian/analysis/recur"
	"tongjian/corpus"
	"tongjian/corpus/synth"
)

// The size that the budgets are about.
const (
	benchDocuments = 6_667
	benchFindings  = 30
	benchUnits     = 2_560
	benchYears     = 14
)

// distinct makes documents up in which hardly two statements are the same: one to three clauses of made-up statements of
// one category, with some characters lost. It is the hard case; in documents as package synth makes them many are the same.
func distinct(n int) []*corpus.Document {
	clauses := map[corpus.CategoryCode][]string{}
	var codes []corpus.CategoryCode
	for r := range synth.Generate(synth.Options{Reports: 90, Findings: 60, Plants: synth.Plants{Common: 42}}) {
		for _, f := range r.Gold.Findings {
			code := f.Categories[0]
			if clauses[code] == nil {
				codes = append(codes, code)
			}
			clauses[code] = append(clauses[code], strings.FieldsFunc(f.Statement, func(r rune) bool { return strings.ContainsRune(",，", r) })...)
		}
	}
	slices.Sort(codes)
	rng := rand.New(rand.NewPCG(7, 7))
	docs := make([]*corpus.Document, n)
	for i := range docs {
		d := &corpus.Document{
			ID: corpus.DocumentID(fmt.Sprintf("%016x", i+1)), DocType: corpus.RectificationNotice,
			Unit: corpus.Fact(fmt.Sprintf("第%d单位", rng.IntN(benchUnits))), Year: corpus.Year(2010 + rng.IntN(benchYears)),
		}
		for j := range benchFindings {
			code := codes[rng.IntN(len(codes))]
			var parts []string
			for range 1 + rng.IntN(3) {
				c := []rune(clauses[code][rng.IntN(len(clauses[code]))])
				if at := rng.IntN(len(c)); rng.IntN(2) == 0 {
					c = slices.Delete(c, at, min(at+2, len(c)))
				}
				parts = append(parts, string(c))
			}
			d.Findings = append(d.Findings, corpus.Finding{
				ID: corpus.NewFindingID(d.ID, j+1), Ordinal: j + 1, Statement: strings.Join(parts, "，"),
				Categories: []corpus.Category{{Code: code}},
			})
		}
		docs[i] = d
	}
	return docs
}

// usual makes documents as package synth does.
func usual(n int) []*corpus.Document {
	return read(synth.Options{Reports: n, Units: benchUnits, Years: benchYears, Findings: benchFindings, Plants: synth.Plants{Common: 42}}).docs
}

func apply(b *testing.B, m *recur.Model, docs []*corpus.Document) {
	b.Helper()
	changes := make([]corpus.Change, len(docs))
	for i, d := range docs {
		changes[i] = corpus.Change{Sequence: m.Applied() + int64(i) + 1, DocumentID: d.ID, Document: d}
	}
	if err := m.Apply(context.Background(), changes); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkGroup makes the groups, and the repeats, of 200,000 findings from nothing; then it adds one finding after the
// other, each in a document of its own.
func BenchmarkGroup(b *testing.B) {
	for _, c := range []struct {
		name string
		docs func(int) []*corpus.Document
	}{{"usual", usual}, {"distinct", distinct}} {
		b.Run(c.name, func(b *testing.B) {
			docs := c.docs(benchDocuments)
			more := distinct(300)
			for i, d := range more {
				d.ID = corpus.DocumentID(fmt.Sprintf("%016x", 1<<40+i))
				d.Findings = d.Findings[:1]
				d.Findings[0].ID = corpus.NewFindingID(d.ID, 1)
			}
			for b.Loop() {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				m := recur.New()
				start := time.Now()
				apply(b, m, docs)
				m.Regroup()
				b.ReportMetric(time.Since(start).Seconds(), "s/build")
				runtime.GC()
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
				start = time.Now()
				worst := time.Duration(0)
				for _, d := range more {
					one := time.Now()
					apply(b, m, []*corpus.Document{d})
					worst = max(worst, time.Since(one))
				}
				b.ReportMetric(time.Since(start).Seconds()*1000/float64(len(more)), "ms/one-more")
				b.ReportMetric(worst.Seconds()*1000, "ms/one-more-worst")
				start = time.Now()
				_, total := m.CommonProblems(recur.GroupQuery{})
				b.ReportMetric(time.Since(start).Seconds()*1000, "ms/list")
				b.ReportMetric(float64(total), "groups")
			}
		})
	}
}
