package web

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"

	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
	"tongjian/index"
)

// UnitPage is the dossier of a unit: what inspections found there, what came back, what was done, and how it stands beside
// units of its kind. It prints as the brief before an inspection, in which every sentence names its source.
type UnitPage struct {
	Frame       Frame
	Name        string
	Facts       []Link
	Tools       []Link
	Brief       []BriefLine
	Inspections []InspectionRow
	Table       *Table
	TableNote   string
	Repeats     *UnitRepeats // nil where repeats are not looked for, or not known yet
	Done        UnitDone
	Peers       UnitPeers
	Sources     []SourceRow
	More        *Link // documents beyond those that are listed
}

// BriefLine is one sentence with the way to what it rests on.
type BriefLine struct {
	Text string
	Href string
}

// InspectionRow is one inspection: when, by whom, and the documents about it.
type InspectionRow struct {
	Year      string
	Round     string
	Inspector string
	Period    string
	Documents []SourceRow
}

// SourceRow is one document; Number is how the brief refers to it.
type SourceRow struct {
	Number       int
	Href         string
	Title        string
	Type         string
	Published    string
	Findings     int
	FindingsHref string
}

// UnitDone is what was done about the unit's problems.
type UnitDone struct {
	Statuses []StatusCount
	Shares   []string // of each status, with its denominator
	Words    *Link    // answers that name no deed
	Claims   []CitedLine
	More     string // claims that are not listed
	Reused   string
	Href     string // the page about rectification, for this unit
}

// CitedLine is a sentence about one document, with the number of the document and the way to the words.
type CitedLine struct {
	Text   string
	Cite   string
	Href   string
	Status *StatusWord
}

// UnitPeers is the unit beside units of its sector and level.
type UnitPeers struct {
	Words  string
	Lines  []BriefLine
	Figure *chart.Figure
	Tools  []Link
}

// How much of the dossier is listed; the table of categories has so many documents, and as many cells as there is room for.
const (
	maxUnitColumns = 12
	unitCellsBytes = 40_000 // what the cells of that table may take up
	unitCellBytes  = 180    // of a cell, without the unit in its address
	maxUnitClaims  = 8
	maxInspections = 20
	maxSources     = 30
)

// unit works out the dossier.
func (s *Site) unit(ctx context.Context, v visit) (UnitPage, error) {
	name, err := url.PathUnescape(v.id)
	if err != nil {
		return UnitPage{}, &corpus.Error{
			Kind: corpus.Invalid, Code: "bad_value", Param: "id", Value: clip(v.id, 40), Position: -1, Message: "单位名称读不懂",
		}
	}
	v.filter = corpus.Filter{} // a dossier is about the whole unit
	v.path = unitAddress(name)
	frame, err := s.frame(ctx, v, name)
	if err != nil {
		return UnitPage{}, err
	}
	answer, err := s.service.Unit(ctx, name)
	if err != nil {
		return UnitPage{}, err
	}
	own := findingsOnly(and(corpus.Filter{}, corpus.FieldUnit, name))
	table, err := s.service.Matrix(ctx, api.MatrixRequest{Filter: own, Rows: corpus.FieldCategory, Cols: corpus.FieldDocument, Top: api.MaxTop})
	if err != nil {
		return UnitPage{}, err
	}
	d := dossier{UnitAnswer: answer, own: own, table: table, number: map[corpus.DocumentID]int{}}
	for i, doc := range answer.Documents {
		d.number[doc.ID] = i + 1
	}
	page := UnitPage{
		Frame: frame, Name: name, Facts: d.facts(), Inspections: d.inspections(), Peers: d.peers(), Done: d.done(),
		Tools: []Link{
			{Name: "全部问题", Href: address("/search", own)},
			{Name: "趋势", Href: address("/trends", and(corpus.Filter{}, corpus.FieldUnit, name))},
			{Name: "API", Href: "/api/v1" + unitAddress(name)},
		},
	}
	page.Table, page.TableNote = d.categories()
	for _, doc := range answer.Documents[max(0, len(answer.Documents)-maxSources):] {
		page.Sources = append(page.Sources, d.source(doc))
	}
	if len(page.Sources) < len(answer.Documents) {
		page.More = &Link{Name: "更早的文件", Href: address("/documents", and(corpus.Filter{}, corpus.FieldUnit, name), Param{paramSort, string(index.ByDate)})}
	}
	page.Inspections = page.Inspections[max(0, len(page.Inspections)-maxInspections):]
	if page.Repeats, err = s.unitRepeats(d); err != nil {
		return UnitPage{}, err
	}
	page.Brief = d.brief(page.Repeats != nil)
	return page, nil
}

// dossier is what a unit's page is worked out from.
type dossier struct {
	*api.UnitAnswer
	own    corpus.Filter
	table  *api.MatrixAnswer // categories by document
	number map[corpus.DocumentID]int
}

func (d dossier) facts() []Link {
	var out []Link
	add := func(name string, field corpus.Field, value string) {
		if name != "" && value != "" {
			out = append(out, Link{Name: name, Href: address("/units", and(corpus.Filter{}, field, value))})
		}
	}
	for _, part := range []corpus.Fact{d.Region.Province, d.Region.City, d.Region.County} {
		add(string(part), corpus.FieldRegion, string(part))
	}
	if d.Level != "" {
		add(levelWord(d.Level), corpus.FieldLevel, string(d.Level))
	}
	add(string(d.Sector), corpus.FieldSector, string(d.Sector))
	return out
}

func (d dossier) source(doc api.DocumentRecord) SourceRow {
	return SourceRow{
		Number: d.number[doc.ID], Href: "/documents/" + string(doc.ID), Title: nameOf(string(doc.Title), doc.Source), Type: doc.DocType.Chinese(),
		Published: string(cmp.Or(doc.PublicationDate, doc.FeedbackDate)), Findings: d.findingsIn(doc.ID),
		FindingsHref: address("/search", and(d.own, corpus.FieldDocument, string(doc.ID))),
	}
}

// findingsIn counts the unit's findings in one document.
func (d dossier) findingsIn(id corpus.DocumentID) int {
	for _, c := range d.table.Cols {
		if c.Value == string(id) {
			return c.Findings
		}
	}
	return 0
}

// inspections gathers the documents of each inspection, the oldest first. Documents are of one inspection where they name
// the same first day of it, or without one the same round, or without either the same year.
func (d dossier) inspections() []InspectionRow {
	var out []InspectionRow
	at := map[string]int{}
	for _, doc := range d.Documents {
		key := cmp.Or(string(doc.InspectionFrom), string(doc.Round), yearWord(doc.Year))
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, InspectionRow{Year: yearWord(doc.Year)})
		}
		row := &out[i]
		row.Round, row.Inspector = cmp.Or(row.Round, string(doc.Round)), cmp.Or(row.Inspector, string(doc.Inspector))
		row.Period = cmp.Or(row.Period, periodWord(doc.InspectionFrom, doc.InspectionTo))
		row.Documents = append(row.Documents, d.source(doc))
	}
	return out
}

func periodWord(from, to corpus.Date) string {
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return string(from) + " 起"
	case from == "":
		return "至 " + string(to)
	}
	return string(from) + " 至 " + string(to)
}

// categories is the table of categories by document, the newest documents where there are many.
func (d dossier) categories() (*Table, string) {
	if len(d.table.Rows) == 0 {
		return nil, ""
	}
	docs := d.Documents[max(0, len(d.Documents)-maxUnitColumns):]
	t := &Table{Caption: "各类问题在每份文件中的数目", Head: []string{"类别"}}
	for _, doc := range docs {
		t.Head = append(t.Head, fmt.Sprintf("%s [%d]", strings.TrimSuffix(yearWord(doc.Year), " 年"), d.number[doc.ID]))
	}
	t.Head = append(t.Head, "合计")
	cells := map[[2]string]api.Figures{}
	for _, c := range d.table.Cells {
		cells[[2]string{c.Row, c.Col}] = c.Figures
	}
	most, filled, room := d.most(), 0, unitCellsBytes/(unitCellBytes+len(api.EncodeFilter(d.own)))
	for _, r := range most {
		line := []TableCell{{Text: r.Label}}
		for _, doc := range docs {
			cell := cells[[2]string{r.Value, string(doc.ID)}]
			line = append(line, countCell(cell))
			if cell.Findings > 0 {
				filled++
			}
		}
		if t.Rows = append(t.Rows, append(line, countCell(r.Figures))); filled >= room {
			break
		}
	}
	note := "列为文件，方括号内是它在“来源”中的编号；一个问题属于几类的在各类中各计一次。同一次巡察的反馈与整改通报所列问题会重复。"
	if n := len(d.Documents) - len(docs); n > 0 {
		note += fmt.Sprintf("更早的 %d 份文件未列出，计入合计。", n)
	}
	if n := len(most) - len(t.Rows); n > 0 {
		note += fmt.Sprintf("问题较少的 %d 类未列出。", n)
	}
	return t, note
}

// countCell is a number of findings that leads to them.
func countCell(m api.Figures) TableCell {
	if m.Findings == 0 {
		return TableCell{Text: "–"}
	}
	return TableCell{Text: thousands(m.Findings), Href: "/search?" + m.Drilldown}
}
