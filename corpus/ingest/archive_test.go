package ingest_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus/ingest"
)

// zipped packs files, names and contents in turn.
func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate, NonUTF8: true})
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestArchivesGiveOneOutcomeForEachFileInside packs archives into one another.
func TestArchivesGiveOneOutcomeForEachFileInside(t *testing.T) {
	inner := zipped(t, "丙.txt", "一\n二\n", "图.png", "\x89PNG")
	outer := zipped(t, "上/", "", "上/甲.txt", "一\n", "__MACOSX/._甲.txt", "x", "上/更多.zip", string(inner), "乙.txt", "一\n二\n三\n")
	dir := t.TempDir()
	for name, data := range map[string][]byte{"材料.zip": outer, "丁.txt": []byte("一\n"), "坏.zip": []byte("PK\x03\x04坏"), "空.zip": zipped(t)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var r recorder
	s, err := ingester(&memory{}, &r).Paths(t.Context(), []string{dir})
	if want := (ingest.Summary{Added: 3, Unchanged: 1, Failed: 3, Findings: 6}); err != nil || s != want {
		t.Errorf("summary = %+v, %v, want %+v", s, err, want)
	}
	want := []string{
		"丁.txt added 1", "坏.zip failed 0 文件“坏.zip”已损坏或不完整，无法读取", "甲.txt unchanged 0", "丙.txt added 2", "图.png failed 0 不支持的格式", "乙.txt added 3",
		"空.zip failed 0 文件“空.zip”内没有文件",
	}
	if diff := cmp.Diff(want, r.lines); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	if r.total != 0 {
		t.Errorf("progress of %d files, want an unknown number", r.total)
	}
}
