// Package sheet writes tables as the files that people open in a spreadsheet, row by row: the table is never held in memory.
//
// A cell is nil, a string, a bool, an int, a float64, or a *float64 that is empty where nil. Numbers are the program's own;
// text is foreign: nothing that it says is run as a formula by the program that opens the file.
package sheet

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Writer takes the rows of a table in order. Close ends the file; a Writer that was not closed leaves no whole file.
type Writer interface {
	Row(cells []any) error
	Close() error
}

// Text returns a cell as text, as it stands in a CSV file.
func Text(cell any) string {
	switch v := cell.(type) {
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
	return defuse(fmt.Sprint(cell))
}

// defuse puts an apostrophe before text that a spreadsheet would run as a formula, half- or full-width.
func defuse(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return "'" + s
	}
	return s
}
