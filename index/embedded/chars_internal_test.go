package embedded

// This test is internal because the character index is nobody else's business.

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestChars checks segments and what they are merged to against the texts themselves.
func TestChars(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			// Many different pairs, so that there are several blocks.
			runes := rapid.SliceOfN(rapid.SampledFrom([]rune("采购管理制度不健全𠮷ab,。问题整改措施落实会议记录")), 0, 40).Draw(t, "runes")
			return string(runes)
		})
		texts := rapid.SliceOfN(text, 1, 40).Draw(t, "texts")
		var segments []*charsSegment
		b := &charsBuilder{}
		for i, s := range texts {
			b.add(needle(s))
			if rapid.IntRange(0, 5).Draw(t, "cut") == 0 || i == len(texts)-1 {
				segments = append(segments, decodeChars(t, b.encode()))
				b = &charsBuilder{first: b.end, end: b.end}
			}
		}
		live := newBitset(len(texts))
		for i := range texts {
			if rapid.IntRange(0, 9).Draw(t, "live") > 0 {
				live.set(uint32(i))
			}
		}
		merged := []*charsSegment{decodeChars(t, mergeChars(segments, live))}
		for _, part := range []string{"采购", "采", "𠮷", "a", "购管理", "健全𠮷", "，", "全"} {
			want := newBitset(len(texts))
			for i, s := range texts {
				if containsPairs(s, part) {
					want.set(uint32(i))
				}
			}
			if got := lookUp(segments, part, len(texts)); !slices.Equal(got, want) {
				t.Fatalf("%q in %q: %b, want %b", part, texts, got, want)
			}
			want.and(live)
			if got := lookUp(merged, part, len(texts)); !slices.Equal(got, want) {
				t.Fatalf("%q in %q, merged: %b, want %b", part, texts, got, want)
			}
		}
	})
}

func decodeChars(t *rapid.T, data []byte) *charsSegment {
	s, err := newCharsSegment(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func lookUp(segments []*charsSegment, part string, n int) bitset {
	out, units := newBitset(n), needle(part)
	for _, s := range segments {
		if len(units) == 2 {
			s.addBeginning(uint16(units[0])|uint16(units[1])<<8, out)
		} else {
			s.addWith(pairsOf(units), out)
		}
	}
	return out
}

// containsPairs reports whether every pair of units of part, or its one unit, is in the text.
func containsPairs(text, part string) bool {
	units := needle(part)
	if len(units) == 2 {
		return containsUnits(needle(text), units)
	}
	for i := 0; i+4 <= len(units); i += 2 {
		if !containsUnits(needle(text), units[i:i+4]) {
			return false
		}
	}
	return true
}

// TestDueMerge checks that the number of segments stays small however passages come in, and that merges are rare.
func TestDueMerge(t *testing.T) {
	for _, sizes := range [][]uint32{{1}, {30}, {1000}, {1, 1000}, {1000, 30, 1}, {5000, 1, 1, 1, 200}} {
		var segments []*charsSegment
		end, moved := uint32(0), uint32(0)
		for i := range 4000 {
			size := sizes[i%len(sizes)]
			segments = append(segments, &charsSegment{first: end, end: end + size})
			end += size
			if from := dueMerge(segments); from < len(segments)-1 {
				first := segments[from].first
				segments = append(segments[:from], &charsSegment{first: first, end: end})
				moved += end - first
			}
			if len(segments) > 60 {
				t.Fatalf("sizes %v: %d segments after %d", sizes, len(segments), i)
			}
		}
		if moved > 12*end {
			t.Errorf("sizes %v: %d passages were moved %d times", sizes, end, moved)
		}
	}
}
