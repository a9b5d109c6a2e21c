package api

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// csvTable is an answer as a table. A cell is a string, an int, a float64, or a *float64 that is empty where nil.
type csvTable struct {
	name   string // of the download, without extension
	header []string
	rows   [][]any
}

// tabular is an answer that can be had as a table.
type tabular interface{ table() csvTable }

// sendCSV sends a table as UTF-8 with a byte order mark and CRLF, which Excel reads without asking.
func sendCSV(c echo.Context, t csvTable) error {
	var b bytes.Buffer
	if err := t.write(&b); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+t.name+`.csv"`)
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8; header=present", b.Bytes())
}

// write writes the table as sendCSV sends it.
func (t csvTable) write(to io.Writer) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	w := csv.NewWriter(to)
	w.UseCRLF = true
	if err := w.Write(t.header); err != nil {
		return fmt.Errorf("write the header of %s: %w", t.name, err)
	}
	for _, row := range t.cells() {
		if err := w.Write(row); err != nil {
			return fmt.Errorf("write a row of %s: %w", t.name, err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	return nil
}

// cells returns the rows as text.
func (t csvTable) cells() [][]string {
	rows := make([][]string, len(t.rows))
	for i, row := range t.rows {
		rows[i] = make([]string, len(row))
		for k, v := range row {
			rows[i][k] = cell(v)
		}
	}
	return rows
}

// WriteCSV writes an answer as the table that the interface sends for it. Answers without a table are refused.
func WriteCSV(w io.Writer, answer any) error {
	t, ok := answer.(tabular)
	if !ok {
		return fmt.Errorf("write %T as CSV: it is no table", answer)
	}
	return t.table().write(w)
}

// Rows returns an answer as the header and the rows of its table, every cell as text.
func Rows(answer any) (header []string, rows [][]string, err error) {
	t, ok := answer.(tabular)
	if !ok {
		return nil, nil, fmt.Errorf("make a table of %T: it is none", answer)
	}
	table := t.table()
	return table.header, table.cells(), nil
}

// cell writes one value. Numbers are our own; text is foreign and defused.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return defuse(v)
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case *float64:
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'g', -1, 64)
	}
	return defuse(fmt.Sprint(v))
}

// defuse puts an apostrophe before text that a spreadsheet would run as a formula, half- or full-width.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
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
