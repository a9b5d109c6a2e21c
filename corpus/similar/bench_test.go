package similar_test

import (
	"runtime"
	"testing"

	"tongjian/corpus/similar"
)

// size is the number of findings that the budgets are about.
const size = 200_000

func BenchmarkOf(b *testing.B) {
	all := statements(1000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		similar.Of(all[i%len(all)])
	}
}

// BenchmarkSearch finds the 10 nearest of 200,000 findings with statements of their own, and tells recall, memory and the
// time to build beside it.
func BenchmarkSearch(b *testing.B) {
	all := statements(size)
	profiles := make([]similar.Profile, len(all))
	for i, s := range all {
		profiles[i] = similar.Of(s)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := similar.NewIndex()
	for i, p := range profiles {
		x.Add(id(i), p)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	found, want := 0, 0
	for i := 0; i < size; i += size / 50 {
		exact := x.Exact(profiles[i], 10, nil)
		want += len(exact)
		for _, m := range x.Search(profiles[i], 10, nil) {
			if m.Score >= exact[len(exact)-1].Score {
				found++
			}
		}
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		x.Search(profiles[i*7919%size], 10, nil)
	}
	b.ReportMetric(float64(found)/float64(want), "recall@10")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
}

func BenchmarkExact(b *testing.B) {
	x := fill(statements(size / 10))
	p := similar.Of(statements(1)[0])
	for b.Loop() {
		x.Exact(p, 10, nil)
	}
}
