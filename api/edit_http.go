package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

// patchTypes are the media types of the body of a correction. A page of another origin cannot send them unasked.
var patchTypes = []string{echo.MIMEApplicationJSON, "application/merge-patch+json"}

// body is a JSON object that somebody sent; it keeps the first error.
type body struct {
	fields map[string]json.RawMessage
	err    error
}

// readBody reads the JSON object of a request and refuses fields that are not accepted.
func readBody(r *http.Request, accepted []string) (*body, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil || !slices.Contains(patchTypes, media) {
		return nil, &corpus.Error{
			Kind: corpus.Unsupported, Code: "unsupported_media_type", Message: "请求内容应为 JSON", Position: -1,
			Param: echo.HeaderContentType, Value: media, Expected: strings.Join(patchTypes, ", "), Cause: err,
		}
	}
	b := &body{}
	dec := json.NewDecoder(r.Body)
	err = dec.Decode(&b.fields)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = fmt.Errorf("more than one value: %w", more)
		}
	}
	var refused *echo.HTTPError
	if errors.As(err, &refused) {
		return nil, refused
	}
	if err != nil || b.fields == nil {
		return nil, &corpus.Error{
			Kind: corpus.Invalid, Code: "bad_body", Message: "请求内容不是 JSON 对象", Position: -1, Expected: `{"字段": 值, …}`, Cause: err,
		}
	}
	var unknown []string
	for name := range b.fields {
		if !slices.Contains(accepted, name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return nil, unknownParam(unknown[0], "", accepted)
	}
	return b, nil
}

// field decodes a field and reports whether it is there. null is no value.
func field[T any](b *body, name, expected string) (value T, given bool) {
	raw, given := b.fields[name]
	if !given {
		return value, false
	}
	if err := json.Unmarshal(raw, &value); b.err == nil && (err != nil || bytes.Equal(raw, []byte("null"))) {
		b.err = badValue(name, clip(string(raw)), -1, expected)
	}
	return value, true
}

// clip shortens a value for a message.
func clip(s string) string {
	const most = 64
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

func (srv *Server) editFinding(c echo.Context, format string) error {
	b, err := readBody(c.Request(), []string{fieldStatus, fieldCategories, "withdraw", "note"})
	if err != nil {
		return err
	}
	var e FindingEdit
	if status, given := field[corpus.Status](b, fieldStatus, "整改状态"); given {
		e.Status = &status
	}
	if codes, given := field[[]corpus.CategoryCode](b, fieldCategories, "类别代码的列表"); given {
		e.Categories = some(codes)
	}
	e.Withdraw, _ = field[[]string](b, "withdraw", "字段名的列表")
	e.Note, _ = field[string](b, "note", "文字")
	if b.err != nil {
		return b.err
	}
	if e.Since, err = ifMatch(c.Request()); err != nil {
		return err
	}
	f, err := srv.service.EditFinding(c.Request().Context(), corpus.FindingID(c.Param("id")), e)
	if err != nil {
		return err
	}
	return srv.edited(c, format, f)
}

func (srv *Server) editDocument(c echo.Context, format string) error {
	b, err := readBody(c.Request(), append(slices.Clone(MetadataFields), "withdraw", "note"))
	if err != nil {
		return err
	}
	e := DocumentEdit{Values: map[string]string{}}
	for _, name := range MetadataFields {
		if raw, given := b.fields[name]; given {
			if e.Values[name], err = metadataValue(name, raw); err != nil {
				return err
			}
		}
	}
	e.Withdraw, _ = field[[]string](b, "withdraw", "字段名的列表")
	e.Note, _ = field[string](b, "note", "文字")
	if b.err != nil {
		return b.err
	}
	if e.Since, err = ifMatch(c.Request()); err != nil {
		return err
	}
	d, err := srv.service.EditDocument(c.Request().Context(), corpus.DocumentID(c.Param("id")), e)
	if err != nil {
		return err
	}
	return srv.edited(c, format, DocumentView{Document: wholeDocument(d)})
}

// metadataValue reads a metadata value as answers have it: text, a year as a number, null for what is not stated.
func metadataValue(name string, raw json.RawMessage) (string, error) {
	var value *string
	if err := json.Unmarshal(raw, &value); err == nil {
		if value == nil {
			return "", nil
		}
		return *value, nil
	}
	var number int
	if err := json.Unmarshal(raw, &number); err == nil && name == string(corpus.FieldYear) {
		return strconv.Itoa(number), nil
	}
	return "", badValue(name, clip(string(raw)), -1, "文字，或 null（文件没有载明）")
}

func (srv *Server) removeDocument(c echo.Context, _ string) error {
	since, err := ifMatch(c.Request())
	if err != nil {
		return err
	}
	if err := srv.service.RemoveDocument(c.Request().Context(), corpus.DocumentID(c.Param("id")), since); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// edited sends what was edited as it is now, with the entity tag that reading it would carry.
func (srv *Server) edited(c echo.Context, format string, v any) error {
	r := c.Request()
	tag, err := srv.service.ETag(r.Context(), r.URL.Path, "", format)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set(echo.HeaderCacheControl, "no-store")
	return answer(c, format, v)
}

// ifMatch returns the newest state of the store at which the caller saw what is to be edited, by the entity tags in
// If-Match; 0 where there is none. The tags are weak, for an answer may be sent compressed, yet name a state exactly.
func ifMatch(r *http.Request) (int64, error) {
	lists := r.Header.Values("If-Match")
	if len(lists) == 0 {
		return 0, nil
	}
	var newest int64
	for _, list := range lists {
		for tag := range strings.SplitSeq(list, ",") {
			tag = strings.TrimSpace(tag)
			if tag == "*" {
				return 0, nil
			}
			number, _, _ := strings.Cut(strings.Trim(strings.TrimPrefix(tag, "W/"), `"`), "-")
			if n, err := strconv.ParseInt(number, 10, 64); err == nil {
				newest = max(newest, n)
			}
		}
	}
	if newest == 0 {
		return 0, changedSince()
	}
	return newest, nil
}

// changedSince is the error for a state that what is edited is not in.
func changedSince() error {
	return &corpus.Error{
		Kind: corpus.Conflict, Code: corpus.CodeChangedSince, Message: "内容已经变了", Position: -1, Expected: "重新读取后再改",
	}
}
