package trend_test

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"tongjian/corpus"
)

// paper is an invented document: what it is and the categories of its findings.
type paper struct {
	year     int
	round    string
	unit     string
	sector   string
	findings [][]string
}

// shelf is a Counter over papers that counts in the plainest way. moved, where set, is the sequence number of each answer
// in turn.
type shelf struct {
	papers []paper
	moved  []int64
	calls  int
}

func (s *shelf) Tally(_ context.Context, req corpus.TallyRequest) (*corpus.Tally, error) {
	type set struct {
		findings   int
		docs, unit map[string]bool
	}
	cells := map[[2]string]*set{}
	total := &set{docs: map[string]bool{}, unit: map[string]bool{}}
	count := func(s *set, doc int, p paper, findings int) {
		s.findings += findings
		s.docs[strconv.Itoa(doc)] = true
		s.unit[p.unit] = true
	}
	wanted := req.Filter.Values[corpus.FieldCategory]
	for i, p := range s.papers {
		keys := func(finding []string) [][2]string {
			var out [][2]string
			for _, r := range values(p, req.Rows, finding) {
				for _, c := range values(p, req.Cols, finding) {
					out = append(out, [2]string{r, c})
				}
			}
			return out
		}
		units := p.findings
		if req.Denominators {
			units = [][]string{nil}
		}
		for _, f := range units {
			if !req.Denominators && len(wanted) > 0 && !slices.ContainsFunc(f, func(c string) bool { return slices.Contains(wanted, c) }) {
				continue
			}
			n := 1
			if req.Denominators {
				n = len(p.findings)
			}
			count(total, i, p, n)
			for _, k := range keys(f) {
				if cells[k] == nil {
					cells[k] = &set{docs: map[string]bool{}, unit: map[string]bool{}}
				}
				count(cells[k], i, p, n)
			}
		}
	}
	t := &corpus.Tally{Sequence: 7, Total: corpus.Cell{Findings: total.findings, Documents: len(total.docs), Units: len(total.unit)}}
	if len(s.moved) > 0 {
		t.Sequence = s.moved[min(s.calls, len(s.moved)-1)]
	}
	s.calls++
	for k, c := range cells {
		t.Cells = append(t.Cells, corpus.Cell{
			Row: k[0], Col: k[1], Findings: c.findings, Documents: len(c.docs), Units: len(c.unit),
		})
	}
	slices.SortFunc(t.Cells, func(a, b corpus.Cell) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
	})
	return t, nil
}

// values returns the values of a field of one finding.
func values(p paper, field corpus.Field, finding []string) []string {
	switch field {
	case corpus.FieldYear:
		if p.year == 0 {
			return []string{""}
		}
		return []string{strconv.Itoa(p.year)}
	case corpus.FieldRound:
		return []string{p.round}
	case corpus.FieldSector:
		return []string{p.sector}
	case corpus.FieldUnit:
		return []string{p.unit}
	case corpus.FieldCategory:
		return finding
	}
	return []string{""}
}

// papers returns n papers of a year, of which with have a finding of the category; all have one of finance.budget.
func papers(year, n, with int, category string) []paper {
	var out []paper
	for i := range n {
		p := paper{year: year, unit: "单位" + strconv.Itoa(i), sector: "教育", findings: [][]string{{"finance.budget"}}}
		if i < with {
			p.findings = append(p.findings, []string{category})
		}
		out = append(out, p)
	}
	return out
}
