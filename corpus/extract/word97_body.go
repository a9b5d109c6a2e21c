package extract

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"tongjian/corpus"
)

// word97 turns the characters of an old Word document into lines.
type word97 struct {
	*docFile
	styles     []docStyle
	numbers    *numbering
	paragraphs []fcRun
	characters []fcRun
	lines      []docLine
	line       strings.Builder
	pieces     []string // finished lines of the paragraph
	fields     []bool   // open fields; true while in their code, which is not shown
	table      *oldTable
	tables     int
}

// readDoc reads an old Word document: paragraphs with their headings and numbers, tables, notes and text boxes.
func readDoc(source string, c *compound, bud *budget) (*corpus.Extract, error) {
	f, err := openDoc(c, bud)
	if err != nil {
		return nil, err
	}
	d := &word97{docFile: f, styles: f.styles(), numbers: f.lists(), paragraphs: f.runs(fibPapx, true), characters: f.runs(fibChpx, false)}
	b := &builder{limit: bud.lim.Blocks}
	for _, part := range []int{docMain, docFootnotes, docEndnotes, docBoxes} {
		if err := d.read(part); err != nil {
			return nil, err
		}
		write(b, d.lines)
		d.lines = nil
	}
	x, err := b.extract(source, "doc", decoded{encoding: encUTF8})
	if err != nil {
		return nil, err
	}
	x.Properties = mergeProperties(append(labelled(x.Text, x.Blocks), tableProperties(x)...))
	return x, nil
}

// The characters that stand for something else in the text.
const (
	charCell       = 0x07
	charLine       = 0x0B
	charPage       = 0x0C
	charParagraph  = 0x0D
	charColumn     = 0x0E
	charFieldOpen  = 0x13
	charFieldShow  = 0x14
	charFieldClose = 0x15
	charHyphen     = 0x1E
)

// read reads one part of the text.
func (d *word97) read(part int) error {
	start, end := d.bounds(part)
	for i := start; i < end; i++ {
		if err := d.bud.tick(); err != nil {
			return err
		}
		if run := runAt(d.characters, d.at[i]); run != nil && isUnseen(run.sprms) {
			continue
		}
		d.char(i, end)
	}
	d.endParagraph(nil, false)
	d.endTable()
	d.fields = nil
	return nil
}

func (d *word97) char(i, end int) {
	switch r := d.chars[i]; r {
	case charFieldOpen:
		d.fields = append(d.fields, true)
	case charFieldShow:
		if n := len(d.fields); n > 0 {
			d.fields[n-1] = false
		}
	case charFieldClose:
		if n := len(d.fields); n > 0 {
			d.fields = d.fields[:n-1]
		}
	case charParagraph, charCell:
		d.endParagraph(runAt(d.paragraphs, d.at[i]), r == charCell)
	default:
		if slices.Contains(d.fields, true) {
			return
		}
		switch {
		case r == charLine, r == charPage, r == charColumn:
			d.pieces = append(d.pieces, d.line.String())
			d.line.Reset()
		case r == charHyphen:
			d.line.WriteByte('-')
		case utf16.IsSurrogate(r):
			if i+1 < end {
				if pair := utf16.DecodeRune(r, d.chars[i+1]); pair != '\uFFFD' {
					d.line.WriteRune(pair)
				}
			}
		case r >= 0xF000 && r <= 0xF0FF: // of a symbol font
		case r == '\t' || r >= ' ':
			d.line.WriteRune(r)
		}
	}
}

// endParagraph finishes a paragraph, and the cell or row that ends with it.
func (d *word97) endParagraph(run *fcRun, cell bool) {
	pieces := append(d.pieces, d.line.String())
	d.pieces = nil
	d.line.Reset()
	p, omit := d.properties(run)
	if p.rowEnd {
		if d.table != nil {
			d.table.endRow(rowDefinition(p.table))
		}
		return
	}
	if !p.inTable && !cell {
		d.endTable()
	} else if d.table == nil {
		d.table = &oldTable{id: d.tables}
		d.tables++
	}
	if omit {
		return
	}
	like := corpus.Block{Kind: corpus.BlockParagraph}
	if d.table != nil {
		like = corpus.Block{Kind: corpus.BlockCell}
	} else if p.outline >= 0 && p.outline < 9 {
		like = corpus.Block{Kind: corpus.BlockHeading, Level: p.outline + 1}
	}
	like.Number = d.numbers.next(strconv.Itoa(p.list), p.level)
	wrote := false
	for _, text := range pieces {
		text = trimBlanks(unspace(dropMeaningless(text)))
		if text == "" {
			continue
		}
		d.emit(docLine{text, like})
		like.Number, wrote = "", true
	}
	if d.table != nil {
		if n := strings.Trim(like.Number, ".、．()（） "); !wrote && n != "" {
			like.Number = ""
			d.emit(docLine{n, like})
		}
		if cell {
			d.table.endCell()
		}
	}
}

func (d *word97) emit(l docLine) {
	if d.table == nil {
		d.lines = append(d.lines, l)
		return
	}
	d.table.add(l)
}

// endTable writes the table that was being read.
func (d *word97) endTable() {
	if d.table != nil {
		d.lines = append(d.lines, d.table.finish()...)
		d.table = nil
	}
}
