package web

import (
	"context"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/api"
	"tongjian/api/access"
	"tongjian/corpus"
)

// Site draws the pages over one service.
type Site struct {
	service   *api.Service
	templates map[string]*template.Template
	assets    Assets
	files     map[string]file
	routes    []route
	logger    *slog.Logger
	guard     *access.Guard
	now       func() time.Time
}

// Options are the settings of the pages. The zero value of each field is usable.
type Options struct {
	// Logger gets the causes of internal errors; slog.Default where nil.
	Logger *slog.Logger
	// Guard signs visitors in; without one there is nothing to sign in to.
	Guard *access.Guard
}

// route is one page: its address, and its name in the navigation where it has one there.
type route struct {
	path  string
	name  string
	side  bool // stands at the right end of the navigation
	serve echo.HandlerFunc
	post  echo.HandlerFunc // takes the page's forms; nil where it has none
	// named reports whether the navigation names the page; nil where it always does.
	named func() bool
}

// visit is what a page knows of the request.
type visit struct {
	// path is the page's own address without parameters.
	path   string
	id     string
	values url.Values
	filter corpus.Filter
}

// param returns a further parameter of the address.
func (v visit) param(name string) string { return v.values.Get(name) }

// New returns the pages over a service.
func New(service *api.Service, o Options) (*Site, error) {
	templates, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	assets, files, err := loadAssets()
	if err != nil {
		return nil, err
	}
	s := &Site{service: service, templates: templates, assets: assets, files: files, logger: o.Logger, guard: o.Guard, now: service.Now}
	if s.now == nil {
		s.now = time.Now
	}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	s.routes = []route{
		{path: "/", name: "总览", serve: serve(s, "overview", s.overview)},
		{path: "/search", name: "检索", serve: serve(s, "search", s.search)},
		{path: "/concordance", serve: serve(s, "concordance", s.concordance)},
		{path: "/trends", name: "趋势", serve: serve(s, "trends", s.trends)},
		{path: "/compare", name: "对比", serve: serve(s, "compare", s.compare)},
		{path: "/units", name: "单位", serve: serve(s, "units", s.units)},
		{path: "/units/:id", serve: serve(s, "unit", s.unit)},
		{path: "/documents", name: "文件", serve: serve(s, "documents", s.documents)},
		{path: "/documents/:id", serve: serve(s, "document", s.document)},
		{path: "/documents/:id/alignment", serve: serve(s, "alignment", s.alignment)},
		{path: "/common", name: "共性问题", serve: serve(s, "commons", s.commons), named: s.hasLinks},
		{path: "/common/:id", serve: serve(s, "common", s.common), post: s.parted},
		{path: "/repeats", name: "屡查屡犯", serve: serve(s, "repeats", s.repeats), post: s.repeated, named: s.hasLinks},
		{path: "/rectification", name: "整改", serve: serve(s, "rectification", s.rectification)},
		{path: api.ImportPath, name: "导入", serve: serve(s, "importing", s.importing), post: s.imported},
		{path: "/review", name: "复核", side: true, serve: serve(s, "review", s.review), post: s.reviewed},
		{path: "/quality", name: "质量", side: true, serve: serve(s, "quality", s.quality)},
		{path: api.ManagePath, name: "管理", side: true, serve: serve(s, "manage", s.manage), post: s.managed},
		{path: api.SignInPath, serve: serve(s, "signin", s.signIn), post: s.signedIn},
		{path: api.SignOutPath, post: s.signedOut},
		{path: "/help", name: "帮助", side: true, serve: serve(s, "help", s.help)},
	}
	return s, nil
}

// Mount adds the pages to a server, and error pages for every address outside the interface; errors of the interface
// stay with the handler that was there before.
func Mount(e *echo.Echo, service *api.Service, o Options) error {
	s, err := New(service, o)
	if err != nil {
		return fmt.Errorf("prepare pages: %w", err)
	}
	for _, r := range s.routes {
		if r.serve != nil {
			e.GET(r.path, r.serve)
			e.HEAD(r.path, r.serve)
		}
		if r.post != nil {
			e.POST(r.path, r.post, api.SameOrigin)
		}
	}
	e.GET("/static/*", s.asset)
	before := e.HTTPErrorHandler
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		if !isPage(c.Request()) {
			before(err, c)
			return
		}
		if r := c.Request(); corpus.KindOf(err) == corpus.Unauthenticated && r.Method == http.MethodGet && !c.Response().Committed {
			if err := c.Redirect(http.StatusSeeOther, address(api.SignInPath, corpus.Filter{}, Param{paramNext, r.URL.RequestURI()})); err == nil {
				return
			}
		}
		s.problem(err, c)
	}
	return nil
}

// serve makes a handler of a function that works out a page: it reads the visit, asks for the page, and draws it.
func serve[T any](s *Site, name string, work func(context.Context, visit) (T, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		filter, err := api.ReadFilter(c.QueryParams())
		if err != nil {
			return err
		}
		v := visit{path: c.Request().URL.Path, id: c.Param("id"), values: c.QueryParams(), filter: filter}
		page, err := work(c.Request().Context(), v)
		if err != nil {
			return err
		}
		status := http.StatusOK
		if p, ok := any(page).(interface{ Status() int }); ok {
			status = p.Status()
		}
		return s.render(c, status, name, page)
	}
}
