package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"tongjian/api"
	"tongjian/api/access"
)

// paramNext is where a visitor wanted to go before signing in.
const paramNext = "next"

// SignInPage asks for a key.
type SignInPage struct {
	Frame Frame
	Next  string
	// Wrong says why the key did not do.
	Wrong  string
	status int
}

// Status is the status of the page.
func (p SignInPage) Status() int { return p.status }

// signIn works out the page that asks for a key. It tells nothing of the corpus, for it is open to everybody.
func (s *Site) signIn(_ context.Context, v visit) (SignInPage, error) {
	return SignInPage{Frame: s.bareFrame(visit{path: v.path}, "登录"), Next: ownPath(v.param(paramNext)), status: http.StatusOK}, nil
}

// ownPath returns a path of this site, "/" for whatever would lead away from it.
func ownPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

// signedIn begins a session with the key that was given.
func (s *Site) signedIn(c echo.Context) error {
	next := ownPath(c.FormValue(paramNext))
	if s.guard == nil {
		return c.Redirect(http.StatusSeeOther, next)
	}
	if _, err := s.guard.SignIn(c, c.FormValue("key")); err != nil {
		p := api.ProblemOf(err)
		if p.Status >= http.StatusInternalServerError {
			return err
		}
		page := SignInPage{Frame: s.bareFrame(visit{path: api.SignInPath}, "登录"), Next: next, Wrong: p.Detail, status: p.Status}
		return s.render(c, page.status, "signin", page)
	}
	return c.Redirect(http.StatusSeeOther, next)
}

// signedOut ends the session.
func (s *Site) signedOut(c echo.Context) error {
	if s.guard != nil {
		s.guard.SignOut(c)
	}
	return c.Redirect(http.StatusSeeOther, api.SignInPath)
}

// who names the visitor where there is somebody to name.
func who(ctx context.Context) string {
	p := access.Of(ctx)
	if p.Key == "" {
		return ""
	}
	return fmt.Sprintf("%s（%s）", p.Name, roleWord(p.Role))
}
