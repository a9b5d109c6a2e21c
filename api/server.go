package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
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
	// files holds the paths of answers that may take longer than timeout, for they are written while they are read.
	files map[string]bool
}

// New returns a server with all routes of the interface.
func New(s *Service, o Options) *Server {
	srv := &Server{service: s, logger: o.Logger, timeout: o.Timeout, now: s.Now, echo: echo.New(), files: map[string]bool{}}
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
	e.Pre(srv.identify, srv.record, secure, limitURL, SameOrigin)
	e.Use(
		middleware.BodyLimit("64K"),
		middleware.GzipWithConfig(middleware.GzipConfig{MinLength: gzipFrom}),
		srv.recover, srv.deadline,
	)
	srv.mount()
	return srv
}

// Echo returns the router, so that pages can be mounted beside the interface.
func (srv *Server) Echo() *echo.Echo { return srv.echo }

// ServeHTTP answers one request.
func (srv *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { srv.echo.ServeHTTP(w, r) }

// mount adds every operation; what can be read can be asked for with HEAD too.
func (srv *Server) mount() {
	for _, op := range srv.operations() {
		serve := srv.operation(op)
		srv.files[op.path] = op.file
		if op.method != "" {
			srv.echo.Add(op.method, op.path, serve)
			continue
		}
		srv.echo.GET(op.path, serve)
		srv.echo.HEAD(op.path, serve)
	}
}
