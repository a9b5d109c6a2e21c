package web

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"

	"tongjian/analysis/compare"
	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
)

// ComparePage puts two to eight parts of the corpus side by side.
type ComparePage struct {
	Frame   Frame
	Sides   []CompareSide
	Problem *SideProblem
	// Hidden are the parameters that the form carries on, Room is set while sides can be added, Offers are some to begin with.
	Hidden   []Param
	Room     bool
	Offers   []Link
	Compared *Comparison // nil with fewer than two sides
}

// Status is the HTTP status of the page.
func (p ComparePage) Status() int {
	if p.Problem != nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// SideProblem says what is wrong with a side.
type SideProblem struct {
	Side     string
	Message  string
	Expected string
}

// CompareSide is one side: its letter, its name, what it counts, and the way to do without it.
type CompareSide struct {
	Letter    string
	Name      string
	Href      string
	Findings  string
	Documents int
	Units     int
	Note      string
	Remove    string
}

// Comparison is what two sides or more have in common and what sets them apart.
type Comparison struct {
	Caption  string
	Tools    []Link
	Figure   *chart.Figure
	Table    *Table
	Statuses *Table
	// Actions are the kinds of action most taken, as many as fit.
	Actions   *Table
	Matched   []MatchedRow
	MatchNote string
	Only      []OnlySide
	Keywords  []KeywordSide
}

// MatchedRow is one problem that several sides have, with what each states.
type MatchedRow struct {
	Categories string
	Cells      []MatchedCell
}

// MatchedCell holds the findings of one side in a row; More says how many are not listed.
type MatchedCell struct {
	Letter string
	Lines  []CitedLine
	More   string
}

// OnlySide lists the problems that no other side has.
type OnlySide struct {
	Letter string
	Name   string
	Total  int
	Lines  []CitedLine
	More   string
}

// KeywordSide lists the words that set one side apart.
type KeywordSide struct {
	Letter string
	Name   string
	Words  []KeywordLink
}

// KeywordLink is a word with how often it occurs on the side and on the others; it leads to the side's findings with it.
type KeywordLink struct {
	Word  string
	Count string
	Href  string
}

// How much a comparison shows: so much over all sides, and at most so much of each.
const (
	comparedMarks   = 56 // bars, or cells of the table
	comparedActions = 40
	maxCompared     = 20 // categories
	matchedCells    = 40
	maxMatchedRows  = 20
	maxMatchedCell  = 3
	onlyLines       = 40
	maxOnly         = 12
	keywordWords    = 48
	maxKeywords     = 15
	maxOffers       = 8
)

// paramSide is the parameter that names a side; it may stand up to api.MaxSides times.
const paramSide = "side"

// letters tell the sides apart.
var letters = []string{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"}

// compare works out the page.
func (s *Site) compare(ctx context.Context, v visit) (ComparePage, error) {
	v.filter = freed(v.filter, corpus.FieldKind)
	written := sidesOf(v)
	frame, err := s.frame(ctx, v, "对比", sideParams(written)...)
	if err != nil {
		return ComparePage{}, err
	}
	page := ComparePage{Frame: frame, Room: len(written) < api.MaxSides, Hidden: formParams(v.filter)}
	for i, w := range written[:min(len(written), api.MaxSides)] {
		page.Hidden = append(page.Hidden, Param{paramSide, w})
		page.Sides = append(page.Sides, CompareSide{Letter: letters[i], Name: w, Remove: compareAddress(v, slices.Delete(slices.Clone(written), i, i+1))})
	}
	if page.Offers, err = s.offers(ctx, v, written); err != nil {
		return ComparePage{}, err
	}
	if len(written) < api.MinSides {
		return page, nil
	}
	answer, err := s.service.Compare(ctx, api.CompareRequest{Filter: v.filter, Sides: written})
	if p, ok := sideProblem(err); ok {
		page.Problem = p
		return page, nil
	}
	if err != nil {
		return ComparePage{}, err
	}
	for i := range page.Sides {
		fillSide(&page.Sides[i], answer.Sides[i])
	}
	page.Compared = s.comparison(v, page.Sides, answer)
	return page, nil
}

// sidesOf lists the sides that an address names.
func sidesOf(v visit) []string {
	var out []string
	for _, w := range v.values[paramSide] {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func sideParams(written []string) []Param {
	var out []Param
	for _, w := range written {
		out = append(out, Param{paramSide, w})
	}
	return out
}

func compareAddress(v visit, written []string) string {
	return address("/compare", v.filter, sideParams(written)...)
}

// formParams are the conditions that a form must carry on.
func formParams(f corpus.Filter) []Param {
	out := paramsOf(f)
	if f.Synonyms != corpus.UsualSynonyms {
		out = append(out, Param{"synonyms", string(f.Synonyms)})
	}
	return out
}

// sideOfUnit is the side that is exactly one unit.
func sideOfUnit(name string) string {
	return `unit:"` + corpus.Exactly(strings.ReplaceAll(name, `"`, "")) + `"`
}

// offers names some units to compare: those with the most findings.
func (s *Site) offers(ctx context.Context, v visit, written []string) ([]Link, error) {
	if len(written) >= api.MaxSides {
		return nil, nil
	}
	list, err := s.service.Units(ctx, api.ListRequest{Filter: v.filter, Page: api.Page{Limit: maxOffers + api.MaxSides}})
	if corpus.KindOf(err) == corpus.Invalid {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Link
	for _, u := range list.Data {
		side := sideOfUnit(u.Unit)
		if len(out) < maxOffers && !slices.Contains(written, side) {
			out = append(out, Link{Name: u.Unit, Href: compareAddress(v, append(slices.Clone(written), side))})
		}
	}
	return out, nil
}

// sideProblem turns an error about a side into what the page says of it.
func sideProblem(err error) (*SideProblem, bool) {
	var e *corpus.Error
	if !errors.As(err, &e) || e.Kind != corpus.Invalid && e.Kind != corpus.NotFound {
		return nil, false
	}
	return &SideProblem{Side: e.Value, Message: e.Message, Expected: e.Expected}, true
}

func fillSide(to *CompareSide, from api.CompareSide) {
	to.Name, to.Findings, to.Documents, to.Units = from.Label, thousands(from.Findings), from.Documents, from.Units
	if from.Findings > 0 {
		to.Href = drilled(from.Drilldown)
	}
	var notes []string
	if from.Shared > 0 {
		notes = append(notes, fmt.Sprintf("其中 %d 个也属于甲，不算区间", from.Shared))
	}
	if from.Read < from.Findings {
		notes = append(notes, fmt.Sprintf("配对和关键词只看最近 %d 个", from.Read))
	}
	to.Note = strings.Join(notes, "；")
}

// comparison works out what the sides have in common and what sets them apart.
func (s *Site) comparison(v visit, sides []CompareSide, a *api.CompareAnswer) *Comparison {
	written := sidesOf(v)
	out := &Comparison{
		Caption:   "各方有这类问题的问题数，占该方全部问题的比例，以及与甲的差（百分点；▲▼ 表示 95% 区间不含 0）。各条同一比例。",
		MatchNote: fmt.Sprintf("文字相似（不低于 %.2f）且类别相同的问题放在一行。", compare.Threshold),
		Tools: []Link{
			{Name: "表格", Href: address("/compare", v.filter, append(sideParams(written), Param{paramTable, "categories"})...) + "#categories"},
			{Name: "CSV", Href: address("/api/v1/compare", v.filter, append(sideParams(written), Param{"format", "csv"})...)},
			{Name: "API", Href: address("/api/v1/compare", v.filter, sideParams(written)...)},
		},
	}
	rows := largest(a.Categories, min(maxCompared, comparedMarks/len(sides)))
	if n := len(a.Categories) - len(rows); n > 0 {
		out.Caption += fmt.Sprintf("问题较少的 %d 类未显示，见 CSV。", n)
	}
	if v.param(paramTable) == "categories" {
		out.Tools[0] = Link{Name: "图", Href: compareAddress(v, written) + "#categories"}
		out.Table = comparedTable("类别", sides, rows)
	} else if len(rows) > 0 {
		fig := chart.Paired(comparedPairs(sides, rows))
		out.Figure = &fig
	}
	out.Statuses = comparedTable("整改状态", sides, a.Statuses)
	out.Actions = comparedTable("整改措施", sides, largest(a.Actions, comparedActions/len(sides)))
	for _, row := range a.Matched[:min(len(a.Matched), maxMatchedRows, matchedCells/len(sides))] {
		out.Matched = append(out.Matched, s.matchedRow(row))
	}
	if n := len(a.Matched) - len(out.Matched); n > 0 {
		out.MatchNote += fmt.Sprintf("另有 %d 行，见 API。", n)
	}
	for i, only := range a.OnlyHere {
		shown := only[:min(len(only), maxOnly, onlyLines/len(sides))]
		side := OnlySide{Letter: letters[i], Name: sides[i].Name, Total: len(only), Lines: comparedLines(shown)}
		if n := len(only) - len(side.Lines); n > 0 {
			side.More = fmt.Sprintf("另有 %d 个", n)
		}
		out.Only = append(out.Only, side)
	}
	for i, words := range a.Keywords {
		out.Keywords = append(out.Keywords, KeywordSide{Letter: letters[i], Name: sides[i].Name, Words: keywordLinks(v, written[i], words[:min(len(words), maxKeywords, keywordWords/len(sides))])})
	}
	return out
}

// largest keeps the rows with the most findings over all sides, in their order.
func largest(rows []api.ComparedRow, n int) []api.ComparedRow {
	sum := func(r api.ComparedRow) int {
		total := 0
		for _, c := range r.Cells {
			total += c.Findings
		}
		return total
	}
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b api.ComparedRow) int { return sum(b) - sum(a) })
	return out[:min(len(out), n)]
}

// comparedWord writes a cell: 12（30%）, and beside another side ▲+18.
func comparedWord(c api.ComparedCell) string {
	if c.Share == nil {
		return "–"
	}
	return fmt.Sprintf("%d（%s）%s", c.Findings, percent(c.Share), differenceWord(c))
}

// differenceWord writes the difference to the first side in percentage points, with a sign where its interval is clear of 0.
func differenceWord(c api.ComparedCell) string {
	if c.Difference == nil {
		return ""
	}
	points := math.Round(*c.Difference * 100)
	if points == 0 {
		return " ±0"
	}
	mark := " "
	if c.DifferenceLow != nil && *c.DifferenceLow > 0 {
		mark = " ▲"
	}
	if c.DifferenceHigh != nil && *c.DifferenceHigh < 0 {
		mark = " ▼"
	}
	return mark + strings.ReplaceAll(fmt.Sprintf("%+.0f", points), "-", "−")
}

func comparedPairs(sides []CompareSide, rows []api.ComparedRow) chart.Pairs {
	out := chart.Pairs{Alt: fmt.Sprintf("%d 方各类问题的占比。同样的数据见表格。", len(sides)), Letters: letters}
	for _, r := range rows {
		row := chart.PairedRow{Name: r.Label}
		for i, c := range r.Cells {
			bar := chart.PairedBar{Text: comparedWord(c), Title: fmt.Sprintf("%s %s：%s", sides[i].Name, r.Label, comparedTitle(c))}
			if c.Share != nil {
				bar.Value = *c.Share
			}
			if c.Findings > 0 {
				bar.Href = drilled(c.Drilldown)
			}
			row.Bars = append(row.Bars, bar)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func comparedTitle(c api.ComparedCell) string {
	out := fmt.Sprintf("%d 个问题，%d 份文件", c.Findings, c.Documents)
	if c.Share != nil {
		out += "，占该方问题的 " + percent(c.Share)
	}
	if c.DifferenceLow != nil {
		out += fmt.Sprintf("，与甲相差 %+.0f 个百分点（%+.0f 至 %+.0f）", *c.Difference*100, *c.DifferenceLow*100, *c.DifferenceHigh*100)
	}
	return out
}

func comparedTable(name string, sides []CompareSide, rows []api.ComparedRow) *Table {
	t := &Table{Caption: "各方的" + name, Head: []string{name}}
	for _, side := range sides {
		t.Head = append(t.Head, side.Letter)
	}
	for _, r := range rows {
		line := []TableCell{{Text: r.Label}}
		for _, c := range r.Cells {
			cell := TableCell{Text: fmt.Sprint(c.Findings), Note: percent(c.Share) + differenceWord(c)}
			if c.Findings > 0 {
				cell.Href = drilled(c.Drilldown)
			}
			line = append(line, cell)
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

func (s *Site) matchedRow(row api.MatchedRow) MatchedRow {
	var names []string
	for _, c := range row.Categories {
		names = append(names, s.names().category(c))
	}
	out := MatchedRow{Categories: strings.Join(names, "、")}
	for i, cell := range row.Cells {
		c := MatchedCell{Letter: letters[i], Lines: comparedLines(cell[:min(len(cell), maxMatchedCell)])}
		if n := len(cell) - len(c.Lines); n > 0 {
			c.More = fmt.Sprintf("另有 %d 个", n)
		}
		out.Cells = append(out.Cells, c)
	}
	return out
}

func comparedLines(findings []api.ComparedOne) []CitedLine {
	var out []CitedLine
	for _, f := range findings {
		line := CitedLine{Text: f.Statement, Href: findingAddress(f.ID), Cite: yearWord(f.Year)}
		if f.Unit != "" {
			line.Cite += " " + string(f.Unit)
		}
		if f.Status != corpus.Unstated && f.Status != "" {
			status := statusWord(f.Status)
			line.Status = &status
		}
		out = append(out, line)
	}
	return out
}

func keywordLinks(v visit, side string, words []compare.Keyword) []KeywordLink {
	var out []KeywordLink
	for _, w := range words {
		query := "(" + side + `) "` + w.Word + `"`
		if v.filter.Query != "" {
			query = "(" + v.filter.Query + ") " + query
		}
		out = append(out, KeywordLink{
			Word: w.Word, Count: fmt.Sprintf("%d : %d 次", w.Count, w.Reference), Href: address("/search", withQuery(findingsOnly(v.filter), query)),
		})
	}
	return out
}
