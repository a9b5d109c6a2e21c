package corpus

import (
	"fmt"
	"maps"
	"slices"
)

// Field names a property of passages by which they are filtered, faceted and counted.
type Field string

// The fields. Category, domain, status, action, substance and kind belong to a passage; all others to its document.
const (
	FieldUnit      Field = "unit"
	FieldRegion    Field = "region"
	FieldSector    Field = "sector"
	FieldLevel     Field = "level"
	FieldInspector Field = "inspector"
	FieldRound     Field = "round"
	FieldYear      Field = "year"
	FieldDate      Field = "date"
	FieldType      Field = "type"
	FieldStatus    Field = "status"
	FieldAction    Field = "action"
	FieldSubstance Field = "substance"
	FieldCategory  Field = "category"
	FieldDomain    Field = "domain"
	FieldDocument  Field = "doc"
	FieldKind      Field = "kind"
)

// Fields lists all fields in the order in which they are shown.
var Fields = []Field{
	FieldUnit, FieldRegion, FieldSector, FieldLevel, FieldInspector, FieldRound, FieldYear, FieldDate,
	FieldType, FieldStatus, FieldAction, FieldSubstance, FieldCategory, FieldDomain, FieldDocument, FieldKind,
}

// OfDocument reports whether all passages of a document share the field's value.
func (f Field) OfDocument() bool {
	switch f {
	case FieldStatus, FieldAction, FieldSubstance, FieldCategory, FieldDomain, FieldKind:
		return false
	}
	return true
}

// Filter chooses a part of the corpus. Conditions on different fields must all hold; of the values of one field, one
// must. The zero Filter chooses everything.
type Filter struct {
	// Query is a text query in the query language of package index.
	Query string
	// Values holds, by field, the accepted values. For year and date a value may be a range "a..b", "a.." or "..b"; a
	// category value may be a domain; a region value is a name or the beginning of a code and covers what lies within; *
	// stands for any text in a name. A value made by Exactly accepts one stored value and nothing else.
	Values map[Field][]string
	// Synonyms says whether words of Query without quotes stand for their synonyms too.
	Synonyms SynonymUse
}

// SynonymUse says for what the words of a query stand beside themselves. What is excluded by a minus sign, and what is
// quoted, stands for itself only.
type SynonymUse string

// The uses of synonyms. Package index has the table.
const (
	UsualSynonyms SynonymUse = ""     // for what means the same, and for the parts of what they sum up
	WideSynonyms  SynonymUse = "wide" // also for what is only like it: 巡视 for 巡察
	NoSynonyms    SynonymUse = "none" // for nothing else
)

// Exactly returns the value of a filter that accepts just this stored value of a field: no division within it, no name
// that only looks alike. Exactly("") accepts what has no value: documents without a year, findings without a category.
func Exactly(value string) string { return "=" + value }

// With returns a copy of the filter that also accepts only the given values of a field, replacing what it had there.
func (f Filter) With(field Field, values ...string) Filter {
	out := Filter{Query: f.Query, Synonyms: f.Synonyms, Values: make(map[Field][]string, len(f.Values)+1)}
	maps.Copy(out.Values, f.Values)
	out.Values[field] = slices.Clone(values)
	return out
}

// Kind says what a passage is: a finding, or another section of its document.
type Kind string

// The kinds of passage.
const (
	KindFinding Kind = "finding"
	KindSection Kind = "section"
)

// TallyRequest asks how often values, or pairs of values, of one or two fields occur among the findings that a filter
// chooses.
type TallyRequest struct {
	Filter Filter
	// Rows is the field to count by; Cols a second field, or empty. With neither, one cell counts everything.
	Rows, Cols Field
	// Denominators counts over the documents that the filter's document fields choose, whatever their findings: text
	// queries and conditions on fields of passages are left out. It is what shares are taken of.
	Denominators bool
}

// Cell counts what falls on one value, or pair of values. A finding with several categories counts once in the cell of
// each. Documents and Units are distinct documents and units, counted exactly. An empty Row or Col, where a field was
// asked for, counts what has no value of it (a document without a year); it comes last.
type Cell struct {
	Row       string
	Col       string
	Findings  int
	Documents int
	Units     int
}

// Tally is the answer to a TallyRequest. Cells are ordered by row, then column, as the fields' values are shown (years
// ascending, statuses and levels in their own order, all else by text); cells that count nothing are left out, except that a
// denominator cell with documents but no findings is kept. Total counts everything that was chosen.
type Tally struct {
	Cells []Cell
	Total Cell
	// Sequence is the store's sequence number that the figures rest on.
	Sequence int64
}

// Check returns an error when the request names a field that cannot be counted.
func (r TallyRequest) Check() error {
	for _, f := range []Field{r.Rows, r.Cols} {
		if f == FieldDate || (f != "" && !slices.Contains(Fields, f)) {
			return &Error{
				Kind: Invalid, Message: fmt.Sprintf("不能按“%s”统计", f), Value: string(f), Position: -1,
				Expected: "unit, region, sector, level, inspector, round, year, type, status, action, substance, category, domain, doc, kind",
			}
		}
	}
	return nil
}
