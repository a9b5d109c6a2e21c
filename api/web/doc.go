// Package web draws the pages: server-rendered, in Chinese, complete without script. A page asks the same typed methods
// of api.Service as the JSON interface does, so that a number is the same wherever it is shown.
//
// Each page is one file: a page struct that its template is checked against, and a method that works the struct out from
// a visit without touching the response. A page is drawn into memory before it is sent. The filter in force stands in the
// address under the names that the interface uses, and on every page as chips that can be taken off; what is seen can
// be sent as a link.
//
//	web.Mount(e, service, web.Options{})      // "/", "/search", "/documents", "/documents/{id}", "/trends", "/units/{name}", "/review", "/help", "/static/…"
//
// A page with forms has a post beside it: it makes the change through api.Service, which refuses what has changed since the
// page was drawn, and sends the visitor on to a page to look at.
//
// A new page is one entry in routes (site.go), which also puts it into the navigation, one file, and one folder under
// templates.
//
// Text of documents goes through package highlight, charts through package chart; both give data that the templates
// draw, so that nothing here joins markup from strings.
package web
