package gold

import (
	"slices"
	"strconv"

	"tongjian/corpus"
)

// Fields lists the metadata fields that are judged, by the names that they have in JSON.
var Fields = []string{
	"doc_type", "title", "unit", "party_body", "province", "city", "county", "level", "inspector", "round",
	"inspection_from", "inspection_to", "feedback_date", "publication_date", "year",
	"declared.problems", "declared.items", "declared.aspects", "declared.rectified",
}

// Pair holds the categories of one finding on both sides, main ones first. Gold is nil for a finding that is none, Found
// for one that was not found.
type Pair struct {
	// Statement is that of the gold finding, else of the spurious one.
	Statement string
	Matched   bool
	Gold      []corpus.CategoryCode
	Found     []corpus.Category
}

// Comparison is how well one document, or several, were read.
type Comparison struct {
	Documents int
	// Metadata counts by field the documents of which it was read rightly.
	Metadata map[string]int
	// Gold, Found and Matched count findings: those that there are, those that were found, and those that are both.
	Gold, Found, Matched int
	// Status, Path and Measures count matched findings of which that was read rightly.
	Status, Path, Measures int
	// Pairs are the matched findings, the missed and the spurious ones.
	Pairs []Pair
}

// Compare says how well a document was read. Nothing was read where got is nil.
func Compare(g *Document, got *corpus.Document) Comparison {
	if got == nil {
		got = &corpus.Document{}
	}
	c := Comparison{Documents: 1, Metadata: map[string]int{}, Gold: len(g.Findings), Found: len(got.Findings)}
	metadata := g.metadata()
	for _, field := range Fields {
		if same(field, fieldOf(metadata, field), fieldOf(got, field)) {
			c.Metadata[field]++
		}
	}
	stated := make([]string, len(g.Findings))
	for i, f := range g.Findings {
		stated[i] = f.Statement
	}
	read := make([]string, len(got.Findings))
	for i, f := range got.Findings {
		read[i] = f.Statement
	}
	spurious := make([]bool, len(read))
	for j := range spurious {
		spurious[j] = true
	}
	for i, j := range match(stated, read) {
		if j < 0 {
			c.Pairs = append(c.Pairs, Pair{Statement: stated[i], Gold: g.Findings[i].Categories})
			continue
		}
		spurious[j] = false
		c.judge(g.Findings[i], got.Findings[j])
	}
	for j, f := range got.Findings {
		if spurious[j] {
			c.Pairs = append(c.Pairs, Pair{Statement: f.Statement, Found: f.Categories})
		}
	}
	return c
}

// judge counts one matched finding.
func (c *Comparison) judge(g Finding, f corpus.Finding) {
	c.Matched++
	if g.Status == f.Status {
		c.Status++
	}
	if slices.EqualFunc(g.Path, f.Path, func(a, b string) bool { return Similarity(a, b) >= Floor }) {
		c.Path++
	}
	if g.Measures == len(f.Measures) {
		c.Measures++
	}
	c.Pairs = append(c.Pairs, Pair{Statement: g.Statement, Matched: true, Gold: g.Categories, Found: f.Categories})
}

// Add adds the figures of another comparison.
func (c *Comparison) Add(o Comparison) {
	if c.Metadata == nil {
		c.Metadata = map[string]int{}
	}
	for field, n := range o.Metadata {
		c.Metadata[field] += n
	}
	c.Documents += o.Documents
	c.Gold, c.Found, c.Matched = c.Gold+o.Gold, c.Found+o.Found, c.Matched+o.Matched
	c.Status, c.Path, c.Measures = c.Status+o.Status, c.Path+o.Path, c.Measures+o.Measures
	c.Pairs = append(c.Pairs, o.Pairs...)
}

// MetadataMean is the share of all metadata values that were read rightly, 0 where there is no document.
func (c Comparison) MetadataMean() float64 {
	n := 0
	for _, right := range c.Metadata {
		n += right
	}
	return share(n, c.Documents*len(Fields))
}

// Precision is the share of found findings that are findings.
func (c Comparison) Precision() float64 { return share(c.Matched, c.Found) }

// Recall is the share of findings that were found.
func (c Comparison) Recall() float64 { return share(c.Matched, c.Gold) }

// F1 is the harmonic mean of precision and recall.
func (c Comparison) F1() float64 { return share(2*c.Matched, c.Gold+c.Found) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// same reports whether a metadata value was read rightly; "" is one that is not stated.
func same(field, gold, got string) bool {
	switch {
	case gold == "" || got == "":
		return gold == got
	case field == "title":
		return Similarity(gold, got) >= titleFloor
	}
	return fold(gold) == fold(got)
}

// metadata returns the metadata as a parser gives them.
func (d *Document) metadata() *corpus.Document {
	return &corpus.Document{
		DocType: d.DocType, Title: d.Title, Unit: d.Unit, PartyBody: d.PartyBody, Region: d.Region, Level: d.Level,
		Inspector: d.Inspector, Round: d.Round, InspectionFrom: d.InspectionFrom, InspectionTo: d.InspectionTo,
		FeedbackDate: d.FeedbackDate, PublicationDate: d.PublicationDate, Year: d.Year, Declared: d.Declared,
	}
}

// fieldOf returns a metadata value as text, "" where it is not stated.
func fieldOf(d *corpus.Document, field string) string {
	switch field {
	case "doc_type":
		return string(d.DocType)
	case "title":
		return string(d.Title)
	case "unit":
		return string(d.Unit)
	case "party_body":
		return string(d.PartyBody)
	case "province":
		return string(d.Region.Province)
	case "city":
		return string(d.Region.City)
	case "county":
		return string(d.Region.County)
	case "level":
		return string(d.Level)
	case "inspector":
		return string(d.Inspector)
	case "round":
		return string(d.Round)
	case "inspection_from":
		return string(d.InspectionFrom)
	case "inspection_to":
		return string(d.InspectionTo)
	case "feedback_date":
		return string(d.FeedbackDate)
	case "publication_date":
		return string(d.PublicationDate)
	case "year":
		if d.Year == 0 {
			return ""
		}
		return strconv.Itoa(int(d.Year))
	case "declared.problems":
		return number(d.Declared.Problems)
	case "declared.items":
		return number(d.Declared.Items)
	case "declared.aspects":
		return number(d.Declared.Aspects)
	case "declared.rectified":
		return number(d.Declared.Rectified)
	}
	return ""
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
