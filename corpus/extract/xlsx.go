package extract

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strings"

	"tongjian/corpus"
)

// readXlsx reads a workbook: every visible sheet as a table whose merged cells span rows and columns. Lines above and
// below a table that have one cell only are paragraphs; hidden sheets, rows and columns are left out, with a warning.
func readXlsx(source string, data []byte, bud *budget) (*corpus.Extract, error) {
	c, err := openContainer(data, bud)
	if err != nil {
		return nil, err
	}
	roots, err := c.relations("")
	if err != nil {
		return nil, err
	}
	main := related(roots, "officeDocument", "xl/workbook.xml")
	links, err := c.relations(main)
	if err != nil {
		return nil, err
	}
	book := &workbook{c: c}
	if err := book.read(main, links); err != nil {
		return nil, err
	}
	b := &builder{limit: bud.lim.Blocks}
	tables := 0
	var unseen hiddenParts
	for _, s := range book.sheets {
		if s.hidden {
			unseen.sheets++
			continue
		}
		g, err := book.grid(links[s.relation].target, &unseen)
		if err != nil {
			return nil, err
		}
		tables += g.write(b, tables)
	}
	x, err := b.extract(source, "xlsx", decoded{encoding: encUTF8})
	if err != nil {
		return nil, err
	}
	x.Warnings = append(x.Warnings, unseen.warnings()...)
	core, err := c.coreProperties()
	if err != nil {
		return nil, err
	}
	x.Properties = mergeProperties(labelled(x.Text, x.Blocks), core)
	return x, nil
}

// sheetRef is a sheet as the workbook lists it.
type sheetRef struct {
	relation string
	at       int // where it begins, in the old format
	hidden   bool
	aside    bool
}

// asideSheet matches the names of sheets that say how to fill in the others. They come last, so that the title of a ledger
// is what the document begins with.
var asideSheet = regexp.MustCompile(`说明|须知|字典|参数|下拉|选项|示例|样例|样表`)

// asideLast puts the sheets behind the others that say how to fill those in.
func asideLast(sheets []sheetRef) {
	slices.SortStableFunc(sheets, func(a, b sheetRef) int {
		switch {
		case a.aside == b.aside:
			return 0
		case a.aside:
			return 1
		}
		return -1
	})
}

// workbook holds what the sheets share.
type workbook struct {
	c        *container
	sheets   []sheetRef
	strings  []string
	styles   cellStyles
	from1904 bool // dates count from 1904
}

func (w *workbook) read(main string, links map[string]relation) error {
	err := w.c.markup(main, func(m *markup) error {
		return m.visit(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "workbookPr":
				on := attribute(e, "date1904")
				w.from1904 = on == "1" || on == "true"
			case "sheet":
				state := attribute(e, "state")
				w.sheets = append(w.sheets, sheetRef{
					relation: relationID(e), hidden: state == "hidden" || state == "veryHidden", aside: asideSheet.MatchString(attribute(e, "name")),
				})
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	asideLast(w.sheets)
	dir := main[:strings.LastIndexByte(main, '/')+1]
	if err := w.c.markup(related(links, "sharedStrings", dir+"sharedStrings.xml"), w.readStrings); err != nil {
		return err
	}
	return w.c.markup(related(links, "styles", dir+"styles.xml"), w.styles.read)
}

// relationID returns an element's r:id, which has other attributes called id beside it.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func (w *workbook) readStrings(m *markup) error {
	return m.visit(func(e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		s, err := richText(m)
		w.strings = append(w.strings, s)
		return err
	})
}

// richText reads the text of a cell up to the end of the element that was just entered; phonetic readings are left out.
func richText(m *markup) (string, error) {
	var b strings.Builder
	var enter func(e xml.StartElement) (bool, error)
	enter = func(e xml.StartElement) (bool, error) {
		switch e.Name.Local {
		case "t":
			s, err := m.text()
			b.WriteString(s)
			return true, err
		case "r":
			return true, m.children(enter, nil)
		}
		return false, nil
	}
	err := m.children(enter, nil)
	return unescapeCell(b.String()), err
}

// unescapeCell resolves the escapes _xHHHH_ of control characters.
func unescapeCell(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return strings.NewReplacer("_x000D_", "", "_x000A_", "\n", "_x0009_", "\t", "_x005F_", "_").Replace(s)
}
