package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"

	"github.com/labstack/echo/v4"
)

// requestID is what a caller's own request identifier may look like; others are replaced, for they end in the log.
var requestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// identify gives every request an identifier, which stands in the answer, in problem details and in the log.
func (srv *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !requestID.MatchString(id) {
			var b [8]byte
			if _, err := rand.Read(b[:]); err != nil {
				return fmt.Errorf("draw a request identifier: %w", err)
			}
			id = hex.EncodeToString(b[:])
		}
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

// record writes one line a request. Errors are rendered here already, so that the line tells the status sent.
func (srv *Server) record(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := srv.now()
		srv.metrics.open.Inc()
		defer srv.metrics.open.Dec()
		if err := next(c); err != nil {
			c.Error(err)
		}
		took := srv.now().Sub(start)
		srv.metrics.count(c, took)
		srv.logger.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
			slog.String("id", requestIDOf(c)), slog.String("method", c.Request().Method),
			slog.String("path", c.Request().URL.Path), slog.Int("status", c.Response().Status),
			slog.Int64("bytes", c.Response().Size), slog.Duration("took", took))
		return nil
	}
}

func requestIDOf(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// secure sets the headers that keep a browser from doing more with an answer than showing it. Pages that need style or
// script of their own set their own policy.
func secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set(echo.HeaderXContentTypeOptions, "nosniff")
		h.Set(echo.HeaderXFrameOptions, "DENY")
		h.Set(echo.HeaderReferrerPolicy, "same-origin")
		h.Set(echo.HeaderContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		return next(c)
	}
}

// limitURL refuses addresses that nobody writes.
func limitURL(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if n := len(c.Request().URL.RequestURI()); n > MaxURLBytes {
			return echo.NewHTTPError(http.StatusRequestURITooLong, fmt.Sprintf("地址太长：%d 字节，上限 %d", n, MaxURLBytes))
		}
		return next(c)
	}
}

// deadline bounds the work on a request.
func (srv *Server) deadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if op, _ := srv.operationOf(c); op.file || srv.isLarge(c) {
			return next(c)
		}
		ctx, cancel := context.WithTimeout(c.Request().Context(), srv.timeout)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// recover turns a panic into an internal error with its stack in the log.
func (srv *Server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			r := recover()
			if r == nil {
				return
			}
			if e, ok := r.(error); ok && errors.Is(e, http.ErrAbortHandler) {
				panic(r)
			}
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}()
		return next(c)
	}
}
