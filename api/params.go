package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
	"tongjian/index"
)

// reads makes a handler of a function that reads a request and a method that answers it.
func reads[Req, Ans any](parse func(url.Values) (Req, error), call func(context.Context, Req) (Ans, error)) func(echo.Context, string) error {
	return func(c echo.Context, format string) error {
		req, err := parse(c.QueryParams())
		if err != nil {
			return err
		}
		ans, err := call(c.Request().Context(), req)
		if err != nil {
			return err
		}
		return answer(c, format, ans)
	}
}

// unknownParam is the error about a parameter that an address does not take.
func unknownParam(name, value string, accepted []string) error {
	expected := strings.Join(accepted, ", ")
	if len(accepted) == 0 {
		expected = "没有参数"
	}
	if near := nearest(name, accepted); near != "" {
		expected += "；是否指 " + near
	}
	return invalid("unknown_parameter", name, value, -1, expected, fmt.Sprintf("没有名为“%s”的参数", name))
}

// reader reads parameters and keeps the first error.
type reader struct {
	values url.Values
	err    error
}

func (r *reader) filter() corpus.Filter {
	f, err := ReadFilter(r.values)
	r.keep(err)
	return f
}

func (r *reader) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

// text reads a parameter that may stand once and not empty.
func (r *reader) text(name string) string {
	s, err := single(r.values, name)
	r.keep(err)
	if _, given := r.values[name]; given && s == "" {
		r.keep(badValue(name, s, -1, "非空的值；不需要时请去掉该参数"))
	}
	return s
}

// whole reads a whole number between least and most, 0 where the parameter is absent.
func (r *reader) whole(name string, least, most int) int {
	s, err := single(r.values, name)
	r.keep(err)
	if _, given := r.values[name]; !given || r.err != nil {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		r.keep(badValue(name, s, 0, fmt.Sprintf("%d 至 %d 的整数", least, most)))
	}
	return n
}

// choice reads one of the accepted names, "" where the parameter is absent.
func choice[T ~string](r *reader, name string, accepted ...T) T {
	s, err := single(r.values, name)
	r.keep(err)
	if _, given := r.values[name]; !given || r.err != nil {
		return ""
	}
	r.keep(among(name, s, accepted))
	return T(s)
}

func among[T ~string](param, value string, accepted []T) error {
	if slices.Contains(accepted, T(value)) {
		return nil
	}
	names := make([]string, len(accepted))
	for i, a := range accepted {
		names[i] = string(a)
	}
	return unknownName("unknown_value", param, value, names)
}

func (r *reader) page() Page {
	return Page{Limit: r.whole("limit", 1, index.MaxLimit), Cursor: r.text("cursor")}
}

func (r *reader) sort() index.Sort {
	return choice(r, "sort", index.ByRelevance, index.ByDate, index.ByDateDesc)
}

// fields reads a list of field names, separated by commas or repeated.
func (r *reader) fields(name string, accepted []corpus.Field) []corpus.Field {
	var out []corpus.Field
	for _, list := range r.values[name] {
		for s := range strings.SplitSeq(list, ",") {
			field := corpus.Field(strings.TrimSpace(s))
			r.keep(among(name, string(field), accepted))
			if !slices.Contains(out, field) {
				out = append(out, field)
			}
		}
	}
	return out
}

// facetFields are the fields that a search may be divided by.
var facetFields = slices.DeleteFunc(slices.Clone(corpus.Fields), func(f corpus.Field) bool { return f == corpus.FieldDate })

// ParseSearch reads the parameters of a search.
func ParseSearch(v url.Values) (SearchRequest, error) {
	r := &reader{values: v}
	req := SearchRequest{
		Filter: r.filter(), Page: r.page(), Sort: r.sort(),
		Group:     choice(r, "group", index.ByPassage, index.ByDocument),
		Facets:    r.fields("facets", facetFields),
		FacetSize: r.whole("facet_size", 1, index.MaxFacetSize),
		Snippets:  r.whole("snippets", 0, MaxSnippets),
	}
	if _, given := v["snippets"]; given && req.Snippets == 0 {
		req.Snippets = -1
	}
	return req, r.err
}

// ParseList reads the parameters of a list of documents or findings.
func ParseList(v url.Values) (ListRequest, error) {
	r := &reader{values: v}
	return ListRequest{Filter: r.filter(), Page: r.page(), Sort: r.sort()}, r.err
}

// ParseMatrix reads the parameters of a table.
func ParseMatrix(v url.Values) (MatrixRequest, error) {
	r := &reader{values: v}
	return MatrixRequest{
		Filter: r.filter(), Rows: corpus.Field(r.text("rows")), Cols: corpus.Field(r.text("cols")),
		Top: r.whole("top", 1, MaxTop),
	}, r.err
}

// ParseCompare reads the parameters of a comparison.
func ParseCompare(v url.Values) (CompareRequest, error) {
	r := &reader{values: v}
	return CompareRequest{Filter: r.filter(), Sides: slices.Clone(v["side"])}, r.err
}

// The formats of an answer; those of a table are also the extensions of its file.
const (
	formatJSON     = "json"
	formatCSV      = "csv"
	formatWorkbook = "xlsx"
	formatLines    = "jsonl"
)

// formats lists what an operation's answer can be had as, the usual one first.
func (op operation) formats() []string {
	switch {
	case op.file:
		return []string{formatCSV, formatWorkbook, formatLines}
	case op.lines:
		return []string{formatJSON, formatCSV, formatWorkbook, formatLines}
	case op.table:
		return []string{formatJSON, formatCSV, formatWorkbook}
	}
	return []string{formatJSON}
}

// formatOf chooses the format of an answer: what the parameter says, else what the caller accepts, else the usual one.
func formatOf(r *http.Request, v url.Values, op operation) (string, error) {
	asked, err := single(v, "format")
	if err != nil {
		return "", err
	}
	formats := op.formats()
	if _, given := v["format"]; given {
		return asked, among("format", asked, formats)
	}
	if slices.Contains(formats, formatCSV) && prefersCSV(r.Header.Get(echo.HeaderAccept)) {
		return formatCSV, nil
	}
	return formats[0], nil
}

// prefersCSV reports whether an Accept header names text/csv with a higher quality than JSON.
func prefersCSV(accept string) bool {
	var csv, json float64
	for part := range strings.SplitSeq(accept, ",") {
		media, params, _ := strings.Cut(part, ";")
		quality := 1.0
		for p := range strings.SplitSeq(params, ";") {
			if q, ok := strings.CutPrefix(strings.TrimSpace(p), "q="); ok {
				quality, _ = strconv.ParseFloat(q, 64)
			}
		}
		switch strings.ToLower(strings.TrimSpace(media)) {
		case "text/csv":
			csv = quality
		case "application/json":
			json = quality
		}
	}
	return csv > 0 && csv >= json
}
