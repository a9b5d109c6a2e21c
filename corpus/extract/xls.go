package extract

import (
	"errors"
	"fmt"
	"math"

	"tongjian/corpus"
)

// The records of an old workbook that are read here.
const (
	biffFormula    = 0x0006
	biffEnd        = 0x000A
	biff1904       = 0x0022
	biffEncrypted  = 0x002F
	biffContinue   = 0x003C
	biffCodepage   = 0x0042
	biffColumns    = 0x007D
	biffSheet      = 0x0085
	biffNumbers    = 0x00BD
	biffRich       = 0x00D6
	biffStyle      = 0x00E0
	biffMerged     = 0x00E5
	biffStrings    = 0x00FC
	biffShared     = 0x00FD
	biffNumber     = 0x0203
	biffLabel      = 0x0204
	biffBool       = 0x0205
	biffText       = 0x0207
	biffRow        = 0x0208
	biffRK         = 0x027E
	biffBegin      = 0x0809
	biffFormat     = 0x041E
	biffOldFormat  = 0x001E
	biffVersion8   = 0x0600
	biffVersion5   = 0x0500
	biffTypeSheet  = 0x0010
	biffTypeGlobal = 0x0005
)

var errWorkbook = errors.New("damaged workbook")

// readXls reads a workbook of the old format as readXlsx does the new one.
func readXls(source string, c *compound, stream string, bud *budget) (*corpus.Extract, error) {
	data, err := c.stream(stream)
	if err != nil {
		return nil, err
	}
	if err := bud.take(len(data)); err != nil {
		return nil, err
	}
	book := &oldBook{data: data, bud: bud, styles: cellStyles{codes: map[int]string{}}, codepage: encGB18030}
	if err := book.read(); err != nil {
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
		sheet, err := book.sheet(s.at)
		if err != nil {
			return nil, err
		}
		tables += sheet.finish(&unseen).write(b, tables)
	}
	x, err := b.extract(source, "xls", decoded{encoding: encUTF8})
	if err != nil {
		return nil, err
	}
	x.Warnings = append(x.Warnings, unseen.warnings()...)
	x.Properties = mergeProperties(labelled(x.Text, x.Blocks))
	return x, nil
}

// record is one record of a workbook with those that continue it.
type record struct {
	kind int
	data []byte
	more [][]byte
}

// oldBook is a workbook of the old format, and what its sheets share.
type oldBook struct {
	data     []byte
	bud      *budget
	version  int
	codepage string // of strings before version 8
	sheets   []sheetRef
	strings  []string
	styles   cellStyles
	from1904 bool
}

// records calls f for the records from a place on to the end of what begins there; what is embedded between is passed
// over.
func (w *oldBook) records(at int, f func(r record) error) error {
	depth := 0
	for at+4 <= len(w.data) {
		if err := w.bud.tick(); err != nil {
			return err
		}
		var r record
		r, at = w.recordAt(at)
		switch r.kind {
		case biffBegin:
			depth++
		case biffEnd:
			if depth--; depth <= 0 {
				return nil
			}
			continue
		}
		if depth > 1 {
			continue
		}
		if err := f(r); err != nil {
			return err
		}
	}
	return fmt.Errorf("read records: no end: %w", errWorkbook)
}

func (w *oldBook) recordAt(at int) (record, int) {
	body := func() []byte {
		start := min(at+4, len(w.data))
		end := min(start+le16(w.data, at+2), len(w.data))
		at = end
		return w.data[start:end]
	}
	r := record{kind: le16(w.data, at)}
	r.data = body()
	for at+4 <= len(w.data) && le16(w.data, at) == biffContinue {
		r.more = append(r.more, body())
	}
	return r, at
}

// read reads what stands before the sheets.
func (w *oldBook) read() error {
	if le16(w.data, 0) != biffBegin {
		return fmt.Errorf("read workbook: no beginning: %w", errWorkbook)
	}
	switch w.version = le16(w.data, 4); {
	case w.version != biffVersion8 && w.version != biffVersion5:
		return unsupported(w.bud.source, "Excel 4.0 或更早的表格，请另存为 xlsx")
	case le16(w.data, 6) != biffTypeGlobal:
		return fmt.Errorf("read workbook: begins with %#x: %w", le16(w.data, 6), errWorkbook)
	}
	if err := w.records(0, w.global); err != nil {
		return err
	}
	asideLast(w.sheets)
	return nil
}

// global reads one record of those before the sheets.
func (w *oldBook) global(r record) error {
	switch r.kind {
	case biffEncrypted:
		return encrypted(w.bud.source)
	case biffCodepage:
		w.codepage = codepageName(le16(r.data, 0))
	case biff1904:
		w.from1904 = le16(r.data, 0) == 1
	case biffFormat:
		t := w.text(r, 2, w.version == biffVersion8)
		w.styles.codes[le16(r.data, 0)] = t.string()
	case biffStyle:
		w.styles.cells = append(w.styles.cells, le16(r.data, 2))
	case biffSheet:
		if len(r.data) < 8 || r.data[5] != 0 { // a chart or a macro
			return nil
		}
		t := w.text(r, 6, false)
		w.sheets = append(w.sheets, sheetRef{at: le32(r.data, 0), hidden: r.data[4]&3 != 0, aside: asideSheet.MatchString(t.string())})
	case biffStrings:
		return w.readStrings(r)
	}
	return nil
}

// oldSheet reads one sheet.
type oldSheet struct {
	rawSheet
	book        *oldBook
	row, column int // of the formula whose text follows
	waits       bool
}

func (w *oldBook) sheet(at int) (*oldSheet, error) {
	s := &oldSheet{rawSheet: rawSheet{bud: w.bud, hiddenRows: map[int]bool{}}, book: w}
	if at < 0 || at+8 > len(w.data) || le16(w.data, at) != biffBegin {
		return nil, fmt.Errorf("read sheet at %d: %w", at, errWorkbook)
	}
	if le16(w.data, at+6) != biffTypeSheet {
		return s, nil
	}
	return s, w.records(at, s.read)
}

// read reads one record of a sheet.
func (s *oldSheet) read(r record) error {
	row, column, style := le16(r.data, 0), le16(r.data, 2), le16(r.data, 4)
	switch r.kind {
	case biffRow:
		if le16(r.data, 12)&0x20 != 0 {
			s.hiddenRows[row] = true
		}
	case biffColumns:
		if le16(r.data, 8)&1 != 0 {
			s.hiddenColumns = append(s.hiddenColumns, rect{left: le16(r.data, 0), right: le16(r.data, 2)})
		}
	case biffMerged:
		for i := range min(le16(r.data, 0), (len(r.data)-2)/8) {
			b := r.data[2+8*i:]
			if a := (rect{le16(b, 0), le16(b, 4), le16(b, 2), le16(b, 6)}); a.bottom >= a.top && a.right >= a.left {
				s.merges = append(s.merges, a)
			}
		}
	case biffShared:
		if i := le32(r.data, 6); i < len(s.book.strings) {
			return s.add(row, column, s.book.strings[i])
		}
	case biffLabel, biffRich:
		t := s.book.text(r, 6, true)
		return s.add(row, column, t.string())
	case biffNumber:
		return s.number(row, column, style, double(r.data, 6))
	case biffRK:
		return s.number(row, column, style, packedNumber(le32(r.data, 6)))
	case biffNumbers:
		for i := 0; 4+6*i+8 <= len(r.data); i++ {
			if err := s.number(row, column+i, le16(r.data, 4+6*i), packedNumber(le32(r.data, 6+6*i))); err != nil {
				return err
			}
		}
	case biffBool:
		return s.boolean(row, column, r.data, 6, 7)
	case biffFormula:
		return s.formula(row, column, style, r.data)
	case biffText:
		if s.waits {
			s.waits = false
			t := s.book.text(r, 0, true)
			return s.add(s.row, s.column, t.string())
		}
	}
	return nil
}

func (s *oldSheet) number(row, column, style int, v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return s.add(row, column, formatValue(v, s.book.styles.code(style), s.book.from1904))
}

// boolean adds a truth value; isError is where it says that it is an error instead.
func (s *oldSheet) boolean(row, column int, data []byte, value, isError int) error {
	switch {
	case len(data) <= max(value, isError) || data[isError] != 0:
		return nil
	case data[value] != 0:
		return s.add(row, column, "TRUE")
	}
	return s.add(row, column, "FALSE")
}

// formula adds the result of a formula, or waits for the record that has it.
func (s *oldSheet) formula(row, column, style int, data []byte) error {
	const result = 6
	s.waits = false
	if le16(data, result+6) != 0xFFFF {
		return s.number(row, column, style, double(data, result))
	}
	switch data[result] {
	case 0:
		s.row, s.column, s.waits = row, column, true
	case 1:
		return s.boolean(row, column, data, result+2, result+1)
	}
	return nil
}
