package web_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tongjian/corpus"
	"tongjian/index"
)

// fakeCorpus is a store and an engine over documents in memory. It finds by plain substrings and counts by going through
// everything, which is what the pages' figures are checked against. Fail, where set, is what every question is
// answered with.
type fakeCorpus struct {
	index.Engine // nil: the pages do not ask for the rest
	docs         []*corpus.Document
	Fail         error
}

// passage is a finding or a section of a document.
type passage struct {
	doc     *corpus.Document
	finding *corpus.Finding
	section corpus.Section
	span    corpus.Span
}

func (f *fakeCorpus) passages() []passage {
	var out []passage
	for _, d := range f.docs {
		for i := range d.Findings {
			out = append(out, passage{doc: d, finding: &d.Findings[i], span: d.Findings[i].Span})
		}
		for _, s := range d.Sections {
			out = append(out, passage{doc: d, section: s, span: s.Span})
		}
	}
	return out
}

// values returns the values of a field that a passage has.
func (p passage) values(field corpus.Field) []string {
	switch field {
	case corpus.FieldUnit:
		return []string{string(p.doc.Unit)}
	case corpus.FieldRegion:
		return []string{string(p.doc.Region.City)}
	case corpus.FieldSector:
		return []string{string(p.doc.Sector)}
	case corpus.FieldLevel:
		return []string{string(p.doc.Level)}
	case corpus.FieldInspector:
		return []string{string(p.doc.Inspector)}
	case corpus.FieldRound:
		return []string{string(p.doc.Round)}
	case corpus.FieldYear:
		if p.doc.Year == 0 {
			return []string{""}
		}
		return []string{fmt.Sprint(int(p.doc.Year))}
	case corpus.FieldType:
		return []string{string(p.doc.DocType)}
	case corpus.FieldDocument:
		return []string{string(p.doc.ID)}
	case corpus.FieldKind:
		if p.finding == nil {
			return []string{string(corpus.KindSection)}
		}
		return []string{string(corpus.KindFinding)}
	}
	if p.finding == nil {
		return nil
	}
	var out []string
	switch field {
	case corpus.FieldStatus:
		out = append(out, string(p.finding.Status))
	case corpus.FieldCategory, corpus.FieldDomain:
		for _, c := range p.finding.Categories {
			code := c.Code
			if field == corpus.FieldDomain {
				code = code.Domain()
			}
			if !slices.Contains(out, string(code)) {
				out = append(out, string(code))
			}
		}
	}
	return out
}

// matches reports whether a filter chooses a passage; documentOnly leaves out text and fields of passages.
func (p passage) matches(f corpus.Filter, documentOnly bool) bool {
	for field, accepted := range f.Values {
		if documentOnly && !field.OfDocument() {
			continue
		}
		have := p.values(field)
		if field == corpus.FieldCategory {
			have = append(have, p.values(corpus.FieldDomain)...)
		}
		if !slices.ContainsFunc(accepted, func(a string) bool {
			from, to, ranged := strings.Cut(a, "..")
			return slices.ContainsFunc(have, func(h string) bool {
				return h == a || a == corpus.Exactly(h) || ranged && h >= from && (to == "" || h <= to)
			})
		}) {
			return false
		}
	}
	if documentOnly {
		return true
	}
	for _, w := range strings.Fields(f.Query) {
		if !strings.Contains(p.span.Of(p.doc.Text), strings.Trim(w, `"`)) {
			return false
		}
	}
	return true
}

func (f *fakeCorpus) chosen(filter corpus.Filter, documentOnly bool) []passage {
	return slices.DeleteFunc(f.passages(), func(p passage) bool { return !p.matches(filter, documentOnly) })
}

// Search lists newest first unless asked for the oldest; its cursor is the number of hits before.
func (f *fakeCorpus) Search(_ context.Context, req index.Request) (*index.Answer, error) {
	if f.Fail != nil {
		return nil, f.Fail
	}
	if at := strings.IndexByte(req.Filter.Query, '('); at >= 0 && !strings.Contains(req.Filter.Query, `"`) && !strings.Contains(req.Filter.Query, ")") {
		return nil, &corpus.Error{
			Kind: corpus.Invalid, Code: "query_syntax", Message: "括号没有配对", Param: "q", Value: req.Filter.Query, Position: at, Expected: ")",
		}
	}
	found := f.chosen(req.Filter, false)
	slices.SortStableFunc(found, func(a, b passage) int {
		if req.Sort == index.ByDate {
			a, b = b, a
		}
		return cmp.Compare(b.doc.Year, a.doc.Year)
	})
	answer := &index.Answer{Understood: req.Filter.Query, Sequence: f.Applied()}
	for _, field := range req.Facets {
		answer.Facets = append(answer.Facets, f.facet(found, field, req.Group, max(req.FacetSize, 1)))
	}
	if req.Group == index.ByDocument {
		seen := map[corpus.DocumentID]bool{}
		found = slices.DeleteFunc(found, func(p passage) bool {
			again := seen[p.doc.ID]
			seen[p.doc.ID] = true
			return again
		})
	}
	answer.Total = len(found)
	start, limit := 0, cmp.Or(req.Limit, index.DefaultLimit)
	if req.Cursor != "" {
		if _, err := fmt.Sscan(req.Cursor, &start); err != nil {
			return nil, &corpus.Error{Kind: corpus.Invalid, Message: "翻页位置无效", Param: "cursor", Value: req.Cursor, Position: -1}
		}
	}
	for _, p := range found[start:min(start+limit, len(found))] {
		answer.Hits = append(answer.Hits, p.hit(req))
	}
	if start+limit < len(found) {
		answer.Next = fmt.Sprint(start + limit)
	}
	return answer, nil
}

func (p passage) hit(req index.Request) index.Hit {
	d := p.doc
	h := index.Hit{
		DocumentID: d.ID, Kind: corpus.KindSection, Title: string(d.Title), Statement: p.section.Heading, Unit: string(d.Unit),
		Region: string(d.Region.City), Year: d.Year, Type: d.DocType, Span: p.span,
	}
	if p.finding != nil {
		h.Kind, h.FindingID, h.Statement, h.Status = corpus.KindFinding, p.finding.ID, p.finding.Statement, p.finding.Status
		for _, c := range p.finding.Categories {
			h.Categories = append(h.Categories, c.Code)
		}
	}
	text := p.span.Of(d.Text)
	for _, w := range strings.Fields(req.Filter.Query) {
		w = strings.Trim(w, `"`)
		if at := strings.Index(text, w); at >= 0 && len(h.Snippets) < req.Snippets {
			from := strings.LastIndex(text[:at], "\n") + 1
			sentence, _, _ := strings.Cut(text[from:], "\n")
			h.Snippets = append(h.Snippets, index.Snippet{
				Text: sentence, At: p.span.Start + from, Marks: []corpus.Span{{Start: at - from, End: at - from + len(w)}},
			})
		}
	}
	return h
}

func (f *fakeCorpus) facet(found []passage, field corpus.Field, group index.Group, size int) index.Facet {
	counts := map[string]map[string]bool{}
	for i, p := range found {
		key := fmt.Sprint(i)
		if group == index.ByDocument {
			key = string(p.doc.ID)
		}
		for _, v := range p.values(field) {
			if counts[v] == nil {
				counts[v] = map[string]bool{}
			}
			counts[v][key] = true
		}
	}
	out := index.Facet{Field: field}
	for v, keys := range counts {
		out.Values = append(out.Values, index.FacetValue{Value: v, Count: len(keys)})
	}
	slices.SortFunc(out.Values, func(a, b index.FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	if len(out.Values) > size {
		out.Others = len(out.Values) - size
		out.Values = out.Values[:size]
	}
	return out
}

func (f *fakeCorpus) Tally(_ context.Context, req corpus.TallyRequest) (*corpus.Tally, error) {
	if f.Fail != nil {
		return nil, f.Fail
	}
	cells := map[[2]string]*tallied{}
	total := newTallied()
	for _, p := range f.chosen(req.Filter, req.Denominators) {
		if p.finding == nil && !req.Denominators {
			continue
		}
		total.add(p)
		for _, r := range orOne(p, req.Rows) {
			for _, c := range orOne(p, req.Cols) {
				key := [2]string{r, c}
				if cells[key] == nil {
					cells[key] = newTallied()
				}
				cells[key].add(p)
			}
		}
	}
	out := &corpus.Tally{Total: total.cell("", ""), Sequence: f.Applied()}
	for key, t := range cells {
		out.Cells = append(out.Cells, t.cell(key[0], key[1]))
	}
	slices.SortFunc(out.Cells, func(a, b corpus.Cell) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
	})
	return out, nil
}

func orOne(p passage, field corpus.Field) []string {
	if field == "" {
		return []string{""}
	}
	return p.values(field)
}

type tallied struct {
	findings    int
	docs, units map[string]bool
}

func newTallied() *tallied { return &tallied{docs: map[string]bool{}, units: map[string]bool{}} }

func (t *tallied) add(p passage) {
	if p.finding != nil {
		t.findings++
	}
	t.docs[string(p.doc.ID)] = true
	t.units[string(p.doc.Unit)] = true
}

func (t *tallied) cell(row, col string) corpus.Cell {
	return corpus.Cell{Row: row, Col: col, Findings: t.findings, Documents: len(t.docs), Units: len(t.units)}
}

func (f *fakeCorpus) Apply(context.Context, []corpus.Change) error { return nil }
func (f *fakeCorpus) Applied() int64                               { return int64(len(f.docs)) }
func (f *fakeCorpus) Counts() index.Counts                         { return index.Counts{Documents: len(f.docs)} }
func (f *fakeCorpus) Close() error                                 { return nil }

func (f *fakeCorpus) Document(_ context.Context, id corpus.DocumentID) (*corpus.Document, error) {
	if f.Fail != nil {
		return nil, f.Fail
	}
	for _, d := range f.docs {
		if d.ID == id {
			return d, nil
		}
	}
	return nil, &corpus.Error{Kind: corpus.NotFound, Message: "没有编号为 " + string(id) + " 的文档", Position: -1}
}

func (f *fakeCorpus) Documents(ctx context.Context, ids []corpus.DocumentID) ([]*corpus.Document, error) {
	var out []*corpus.Document
	for _, id := range ids {
		if d, err := f.Document(ctx, id); err == nil {
			out = append(out, d)
		}
	}
	return out, nil
}

func (f *fakeCorpus) Original(context.Context, corpus.DocumentID) (string, []byte, error) {
	return "", nil, &corpus.Error{Kind: corpus.NotFound, Message: "没有原件", Position: -1}
}

func (f *fakeCorpus) Sequence(context.Context) (int64, error) { return f.Applied(), f.Fail }

func (f *fakeCorpus) Stats(context.Context) (corpus.Stats, error) {
	return corpus.Stats{Documents: len(f.docs), Sequence: f.Applied()}, f.Fail
}

// Hint knows nothing better.
func (f *fakeCorpus) Hint(context.Context, corpus.Filter) (*index.Hint, error) {
	return &index.Hint{}, nil
}
