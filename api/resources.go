package api

import (
	_ "embed"
	"fmt"
	"mime"
	"net/http"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

//go:embed openapi.yaml
var openAPIDocument []byte

// ReadyLag is the most changes that the index may be behind the store while the server calls itself ready.
const ReadyLag = 100

// textType is the media type of plain text.
const textType = "text/plain; charset=utf-8"

func (srv *Server) document(c echo.Context, format string) error {
	d, err := srv.service.Document(c.Request().Context(), corpus.DocumentID(c.Param("id")))
	if err != nil {
		return err
	}
	return answer(c, format, DocumentView{Document: wholeDocument(d)})
}

func (srv *Server) documentText(c echo.Context, _ string) error {
	d, err := srv.service.Document(c.Request().Context(), corpus.DocumentID(c.Param("id")))
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, textType, []byte(d.Text))
}

// documentOriginal sends the original bytes as a download: what they hold is foreign and is not for a browser to run.
func (srv *Server) documentOriginal(c echo.Context, _ string) error {
	name, data, err := srv.service.Original(c.Request().Context(), corpus.DocumentID(c.Param("id")))
	if err != nil {
		return err
	}
	disposition := mime.FormatMediaType("attachment", map[string]string{"filename": name})
	if disposition == "" {
		disposition = "attachment"
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, disposition)
	return c.Blob(http.StatusOK, echo.MIMEOctetStream, data)
}

func (srv *Server) finding(c echo.Context, format string) error {
	f, err := srv.service.Finding(c.Request().Context(), corpus.FindingID(c.Param("id")))
	if err != nil {
		return err
	}
	return answer(c, format, f)
}

func (srv *Server) category(c echo.Context, format string) error {
	filter, err := ReadFilter(c.QueryParams())
	if err != nil {
		return err
	}
	node, err := srv.service.Category(c.Request().Context(), corpus.CategoryCode(c.Param("code")), filter)
	if err != nil {
		return err
	}
	return answer(c, format, node)
}

func (srv *Server) stats(c echo.Context, format string) error {
	stats, err := srv.service.Stats(c.Request().Context())
	if err != nil {
		return err
	}
	return answer(c, format, stats)
}

func (srv *Server) meta(c echo.Context, format string) error {
	meta, err := srv.service.Meta(c.Request().Context())
	if err != nil {
		return err
	}
	return answer(c, format, meta)
}

func (srv *Server) openAPI(c echo.Context, _ string) error {
	return c.Blob(http.StatusOK, "application/yaml; charset=utf-8", openAPIDocument)
}

// state is the answer of the two addresses that watch a server.
type state struct {
	Status string `json:"status"`
}

// health says that the process answers.
func (srv *Server) health(c echo.Context, format string) error {
	return answer(c, format, state{Status: "ok"})
}

// ready says that the store answers and that the index has caught up with it.
func (srv *Server) ready(c echo.Context, format string) error {
	sequence, err := srv.service.Store.Sequence(c.Request().Context())
	if err != nil {
		return fmt.Errorf("read the store's sequence number: %w", err)
	}
	if lag := sequence - srv.service.Engine.Applied(); lag > ReadyLag {
		return &corpus.Error{
			Kind: corpus.Unavailable, Code: "index_behind", Position: -1,
			Message: fmt.Sprintf("索引尚有 %d 项变动未跟上", lag),
		}
	}
	return answer(c, format, state{Status: "ready"})
}
