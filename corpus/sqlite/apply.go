package sqlite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongjian/corpus"
)

// byHuman is the rule that the provenance of a corrected value names.
const byHuman = "human"

// The fields of a finding that can be corrected.
const (
	fieldStatus     = "status"
	fieldCategories = "categories"
)

// metadata returns, for a metadata field that can be corrected, what sets it in a document; nil for an unknown one. It
// takes values that validate has passed.
func metadata(d *corpus.Document, field string) func(value string) {
	fact := func(f *corpus.Fact) func(string) { return func(v string) { *f = corpus.Fact(v) } }
	date := func(f *corpus.Date) func(string) { return func(v string) { *f = corpus.Date(v) } }
	switch field {
	case "doc_type":
		return func(v string) { d.DocType = corpus.DocType(v) }
	case "title":
		return fact(&d.Title)
	case "unit":
		return fact(&d.Unit)
	case "party_body":
		return fact(&d.PartyBody)
	case "region.province":
		return fact(&d.Region.Province)
	case "region.city":
		return fact(&d.Region.City)
	case "region.county":
		return fact(&d.Region.County)
	case "region.code":
		return func(v string) { d.Region.Code = v }
	case "level":
		return func(v string) { d.Level = corpus.Level(v) }
	case "sector":
		return fact(&d.Sector)
	case "inspector":
		return fact(&d.Inspector)
	case "round":
		return fact(&d.Round)
	case "inspection_from":
		return date(&d.InspectionFrom)
	case "inspection_to":
		return date(&d.InspectionTo)
	case "feedback_date":
		return date(&d.FeedbackDate)
	case "publication_date":
		return date(&d.PublicationDate)
	case "year":
		return func(v string) { d.Year = corpus.Date(v).Year() }
	}
	return nil
}

// validate returns an error that says what would be accepted where a correction is not well formed.
func validate(c corpus.Correction) error {
	wrong := func(param, value, expected string) error {
		return &corpus.Error{
			Kind: corpus.Invalid, Code: "invalid_correction", Message: fmt.Sprintf("不能更正为“%s”", value),
			Param: param, Value: value, Position: -1, Expected: expected,
		}
	}
	if c.Finding < 0 {
		return wrong("finding", strconv.Itoa(c.Finding), "问题的序号，从 1 起；0 表示文档本身")
	}
	known := metadata(new(corpus.Document), c.Field) != nil
	if c.Finding > 0 {
		known = c.Field == fieldStatus || c.Field == fieldCategories
	}
	if !known {
		return wrong("field", c.Field, "问题的 status、categories，或文档的元数据字段")
	}
	if len(c.Values) == 0 {
		return nil
	}
	if c.Field == fieldCategories {
		return validateCategories(c.Values, wrong)
	}
	if len(c.Values) > 1 {
		return wrong(c.Field, strings.Join(c.Values, "，"), "一个值")
	}
	return validateValue(c.Field, c.Values[0], wrong)
}

func validateCategories(codes []string, wrong func(param, value, expected string) error) error {
	for i, code := range codes {
		domain, leaf, _ := strings.Cut(code, ".")
		if domain == "" || leaf == "" || slices.Contains(codes[:i], code) || i >= corpus.MaxCategories {
			return wrong(fieldCategories, strings.Join(codes, "，"), "一到三个不同的类别代码")
		}
	}
	return nil
}

func validateValue(field, value string, wrong func(param, value, expected string) error) error {
	switch field {
	case fieldStatus:
		if !slices.Contains(corpus.Statuses, corpus.Status(value)) {
			return wrong(field, value, "done、done_sustained、partial、in_progress、not_done、unstated")
		}
	case "doc_type":
		if !slices.Contains(corpus.DocTypes, corpus.DocType(value)) {
			return wrong(field, value, "inspection_report、feedback、rectification_notice、audit_rectification、other")
		}
	case "level":
		if value != "" && !slices.Contains(corpus.Levels, corpus.Level(value)) {
			return wrong(field, value, "central、provincial、municipal、county，或留空")
		}
	case "year":
		if _, err := time.Parse("2006", value); value != "" && err != nil {
			return wrong(field, value, "四位数的年份，或留空")
		}
	case "inspection_from", "inspection_to", "feedback_date", "publication_date":
		if _, err := time.Parse(time.DateOnly, value); value != "" && err != nil {
			return wrong(field, value, "YYYY-MM-DD 形式的日期，或留空")
		}
	}
	return nil
}

// apply lays corrections, given oldest first, over a document as rules read it. The newest of a field holds, unless it
// withdraws. One whose finding is not there any more has no effect: better an uncorrected finding than a wrong one.
func apply(doc *corpus.Document, corrections []corpus.Correction) {
	type target struct {
		finding int
		field   string
	}
	newest := make(map[target]corpus.Correction)
	var order []target
	for _, c := range corrections {
		ordinal, ok := locate(doc, c)
		if !ok {
			continue
		}
		t := target{ordinal, c.Field}
		if _, seen := newest[t]; !seen {
			order = append(order, t)
		}
		newest[t] = c
	}
	for _, t := range order {
		c := newest[t]
		switch {
		case len(c.Values) == 0:
		case t.finding == 0:
			correctMetadata(doc, t.field, c.Values[0])
		case t.field == fieldStatus:
			doc.Findings[t.finding-1].Status = corpus.Status(c.Values[0])
		case t.field == fieldCategories:
			f := &doc.Findings[t.finding-1]
			f.Categories = humanCategories(f.Categories, c.Values)
		}
	}
}

// locate returns the ordinal of the finding that a correction is about: the one at its old place when it states the same,
// else the only one that does.
func locate(doc *corpus.Document, c corpus.Correction) (int, bool) {
	if c.Finding == 0 {
		return 0, true
	}
	if c.Finding <= len(doc.Findings) && doc.Findings[c.Finding-1].Statement == c.Statement {
		return c.Finding, true
	}
	found := 0
	for _, f := range doc.Findings {
		if f.Statement == c.Statement {
			if found > 0 {
				return 0, false
			}
			found = f.Ordinal
		}
	}
	return found, found > 0
}

func correctMetadata(doc *corpus.Document, field, value string) {
	set := metadata(doc, field)
	if set == nil {
		return // a field of a newer program
	}
	set(value)
	if doc.Provenance == nil {
		doc.Provenance = make(map[string]corpus.Provenance)
	}
	// The words as printed, where there are any, stay true and stay shown.
	p := doc.Provenance[field]
	p.Rule, p.Confidence = byHuman, corpus.Corrected
	doc.Provenance[field] = p
}

// humanCategories returns the categories that a person gave. One that the rules found too keeps the evidence they saw.
func humanCategories(old []corpus.Category, codes []string) []corpus.Category {
	out := make([]corpus.Category, len(codes))
	for i, code := range codes {
		out[i] = corpus.Category{Code: corpus.CategoryCode(code), Score: 1, Evidence: []corpus.Evidence{}, By: corpus.ByHuman}
		for _, c := range old {
			if c.Code == out[i].Code {
				out[i].Evidence = c.Evidence
			}
		}
	}
	return out
}

// overlay returns a document with corrections applied and leaves doc itself as it is; parsed is its stored form.
func overlay(c *codec, doc *corpus.Document, parsed []byte, corrections []corpus.Correction) (*corpus.Document, error) {
	if len(corrections) == 0 {
		return doc, nil
	}
	copied, err := c.unpack(parsed)
	if err != nil {
		return nil, err
	}
	apply(copied, corrections)
	return copied, nil
}
