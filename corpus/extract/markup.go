package extract

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// markup reads the elements of an XML part as a stream.
type markup struct {
	d     *xml.Decoder
	bud   *budget
	depth int
}

func newMarkup(r io.Reader, bud *budget) (*markup, error) {
	in := bufio.NewReaderSize(r, 32<<10)
	var src io.Reader = in
	if head, _ := in.Peek(2); len(head) == 2 {
		switch string(head) {
		case "\xFF\xFE":
			src = codec(encUTF16LE).NewDecoder().Reader(in)
		case "\xFE\xFF":
			src = codec(encUTF16BE).NewDecoder().Reader(in)
		}
	}
	d := xml.NewDecoder(src)
	d.Strict = false
	d.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		switch name := encodingName(charset); {
		case name != "" && name != encUTF8:
			return codec(name).NewDecoder().Reader(r), nil
		case name == encUTF8 || strings.HasPrefix(strings.ToLower(charset), "utf-16"):
			return r, nil // what is UTF-16 was decoded by its mark
		}
		return nil, fmt.Errorf("unknown charset %q", charset)
	}
	return &markup{d: d, bud: bud}, nil
}

// children calls enter for every child element of the element that was just entered (of the whole part, where none was),
// and words for its own text, up to its end. enter says whether it read the child to its end; what it did not read is
// skipped.
func (m *markup) children(enter func(xml.StartElement) (bool, error), words func(string)) error {
	m.depth++
	defer func() { m.depth-- }()
	for {
		if err := m.bud.tick(); err != nil {
			return err
		}
		t, err := m.d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.CharData:
			if words != nil {
				words(string(t))
			}
		case xml.StartElement:
			done := false
			if m.depth < m.bud.lim.Depth {
				if done, err = enter(t); err != nil {
					return err
				}
			}
			if !done {
				if err := m.skip(); err != nil {
					return err
				}
			}
		}
	}
}

// skip reads to the end of the element that was just entered.
func (m *markup) skip() error {
	for depth := 1; depth > 0; {
		if err := m.bud.tick(); err != nil {
			return err
		}
		t, err := m.d.Token()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// visit calls f for every element, until the end of the part. Elements inside one that f did not read to its end are
// visited too.
func (m *markup) visit(f func(xml.StartElement) error) error {
	for {
		if err := m.bud.tick(); err != nil {
			return err
		}
		t, err := m.d.Token()
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := f(e); err != nil {
				return err
			}
		}
	}
}

// each calls f for every element of a name, wherever it stands. f must leave the content alone.
func (m *markup) each(name string, f func(xml.StartElement) error) error {
	return m.visit(func(e xml.StartElement) error {
		if e.Name.Local != name {
			return nil
		}
		return f(e)
	})
}

// text returns all text up to the end of the element that was just entered.
func (m *markup) text() (string, error) {
	var b strings.Builder
	err := m.children(func(xml.StartElement) (bool, error) {
		inner, err := m.text()
		b.WriteString(inner)
		return true, err
	}, func(s string) { b.WriteString(s) })
	return b.String(), err
}

// attribute returns the value of an attribute, whatever its namespace, or "".
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
