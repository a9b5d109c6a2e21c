package extract

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// oldFormats are the number formats of the old Word format, under the names of the new one.
var oldFormats = map[int]string{
	0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital", 11: "japaneseCounting",
	14: "decimalFullWidth", 16: "japaneseLegal", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
	27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac",
	33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
	38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}

// The sizes of the fixed parts of lists.
const (
	listSize    = 28
	levelSize   = 28
	listUseSize = 16
)

// lists reads the lists of a document and returns what numbers by them.
func (d *docFile) lists() *numbering {
	n := &numbering{uses: map[string]*listUse{}}
	table := d.part(fibLists)
	count := le16(table, 0)
	if len(table) < 2 || 2+count*listSize > len(table) {
		return n
	}
	// The levels stand behind the lists, outside of what the header counts.
	at := le32(d.main, fibLists) + 2 + count*listSize
	byID := map[int]*list{}
	for i := range count {
		head := table[2+i*listSize:]
		l := &list{}
		levels := listLevels
		if head[26]&1 != 0 {
			levels = 1
		}
		for k := range levels {
			l.levels[k], at = d.listLevel(at)
		}
		byID[le32(head, 0)] = l
	}
	d.listUses(n, byID)
	return n
}

// listLevel reads one level and returns where the next one begins.
func (d *docFile) listLevel(at int) (listLevel, int) {
	if at+levelSize > len(d.table) {
		return listLevel{format: "none"}, len(d.table)
	}
	b := d.table[at:]
	level := listLevel{start: listStart(strconv.Itoa(int(int32(le32(b, 0))))), format: oldFormats[int(b[4])], legal: b[5]&4 != 0, restart: -1}
	if level.format == "" {
		level.format = "decimal"
	}
	if b[5]&8 != 0 { // it begins anew only where it says so
		level.restart = int(b[26])
	}
	text := levelSize + int(b[24]) + int(b[25])
	n := min(le16(b, text), 256)
	var out strings.Builder
	for i := range n {
		c := le16(b, text+2+2*i)
		if c < listLevels {
			out.WriteString("%" + strconv.Itoa(c+1))
		} else {
			out.WriteString(string(utf16.Decode([]uint16{uint16(c)})))
		}
	}
	level.text = out.String()
	return level, at + text + 2 + 2*n
}

// listUses reads the instances of lists, which paragraphs name by their place from 1.
func (d *docFile) listUses(n *numbering, lists map[int]*list) {
	table := d.part(fibListUses)
	count := le32(table, 0)
	if count > (len(table)-4)/listUseSize || len(table) < 4 {
		return
	}
	at := le32(d.main, fibListUses) + 4 + count*listUseSize
	for i := range count {
		head := table[4+i*listUseSize:]
		use := &listUse{list: lists[le32(head, 0)], levels: map[int]listLevel{}, starts: map[int]int{}}
		at += 4
		for range head[12] {
			if at+8 > len(d.table) {
				break
			}
			start, flags := le32(d.table, at), le32(d.table, at+4)
			level := flags & 0xF
			at += 8
			if flags&0x10 != 0 && level < listLevels {
				use.starts[level] = listStart(strconv.Itoa(start))
			}
			if flags&0x20 != 0 {
				var l listLevel
				if l, at = d.listLevel(at); level < listLevels {
					use.levels[level] = l
				}
			}
		}
		if use.list != nil {
			n.uses[strconv.Itoa(i+1)] = use
		}
	}
}
