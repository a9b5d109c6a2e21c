package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tongjian/analysis/peers"
	"tongjian/api"
	"tongjian/api/web/chart"
	"tongjian/corpus"
	"tongjian/index"
)

// UnitRepeats are the problems of the unit that came back: the newest few, and the way to all.
type UnitRepeats struct {
	Total string
	Href  string
	Lines []UnitRepeat
}

// UnitRepeat is one problem that came back: the later finding, and the earlier one with what was said to be done about it.
// Earlier is nil where the text of the later one alone says so.
type UnitRepeat struct {
	Rounds  int
	Later   CitedLine
	Earlier *CitedLine
}

// How much of each kind the dossier lists.
const (
	maxUnitRepeats = 8
	maxPeersRows   = 10
	maxBriefTop    = 3
)

// cite is how the dossier refers to a finding: the number of its document, and its own in it.
func (d dossier) cite(id corpus.FindingID) string {
	_, ordinal, _ := strings.Cut(string(id), "-")
	return d.citeDocument(id.Document()) + " 第 " + ordinal + " 项"
}

func (d dossier) citeDocument(id corpus.DocumentID) string {
	if n, ok := d.number[id]; ok {
		return fmt.Sprintf("[%d]", n)
	}
	return "[他文]"
}

// unitRepeats lists what came back; nil where that is not looked for or not known yet.
func (s *Site) unitRepeats(d dossier) (*UnitRepeats, error) {
	if !s.hasLinks() || s.service.Recur.Applied() < s.service.Engine.Applied() {
		return nil, nil
	}
	out := &UnitRepeats{
		Total: thousands(d.RepeatsTotal), Href: address("/repeats", and(corpus.Filter{}, corpus.FieldUnit, d.Unit)),
	}
	for _, p := range d.Repeats[:min(len(d.Repeats), maxUnitRepeats)] {
		row := UnitRepeat{Rounds: p.Rounds, Later: d.citedFinding(p.Finding)}
		if p.Prior != nil {
			earlier := d.citedFinding(*p.Prior)
			row.Earlier = &earlier
		}
		out.Lines = append(out.Lines, row)
	}
	return out, nil
}

func (d dossier) citedFinding(f api.LinkedFinding) CitedLine {
	line := CitedLine{Text: fmt.Sprintf("%s：%s", yearWord(f.Year), f.Statement), Cite: d.cite(f.ID), Href: findingAddress(f.ID)}
	if answers(f.Type) {
		status := statusWord(f.Status)
		line.Status = &status
	}
	return line
}

// done sums up what was done about the unit's problems.
func (d dossier) done() UnitDone {
	r := d.Rectification
	out := UnitDone{Href: address("/rectification", and(corpus.Filter{}, corpus.FieldUnit, d.Unit))}
	for _, c := range r.Total.Statuses {
		if c.Findings == 0 {
			continue
		}
		out.Statuses = append(out.Statuses, StatusCount{Status: statusWord(corpus.Status(c.Value)), Count: c.Findings, Href: drilled(c.Drilldown)})
		out.Shares = append(out.Shares, fmt.Sprintf("%d/%d（%s）", c.Findings, c.Of, percent(c.Share)))
	}
	if w := r.Total.WordsOnly; w.Findings > 0 {
		out.Words = &Link{Name: fmt.Sprintf("%d/%d（%s）", w.Findings, w.Of, percent(w.Share)), Href: drilled(w.Drilldown)}
	}
	for _, c := range r.Claims[:min(len(r.Claims), maxUnitClaims)] {
		line := CitedLine{Text: fmt.Sprintf("%s：%s", yearWord(c.Year), c.Message), Cite: d.citeDocument(c.DocumentID), Href: "/documents/" + string(c.DocumentID)}
		if len(c.Said.Quotes) > 0 {
			line.Href = quoteAddress(c.DocumentID, c.Said.Quotes[0].Span)
		}
		out.Claims = append(out.Claims, line)
	}
	if n := r.ClaimsTotal - len(out.Claims); n > 0 {
		out.More = fmt.Sprintf("另有 %d 处", n)
	}
	if r.ReusedTotal > 0 {
		out.Reused = fmt.Sprintf("%d 个问题的整改情况与更早的文字重复", r.ReusedTotal)
	}
	return out
}

// drilled is the search page of a drilldown, "" where it counts nothing.
func drilled(drilldown string) string {
	if drilldown == "" {
		return ""
	}
	return "/search?" + drilldown
}

// peersReasons say why a unit is not compared.
var peersReasons = map[peers.Reason]string{
	peers.UnknownUnit:    "没有可比的问题。",
	peers.UnknownPeers:   "单位的系统或层级不明，不作同类比较。",
	peers.TooFewPeers:    fmt.Sprintf("样本少：库中同系统、同层级的其他单位不足 %d 个，不作同类比较。", peers.MinPeers),
	peers.TooFewFindings: fmt.Sprintf("样本少：同类单位的问题不足 %d 个，不作同类比较。", peers.MinFindings),
}

// peers puts the unit beside the units of its kind: in words what is notable, as a chart the most striking categories.
func (d dossier) peers() UnitPeers {
	p := d.UnitAnswer.Peers
	out := UnitPeers{Tools: []Link{
		{Name: "CSV", Href: address("/api/v1/peers", and(corpus.Filter{}, corpus.FieldUnit, d.Unit), Param{"format", "csv"})},
		{Name: "API", Href: address("/api/v1/peers", and(corpus.Filter{}, corpus.FieldUnit, d.Unit))},
	}}
	if word, ok := peersReasons[p.Reason]; ok {
		out.Words = word
		return out
	}
	out.Words = fmt.Sprintf("同类：%s系统%s的其他 %d 个单位，%d 个问题。点是本单位问题中这一类相当于同类所占份额的几倍（向 1 收缩的估计），线是 95%% 区间；实心为显著（q ≤ %.2f）；右边是实有 / 按同类应有的问题数。",
		p.Sector, levelWord(p.Level), p.Peers, p.PeersFindings, peers.Alpha)
	ratios := chart.Intervals{Alt: fmt.Sprintf("%s各类问题与同类单位之比。显著的几类见文字。", d.Unit)}
	for i, r := range p.Rows {
		if r.Direction != "" {
			out.Lines = append(out.Lines, peersLine(r))
		}
		if i < maxPeersRows {
			ratios.Rows = append(ratios.Rows, chart.Interval{
				Name: r.Label, Text: fmt.Sprintf("%d / %.1f", r.Observed, r.Expected), Value: r.Ratio, Low: r.Low, High: r.High, Faint: r.Direction == "",
				Href: drilled(r.Drilldown), Title: fmt.Sprintf("%s：本单位 %d 个问题，按同类应为 %.1f 个；%s", r.Label, r.Observed, r.Expected, ratioWord(r)),
			})
		}
	}
	if len(out.Lines) == 0 {
		out.Lines = []BriefLine{{Text: "没有哪一类显著多于或少于同类单位。"}}
	}
	fig := chart.Ratios(ratios)
	out.Figure = &fig
	return out
}

func peersLine(r api.PeersRow) BriefLine {
	word := map[peers.Direction]string{peers.More: "多于同类", peers.Less: "少于同类"}[r.Direction]
	line := BriefLine{
		Text: fmt.Sprintf("%s%s：%d 个问题，按同类应为 %.1f 个；%s。", r.Label, word, r.Observed, r.Expected, ratioWord(r)), Href: drilled(r.Drilldown),
	}
	if line.Href == "" {
		line.Href = drilled(r.PeersDrilldown)
	}
	return line
}

// ratioWord writes a ratio with its interval.
func ratioWord(r api.PeersRow) string {
	return fmt.Sprintf("%.1f 倍（%.1f–%.1f），%s", r.Ratio, r.Low, r.High, qWord(r.Q))
}

// brief sums the dossier up in sentences, each with the way to what it rests on.
func (d dossier) brief(linked bool) []BriefLine {
	documents := fmt.Sprint(len(d.Documents))
	if len(d.Documents) == index.MaxLimit {
		documents = "最早的 " + documents
	}
	out := []BriefLine{{
		Text: fmt.Sprintf("%s%s 份文件、%d 次巡察，共 %d 个问题（同一次巡察的反馈与整改通报各计）。", d.years(), documents, len(d.inspections()), d.table.Total.Findings),
		Href: drilled(d.table.Total.Drilldown),
	}}
	for i, r := range d.most() {
		if i == maxBriefTop || r.Value == "" {
			break
		}
		out = append(out, BriefLine{
			Text: fmt.Sprintf("较多的是%s：%d 个问题，见于 %d 份文件。", r.Label, r.Findings, r.Documents), Href: drilled(r.Drilldown),
		})
	}
	if linked && d.RepeatsTotal > 0 {
		out = append(out, BriefLine{
			Text: fmt.Sprintf("再次出现的问题 %d 个。", d.RepeatsTotal), Href: address("/repeats", and(corpus.Filter{}, corpus.FieldUnit, d.Unit)),
		})
	}
	for _, c := range d.Rectification.Total.Statuses {
		if s := corpus.Status(c.Value); c.Findings > 0 && (s == corpus.NotDone || s == corpus.InProgress || s == corpus.Partial) {
			out = append(out, BriefLine{Text: fmt.Sprintf("%s：%d/%d 个问题。", s.Chinese(), c.Findings, c.Of), Href: drilled(c.Drilldown)})
		}
	}
	if n := d.Rectification.ClaimsTotal; n > 0 {
		out = append(out, BriefLine{Text: fmt.Sprintf("文中说法对不上 %d 处。", n), Href: "#done"})
	}
	return out
}

// most returns the categories with the most findings first; findings without one come last.
func (d dossier) most() []api.MatrixMargin {
	rows := slices.Clone(d.table.Rows)
	slices.SortStableFunc(rows, func(a, b api.MatrixMargin) int {
		if a.Value == "" || b.Value == "" {
			return cmp.Compare(b.Value, a.Value)
		}
		return cmp.Compare(b.Findings, a.Findings)
	})
	return rows
}

// years writes the years that the documents are from: 2019–2024 年.
func (d dossier) years() string {
	var first, last corpus.Year
	for _, doc := range d.Documents {
		if doc.Year != 0 {
			if first == 0 || doc.Year < first {
				first = doc.Year
			}
			last = max(last, doc.Year)
		}
	}
	switch {
	case first == 0:
		return ""
	case first == last:
		return fmt.Sprintf("%d 年", int(first))
	}
	return fmt.Sprintf("%d–%d 年", int(first), int(last))
}
