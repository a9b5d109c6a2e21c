package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/api/sheet"
	"tongjian/corpus"
	"tongjian/index"
)

// ExportRequest asks for everything that a filter chooses, as a file.
type ExportRequest struct {
	Filter corpus.Filter
	Sort   index.Sort // newest first where empty
	Format string     // csv, xlsx or jsonl
	// Columns names the columns wanted, in order; all of them where empty. With columns a line of JSON Lines is an object
	// of their cells, without a whole record.
	Columns []string
	// Citation adds to CSV and JSON Lines a last line that says what the file holds and rests on. A workbook always says
	// it, on a sheet of its own.
	Citation bool
}

// ExportFindings writes all findings that match. Nothing is written before the first of them is read, so that an error by
// then leaves w untouched; a later error leaves a torn file and must be told. No more than a page is held in memory.
func (s *Service) ExportFindings(ctx context.Context, w io.Writer, req ExportRequest) error {
	return export(ctx, s, w, req, "问题", findingColumns, s.Findings)
}

// ExportDocuments is ExportFindings for documents.
func (s *Service) ExportDocuments(ctx context.Context, w io.Writer, req ExportRequest) error {
	return export(ctx, s, w, req, "文件", documentColumns, s.Documents)
}

// lister answers a page of records.
type lister[T any] func(context.Context, ListRequest) (*List[T], error)

func export[T any](ctx context.Context, s *Service, w io.Writer, req ExportRequest, name string, columns []column[T], list lister[T]) error {
	chosen, err := choose(columns, req.Columns)
	if err != nil {
		return err
	}
	page, err := list(ctx, ListRequest{Filter: req.Filter, Sort: req.Sort, Page: Page{Limit: index.MaxLimit}})
	if err != nil {
		return err
	}
	if req.Format == formatWorkbook && page.Total.Value > sheet.MaxRows {
		return &corpus.Error{
			Kind: corpus.TooLarge, Code: "too_many_rows", Param: "format", Value: req.Format, Position: -1,
			Message:  fmt.Sprintf("共 %d 行，一张工作表最多 %d 行", page.Total.Value, sheet.MaxRows),
			Expected: "csv 或 jsonl，或缩小范围",
		}
	}
	out, err := newFile(w, req, name, chosen, s.citation(name, req.Filter, page.Total.Value, page.Meta))
	if err != nil {
		return fmt.Errorf("begin the file of %s: %w", name, err)
	}
	for {
		for _, record := range page.Data {
			if err := out.add(record); err != nil {
				return fmt.Errorf("write %s: %w", name, err)
			}
		}
		if page.Next == nil {
			break
		}
		next := ListRequest{Filter: req.Filter, Sort: req.Sort, Page: Page{Limit: index.MaxLimit, Cursor: *page.Next}}
		if page, err = list(ctx, next); err != nil {
			return err
		}
	}
	if err := out.close(); err != nil {
		return fmt.Errorf("end the file of %s: %w", name, err)
	}
	return nil
}

// choose returns the named columns in the order of the names, all where none is named.
func choose[T any](columns []column[T], names []string) ([]column[T], error) {
	if len(names) == 0 {
		return columns, nil
	}
	var out []column[T]
	for _, name := range names {
		at := slices.IndexFunc(columns, func(c column[T]) bool { return c.name == name })
		if at < 0 {
			return nil, unknownName("unknown_column", "columns", name, namesOf(columns))
		}
		out = append(out, columns[at])
	}
	return out, nil
}

// citation says what a file holds and what it rests on.
func (s *Service) citation(name string, filter corpus.Filter, rows int, meta Meta) []sheet.About {
	condition := EncodeFilter(filter)
	if decoded, err := url.QueryUnescape(condition); err == nil && !strings.ContainsAny(decoded, "\n\r") {
		condition = decoded
	}
	if condition == "" {
		condition = "全部"
	}
	return []sheet.About{
		{Name: "来源", Value: "通鉴"}, {Name: "内容", Value: name}, {Name: "条件", Value: condition},
		{Name: "行数", Value: strconv.Itoa(rows)}, {Name: "数据序号", Value: strconv.FormatInt(meta.Sequence, 10)},
		{Name: "分类体系", Value: meta.Taxonomy}, {Name: "词典", Value: meta.Dictionary}, {Name: "程序", Value: meta.Program},
	}
}

// file is an export under way.
type file[T any] struct {
	add   func(T) error
	close func() error
}

func newFile[T any](w io.Writer, req ExportRequest, name string, columns []column[T], citation []sheet.About) (file[T], error) {
	switch req.Format {
	case formatLines:
		return linesFile(w, req, columns, citation), nil
	case formatWorkbook:
		table, err := sheet.Workbook(w, name, namesOf(columns), citation)
		if err != nil {
			return file[T]{}, err
		}
		return file[T]{func(r T) error { return table.Row(cellsOf(columns, r)) }, table.Close}, nil
	case formatCSV:
		table, err := sheet.CSV(w, namesOf(columns))
		if err != nil {
			return file[T]{}, err
		}
		end := func() error {
			if req.Citation {
				// As wide as the table, for readers that count cells.
				last := make([]any, len(columns))
				last[0] = citationLine(citation)
				if err := table.Row(last); err != nil {
					return err
				}
			}
			return table.Close()
		}
		return file[T]{func(r T) error { return table.Row(cellsOf(columns, r)) }, end}, nil
	}
	return file[T]{}, unknownName("unknown_value", "format", req.Format, operation{file: true}.formats())
}

// citationLine is a citation in one cell. It begins as a comment of the languages that read such files.
func citationLine(citation []sheet.About) string {
	parts := make([]string, len(citation))
	for i, line := range citation {
		parts[i] = line.Name + "：" + line.Value
	}
	return "# " + strings.Join(parts, "；")
}

func linesFile[T any](w io.Writer, req ExportRequest, columns []column[T], citation []sheet.About) file[T] {
	buffered := bufio.NewWriter(w)
	enc := json.NewEncoder(buffered)
	enc.SetEscapeHTML(false)
	add := func(record T) error { return enc.Encode(record) }
	if len(req.Columns) > 0 {
		add = func(record T) error { return writeObject(buffered, columns, record) }
	}
	end := func() error {
		if req.Citation {
			if err := enc.Encode(map[string]string{"citation": citationLine(citation)}); err != nil {
				return err
			}
		}
		return buffered.Flush()
	}
	return file[T]{add, end}
}

// writeObject writes the cells of a record as one line, in the order of the columns.
func writeObject[T any](w io.Writer, columns []column[T], record T) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, c := range columns {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(strconv.Quote(c.name) + ":")
		if err := enc.Encode(c.cell(record)); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1) // the line end after each value
	}
	b.WriteString("}\n")
	_, err := w.Write(b.Bytes())
	return err
}

// ParseExport reads the parameters of a file; its format is chosen with that of all answers.
func ParseExport(v url.Values) (ExportRequest, error) {
	r := &reader{values: v}
	req := ExportRequest{Filter: r.filter(), Sort: r.sort(), Citation: choice(r, "citation", "true", "false") == "true"}
	for _, list := range v["columns"] {
		for name := range strings.SplitSeq(list, ",") {
			req.Columns = append(req.Columns, strings.TrimSpace(name))
		}
	}
	if len(req.Columns) > MaxValues {
		r.keep(invalid("too_many_values", "columns", "", -1, fmt.Sprintf("不超过 %d 个", MaxValues), fmt.Sprintf("参数 columns 有 %d 个值", len(req.Columns))))
	}
	return req, r.err
}

// fileTypes are the media types of files by their format.
var fileTypes = map[string]string{formatCSV: csvType, formatWorkbook: workbookType, formatLines: linesType}

// exports makes a handler of a method that writes a file.
func (srv *Server) exports(name string, write func(context.Context, io.Writer, ExportRequest) error) func(echo.Context, string) error {
	return func(c echo.Context, format string) error {
		req, err := ParseExport(c.QueryParams())
		if err != nil {
			return err
		}
		req.Format = format
		attach(c, name+"."+format)
		c.Response().Header().Set(echo.HeaderContentType, fileTypes[format])
		if c.Request().Method == http.MethodHead {
			return c.NoContent(http.StatusOK)
		}
		if err := srv.service.note(c.Request().Context(), "export", name+"."+format, c.Request().URL.RawQuery); err != nil {
			return err
		}
		if err := write(c.Request().Context(), &slowWriter{response: c.Response()}, req); err != nil {
			return srv.torn(c, err)
		}
		return nil
	}
}

// torn ends the connection where a file broke off after its first bytes were sent: whoever reads it must not take it for
// whole.
func (srv *Server) torn(c echo.Context, err error) error {
	if !c.Response().Committed {
		return err
	}
	srv.logger.LogAttrs(c.Request().Context(), slog.LevelError, "file broke off",
		slog.String("id", requestIDOf(c)), slog.String("path", c.Request().URL.Path), slog.Any("error", err))
	panic(http.ErrAbortHandler)
}

// chunkTimeout is how long a client may take to read what was written at once.
const chunkTimeout = time.Minute

// slowWriter lets a file of any size through as long as the client keeps reading.
type slowWriter struct{ response *echo.Response }

func (w *slowWriter) Write(p []byte) (int, error) {
	// The deadline is the network's, so the clock is too. A response without deadlines needs none.
	_ = http.NewResponseController(w.response).SetWriteDeadline(time.Now().Add(chunkTimeout))
	return w.response.Write(p)
}
