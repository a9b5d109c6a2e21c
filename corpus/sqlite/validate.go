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

// slot is where a document keeps one value. The zero slot is that of an unknown field. What set is given must have passed
// validate.
type slot struct {
	get func() string
	set func(value string)
}

// slotOf returns the slot of a value that is kept as a string.
func slotOf[T ~string](at *T) slot {
	return slot{func() string { return string(*at) }, func(v string) { *at = T(v) }}
}

// metadata returns the slot of a metadata field that can be corrected.
func metadata(d *corpus.Document, field string) slot {
	switch field {
	case "doc_type":
		return slotOf(&d.DocType)
	case "title":
		return slotOf(&d.Title)
	case "unit":
		return slotOf(&d.Unit)
	case "party_body":
		return slotOf(&d.PartyBody)
	case "region.province":
		return slotOf(&d.Region.Province)
	case "region.city":
		return slotOf(&d.Region.City)
	case "region.county":
		return slotOf(&d.Region.County)
	case "region.code":
		return slotOf(&d.Region.Code)
	case "level":
		return slotOf(&d.Level)
	case "sector":
		return slotOf(&d.Sector)
	case "inspector":
		return slotOf(&d.Inspector)
	case "round":
		return slotOf(&d.Round)
	case "inspection_from":
		return slotOf(&d.InspectionFrom)
	case "inspection_to":
		return slotOf(&d.InspectionTo)
	case "feedback_date":
		return slotOf(&d.FeedbackDate)
	case "publication_date":
		return slotOf(&d.PublicationDate)
	case "year":
		return slot{
			func() string { return yearText(d.Year) },
			func(v string) { d.Year = corpus.Date(v).Year() },
		}
	}
	return slot{}
}

func yearText(y corpus.Year) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(int(y))
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
	known := metadata(new(corpus.Document), c.Field).set != nil
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
