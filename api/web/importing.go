package web

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"tongjian/api"
	"tongjian/corpus"
)

// ImportPage takes in files and says what was understood of each.
type ImportPage struct {
	Frame Frame
	// Rows are the files that were just sent, Summary how many of them became what.
	Rows    []ImportRow
	Summary string
	Limit   string
	Closed  bool // nothing can be taken in here
}

// ImportRow is one file: what became of it, and what was read from it.
type ImportRow struct {
	Name     string
	Result   string
	Failed   bool
	Reason   string
	Href     string
	Title    string
	Unit     string
	Year     string
	Type     string
	Findings int
	// Look says what needs a look: the messages of the first warnings.
	Look []string
	More int
}

// importing works out the page before files are sent.
func (s *Site) importing(ctx context.Context, v visit) (ImportPage, error) {
	frame, err := s.frame(ctx, v, "导入")
	if err != nil {
		return ImportPage{}, err
	}
	return ImportPage{
		Frame: frame, Limit: fmt.Sprintf("一次不超过 %d MB、%d 个文件", api.MaxUploadBytes>>20, api.MaxUploadFiles), Closed: s.service.Importer == nil,
	}, nil
}

// imported takes in the files of the form and shows what was understood.
func (s *Site) imported(c echo.Context) error {
	api.LimitUpload(c)
	form, err := c.Request().MultipartReader()
	if err != nil {
		return &corpus.Error{
			Kind: corpus.Invalid, Code: "bad_body", Message: "没有收到文件", Position: -1, Expected: "在导入页选择文件", Cause: err,
		}
	}
	ctx := c.Request().Context()
	outcomes, err := s.service.ImportForm(ctx, form)
	if err != nil {
		return err
	}
	page, err := s.importing(ctx, visit{path: api.ImportPath})
	if err != nil {
		return err
	}
	if page.Rows, err = s.importRows(ctx, outcomes); err != nil {
		return err
	}
	page.Summary = importSummary(outcomes)
	return s.renderWith(c, http.StatusOK, "importing", page, "no-store")
}

func importSummary(outcomes []corpus.Outcome) string {
	counts := map[corpus.Result]int{}
	for _, o := range outcomes {
		counts[o.Result]++
	}
	out := fmt.Sprintf("共 %d 个文件", len(outcomes))
	for _, r := range []corpus.Result{corpus.Added, corpus.Replaced, corpus.Folded, corpus.Outdated, corpus.Unchanged, corpus.Failed} {
		if counts[r] > 0 {
			out += fmt.Sprintf("，%s %d", r.Chinese(), counts[r])
		}
	}
	return out
}

// maxLooks is the most warnings of a file that are told on the import page.
const maxLooks = 3

func (s *Site) importRows(ctx context.Context, outcomes []corpus.Outcome) ([]ImportRow, error) {
	var ids []corpus.DocumentID
	for _, o := range outcomes {
		if o.Document != "" {
			ids = append(ids, o.Document)
		}
	}
	docs, err := s.service.Store.Documents(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read what was taken in: %w", err)
	}
	read := make(map[corpus.DocumentID]*corpus.Document, len(docs))
	for _, d := range docs {
		read[d.ID] = d
	}
	rows := make([]ImportRow, len(outcomes))
	for i, o := range outcomes {
		rows[i] = importRow(o, read[o.Document])
	}
	return rows, nil
}

func importRow(o corpus.Outcome, d *corpus.Document) ImportRow {
	row := ImportRow{Name: o.Name, Result: o.Result.Chinese(), Failed: o.Result == corpus.Failed, Reason: o.Reason}
	if d == nil {
		return row
	}
	row.Href, row.Title, row.Unit = "/documents/"+string(d.ID), nameOf(string(d.Title), d.Source), orNone(string(d.Unit))
	row.Year, row.Type, row.Findings = yearWord(d.Year), d.DocType.Chinese(), len(d.Findings)
	for i, w := range d.Warnings {
		if i == maxLooks {
			row.More = len(d.Warnings) - maxLooks
			break
		}
		row.Look = append(row.Look, w.Message)
	}
	return row
}

func orNone(s string) string {
	if s == "" {
		return none
	}
	return s
}
