package index

import (
	"slices"
	"strings"
	"time"

	"tongjian/corpus"
	"tongjian/corpus/segment"
)

// fieldAliases holds other names of fields, folded. The names of package corpus are known beside them.
var fieldAliases = map[string]corpus.Field{
	"区划": corpus.FieldRegion, "区域": corpus.FieldRegion, "行业": corpus.FieldSector, "领域": corpus.FieldDomain,
	"级别": corpus.FieldLevel, "巡视组": corpus.FieldInspector, "年": corpus.FieldYear, "年度": corpus.FieldYear,
	"类型": corpus.FieldType, "文种": corpus.FieldType, "状态": corpus.FieldStatus, "类别": corpus.FieldCategory,
	"分类": corpus.FieldCategory, "大类": corpus.FieldDomain, "文档": corpus.FieldDocument, "单位名称": corpus.FieldUnit,
	"措施": corpus.FieldAction, "措施类型": corpus.FieldAction, "整改措施": corpus.FieldAction, "实质": corpus.FieldSubstance,
}

// fieldNamed returns the field of an English or Chinese name.
func fieldNamed(name string) (corpus.Field, bool) {
	f := segment.Fold(name)
	for _, field := range corpus.Fields {
		if f.Text == string(field) || f.Text == field.Chinese() {
			return field, true
		}
	}
	field, ok := fieldAliases[f.Text]
	return field, ok
}

func fieldList() string {
	names := make([]string, len(corpus.Fields))
	for i, f := range corpus.Fields {
		names[i] = string(f)
	}
	return strings.Join(names, ", ")
}

// example returns a value that shows what a field takes.
func example(f corpus.Field) string {
	switch f {
	case corpus.FieldYear:
		return "2019..2023"
	case corpus.FieldDate:
		return "2022-01-01..2022-06-30"
	case corpus.FieldCategory, corpus.FieldDomain:
		return "procurement"
	case corpus.FieldStatus:
		return string(corpus.Done)
	case corpus.FieldAction:
		return string(corpus.MoneyRecovered)
	case corpus.FieldSubstance:
		return string(corpus.Words)
	case corpus.FieldLevel:
		return string(corpus.Municipal)
	case corpus.FieldType:
		return string(corpus.RectificationNotice)
	case corpus.FieldKind:
		return string(corpus.KindFinding)
	}
	return f.Chinese()
}

// ResolveValue returns the stored values that a written value of a field stands for, any of which will do. The error is
// a *corpus.Error with the code unknown_value whose Param is the field; a caller who read the value out of a query puts
// the place there.
func ResolveValue(field corpus.Field, written string, v Vocabulary) ([]string, error) {
	unknown := func(expected string) error {
		return &corpus.Error{
			Kind: corpus.Invalid, Code: CodeUnknownValue, Message: "“" + field.Chinese() + "”没有“" + written + "”这个值",
			Param: string(field), Value: written, Position: -1, Expected: expected,
		}
	}
	if exact, ok := strings.CutPrefix(written, corpus.Exactly("")); ok {
		if exact == "" || (field != corpus.FieldYear && field != corpus.FieldDate && !controlled(field, exact, v)) {
			return []string{written}, nil
		}
		written = exact
	}
	switch field {
	case corpus.FieldYear, corpus.FieldDate:
		value, ok := normalRange(field, segment.Fold(strings.TrimSpace(written)).Text)
		if !ok {
			return nil, unknown(rangeExpected(field))
		}
		return []string{value}, nil
	}
	if v != nil {
		values, expected, ok := v.Resolve(field, written)
		if !ok {
			return nil, unknown(expected)
		}
		if len(values) > 0 {
			return values, nil
		}
	}
	if names := fixedValues(field); names != nil {
		value, ok := fixedValue(names, written)
		if !ok {
			return nil, unknown(names.list())
		}
		return []string{value}, nil
	}
	return []string{written}, nil
}

// controlled reports whether a value is one of those that are fixed, here or by the vocabulary: it needs no exactness.
func controlled(field corpus.Field, value string, v Vocabulary) bool {
	if fixedValues(field) != nil {
		return true
	}
	if v == nil {
		return false
	}
	values, _, ok := v.Resolve(field, value)
	return ok && len(values) > 0
}

// names pairs stored values with their Chinese names.
type names [][2]string

func (n names) list() string {
	values := make([]string, len(n))
	for i, pair := range n {
		values[i] = pair[0]
	}
	return strings.Join(values, ", ")
}

// fixedValues returns the values of a field that package corpus fixes, nil for every other field.
func fixedValues(field corpus.Field) names {
	switch field {
	case corpus.FieldStatus:
		return namesOf(corpus.Statuses)
	case corpus.FieldAction:
		return namesOf(corpus.ActionKinds)
	case corpus.FieldSubstance:
		return namesOf(corpus.Substances)
	case corpus.FieldLevel:
		return namesOf(corpus.Levels)
	case corpus.FieldType:
		return namesOf(corpus.DocTypes)
	case corpus.FieldKind:
		return namesOf([]corpus.Kind{corpus.KindFinding, corpus.KindSection})
	}
	return nil
}

func namesOf[T interface {
	~string
	Chinese() string
}](values []T) names {
	n := make(names, len(values))
	for i, v := range values {
		n[i] = [2]string{string(v), v.Chinese()}
	}
	return n
}

func fixedValue(n names, written string) (string, bool) {
	folded := segment.Fold(strings.TrimSpace(written)).Text
	i := slices.IndexFunc(n, func(pair [2]string) bool { return folded == pair[0] || folded == pair[1] })
	if i < 0 {
		return "", false
	}
	return n[i][0], true
}

// Range splits a value "a..b", "a..", "..b" or "a" of a year or a date into its bounds. A bound that is not given is
// empty. A date's bound may be a year or a month, which stands for all its days.
func Range(value string) (from, to string) {
	from, to, ok := strings.Cut(value, "..")
	if !ok {
		to = from
	}
	return from, to
}

// InRange reports whether a year or date lies within the bounds; an empty value lies nowhere.
func InRange(value, from, to string) bool {
	if value == "" || (from != "" && value < from) {
		return false
	}
	// A shorter bound covers everything that begins with it.
	return to == "" || value[:min(len(value), len(to))] <= to
}

// normalRange checks the bounds of a range.
func normalRange(field corpus.Field, value string) (string, bool) {
	from, to := Range(value)
	if from == "" && to == "" || !isBound(field, from) || !isBound(field, to) {
		return "", false
	}
	if from != "" && to != "" && from[:min(len(from), len(to))] > to {
		return "", false
	}
	return value, true
}

// isBound reports whether s is a year, or for dates also a month or a day that the calendar has; or nothing.
func isBound(field corpus.Field, s string) bool {
	layouts := []string{"2006"}
	if field == corpus.FieldDate {
		layouts = []string{"2006", "2006-01", time.DateOnly}
	}
	return s == "" || slices.ContainsFunc(layouts, func(layout string) bool {
		_, err := time.Parse(layout, s)
		return err == nil
	})
}

func rangeExpected(field corpus.Field) string {
	if field == corpus.FieldYear {
		return "四位年份或范围，如 2021、2019..2023、2019.. 或 ..2023"
	}
	return "日期或范围，如 2022-01-01..2022-06-30、2022-03 或 2022.."
}
