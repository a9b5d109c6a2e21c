package segment_test

import (
	"os"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tongjian/corpus"
	"tongjian/corpus/segment"
)

// shared is loaded once for all tests: it takes over a second.
var shared = sync.OnceValues(segment.New)

func segmenter(t testing.TB) *segment.Segmenter {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFold(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"plain", "采购管理，不规范。", "采购管理,不规范。"},
		{"width", "ＡＢＣ１２．５％（一）", "abc12.5%(一)"},
		{"case", "PPP Kelvin K", "ppp kelvin k"},
		{"traditional", "選人用人、財務報銷憑證", "选人用人、财务报销凭证"},
		{"compatibility", "\uFA08政", "行政"},
		{"radical", "⼀把⼿", "一把手"},
		{"radical of a traditional character", "⾒", "见"},
		{"quotes", "“三重一大”‘四风’", `"三重一大"'四风'`},
		{"blank", "联系　电话\u00A0", "联系 电话 "},
		{"written in both", "著名乾坤", "著名乾坤"},
		{"beyond the basic plane", "𠮷A", "𠮷a"},
		{"invalid", "a\xffb", "a\uFFFDb"},
	}
	for _, tt := range tests {
		if f := segment.Fold(tt.text); f.Text != tt.want {
			t.Errorf("%s: Fold(%q) = %q, want %q", tt.name, tt.text, f.Text, tt.want)
		}
	}
}

// TestFoldOffsets checks that every character of the folded text leads to the character it stands for.
func TestFoldOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("采購Ａa，,。“\"⼀𠮷１ \n著"))).Draw(t, "text")
		f := segment.Fold(text)
		if utf8.RuneCountInString(f.Text) != utf8.RuneCountInString(text) {
			t.Fatalf("Fold(%q) = %q: other number of characters", text, f.Text)
		}
		offsets := []int{}
		for i := range text {
			offsets = append(offsets, i)
		}
		n := 0
		for i, r := range f.Text {
			if got := f.Source(i); got != offsets[n] {
				t.Fatalf("Fold(%q).Source(%d) = %d, want %d", text, i, got, offsets[n])
			}
			from, _ := utf8.DecodeRuneInString(text[offsets[n]:])
			if segment.FoldRune(from) != r {
				t.Fatalf("Fold(%q): %c at %d, want what stands for %c", text, r, i, from)
			}
			n++
		}
		if got := f.Source(len(f.Text)); got != len(text) {
			t.Fatalf("Fold(%q).Source(end) = %d, want %d", text, got, len(text))
		}
		if again := segment.Fold(f.Text); again.Text != f.Text {
			t.Fatalf("Fold(%q) = %q, but again %q", text, f.Text, again.Text)
		}
	})
}

// TestFoldTableIsFlat checks that no character folds to one that folds further.
func TestFoldTableIsFlat(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if to := segment.FoldRune(r); segment.FoldRune(to) != to {
			t.Errorf("%c folds to %c, which folds to %c", r, to, segment.FoldRune(to))
		}
	}
}

// TestDomainWords checks that every word of the domain dictionary comes out whole, alone and between others.
func TestDomainWords(t *testing.T) {
	s := segmenter(t)
	words := domainWords(t)
	if len(words) < 500 {
		t.Errorf("domain dictionary has %d words", len(words))
	}
	for _, w := range words {
		for _, text := range []string{w, "，" + w + "。"} {
			found := false
			for _, token := range s.Segment(text) {
				found = found || token.Text == w
			}
			if !found {
				t.Errorf("Segment(%q) has no %q: %q", text, w, texts(s.Segment(text)))
			}
		}
	}
}

func domainWords(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("domain.txt")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		words = append(words, strings.Fields(line)...)
	}
	return words
}

func texts(tokens []segment.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Text
	}
	return out
}

// TestHoles checks the words that general dictionaries are known to lack, in sentences.
func TestHoles(t *testing.T) {
	s := segmenter(t)
	tests := []struct{ text, want string }{
		{"落实“三重一大”制度不到位", "落实|\"|三重一大|\"|制度|不到位"},
		{"三会一课制度执行不严", "三会一课|制度|执行|不严"},
		{"政府采购管理制度不健全", "政府采购|管理制度|不健全"},
		{"未落实第一议题制度", "未|落实|第一议题|制度"},
		{"履行主体责任和一岗双责不力", "履行|主体责任|和|一岗双责|不力"},
		{"違規發放津補貼２３.５萬元", "违规发放津补贴|23|.|5|万元"},
	}
	for _, tt := range tests {
		if got := strings.Join(texts(s.Segment(tt.text)), "|"); got != tt.want {
			t.Errorf("Segment(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}

// TestEachWord checks that the words inside words come with their places.
func TestEachWord(t *testing.T) {
	s := segmenter(t)
	text := "政府采购管理制度,待处理。"
	found := map[string]bool{}
	s.EachWord(text, func(start, end int) { found[text[start:end]] = true })
	for _, w := range []string{"政府采购", "政府", "采购", "管理制度", "管理", "制度", "待处理", "处理"} {
		if !found[w] {
			t.Errorf("EachWord(%q) misses %q: %v", text, w, found)
		}
	}
	if found[","] || found["。"] {
		t.Errorf("EachWord(%q) has punctuation: %v", text, found)
	}
}

func FuzzSegment(f *testing.F) {
	for _, seed := range []string{"", "采购管理", "ＡＢＣ　12.5万元\xff\xfe", "K İ ⼀把⼿", "采 购\n招标"} {
		f.Add(seed)
	}
	s := segmenter(f)
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, token := range s.Segment(text) {
			if token.Span.Start != at || token.Span.End <= at || token.Span.End > len(text) {
				t.Fatalf("Segment(%q): token %q at %v after %d", text, token.Text, token.Span, at)
			}
			at = token.Span.End
			if folded := segment.Fold(token.Span.Of(text)); folded.Text != token.Text {
				t.Fatalf("Segment(%q): token %q stands for %q", text, token.Text, token.Span.Of(text))
			}
		}
		if at != len(text) {
			t.Fatalf("Segment(%q) ends at %d", text, at)
		}
		folded := segment.Fold(text)
		s.EachWord(folded.Text, func(start, end int) {
			if span := (corpus.Span{Start: start, End: end}); !utf8.ValidString(span.Of(folded.Text)) {
				t.Fatalf("EachWord(%q): %v cuts a character", folded.Text, span)
			}
		})
	})
}

func BenchmarkSegment(b *testing.B) {
	s := segmenter(b)
	text := strings.Repeat("政府采购管理制度不健全，未履行招标程序，涉及金额23.12万元；会议记录不完整。", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Segment(text)
	}
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("政府采购管理制度不健全，未履行招标程序，涉及金额23.12万元；会议记录不完整。", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		segment.Fold(text)
	}
}
