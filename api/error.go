package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

// ProblemType is the media type of every failure.
const ProblemType = "application/problem+json"

// Problem is the body of every failure: RFC 9457 problem details. Code is stable; Detail is Chinese and for users. Param,
// Value, Position and Expected describe a wrong parameter; Position is the byte offset in the value, absent where the value
// is wrong as a whole.
type Problem struct {
	Type     string `json:"type"` // always about:blank: the code tells the kind
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Code     string `json:"code"`
	Detail   string `json:"detail"`
	Instance string `json:"instance"` // the request's identifier
	Param    string `json:"param,omitempty"`
	Value    string `json:"value,omitempty"`
	Position *int   `json:"position,omitempty"`
	Expected string `json:"expected,omitempty"`
}

// StatusOf returns the HTTP status of a kind of error; an error without a kind is internal.
func StatusOf(kind corpus.ErrorKind) int {
	switch kind {
	case corpus.Invalid:
		return http.StatusBadRequest
	case corpus.NotFound:
		return http.StatusNotFound
	case corpus.Conflict:
		return http.StatusConflict
	case corpus.Unsupported:
		return http.StatusUnsupportedMediaType
	case corpus.TooLarge:
		return http.StatusRequestEntityTooLarge
	case corpus.Unavailable:
		return http.StatusServiceUnavailable
	case corpus.Unauthenticated:
		return http.StatusUnauthorized
	case corpus.Forbidden:
		return http.StatusForbidden
	case corpus.TooMany:
		return http.StatusTooManyRequests
	}
	return http.StatusInternalServerError
}

// routed holds the codes and messages of failures that no method of Service sees.
var routed = map[int]struct{ code, detail string }{
	http.StatusNotFound:              {"no_such_path", "没有这个地址"},
	http.StatusMethodNotAllowed:      {"method_not_allowed", "此地址不支持该方法"},
	http.StatusRequestEntityTooLarge: {"too_large", "请求内容太大"},
	http.StatusRequestURITooLong:     {"uri_too_long", "地址太长"},
	http.StatusNotAcceptable:         {"not_acceptable", "没有所要的格式"},
	http.StatusForbidden:             {"cross_origin", "不接受其他网站发起的修改"},
}

// ProblemOf returns the problem details of an error. What an internal error says stays inside.
func ProblemOf(err error) Problem {
	var known *corpus.Error
	var refused *echo.HTTPError
	p := Problem{Type: "about:blank", Status: http.StatusInternalServerError, Code: "internal", Detail: "内部错误，原因已记入日志"}
	switch {
	case errors.As(err, &known) && StatusOf(known.Kind) != http.StatusInternalServerError:
		p.Status, p.Code, p.Detail = StatusOf(known.Kind), known.Code, known.Message
		if p.Code == "" {
			p.Code = string(known.Kind)
		}
		if p.Code == corpus.CodeChangedSince {
			p.Status = http.StatusPreconditionFailed
		}
		p.Param, p.Value, p.Expected = known.Param, known.Value, known.Expected
		if known.Param != "" && known.Position >= 0 {
			p.Position = &known.Position
		}
	case errors.Is(err, context.DeadlineExceeded):
		p.Status, p.Code, p.Detail = http.StatusServiceUnavailable, "timeout", "超过处理时限，请缩小范围后再试"
	case errors.Is(err, context.Canceled):
		p.Status, p.Code, p.Detail = http.StatusServiceUnavailable, "canceled", "请求已取消"
	case errors.As(err, &refused) && refused.Code < http.StatusInternalServerError:
		p.Status, p.Code, p.Detail = refused.Code, "bad_request", "请求有误"
		if known, ok := routed[refused.Code]; ok {
			p.Code, p.Detail = known.code, known.detail
		}
	}
	p.Title = http.StatusText(p.Status)
	return p
}

// fail is the one place where an error becomes an answer of the interface.
func (srv *Server) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := ProblemOf(err)
	p.Instance = requestIDOf(c)
	if p.Status >= http.StatusInternalServerError {
		srv.logger.LogAttrs(c.Request().Context(), slog.LevelError, "request failed",
			slog.String("id", p.Instance), slog.String("path", c.Request().URL.Path), slog.Any("error", err))
	}
	h := c.Response().Header()
	for _, name := range []string{"ETag", "Link", echo.HeaderContentDisposition, echo.HeaderContentType} {
		h.Del(name)
	}
	h.Set(echo.HeaderCacheControl, "no-store")
	if p.Status == http.StatusServiceUnavailable {
		h.Set(echo.HeaderRetryAfter, "5")
	}
	body, err := encode(p)
	if err == nil {
		err = c.Blob(p.Status, ProblemType, body)
	}
	if err != nil {
		srv.logger.LogAttrs(c.Request().Context(), slog.LevelError, "send problem",
			slog.String("id", p.Instance), slog.Any("error", err))
	}
}

// encode writes a value as JSON with Chinese text, <mark> and & as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
