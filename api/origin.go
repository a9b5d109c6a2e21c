package api

import (
	"net"
	"net/http"

	"github.com/labstack/echo/v4"
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
		if !safe(r.Method) && !loopbackName(r) {
			return echo.NewHTTPError(http.StatusForbidden)
		}
		return next(c)
	}
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
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
