package extract

import (
	"slices"
	"strings"
	"unicode"

	"tongjian/corpus"
)

// piece ends a line inside a paragraph.
func (r *rtf) piece() {
	r.pieces = append(r.pieces, r.line.String())
	r.line.Reset()
}

func (r *rtf) endParagraph(cell bool) {
	if r.state.skip {
		return
	}
	r.piece()
	pieces, number := r.pieces, trimBlanks(dropMeaningless(r.label.String()))
	r.pieces = nil
	r.label.Reset()
	if strings.IndexFunc(number, countsItems) < 0 {
		number = "" // a bullet
	}
	like := corpus.Block{Kind: corpus.BlockParagraph, Number: number}
	switch {
	case r.state.note:
	case r.inTable || cell:
		like.Kind = corpus.BlockCell
		if r.table == nil {
			r.table = &oldTable{id: r.tables}
			r.tables++
		}
	default:
		r.endTable()
		if r.outline >= 0 && r.outline < 9 {
			like.Kind, like.Level = corpus.BlockHeading, r.outline+1
		}
	}
	for _, text := range pieces {
		if text = trimBlanks(unspace(dropMeaningless(text))); text != "" {
			r.emit(docLine{text, like})
			like.Number = ""
		}
	}
	if cell && r.table != nil {
		if n := strings.Trim(like.Number, ".、．()（） "); n != "" {
			like.Number = ""
			r.emit(docLine{n, like})
		}
		r.table.endCell()
	}
}

func (r *rtf) emit(l docLine) {
	switch {
	case r.state.note:
		r.notes = append(r.notes, l)
	case r.table != nil:
		r.table.add(l)
	default:
		r.lines = append(r.lines, l)
	}
}

func (r *rtf) endRow() {
	if r.table != nil {
		r.table.endRow(slices.Clone(r.borders), slices.Clone(r.merge))
	}
}

func (r *rtf) endTable() {
	if r.table != nil {
		r.lines = append(r.lines, r.table.finish()...)
		r.table = nil
	}
}

func (r *rtf) startNote() {
	if len(r.kept) < maxGroups {
		r.kept = append(r.kept, rtfKept{r.line.String(), r.label.String(), r.pieces})
		r.line.Reset()
		r.label.Reset()
		r.pieces = nil
		r.state.note = true
	}
}

func (r *rtf) endNote() {
	r.endParagraph(false)
	if n := len(r.kept); n > 0 {
		k := r.kept[n-1]
		r.kept = r.kept[:n-1]
		r.line.Reset()
		r.line.WriteString(k.line)
		r.label.WriteString(k.label)
		r.pieces = k.pieces
	}
}

// countsItems reports whether a character can be part of a number: a digit, a letter, a Chinese numeral, one in a circle.
func countsItems(c rune) bool {
	return unicode.IsDigit(c) || isHan(c) || c >= 0x2460 && c <= 0x24FF || c >= 0x2776 && c <= 0x2793 || c >= 0x3220 && c <= 0x32FF ||
		c < 0x2000 && unicode.IsLetter(c)
}
