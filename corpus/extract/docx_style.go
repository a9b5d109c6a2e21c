package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// docxStyle is what a style says that is read here. The zero value of a field but outline says nothing.
type docxStyle struct {
	id      string
	name    string // in lower case
	based   string
	outline int    // from 0; 9 is running text; -1 says nothing
	number  string // the list that it numbers by; "0" is none
	level   int    // the level in that list
	hidden  bool
}

// docxStyles are the styles of a document by their identifiers.
type docxStyles struct {
	byID     map[string]*docxStyle
	standard string // the style of paragraphs that name none
}

func readDocxStyles(c *container, part string) (docxStyles, error) {
	s := docxStyles{byID: map[string]*docxStyle{}}
	err := c.markup(part, func(m *markup) error {
		return m.visit(func(e xml.StartElement) error {
			if e.Name.Local != "style" {
				return nil
			}
			st := &docxStyle{id: attribute(e, "styleId"), outline: -1}
			if attribute(e, "type") == "paragraph" && attribute(e, "default") != "" && attribute(e, "default") != "0" {
				s.standard = st.id
			}
			s.byID[st.id] = st
			return m.children(func(e xml.StartElement) (bool, error) {
				switch e.Name.Local {
				case "name":
					st.name = strings.ToLower(attribute(e, "val"))
				case "basedOn":
					st.based = attribute(e, "val")
				case "rPr":
					return true, m.children(func(e xml.StartElement) (bool, error) {
						st.hidden = st.hidden || e.Name.Local == "vanish" && isOn(e)
						return false, nil
					}, nil)
				case "pPr":
					return true, m.children(func(e xml.StartElement) (bool, error) { return st.read(m, e) }, nil)
				}
				return false, nil
			}, nil)
		})
	})
	return s, err
}

// read takes what an element of paragraph properties says.
func (s *docxStyle) read(m *markup, e xml.StartElement) (bool, error) {
	switch e.Name.Local {
	case "outlineLvl":
		if n, err := strconv.Atoi(attribute(e, "val")); err == nil && n >= 0 && n <= 9 {
			s.outline = n
		}
	case "numPr":
		return true, m.children(func(e xml.StartElement) (bool, error) {
			switch e.Name.Local {
			case "numId":
				s.number = attribute(e, "val")
			case "ilvl":
				s.level, _ = strconv.Atoi(attribute(e, "val")) // 0 where it cannot be read, as where it is missing
			}
			return false, nil
		}, nil)
	}
	return false, nil
}

// resolve returns a style with what it takes from the styles that it is based on.
func (s docxStyles) resolve(id string) docxStyle {
	out := docxStyle{id: id, outline: -1}
	for range 16 { // styles may be based on one another in a circle
		st := s.byID[id]
		if st == nil {
			break
		}
		if out.name == "" {
			out.name = st.name
		}
		if out.outline < 0 {
			out.outline = st.outline
		}
		if out.outline < 0 {
			out.outline = headingLevel(st.name)
		}
		if out.number == "" && st.number != "" {
			out.id, out.number, out.level = st.id, st.number, st.level
		}
		out.hidden = out.hidden || st.hidden
		id = st.based
	}
	return out
}

// headingLevel returns the outline level, from 0, of the built-in heading styles, -1 for others.
func headingLevel(name string) int {
	if name == "title" || name == "标题" {
		return 0
	}
	for _, word := range []string{"heading ", "标题 "} {
		if rest, ok := strings.CutPrefix(name, word); ok && len(rest) == 1 && rest[0] >= '1' && rest[0] <= '9' {
			return int(rest[0] - '1')
		}
	}
	return -1
}
