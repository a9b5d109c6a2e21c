package sheet

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// MaxRows is the most rows that a sheet of a workbook holds below its header.
const MaxRows = excelize.TotalRows - 1

// cutMark ends a text that is too long for a cell of a workbook.
const cutMark = "……（单元格装不下，全文见 JSON Lines 或 CSV）"

// About is a line of the second sheet of a workbook, which says where its table comes from.
type About struct{ Name, Value string }

type workbook struct {
	file *excelize.File
	rows *excelize.StreamWriter
	out  io.Writer
	next int // number of the next row, from 1
}

// Workbook begins a table as an XLSX file with a sheet of that name and a second one, 说明, with what is to be known about
// it. Text stands in it as text, so that nothing runs; rows wait in a temporary file until Close writes the workbook.
func Workbook(w io.Writer, name string, header []string, about []About) (Writer, error) {
	b := &workbook{file: excelize.NewFile(), out: w, next: 1}
	if err := b.begin(name, header, about); err != nil {
		b.file.Close()
		return nil, fmt.Errorf("begin workbook %s: %w", name, err)
	}
	return b, nil
}

func (b *workbook) begin(name string, header []string, about []About) (err error) {
	const aboutSheet = "说明"
	if err := b.file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	if _, err := b.file.NewSheet(aboutSheet); err != nil {
		return err
	}
	for i, line := range about {
		if err := b.file.SetSheetRow(aboutSheet, fmt.Sprintf("A%d", i+1), &[]any{text(line.Name), text(line.Value)}); err != nil {
			return err
		}
	}
	if err := b.file.SetColWidth(aboutSheet, "A", "B", 28); err != nil {
		return err
	}
	if b.rows, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := b.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	bold, err := b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	cells := make([]any, len(header))
	for i, h := range header {
		cells[i] = excelize.Cell{StyleID: bold, Value: h}
	}
	return b.add(cells)
}

func (b *workbook) Row(cells []any) error {
	row := make([]any, len(cells))
	for i, v := range cells {
		row[i] = value(v)
	}
	if err := b.add(row); err != nil {
		return fmt.Errorf("write row %d of a workbook: %w", b.next, err)
	}
	return nil
}

func (b *workbook) add(cells []any) error {
	if b.next > MaxRows+1 {
		return fmt.Errorf("a sheet holds at most %d rows", MaxRows)
	}
	at, err := excelize.CoordinatesToCellName(1, b.next)
	if err != nil {
		return err
	}
	b.next++
	return b.rows.SetRow(at, cells)
}

// Close writes the workbook. The archive goes straight to where it is wanted, not through a buffer of its size.
func (b *workbook) Close() error {
	defer b.file.Close()
	if err := b.rows.Flush(); err != nil {
		return fmt.Errorf("end a workbook: %w", err)
	}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(b.out) })
	if _, err := b.file.WriteToBuffer(); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

// value makes of a cell what the workbook shows as a number, a truth value or plain text.
func value(v any) any {
	switch v := v.(type) {
	case nil, int, bool, float64:
		return v
	case *float64:
		if v == nil {
			return nil
		}
		return *v
	case string:
		return text(v)
	}
	return text(fmt.Sprint(v))
}

// text cuts what is too long for a cell and says so; the library would cut in silence.
func text(s string) string {
	if len(s) <= excelize.TotalCellChars {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= excelize.TotalCellChars {
		return s
	}
	keep := excelize.TotalCellChars - len([]rune(cutMark))
	return strings.TrimRight(string(utf16.Decode(units[:keep])), "\uFFFD") + cutMark
}
