package segment

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus"
)

//go:embed variants.txt
var variantsFile string

// foldVersion counts changes of what Fold does beyond variants.txt.
//
//  1. width, case, traditional and compatibility characters, quotation marks
const foldVersion = "1"

// Folded is a text with the differences of writing taken out, and the way back to its source.
type Folded struct {
	// Text has as many characters as the source.
	Text string
	// steps holds, in order, the places from which on folded and source offsets differ by another amount than before.
	steps []step
}

type step struct{ folded, source int }

// Fold returns the text with every character replaced by the one that stands for it. Bytes that are no UTF-8 become
// U+FFFD, one each.
func Fold(text string) Folded {
	table := foldTable()
	first := firstFolded(text, table)
	if first == len(text) {
		return Folded{Text: text}
	}
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(text[:first])
	f := Folded{}
	for i := first; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		to := table.fold(r)
		b.WriteRune(to)
		i += size
		if utf8.RuneLen(to) != size {
			f.steps = append(f.steps, step{b.Len(), i})
		}
	}
	f.Text = b.String()
	return f
}

// firstFolded returns the offset of the first character that folding changes, len(text) where there is none.
func firstFolded(text string, table *foldingTable) int {
	for i, r := range text {
		if to := table.fold(r); to != r {
			return i
		} else if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i
			}
		}
	}
	return len(text)
}

// Source returns the offset in the source of the character at offset i of Text. The end of Text gives the end of the
// source.
func (f *Folded) Source(i int) int {
	n := sort.Search(len(f.steps), func(k int) bool { return f.steps[k].folded > i })
	if n == 0 {
		return i
	}
	s := f.steps[n-1]
	return s.source + i - s.folded
}

// SourceSpan returns the stretch of the source that a stretch of Text stands for.
func (f *Folded) SourceSpan(s corpus.Span) corpus.Span {
	return corpus.Span{Start: f.Source(s.Start), End: f.Source(s.End)}
}

// FoldRune returns the character that stands for r in folded text.
func FoldRune(r rune) rune { return foldTable().fold(r) }

// foldingTable maps the characters of the basic plane by two levels of pages and the others by a map.
type foldingTable struct {
	pages [256]*[256]uint16
	other map[rune]rune
}

func (t *foldingTable) fold(r rune) rune {
	if uint32(r) < 0x10000 {
		if page := t.pages[r>>8]; page != nil {
			if to := page[r&0xFF]; to != 0 {
				return rune(to)
			}
		}
		return r
	}
	if to, ok := t.other[r]; ok {
		return to
	}
	return unicode.ToLower(r)
}

func (t *foldingTable) set(from, to rune) {
	if from >= 0x10000 || to >= 0x10000 {
		// A page holds targets of the basic plane only; the few others are rare characters and stay as they are.
		if from >= 0x10000 {
			t.other[from] = to
		}
		return
	}
	page := t.pages[from>>8]
	if page == nil {
		page = new([256]uint16)
		t.pages[from>>8] = page
	}
	page[from&0xFF] = uint16(to)
}

// foldTable is built once; it is a constant in all but form.
var foldTable = sync.OnceValue(func() *foldingTable {
	t := &foldingTable{other: map[rune]rune{}}
	for r := rune(0); r < 0x10000; r++ {
		if to := plain(r); to != r {
			t.set(r, to)
		}
	}
	for line := range strings.Lines(variantsFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		pair := []rune(strings.TrimSuffix(line, "\n"))
		for i := 0; i+1 < len(pair); i += 2 {
			t.set(pair[i], pair[i+1])
		}
	}
	return t
})

// plain folds width, case and the shapes of quotation marks and blanks.
func plain(r rune) rune {
	switch r {
	case '“', '”', '„', '‟', '＂':
		return '"'
	case '‘', '’', '‚', '‛', '＇':
		return '\''
	case '￥':
		return '¥'
	case '　', '\u00A0':
		return ' '
	case '—', '–', '―', '‒':
		return '—'
	case '•', '∙', '⋅', '‧', '・', '·':
		return '·'
	}
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	if lower := unicode.ToLower(r); lower < 0x10000 {
		return lower
	}
	return r
}

// foldingHash identifies what Fold does.
func foldingHash() string {
	sum := sha256.Sum256([]byte(foldVersion + "\n" + variantsFile))
	return hex.EncodeToString(sum[:4])
}
