package indextest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tongjian/corpus"
	"tongjian/index"
)

// expectation is what a query answers after each change, as the scan counts it.
type expectation struct {
	query    string
	findings []int // by sequence number
	passages []int
}

// testConcurrent checks that answers given while changes come in are right for the sequence number that they name.
func testConcurrent(t *testing.T, open Open) {
	docs := Documents(60)
	changes := Changes(0, docs...)
	// In the end every third document is taken out again, while readers look.
	for i := 0; i < len(docs); i += 3 {
		changes = append(changes, corpus.Change{Sequence: int64(len(changes) + 1), DocumentID: docs[i].ID})
	}
	queries := []string{"", "采购", `"集体研究"`, "问题 -合同 year:2019..2022"}
	matches := []func(Passage) bool{
		func(Passage) bool { return true },
		func(p Passage) bool { return p.Has("采购") },
		func(p Passage) bool { return p.Has("集体研究") },
		func(p Passage) bool {
			return p.Has("问题") && !p.Has("合同") && p.Document.Year >= 2019 && p.Document.Year <= 2022
		},
	}
	expected := make([]expectation, len(queries))
	for i, q := range queries {
		expected[i] = expect(q, changes, matches[i])
	}
	e := open(t)
	done := make(chan struct{})
	errs := make(chan error, 8)
	var readers sync.WaitGroup
	for n := range 8 {
		readers.Go(func() {
			for i := n; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				if err := check(e, expected[i%len(expected)]); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	for part := range slices.Chunk(changes, 8) {
		apply(t, e, part)
	}
	close(done)
	readers.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	for _, x := range expected {
		if err := check(e, x); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	}
}

// expect counts what a query answers after each change.
func expect(query string, changes []corpus.Change, match func(Passage) bool) expectation {
	x := expectation{query: query, findings: []int{0}, passages: []int{0}}
	counts := map[corpus.DocumentID][2]int{}
	for _, c := range changes {
		var n [2]int
		if c.Document != nil {
			for _, p := range scan(Passages(c.Document), match) {
				n[0]++
				if p.Finding != nil {
					n[1]++
				}
			}
		}
		counts[c.DocumentID] = n
		var sum [2]int
		for _, n := range counts {
			sum[0], sum[1] = sum[0]+n[0], sum[1]+n[1]
		}
		x.passages, x.findings = append(x.passages, sum[0]), append(x.findings, sum[1])
	}
	return x
}

// check asks for what is expected. An answer that is newer than what is known here is not checked.
func check(e index.Engine, x expectation) error {
	ctx, filter := context.Background(), corpus.Filter{Query: x.query}
	a, err := e.Search(ctx, index.Request{Filter: filter, Limit: 5, Snippets: 1, Facets: []corpus.Field{corpus.FieldKind}})
	if err != nil {
		return fmt.Errorf("search %q: %w", x.query, err)
	}
	if int(a.Sequence) >= len(x.passages) {
		return nil
	}
	if want := x.passages[a.Sequence]; a.Total != want || facetSum(a.Facets[0]) != want {
		return fmt.Errorf("search %q at %d: total %d, facet %d, want %d", x.query, a.Sequence, a.Total, facetSum(a.Facets[0]), want)
	}
	tally, err := e.Tally(ctx, corpus.TallyRequest{Filter: filter, Rows: corpus.FieldStatus})
	if err != nil {
		return fmt.Errorf("tally %q: %w", x.query, err)
	}
	if int(tally.Sequence) >= len(x.findings) {
		return nil
	}
	if want := x.findings[tally.Sequence]; tally.Total.Findings != want {
		return fmt.Errorf("tally %q at %d: %d findings, want %d", x.query, tally.Sequence, tally.Total.Findings, want)
	}
	return nil
}

func facetSum(f index.Facet) int {
	n := f.Missing
	for _, v := range f.Values {
		n += v.Count
	}
	return n
}

// Soak lets eight readers and one writer at an engine for some time. The writer puts, replaces and removes documents; every
// answer must be right for the sequence number that it names.
func Soak(t *testing.T, open Open, long time.Duration) {
	e := open(t)
	queries := []string{"", "采购", `"集体研究"`}
	matches := []func(Passage) bool{
		func(Passage) bool { return true }, func(p Passage) bool { return p.Has("采购") }, func(p Passage) bool { return p.Has("集体研究") },
	}
	var mu sync.RWMutex
	expected := make([]expectation, len(queries))
	for i, q := range queries {
		expected[i] = expect(q, nil, matches[i])
	}
	done := make(chan struct{})
	errs := make(chan error, 8)
	var readers sync.WaitGroup
	answers := make([]int, 8)
	for n := range 8 {
		readers.Go(func() {
			for i := n; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				mu.RLock()
				x := expected[i%len(expected)]
				mu.RUnlock()
				if err := check(e, x); err != nil {
					errs <- err
					return
				}
				answers[n]++
			}
		})
	}
	var changes []corpus.Change
	for end := time.Now().Add(long); time.Now().Before(end); {
		next := corpus.Change{Sequence: int64(len(changes) + 1)}
		next.Document = Document(uint64(len(changes)%300 + 1))
		next.DocumentID = Document(uint64(len(changes)%97 + 1)).ID
		next.Document.ID = next.DocumentID
		if len(changes)%5 == 4 {
			next.Document = nil
		}
		changes = append(changes, next)
		mu.Lock()
		for i := range expected {
			expected[i] = expect(queries[i], changes, matches[i])
		}
		mu.Unlock()
		apply(t, e, changes[len(changes)-1:])
	}
	close(done)
	readers.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	t.Logf("%d changes; answers by reader: %v", len(changes), answers)
}
