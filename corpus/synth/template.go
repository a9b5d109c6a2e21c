package synth

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// template is a text with blanks to fill in.
type template []piece

// piece is a literal, a choice between literals, or the name of a blank.
type piece struct {
	literal string
	choices []string
	blank   string
}

// compile reads a template: {a|b} chooses, {n} is a blank. Half-width punctuation becomes full-width where wide is set; the
// figures that fill blanks keep theirs.
func compile(text string, wide bool) template {
	if wide {
		text = widen.Replace(text)
	}
	var t template
	for text != "" {
		before, after, found := strings.Cut(text, "{")
		if before != "" {
			t = append(t, piece{literal: before})
		}
		if !found {
			break
		}
		inside, rest, _ := strings.Cut(after, "}")
		if strings.Contains(inside, "|") {
			t = append(t, piece{choices: strings.Split(inside, "|")})
		} else {
			t = append(t, piece{blank: inside})
		}
		text = rest
	}
	return t
}

// widen makes punctuation full-width.
var widen = strings.NewReplacer(",", "，", ":", "：", ";", "；", "(", "（", ")", "）")

// filler fills the blanks of templates for one inspection.
type filler struct {
	rng     *rand.Rand
	unit    *Unit
	year    int
	details int // clauses that tell more of a measure
	last    int // the last {n} or {N}
	buf     []byte
}

// fill returns the template's text with every blank filled in.
func (f *filler) fill(t template) string {
	f.buf = f.buf[:0]
	for _, p := range t {
		switch {
		case p.choices != nil:
			f.buf = append(f.buf, p.choices[f.rng.IntN(len(p.choices))]...)
		case p.blank != "":
			f.blank(p.blank)
		default:
			f.buf = append(f.buf, p.literal...)
		}
	}
	return string(f.buf)
}

// blank appends what fills a blank. A name that is not known is a mistake in the embedded texts, which the tests catch.
func (f *filler) blank(name string) {
	switch name {
	case "n":
		f.last = f.number(2, 9)
	case "N":
		f.last = f.number(11, 68)
	case "<":
		f.number(1, max(1, f.last/2))
	case "m":
		f.number(1, 12)
	case "p":
		f.number(31, 89)
		f.buf = append(f.buf, '%')
	case "y":
		f.number(f.year-2, f.year-1)
	case "a":
		f.decimal(1, 96)
		f.buf = append(f.buf, "万元"...)
	case "A":
		f.decimal(102, 980)
		f.buf = append(f.buf, "万元"...)
	case "k":
		f.yuan()
	case "w":
		f.buf = append(f.buf, f.unit.work[f.rng.IntN(len(f.unit.work))]...)
	case "sn":
		f.buf = append(f.buf, f.unit.Short...)
	case "o":
		f.buf = append(f.buf, f.unit.word...)
	case "pb":
		f.buf = append(f.buf, f.unit.word+f.unit.body...)
	case "lv":
		f.buf = append(f.buf, f.unit.place.word()...)
	default:
		panic(fmt.Sprintf("synth: no blank %q", name))
	}
}

// number appends a number between two bounds, both included, and returns it.
func (f *filler) number(low, high int) int {
	n := low + f.rng.IntN(high-low+1)
	f.buf = strconv.AppendInt(f.buf, int64(n), 10)
	return n
}

// decimal appends a number with two decimals.
func (f *filler) decimal(low, high int) {
	f.number(low, high)
	f.buf = append(f.buf, '.', byte('0'+f.rng.IntN(10)), byte('1'+f.rng.IntN(9)))
}

// yuan appends a sum in yuan, with a thousands separator where it is printed with cents.
func (f *filler) yuan() {
	f.number(1, 48)
	if f.rng.IntN(3) == 0 {
		f.buf = append(f.buf, ',')
		f.number(100, 999)
		f.buf = append(f.buf, ".50"...)
	} else {
		f.number(100, 999)
	}
	f.buf = append(f.buf, "元"...)
}

// numerals are the Chinese digits.
var numerals = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// chinese writes a number from 1 to 99 in Chinese numerals.
func chinese(n int) string {
	tens, ones := n/10, n%10
	switch tens {
	case 0:
		return numerals[ones]
	case 1:
		return "十" + numerals[ones]
	}
	return numerals[tens] + "十" + numerals[ones]
}
