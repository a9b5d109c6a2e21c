package highlight_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

func TestShared(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       []string
	}{
		{"the same", "采购未比价", "采购未比价", []string{"采购未比价"}},
		{"in the middle and at the end", "办公用品采购程序不规范", "政府采购流程不规范", []string{"采购", "不规范"}},
		{"nothing", "会议记录不全", "超标准接待", nil},
		{"one character says nothing", "采访", "采购", nil},
		{"marks alone say nothing", "甲，，。", "乙，，。", nil},
		{"markup is text", "<b>采购</b>", "<i>采购</i>", []string{">采购</"}},
		{"empty", "", "采购", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			as, bs := highlight.Shared(c.a, c.b)
			if len(as) != len(bs) {
				t.Fatalf("Shared(%q, %q) has %d and %d spans", c.a, c.b, len(as), len(bs))
			}
			var got []string
			for i := range as {
				got = append(got, as[i].Of(c.a))
				if as[i].Of(c.a) != bs[i].Of(c.b) {
					t.Errorf("span %d reads %q and %q", i, as[i].Of(c.a), bs[i].Of(c.b))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("Shared(%q, %q) = %q, want %q", c.a, c.b, got, c.want)
			}
		})
	}
}

// TestSharedHolds checks on any two texts that what is marked reads the same on both sides, in order, on whole characters.
func TestSharedHolds(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("采购不规范，。a1<é")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		as, bs := highlight.Shared(a, b)
		for _, side := range []struct {
			text  string
			spans []corpus.Span
		}{{a, as}, {b, bs}} {
			at := 0
			for _, s := range side.spans {
				if s.Start < at || s.End <= s.Start || !utf8.ValidString(s.Of(side.text)) {
					t.Fatalf("spans %v of %q", side.spans, side.text)
				}
				at = s.End
			}
		}
		for i := range as {
			if as[i].Of(a) != bs[i].Of(b) {
				t.Fatalf("%q and %q: %q beside %q", a, b, as[i].Of(a), bs[i].Of(b))
			}
		}
	})
}
