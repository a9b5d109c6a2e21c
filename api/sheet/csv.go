package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
)

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\ufeff"

type csvWriter struct {
	out   *csv.Writer
	cells []string
}

// CSV begins a table as UTF-8 with a byte order mark and CRLF, which Excel reads without asking.
func CSV(w io.Writer, header []string) (Writer, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, fmt.Errorf("begin a table: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(header); err != nil {
		return nil, fmt.Errorf("write the header of a table: %w", err)
	}
	return &csvWriter{out: out, cells: make([]string, 0, len(header))}, nil
}

func (c *csvWriter) Row(cells []any) error {
	c.cells = c.cells[:0]
	for _, v := range cells {
		c.cells = append(c.cells, Text(v))
	}
	if err := c.out.Write(c.cells); err != nil {
		return fmt.Errorf("write a row: %w", err)
	}
	return nil
}

func (c *csvWriter) Close() error {
	c.out.Flush()
	if err := c.out.Error(); err != nil {
		return fmt.Errorf("end a table: %w", err)
	}
	return nil
}
