package extract

import "sort"

// fcRun is a stretch of the main stream with the properties of its characters or paragraphs.
type fcRun struct {
	from, to int
	style    int // of paragraphs
	sprms    []byte
}

// pageOfRuns is the size of the pages in which properties are kept.
const pageOfRuns = 512

// runs reads the properties of paragraphs or characters, in the order of their places.
func (d *docFile) runs(part int, paragraphs bool) []fcRun {
	table := d.part(part)
	n := (len(table) - 4) / 8
	var out []fcRun
	for i := range max(0, n) {
		start := (le32(table, 4*(n+1)+4*i) & 0x3FFFFF) * pageOfRuns
		if start+pageOfRuns > len(d.main) {
			continue
		}
		page := d.main[start : start+pageOfRuns]
		count := int(page[pageOfRuns-1])
		for k := range count {
			r := fcRun{from: le32(page, 4*k), to: le32(page, 4*k+4)}
			if paragraphs {
				r.readParagraph(page, 4*(count+1)+13*k)
			} else {
				r.readCharacters(page, 4*(count+1)+k)
			}
			out = append(out, r)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}

func (r *fcRun) readParagraph(page []byte, at int) {
	if at >= len(page) || page[at] == 0 {
		return
	}
	at = int(page[at]) * 2
	if at+2 > len(page) {
		return
	}
	size := 2*int(page[at]) - 1
	if at++; size < 0 {
		size = 2 * int(page[at])
		at++
	}
	r.style = le16(page, at)
	if end := min(at+size, len(page)); at+2 < end {
		r.sprms = page[at+2 : end]
	}
}

func (r *fcRun) readCharacters(page []byte, at int) {
	if at >= len(page) || page[at] == 0 {
		return
	}
	at = int(page[at]) * 2
	if at < len(page) {
		r.sprms = page[at+1 : min(at+1+int(page[at]), len(page))]
	}
}

// runAt returns the run at a place, nil where there is none.
func runAt(runs []fcRun, at int) *fcRun {
	i := sort.Search(len(runs), func(i int) bool { return runs[i].from > at }) - 1
	if i < 0 || at >= runs[i].to {
		return nil
	}
	return &runs[i]
}

// The properties that are read, by their codes.
const (
	sprmDeleted   = 0x0800
	sprmHidden    = 0x083C
	sprmInTable   = 0x2416
	sprmRowEnd    = 0x2417
	sprmListLevel = 0x260A
	sprmOutline   = 0x2640
	sprmList      = 0x460B
	sprmTable     = 0xD608
	sprmTabs      = 0xC615
	sprmElsewhere = 0x6646 // the properties stand in the data stream, where the operand says
)

// eachSprm calls f for every property with its operand.
func eachSprm(b []byte, f func(code int, operand []byte)) {
	for len(b) >= 2 {
		code := le16(b, 0)
		b = b[2:]
		size := [...]int{1, 1, 2, 4, 2, 2, 0, 3}[code>>13]
		if size == 0 {
			switch {
			case code == sprmTable:
				size = le16(b, 0) + 1
			case len(b) > 0:
				size = int(b[0]) + 1
			}
			if code == sprmTabs && size == 256 {
				return // longer than its length can say; nothing that is needed stands behind it
			}
		}
		if size <= 0 || size > len(b) {
			return
		}
		f(code, b[:size])
		b = b[size:]
	}
}

// isUnseen reports whether the properties of characters hide them or mark them as deleted.
func isUnseen(sprms []byte) bool {
	unseen := false
	eachSprm(sprms, func(code int, operand []byte) {
		if code == sprmHidden || code == sprmDeleted {
			unseen = unseen || operand[0]&1 != 0
		}
	})
	return unseen
}

// paraProps is what is read of the properties of a paragraph.
type paraProps struct {
	inTable, rowEnd bool
	outline         int // from 0; 9 and -1 are running text
	list, level     int // the number of the list from 1; 0 is none
	table           []byte
}

func (p *paraProps) apply(sprms []byte) {
	eachSprm(sprms, func(code int, operand []byte) {
		switch code {
		case sprmInTable:
			p.inTable = operand[0] != 0
		case sprmRowEnd:
			p.rowEnd = operand[0] != 0
		case sprmOutline:
			p.outline = int(operand[0])
		case sprmList:
			p.list = le16(operand, 0)
		case sprmListLevel:
			p.level = int(operand[0])
		case sprmTable:
			p.table = operand
		}
	})
}

// docStyle is a paragraph style of the old format.
type docStyle struct {
	builtin, base int
	sprms         []byte
}

// styles reads the style sheet.
func (d *docFile) styles() []docStyle {
	sheet := d.part(fibStyles)
	at := 2 + le16(sheet, 0)
	count, base := le16(sheet, 2), le16(sheet, 4)
	var out []docStyle
	for range min(count, 4096) {
		size := le16(sheet, at)
		at += 2
		if at+size > len(sheet) {
			break
		}
		out = append(out, readDocStyle(sheet[at:at+size], base))
		at += size + size%2
	}
	return out
}

func readDocStyle(b []byte, base int) docStyle {
	s := docStyle{builtin: le16(b, 0) & 0xFFF, base: le16(b, 2) >> 4}
	const paragraphStyle = 1
	if len(b) == 0 || le16(b, 2)&0xF != paragraphStyle {
		s.builtin = 0xFFF
		return s
	}
	at := base + 2 + 2*le16(b, base) + 2 // behind the name
	size := le16(b, at)
	if start, end := at+4, at+2+size; start <= end && end <= len(b) {
		s.sprms = b[start:end]
	}
	return s
}

// The numbers of the built-in styles that are headings; those from 1 to 9 are the levels.
const (
	builtinTitle = 62
	builtinTOC   = 19 // the first of nine
)

// properties returns the properties of a paragraph of a style. omit says that it belongs to a table of contents.
func (d *word97) properties(r *fcRun) (p paraProps, omit bool) {
	p.outline = -1
	if r == nil {
		return p, false
	}
	var chain []docStyle
	for n := r.style; n < len(d.styles) && len(chain) < 12; n = d.styles[n].base {
		chain = append(chain, d.styles[n])
	}
	for i := len(chain) - 1; i >= 0; i-- {
		s := chain[i]
		switch b := s.builtin; {
		case b >= 1 && b <= 9:
			p.outline = b - 1
		case b == builtinTitle:
			p.outline = 0
		case b >= builtinTOC && b < builtinTOC+9:
			omit = true
		}
		p.apply(s.sprms)
	}
	p.apply(r.sprms)
	eachSprm(r.sprms, func(code int, operand []byte) {
		if at := le32(operand, 0); code == sprmElsewhere && at+2 <= len(d.data) {
			p.apply(d.data[at+2 : min(len(d.data), at+2+le16(d.data, at))])
		}
	})
	return p, omit
}
