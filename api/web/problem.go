package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

// ProblemPage says what could not be shown, why, and where to go on.
type ProblemPage struct {
	Frame    Frame
	Heading  string
	Message  string
	Expected string
	Ways     []Link
	// Request is the identifier under which an internal error is logged, "" for others.
	Request string
}

// isPage reports whether an address belongs to the pages and not to a program's interface.
func isPage(r *http.Request) bool {
	switch r.URL.Path {
	case "/healthz", "/readyz", "/metrics":
		return false
	}
	return r.URL.Path != "/api" && !strings.HasPrefix(r.URL.Path, "/api/")
}

// problem answers a failed visit with a page. What went wrong inside is logged and not shown.
func (s *Site) problem(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	status, page := s.problemPage(err, c.Response().Header().Get(echo.HeaderXRequestID))
	if status >= http.StatusInternalServerError {
		c.Logger().Errorf("page %s: %v", c.Request().URL.Path, err)
	}
	if err := s.render(c, status, "problem", page); err != nil {
		c.Logger().Errorf("error page: %v", err)
	}
}

// problemPage works out status and page for an error.
func (s *Site) problemPage(err error, request string) (int, ProblemPage) {
	page := ProblemPage{Ways: []Link{{Name: "总览", Href: "/"}, {Name: "检索", Href: "/search"}, {Name: "文件", Href: "/documents"}}}
	status := http.StatusInternalServerError
	var known *corpus.Error
	var routed *echo.HTTPError
	switch {
	case errors.As(err, &known):
		status, page.Heading = kindStatus(known.Kind)
		page.Message, page.Expected = known.Message, known.Expected
	case errors.As(err, &routed) && routed.Code < http.StatusInternalServerError:
		status = routed.Code
		page.Heading, page.Message = "没有这个页面", "地址可能写错了，或页面已经移走。"
		if status == http.StatusMethodNotAllowed {
			page.Heading, page.Message = "不能这样访问", "这个页面只能查看。"
		}
	default:
		page.Heading, page.Message, page.Request = "出了内部错误", "这一页没有能够显示，原因已记入日志。请稍后重试。", request
	}
	page.Frame = s.bareFrame(visit{}, page.Heading)
	return status, page
}

// kindStatus returns the HTTP status of a kind of error and the heading of its page.
func kindStatus(kind corpus.ErrorKind) (int, string) {
	switch kind {
	case corpus.Invalid:
		return http.StatusBadRequest, "条件没有看懂"
	case corpus.NotFound:
		return http.StatusNotFound, "没有找到"
	case corpus.Conflict:
		return http.StatusConflict, "现在不能这样做"
	case corpus.Unsupported:
		return http.StatusUnsupportedMediaType, "不支持"
	case corpus.TooLarge:
		return http.StatusRequestEntityTooLarge, "超出了限度"
	case corpus.Unavailable:
		return http.StatusServiceUnavailable, "暂时不可用"
	}
	return http.StatusInternalServerError, "出了内部错误"
}
