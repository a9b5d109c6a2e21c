package extract_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

// list names the files of an archive, with the codes of those that cannot be read.
func list(name string, data []byte, lim extract.Limits) []string {
	var out []string
	for f := range extract.Files(name, data, lim) {
		line := f.Name
		if f.Err != nil {
			line += " " + string(corpus.KindOf(f.Err))
		}
		out = append(out, line)
	}
	return out
}

func TestArchive(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("整改通报（港务局）.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{gbk, "../../etc/甲.txt", `下\乙.txt`, ".DS_Store", "__MACOSX/丙", "~$丁.docx", "空夹/"} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, NonUTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			if _, err := f.Write([]byte(sample)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{"包.zip/整改通报（港务局）.txt", "包.zip/etc/甲.txt", "包.zip/下/乙.txt"}
	if diff := cmp.Diff(want, list("包.zip", b.Bytes(), extract.Limits{})); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if !extract.IsArchive(b.Bytes()) || extract.IsArchive(docx(t, "")) || extract.IsArchive([]byte(sample)) {
		t.Error("archives are not told from documents")
	}
}

func TestArchiveOfOneIsRead(t *testing.T) {
	x, err := extract.File("包.zip", zipOf(t, part{"夹/通报.docx", string(docx(t, para("", "正文")))}), extract.Limits{})
	if err != nil || x.Source != "通报.docx" || x.Format != "docx" {
		t.Errorf("got %+v, %v", x, err)
	}
	wantError(t, "包.zip", zipOf(t, part{"甲.txt", sample}, part{"乙.txt", sample}), extract.Limits{}, corpus.Unsupported, "多个文件")
}

func TestArchiveLimits(t *testing.T) {
	pack := func(n int, content string) []byte {
		var parts []part
		for i := range n {
			parts = append(parts, part{fmt.Sprintf("%d.txt", i), content})
		}
		return zipOf(t, parts...)
	}
	nested := pack(1, sample)
	for range 4 {
		nested = zipOf(t, part{"内.zip", string(nested)}, part{"旁.txt", sample})
	}
	slow := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	locked := pack(2, sample)
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1 // the first entry says that it is encrypted
	cases := []struct {
		name string
		data []byte
		lim  extract.Limits
		want string
	}{
		{"one file encrypted", locked, extract.Limits{}, "包.zip/0.txt unsupported|包.zip/1.txt"},
		{"files", pack(5, sample), extract.Limits{Files: 4}, "包.zip too_large"},
		{"one file too large", pack(2, strings.Repeat("字", 1000)), extract.Limits{Bytes: 2000}, "包.zip/0.txt too_large|包.zip/1.txt too_large"},
		{"all together too large", pack(3, strings.Repeat("字", 1000)), extract.Limits{Unpacked: 7000}, "包.zip/0.txt|包.zip/1.txt|包.zip too_large"},
		{"nesting", nested, extract.Limits{}, "包.zip/内.zip/内.zip/内.zip too_large|包.zip/内.zip/内.zip/旁.txt|包.zip/内.zip/旁.txt|包.zip/旁.txt"},
		{"time", pack(2, strings.Repeat("字", 1000)), extract.Limits{Time: time.Minute, Now: func() time.Time { slow = slow.Add(6 * time.Second); return slow }}, "包.zip/0.txt|包.zip too_large"},
		{"empty", zipOf(t), extract.Limits{}, "包.zip invalid"},
		{"damaged", []byte("PK\x03\x04 nothing"), extract.Limits{}, "包.zip invalid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(list("包.zip", c.data, c.lim), "|"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(zipOf(f, part{"甲.txt", sample}, part{"../乙.docx", string(docx(f, para("", "甲")))}))
	f.Add(zipOf(f, part{"内.zip", string(zipOf(f, part{"甲.html", page}))}))
	f.Fuzz(func(t *testing.T, data []byte) {
		lim := extract.Limits{Bytes: 1 << 20, Unpacked: 4 << 20, Files: 50}
		for inner := range extract.Files("a.zip", data, lim) {
			if inner.Err == nil {
				fuzzOne(t, inner.Name, inner.Data)
			}
		}
	})
}
