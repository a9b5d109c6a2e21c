package extract

import (
	"encoding/xml"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// docPara is the paragraph being read.
type docPara struct {
	line   strings.Builder
	like   corpus.Block
	boxes  []docLine // text boxes that it holds
	wrote  bool      // a line of it was finished
	style  string
	hidden bool // its style hides its text
	omit   bool // it belongs to a table of contents
	joined bool // its mark was deleted: it runs on into the next paragraph
}

// paragraph reads the paragraph that was just entered.
func (r *docx) paragraph() error {
	outer := r.para
	p := &docPara{like: r.like, style: r.styles.standard}
	p.line.WriteString(r.carried)
	r.para, r.carried = p, ""
	err := r.m.children(func(e xml.StartElement) (bool, error) {
		if e.Name.Local == "pPr" {
			return true, r.paragraphProperties(p)
		}
		return r.inline(e)
	}, nil)
	if p.joined && !p.omit {
		r.carried = p.line.String()
	} else {
		r.endLine(p)
	}
	*r.lines = append(*r.lines, p.boxes...)
	r.para = outer
	return err
}

// endCarried ends a text that should have run on into a paragraph, where none follows.
func (r *docx) endCarried() {
	p := &docPara{like: r.like}
	p.line.WriteString(r.carried)
	r.carried = ""
	r.endLine(p)
}

// endLine finishes the line being collected. A number belongs to the first line of its paragraph only; in an empty cell
// it is what the cell shows.
func (r *docx) endLine(p *docPara) {
	text := trimBlanks(unspace(dropMeaningless(p.line.String())))
	p.line.Reset()
	if text == "" && !p.wrote && p.like.Kind == corpus.BlockCell && p.like.Number != "" {
		text, p.like.Number = strings.Trim(p.like.Number, ".、．()（） "), ""
	}
	if text == "" || p.omit {
		return
	}
	*r.lines = append(*r.lines, docLine{text, p.like})
	p.like.Number = ""
	p.wrote = true
}

// paragraphProperties reads style, outline level and number of a paragraph.
func (r *docx) paragraphProperties(p *docPara) error {
	var own docxStyle
	own.outline = -1
	hiddenMark := false
	err := r.m.children(func(e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "pStyle":
			p.style = attribute(e, "val")
		case "rPr":
			return true, r.m.children(func(e xml.StartElement) (bool, error) {
				p.joined = p.joined || e.Name.Local == "del" || e.Name.Local == "moveFrom"
				hiddenMark = hiddenMark || e.Name.Local == "vanish" && isOn(e)
				return false, nil
			}, nil)
		default:
			return own.read(r.m, e)
		}
		return false, nil
	}, nil)
	s := r.styles.resolve(p.style)
	p.hidden, p.omit = s.hidden, strings.HasPrefix(s.name, "toc ")
	if own.outline < 0 {
		own.outline = s.outline
	}
	if level := own.outline + 1; level >= 1 && level <= 9 && p.like.Kind != corpus.BlockCell {
		p.like.Kind, p.like.Level = corpus.BlockHeading, level
	}
	if own.number == "" {
		own.number, own.level = s.number, r.numbers.levelOf(s.number, s.id, s.level)
	}
	if !p.joined && !hiddenMark && !p.omit {
		p.like.Number = r.numbers.next(own.number, own.level)
	}
	return err
}

// inline reads an element inside a paragraph.
func (r *docx) inline(e xml.StartElement) (bool, error) {
	switch e.Name.Local {
	case "r":
		return true, r.run()
	case "sdt":
		return true, r.control(r.inline)
	case "AlternateContent":
		return true, r.alternate(r.inline)
	case "ruby":
		return true, r.m.children(func(e xml.StartElement) (bool, error) {
			if e.Name.Local != "rubyBase" {
				return false, nil
			}
			return true, r.m.children(r.inline, nil)
		}, nil)
	case "t": // of a formula
		text, err := r.m.text()
		r.para.line.WriteString(text)
		return true, err
	case "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "oMath", "oMathPara", "sdtContent":
		return true, r.m.children(r.inline, nil)
	}
	return false, nil
}

// run reads a run of text of one look.
func (r *docx) run() error {
	hidden := r.para.hidden
	var enter func(e xml.StartElement) (bool, error)
	enter = func(e xml.StartElement) (bool, error) {
		p := r.para
		switch e.Name.Local {
		case "rPr":
			var err error
			hidden, err = r.isHidden(hidden)
			return true, err
		case "AlternateContent":
			return true, r.alternate(enter)
		case "drawing", "pict", "object":
			return true, r.m.children(r.drawing, nil)
		case "ruby":
			return r.inline(e)
		}
		if hidden {
			return false, nil
		}
		switch e.Name.Local {
		case "t":
			text, err := r.m.text()
			if attribute(e, "space") != "preserve" {
				text = strings.Trim(text, " \t\r\n")
			}
			p.line.WriteString(strings.NewReplacer("\r", "", "\n", " ").Replace(text))
			return true, err
		case "tab", "ptab":
			p.line.WriteByte('\t')
		case "br", "cr":
			r.endLine(p)
		case "noBreakHyphen":
			p.line.WriteByte('-')
		case "sym":
			p.line.WriteString(symbol(attribute(e, "font"), attribute(e, "char")))
		case "footnoteReference", "endnoteReference":
			r.noted = append(r.noted, strings.TrimSuffix(e.Name.Local, "Reference")+attribute(e, "id"))
		}
		return false, nil
	}
	return r.m.children(enter, nil)
}

// isHidden reads the properties of a run.
func (r *docx) isHidden(hidden bool) (bool, error) {
	err := r.m.children(func(e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "rStyle":
			hidden = hidden || r.styles.resolve(attribute(e, "val")).hidden
		case "vanish":
			hidden = isOn(e)
		}
		return false, nil
	}, nil)
	return hidden, err
}

// drawing looks for text boxes in a drawing. Their lines follow the paragraph that holds the drawing.
func (r *docx) drawing(e xml.StartElement) (bool, error) {
	switch e.Name.Local {
	case "AlternateContent":
		return true, r.alternate(r.drawing)
	case "txbxContent":
		lines, para, carried := r.lines, r.para, r.carried
		r.lines, r.para, r.carried = &para.boxes, nil, ""
		err := r.m.children(r.block, nil)
		r.endCarried()
		r.lines, r.para, r.carried = lines, para, carried
		return true, err
	}
	return true, r.m.children(r.drawing, nil)
}

// symbols are the characters of the symbol fonts that stand in forms, by font and code.
var symbols = map[string]map[int64]string{
	"wingdings":   {0x52: "☑", 0x6F: "□", 0x71: "□", 0xA8: "□", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0x6C: "●", 0x6E: "■", 0xD8: "➢", 0x76: "❖"},
	"wingdings 2": {0x50: "✓", 0x52: "☑", 0xA3: "□", 0x2A: "□", 0x4F: "✗", 0x53: "☒", 0x54: "☒"},
	"symbol":      {0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB1: "±"},
}

// symbol returns a character of a symbol font; one that has no meaning outside its font is dropped.
func symbol(font, code string) string {
	n, err := strconv.ParseInt(code, 16, 32)
	if err != nil {
		return ""
	}
	low := n
	if n >= 0xF000 && n <= 0xF0FF {
		low = n - 0xF000
	}
	if s := symbols[strings.ToLower(font)][low]; s != "" {
		return s
	}
	if n >= 0xE000 && n <= 0xF8FF || n < 0x20 {
		return ""
	}
	return string(rune(n))
}
