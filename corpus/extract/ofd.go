package extract

import (
	"encoding/xml"
	"math"
	"path"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// readOFD reads the Chinese format of fixed pages: its pieces of text by their places, laid out as those of a PDF.
func readOFD(source string, data []byte, bud *budget) (*corpus.Extract, error) {
	c, err := openContainer(data, bud)
	if err != nil {
		return nil, err
	}
	o := &ofd{c: c, templates: map[string]string{}}
	if err := o.readRoot(); err != nil {
		return nil, err
	}
	var pages []pagePart
	var on flow
	glyphs := 0
	for _, d := range o.documents {
		if err := o.readDocument(d); err != nil {
			return nil, err
		}
		if n := len(o.pages); n > bud.lim.Pages {
			limit := strconv.Itoa(bud.lim.Pages) + " 页"
			return nil, bud.tooLarge("pages", "的页数超过上限 "+limit, "不超过 "+limit)
		}
		for _, part := range o.pages {
			p, err := o.readPage(part)
			if err != nil {
				return nil, err
			}
			glyphs += len(p.glyphs)
			pages = append(pages, layPage(p.glyphs, p.rules, p.height, &on))
		}
	}
	if glyphs == 0 {
		return nil, needsOCR(source, "没有文字，可能是扫描件")
	}
	b := &builder{limit: bud.lim.Blocks}
	writePages(b, pages)
	x, err := b.extract(source, "ofd", decoded{encoding: encUTF8})
	if err != nil {
		return nil, err
	}
	x.Properties = mergeProperties(append(labelled(x.Text, x.Blocks), tableProperties(x)...), o.properties)
	return x, nil
}

// ofd reads the parts of an OFD file.
type ofd struct {
	c          *container
	documents  []string
	pages      []string
	templates  map[string]string // parts of page templates by their identifiers
	height     float64           // of pages that do not say theirs
	properties []corpus.Property
}

func (o *ofd) readRoot() error {
	names := map[string]string{"Title": "title", "CreationDate": "created", "Author": "creator"}
	return o.c.markup("OFD.xml", func(m *markup) error {
		return m.visit(func(e xml.StartElement) error {
			name := names[e.Name.Local]
			if name == "" && e.Name.Local != "DocRoot" {
				return nil
			}
			text, err := m.text()
			value := oneLine(text)
			switch {
			case name == "":
				o.documents = append(o.documents, partName(value))
			case value != "" && len(value) <= maxLabelLine:
				o.properties = append(o.properties, corpus.Property{Name: name, Value: value})
			}
			return err
		})
	})
}

// readDocument lists the pages of a document.
func (o *ofd) readDocument(part string) error {
	o.pages, o.height = nil, 297
	return o.c.markup(part, func(m *markup) error {
		return m.visit(func(e xml.StartElement) error {
			at := attribute(e, "BaseLoc")
			switch e.Name.Local {
			case "Page":
				o.pages = append(o.pages, resolvePart(part, at))
			case "TemplatePage":
				o.templates[attribute(e, "ID")] = resolvePart(part, at)
			case "PhysicalBox":
				text, err := m.text()
				if box := floats(text); len(box) == 4 {
					o.height = box[3]
				}
				return err
			}
			return nil
		})
	})
}

func resolvePart(from, location string) string {
	if strings.HasPrefix(location, "/") {
		return partName(location)
	}
	return partName(path.Join(path.Dir(from), location))
}

func floats(s string) []float64 {
	var out []float64
	for f := range strings.FieldsSeq(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			v = 0
		}
		if out = append(out, v); len(out) > 1<<16 {
			break
		}
	}
	return out
}

// ofdPage is what stands on one page; places are in millimetres, y going up.
type ofdPage struct {
	glyphs []placed
	rules  []rule
	height float64
}

func (o *ofd) readPage(part string) (*ofdPage, error) {
	p := &ofdPage{height: o.height}
	var template string
	err := o.readObjects(part, p, &template)
	if err == nil && o.templates[template] != "" {
		err = o.readObjects(o.templates[template], p, nil)
	}
	for i := range p.glyphs {
		p.glyphs[i].y = p.height - p.glyphs[i].y
	}
	for i, r := range p.rules {
		p.rules[i].y1, p.rules[i].y2 = p.height-r.y2, p.height-r.y1
	}
	return p, err
}

// readObjects reads the pieces of text and the lines of a page or its template. Places count from the top here.
func (o *ofd) readObjects(part string, p *ofdPage, template *string) error {
	return o.c.markup(part, func(m *markup) error {
		return m.visit(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "PhysicalBox":
				text, err := m.text()
				if box := floats(text); len(box) == 4 {
					p.height = box[3]
				}
				return err
			case "Template":
				if template != nil {
					*template = attribute(e, "TemplateID")
				}
			case "TextObject":
				return o.readText(m, e, p)
			case "PathObject":
				if box := floats(attribute(e, "Boundary")); len(box) == 4 && (box[2] < 0.5 || box[3] < 0.5) && len(p.rules) < maxTableRules {
					p.rules = append(p.rules, rule{box[0], box[1], box[0] + box[2], box[1] + box[3]})
				}
			}
			return nil
		})
	})
}

// readText reads one piece of text: codes with the places of their characters.
func (o *ofd) readText(m *markup, e xml.StartElement, p *ofdPage) error {
	box := append(floats(attribute(e, "Boundary")), 0, 0, 0, 0)
	size, err := strconv.ParseFloat(attribute(e, "Size"), 64)
	if err != nil || size <= 0 || size > 1000 {
		size = 3
	}
	ctm := [6]float64{1, 0, 0, 1, 0, 0}
	if v := floats(attribute(e, "CTM")); len(v) == 6 {
		ctm = [6]float64(v)
	}
	scale := math.Hypot(ctm[0], ctm[1])
	aslant := math.Abs(ctm[1]) > 0.05*math.Abs(ctm[0])
	var x, y float64
	return m.children(func(e xml.StartElement) (bool, error) {
		if e.Name.Local != "TextCode" {
			return false, nil
		}
		if v := floats(attribute(e, "X")); len(v) > 0 {
			x = v[0]
		}
		if v := floats(attribute(e, "Y")); len(v) > 0 {
			y = v[0]
		}
		dx, dy := deltas(attribute(e, "DeltaX")), deltas(attribute(e, "DeltaY"))
		text, err := m.text()
		if aslant {
			return true, err
		}
		text = strings.Trim(text, "\r\n")
		i, cx, cy := 0, x, y
		for _, r := range text {
			wide := size
			if r < 0x2E80 {
				wide = size / 2
			}
			px, py := ctm[0]*cx+ctm[2]*cy+ctm[4]+box[0], ctm[1]*cx+ctm[3]*cy+ctm[5]+box[1]
			p.glyphs = append(p.glyphs, placed{text: foldRadicals(string(r)), x: px, end: px + wide*scale, y: py, size: size * scale})
			step := wide
			if i < len(dx) {
				step = dx[i]
			} else if len(dy) > i {
				step = 0
			}
			cx += step
			if i < len(dy) {
				cy += dy[i]
			}
			i++
		}
		return true, err
	}, nil)
}

// deltas reads distances between characters; "g 3 4.2" stands for three times 4.2.
func deltas(s string) []float64 {
	var out []float64
	fields := strings.Fields(s)
	for i := 0; i < len(fields) && len(out) < 1<<16; i++ {
		if fields[i] == "g" && i+2 < len(fields) {
			n, err := strconv.Atoi(fields[i+1])
			v := floats(fields[i+2])
			for range min(n, 1<<16) {
				out = append(out, v[0])
			}
			if err != nil {
				return out
			}
			i += 2
			continue
		}
		out = append(out, floats(fields[i])...)
	}
	return out
}
