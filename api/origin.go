package api

import (
	"errors"
	"net"
	"net/http"

	"github.com/labstack/echo/v4"

	"tongjian/api/access"
	"tongjian/corpus"
)

// SameOrigin refuses changes that a page of another site asks a browser for: on a loopback address whoever can reach the
// server may change things, and a browser reaches it for any page that it shows. Programs that are no browsers send neither
// Sec-Fetch-Site nor Origin and pass.
func SameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		r := c.Request()
		if err := protection.Check(r); err != nil {
			return echo.NewHTTPError(http.StatusForbidden).SetInternal(err)
		}
		if !access.Safe(r.Method) && !loopbackName(r) {
			return echo.NewHTTPError(http.StatusForbidden)
		}
		return next(c)
	}
}

// sameOrigin is SameOrigin that writes refusals down. Where no key is demanded, reading too is for those only who name this
// machine: else a page whose own name was made to lead here could read everything.
func (srv *Server) sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	checked := SameOrigin(next)
	return func(c echo.Context) error {
		open := srv.guard != nil && !srv.guard.Required()
		if open && !loopbackName(c.Request()) {
			srv.guard.Denied(c, "wrong_host")
			return &corpus.Error{
				Kind: corpus.Forbidden, Code: "wrong_host", Message: "不是本机的地址", Param: "Host", Value: c.Request().Host,
				Position: -1, Expected: "127.0.0.1、localhost 或 [::1]；从别的名称访问须启用密钥",
			}
		}
		err := checked(c)
		var refused *echo.HTTPError
		if srv.guard != nil && errors.As(err, &refused) && refused.Code == http.StatusForbidden {
			srv.guard.Denied(c, "cross_origin")
		}
		return err
	}
}

// loopbackName reports whether a request that came in on a loopback address names one. A page whose own name was made to
// lead to this machine is of the same origin as the server, and only the name tells.
func loopbackName(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok || !local.IP.IsLoopback() {
		return true
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(trimBrackets(host))
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func trimBrackets(host string) string {
	if n := len(host); n > 2 && host[0] == '[' && host[n-1] == ']' {
		return host[1 : n-1]
	}
	return host
}
