package sqlite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tongjian/corpus"
)

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
