package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"tongjian/corpus"
)

// container is a zip file whose entries are parts of one document.
type container struct {
	files map[string]*zip.File // by lower-case name
	bud   *budget
}

func openContainer(data []byte, bud *budget) (*container, error) {
	r, err := zipReader(data, bud)
	if err != nil {
		return nil, err
	}
	c := &container{files: make(map[string]*zip.File, len(r.File)), bud: bud}
	for _, f := range r.File {
		if f.Flags&1 != 0 {
			return nil, encrypted(bud.source)
		}
		c.files[partName(f.Name)] = f
	}
	return c, nil
}

func zipReader(data []byte, bud *budget) (*zip.Reader, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open zip: %w", err)
	}
	if len(r.File) > bud.lim.Files {
		n := fmt.Sprintf("%d", bud.lim.Files)
		return nil, bud.tooLarge("files", fmt.Sprintf("内有 %d 个文件，超过上限 %s", len(r.File), n), "不超过 "+n+" 个")
	}
	return r, nil
}

// partName is the form in which names of parts are compared: no leading slash, forward slashes, lower case.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// markup reads the elements of a part. A part that is not there has none.
func (c *container) markup(name string, read func(m *markup) error) error {
	f := c.files[partName(name)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("open part %s: %w", name, err)
	}
	defer r.Close()
	m, err := newMarkup(c.bud.reader(r), c.bud)
	if err == nil {
		err = read(m)
	}
	if err != nil && err != io.EOF {
		return fmt.Errorf("read part %s: %w", name, err)
	}
	return nil
}

// relation is a link from one part to another.
type relation struct{ kind, target string }

// relations returns the links of a part by their identifiers; targets are names of parts.
func (c *container) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	out := map[string]relation{}
	err := c.markup(dir+"_rels/"+base+".rels", func(m *markup) error {
		return m.each("Relationship", func(e xml.StartElement) error {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			if attribute(e, "TargetMode") != "External" {
				out[attribute(e, "Id")] = relation{kind: path.Base(attribute(e, "Type")), target: strings.TrimPrefix(target, "/")}
			}
			return nil
		})
	})
	return out, err
}

// related returns the first part of a kind that a part links to, or fallback.
func related(relations map[string]relation, kind, fallback string) string {
	best := ""
	for _, r := range relations {
		if r.kind == kind && (best == "" || r.target < best) {
			best = r.target
		}
	}
	if best == "" {
		return fallback
	}
	return best
}

// coreProperties reads the title and the date that an office document carries about itself.
func (c *container) coreProperties() ([]corpus.Property, error) {
	names := map[string]string{"title": "title", "creator": "creator", "created": "created", "modified": "modified"}
	var out []corpus.Property
	err := c.markup("docProps/core.xml", func(m *markup) error {
		return m.visit(func(e xml.StartElement) error {
			name := names[e.Name.Local]
			if name == "" {
				return nil
			}
			text, err := m.text()
			if value := oneLine(text); value != "" && len(value) <= maxLabelLine {
				out = append(out, corpus.Property{Name: name, Value: value})
			}
			return err
		})
	})
	return out, err
}
