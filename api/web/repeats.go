package web

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"tongjian/analysis/recur"
	"tongjian/api"
	"tongjian/api/web/highlight"
	"tongjian/corpus"
)

// RepeatsPage lists problems that came back in a later inspection of the same unit.
type RepeatsPage struct {
	Frame     Frame
	Waiting   *Waiting // set where repeats are not known yet
	Total     string
	Tabs      []Link
	Tools     []Link
	Rows      []RepeatRow
	Pager     Pager
	MayDecide bool
	Action    string // the address that forms are sent to
	Rejected  *Rejected
	// Alone is set where there are too few documents for anything to come back.
	Alone bool
}

// Status is the status of the page.
func (p RepeatsPage) Status() int { return statusOf(p.Waiting) }

// RepeatRow is one pair: the older finding, what was done about it, the newer finding.
type RepeatRow struct {
	Finding    corpus.FindingID
	Prior      corpus.FindingID
	Anchor     string
	Unit       Link
	Rounds     string
	Evidence   string
	Categories []Link
	Older      *LinkedSide // nil where an admission is all that is known
	Between    *DoneAccount
	Newer      LinkedSide
	Admission  *Quotation
	Confirmed  bool
}

// Quotation is a passage of a document with the way to it.
type Quotation struct {
	Text string
	Href string
}

// repeatsPerPage is the number of pairs on a page, quotationLength the length of a quoted passage in characters.
const (
	repeatsPerPage  = 20
	quotationLength = 120
)

// RepeatBox is what the overview says of repeats: how many there are, and the newest.
type RepeatBox struct {
	Total string
	Href  string
	Lines []RepeatLine
}

// RepeatLine is one repeat on the overview.
type RepeatLine struct {
	Name string
	Href string
	Unit string
	When string
}

// repeatBoxLines is the number of repeats that the overview names.
const repeatBoxLines = 3

// paramEvidence is the parameter that says what repeats are to rest on.
const paramEvidence = "evidence"

// repeats works out the list of repeats.
func (s *Site) repeats(ctx context.Context, v visit) (RepeatsPage, error) {
	v.filter = freed(v.filter, corpus.FieldKind) // findings are all that comes back
	kept := []Param{{paramEvidence, v.param(paramEvidence)}}
	frame, err := s.frame(ctx, v, "屡查屡犯", kept...)
	if err != nil {
		return RepeatsPage{}, err
	}
	req, err := api.ParseRepeats(v.values)
	if err != nil {
		return RepeatsPage{}, err
	}
	req.Filter, req.Limit = v.filter, repeatsPerPage
	page := RepeatsPage{
		Frame: frame, Tabs: evidenceTabs(v), MayDecide: s.mayDecide(ctx),
		Action: address(v.path, v.filter, append(kept, Param{paramCursor, v.param(paramCursor)})...),
		Tools: []Link{
			{Name: "CSV", Href: address("/api/v1/repeats", v.filter, append(kept[:1:1], Param{"format", "csv"})...)},
			{Name: "API", Href: address("/api/v1/repeats", v.filter, kept...)},
		},
	}
	list, err := s.service.Repeats(ctx, req)
	if w, ok := s.waiting(v, err); ok {
		page.Waiting = w
		return page, nil
	}
	if err != nil {
		return RepeatsPage{}, err
	}
	page.Total, page.Pager = thousands(list.Total.Value), pagerOf(v, list.Next, kept)
	page.Alone = s.service.Engine.Counts().Documents < 2
	if page.Rejected, err = s.rejected(ctx, v); err != nil {
		return RepeatsPage{}, err
	}
	page.Rows, err = s.repeatRows(ctx, v, list.Data)
	return page, err
}

func evidenceTabs(v visit) []Link {
	return tabs(v, paramEvidence, []Param{
		{"", "全部"}, {string(recur.BySimilarity), "文字相似"}, {string(recur.ByAdmission), "文件自述"},
	}, nil)
}

// repeatRows works out the pairs, with what the documents tell was done in between.
func (s *Site) repeatRows(ctx context.Context, v visit, pairs []api.RepeatPair) ([]RepeatRow, error) {
	var ids []corpus.FindingID
	for _, p := range pairs {
		if p.Prior != nil {
			ids = append(ids, p.Prior.ID)
		}
	}
	findings, err := s.findingsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]RepeatRow, len(pairs))
	for i, p := range pairs {
		rows[i] = s.repeatRow(v, p)
		if p.Prior != nil {
			account := accountOf(findings[p.Prior.ID], p.PriorStatus)
			if !answers(p.Prior.Type) {
				account = DoneAccount{
					Status: statusWord(p.PriorStatus), Silent: "早先的文件是" + p.Prior.Type.Chinese() + "，库中没有认出答复它的通报",
				}
			}
			rows[i].Between, rows[i].Older.Status = &account, nil
		}
	}
	return rows, nil
}

func (s *Site) repeatRow(v visit, p api.RepeatPair) RepeatRow {
	row := RepeatRow{
		Finding: p.Finding.ID, Anchor: "r" + string(p.Finding.ID), Rounds: roundsWord(p), Evidence: evidenceWord(p),
		Unit: Link{Name: orNone(string(p.Unit)), Href: address(v.path, and(v.filter, corpus.FieldUnit, string(p.Unit)))}, Confirmed: p.Verdict == corpus.Confirmed,
	}
	for _, c := range p.Finding.Categories {
		row.Categories = append(row.Categories, Link{Name: s.names().category(c), Href: address(v.path, and(v.filter, corpus.FieldCategory, string(c)))})
	}
	var older, newer []corpus.Span
	if p.Prior != nil {
		older, newer = highlight.Shared(p.Prior.Statement, p.Finding.Statement)
		side := linkedSide(*p.Prior, older)
		row.Prior, row.Older = p.Prior.ID, &side
	}
	row.Newer = linkedSide(p.Finding, newer)
	if p.Admission != nil {
		row.Admission = &Quotation{
			Text: clip(oneLine(p.Admission.Text), quotationLength), Href: quoteAddress(p.Finding.DocumentID, p.Admission.Span),
		}
	}
	return row
}

// roundsWord says how many inspections found the problem.
func roundsWord(p api.RepeatPair) string {
	if p.Prior == nil {
		return "至少两次巡察都有"
	}
	return fmt.Sprintf("%d 次巡察都有", p.Rounds)
}

// evidenceWord says what a repeat rests on.
func evidenceWord(p api.RepeatPair) string {
	switch p.Evidence {
	case recur.ByAdmission:
		return "文件自述"
	case recur.ByBoth:
		return fmt.Sprintf("文件自述，文字相似 %.2f", p.Score)
	}
	return fmt.Sprintf("文字相似 %.2f", p.Score)
}

// repeated takes down what a person says about a repeat and goes back to the list.
func (s *Site) repeated(c echo.Context) error {
	req, err := api.ParseRepeats(c.QueryParams())
	if err != nil {
		return err
	}
	form, err := s.decide(c, corpus.RepeatLink)
	if err != nil {
		return err
	}
	params := []Param{{paramEvidence, string(req.Evidence)}, {paramCursor, req.Cursor}}
	place := "#r" + form.Get("finding")
	if corpus.Verdict(form.Get("verdict")) == corpus.Rejected {
		params = append(params, Param{paramRejected, form.Get("finding")}, Param{paramPrior, form.Get("prior")})
		place = ""
	}
	return c.Redirect(http.StatusSeeOther, address(c.Request().URL.Path, req.Filter, params...)+place)
}

// repeatBox works out what the overview says of repeats, nil where they are not known (yet).
func (s *Site) repeatBox(ctx context.Context, v visit) (*RepeatBox, error) {
	if !s.hasLinks() {
		return nil, nil
	}
	f := freed(v.filter, corpus.FieldKind)
	list, err := s.service.Repeats(ctx, api.RepeatsRequest{Filter: f, Page: api.Page{Limit: repeatBoxLines}})
	if corpus.KindOf(err) == corpus.Unavailable {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	box := &RepeatBox{Total: thousands(list.Total.Value), Href: address("/repeats", f)}
	for _, p := range list.Data {
		line := RepeatLine{
			Name: clip(p.Finding.Statement, maxStatement), Href: box.Href + "#r" + string(p.Finding.ID), Unit: orNone(string(p.Unit)),
			When: yearWord(p.Finding.Year) + "，" + roundsWord(p),
		}
		if p.Prior != nil {
			line.When = yearWord(p.Prior.Year) + " → " + line.When
		}
		box.Lines = append(box.Lines, line)
	}
	return box, nil
}
