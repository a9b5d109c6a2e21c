package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"tongjian/api/web/chart"
)

//go:embed templates
var sources embed.FS

// templateNames lists the pages that have a template of their own, each in its folder.
var templateNames = []string{"overview", "search", "documents", "document", "review", "importing", "manage", "signin", "quality", "compare", "concordance", "trends", "units", "unit", "help", "problem",
	"repeats", "commons", "common", "rectification", "alignment",
}

// contentPolicy allows what the pages themselves bring and nothing else: no foreign address, no script in the page.
const contentPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// parseTemplates reads the embedded templates: for every page its own with the shared ones.
func parseTemplates() (map[string]*template.Template, error) {
	shared, err := template.New("shared").ParseFS(sources, "templates/shared/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("parse shared templates: %w", err)
	}
	if shared, err = shared.ParseFS(chart.Templates, "*.tmpl"); err != nil {
		return nil, fmt.Errorf("parse chart templates: %w", err)
	}
	out := map[string]*template.Template{}
	for _, name := range templateNames {
		page, err := shared.Clone()
		if err != nil {
			return nil, fmt.Errorf("clone shared templates for page %q: %w", name, err)
		}
		if page, err = page.ParseFS(sources, "templates/"+name+"/*.tmpl"); err != nil {
			return nil, fmt.Errorf("parse templates of page %q: %w", name, err)
		}
		out[name] = page
	}
	return out, nil
}

// render writes a page with a status. The page is drawn before the first byte is sent, so that a fault in a template is
// an error page and not half a page.
func (s *Site) render(c echo.Context, status int, name string, value any) error {
	return s.renderWith(c, status, name, value, "no-cache")
}

// renderWith is render with what is to be said about keeping the page.
func (s *Site) renderWith(c echo.Context, status int, name string, value any, cache string) error {
	var b bytes.Buffer
	if err := s.templates[name].ExecuteTemplate(&b, "page", value); err != nil {
		return fmt.Errorf("draw page %q: %w", name, err)
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", cache)
	if c.Request().Method == http.MethodHead {
		return c.NoContent(status)
	}
	return c.HTMLBlob(status, b.Bytes())
}
