package gazetteer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus"
)

// Mention is a place in a text where a name with a suffix stands. Divisions holds what it can mean: those that exist
// before former ones, higher levels first; never none.
type Mention struct {
	Divisions []Division
	Span      corpus.Span
}

// name is a name with a suffix and the divisions that are called so.
type name struct {
	text  string
	means []int
}

// keyBytes is how many bytes of a name lead to it: two Han characters.
const keyBytes = 6

// key packs the first two characters of a text that begins with Han characters.
func key(text string) uint64 {
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 |
		uint64(text[3])<<24 | uint64(text[4])<<32 | uint64(text[5])<<40
}

// indexStarts lists the names with a suffix by their first two characters, the longest first.
func (g *Gazetteer) indexStarts() {
	g.starts = make(map[uint64][]name, len(g.byName))
	for text, means := range g.byName {
		k := key(text)
		g.starts[k] = append(g.starts[k], name{text: text, means: means})
	}
	for _, names := range g.starts {
		slices.SortFunc(names, func(a, b name) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
}

// nameAt returns the longest name with a suffix that stands at the beginning of the text, its length and meanings; length
// 0 where there is none.
func (g *Gazetteer) nameAt(text string) (length int, means []int) {
	if len(text) < keyBytes || text[0] < 0xE3 {
		return 0, nil
	}
	for _, n := range g.starts[key(text)] {
		if strings.HasPrefix(text, n.text) && !g.continued(n.text, text[len(n.text):]) {
			return len(n.text), n.means
		}
	}
	return 0, nil
}

// continuations are characters that make another word of a name's last character: 市 of 市场 ends no name.
var continuations = map[string][]string{
	"市": {"场", "民", "值"},
	"区": {"域", "块链", "间"},
	"县": {"域"},
	"旗": {"帜", "舰", "下"},
	"州": {"际"},
	"盟": {"友", "约"},
}

// continued reports whether the text after a name makes another word of the name's last character. In 商丘市民权县, 民 belongs
// to the county.
func (g *Gazetteer) continued(name, after string) bool {
	for _, c := range continuations[name[len(name)-3:]] {
		if strings.HasPrefix(after, c) {
			length, _ := g.nameAt(after)
			return length == 0
		}
	}
	return false
}

// standsBefore are characters that can stand before the name of a place without being part of a word with it.
const standsBefore = "对向在为由赴到至从省"

// standsAlone reports whether a name of two characters at a place in the text can be one. Most of them end other words with
// 县 after it: 示范县, 召开县委, 完成县级. One counts where no Han character stands before it, or a name or preposition.
func standsAlone(text string, at int, before []Mention) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	if !unicode.Is(unicode.Han, r) || strings.ContainsRune(standsBefore, r) {
		return true
	}
	return len(before) > 0 && before[len(before)-1].Span.End == at
}

// Mentions returns where names with a suffix stand in a text, from the left, the longest at each place, none overlapping
// another.
func (g *Gazetteer) Mentions(text string) []Mention {
	var mentions []Mention
	for i := 0; i+keyBytes <= len(text); i++ {
		if text[i] < 0xE3 {
			continue
		}
		if length, means := g.nameAt(text[i:]); length > 0 && (length > keyBytes || standsAlone(text, i, mentions)) {
			m := Mention{Span: corpus.Span{Start: i, End: i + length}}
			for _, d := range g.outranking(means) {
				m.Divisions = append(m.Divisions, g.divisions[d])
			}
			mentions = append(mentions, m)
			i += length - 1
		}
	}
	return mentions
}
