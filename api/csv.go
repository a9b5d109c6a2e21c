package api

import (
	"bytes"
	"encoding/csv"
	"fmt"
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
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(t.header); err != nil {
		return fmt.Errorf("write the header of %s: %w", t.name, err)
	}
	cells := make([]string, len(t.header))
	for _, row := range t.rows {
		for i, v := range row {
			cells[i] = cell(v)
		}
		if err := w.Write(cells[:len(row)]); err != nil {
			return fmt.Errorf("write a row of %s: %w", t.name, err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("write %s: %w", t.name, err)
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+t.name+`.csv"`)
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8; header=present", b.Bytes())
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
