package extract

import (
	"encoding/xml"
	"strings"

	"tongjian/corpus"
)

// readDocx reads a Word document: its paragraphs with their headings and resolved numbers, its tables with merged cells,
// its text boxes behind the paragraph that holds them, its notes at the end. Tracked changes count as accepted; hidden
// text, headers and footers are left out.
func readDocx(source string, data []byte, bud *budget) (*corpus.Extract, error) {
	c, err := openContainer(data, bud)
	if err != nil {
		return nil, err
	}
	roots, err := c.relations("")
	if err != nil {
		return nil, err
	}
	main := related(roots, "officeDocument", "word/document.xml")
	links, err := c.relations(main)
	if err != nil {
		return nil, err
	}
	dir := main[:strings.LastIndexByte(main, '/')+1]
	r := &docx{notes: map[string][]docLine{}}
	if r.styles, err = readDocxStyles(c, related(links, "styles", dir+"styles.xml")); err != nil {
		return nil, err
	}
	if r.numbers, err = readNumbering(c, related(links, "numbering", dir+"numbering.xml")); err != nil {
		return nil, err
	}
	b := &builder{limit: bud.lim.Blocks}
	if err := c.markup(main, func(m *markup) error { return r.document(m, b) }); err != nil {
		return nil, err
	}
	for _, kind := range []string{"footnote", "endnote"} {
		if err := r.readNotes(c, kind, related(links, kind+"s", dir+kind+"s.xml")); err != nil {
			return nil, err
		}
	}
	for _, id := range r.noted {
		write(b, r.notes[id])
	}
	x, err := b.extract(source, "docx", decoded{encoding: encUTF8})
	if err != nil {
		return nil, err
	}
	core, err := c.coreProperties()
	if err != nil {
		return nil, err
	}
	x.Properties = mergeProperties(append(labelled(x.Text, x.Blocks), tableProperties(x)...), core)
	return x, nil
}

// docLine is a line on its way into the builder; what it is may still change.
type docLine struct {
	text  string
	block corpus.Block
}

func write(b *builder, lines []docLine) {
	for _, l := range lines {
		b.add(l.text, l.block)
	}
}

// docx reads the parts of a Word document.
type docx struct {
	m       *markup
	styles  docxStyles
	numbers *numbering
	lines   *[]docLine   // where finished lines go
	like    corpus.Block // what lines are outside headings: paragraphs, or those of a cell
	para    *docPara     // the paragraph being read
	carried string       // text of paragraphs whose mark was deleted, which runs on into the next
	tables  int
	noted   []string // notes in the order of their marks
	notes   map[string][]docLine
}

// document reads the main part, and writes each block of it when it is complete.
func (r *docx) document(m *markup, b *builder) error {
	r.m = m
	var lines []docLine
	r.lines, r.like = &lines, corpus.Block{Kind: corpus.BlockParagraph}
	drain := func() {
		write(b, lines)
		lines = lines[:0]
	}
	err := m.children(func(e xml.StartElement) (bool, error) { // document
		return true, m.children(func(e xml.StartElement) (bool, error) { // body
			if e.Name.Local != "body" {
				return false, nil
			}
			return true, m.children(func(e xml.StartElement) (bool, error) {
				done, err := r.block(e)
				drain()
				return done, err
			}, nil)
		}, nil)
	}, nil)
	r.endCarried()
	drain()
	return err
}

// readNotes reads the notes that the text refers to.
func (r *docx) readNotes(c *container, kind, part string) error {
	wanted := map[string]bool{}
	for _, id := range r.noted {
		wanted[id] = true
	}
	return c.markup(part, func(m *markup) error {
		r.m = m
		return m.visit(func(e xml.StartElement) error {
			id := kind + attribute(e, "id")
			if e.Name.Local != kind || !wanted[id] {
				return nil
			}
			var lines []docLine
			r.lines = &lines
			err := m.children(r.block, nil)
			r.endCarried()
			r.notes[id] = lines
			return err
		})
	})
}

// block reads an element that stands where paragraphs do.
func (r *docx) block(e xml.StartElement) (bool, error) {
	switch e.Name.Local {
	case "p":
		return true, r.paragraph()
	case "tbl":
		return true, r.table()
	case "sdt":
		return true, r.control(r.block)
	case "AlternateContent":
		return true, r.alternate(r.block)
	case "ins", "moveTo", "customXml", "smartTag", "sdtContent":
		return true, r.m.children(r.block, nil)
	}
	return false, nil
}

// control reads a content control; a generated table of contents repeats the headings and is left out.
func (r *docx) control(enter func(xml.StartElement) (bool, error)) error {
	contents := false
	return r.m.children(func(e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "sdtPr":
			return true, r.m.children(func(e xml.StartElement) (bool, error) {
				if e.Name.Local != "docPartObj" {
					return false, nil
				}
				return true, r.m.children(func(e xml.StartElement) (bool, error) {
					contents = contents || e.Name.Local == "docPartGallery" && attribute(e, "val") == "Table of Contents"
					return false, nil
				}, nil)
			}, nil)
		case "sdtContent":
			if contents {
				return false, nil
			}
			return true, r.m.children(enter, nil)
		}
		return false, nil
	}, nil)
}

// alternate reads the first of several forms of the same content.
func (r *docx) alternate(enter func(xml.StartElement) (bool, error)) error {
	taken := false
	return r.m.children(func(e xml.StartElement) (bool, error) {
		if taken || e.Name.Local != "Choice" && e.Name.Local != "Fallback" {
			return false, nil
		}
		taken = true
		return true, r.m.children(enter, nil)
	}, nil)
}

// isOn reads an element that switches something on unless its value says otherwise.
func isOn(e xml.StartElement) bool {
	switch attribute(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
