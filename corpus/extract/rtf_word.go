package extract

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// control reads a control word or symbol behind its backslash.
func (r *rtf) control() {
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		r.symbol(c)
		return
	}
	start := r.at
	for r.at < len(r.data) && r.data[r.at]|0x20 >= 'a' && r.data[r.at]|0x20 <= 'z' {
		r.at++
	}
	word := string(r.data[start:min(r.at, start+32)])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' && r.at-start < 12 {
		r.at++
	}
	value, err := strconv.Atoi(string(r.data[start:r.at]))
	if err != nil {
		value = -1
	}
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	if r.toSkip > 0 && word != "u" {
		r.toSkip = 0
	}
	r.decode()
	r.word(word, value)
}

func (r *rtf) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 <= len(r.data) {
			n, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8)
			r.at += 2
			if err == nil {
				r.literal(byte(n))
			}
		}
	case '*':
		r.state.skip = true // a destination that old readers do not know; the few that are text say so
	case '~':
		r.decode()
		r.write("\u00a0")
	case '_':
		r.literal('-')
	case '\\', '{', '}':
		r.literal(c)
	case '\r', '\n':
		r.decode()
		r.endParagraph(false)
	}
}

// notText are the destinations that hold no text.
var notText = strings.Fields("fonttbl colortbl info pict header headerl headerr headerf footer footerl footerr footerf listtable listoverridetable " +
	"themedata colorschememapping datastore latentstyles generator rsidtbl xmlnstbl fldinst object objdata annotation atnid atnauthor tc xe bkmkstart bkmkend " +
	"nonesttables nonesttables shpinst shprslt nonshppict filetbl revtbl userprops pgdsctbl")

func (r *rtf) word(word string, value int) {
	switch word {
	case "par", "sect":
		r.endParagraph(false)
	case "cell":
		r.endParagraph(true)
	case "nestcell": // of a table inside a cell, whose lines are the cell's
		r.piece()
	case "row":
		r.endRow()
	case "line", "page", "column":
		r.piece()
	case "tab":
		r.write("\t")
	case "u":
		r.unicode(value)
	case "uc":
		r.state.fallback = max(0, value)
	case "ansicpg":
		r.codepage = codepageOf(value)
	case "f":
		if r.state.font = value; r.state.fonts {
			r.fontID = value
		}
	case "fcharset":
		if e := charsetOf(value); e != nil && r.state.fonts {
			r.charsets[r.fontID] = e
		}
	case "fonttbl":
		r.state.fonts, r.state.skip = true, true
	case "v", "deleted":
		r.state.unseen = value != 0
	case "plain":
		r.state.unseen = false
	case "listtext", "pntext":
		r.state.number, r.state.skip = true, false
	case "footnote", "shptxt":
		r.state.skip = false
		r.startNote()
	case "emdash":
		r.write("—")
	case "endash":
		r.write("–")
	case "lquote":
		r.write("‘")
	case "rquote":
		r.write("’")
	case "ldblquote":
		r.write("“")
	case "rdblquote":
		r.write("”")
	case "bullet":
		r.write("•")
	case "bin":
		r.at = min(len(r.data), r.at+max(0, value))
	default:
		r.layout(word, value)
	}
}

// layout reads what says where text stands.
func (r *rtf) layout(word string, value int) {
	switch word {
	case "pard":
		r.inTable, r.outline = false, -1
	case "intbl":
		r.inTable = true
	case "stylesheet":
		r.state.styles, r.state.skip = true, true
	case "s":
		if level, ok := r.levels[value]; ok && !r.state.styles {
			r.outline = level
		}
		r.styleID = value
	case "outlinelevel":
		if r.state.styles {
			r.levels[r.styleID] = value
		} else {
			r.outline = value
		}
	case "trowd":
		r.borders, r.merge, r.merging = []int{0}, nil, 0
	case "trleft":
		if len(r.borders) == 1 {
			r.borders[0] = value
		}
	case "clvmgf":
		r.merging |= mergedVertical | mergedRestart
	case "clvmrg":
		r.merging |= mergedVertical
	case "clmrg":
		r.merging |= mergedLeft
	case "cellx":
		if len(r.borders) > 0 && len(r.borders) < maxSpan {
			r.borders, r.merge, r.merging = append(r.borders, value), append(r.merge, r.merging), 0
		}
	default:
		if slices.Contains(notText, word) {
			r.state.skip = true
		}
	}
}

// unicode writes a character that is given by its number, and skips what stands for it in old readers.
func (r *rtf) unicode(value int) {
	c := rune(uint16(int16(value)))
	r.toSkip = r.state.fallback
	switch {
	case utf16.IsSurrogate(c) && r.high == 0:
		r.high = c
		return
	case r.high != 0:
		c = utf16.DecodeRune(r.high, c)
		r.high = 0
	}
	r.write(string(c))
}
