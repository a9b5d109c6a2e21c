package api

import (
	"log/slog"
	"net/http"
	"net/http/pprof"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"tongjian/api/access"
	"tongjian/corpus"
)

// The limits of a request.
const (
	MaxURLBytes    = 16 << 10
	MaxBodyBytes   = 64 << 10
	DefaultTimeout = 15 * time.Second
	// gzipFrom is the size from which an answer is worth compressing.
	gzipFrom = 1 << 10
)

// Prefix is where the interface begins.
const Prefix = "/api/v1"

// Options are the settings of a Server. The zero value of each field is usable.
type Options struct {
	// Logger gets one line a request and the causes of internal errors; slog.Default where nil.
	Logger *slog.Logger
	// Guard says who asks and may; without one whoever reaches the server may do everything.
	Guard *access.Guard
	// Profile adds /debug/pprof, for administrators.
	Profile bool
	// Timeout bounds the work on one request; DefaultTimeout where 0.
	Timeout time.Duration
}

// Server is the interface over HTTP. Pages may be mounted on the same Echo.
type Server struct {
	service *Service
	logger  *slog.Logger
	timeout time.Duration
	now     func() time.Time
	echo    *echo.Echo
	guard   *access.Guard
	// served holds the operations by method and path, what is asked for with HEAD under GET.
	served  map[string]operation
	metrics *metrics
}

// New returns a server with all routes of the interface.
func New(s *Service, o Options) *Server {
	srv := &Server{
		service: s, logger: o.Logger, timeout: o.Timeout, now: s.Now, echo: echo.New(),
		guard: o.Guard, served: map[string]operation{}, metrics: newMetrics(s),
	}
	if srv.logger == nil {
		srv.logger = slog.Default()
	}
	if srv.timeout <= 0 {
		srv.timeout = DefaultTimeout
	}
	if srv.now == nil {
		srv.now = time.Now
	}
	e := srv.echo
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = srv.fail
	// An address that a request only claims to come from counts for nothing.
	e.IPExtractor = echo.ExtractIPDirect()
	e.Pre(srv.identify, srv.record, secure, limitURL, srv.sameOrigin)
	if srv.guard != nil {
		e.Use(srv.guard.Admit(srv.needed))
	}
	e.Use(
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: "64K", Skipper: srv.isLarge}),
		middleware.GzipWithConfig(middleware.GzipConfig{MinLength: gzipFrom}),
		srv.recover, srv.deadline,
	)
	srv.mount()
	if o.Profile {
		srv.mountProfile()
	}
	return srv
}

// mountProfile adds what a person needs who looks into the running program.
func (srv *Server) mountProfile() {
	for path, serve := range map[string]http.HandlerFunc{
		"/debug/pprof/*": pprof.Index, "/debug/pprof/cmdline": pprof.Cmdline, "/debug/pprof/profile": pprof.Profile,
		"/debug/pprof/symbol": pprof.Symbol, "/debug/pprof/trace": pprof.Trace,
	} {
		srv.served[http.MethodGet+" "+path] = operation{role: corpus.Admin, file: true}
		srv.echo.GET(path, echo.WrapHandler(serve))
	}
}

// operationOf returns the operation that a request asks for; ok is false where it asks for a page, or for nothing there is.
func (srv *Server) operationOf(c echo.Context) (op operation, ok bool) {
	method := c.Request().Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	op, ok = srv.served[method+" "+c.Path()]
	return op, ok
}

// isLarge reports whether a request may have a large body.
func (srv *Server) isLarge(c echo.Context) bool {
	op, _ := srv.operationOf(c)
	return op.large || c.Request().Method == http.MethodPost && c.Path() == ImportPath
}

// publicPages are the pages that can be asked for without a key: what signing in needs.
var publicPages = []string{SignInPath, SignOutPath, "/static/*"}

// needed returns the role that a request needs, "" for a public one. Pages need what the interface needs for the same.
func (srv *Server) needed(c echo.Context) corpus.Role {
	if op, known := srv.operationOf(c); known {
		return op.needs()
	}
	method, path := c.Request().Method, c.Path()
	switch {
	case slices.Contains(publicPages, path):
		return ""
	case path == ManagePath:
		return corpus.Admin
	case method == http.MethodGet, method == http.MethodHead:
		return corpus.Reader
	}
	return corpus.Editor
}

// The pages that the server treats in a way of their own: ManagePath is for administrators, ImportPath takes files.
const (
	ManagePath  = "/manage"
	ImportPath  = "/import"
	SignInPath  = "/signin"
	SignOutPath = "/signout"
)

// Echo returns the router, so that pages can be mounted beside the interface.
func (srv *Server) Echo() *echo.Echo { return srv.echo }

// ServeHTTP answers one request.
func (srv *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { srv.echo.ServeHTTP(w, r) }

// mount adds every operation; what can be read can be asked for with HEAD too.
func (srv *Server) mount() {
	for _, op := range srv.operations() {
		serve := srv.operation(op)
		if op.method != "" {
			srv.served[op.method+" "+op.path] = op
			srv.echo.Add(op.method, op.path, serve)
			continue
		}
		srv.served[http.MethodGet+" "+op.path] = op
		srv.echo.GET(op.path, serve)
		srv.echo.HEAD(op.path, serve)
	}
}
