package api

import (
	"bytes"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"tongjian/api/sheet"
)

// dataTable is an answer as a table; its cells are those of package sheet.
type dataTable struct {
	name   string // of the download, without extension
	header []string
	rows   [][]any
}

// tabular is an answer that can be had as a table.
type tabular interface{ table() dataTable }

// The media types of tables.
const (
	csvType      = "text/csv; charset=utf-8; header=present"
	workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// sendTable sends a table that is whole already, encoded before the first byte is sent.
func sendTable(c echo.Context, t dataTable, format string) error {
	var b bytes.Buffer
	if err := t.write(&b, format); err != nil {
		return err
	}
	media := csvType
	if format == formatWorkbook {
		media = workbookType
	}
	attach(c, t.name+"."+format)
	return c.Blob(http.StatusOK, media, b.Bytes())
}

// attach makes an answer a download of that name.
func attach(c echo.Context, name string) {
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
}

// write writes the table as CSV or as a workbook.
func (t dataTable) write(to io.Writer, format string) (err error) {
	var w sheet.Writer
	if format == formatWorkbook {
		w, err = sheet.Workbook(to, t.name, t.header, nil)
	} else {
		w, err = sheet.CSV(to, t.header)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	for _, row := range t.rows {
		if err := w.Row(row); err != nil {
			return fmt.Errorf("write %s: %w", t.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	return nil
}

// WriteCSV writes an answer as the table that the interface sends for it. Answers without a table are refused.
func WriteCSV(w io.Writer, answer any) error {
	t, ok := answer.(tabular)
	if !ok {
		return fmt.Errorf("write %T as CSV: it is no table", answer)
	}
	return t.table().write(w, formatCSV)
}

// Rows returns an answer as the header and the rows of its table, every cell as text.
func Rows(answer any) (header []string, rows [][]string, err error) {
	t, ok := answer.(tabular)
	if !ok {
		return nil, nil, fmt.Errorf("make a table of %T: it is none", answer)
	}
	table := t.table()
	for _, row := range table.rows {
		cells := make([]string, len(row))
		for k, v := range row {
			cells[k] = sheet.Text(v)
		}
		rows = append(rows, cells)
	}
	return table.header, rows, nil
}

// figureColumns are the columns of a set of figures; figureCells its values.
var figureColumns = []string{
	"findings", "documents", "units", "documents_total", "units_total", "share", "share_low", "share_high",
	"findings_per_document", "sparse", "drilldown",
}

func figureCells(f Figures) []any {
	return []any{
		f.Findings, f.Documents, f.Units, f.DocumentsTotal, f.UnitsTotal, f.Share, f.ShareLow, f.ShareHigh,
		f.FindingsPerDocument, f.Sparse, f.Drilldown,
	}
}
