package web

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"tongjian/api"
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
	status  int
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
	request := c.Response().Header().Get(echo.HeaderXRequestID)
	page := s.problemPage(err, request)
	if page.status >= http.StatusInternalServerError {
		s.logger.LogAttrs(c.Request().Context(), slog.LevelError, "page failed",
			slog.String("id", request), slog.String("path", c.Request().URL.Path), slog.Any("error", err))
	}
	if err := s.render(c, page.status, "problem", page); err != nil {
		s.logger.LogAttrs(c.Request().Context(), slog.LevelError, "draw error page", slog.String("id", request), slog.Any("error", err))
	}
}

// problemPage works out the page for an error: the interface's problem details in a reader's words.
func (s *Site) problemPage(err error, request string) ProblemPage {
	p := api.ProblemOf(err)
	page := ProblemPage{
		status: p.Status, Heading: headings[p.Status], Message: p.Detail, Expected: p.Expected,
		Ways: []Link{{Name: "总览", Href: "/"}, {Name: "检索", Href: "/search"}, {Name: "文件", Href: "/documents"}},
	}
	if page.Heading == "" {
		page.Heading = "这样不行"
	}
	if p.Status >= http.StatusInternalServerError {
		page.Request = request
	}
	page.Frame = s.bareFrame(visit{}, page.Heading)
	return page
}

// headings are what error pages say first.
var headings = map[int]string{
	http.StatusBadRequest:            "条件没有看懂",
	http.StatusUnauthorized:          "需要登录",
	http.StatusForbidden:             "没有权限",
	http.StatusTooManyRequests:       "请求过于频繁",
	http.StatusNotFound:              "没有找到",
	http.StatusPreconditionFailed:    "内容已经变了",
	http.StatusMethodNotAllowed:      "这个页面只能查看",
	http.StatusRequestEntityTooLarge: "超出了限度",
	http.StatusRequestURITooLong:     "地址太长",
	http.StatusServiceUnavailable:    "暂时不可用",
	http.StatusInternalServerError:   "出了内部错误",
}
