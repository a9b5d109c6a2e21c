package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus"
	"tongjian/corpus/ingest"
)

// memory is a store in memory that can be told to refuse.
type memory struct {
	mu       sync.Mutex
	docs     map[corpus.DocumentID]*corpus.Document
	batches  []int
	onCommit func(batch []corpus.Submission) error
	forget   bool // Has says that everything is there
}

func (m *memory) Has(_ context.Context, id corpus.DocumentID) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.docs[id]
	return ok || m.forget, nil
}

func (m *memory) Commit(ctx context.Context, batch []corpus.Submission) ([]corpus.Outcome, error) {
	if m.onCommit != nil {
		if err := m.onCommit(batch); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range batch {
		if _, ok := m.docs[corpus.NewDocumentID(s.Original)]; s.Document == nil && !ok {
			return nil, &corpus.Error{Kind: corpus.NotFound, Message: "没有" + s.Name}
		}
	}
	var out []corpus.Outcome
	for _, s := range batch {
		id := corpus.NewDocumentID(s.Original)
		o := corpus.Outcome{Name: s.Name, Document: id, Result: corpus.Unchanged}
		if _, ok := m.docs[id]; !ok {
			if m.docs == nil {
				m.docs = make(map[corpus.DocumentID]*corpus.Document)
			}
			m.docs[id], o.Result, o.Findings = s.Document, corpus.Added, len(s.Document.Findings)
		}
		out = append(out, o)
	}
	m.batches = append(m.batches, len(batch))
	return out, nil
}

// lines is an extractor and parser for tests: every line is a finding.
type lines struct{}

func (lines) extract(name string, data []byte) (*corpus.Extract, error) {
	if !strings.HasSuffix(name, ".txt") {
		return nil, &corpus.Error{Kind: corpus.Unsupported, Message: "不支持的格式"}
	}
	return &corpus.Extract{Source: name, Text: string(data)}, nil
}

func (lines) Parse(x *corpus.Extract, id corpus.DocumentID) *corpus.Document {
	if strings.Contains(x.Text, "恐慌") {
		panic("made to panic")
	}
	doc := &corpus.Document{ID: id, Source: x.Source, Text: x.Text}
	for i, line := range strings.Split(strings.TrimSpace(x.Text), "\n") {
		doc.Findings = append(doc.Findings, corpus.Finding{ID: corpus.NewFindingID(id, i+1), Ordinal: i + 1, Statement: line})
	}
	return doc
}

func (lines) Label(doc *corpus.Document) {
	for i := range doc.Findings {
		doc.Findings[i].Categories = []corpus.Category{{Code: "politics.duties"}}
	}
}

// recorder notes what an ingester tells.
type recorder struct {
	lines []string
	done  []int
	total int
}

func ingester(store ingest.Store, r *recorder) *ingest.Ingester {
	return &ingest.Ingester{
		Store: store, Extract: lines{}.extract, Parser: lines{}, Labeler: lines{}, Workers: 3,
		Report: func(o corpus.Outcome) {
			line := fmt.Sprintf("%s %s %d", filepath.Base(o.Name), o.Result, o.Findings)
			if o.Reason != "" {
				line += " " + o.Reason
			}
			r.lines = append(r.lines, line)
		},
		Progress: func(done, total int) { r.done, r.total = append(r.done, done), total },
	}
}

// folder writes files, named by their paths, into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestPathsReportsEveryFileInOrder(t *testing.T) {
	dir := folder(t, map[string]string{
		"b.txt": "甲\n乙", "a/2.txt": "丙", "a/1.txt": "丁", "a.docx": "戊", "c.txt": "恐慌", "d.txt": "甲\n乙",
		".hidden/x.txt": "己", "~$b.txt": "庚", ".secret.txt": "辛", "大.txt": strings.Repeat("壬", 1000),
	})
	var r recorder
	store := &memory{}
	in := ingester(store, &r)
	in.MaxBytes = 2048
	s, err := in.Paths(t.Context(), []string{dir, filepath.Join(dir, "b.txt"), filepath.Join(dir, "没有.txt")})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a.docx failed 0 不支持的格式",
		"1.txt added 1",
		"2.txt added 1",
		"b.txt added 2",
		"c.txt failed 0 解析时程序内部出错，该文件未导入",
		"d.txt unchanged 0",
		"大.txt failed 0 文件过大：0.0 MB，上限 0.0 MB",
		"没有.txt failed 0 没有这个文件或文件夹",
	}
	if diff := cmp.Diff(want, r.lines); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	if want := (ingest.Summary{Added: 3, Unchanged: 1, Failed: 4, Findings: 4}); s != want {
		t.Errorf("summary = %+v, want %+v", s, want)
	}
	if want := []int{1, 2, 3, 4, 5, 6, 7, 8}; r.total != 8 || !slices.Equal(r.done, want) {
		t.Errorf("progress = %v of %d, want %v of 8", r.done, r.total, want)
	}
	for id, doc := range store.docs {
		for _, f := range doc.Findings {
			if len(f.Categories) == 0 {
				t.Errorf("finding %s of %s is not labelled", f.ID, id)
			}
		}
	}
}

func TestPathsFollowsLinksOnce(t *testing.T) {
	dir := folder(t, map[string]string{"a/1.txt": "甲", "b/2.txt": "乙", "elsewhere.txt": "丙"})
	for link, target := range map[string]string{
		"a/back": dir, "a/twice": filepath.Join(dir, "b"), "a/3.txt": filepath.Join(dir, "elsewhere.txt"), "a/gone.txt": filepath.Join(dir, "no"),
		"a/self.txt": filepath.Join(dir, "a/self.txt"),
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o600); err != nil {
		t.Fatal(err)
	}
	var r recorder
	if _, err := ingester(&memory{}, &r).Paths(t.Context(), []string{dir}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1.txt added 1", "3.txt added 1", "gone.txt failed 0 没有这个文件或文件夹", "self.txt failed 0 链接指向自身", "2.txt added 1", "elsewhere.txt unchanged 0",
		"pipe.txt failed 0 不是普通文件",
	}
	if diff := cmp.Diff(want, r.lines); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
}

func TestReportsOnlyWhatIsCommitted(t *testing.T) {
	var r recorder
	var reported []int
	store := &memory{onCommit: func([]corpus.Submission) error {
		reported = append(reported, len(r.lines))
		return nil
	}}
	in := ingester(store, &r)
	in.Batch = 4
	if _, err := in.Files(t.Context(), files(10)); err != nil {
		t.Fatal(err)
	}
	if want := []int{4, 4, 2}; !slices.Equal(store.batches, want) {
		t.Errorf("batches = %v, want %v", store.batches, want)
	}
	if want := []int{0, 4, 8}; !slices.Equal(reported, want) {
		t.Errorf("outcomes reported before each commit = %v, want %v", reported, want)
	}
	if !slices.IsSorted(r.lines) || len(r.lines) != 10 {
		t.Errorf("reports = %v", r.lines)
	}
}

func TestBatchBytes(t *testing.T) {
	store := &memory{}
	in := ingester(store, &recorder{})
	in.BatchBytes = 100
	if _, err := in.Files(t.Context(), files(10)); err != nil { // 30 bytes each
		t.Fatal(err)
	}
	if want := []int{4, 4, 2}; !slices.Equal(store.batches, want) {
		t.Errorf("batches = %v, want %v", store.batches, want)
	}
}

// files yields n files of 30 bytes, named so that they sort in their order.
func files(n int) func(yield func(ingest.File) bool) {
	return func(yield func(ingest.File) bool) {
		for i := range n {
			if !yield(ingest.File{Name: fmt.Sprintf("%03d.txt", i), Data: fmt.Appendf(nil, "%030d", i)}) {
				return
			}
		}
	}
}

func TestOneRefusedSubmissionIsIsolated(t *testing.T) {
	refusals := map[string]error{
		"a submission that contradicts itself": &corpus.Error{Kind: corpus.Invalid, Message: "自相矛盾"},
		"a fault of the program":               errors.New("constraint violated"),
	}
	for name, refusal := range refusals {
		t.Run(name, func(t *testing.T) {
			var r recorder
			store := &memory{onCommit: func(batch []corpus.Submission) error {
				if slices.ContainsFunc(batch, func(s corpus.Submission) bool { return s.Name == "002.txt" }) {
					return refusal
				}
				return nil
			}}
			s, err := ingester(store, &r).Files(t.Context(), files(5))
			if err != nil {
				t.Fatal(err)
			}
			if s.Added != 4 || s.Failed != 1 || !strings.HasPrefix(r.lines[2], "002.txt failed") {
				t.Errorf("summary = %+v, reports %v", s, r.lines)
			}
		})
	}
}

func TestStoreThatCannotWriteStopsTheRun(t *testing.T) {
	var r recorder
	full := &corpus.Error{Kind: corpus.Unavailable, Code: "disk_full", Message: "磁盘空间不足"}
	store := &memory{}
	store.onCommit = func([]corpus.Submission) error {
		if len(store.batches) == 1 {
			return full
		}
		return nil
	}
	dir := t.TempDir()
	for f := range files(10) {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in := ingester(store, &r)
	in.Batch = 4
	s, err := in.Paths(t.Context(), []string{dir})
	if want := (ingest.Summary{Added: 4, Findings: 4, NotReached: 6}); s != want {
		t.Errorf("summary = %+v, want %+v", s, want)
	}
	e, ok := errors.AsType[*corpus.Error](err)
	if !ok || e.Code != "disk_full" || !strings.Contains(e.Message, "磁盘空间不足") || !strings.Contains(e.Message, "其余 6 个") {
		t.Errorf("error = %v, want the store's reason and the files not reached", err)
	}
	if len(r.lines) != 4 {
		t.Errorf("reports = %v, want the first batch only", r.lines)
	}
}

func TestCancelLeavesNothingHalfDone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var r recorder
	store := &memory{}
	in := ingester(store, &r)
	in.Batch = 4
	in.Progress = func(done, _ int) {
		if done == 6 {
			cancel()
		}
	}
	s, err := in.Files(ctx, files(1000))
	if !errors.Is(err, context.Canceled) || corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("error = %v, want canceled", err)
	}
	if s.Added != 8 || len(r.lines) != 8 || len(store.docs) != 8 {
		t.Errorf("summary %+v, %d reports, %d documents stored; want the two batches begun before the end", s, len(r.lines), len(store.docs))
	}
}

func TestBytesThatVanishedAreParsedAgain(t *testing.T) {
	var r recorder
	s, err := ingester(&memory{forget: true}, &r).Files(t.Context(), files(3))
	if err != nil || s.Added != 3 {
		t.Errorf("summary = %+v, %v, want 3 added", s, err)
	}
}

func TestOrderDoesNotDependOnWorkers(t *testing.T) {
	var want []string
	for workers := 1; workers <= 8; workers *= 2 {
		var r recorder
		in := ingester(&memory{}, &r)
		in.Workers, in.Batch = workers, 7
		if _, err := in.Files(t.Context(), files(600)); err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = r.lines
		}
		if diff := cmp.Diff(want, r.lines); diff != "" {
			t.Errorf("%d workers (-want +got):\n%s", workers, diff)
		}
	}
}
