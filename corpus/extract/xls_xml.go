package extract

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"

	"tongjian/corpus"
)

// isXMLBook reports whether data is a workbook in the XML of Excel 2003, which many systems write under the name .xls.
func isXMLBook(data []byte) bool {
	head := strings.TrimLeft(asciiHead(data, 2048), " \t\r\n")
	return strings.HasPrefix(head, "<?xml") && strings.Contains(head, "<Workbook") && strings.Contains(head, "urn:schemas-microsoft-com:office:spreadsheet") ||
		strings.HasPrefix(head, "<?xml") && strings.Contains(head, "progid=\"Excel")
}

// xmlBook reads a workbook in the XML of Excel 2003.
type xmlBook struct {
	bud     *budget
	m       *markup
	formats map[string]string // number formats by style
	sheets  []xmlSheet
}

// xmlSheet is one sheet, with where its next cell stands.
type xmlSheet struct {
	rawSheet
	ref         sheetRef
	row, column int
	tracks      int // columns described so far
}

// readXMLBook reads a workbook in the XML of Excel 2003 as readXlsx does the later one.
func readXMLBook(source string, data []byte, bud *budget) (*corpus.Extract, error) {
	m, err := newMarkup(bud.reader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))), bud)
	if err != nil {
		return nil, err
	}
	w := &xmlBook{bud: bud, m: m, formats: map[string]string{}}
	if err := m.visit(w.enter); err != io.EOF {
		return nil, err
	}
	refs := make([]sheetRef, len(w.sheets))
	for i := range w.sheets {
		refs[i] = w.sheets[i].ref
		refs[i].at = i
	}
	asideLast(refs)
	b := &builder{limit: bud.lim.Blocks}
	tables := 0
	var unseen hiddenParts
	for _, ref := range refs {
		if ref.hidden {
			unseen.sheets++
			continue
		}
		tables += w.sheets[ref.at].finish(&unseen).write(b, tables)
	}
	x, err := b.extract(source, "xls", decoded{encoding: encUTF8})
	if err != nil {
		return nil, err
	}
	x.Warnings = append(x.Warnings, unseen.warnings()...)
	x.Properties = mergeProperties(labelled(x.Text, x.Blocks))
	return x, nil
}

// enter reads one element of the workbook.
func (w *xmlBook) enter(e xml.StartElement) error {
	switch e.Name.Local {
	case "Style":
		id := attribute(e, "ID")
		return w.m.children(func(e xml.StartElement) (bool, error) {
			if e.Name.Local == "NumberFormat" {
				w.formats[id] = attribute(e, "Format")
			}
			return false, nil
		}, nil)
	case "Worksheet":
		w.sheets = append(w.sheets, xmlSheet{
			rawSheet: rawSheet{bud: w.bud, hiddenRows: map[int]bool{}}, ref: sheetRef{aside: asideSheet.MatchString(attribute(e, "Name"))}, row: -1,
		})
	}
	if len(w.sheets) == 0 {
		return nil
	}
	s := &w.sheets[len(w.sheets)-1]
	switch e.Name.Local {
	case "Visible":
		state, err := w.m.text()
		s.ref.hidden = strings.HasPrefix(strings.TrimSpace(state), "SheetHidden") || strings.HasPrefix(strings.TrimSpace(state), "SheetVeryHidden")
		return err
	case "Column":
		first := place(e, s.tracks)
		s.tracks = first + 1 + min(number(attribute(e, "Span")), maxSheetColumns)
		if attribute(e, "Hidden") == "1" {
			s.hiddenColumns = append(s.hiddenColumns, rect{left: first, right: s.tracks - 1})
		}
	case "Row":
		s.row, s.column = place(e, s.row+1), 0
		if attribute(e, "Hidden") == "1" {
			s.hiddenRows[s.row] = true
		}
	case "Cell":
		return w.cell(s, e)
	}
	return nil
}

// place returns where a row, column or cell stands, counted from 0: where it says, or else next.
func place(e xml.StartElement, next int) int {
	if n := number(attribute(e, "Index")); n > 0 && n <= maxSheetRows {
		return n - 1
	}
	return min(next, maxSheetRows)
}

func (w *xmlBook) cell(s *xmlSheet, e xml.StartElement) error {
	s.column = min(place(e, s.column), maxSheetColumns)
	across, down := min(max(0, number(attribute(e, "MergeAcross"))), maxSheetColumns), min(max(0, number(attribute(e, "MergeDown"))), maxSheetRows)
	if across+down > 0 {
		s.merges = append(s.merges, rect{s.row, s.column, s.row + down, s.column + across})
	}
	row, column, text := s.row, s.column, ""
	s.column += across + 1
	err := w.m.children(func(c xml.StartElement) (bool, error) {
		if c.Name.Local != "Data" {
			return false, nil
		}
		raw, err := w.m.text()
		text = xmlValue(attribute(c, "Type"), raw, w.formats[attribute(e, "StyleID")])
		return true, err
	}, nil)
	if err != nil {
		return err
	}
	return s.add(row, column, text)
}

// xmlValue returns what a cell of a type shows.
func xmlValue(kind, raw, format string) string {
	switch kind {
	case "Number":
		v, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
		if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
			return raw
		}
		switch format {
		case "Percent":
			format = "0.00%"
		case "Fixed":
			format = "0.00"
		case "Standard":
			format = "#,##0.00"
		}
		return formatValue(v, format, false)
	case "DateTime": // 2024-06-30T00:00:00.000
		day, clock, _ := strings.Cut(strings.TrimSpace(raw), "T")
		clock, _, _ = strings.Cut(clock, ".")
		if clock = strings.TrimSuffix(clock, ":00"); clock == "" || clock == "00:00" {
			return day
		}
		return day + " " + clock
	case "Boolean":
		if strings.TrimSpace(raw) == "1" {
			return "TRUE"
		}
		return "FALSE"
	case "Error":
		return ""
	}
	return raw
}
