package embedded

// These tests are internal because the format of the text file is nobody else's business.

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/segment"
)

func TestContainsUnits(t *testing.T) {
	tests := []struct {
		text, part string
		want       bool
	}{
		{"政府采购管理", "采购", true},
		{"政府采购管理", "采管", false},
		{"a偎", "一", false}, // the bytes of 一 stand here, across two characters
		{"a偎一", "一", true},
		{"𠮷采购", "𠮷", true},
		{"", "采", false},
	}
	for _, tt := range tests {
		if got := containsUnits(needle(tt.text), needle(tt.part)); got != tt.want {
			t.Errorf("containsUnits(%q, %q) = %t", tt.text, tt.part, got)
		}
	}
}

// TestTextRoundTrip checks that every text comes back as it was, across the borders of the mapped chunks too.
func TestTextRoundTrip(t *testing.T) {
	d, err := openDataFile(filepath.Join(t.TempDir(), "texts"), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	at := int64(chunkSize - 300)
	rapid.Check(t, func(t *rapid.T) {
		alphabet := rapid.SampledFrom([]string{"采购", "採購", "ＡＢ", "ab", "AB", "。", "，", ",", "“", "\xff", "𠮷", "\n", "　", "⼀", "；", "！", "?", "é"})
		source := strings.Join(rapid.SliceOfN(alphabet, 0, 40).Draw(t, "source"), "")
		statement := rapid.SampledFrom([]string{"", "别处的字样", source}).Draw(t, "statement")
		span := corpus.Span{Start: 7, End: 7 + len(source)}
		b, _ := appendText(nil, source, span, 3, statement, 0)
		if err := d.write(b, at); err != nil {
			t.Fatal(err)
		}
		got, err := readText(d, at)
		if err != nil {
			t.Fatal(err)
		}
		gotSource, gotStatement, err := got.read()
		if err != nil {
			t.Fatal(err)
		}
		if gotSource != source || gotStatement != statement || got.span != span || got.ordinal != 3 {
			t.Fatalf("%q with statement %q at %d: %q, %q, %v, %d", source, statement, at, gotSource, gotStatement, got.span, got.ordinal)
		}
		checkDecoded(t, got, source)
		folded := segment.Fold(source)
		if string(got.units) != string(needle(folded.Text)) {
			t.Fatalf("%q: units are not its folded text", source)
		}
		at += int64(len(b))
	})
	if at <= chunkSize {
		t.Errorf("%d does not reach the second chunk", at)
	}
	if _, err := d.view(at+chunkSize, 1); err == nil {
		t.Error("read beyond the end")
	}
}

// TestEntryRoundTrip checks that entries come back, and that a torn one is found.
func TestEntryRoundTrip(t *testing.T) {
	e := entry{id: "0123", title: "通报", passages: []passageEntry{
		{kind: kindFinding, unit: "海州市商务局", status: "done", cats: []string{"a.b", "c.d"}, words: 300, text: 1 << 40},
		{kind: kindSection, unit: "云岭县商务局"},
	}}
	e.values[dictUnit], e.values[dictYear] = "海州市商务局", "2021"
	b := appendEntry(nil, &e)
	got, n, err := readEntry(append(b[:len(b):len(b)], 1, 2, 3))
	if err != nil || n != len(b) || len(got.passages) != 2 || got.passages[0].unit != e.passages[0].unit ||
		got.passages[1].unit != e.passages[1].unit || got.passages[0].text != 1<<40 || got.values != e.values || got.title != e.title {
		t.Errorf("entry %+v read as %+v, %d bytes of %d, error %v", e, got, n, len(b), err)
	}
	for i := range b {
		if _, _, err := readEntry(b[:i]); err == nil {
			t.Errorf("entry cut at %d was read", i)
		}
		flipped := append([]byte(nil), b...)
		flipped[i] ^= 0x40
		if _, _, err := readEntry(flipped); err == nil {
			t.Errorf("entry with a flipped bit at %d was read", i)
		}
	}
}

// checkDecoded checks that a decoder puts the text's characters and the ends of its sentences where they stand.
func checkDecoded(t *rapid.T, text passageText, source string) {
	var d decoder
	var chars, spans []corpus.Span
	var ends []int
	unit := 0
	for at := 0; at < len(source); {
		r, size := utf8.DecodeRuneInString(source[at:])
		width := len(appendUnits(nil, segment.FoldRune(r)))
		chars = append(chars, corpus.Span{Start: at, End: at + size})
		spans = append(spans, corpus.Span{Start: unit, End: unit + width})
		at, unit = at+size, unit+width
		if strings.ContainsRune("。；！？\n", r) {
			ends = append(ends, at)
		}
	}
	// With a first decoding the decoder is no longer empty.
	if got := d.decode(text, nil); got != source {
		t.Fatalf("decoded %q, want %q", got, source)
	}
	if got := d.decode(text, spans); got != source || !slices.Equal(spans, chars) || !slices.Equal(d.ends, ends) {
		t.Fatalf("decoded %q with characters at %v, ends %v; want %q, %v, %v", got, spans, d.ends, source, chars, ends)
	}
}
