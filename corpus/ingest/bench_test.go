package ingest_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"tongjian/corpus/ingest"
	"tongjian/corpus/sqlite"
)

// BenchmarkFiles brings a thousand files of 30 kB with 30 findings into a store by a parser that costs nothing: what
// ingesting adds to parsing.
func BenchmarkFiles(b *testing.B) {
	const count = 1000
	size := 0
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		size = 0
		var files []ingest.File
		for n := range count {
			line := strings.Repeat(fmt.Sprintf("第%d轮第%d份：设备采购未按规定招标，相关负责人已作检查。", i, n), 12) + "\n"
			data := strings.Repeat(line, 30)
			files = append(files, ingest.File{Name: fmt.Sprintf("%04d.txt", n), Data: []byte(data)})
			size += len(data)
		}
		db, err := sqlite.Open(filepath.Join(b.TempDir(), "tongjian.db"), sqlite.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		s, err := ingester(db, &recorder{}).Files(b.Context(), func(yield func(ingest.File) bool) {
			for _, f := range files {
				if !yield(f) {
					return
				}
			}
		})
		if err != nil || s.Added != count {
			b.Fatalf("summary %+v, %v", s, err)
		}
		b.StopTimer()
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.SetBytes(int64(size))
	b.ReportMetric(float64(b.N*count)/b.Elapsed().Seconds(), "docs/s")
}
