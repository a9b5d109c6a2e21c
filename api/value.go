package api

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongjian/corpus"
	"tongjian/index"
)

// MaxValues is the most values that one parameter may have, MaxValueBytes the longest one may be.
const (
	MaxValues     = 100
	MaxValueBytes = 512
)

// invalid is an error about one value of one parameter. Position is the byte offset at which the value is wrong, -1 where
// it is wrong as a whole.
func invalid(code, param, value string, position int, expected, message string) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Code: code, Message: message,
		Param: param, Value: value, Position: position, Expected: expected,
	}
}

// badValue is an error about a value that a parameter does not take.
func badValue(param, value string, position int, expected string) error {
	return invalid("bad_value", param, value, position, expected, fmt.Sprintf("参数 %s 的值“%s”不可用", param, value))
}

// single returns the only value of a parameter that may not be repeated, "" where it is absent.
func single(v url.Values, name string) (string, error) {
	values := v[name]
	switch len(values) {
	case 0:
		return "", nil
	case 1:
		return values[0], nil
	}
	return "", invalid("repeated_parameter", name, values[1], -1, "一个值", fmt.Sprintf("参数 %s 只能出现一次", name))
}

// checkQueryText checks what can be checked of a text query before it is parsed.
func checkQueryText(q string) error {
	if len(q) > index.MaxQueryBytes {
		return invalid("query_too_long", "q", "", -1, fmt.Sprintf("不超过 %d 字节", index.MaxQueryBytes),
			fmt.Sprintf("检索式太长：%d 字节", len(q)))
	}
	return checkText("q", q)
}

// checkText refuses what is no text: broken UTF-8 and control characters.
func checkText(param, value string) error {
	for i, r := range value {
		if r == utf8.RuneError || unicode.IsControl(r) {
			return badValue(param, strings.ToValidUTF8(value, "�"), i, "UTF-8 文字，不含控制字符")
		}
	}
	return nil
}

func checkCount(field corpus.Field, values []string) error {
	if len(values) <= MaxValues {
		return nil
	}
	return invalid("too_many_values", string(field), "", -1, fmt.Sprintf("不超过 %d 个", MaxValues),
		fmt.Sprintf("参数 %s 有 %d 个值", field, len(values)))
}

// checkValue checks one value of one field and returns it as it is stored.
func checkValue(field corpus.Field, value string) (string, error) {
	param := string(field)
	value = strings.TrimSpace(value)
	if len(value) > MaxValueBytes {
		return "", invalid("value_too_long", param, "", -1, fmt.Sprintf("不超过 %d 字节", MaxValueBytes),
			fmt.Sprintf("参数 %s 的值太长：%d 字节", param, len(value)))
	}
	if value == "" {
		return "", badValue(param, value, -1, "非空的值；不需要此条件时请去掉该参数")
	}
	if err := checkText(param, value); err != nil {
		return "", err
	}
	stored, err := index.ResolveValue(field, value, nil)
	if err != nil {
		return "", explain(field, value, err)
	}
	return stored[0], nil
}

// explain adds to the error of a value where it is wrong and what was most likely meant.
func explain(field corpus.Field, value string, err error) error {
	var e *corpus.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("check %s %q: %w", field, value, err)
	}
	out := *e
	out.Param, out.Value, out.Position = string(field), value, 0
	if from, to, ranged := strings.Cut(value, ".."); ranged && from != "" && to != "" {
		if _, err := index.ResolveValue(field, from, nil); err == nil {
			out.Position = len(value) - len(to)
		}
	}
	if near := nearest(value, strings.Split(e.Expected, ", ")); near != "" {
		out.Expected += "；是否指 " + near
	}
	return &out
}

// nearest returns the accepted name that a misspelt one most likely means, "" where none is near.
func nearest(name string, accepted []string) string {
	best, least := "", len([]rune(name))/2+1
	for _, a := range accepted {
		if d := distance([]rune(strings.ToLower(name)), []rune(strings.ToLower(a))); d < least {
			best, least = a, d
		}
	}
	return best
}

// distance is the least number of insertions, deletions, replacements and swaps of neighbours that turn a into b.
func distance(a, b []rune) int {
	rows := [3][]int{}
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
	}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row := rows[(i+2)%3], rows[i%3], rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return rows[(len(a)+1)%3][len(b)]
}

// unknownName is an error about a name that is not among those accepted; it suggests the nearest.
func unknownName(code, param, value string, accepted []string) error {
	expected := strings.Join(accepted, ", ")
	if near := nearest(value, accepted); near != "" {
		expected += "；是否指 " + near
	}
	return invalid(code, param, value, 0, expected, fmt.Sprintf("参数 %s 没有“%s”这个值", param, value))
}
