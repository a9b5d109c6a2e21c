package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

// linesType is the media type of JSON Lines.
const linesType = "application/x-ndjson; charset=utf-8"

// CorrectedFinding is a finding whose categories a person gave: an example to learn from, in the shape that eval and
// classify read. Heading holds the headings above it, outermost first, parted by " > ". Kind says what the account holds:
// "facts" in a report, "measures" in a notice of rectification, "" where its document is gone.
type CorrectedFinding struct {
	Statement  string                `json:"statement"`
	Account    string                `json:"account"`
	Heading    string                `json:"heading"`
	Kind       string                `json:"kind"`
	Categories []corpus.CategoryCode `json:"categories"`
	FindingID  corpus.FindingID      `json:"finding_id"`
	DocumentID corpus.DocumentID     `json:"document_id"`
	Note       string                `json:"note"`
	By         string                `json:"by"`
	At         time.Time             `json:"at"`
}

// Corrections returns the findings whose categories a person gave, those corrected first first. It is whole, never paged.
// A finding that is not in the store any more is told by what was said about it.
func (s *Service) Corrections(ctx context.Context) (*List[CorrectedFinding], error) {
	meta, err := s.Meta(ctx)
	if err != nil {
		return nil, err
	}
	list := &List[CorrectedFinding]{Data: []CorrectedFinding{}, Meta: meta}
	if s.Editor == nil {
		list.Total = exactly(0)
		return list, nil
	}
	all, err := s.Editor.AllCorrections(ctx)
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	given := inForce(all)
	docs, err := s.correctedDocuments(ctx, given)
	if err != nil {
		return nil, err
	}
	for _, c := range given {
		list.Data = append(list.Data, correctedFinding(c, docs[c.Document]))
	}
	list.Total = exactly(len(list.Data))
	return list, nil
}

// inForce keeps of the corrections of categories the newest of each finding, unless it withdraws.
func inForce(all []corpus.Correction) []corpus.Correction {
	type target struct {
		document  corpus.DocumentID
		finding   int
		statement string
	}
	newest := map[target]corpus.Correction{}
	var order []target
	for _, c := range all {
		if c.Field != fieldCategories {
			continue
		}
		t := target{c.Document, c.Finding, c.Statement}
		if _, seen := newest[t]; !seen {
			order = append(order, t)
		}
		newest[t] = c
	}
	var out []corpus.Correction
	for _, t := range order {
		if c := newest[t]; len(c.Values) > 0 {
			out = append(out, c)
		}
	}
	return out
}

func (s *Service) correctedDocuments(ctx context.Context, given []corpus.Correction) (map[corpus.DocumentID]*corpus.Document, error) {
	var ids []corpus.DocumentID
	for _, c := range given {
		ids = append(ids, c.Document)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	docs, err := s.Store.Documents(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read %d corrected documents: %w", len(ids), err)
	}
	out := make(map[corpus.DocumentID]*corpus.Document, len(docs))
	for _, d := range docs {
		out[d.ID] = d
	}
	return out, nil
}

func correctedFinding(c corpus.Correction, d *corpus.Document) CorrectedFinding {
	out := CorrectedFinding{
		Statement: c.Statement, FindingID: corpus.NewFindingID(c.Document, c.Finding), DocumentID: c.Document,
		Note: c.Note, By: c.By, At: c.At, Categories: []corpus.CategoryCode{},
	}
	for _, code := range c.Values {
		out.Categories = append(out.Categories, corpus.CategoryCode(code))
	}
	if d == nil {
		return out
	}
	for _, f := range d.Findings {
		// The place may have changed since; the statement says which finding was meant.
		if f.Statement == c.Statement && (f.Ordinal == c.Finding || out.Kind == "") {
			out.FindingID, out.Account, out.Heading, out.Kind = f.ID, f.Account, strings.Join(f.Path, " > "), accountKind(d.DocType)
		}
	}
	return out
}

// accountKind says what the accounts of a kind of document hold.
func accountKind(t corpus.DocType) string {
	if t == corpus.RectificationNotice || t == corpus.AuditRectification {
		return "measures"
	}
	return "facts"
}

func (srv *Server) corrections(c echo.Context, format string) error {
	list, err := srv.service.Corrections(c.Request().Context())
	if err != nil {
		return err
	}
	return answer(c, format, list)
}

func correctionTable(data []CorrectedFinding) dataTable {
	t := dataTable{name: "corrections", header: []string{
		"finding_id", "document_id", "statement", "account", "heading", "kind", "categories", "note", "by", "at",
	}}
	for _, f := range data {
		t.rows = append(t.rows, []any{
			string(f.FindingID), string(f.DocumentID), f.Statement, f.Account, f.Heading, f.Kind, joined(f.Categories), f.Note,
			f.By, f.At.Format(time.RFC3339),
		})
	}
	return t
}

// liner is an answer that can be had as JSON Lines.
type liner interface{ lines() []any }

func (l *List[T]) lines() []any {
	out := make([]any, len(l.Data))
	for i, d := range l.Data {
		out[i] = d
	}
	return out
}

func sendLines(c echo.Context, lines []any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, l := range lines {
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("write a line: %w", err)
		}
	}
	return c.Blob(http.StatusOK, linesType, b.Bytes())
}
