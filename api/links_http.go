package api

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
	"tongjian/index"
)

func (srv *Server) similar(c echo.Context, format string) error {
	r := &reader{values: c.QueryParams()}
	filter, limit := r.filter(), r.whole("limit", 1, index.MaxNeighbours)
	if r.err != nil {
		return r.err
	}
	ans, err := srv.service.Similar(c.Request().Context(), corpus.FindingID(c.Param("id")), filter, limit)
	if err != nil {
		return err
	}
	return answer(c, format, ans)
}

func (srv *Server) commonProblem(c echo.Context, format string) error {
	ans, err := srv.service.CommonProblem(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return answer(c, format, ans)
}

func (srv *Server) alignment(c echo.Context, format string) error {
	ans, err := srv.service.Alignment(c.Request().Context(), corpus.DocumentID(c.Param("id")))
	if err != nil {
		return err
	}
	return answer(c, format, ans)
}

func (srv *Server) history(c echo.Context, format string) error {
	ans, err := srv.service.History(c.Request().Context(), corpus.DocumentID(c.Param("id")))
	if err != nil {
		return err
	}
	return answer(c, format, ans)
}

func (srv *Server) unit(c echo.Context, format string) error {
	name, err := url.PathUnescape(c.Param("id"))
	if err != nil {
		return badValue("id", clip(c.Param("id")), -1, "单位名称，特殊字符用 % 转义")
	}
	if err := checkText("id", name); err != nil {
		return err
	}
	ans, err := srv.service.Unit(c.Request().Context(), name)
	if err != nil {
		return err
	}
	return answer(c, format, ans)
}

func (srv *Server) peers(c echo.Context, format string) error {
	r := &reader{values: c.QueryParams()}
	filter := r.filter()
	units := filter.Values[corpus.FieldUnit]
	if r.err != nil {
		return r.err
	}
	if len(units) != 1 {
		return badValue(string(corpus.FieldUnit), "", -1, "一个单位的名称")
	}
	name := units[0]
	delete(filter.Values, corpus.FieldUnit)
	if exact := corpus.Exactly(""); len(name) > len(exact) && name[:len(exact)] == exact {
		name = name[len(exact):]
	}
	ans, err := srv.service.Peers(c.Request().Context(), name, filter)
	if err != nil {
		return err
	}
	return answer(c, format, ans)
}

func (srv *Server) decide(c echo.Context, _ string) error {
	b, err := readBody(c.Request(), []string{"kind", "finding", "prior", "verdict", "note"})
	if err != nil {
		return err
	}
	var d LinkDecision
	d.Kind, _ = field[corpus.LinkKind](b, "kind", "repeat, common, alignment")
	d.Finding, _ = field[corpus.FindingID](b, "finding", "问题编号")
	d.Prior, _ = field[corpus.FindingID](b, "prior", "问题编号")
	d.Note, _ = field[string](b, "note", "文字")
	var given bool
	if d.Verdict, given = field[corpus.Verdict](b, "verdict", "confirmed, rejected，或空字符串（撤销）"); !given {
		return badValue("verdict", "", -1, "confirmed, rejected，或空字符串（撤销）")
	}
	if b.err != nil {
		return b.err
	}
	if err := srv.service.Decide(c.Request().Context(), d); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// linkOperations are the operations about what belongs together, and about units.
func (srv *Server) linkOperations() []operation {
	s := srv.service
	return []operation{
		{id: "listSimilar", path: Prefix + "/findings/:id/similar", table: true, params: filtered("limit"), serve: srv.similar},
		{id: "listRepeats", path: Prefix + "/repeats", table: true, params: filtered("limit", "cursor", "evidence"), serve: reads(ParseRepeats, s.Repeats)},
		{id: "listCommonProblems", path: Prefix + "/common-problems", table: true, params: filtered("limit", "cursor", "least_units"),
			serve: reads(ParseCommon, s.CommonProblems)},
		{id: "getCommonProblem", path: Prefix + "/common-problems/:id", serve: srv.commonProblem},
		{id: "listAlignments", path: Prefix + "/alignments", params: filtered("limit", "cursor"), serve: reads(ParseAlignments, s.Alignments)},
		{id: "getAlignment", path: Prefix + "/documents/:id/alignment", serve: srv.alignment},
		{id: "getHistory", path: Prefix + "/documents/:id/history", serve: srv.history},
		{id: "decideLink", method: http.MethodPost, path: Prefix + "/links", serve: srv.decide},
		{id: "getRectification", path: Prefix + "/rectification", table: true, params: filtered("by", "top"),
			serve: reads(ParseRectification, s.Rectification)},
		{id: "listUnits", path: Prefix + "/units", table: true, params: filtered("limit", "cursor"), serve: reads(ParseAlignments, s.Units)},
		{id: "getUnit", path: Prefix + "/units/:id", serve: srv.unit},
		{id: "getPeers", path: Prefix + "/peers", table: true, params: filtered(), serve: srv.peers},
		{id: "getKeyness", path: Prefix + "/keyness", table: true, params: filtered("focus", "reference", "limit"),
			serve: reads(ParseKeyness, s.Keyness)},
		{id: "getQuality", path: Prefix + "/quality", table: true, params: []string{"code", "limit", "cursor"}, serve: reads(ParseQuality, s.Quality)},
	}
}

// ParseAlignments reads the parameters of a list in an order of its own.
func ParseAlignments(v url.Values) (ListRequest, error) {
	r := &reader{values: v}
	return ListRequest{Filter: r.filter(), Page: r.page()}, r.err
}

func (a *SimilarAnswer) table() dataTable {
	return tableOf("similar", []column[SimilarFinding]{
		{"id", func(f SimilarFinding) any { return string(f.ID) }},
		{"score", func(f SimilarFinding) any { return f.Score }},
		{"shared", func(f SimilarFinding) any { return joined(f.Shared) }},
		{"statement", func(f SimilarFinding) any { return f.Statement }},
		{"unit", func(f SimilarFinding) any { return string(f.Unit) }},
		{"year", func(f SimilarFinding) any { return year(f.Year) }},
		{"status", func(f SimilarFinding) any { return string(f.Status) }},
		{"categories", func(f SimilarFinding) any { return joined(f.Categories) }},
	}, a.Data)
}

func (a *PeersAnswer) table() dataTable {
	return tableOf("peers", []column[PeersRow]{
		{"category", func(r PeersRow) any { return r.Value }},
		{"label", func(r PeersRow) any { return r.Label }},
		{"observed", func(r PeersRow) any { return r.Observed }},
		{"expected", func(r PeersRow) any { return r.Expected }},
		{"ratio", func(r PeersRow) any { return r.Ratio }},
		{"ratio_low", func(r PeersRow) any { return r.Low }},
		{"ratio_high", func(r PeersRow) any { return r.High }},
		{"p", func(r PeersRow) any { return r.P }},
		{"q", func(r PeersRow) any { return r.Q }},
		{"direction", func(r PeersRow) any { return string(r.Direction) }},
		{"peers_findings", func(r PeersRow) any { return r.PeersFindings }},
		{"peers_units", func(r PeersRow) any { return r.PeersUnits }},
		{"drilldown", func(r PeersRow) any { return r.Drilldown }},
	}, a.Rows)
}
