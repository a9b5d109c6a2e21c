package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

// operation is one address of the interface.
type operation struct {
	id     string // as openapi.yaml names it
	method string // GET where empty; others change something
	path   string // as echo writes it
	// params are the parameters accepted, beside format for what answers a table.
	params []string
	// table says that the answer can be had as CSV and as a workbook.
	table bool
	// lines says that it can be had as JSON Lines too.
	lines bool
	// file says that the answer is a file of any size, written while it is read; no time limit holds for the whole of it.
	file bool
	// large says that the body may be large, and that it may take long to come.
	large bool
	// role is needed to ask for it: a reader's where empty and nothing changes, else an editor's.
	role corpus.Role
	// public says that it can be asked for without a key.
	public bool
	// live says that the answer is about this moment and has no entity tag.
	live  bool
	serve func(c echo.Context, format string) error
}

// filterParams are the parameters that choose a part of the corpus.
var filterParams = func() []string {
	names := []string{"q", "synonyms"}
	for _, f := range corpus.Fields {
		names = append(names, string(f))
	}
	return names
}()

// wordParams are the parameters that choose words to count.
var wordParams = []string{"stop_words", "punctuation", "numbers", "min_length", "without"}

// filtered returns the filter parameters with more.
func filtered(more ...string) []string { return append(slices.Clone(filterParams), more...) }

// operations lists every address of the interface. openapi.yaml describes the same ones.
func (srv *Server) operations() []operation {
	s := srv.service
	return append(srv.linkOperations(), []operation{
		{id: "search", path: Prefix + "/search", table: true,
			params: filtered("limit", "cursor", "sort", "group", "facets", "facet_size", "snippets"),
			serve:  reads(ParseSearch, s.Search)},
		{id: "getConcordance", path: Prefix + "/concordance", table: true,
			params: filtered("limit", "cursor", "width", "sort", "sample", "seed"), serve: reads(ParseConcordance, s.Concordance)},
		{id: "getTerms", path: Prefix + "/terms", table: true,
			params: filtered(append(slices.Clone(wordParams), "limit", "seed")...), serve: reads(ParseTerms, s.Terms)},
		{id: "getCollocations", path: Prefix + "/collocations", table: true,
			params: filtered(append(slices.Clone(wordParams), "limit", "seed", "window", "min_count", "sort")...),
			serve:  reads(ParseCollocations, s.Collocations)},
		{id: "suggest", path: Prefix + "/suggest", params: []string{"q", "limit"},
			serve: reads(ParseSuggest, func(ctx context.Context, r SuggestRequest) (*SuggestAnswer, error) {
				return s.Suggest(ctx, r.Text, r.Limit)
			})},
		{id: "listDocuments", path: Prefix + "/documents", table: true, params: filtered("limit", "cursor", "sort"),
			serve: reads(ParseList, s.Documents)},
		{id: "addDocuments", method: http.MethodPost, path: Prefix + "/documents", params: []string{"filename"}, large: true, serve: srv.upload},
		{id: "getDocument", path: Prefix + "/documents/:id", serve: srv.document},
		{id: "editDocument", method: http.MethodPatch, path: Prefix + "/documents/:id", serve: srv.editDocument},
		{id: "removeDocument", method: http.MethodDelete, path: Prefix + "/documents/:id", role: corpus.Admin, serve: srv.removeDocument},
		{id: "getDocumentText", path: Prefix + "/documents/:id/text", serve: srv.documentText},
		{id: "getDocumentOriginal", path: Prefix + "/documents/:id/original", serve: srv.documentOriginal},
		{id: "listFindings", path: Prefix + "/findings", table: true, params: filtered("limit", "cursor", "sort"),
			serve: reads(ParseList, s.Findings)},
		{id: "getFinding", path: Prefix + "/findings/:id", serve: srv.finding},
		{id: "editFinding", method: http.MethodPatch, path: Prefix + "/findings/:id", serve: srv.editFinding},
		{id: "getReview", path: Prefix + "/review", table: true, params: filtered("limit", "cursor", "order"),
			serve: reads(ParseReview, s.Review)},
		{id: "listCorrections", path: Prefix + "/corrections", table: true, lines: true, serve: srv.corrections},
		{id: "getTrends", path: Prefix + "/trends", table: true, params: filtered("by", "series", "top", "from", "to", "time"),
			serve: reads(ParseTrends, s.Trends)},
		{id: "getMatrix", path: Prefix + "/matrix", table: true, params: filtered("rows", "cols", "top"),
			serve: reads(ParseMatrix, s.Matrix)},
		{id: "compare", path: Prefix + "/compare", table: true, params: filtered("side"),
			serve: reads(ParseCompare, s.Compare)},
		{id: "getTaxonomy", path: Prefix + "/taxonomy", table: true, params: filtered(),
			serve: reads(ReadFilter, s.Categories)},
		{id: "getCategory", path: Prefix + "/taxonomy/:code", params: filtered(), serve: srv.category},
		{id: "exportFindings", path: Prefix + "/export/findings", file: true, params: filtered("sort", "columns", "citation"),
			serve: srv.exports("findings", s.ExportFindings)},
		{id: "exportDocuments", path: Prefix + "/export/documents", file: true, params: filtered("sort", "columns", "citation"),
			serve: srv.exports("documents", s.ExportDocuments)},
		{id: "listKeys", path: Prefix + "/keys", role: corpus.Admin, table: true, live: true, serve: srv.keys},
		{id: "addKey", method: http.MethodPost, path: Prefix + "/keys", role: corpus.Admin, serve: srv.addKey},
		{id: "revokeKey", method: http.MethodDelete, path: Prefix + "/keys/:id", role: corpus.Admin, serve: srv.revokeKey},
		{id: "getAudit", path: Prefix + "/audit", role: corpus.Admin, table: true, lines: true, live: true,
			params: []string{"limit", "cursor"}, serve: reads(ParseAudit, s.Audit)},
		{id: "getStats", path: Prefix + "/stats", serve: srv.stats},
		{id: "getMeta", path: Prefix + "/meta", serve: srv.meta},
		{id: "getOpenAPI", path: Prefix + "/openapi.yaml", public: true, serve: srv.openAPI},
		{id: "getMetrics", path: "/metrics", live: true, serve: srv.showMetrics},
		{id: "getHealth", path: "/healthz", public: true, live: true, serve: srv.health},
		{id: "getReady", path: "/readyz", public: true, live: true, serve: srv.ready},
	}...)
}

// operation is what every operation has in common: parameters are known, the format is one that there is, and who has the
// answer already is told so.
func (srv *Server) operation(op operation) echo.HandlerFunc {
	accepted := slices.Clone(op.params)
	if op.table || op.file {
		accepted = append(accepted, "format")
	}
	return func(c echo.Context) error {
		values, err := url.ParseQuery(c.Request().URL.RawQuery)
		if err != nil {
			return &corpus.Error{
				Kind: corpus.Invalid, Code: "bad_query_string", Message: "地址中的参数无法解析", Position: -1,
				Expected: "名称=值，以 & 分隔，特殊字符用 % 转义", Cause: err,
			}
		}
		if err := checkParams(values, accepted); err != nil {
			return err
		}
		format, err := formatOf(c.Request(), values, op)
		if err != nil {
			return err
		}
		if op.live {
			c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		}
		if !op.live && op.method == "" {
			if same, err := srv.fresh(c, format); same || err != nil {
				return err
			}
		}
		return op.serve(c, format)
	}
}

// checkParams refuses parameters that are not accepted: a misspelt filter must not silently widen a count.
func checkParams(v url.Values, accepted []string) error {
	var unknown []string
	for name := range v {
		if !slices.Contains(accepted, name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	slices.Sort(unknown)
	return unknownParam(unknown[0], v.Get(unknown[0]), accepted)
}

// needs returns the role that an operation is for, "" for a public one.
func (op operation) needs() corpus.Role {
	switch {
	case op.public:
		return ""
	case op.role != "":
		return op.role
	case op.method != "":
		return corpus.Editor
	}
	return corpus.Reader
}

// answer sends a whole answer in the format asked for, encoded before the first byte is sent.
func answer(c echo.Context, format string, v any) error {
	return answerAs(c, http.StatusOK, format, v)
}

func answerAs(c echo.Context, status int, format string, v any) error {
	if next := nextOf(v); next != "" {
		values := c.QueryParams()
		values.Set("cursor", next)
		c.Response().Header().Set("Link", "<"+c.Request().URL.Path+"?"+values.Encode()+`>; rel="next"`)
	}
	switch format {
	case formatCSV, formatWorkbook:
		return sendTable(c, v.(tabular).table(), format)
	case formatLines:
		return sendLines(c, v.(liner).lines())
	}
	body, err := encode(v)
	if err != nil {
		return err
	}
	return c.Blob(status, echo.MIMEApplicationJSON, body)
}

// pager is an answer that may go on.
type pager interface{ next() string }

func nextOf(v any) string {
	if p, ok := v.(pager); ok {
		return p.next()
	}
	return ""
}

func (l List[T]) next() string {
	if l.Next == nil {
		return ""
	}
	return *l.Next
}
